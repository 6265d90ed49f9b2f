"""The public API of WordPress.com, on the site's own server instead of public-api.wordpress.com.

Two forms: `/wp/v2/sites/<host>/…` answers as any WordPress, `/rest/v1.1/sites/<host>/…` in a shape
of its own: `found`, `posts` or `comments`, author objects, `parent` false or an object, and times
with an offset. https://developer.wordpress.com/docs/api/
"""

from __future__ import annotations

import re
from typing import Any

from demo.web.messages import Request, Response, data
from demo.web.model import Comment, Post, Term
from demo.web.prose import paragraphs, texturise, texturise_line
from demo.web.wp_blog import Blog
from demo.web.wp_rest import Rest

Json = dict[str, Any]

_ROUTE = re.compile(r"^/(?P<form>wp/v2|rest/v1\.1)/sites/(?P<host>[^/]+)(?P<rest>/.*)?$")
_LARGEST_PAGE = 100


class PublicApi:
    """The API of one WordPress.com blog. It knows the blog by its host or by its address here."""

    def __init__(self, blog: Blog) -> None:
        self.blog = blog
        netloc = blog.base.split("://")[-1]
        self._hosts = {blog.site.host, netloc, netloc.split(":")[0], str(blog.site.blog_id)}
        self._rest = Rest(blog, f"{blog.base}/wp/v2/sites/{blog.site.host}/")

    def answer(self, request: Request) -> Response | None:
        """None: the path is none of the API's."""
        found = _ROUTE.match(request.path)
        if found is None:
            return None
        if found["host"] not in self._hosts:
            return data({"error": "unknown_blog", "message": "Unknown blog"}, 404)
        route = (found["rest"] or "").strip("/")
        if found["form"] == "wp/v2" and self.blog.site.rest == "v1_only":
            return data({"code": "rest_no_route", "data": {"status": 404}}, 404)
        if found["form"] == "wp/v2":
            return self._rest.answer(f"/wp/v2/{route}" if route else "/", request)
        return self._v1(route, request.query)

    def _v1(self, route: str, query: dict[str, str]) -> Response:
        number = _number(query, "number", 20)
        if not 1 <= number <= _LARGEST_PAGE:
            return data({"error": "invalid_input", "message": "number is 1 to 100"}, 400)
        items = self._items(route, query)
        if not route:
            return data(self._about())
        if items is None:
            return data({"error": "unknown_route", "message": "No such route"}, 404)
        skip = (_number(query, "page", 1) - 1) * number
        kind = "comments" if route.endswith("replies") or route == "comments" else "posts"
        shown = items[skip : skip + number]
        return data({"found": len(items), kind: shown, "meta": {"links": {}, "wpcom": True}})

    def _items(self, route: str, query: dict[str, str]) -> list[Json] | None:
        blog = self.blog
        if route == "posts":
            pages = blog.site.pages if query.get("type") in ("page", "any") else ()
            posts = () if query.get("type") == "page" else blog.site.newest_first
            return [self._post(post) for post in (*posts, *pages)]
        found = re.fullmatch(r"comments|posts/(?P<id>\d+)/replies", route)
        if found is None:
            return None
        pairs = [
            (post, comment)
            for post in blog.site.posts
            for comment in blog.comments(post)
            if found["id"] in (None, str(post.id))
        ]
        pairs.sort(key=lambda pair: pair[1].published, reverse=query.get("order") != "ASC")
        return [self._comment(post, comment) for post, comment in pairs]

    def _about(self) -> Json:
        site = self.blog.site
        return {
            "ID": site.blog_id,
            "name": site.title,
            "description": site.tagline,
            "URL": self.blog.base,
            "post_count": len(site.posts),
            "lang": site.languages[0],
        }

    def _post(self, post: Post) -> Json:
        blog, author = self.blog, self.blog.site.author_of(post)
        terms = blog.terms(post)
        return {
            "ID": post.id,
            "site_ID": blog.site.blog_id,
            "author": self._account(author.id, author.name, author.slug),
            "date": blog.local(post.published).isoformat(timespec="seconds"),
            "modified": blog.local(post.last_changed).isoformat(timespec="seconds"),
            "title": texturise_line(blog.title(post)),
            "URL": blog.link(post),
            "short_URL": blog.shortlink(post),
            "content": blog.content(post),
            "excerpt": blog.excerpt(post),
            "slug": post.slug,
            "guid": blog.shortlink(post),
            "status": "publish",
            "sticky": False,
            "password": "",
            "parent": False,
            "type": post.kind,
            "discussion": {
                "comments_open": True,
                "comment_status": "open",
                "comment_count": len(blog.comments(post)),
            },
            "format": "standard",
            "categories": _terms([term for term in terms if term in blog.site.categories]),
            "tags": _terms([term for term in terms if term in blog.site.tags]),
        }

    def _comment(self, post: Post, comment: Comment) -> Json:
        blog, author = self.blog, self.blog.site.author_of(post)
        account = author.id if comment.is_by_author else 0
        parent: Json | bool = False
        if comment.parent is not None:
            link = f"{blog.base}/rest/v1.1/sites/{blog.site.blog_id}/comments/{comment.parent}"
            parent = {"ID": comment.parent, "type": "comment", "link": link}
        return {
            "ID": comment.id,
            "post": {
                "ID": post.id,
                "title": texturise_line(post.title),
                "type": post.kind,
                "link": f"{blog.base}/rest/v1.1/sites/{blog.site.blog_id}/posts/{post.id}",
            },
            "author": self._account(account, comment.author, "", comment.author_url or ""),
            "date": blog.local(comment.published).isoformat(timespec="seconds"),
            "URL": blog.comment_link(post, comment),
            "short_URL": f"{blog.shortlink(post)}#comment-{comment.id}",
            "content": texturise(paragraphs(comment.body)),
            "status": "approved",
            "parent": parent,
            "type": comment.kind,
            "like_count": 0,
            "i_like": False,
        }

    def _account(self, number: int, name: str, login: str, url: str = "") -> Json:
        site_id: int | bool = self.blog.site.blog_id if number else False
        return {
            "ID": number,
            "login": login,
            "email": False,
            "name": name,
            "nice_name": login,
            "URL": url,
            "avatar_URL": f"{self.blog.base}/wp-content/avatar.png",
            "profile_URL": "",
            "site_ID": site_id,
        }


def _terms(terms: list[Term]) -> Json:
    return {term.name: {"ID": term.id, "name": term.name, "slug": term.slug} for term in terms}


def _number(query: dict[str, str], key: str, default: int) -> int:
    raw = query.get(key, "")
    return int(raw) if raw.isdecimal() else default
