"""Read what a listing or a feed says of each page that it names."""

from __future__ import annotations

import re
from collections.abc import Iterator

import lxml.html
from lxml.html import HtmlElement

from crawlers.items import ListEntry
from crawlers.platforms.base import PlatformSpider
from crawlers.platforms.website import links
from crawlers.platforms.website.discovery import Named
from crawlers.platforms.website.page import Page
from crawlers.platforms.website.signs import card_link
from crawlers.platforms.website.tree import text_in

CUT_MARK = re.compile(r"(?:\[\s*(?:…|\.\.\.)\s*\]|…|\.\.\.)\s*$")
MORE = re.compile(r"\s*(?:read|find out|see|learn) more\W*$", re.I)


def list_entries(page: Page) -> Iterator[ListEntry]:
    """What a listing says of each page that it lists; of bare links, all of them."""
    list_url = links.own_address(page.response.url, page.root) or page.response.url
    cards = [card for group in page.entries for card in group]
    named = [(card, card_link(card)) for card in cards or page.elements if cards or card.tag == "a"]
    found: dict[str, tuple[HtmlElement, HtmlElement]] = {}
    for card, link in named:
        if link is None:
            continue
        url = page.response.urljoin(link.get("href", "").strip())
        url = links.own_address(url, page.spider.root) or url
        # A second link to the same page ("4 replies", "Read more") is no second entry.
        if url not in found or not text_in(found[url][1]):
            found[url] = card, link
    for position, (url, (card, link)) in enumerate(found.items()):
        title = text_in(link)
        excerpt = _excerpt(card, title)
        yield _entry(page.spider, page.root, list_url, position, url, title, excerpt)


def feed_entries(spider: PlatformSpider, url: str, entries: list[Named]) -> Iterator[ListEntry]:
    """What a feed says of each page that it names."""
    root = links.root_of(url, spider.root)
    for position, entry in enumerate(entries):
        excerpt = _plain(entry.excerpt)
        yield _entry(spider, root, url, position, entry.url, entry.title, excerpt)


def _entry(
    spider: PlatformSpider,
    root: str,
    list_url: str,
    position: int,
    url: str,
    title: str | None,
    excerpt: str,
) -> ListEntry:
    own = links.own_address(url, root)
    return ListEntry(
        platform=spider.platform,
        site=spider.site,
        list_url=list_url,
        position=position,
        url=own or url,
        title=title or None,
        excerpt=excerpt or None,
        is_truncated=bool(CUT_MARK.search(excerpt)),
        outbound_url=None if own else url,
    )


def _excerpt(card: HtmlElement, title: str) -> str:
    paragraphs = [text for p in card.iter("p") if (text := text_in(p))]
    text = " ".join(paragraphs) or text_in(card)
    return MORE.sub("", text.replace(title, "", 1)).strip()


def _plain(html: str | None) -> str:
    return text_in(lxml.html.fromstring(f"<div>{html}</div>")) if html else ""
