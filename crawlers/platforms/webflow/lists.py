"""What a collection list says of each of its items."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape
from typing import TYPE_CHECKING

from lxml.html import HtmlElement
from scrapy.http import TextResponse

from cleaning.page.tags import HEADINGS
from crawlers.items import ListEntry
from crawlers.platforms.webflow import links
from crawlers.platforms.webflow.dates import is_date
from crawlers.platforms.webflow.visible import (
    ITEM,
    RICH_TEXT,
    all_inside,
    blocks,
    html_of,
    text_of,
)

if TYPE_CHECKING:
    from crawlers.platforms.webflow.spider import WebflowSpider

FIELDS = ("fs-cmsfilter-field", "fs-list-field")
"""Finsweet's filter, version 1 and 2: the name of the collection's field that an element shows."""
TITLE_FIELD = re.compile(r"^(?:name|title|heading)\b", re.IGNORECASE)
TEXT_FIELD = re.compile(r"^(?:description|summary|excerpt|intro|text|body)\b", re.IGNORECASE)
TAG_FIELD = re.compile(r"^(?:tags?|keywords?)\b", re.IGNORECASE)
NO_LABEL = re.compile(r"^(?:\*|search|date|published|year|author|sort|id|slug)\b", re.IGNORECASE)
CUT_MARK = re.compile(r"(?:…|\.\.\.)\W{0,20}$")
BUTTON = re.compile(r"button|btn", re.IGNORECASE)
LABEL = re.compile(
    r"^(?:(?:written|words|posted|added)\s+)?by\s+(?:\S+\s*){1,6}$|\bmin(?:ute)?s?\W+(?:read|watch)\b",
    re.IGNORECASE,
)
"""Who wrote it, and how long it takes to read: what stands with a title and is no description."""
LEAST_WORDS = {"p": 3}
"""Words that a block must have to be a description and not a label; five, but in a paragraph."""


def items(tree: HtmlElement) -> list[HtmlElement]:
    """The items of all lists, in the order of the page; lists inside of an item are part of it."""
    found = tree.xpath(f"//*[contains(concat(' ', @class, ' '), ' {ITEM} ')]")
    nested = {inner for e in found for inner in e.iterdescendants()}
    return [e for e in found if e not in nested]


def entries(
    spider: WebflowSpider, response: TextResponse, tree: HtmlElement, folders: tuple[str, ...]
) -> Iterator[ListEntry]:
    """One entry for each item of each list of a page; `tree` is the page without the invisible.

    Positions count through all lists of the page. An item that is only a picture, such as a
    partner's logo, has the text of the picture as its title.
    """
    list_url = response.url.split("#")[0]
    list_url = list_url if not links.is_item(response) else links.without_pages(list_url)
    for position, item in enumerate(items(tree)):
        url, outbound = addresses(item, response.url)
        heading = title_of(item)
        texts = descriptions(item, heading)
        title = html_of(heading) if heading is not None else picture_text(item)
        yield ListEntry(
            platform=spider.platform,
            site=spider.site,
            list_url=list_url,
            position=position,
            url=url,
            document_native_id=native_id(url, response.url, folders),
            title=title,
            excerpt=" ".join(map(html_of, texts)) or None,
            is_truncated=bool(texts and CUT_MARK.search(text_of(texts[-1]))),
            outbound_url=outbound,
        )


def native_id(url: str | None, here: str, folders: tuple[str, ...]) -> str | None:
    """The id of the document behind a card; None where the card leads to no item of ours."""
    is_ours = url and links.own_address(url, here) and links.folder_of(url) in folders
    return links.native_id_of(url) if url and is_ours else None


def addresses(item: HtmlElement, here: str) -> tuple[str | None, str | None]:
    """(the page that a card leads to on its own site, the first address on another site)."""
    hrefs = [item.get("href"), *(a.get("href") for a in item.iterdescendants("a"))]
    found = [url for href in hrefs if (url := links.join(here, href))]
    own = next((url for url in found if links.own_address(url, here)), None)
    outbound = next((url for url in found if not links.own_address(url, here)), None)
    return links.without_pages(own) if own else None, outbound


def title_of(item: HtmlElement) -> HtmlElement | None:
    """The first heading, else the field called title or name, else the first words of all."""
    inside = [e for e in item.iter() if isinstance(e.tag, str) and text_of(e)]
    written = all_inside(item, RICH_TEXT)
    headings = (e for e in inside if e.tag in HEADINGS)
    fields = (e for e in inside if TITLE_FIELD.match(field_of(e) or ""))
    # A label or a date can stand before the title, but does not link to it.
    linked = (b for a in inside if a.tag == "a" and a not in written for b in [*blocks(a), a])
    first = (b for b in blocks(item) if not is_date(text_of(b)))
    return next((e for found in (headings, fields, linked, first) for e in found), None)


def picture_text(item: HtmlElement) -> str | None:
    """The text of a card's picture. It doubles the title, so it counts only where there is none."""
    texts = (img.get("alt", "").strip() for img in item.iterdescendants("img"))
    return next((escape(text) for text in texts if text), None)


def descriptions(item: HtmlElement, title: HtmlElement | None) -> list[HtmlElement]:
    """The blocks that describe an item: the first that is no label, and what stands with it."""
    named = [e for e in item.iter() if TEXT_FIELD.match(field_of(e) or "") and text_of(e)]
    if named:
        return named[:1]
    nested = {inner for e in item.iterdescendants() if ITEM in e.classes for inner in e.iter()}
    titled = set(title.iter()) | set(title.iterancestors()) if title is not None else set()
    told = text_of(title) if title is not None else None
    found = [
        b
        for b in blocks(item)
        if b not in nested and b not in titled and text_of(b) != told and _describes(b, item)
    ]
    return [b for b in found if b.getparent() is found[0].getparent()]


def _describes(block: HtmlElement, item: HtmlElement) -> bool:
    return is_description(block) and not is_button(block, within=item)


def is_description(block: HtmlElement) -> bool:
    """Whether a block is running text, and no heading, label, date, byline or reading time."""
    text = text_of(block)
    if block.tag in HEADINGS or len(text.split()) < LEAST_WORDS.get(str(block.tag), 5):
        return False
    return not (is_date(text) or LABEL.search(text) or field_of(block))


def is_button(block: HtmlElement, *, within: HtmlElement) -> bool:
    """Whether a block is all that a link says, next to other things that the card says."""
    link = next((e for e in [block, *block.iterancestors()] if e.tag == "a"), None)
    if link is None or link in within.iterancestors() or link is within:
        return False
    return text_of(link) == text_of(block) != text_of(within)


def field_of(element: HtmlElement) -> str | None:
    return next((element.get(name) for name in FIELDS if element.get(name)), None)


def labels(elements: Iterable[HtmlElement]) -> tuple[list[str], list[str]]:
    """(categories, tags) that Finsweet's fields mark in a card or in a page outside of its lists.

    The boxes of a filter carry the same attributes: forms must have been cut before.
    """
    categories: dict[str, None] = {}
    tags: dict[str, None] = {}
    for element in elements:
        name = field_of(element) if isinstance(element.tag, str) else None
        if not name or element.tag in HEADINGS or not text_of(element):
            continue
        if any(rule.match(name) for rule in (TITLE_FIELD, TEXT_FIELD, NO_LABEL)):
            continue
        (tags if TAG_FIELD.match(name) else categories)[escape(text_of(element), quote=False)] = (
            None
        )
    return list(categories), list(tags)
