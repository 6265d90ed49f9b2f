"""WordPress's REST API (`/wp-json/`): objects, collections, paging and errors.

Rules from https://developer.wordpress.org/rest-api/: `per_page` is 1 to 100, else 400; a page past
the end of posts is 400 `rest_post_invalid_page_number`, past the end of comments an empty list.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from datetime import datetime
from urllib.parse import urlencode

from demo.web.messages import Request, Response, data, page
from demo.web.model import Post
from demo.web.wp_blog import Blog
from demo.web.wp_objects import Json, Objects

ROOT_REL = 'rel="https://api.w.org/"'
_COLLECTIONS = ("posts", "pages", "comments", "users", "categories", "tags", "media")


class RestError(Exception):
    """An error that the API answers with: code, message, HTTP status."""

    def __init__(self, code: str, message: str, status: int) -> None:
        super().__init__(message)
        self.response = data({"code": code, "message": message, "data": {"status": status}}, status)


class Rest:
    """The API of one blog. `root` is the address of its collections, with a slash at its end."""

    def __init__(self, blog: Blog, root: str) -> None:
        self.blog = blog
        self.root = root
        objects = self._objects = Objects(blog, root)
        self._items: dict[str, Callable[[], list[Json]]] = {
            "posts": lambda: [objects.post(post) for post in self._listed(blog.site.posts)],
            "pages": lambda: [objects.post(post) for post in blog.site.pages],
            "comments": self._comments,
            "users": lambda: [objects.user(author) for author in blog.site.authors],
            "categories": lambda: [objects.term(term, "category") for term in blog.site.categories],
            "tags": lambda: [objects.term(term, "post_tag") for term in blog.site.tags],
            "media": list,
        }

    def answer(self, route: str, request: Request) -> Response:
        """Answer `route` (below `/wp-json`, such as `/wp/v2/posts`) as the site's `rest` says."""
        closed = self._refusal()
        if closed is not None:
            return closed
        try:
            return self._route(route.strip("/"), request.query)
        except RestError as error:
            return error.response

    def _refusal(self) -> Response | None:
        mode = self.blog.site.rest
        if mode == "closed_404":
            return page("<html><body><h1>Not Found</h1></body></html>", 404)
        if mode == "closed_401":
            message = "Only authenticated users can access the REST API."
            return RestError("rest_not_logged_in", message, 401).response
        if mode == "html_200":
            return page(f"<html><body><p>{self.blog.site.title} is here.</p></body></html>")
        return None

    def _route(self, route: str, query: dict[str, str]) -> Response:
        if not route:
            return data(self._index())
        parts = route.split("/")
        if parts[:2] != ["wp", "v2"] or len(parts) > 4 or parts[2:3] == []:
            raise _no_route()
        if parts[2] not in _COLLECTIONS:
            raise _no_route()
        if parts[2] == "users" and self.blog.site.rest_users == "closed":
            message = "Sorry, you are not allowed to list users."
            raise RestError("rest_user_cannot_view", message, 401)
        if len(parts) == 4:
            return data(self._shape(self._one(parts[2], parts[3]), query))
        return self._collection(parts[2], query)

    def _one(self, kind: str, number: str) -> Json:
        for item in self._items[kind]():
            if str(item["id"]) == number:
                return item
        singular = {"posts": "post", "pages": "post", "users": "user", "comments": "comment"}
        code = f"rest_{singular.get(kind, 'term')}_invalid_id"
        raise RestError(code, "Invalid ID.", 404)

    def _collection(self, kind: str, query: dict[str, str]) -> Response:
        per_page = _number(query, "per_page", 10, 100)
        number = _number(query, "page", 1, None)
        items = self._sorted(self._filtered(self._items[kind](), query), kind, query)
        pages = math.ceil(len(items) / per_page)
        if number > pages and items and kind in ("posts", "pages", "media"):
            message = "The page number requested is larger than the number of pages available."
            raise RestError("rest_post_invalid_page_number", message, 400)
        shown = items[(number - 1) * per_page : number * per_page]
        headers = self._headers(kind, query, len(items), pages, number)
        return data([self._shape(item, query) for item in shown], 200, headers)

    def _headers(
        self, kind: str, query: dict[str, str], total: int, pages: int, number: int
    ) -> tuple[tuple[str, str], ...]:
        headers = [("X-WP-Total", str(total))]
        if self.blog.site.rest != "no_total_pages":
            headers.append(("X-WP-TotalPages", str(pages)))
        for rel, other in (("prev", number - 1), ("next", number + 1)):
            if 1 <= other <= pages:
                target = f"{self.root}{kind}?{urlencode({**query, 'page': other})}"
                headers.append(("Link", f'<{target}>; rel="{rel}"'))
        return tuple(headers)

    def _filtered(self, items: list[Json], query: dict[str, str]) -> list[Json]:
        for key, value in query.items():
            if key in ("after", "before", "modified_after", "modified_before"):
                items = [item for item in items if self._is_within(item, key, value)]
            elif key in ("post", "parent", "author", "slug", "include", "categories", "tags"):
                wanted = set(value.split(","))
                field = "id" if key == "include" else key
                items = [item for item in items if wanted & _values(item.get(field))]
        return items

    def _is_within(self, item: Json, key: str, value: str) -> bool:
        try:
            limit = datetime.fromisoformat(value)
        except ValueError:
            raise RestError("rest_invalid_param", f"Invalid parameter(s): {key}", 400) from None
        if limit.tzinfo is not None:
            limit = self.blog.local(limit).replace(tzinfo=None)
        moment = datetime.fromisoformat(item["modified" if "modified" in key else "date"])
        return moment > limit if key.endswith("after") else moment < limit

    def _sorted(self, items: list[Json], kind: str, query: dict[str, str]) -> list[Json]:
        has_date = kind in ("posts", "pages", "comments", "media")
        orderby = query.get("orderby", "date" if has_date else "name")
        field = {"date_gmt": "date_gmt"}.get(orderby, orderby)
        is_ascending = query.get("order", "desc" if has_date else "asc") == "asc"
        return sorted(
            items, key=lambda item: (item.get(field, 0), item["id"]), reverse=not is_ascending
        )

    def _shape(self, item: Json, query: dict[str, str]) -> Json:
        if "_embed" in query:
            item = {**item, "_embedded": self._embedded(item)}
        if query.get("_fields"):
            names = {name.strip().split(".")[0] for name in query["_fields"].split(",")}
            item = {key: value for key, value in item.items() if key in names}
        return item

    def _embedded(self, item: Json) -> Json:
        site = self.blog.site
        if item.get("type") not in ("post", "page"):
            return {}
        authors = [
            self._objects.user(author) for author in site.authors if author.id == item["author"]
        ]
        if item["type"] == "page":
            return {"author": authors}
        terms = [
            [self._objects.term(term, taxonomy) for term in known if term.id in item[field]]
            for taxonomy, field, known in (
                ("category", "categories", site.categories),
                ("post_tag", "tags", site.tags),
            )
        ]
        return {"author": authors, "wp:term": terms}

    def _listed(self, posts: Sequence[Post]) -> list[Post]:
        return [post for post in posts if post.slug not in self.blog.site.rest_omits]

    def _comments(self) -> list[Json]:
        return [
            self._objects.comment(post, comment)
            for post in self._listed(self.blog.site.posts)
            for comment in self.blog.comments(post)
            if comment.kind == "comment"
        ]

    def _index(self) -> Json:
        site, base = self.blog.site, self.blog.base
        routes = {
            f"/wp/v2/{name}": {"namespace": "wp/v2", "methods": ["GET"]} for name in _COLLECTIONS
        }
        offset = self.blog.local(site.last_changed).utcoffset()
        return {
            "name": site.title,
            "description": site.tagline,
            "url": base,
            "home": base,
            "gmt_offset": offset.total_seconds() / 3600 if offset else 0,
            "timezone_string": site.timezone,
            "namespaces": ["oembed/1.0", "wp/v2"],
            "authentication": [],
            "routes": routes,
        }


def _no_route() -> RestError:
    message = "No route was found matching the URL and request method."
    return RestError("rest_no_route", message, 404)


def _values(value: object) -> set[str]:
    return {str(one) for one in value} if isinstance(value, list) else {str(value)}


def _number(query: dict[str, str], key: str, default: int, most: int | None) -> int:
    raw = query.get(key, str(default))
    if raw.isdecimal() and 1 <= int(raw) <= (most or int(raw)):
        return int(raw)
    raise RestError("rest_invalid_param", f"Invalid parameter(s): {key}", 400)
