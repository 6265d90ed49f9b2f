"""Read Blogger's Atom feeds of posts, pages and comments.

Two readers share the work. `outline` (lxml, a tenth of the time of the other) tells a crawl what to
ask for next. `documents` and `discussion` (feedparser) read the texts. feedparser's sanitiser is
off, for it would cut embedded videos and forms before anybody could record them, and cleaning cuts
scripts anyway; so is its resolving of relative addresses, which would count from the feed and not
from the post. feedparser keeps only the last of several `gd:extendedProperty`, so whether a
comment was removed comes from the outline.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from io import BytesIO
from typing import Any

import feedparser
from lxml import etree
from scrapy.http import Response, TextResponse

from cleaning.safe import sound_xml
from cleaning.urls import page_key
from crawlers import reasons
from crawlers.archive.records import is_success
from crawlers.items import AuthorName, Comment, DateSeen, Discussion, Document
from crawlers.platforms.base import PlatformSpider
from crawlers.platforms.page import Problem, encoding_problem

KINDS = {"posts": "article", "pages": "page"}
NATIVE_ID = re.compile(r"\.(?:post|page)-(\d+)$")
"""The end of `tag:blogger.com,1999:blog-1.post-2`, for posts, comments and pages alike."""
PARENT = re.compile(r"/comments/default/(\d+)")
REMOVED = "blogger.contentRemoved"
LABELS = "http://www.blogger.com/atom/ns#"
"""The scheme of the categories that are the blog's labels."""
NO_NAMES = {"", "unknown", "anonymous", "noreply@blogger.com"}
"""What Blogger writes for an account without a visible name."""
JUMP_BREAK = re.compile(
    r"""<a\s[^<>]{0,300}(?:name=["']more["']|href=["'][^"'<>]{0,300}\#more["'])[^<>]*>
    [^<]*</a>\s*+(?:</\w+>\s*+)*+$""",
    re.VERBOSE | re.IGNORECASE,
)
"""A content that ends so goes on in the page: the feed is set to "until jump break"."""
NAMESPACES = {
    "atom": "http://www.w3.org/2005/Atom",
    "gd": "http://schemas.google.com/g/2005",
    "search": "http://a9.com/-/spec/opensearchrss/1.0/",
    "thr": "http://purl.org/syndication/thread/1.0",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """What a crawl must know of a post: `replies` is None where the feed does not count them.

    `title_link` is where its author made the title lead; of a comment, the comment that it answers.
    """

    native_id: str | None
    url: str | None
    author_url: str | None
    replies: int | None
    is_whole: bool
    is_removed: bool
    body: str
    title_link: str | None


@dataclass(frozen=True, slots=True)
class Outline:
    """`total` counts the entries of all pages of the feed; `following` is its `rel=next`."""

    entries: tuple[Entry, ...]
    total: int | None
    following: str | None


def outline(response: Response) -> tuple[Outline | None, Problem | None]:
    """What a feed lists, or why this response is none: a refusal, another kind of page, a cut."""
    problem = _problem(response)
    if problem:
        return None, problem
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    root = etree.fromstring(sound_xml(response.body).lstrip(), parser)
    if root is None or etree.QName(root).localname != "feed":
        return None, (reasons.NOT_A_FEED, "no feed element")
    return Outline(
        entries=tuple(_entry(e) for e in _all(root, "atom:entry")),
        total=_number(root, "search:totalResults"),
        following=_first(root, "atom:link[@rel='next']/@href"),
    ), None


def _problem(response: Response) -> Problem | None:
    if not is_success(response.status):
        return f"http_{response.status}", None
    body = response.body
    if "dataloss" in response.flags:
        return reasons.CUT_OFF, f"the body ended after {len(body)} bytes, before its announced end"
    if not body.strip():
        return reasons.EMPTY_PAGE, None
    if b"<feed" not in body[:2000]:
        return reasons.NOT_A_FEED, "no feed element at its beginning"
    if b"</feed>" not in body[-200:]:
        return reasons.CUT_OFF, "no end tag"
    return encoding_problem(response) if isinstance(response, TextResponse) else None


def _entry(element: Any) -> Entry:
    content = _first(element, "string(atom:content)") or ""
    return Entry(
        native_id=native_id(_first(element, "atom:id/text()")),
        url=_first(element, "atom:link[@rel='alternate']/@href"),
        author_url=_first(element, "atom:author/atom:uri/text()"),
        replies=_number(element, "thr:total"),
        is_whole=bool(_all(element, "atom:content")) and not JUMP_BREAK.search(content[-1000:]),
        is_removed=bool(_all(element, f"gd:extendedProperty[@name='{REMOVED}']")),
        body=content,
        title_link=_first(element, "atom:link[@rel='related']/@href"),
    )


def _all(element: Any, path: str) -> list[Any]:
    found = element.xpath(path, namespaces=NAMESPACES)
    return found if isinstance(found, list) else [found]


def _first(element: Any, path: str) -> str | None:
    return next((str(found).strip() for found in _all(element, path)), None)


def _number(element: Any, path: str) -> int | None:
    raw = _first(element, f"{path}/text()")
    return int(raw) if raw and raw.isdecimal() else None


def native_id(tag: str | None) -> str | None:
    """The number at the end of an entry's tag URI."""
    match = NATIVE_ID.search(tag or "")
    return match[1] if match else None


def _parse(response: Response) -> list[Any]:
    # As a stream, for feedparser takes a short text as the address or the name of a file to open.
    found = feedparser.parse(
        BytesIO(sound_xml(response.body)), sanitize_html=False, resolve_relative_uris=False
    )
    return list(found.entries)


def documents(spider: PlatformSpider, response: Response, what: str) -> Iterator[Document]:
    """The documents of a feed of `posts` or `pages`; an entry that is cut leaves the body open."""
    found, _ = outline(response)
    cut = {e.native_id for e in found.entries if not e.is_whole} if found else set()
    entries = _parse(response)
    shared = _shared_ids(entries)
    for entry in entries:
        number = native_id(entry.get("id"))
        is_cut = number in cut
        yield spider.document(
            kind=KINDS[what],
            url=_link(entry, "alternate") or _link(entry, "self") or response.url,
            via="feed",
            native_id=None if number in shared else number,
            title=_html(entry, "title") or None,
            body_html=None if is_cut else _content(entry),
            excerpt=(_html(entry, "summary") or None) if is_cut else None,
            authors=[AuthorName(name) for name in _names(entry)],
            categories=_labels(entry),
            published_seen=_dates(entry, "published"),
            modified_seen=_dates(entry, "updated"),
            comments_declared=_declared(entry),
            # Where the author made the title lead to another site.
            target_url=_link(entry, "related"),
        )


def _shared_ids(entries: list[Any]) -> set[str | None]:
    """Ids that entries of several addresses have: they name none of them, their addresses do."""
    addresses: dict[str | None, set[str | None]] = {}
    for entry in entries:
        addresses.setdefault(native_id(entry.get("id")), set()).add(_link(entry, "alternate"))
    return {number for number, links in addresses.items() if len(links) > 1}


def discussion(
    spider: PlatformSpider,
    response: Response,
    post_id: str,
    post_url: str | None,
    post_author: str | None,
) -> Discussion:
    """The comments of one page of a post's feed, those that were removed among them."""
    found, _ = outline(response)
    removed = {e.native_id for e in found.entries if e.is_removed} if found else set()
    result = spider.discussion(
        url=response.url,
        via="feed",
        document_native_id=post_id,
        document_url=post_url,
    )
    for entry in _parse(response):
        comment = _comment(entry, result, post_author)
        if comment:
            comment.is_deleted = comment.native_id in removed
            result.comments.append(comment)
    return result


def _comment(entry: Any, of: Discussion, post_author: str | None) -> Comment | None:
    number = native_id(entry.get("id"))
    if number is None:
        return None
    author = entry.get("author_detail") or {}
    return Comment(
        native_id=number,
        document_native_id=of.document_native_id,
        document_url=of.document_url,
        parent_native_id=_parent(entry),
        author=author.get("name") or None,
        author_url=author.get("href") or None,
        is_by_document_author=_same_account(author.get("href"), post_author),
        published_seen=_dates(entry, "published"),
        body_html=_content(entry),
    )


def _parent(entry: Any) -> str | None:
    """The comment that this one answers: `thr:in-reply-to` always names the post."""
    match = PARENT.search(_link(entry, "related") or "")
    return match[1] if match else None


def _same_account(one: str | None, other: str | None) -> bool:
    """Whether two profile addresses are the same account; http and https occur side by side."""
    return bool(one and other and page_key(one) == page_key(other))


def _link(entry: Any, rel: str) -> str | None:
    hrefs = (link.get("href") for link in entry.get("links", ()) if link.get("rel") == rel)
    return next((str(href) for href in hrefs if href), None)


def _content(entry: Any) -> str:
    """The content as HTML; "" where the feed gives only a summary that is cut."""
    if entry.get("content"):
        return str(entry.content[0].value)
    summary = _html(entry, "summary")
    return "" if summary.endswith(("...", "…")) else summary


def _html(entry: Any, name: str) -> str:
    """A title or summary as HTML. Blogger sends these as plain text, in which a "<" is no tag."""
    text = str(entry.get(name) or "").strip()
    is_plain = (entry.get(f"{name}_detail") or {}).get("type") == "text/plain"
    return escape(text, quote=False) if is_plain and "<" in text else text


def _names(entry: Any) -> list[str]:
    names = (str(author.get("name") or "").strip() for author in entry.get("authors", ()))
    return [name for name in names if name.lower() not in NO_NAMES]


def _labels(entry: Any) -> list[str]:
    tags = entry.get("tags", ())
    return [str(t.term) for t in tags if t.get("term") and (t.get("scheme") or LABELS) == LABELS]


def _dates(entry: Any, name: str) -> list[DateSeen]:
    return [DateSeen("feed", str(entry[name]))] if entry.get(name) else []


def _declared(entry: Any) -> int | None:
    raw = str(entry.get("thr_total", ""))
    return int(raw) if raw.isdecimal() else None
