"""Read WordPress.com's public API, version 1.1 (developer.wordpress.com/docs/api).

It answers where a site on WordPress.com gives nothing at wp/v2: `found` is the total, `posts` and
`comments` the objects, an author is an object, a comment's parent `false` or an object.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from scrapy.http import Response
from w3lib.url import add_or_replace_parameter

from crawlers import reasons
from crawlers.archive.records import is_success
from crawlers.items import AuthorName, Comment, DateSeen, Document, Item, Unreadable
from crawlers.platforms.base import PlatformSpider
from crawlers.platforms.entries import Entry, sound
from crawlers.platforms.page import Problem, read_json
from crawlers.platforms.wordpress.rest import KINDS, protected

ID = "ID"
PER_PAGE = 100


def first_pages(api: str, host: str) -> list[tuple[str, str]]:
    """(`posts` or `comments`, address) of the first page of each collection."""
    site = f"{api}/rest/v1.1/sites/{host}"
    return [
        ("posts", f"{site}/posts?number={PER_PAGE}&page=1&type=any"),
        ("comments", f"{site}/comments?number={PER_PAGE}&page=1"),
    ]


def entries(response: Response, what: str) -> tuple[list[Any], Problem | None]:
    """What a page of `what` lists, or why there is nothing."""
    if not is_success(response.status):
        return [], (f"http_{response.status}", None)
    value, problem = read_json(response)
    if problem:
        return [], problem
    found = value.get(what) if isinstance(value, dict) else None
    if not isinstance(found, list) or (found and not sound(found, ID)):
        return [], (reasons.NOT_JSON, f"no list of {what} in it")
    return found, None


def next_page(response: Response, what: str, page: int) -> str | None:
    """The address of the page after `page`, as long as `found` announces more."""
    value, _ = read_json(response)
    found = value.get("found")
    if not value.get(what) or not isinstance(found, int) or page * PER_PAGE >= found:
        return None
    return add_or_replace_parameter(response.url, "page", str(page + 1))


def items(spider: PlatformSpider, what: str, entry: Entry, url: str) -> Iterator[Item]:
    if what == "posts":
        yield _document(spider, entry)
        return
    yield spider.discussion(
        url=url,
        via="rest",
        comments=[_comment(entry)],
    )


def _document(spider: PlatformSpider, entry: Entry) -> Document | Unreadable:
    author = entry.get("author") or {}
    if entry.get("password"):
        return protected(spider, entry["URL"], entry.get("title"), str(entry["ID"]))
    return spider.document(
        kind=KINDS.get(str(entry.get("type")), "page"),
        url=entry["URL"],
        via="rest",
        native_id=str(entry["ID"]),
        title=entry.get("title"),
        body_html=entry.get("content") or "",
        excerpt=entry.get("excerpt") or None,
        authors=[AuthorName(author["name"])] if author.get("name") else [],
        author_refs=[str(author["ID"])] if author.get("ID") else [],
        categories=[c["name"] for c in (entry.get("categories") or {}).values()],
        tags=[t["name"] for t in (entry.get("tags") or {}).values()],
        published_seen=[DateSeen("rest", str(entry["date"]))] if entry.get("date") else [],
        modified_seen=[DateSeen("rest", str(entry["modified"]))] if entry.get("modified") else [],
        comments_declared=(entry.get("discussion") or {}).get("comment_count"),
    )


def _comment(entry: Entry) -> Comment:
    author, post = entry.get("author") or {}, entry.get("post") or {}
    parent = entry.get("parent") or {}
    return Comment(
        native_id=str(entry["ID"]),
        document_native_id=str(post["ID"]) if post.get("ID") else None,
        document_url=str(entry.get("URL") or "").split("#")[0] or None,
        parent_native_id=str(parent["ID"]) if parent else None,
        kind="comment" if entry.get("type", "comment") == "comment" else "pingback",
        author=author.get("name") or None,
        author_ref=str(author["ID"]) if author.get("ID") else None,
        author_url=author.get("URL") or None,
        published_seen=[DateSeen("rest", str(entry["date"]))] if entry.get("date") else [],
        body_html=entry.get("content") or "",
    )
