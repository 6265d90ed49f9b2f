"""The Webflow base spider: paging rule, lists, item pages, real samples, and a whole harvest."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any, cast

import pytest
from bs4 import BeautifulSoup
from scrapy.http import HtmlResponse, Request
from scrapy.utils.test import get_crawler

from crawlers import reasons
from crawlers.items import AuthorName, DateSeen, Document, Item, ListEntry, Unreadable
from crawlers.platforms.webflow import WebflowSpider, dates, links
from demo.web import expected, serve
from demo.web.server import read_log
from pipelines.read_body import ReadBody
from pipelines.tidy_fields import TidyFields
from tests.harvesting import harvest_demo, rows

ROOT = "https://shelf.example/"
SHARED = Path(__file__).resolve().parents[3] / "shared"
SAMPLES = SHARED / "samples" / "webflow"
SEED = SHARED / "seeds" / "2_resource_library.txt"


class ShelfSpider(WebflowSpider):
    name = "shelf"
    title = "A shelf"
    start_urls = [f"{ROOT}resources?0a1b2c3d_page=4"]
    expected_documents = (1, 10)


class DeclaredSpider(ShelfSpider):
    item_paths = ("/resources/",)


class CardsSpider(ShelfSpider):
    cards_are_documents = True


def make_spider(spidercls: type[WebflowSpider] = ShelfSpider, role: str = "both") -> WebflowSpider:
    crawler = get_crawler(spidercls, {"SPIDER_ROLE": role})
    return cast(WebflowSpider, spidercls.from_crawler(crawler))


def page(body: str, path: str = "resources", *, head: str = "", item: bool = False) -> HtmlResponse:
    mark = ' data-wf-collection="77" data-wf-item-slug="a"' if item else ""
    whole = (
        "<!DOCTYPE html><!-- Last Published: Thu Jun 12 2025 09:30:11 GMT+0000 -->"
        f'<html data-wf-site="7"{mark}><head>{head}</head><body>{body}</body></html>'
    )
    return HtmlResponse(f"{ROOT}{path}", body=whole.encode(), encoding="utf-8")


def read(response: HtmlResponse, spider: WebflowSpider | None = None, **kwargs: Any) -> list[Item]:
    """The items of a page, with body and fields as they leave the item pipelines."""
    found = (spider or make_spider(role="read")).parse_page(response, **kwargs)
    items = [item for item in found if item is not None and not isinstance(item, Request)]
    return [TidyFields().process_item(ReadBody().process_item(item)) for item in items]


def entries_of(items: list[Item]) -> list[ListEntry]:
    return [item for item in items if isinstance(item, ListEntry)]


def read_entries(cards: str) -> list[ListEntry]:
    return entries_of(read(page(listed(cards)), listing=True))


def read_document(body: str, *, head: str = "") -> Document:
    items = read(page(body, "resources/a", head=head, item=True))
    (document,) = [item for item in items if isinstance(item, Document)]
    return document


def listed(*cards: str) -> str:
    items = "".join(f'<div role="listitem" class="w-dyn-item">{card}</div>' for card in cards)
    return f'<div class="w-dyn-list"><div role="list" class="w-dyn-items">{items}</div></div>'


def pager(href: str, count: str = "1 / 3") -> str:
    return (
        f'<div class="w-pagination-wrapper"><a href="{href}" class="w-pagination-next">'
        f'<div>Next</div></a><div class="w-page-count">{count}</div></div>'
    )


def requested(results: Iterator[Any]) -> list[str]:
    return [r.url for r in results if isinstance(r, Request)]


# --- addresses and paging ---


@pytest.mark.parametrize(
    ("url", "stripped"),
    [
        ("resources?681beb97_page=3", "resources"),
        ("resources?681beb97_page=3&topic=care", "resources?topic=care"),
        ("resources?681beb97_page=3&90c7c550_page=2#list", "resources"),
        ("resources?page=3", "resources?page=3"),
        ("resources?681beb9_page=3", "resources?681beb9_page=3"),
        ("resources?x681beb97_page=3", "resources?x681beb97_page=3"),
        ("resources?681BEB97_page=3", "resources?681BEB97_page=3"),
    ],
)
def test_pages_of_lists_are_taken_off(url: str, stripped: str) -> None:
    assert links.without_pages(ROOT + url) == ROOT + stripped


@pytest.mark.parametrize(
    ("path", "pagers", "following"),
    [
        ("resources", ["?681beb97_page=2"], ["resources?681beb97_page=2"]),
        ("resources?681beb97_page=2", ["?681beb97_page=3"], ["resources?681beb97_page=3"]),
        (
            "resources",
            ["?681beb97_page=2", "?90c7c550_page=2"],
            ["resources?681beb97_page=2", "resources?90c7c550_page=2"],
        ),
        (
            "resources?681beb97_page=2",
            ["?681beb97_page=3&90c7c550_page=1", "?681beb97_page=2&90c7c550_page=2"],
            ["resources?681beb97_page=3"],
        ),
        ("resources?681beb97_page=3", ["?681beb97_page=2"], []),
        ("resources?topic=care", ["?681beb97_page=2"], ["resources?topic=care&681beb97_page=2"]),
        ("resources", ["#", "?681beb97_page=two", "http://[broken"], []),
        ("resources", ["?681beb97_page=" + "9" * 5000], []),
    ],
    ids=[
        "first",
        "second",
        "two lists",
        "never list × list",
        "no way back",
        "query",
        "no pages",
        "endless",
    ],
)
def test_the_next_pages_of_a_listing(path: str, pagers: list[str], following: list[str]) -> None:
    response = page(listed("<h3>A</h3>") + "".join(map(pager, pagers)), path)
    assert links.next_pages(response) == [ROOT + url for url in following]


LIBRARY = listed('<a href="/resources/b?90c7c550_page=2"><h3>B</h3></a>') + pager(
    "?681beb97_page=2"
)


@pytest.mark.parametrize(
    ("path", "item", "listing", "asked"),
    [
        ("resources", False, True, ["resources?681beb97_page=2"]),
        ("resources/a", True, False, ["resources/b"]),
        ("resources/a?681beb97_page=2", True, False, ["resources/b"]),
        ("resources/a", True, True, []),
    ],
    ids=["listing", "item", "item's other page", "item as a start address"],
)
def test_only_a_listings_pager_is_followed(
    path: str, item: bool, listing: bool, asked: list[str]
) -> None:
    spider = make_spider(DeclaredSpider, "follow")
    results = spider.parse_page(page(LIBRARY, path, item=item), listing=listing)
    assert requested(results) == [ROOT + url for url in asked]
    assert list(spider.found.values()) == [f"{ROOT}resources/b"]


def test_the_start_address_is_asked_for_without_pages() -> None:
    assert [r.url for r in next(iter(make_spider().phases()))] == [f"{ROOT}resources"]


def test_an_item_is_asked_for_once_whatever_form_its_address_has() -> None:
    forms = ("/resources/b", "/resources/b/?x=1#top", "http://www.shelf.example/resources/b")
    body = listed(*(f'<a href="{form}">B</a>' for form in forms))
    spider = make_spider(DeclaredSpider, "follow")
    first = requested(spider.parse_page(page(body, "resources/a", item=True)))
    again = requested(spider.parse_page(page(body, "resources/c", item=True)))
    assert (first, again) == ([f"{ROOT}resources/b"], [])


@pytest.mark.parametrize(
    ("path", "item", "hrefs", "folders"),
    [
        ("resources", False, ["/resources/a", "/tag/x", "/tag/y"], ("/resources/",)),
        ("", False, ["/items/a", "/items/b", "/tag/x", "/about"], ("/items/",)),
        ("", False, ["https://other.example/items/a"], ()),
        ("fr/resources/a", True, ["/blog/x", "/blog/y"], ("/fr/resources/",)),
    ],
    ids=["below the listing", "the most items", "other sites", "an item's own"],
)
def test_the_folder_of_the_items(
    path: str, item: bool, hrefs: list[str], folders: tuple[str, ...]
) -> None:
    body = listed(*(f'<a href="{href}">x</a>' for href in hrefs))
    assert links.item_folders(page(body, path, item=item)) == folders


@pytest.mark.parametrize(
    ("url", "own"),
    [
        ("http://www.shelf.example/resources/a/?x=1#top", f"{ROOT}resources/a"),
        ("https://shelf.example:8443/resources/a", None),
        ("https://other.example/resources/a", None),
        (None, None),
    ],
    ids=["another form", "another port", "another host", "none"],
)
def test_own_address(url: str | None, own: str | None) -> None:
    assert links.own_address(url, ROOT) == own


# --- what no reader sees ---

# Words that no rule knows, so that the markup alone must do.
GONE = "Nothing of that kind stands on this shelf"
UNSEEN = {
    "webflow": f'<div class="hide w-dyn-empty"><div>{GONE}</div></div>',
    "finsweet 1": f'<div fs-cmsfilter-element="empty"><p>{GONE}</p></div>',
    "finsweet 1, second list": f'<div fs-cmsfilter-element="empty-2"><p>{GONE}</p></div>',
    "finsweet 2": f'<div fs-list-element="empty"><p>{GONE}</p></div>',
    "unmarked": "<div><p>Sorry, we couldn't find any cakes like that. Try again.</p></div>",
    "unmarked, no results": "<p>No resources found for this shelf today.</p>",
    "condition": f'<div class="box w-condition-invisible"><p>{GONE}</p></div>',
    "empty field": f'<p class="w-dyn-bind-empty">{GONE}</p>',
    "style": f'<p style="display: none">{GONE}</p>',
    "loader": '<div fs-cmsload-element="loader">Loading a few more resources now</div>',
    "form": f'<form><p>{GONE}</p></form><div class="w-form-done">Thank you so much for that!</div>',
    "pager": pager("?681beb97_page=2"),
    "template": f"<template><p>{GONE}</p></template><noscript><p>{GONE}</p></noscript>",
}


@pytest.mark.parametrize("unseen", UNSEEN.values(), ids=UNSEEN)
def test_what_no_reader_sees_is_in_no_field(unseen: str) -> None:
    body = f"<h1>A spade</h1>{unseen}<p>It digs well enough.</p>{unseen}"
    document = read_document(f"<main>{body}<h2>More</h2></main>")
    assert (document.title, document.text) == ("A spade", "It digs well enough.")
    assert document.excerpt is None


CARD_UNSEEN = {k: v for k, v in UNSEEN.items() if k not in {"form", "pager"}}


@pytest.mark.parametrize("unseen", CARD_UNSEEN.values(), ids=CARD_UNSEEN)
def test_what_no_reader_sees_is_in_no_card(unseen: str) -> None:
    (entry,) = read_entries(f"{unseen}<h3>A spade</h3><p>It digs well enough.</p>{unseen}")
    assert (entry.title, entry.excerpt) == ("A spade", "It digs well enough.")


def test_an_invisible_list_has_no_items() -> None:
    hidden = f'<div class="w-condition-invisible">{listed("<h3>Gone</h3>")}</div>'
    found = entries_of(read(page(hidden + listed("<h3>Here</h3>")), listing=True))
    assert [entry.title for entry in found] == ["Here"]


def test_an_author_may_write_what_an_empty_state_says() -> None:
    body = '<h1>A</h1><div class="w-richtext"><p>No results found, said the clerk.</p></div>'
    assert read_document(body).text == "No results found, said the clerk."


# --- cards ---

IMAGE = '<img src="/a.png" alt="A spade"/>'
CARDS: dict[str, tuple[str, dict[str, object]]] = {
    "picture and heading": (
        f'<a href="/resources/a">{IMAGE}<h3>A spade</h3><p>It digs well.</p></a>',
        {"title": "A spade", "excerpt": "It digs well.", "url": f"{ROOT}resources/a"},
    ),
    "no description": (
        f'<a href="/resources/a">{IMAGE}<h3>A spade</h3><p class="w-dyn-bind-empty"></p></a>',
        {"title": "A spade", "excerpt": None},
    ),
    "words of the picture": (
        f"<div>A spade</div>{IMAGE}<h3>A spade</h3>",
        {"title": "A spade", "excerpt": None},
    ),
    "only a picture": (IMAGE, {"title": "A spade", "excerpt": None, "url": None}),
    "nothing at all": ('<img src="/a.png" alt=""/>', {"title": None, "excerpt": None}),
    "only a link": ('<a href="/t/x"> Spades  &amp; forks </a>', {"title": "Spades & forks"}),
    "label, author, date, button": (
        '<div class="tag">Tool</div><h3>A spade</h3><div>Marged Oakes</div>'
        "<div>November 5, 2025</div><p>5 min read</p><p>By Marged Oakes</p>"
        '<a href="/resources/a" class="button"><div>Read more about this very good spade</div></a>',
        {"title": "A spade", "excerpt": None},
    ),
    "description in a div": (
        "<h3>A spade</h3><div>It digs well in any soil.</div>",
        {"excerpt": "It digs well in any soil."},
    ),
    "marked fields": (
        '<div>Long words before it all stand here</div><div fs-list-field="title">A spade</div>'
        '<div fs-list-field="description">Digs.</div>',
        {"title": "A spade", "excerpt": "Digs."},
    ),
    "two paragraphs": (
        "<h3>A spade</h3><div><p>It digs rather well.</p><p>It has a handle.</p></div>",
        {"excerpt": "It digs rather well. It has a handle."},
    ),
    "question and answer": (
        "<div>What is a spade?</div>"
        '<div class="w-richtext">It is a tool, <a href="/x">see</a>.</div>',
        {"title": "What is a spade?", "excerpt": "It is a tool, see."},
    ),
    "cut": ("<h3>A</h3><p>It digs well, but…</p>", {"is_truncated": True}),
    "whole": ("<h3>A</h3><p>It digs well.</p>", {"is_truncated": False}),
    "leads away": (
        '<a href="https://tools.example/spade">View</a><h3>A spade</h3>',
        {"url": None, "outbound_url": "https://tools.example/spade", "document_native_id": None},
    ),
    "own page and another site": (
        '<h3>A</h3><a href="/resources/a?681beb97_page=2">More</a><a href="https://t.example/">Go</a>',
        {
            "url": f"{ROOT}resources/a",
            "document_native_id": "resources/a",
            "outbound_url": "https://t.example/",
        },
    ),
    "another collection": (
        '<a href="/resources/a">A</a><a href="/people/m">M</a>',
        {"document_native_id": "resources/a"},
    ),
    "signs": ("<h3>If x &lt; y &amp;amp; z</h3>", {"title": "If x < y & z"}),
    "joiners": ("<h3>\u200d</h3><h3>A spade</h3>", {"title": "A spade"}),
    "list in a card": (
        f"<h3>A spade</h3>{listed('<p>A label that is long enough</p>')}",
        {"title": "A spade", "excerpt": None},
    ),
}


@pytest.mark.parametrize(("card", "fields"), CARDS.values(), ids=CARDS)
def test_a_card(card: str, fields: dict[str, object]) -> None:
    (entry,) = read_entries(card)
    assert {name: getattr(entry, name) for name in fields} == fields


def test_entries_count_through_all_lists_of_a_page() -> None:
    body = listed("<h3>A</h3>", "<h3>B</h3>") + listed("<h3>C</h3>")
    found = entries_of(read(page(body, "resources?681beb97_page=2"), listing=True))
    assert [(e.position, e.title) for e in found] == [(0, "A"), (1, "B"), (2, "C")]
    assert {e.list_url for e in found} == {f"{ROOT}resources?681beb97_page=2"}


def test_cards_without_pages_of_their_own_can_be_documents() -> None:
    card = '<a href="https://tools.example/spade"><h3>A spade</h3></a><p>It digs well.</p>'
    response = page(listed(card, '<a href="/resources/b"><h3>B</h3></a>'))
    items = read(response, make_spider(CardsSpider, "read"), listing=True)
    (document,) = [item for item in items if isinstance(item, Document)]
    assert (document.title, document.text, document.via) == ("A spade", "It digs well.", "listing")
    assert (
        document.native_id == document.url == document.target_url == "https://tools.example/spade"
    )
    ids = [entry.document_native_id for entry in entries_of(items)]
    assert ids == ["https://tools.example/spade", "resources/b"]


# --- an item's own page ---

HERO = "<main><section><h1>A spade</h1>{0}</section><section><h2>More</h2>{1}</section></main>"
DESCRIBED: dict[str, tuple[str, str | None, str | None]] = {
    "paragraph": ("<p>It digs.</p><p>It digs well.</p>", "It digs well.", None),
    "block": ("<div>It digs well in any soil.</div>", "It digs well in any soil.", None),
    "rich text": ('<div class="w-richtext"><p>Digs.</p></div>', "Digs.", None),
    "both": (
        '<p>It digs well.</p><div class="w-richtext"><h2>How</h2><p>Down.</p></div>',
        "How\n\nDown.",
        "It digs well.",
    ),
    "two of one look": (
        '<div class="t w-richtext"><p>First.</p></div><div class="w-richtext cta"><p>Buy</p></div>'
        '<div class="w-richtext t"><p>Then more.</p></div>',
        "First.\n\nThen more.",
        None,
    ),
    "labels only": (
        '<div>Tool</div><p>5 min read</p><p>By Marged Oakes</p><p><a href="/r">Back to all</a></p>',
        None,
        None,
    ),
    "nothing": ("", None, None),
}


@pytest.mark.parametrize(("hero", "text", "excerpt"), DESCRIBED.values(), ids=DESCRIBED)
def test_the_body_of_an_item(hero: str, text: str | None, excerpt: str | None) -> None:
    others = listed("<h3>B</h3><p>Another thing altogether.</p>") + "<p>Join our list today.</p>"
    document = read_document(HERO.format(hero, others))
    assert (document.title, document.text, document.excerpt) == ("A spade", text, excerpt)
    assert document.native_id == "resources/a"
    assert (document.kind, document.via, document.url) == ("resource", "html", f"{ROOT}resources/a")


AWAY = "https://tools.example/spade"
TARGETS: dict[str, tuple[str, str | None]] = {
    "button": (f'<a href="{AWAY}" class="w-button">View</a>', AWAY),
    "button before a link": (
        f'<div><a href="https://a.example/">A</a></div><a class="btn" href="{AWAY}">View</a>',
        AWAY,
    ),
    "line of its own": (f'<div><a href="{AWAY}"><div>View</div></a></div>', AWAY),
    "file on the asset host": (
        '<a class="button" href="https://cdn.prod.website-files.com/7/a.pdf">Get</a>',
        "https://cdn.prod.website-files.com/7/a.pdf",
    ),
    "sister site": (
        '<a class="button" href="https://old.shelf.example/a">Go</a>',
        "https://old.shelf.example/a",
    ),
    "in running text": (f'<p>It digs, says <a href="{AWAY}">a test</a> of spades.</p>', None),
    "in rich text": (f'<div class="w-richtext"><p><a href="{AWAY}">Source</a></p></div>', None),
    "sharing": (
        '<a class="share-button" href="https://www.linkedin.com/shareArticle?url=x">Share</a>',
        None,
    ),
    "own site": ('<a class="button" href="/resources">Back</a>', None),
    "invisible": (f'<a class="button w-condition-invisible" href="{AWAY}">View</a>', None),
    "of another item": (listed(f'<a class="button" href="{AWAY}">View</a>'), None),
    "mail": ('<a class="button" href="mailto:a@b.example">Write</a>', None),
}


@pytest.mark.parametrize(("hero", "target"), TARGETS.values(), ids=TARGETS)
def test_the_target_of_an_item(hero: str, target: str | None) -> None:
    asking = '<a class="button" href="https://news.example/">Join us</a>'
    assert read_document(HERO.format(hero, asking)).target_url == target


LD = '<script type="application/ld+json">{}</script>'
ARTICLE = {"@type": "Article", "headline": "A", "datePublished": "Nov 05, 2025"}
DATED: dict[str, tuple[str, str, list[DateSeen]]] = {
    "json-ld": (LD.format(json.dumps(ARTICLE)), "", [DateSeen("json-ld", "Nov 05, 2025")]),
    "json-ld in a graph": (
        LD.format(json.dumps({"@graph": [{"@type": "WebSite"}, ARTICLE]})),
        "<div>November 6, 2025</div>",
        [DateSeen("json-ld", "Nov 05, 2025"), DateSeen("text", "November 6, 2025")],
    ),
    "text": ("", "<div>November 5, 2025</div>", [DateSeen("text", "November 5, 2025")]),
    "text with a word": ("", "<p>Published on 5 Nov 2025</p>", [DateSeen("text", "5 Nov 2025")]),
    "broken json-ld": (LD.format('{"datePublished": "Nov 05, 2025", "x": "a "b" c"}'), "", []),
    "of a change": ("", "<div>Last updated November 5, 2025</div>", []),
    "of another item": ("", listed("<div>November 5, 2025</div>"), []),
    "in a sentence": ("", "<p>On November 5, 2025 we dug.</p>", []),
    "nobody knows the month": ("", "<div>05/11/2025</div>", []),
    "only when the site was put online": ("", "", []),
}


@pytest.mark.parametrize(("head", "hero", "seen"), DATED.values(), ids=DATED)
def test_when_an_item_was_published(head: str, hero: str, seen: list[DateSeen]) -> None:
    document = read_document(HERO.format(hero, ""), head=head)
    assert document.published_seen == seen
    if "updated" in hero:
        assert document.modified_seen == [DateSeen("text", "November 5, 2025")]


@pytest.mark.parametrize(
    ("text", "expected_date"),
    [
        ("December 5, 2025", True),
        ("Friday, December 5, 2025", True),
        ("2025-12-05", True),
        ("May 2025", True),
        ("In May 2025", False),
        ("2025", False),
        ("May I help you?", False),
    ],
)
def test_a_block_that_is_a_date(text: str, expected_date: bool) -> None:
    assert dates.is_date(text) is expected_date


def test_authors_come_from_the_node_of_the_article() -> None:
    people = [{"@type": "Person", "name": "Marged Oakes"}, {"@type": "NGO", "name": "The Shed"}]
    nodes = [{"@type": "WebSite", "author": {"name": "Agency"}}, ARTICLE | {"author": people}]
    document = read_document(HERO.format("", ""), head=LD.format(json.dumps(nodes)))
    assert document.authors == [
        AuthorName("Marged Oakes", "unknown"),
        AuthorName("The Shed", "organisation"),
    ]


FILTER = (
    '<form fs-cmsfilter-element="filters"><label><input type="checkbox"/>'
    '<span fs-cmsfilter-field="topic">Every topic</span></label></form>'
)
LABELS = (
    '<h3 fs-cmsfilter-field="name">A spade</h3>'
    '<div fs-cmsfilter-field="topic">Soil &amp; stones</div>'
    '<div fs-list-field="tags">Tool</div><div fs-cmsfilter-field="search">A spade, tool</div>'
    '<div class="w-condition-invisible"><div fs-cmsfilter-field="topic">Hidden</div></div>'
)


@pytest.mark.parametrize(
    ("hero", "more", "categories", "tags"),
    [
        (LABELS, FILTER, ["Soil & stones"], ["Tool"]),
        ("", FILTER + listed(f'<a href="/resources/a">x</a>{LABELS}'), ["Soil & stones"], ["Tool"]),
        ("", FILTER + listed(f'<a href="/resources/b">x</a>{LABELS}'), None, None),
    ],
    ids=["on the page", "in its own card", "in another card"],
)
def test_labels_of_an_item(
    hero: str, more: str, categories: list[str] | None, tags: list[str] | None
) -> None:
    document = read_document(HERO.format(hero.replace("h3", "div"), more))
    assert (document.categories, document.tags) == (categories, tags)


@pytest.mark.parametrize(
    ("body", "head", "title"),
    [
        ("<h1>\u200d</h1><h1>A spade</h1>", "", "A spade"),
        ("<nav><h2>Menu</h2></nav><h2>A spade</h2>", "A spade", "A spade"),
        ("<h2>Something else</h2>", "A &amp; B", "A & B"),
        (listed("<h1>Another</h1>") + "<h1>A spade</h1>", "", "A spade"),
    ],
    ids=["empty heading", "no h1", "no heading", "heading of a card"],
)
def test_the_title_of_an_item(body: str, head: str, title: str) -> None:
    meta = f'<meta property="og:title" content="{head}"/>' if head else ""
    assert read_document(body, head=meta).title == title


@pytest.mark.parametrize(
    ("response", "reason"),
    [
        (page("<h1>Gone</h1>", "resources/a"), reasons.NO_CONTENT_FOUND),
        (
            HtmlResponse(f"{ROOT}resources/a", body=b"<html><body>", encoding="utf-8"),
            reasons.CUT_OFF,
        ),
        (HtmlResponse(f"{ROOT}resources/a", body=b" ", encoding="utf-8"), reasons.EMPTY_PAGE),
    ],
    ids=["no item", "cut", "empty"],
)
def test_what_is_no_item_page_is_named(response: HtmlResponse, reason: str) -> None:
    (item,) = read(response)
    assert isinstance(item, Unreadable)
    assert item.reason == reason


# --- the whole library below a resource ---


def library(title: str, text: str, cards: list[tuple[str, str | None]]) -> str:
    shown = [
        f'<a href="/resources/r{n}"><img alt="{escape(t)}" src="/i.png"/><h3>{escape(t)}</h3>'
        + (f"<div>{escape(d)}</div></a>" if d else '<div class="w-dyn-bind-empty"></div></a>')
        for n, (t, d) in enumerate(cards)
    ]
    return (
        f"<main><section><h1>{escape(title)}</h1><p>{escape(text)}</p>"
        f'<a class="button" href="{AWAY}">View resource</a></section><section>{FILTER}'
        f'<div fs-cmsfilter-element="empty"><div>{GONE}</div></div>{listed(*shown)}'
        f"{pager('?681beb97_page=2', '1 / 4')}</section></main>"
    )


def read_seed() -> tuple[str, str, list[tuple[str, str | None]]]:
    """The reference source's text: each card has its title twice, then its text, if it has one."""
    if not SEED.exists():
        pytest.skip(
            f"{SEED} is not here: the text of the reference source is not in the repository"
        )
    lines = [line.strip() for line in SEED.read_text(encoding="utf-8").splitlines() if line.strip()]
    starts = [at for at in range(len(lines) - 1) if lines[at] == lines[at + 1]]
    ends = [*starts[1:], len(lines)]
    cards = [
        (lines[a], " ".join(lines[a + 2 : b]) or None) for a, b in zip(starts, ends, strict=True)
    ]
    return lines[0], lines[1], cards


def made_up() -> tuple[str, str, list[tuple[str, str | None]]]:
    told = [f"What number {n} of them says in a few words." for n in range(100)]
    cards = [(f"Resource {n} & more", None if n == 63 else text) for n, text in enumerate(told)]
    return "A toolkit", "It helps a shelter to begin.", cards


@pytest.mark.parametrize("content", [made_up, read_seed], ids=["made up", "reference source"])
def test_a_resource_with_the_whole_library_below_it(content: Any) -> None:
    title, text, cards = content()
    items = read(page(library(title, text, cards), "resources/a", item=True))
    (document,) = [item for item in items if isinstance(item, Document)]
    found = entries_of(items)
    assert (document.title, document.text, document.target_url) == (title, text, AWAY)
    assert len(found) == len(cards) == 100
    assert [(e.title, e.excerpt) for e in found] == cards
    assert [e.excerpt for e in found].count(None) == 1
    assert [e.document_native_id for e in found] == [f"resources/r{n}" for n in range(100)]
    told = {value for item in items for value in vars_of(item) if value}
    assert told.isdisjoint({GONE, "View resource", "Next", "1 / 4", "Every topic"})
    assert not [value for value in told if "Sorry, we" in value]


def vars_of(item: Item) -> list[str | None]:
    if isinstance(item, Document):
        return [item.title, item.text, item.excerpt, *(item.categories or []), *(item.tags or [])]
    assert isinstance(item, ListEntry)
    return [item.title, item.excerpt]


# --- real pages ---

# Counted by hand and with grep, not with the reader: the elements whose class has the word
# `w-dyn-item` (and not only `w-dyn-items`, which is the list). No sample has a list in an item or
# an item in an invisible element, so each of them is an item that a reader can meet.
COUNTS = {
    # three latest posts
    "blog_item_fs_cmsfilter_condition_invisible.html": 3,
    # a menu's post, a breadcrumb and eight questions; four more lists are empty
    "empty_states.html": 10,
    # 12 resources (page 1 of 4), 4 × 9 logos, a place, 15 places, 27 industries, 4 certificates
    "item_page_embedded_list_paginated_fslist.html": 95,
    # eight questions and three related posts
    "jetboost_script.html": 11,
    # 100 posts in the search (page 1 of 9), 2 tools, 4 posts in the footer, 3 times the category
    "list_100_items_fs_cmsload_render_all_empty.html": 109,
}
ITEM_CLASS = re.compile(r'class="(?:[^"]* )?w-dyn-item(?: [^"]*)?"')
EMPTY_STATES = (
    ".w-dyn-empty, [fs-cmsfilter-element^=empty], [fs-list-element=empty], "
    ".w-condition-invisible, .w-form-done, .w-form-fail, .w-pagination-wrapper"
)


@pytest.mark.parametrize("name", COUNTS)
def test_real_pages(name: str) -> None:
    sample = SAMPLES / name
    if not sample.exists():
        pytest.skip(f"{sample} is not here: real pages are not in the repository")
    raw = sample.read_text(encoding="utf-8")
    slug = re.search(r'data-wf-item-slug="([^"]+)"', raw)
    assert slug
    response = HtmlResponse(f"{ROOT}blog/{slug[1]}", body=raw.encode(), encoding="utf-8")
    items = read(response)
    found = entries_of(items)
    assert len(found) == COUNTS[name] == len(ITEM_CLASS.findall(raw))
    assert [e.position for e in found] == list(range(len(found)))
    (document,) = [item for item in items if isinstance(item, Document)]
    assert document.native_id == f"blog/{slug[1]}"
    assert len(document.text or "") > 6000
    assert BeautifulSoup(raw, "lxml").select_one("h1").get_text(strip=True) == document.title  # type: ignore[union-attr]
    told = "\n".join(value for item in items for value in vars_of(item) if value)
    for text in unseen_texts(raw):
        assert text not in told


def unseen_texts(raw: str) -> list[str]:
    """What the page's empty states, invisible elements and pagers say, by another parser."""
    soup = BeautifulSoup(raw, "lxml")
    texts = [s for e in soup.select(EMPTY_STATES) for s in e.stripped_strings if len(s.split()) > 1]
    return [*texts, "No items found", "Sorry, we couldn't find"]


def test_all_samples_are_counted() -> None:
    if not SAMPLES.exists():
        pytest.skip(f"{SAMPLES} is not here: real pages are not in the repository")
    assert sorted(path.name for path in SAMPLES.glob("*.html")) == sorted(COUNTS)


# --- a harvest of a whole site ---


@pytest.mark.parametrize("sitemap", ["core", "none"])
def test_a_harvest_gives_the_whole_site(sitemap: str, tmp_path: Path) -> None:
    log, data = tmp_path / "log", tmp_path / "data"
    settings = {"exchange_shelf": {"sitemap": sitemap}}
    with serve(["exchange_shelf"], log, settings=settings) as addresses:
        truth = expected("exchange_shelf", addresses)
        done = harvest_demo(addresses, "exchange_shelf", data=data)
    assert done.returncode == 0, done.stdout + done.stderr
    base = addresses["exchange_shelf"]
    unlisted = "shelf/a-budget-read-aloud"
    wanted = [p for p in truth["posts"] if sitemap == "core" or p["id"] != unlisted]
    documents = {d["native_id"]: d for d in rows(data, "documents")}
    assert sorted(documents) == sorted(post["id"] for post in wanted)
    for post in wanted:
        _assert_same(documents[post["id"]], post)

    entries = rows(data, "list_entries")
    listing = [e for e in entries if not e["list_url"].startswith(f"{base}/shelf/")]
    listed_posts = {p["url"]: p for p in truth["posts"] if p["id"] != unlisted}
    assert sorted(e["url"] for e in listing) == sorted(listed_posts)
    for entry in entries:
        post = listed_posts[entry["url"]]
        assert (entry["title"], entry["excerpt"]) == (post["title"], post["excerpt"])
        assert entry["document_id"] == documents[post["id"]]["document_id"]
    assert len(entries) == len(listing) + 3 * len(wanted), "each item's page shows three others"
    assert rows(data, "quarantine") == []

    paths = [entry["path"] for entry in read_log(log)]
    assert len(paths) == len(set(paths)), "no address is asked for twice"
    paged = [path for path in paths if "_page=" in path]
    assert paged == ["/shelf?4f1e20aa_page=2", "/shelf?4f1e20aa_page=3"]
    # robots.txt, three pages of the listing, the sitemap, and each item once
    assert len(paths) == 5 + len(wanted)


def _assert_same(document: dict[str, Any], post: dict[str, Any]) -> None:
    same = {name: document[name] for name in ("url", "title", "excerpt", "published")}
    assert same == {name: post[name] for name in same}
    assert document["target_url"] == post["target"]
    assert document["kind"] == "resource"
    assert document["published_precision"] == "day"
    assert document["published_from"] in {"json-ld", "text"}
    for column in ("categories", "tags"):
        assert list(document[column] if document[column] is not None else []) == post[column]
    assert document["text"].split() == post["words"]
    assert document["language"] == post["language"]
    assert not document["is_signpost"]
