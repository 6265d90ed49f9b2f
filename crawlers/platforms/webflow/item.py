"""The document of an item's own page.

Webflow has no theme: designers name classes as they like. What holds on all sites is the order of
the page. The item's title is its first main heading; what stands between it and the next heading
is the item's own; rich text has a class of its own (`w-richtext`); lists show other items.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

from lxml.html import HtmlElement
from scrapy.http import TextResponse

from cleaning.evidence.jsonld import Thing, read_graph, types_of
from cleaning.page.tags import HEADINGS
from crawlers.items import AuthorName, DateSeen, Document
from crawlers.platforms.webflow import dates, links, lists
from crawlers.platforms.webflow.visible import (
    BLOCKS,
    LIST,
    RICH_TEXT,
    all_inside,
    blocks,
    html_of,
    text_of,
    without_frame,
    words,
)

if TYPE_CHECKING:
    from crawlers.platforms.webflow.spider import WebflowSpider

SHARING = re.compile(
    r"facebook\.com/(?:share|dialog)|(?:twitter|x)\.com/(?:intent|share)|linkedin\.com/share"
    r"|wa\.me/|api\.whatsapp\.com/|pinterest\.[a-z.]{2,20}/pin/create|reddit\.com/submit|t\.me/share"
)
ORGANISATIONS = {"Organization", "NGO", "Corporation", "EducationalOrganization"}


@dataclass(frozen=True, slots=True)
class Parts:
    """An item's page taken apart, lists and rich text left out of all but the last.

    `before` are the blocks of text above the title, `after` and `links` what stands between it and
    the next heading.
    """

    title: HtmlElement | None
    before: tuple[HtmlElement, ...]
    after: tuple[HtmlElement, ...]
    links: tuple[HtmlElement, ...]
    rich_texts: tuple[HtmlElement, ...]


def document(spider: WebflowSpider, response: TextResponse, tree: HtmlElement) -> Document:
    """`tree` is the page without the invisible."""
    page = without_frame(tree)
    parts = take_apart(page, _meta(response, "og:title"))
    texts = _descriptions(parts)
    graph = list(read_graph(response.selector.root))
    url = links.own_address(response.url, response.url) or response.url
    body = parts.rich_texts or texts
    categories, tags = _labels(page, tree, url)
    return spider.document(
        kind=spider.kind,
        url=url,
        via="html",
        native_id=links.native_id_of(response.url),
        canonical_url=_canonical(response),
        title=html_of(parts.title) if parts.title is not None else _meta(response, "og:title"),
        # Where nothing describes the item the body is empty, and nobody looks for one in the list.
        body_html="".join(map(html_of, body)),
        excerpt=_excerpt(response, texts if parts.rich_texts else ()),
        target_url=_target(parts, response.url),
        authors=_authors(graph),
        categories=categories or None,
        tags=tags or None,
        published_seen=_published(graph, parts),
        modified_seen=_json_dates(graph, "dateModified") + _text_dates(parts, is_change=True),
    )


def take_apart(page: HtmlElement, title_text: str | None) -> Parts:
    """The parts of a page whose navigation, footer and forms have been cut."""
    inside = [e for e in page.iter() if isinstance(e.tag, str)]
    listed, written = all_inside(page, LIST), all_inside(page, RICH_TEXT)
    leaves = set(blocks(page))
    headings = [
        at for at, e in enumerate(inside) if e.tag in HEADINGS and e not in written and text_of(e)
    ]
    start = _title([at for at in headings if inside[at] not in listed], inside, title_text)
    rich_texts = [e for e in inside[start or 0 :] if RICH_TEXT in e.classes and e not in listed]
    if start is None:
        return Parts(None, (), (), (), _main(rich_texts))
    end = next((at for at in headings if at > start), len(inside))
    own = [e for e in inside[:end] if e not in listed and e not in written]
    after = set(inside[start:]) - set(inside[start].iter())
    return Parts(
        title=inside[start],
        before=tuple(e for e in own if e in leaves and e not in after),
        after=tuple(e for e in own if e in leaves and e in after),
        links=tuple(e for e in own if e.tag == "a" and e in after),
        rich_texts=_main(rich_texts),
    )


def _title(headings: list[int], inside: list[HtmlElement], title_text: str | None) -> int | None:
    """Where the first `h1` stands, else the heading that the page gives as its title."""
    main = (at for at in headings if inside[at].tag == "h1")
    named = (at for at in headings if title_text and text_of(inside[at]) == words(title_text))
    return next((at for found in (main, named) for at in found), None)


def _main(rich_texts: list[HtmlElement]) -> tuple[HtmlElement, ...]:
    """The item's rich text: the longest, and those of the same look, which are its further fields.

    Others belong to a sidebar, to the author's portrait or to a box that asks for something.
    """
    nested = {inner for e in rich_texts for inner in e.iterdescendants()}
    found = [e for e in rich_texts if text_of(e) and e not in nested]
    longest = max(found, key=lambda e: len(text_of(e)), default=None)
    return tuple(e for e in found if longest is not None and set(e.classes) == set(longest.classes))


def _descriptions(parts: Parts) -> tuple[HtmlElement, ...]:
    """The paragraphs that stand with the title: the first block that is no label, and its kind."""
    found = [e for e in parts.after if _describes(e)]
    return tuple(e for e in found if e.getparent() is found[0].getparent())


def _describes(block: HtmlElement) -> bool:
    if any(e.tag == "a" for e in block.iterancestors()) or _linked_text(block) == text_of(block):
        return False
    return lists.is_description(block)


def _linked_text(block: HtmlElement) -> str:
    return " ".join(text_of(a) for a in block.iterdescendants("a"))


def _excerpt(response: TextResponse, texts: tuple[HtmlElement, ...]) -> str | None:
    """The description above a rich text, else what the page says of itself to search engines."""
    told = " ".join(map(html_of, texts))
    return told or _meta(response, "description") or _meta(response, "og:description")


def _target(parts: Parts, here: str) -> str | None:
    """Where the item sends its reader: a button, else a link on a line of its own.

    Links in running text, in rich text and to sharing services are something else.
    """
    away = [a for a in parts.links if _leads_away(a, here)]
    buttons = [a for a in away if any(lists.BUTTON.search(c) for c in a.classes)]
    alone = [a for a in away if _stands_alone(a)]
    return next((links.join(here, a.get("href")) for a in [*buttons, *alone]), None)


def _leads_away(link: HtmlElement, here: str) -> bool:
    url = links.join(here, link.get("href"))
    if url is None or links.own_address(url, here) or SHARING.search(url):
        return False
    return bool(text_of(link)) and not any(name.startswith("fs-social") for name in link.attrib)


def _stands_alone(link: HtmlElement) -> bool:
    block = next((e for e in link.iterancestors() if e.tag in BLOCKS), None)
    return block is None or block.tag not in {"p", "li"} or text_of(block) == text_of(link)


def _labels(page: HtmlElement, tree: HtmlElement, url: str) -> tuple[list[str], list[str]]:
    """Categories and tags of the page itself, else of the item's own card in a list of it."""
    cards = [i for i in lists.items(tree) if lists.addresses(i, url)[0] == url]
    listed = all_inside(page, LIST)
    own = lists.labels(e for e in page.iter() if e not in listed)
    return own if any(own) else next((lists.labels(card.iter()) for card in cards), ([], []))


def _published(graph: list[Thing], parts: Parts) -> list[DateSeen]:
    return _json_dates(graph, "datePublished") + _text_dates(parts, is_change=False)


def _text_dates(parts: Parts, *, is_change: bool) -> list[DateSeen]:
    read = (dates.read_text(text_of(e)) for e in (*parts.before, *parts.after))
    return [DateSeen("text", found[0]) for found in read if found and found[1] is is_change][:1]


def _json_dates(graph: list[Thing], name: str) -> list[DateSeen]:
    return [DateSeen("json-ld", str(node[name])) for node in graph if node.get(name)][:1]


def _authors(graph: list[Thing]) -> list[AuthorName]:
    """Those of the node that has a date or a headline: other nodes describe the site."""
    for node in graph:
        if node.get("author") and (node.get("headline") or node.get("datePublished")):
            given = node["author"]
            people = given if isinstance(given, list) else [given]
            return [author for person in people if (author := _author(person))]
    return []


def _author(person: Any) -> AuthorName | None:
    name = person.get("name") if isinstance(person, dict) else person
    if not isinstance(name, str) or not name.strip():
        return None
    is_one = isinstance(person, dict) and not ORGANISATIONS.isdisjoint(types_of(person))
    return AuthorName(name, "organisation" if is_one else "unknown")


def _canonical(response: TextResponse) -> str | None:
    href = response.css("link[rel=canonical]::attr(href)").get()
    url = links.join(response.url, href)
    return links.without_pages(url) if url else None


def _meta(response: TextResponse, name: str) -> str | None:
    found = response.css(
        f'meta[name="{name}"]::attr(content), meta[property="{name}"]::attr(content)'
    )
    text = (found.get() or "").strip()
    return escape(text, quote=False) or None
