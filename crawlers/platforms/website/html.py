"""Read a page of any website into items: the reader of pages says what it holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from urllib.parse import urljoin

from scrapy.http import HtmlResponse

from cleaning.bylines import read_byline
from cleaning.page import Page
from cleaning.reader import (
    ARTICLE,
    DISCUSSION,
    LISTING,
    NOTHING,
    PAGE,
    PageReading,
)
from crawlers import reasons
from crawlers.items import AuthorName, DateSeen, Document, Item, Unreadable
from crawlers.platforms import reading as read
from crawlers.platforms.base import PlatformSpider
from crawlers.platforms.page import model_of
from crawlers.platforms.website import links
from crawlers.platforms.website.directives import forbids, tdm_opt_out

MAIL_NAME = re.compile(r"^[^\s@]+@\S+\s+\((.+)\)$")
"""RSS gives authors as "mail (name)"."""


def items(spider: PlatformSpider, response: HtmlResponse, hints: dict[str, str]) -> Iterator[Item]:
    """What a page holds: a document, a discussion with its comments, or the entries of a list."""
    page = model_of(response)
    root = links.root_of(response.url, spider.root)
    page.url = _address(page, response.url, root)
    own_form = partial(links.own_address, root=root)
    reading = read.read_model(spider, page)
    is_named = "published" in hints  # a feed names articles
    kind = ARTICLE if is_named and reading.kind in (NOTHING, PAGE) else reading.kind
    if "noindex" in forbids(response, page):
        table = "list_entries" if kind == LISTING else "documents"
        yield Unreadable(response.url, reasons.NOINDEX, f"a page of the kind {kind}", table)
    elif reading.notice and not reading.posts:
        yield spider.unreadable(response, reasons.NOTICE, reading.notice)
    elif kind == LISTING:
        list_url = links.own_address(response.url, root) or response.url
        yield from read.entries(spider, reading.entries, list_url, own_form)
    elif kind == NOTHING or not (reading.own.text or reading.posts):
        words = len(reading.own.text.split())
        yield spider.unreadable(response, reasons.NO_CONTENT_FOUND, f"{words} words of text")
    else:
        made = _document(spider, response, page, reading, kind, hints)
        first = links.first_page(page.url)
        is_first = first == page.url
        if kind == DISCUSSION:
            yield from read.discussion(spider, reading, made, first, is_first=is_first)
        elif not is_first and reading.comments and links.pages_comments(page):
            yield from read.comments(spider, reading, document_url=first)
        else:
            yield made
            yield from read.entries(spider, reading.cards, page.url, own_form)
            yield from read.comments(spider, reading, document_url=page.url)


def _document(
    spider: PlatformSpider,
    response: HtmlResponse,
    page: Page,
    reading: PageReading,
    kind: str,
    hints: dict[str, str],
) -> Document:
    root = links.root_of(response.url, spider.root)
    head = page.head
    descriptions = head.meta("og:description", "description")
    made = read.document(
        spider,
        reading,
        kind=kind,
        url=page.url,
        canonical_url=_elsewhere(page, root),
        excerpt=descriptions[0] if descriptions else None,
        categories=head.meta("article:section") or None,
        tags=head.meta("article:tag") or None,
        published_seen=_seen(hints, "published"),
        modified_seen=_seen(hints, "modified"),
        tdm_opt_out=tdm_opt_out(response, head),
    )
    made.authors = made.authors or hinted_authors(hints)
    return made


def hinted_authors(hints: dict[str, str]) -> list[AuthorName]:
    """Whom a feed names: he counts where the page itself names nobody."""
    raw = hints.get("author", "").strip()
    match = MAIL_NAME.match(raw)
    found = read_byline(match[1] if match else raw) if raw else []
    return [AuthorName(a.name, a.kind) for a in found if "@" not in a.name and "/" not in a.name]


def _seen(hints: dict[str, str], name: str) -> list[DateSeen]:
    return [DateSeen("feed", hints[name])] if name in hints else []


def _canonical(page: Page) -> list[str]:
    base = urljoin(page.url, page.head.base)
    return [
        urljoin(base, link["href"].strip())
        for link in page.head.links
        if "canonical" in link.get("rel", "").lower().split() and link.get("href", "").strip()
    ]


def _address(page: Page, url: str, root: str) -> str:
    """The page's own name for itself, if it is one of the site and not merely its front."""
    own = links.own_address(url, root) or url
    for named in _canonical(page):
        found = links.own_address(named, root)
        if found and (links.same_page(found) != "?" or links.same_page(own) == "?"):
            return found
    return own


def _elsewhere(page: Page, root: str) -> str | None:
    """The original's address, of a page that says it stands on another site."""
    return next((url for url in _canonical(page) if links.own_address(url, root) is None), None)
