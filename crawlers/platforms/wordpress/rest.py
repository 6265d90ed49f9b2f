"""Read the objects of WordPress's REST API (wp/v2).

Reference: developer.wordpress.org/rest-api/reference. Times ending in `_gmt` are UTC without a
mark; titles and contents are HTML with entities; `author: 0` of a comment is a guest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from scrapy.http import Response

from crawlers import reasons
from crawlers.archive.records import is_success
from crawlers.items import (
    AuthorName,
    Comment,
    DateSeen,
    Document,
    Item,
    Term,
    Unreadable,
)
from crawlers.platforms.base import PlatformSpider
from crawlers.platforms.entries import Entry, sound
from crawlers.platforms.page import Problem, read_json
from crawlers.platforms.wordpress import links

ID = "id"
KINDS = {"post": "article", "page": "page"}
TERMS = {"users": "author", "categories": "category", "tags": "tag"}
MORE_LINK = re.compile(r"<a\b[^<>]{0,500}\bmore-link\b.{0,500}?</a>", re.DOTALL | re.IGNORECASE)
NO_DATE = "0000-00-00"


def entries(response: Response) -> tuple[list[Any], Problem | None]:
    """What a collection lists, or why there is nothing.

    A refusal (401, 403, 404 …) is a problem, and so is anything at status 200 that is not a list of
    objects: sites that close their API often answer with a page. Among the objects may be others
    (see `crawlers.platforms.entries`).
    """
    if not is_success(response.status):
        return [], (f"http_{response.status}", None)
    value, problem = read_json(response)
    if problem:
        return [], problem
    if not isinstance(value, list) or (value and not sound(value, ID)):
        return [], (reasons.NOT_JSON, "not a list of objects with an id")
    return value, None


def is_past_end(response: Response, page: int) -> bool:
    """Whether this refusal only says that the page before was the last (status 400)."""
    return page > 1 and response.status == 400


def total(response: Response) -> int:
    return _header_number(response, "X-WP-Total") or 0


def total_pages(response: Response) -> int | None:
    return _header_number(response, "X-WP-TotalPages")


def _header_number(response: Response, name: str) -> int | None:
    raw = (response.headers.get(name) or b"").decode("latin-1").strip()
    return int(raw) if re.fullmatch(r"\d{1,9}", raw, re.ASCII) else None


def has_names(found: list[Entry]) -> bool:
    """Whether the API embedded the names of authors and terms, as it was asked to."""
    return all(_embedded_author(e) is not None for e in found if e.get("author"))


def body_of(entry: Entry) -> str | None:
    """The content of a post or page as HTML, in either API; None if it has none to follow."""
    content = entry.get("content")
    body = content.get("rendered") if isinstance(content, dict) else content
    return body if isinstance(body, str) else None


def items(spider: PlatformSpider, what: str, entry: Entry, url: str) -> Iterator[Item]:
    """The items that one object of the collection `what` stands for."""
    if what in TERMS:
        name = entry.get("name")
        if name:
            yield Term(kind=TERMS[what], native_id=str(entry["id"]), name=name)  # type: ignore[arg-type]
    elif what == "comments":
        yield spider.discussion(
            url=url,
            via="rest",
            comments=[_comment(entry)],
        )
    else:
        yield _document(spider, entry)


def _document(spider: PlatformSpider, entry: Entry) -> Document | Unreadable:
    content = entry.get("content") or {}
    if content.get("protected") and not (content.get("rendered") or "").strip():
        title = (entry.get("title") or {}).get("rendered")
        return protected(spider, entry.get("link") or "", title, str(entry["id"]))
    author = _embedded_author(entry)
    categories, tags = _embedded_terms(entry)
    return spider.document(
        kind=KINDS.get(str(entry.get("type")), "page"),
        url=entry["link"],
        via="rest",
        native_id=str(entry["id"]),
        title=(entry.get("title") or {}).get("rendered"),
        body_html=content.get("rendered") or "",
        excerpt=MORE_LINK.sub("", (entry.get("excerpt") or {}).get("rendered") or "") or None,
        authors=[AuthorName(author)] if author else [],
        author_refs=[str(entry["author"])] if entry.get("author") else [],
        categories=_known(categories, entry.get("categories")),
        category_refs=[str(i) for i in entry.get("categories") or []],
        tags=_known(tags, entry.get("tags")),
        tag_refs=[str(i) for i in entry.get("tags") or []],
        published_seen=_dates(entry, "date"),
        modified_seen=_dates(entry, "modified"),
    )


def _known(names: list[str] | None, ids: list[int] | None) -> list[str] | None:
    """No ids means no names, also where none were embedded; unknown names stay None."""
    return [] if names is None and ids == [] else names


def protected(
    spider: PlatformSpider, url: str, title: str | None, native_id: str | None
) -> Unreadable:
    """A post that its author keeps behind a password."""
    return Unreadable(
        url,
        reasons.PASSWORD_PROTECTED,
        title,
        platform=spider.platform,
        site=spider.site,
        native_id=native_id,
    )


def _dates(entry: Entry, name: str) -> list[DateSeen]:
    """The UTC time first; a draft that was never dated has zeros there."""
    found = []
    gmt = entry.get(f"{name}_gmt")
    if gmt and not str(gmt).startswith(NO_DATE):
        found.append(DateSeen("rest", f"{gmt}Z"))
    if entry.get(name):
        found.append(DateSeen("rest", str(entry[name])))
    return found


def _embedded(entry: Entry) -> dict[str, Any]:
    found = entry.get("_embedded")
    return found if isinstance(found, dict) else {}


def _embedded_author(entry: Entry) -> str | None:
    # Where the users are closed, the embedded author is an error object with `code`.
    authors = _embedded(entry).get("author")
    for author in authors if isinstance(authors, list) else []:
        if isinstance(author, dict) and author.get("name") and "code" not in author:
            return str(author["name"])
    return None


def _embedded_terms(entry: Entry) -> tuple[list[str] | None, list[str] | None]:
    groups = _embedded(entry).get("wp:term")
    if not isinstance(groups, list):
        return None, None
    lists = [group for group in groups if isinstance(group, list)]
    terms = [t for group in lists for t in group if isinstance(t, dict) and t.get("name")]
    return (
        [str(t["name"]) for t in terms if t.get("taxonomy") == "category"],
        [str(t["name"]) for t in terms if t.get("taxonomy") == "post_tag"],
    )


def _comment(entry: Entry) -> Comment:
    parent = entry.get("parent")
    link = entry.get("link") or ""
    return Comment(
        native_id=str(entry["id"]),
        document_native_id=str(entry["post"]) if entry.get("post") else None,
        document_url=links.permalink(link) if link else None,
        parent_native_id=str(parent) if parent else None,
        kind="comment" if entry.get("type", "comment") == "comment" else "pingback",
        author=entry.get("author_name") or None,
        author_ref=str(entry["author"]) if entry.get("author") else None,
        author_url=entry.get("author_url") or None,
        published_seen=_dates(entry, "date"),
        body_html=(entry.get("content") or {}).get("rendered") or "",
    )
