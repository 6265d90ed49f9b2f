"""Read what a listing or a feed says of each page that it names."""

from __future__ import annotations

import re
from collections.abc import Iterator

import lxml.html
from lxml.html import HtmlElement
from scrapy.utils.response import get_base_url

from cleaning.urls import urljoin
from crawlers.items import ListEntry
from crawlers.platforms.base import PlatformSpider
from crawlers.platforms.website import links
from crawlers.platforms.website.discovery import Named
from crawlers.platforms.website.page import Page
from crawlers.platforms.website.signs import LONG_ENTRY, card_link, prose_in
from crawlers.platforms.website.tree import text_in, words_in

CARD_NAMES = re.compile(
    r"(?:^|[\s_-])(?:card|teaser|entry|item|post|result|listing)(?:$|[\s_-])", re.IGNORECASE
)
CUT_MARK = re.compile(r"(?:\[\s*(?:…|\.\.\.)\s*\]|…|\.\.\.)\s*$")
MORE = re.compile(r"(?<!\s)\s*+(?:read|find out|see|learn) more\W*+$", re.I)


def lone_card(page: Page) -> HtmlElement | None:
    """The only entry of a list, on a page that has hardly anything else.

    One entry has no siblings by which a list is known: it counts as one where it is marked up or
    named as one, has a heading below the page's own that leads to another page of the site, and
    stands on a page without any text of its own.
    """
    found = [e for e in page.elements if _is_named_card(e) and _leads_on(e, page)]
    inner = [e for e in found if not any(e is a for other in found for a in other.iterancestors())]
    if len(inner) != 1:
        return None
    outside = [e for e in page.elements if inner[0] not in (e, *e.iterancestors(), *e.iter())]
    return None if prose_in(outside) else inner[0]


def _is_named_card(element: HtmlElement) -> bool:
    return element.tag in ("li", "article") or bool(CARD_NAMES.search(element.get("class", "")))


def _leads_on(element: HtmlElement, page: Page) -> bool:
    if len(words_in(element)) > LONG_ENTRY:
        return False
    links_in = (a for h in element.iter("h2", "h3", "h4", "h5") for a in h.iter("a"))
    urls = (_absolute(page, a) for a in links_in)
    own = [url for href in urls if (url := links.own_address(href, page.spider.root))]
    return any(links.same_page(url) != links.same_page(page.url) for url in own)


def _absolute(page: Page, link: HtmlElement) -> str:
    return urljoin(get_base_url(page.response), link.get("href", "").strip())


def list_entries(page: Page) -> Iterator[ListEntry]:
    """What a listing says of each page that it lists; of bare links, all of them."""
    list_url = links.own_address(page.response.url, page.root) or page.response.url
    cards = [card for group in page.entries for card in group]
    named = [(card, card_link(card)) for card in cards or page.elements if cards or card.tag == "a"]
    found: dict[str, tuple[HtmlElement, HtmlElement]] = {}
    for card, link in named:
        if link is None:
            continue
        url = _absolute(page, link)
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
