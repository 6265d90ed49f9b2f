"""What a page shows of its kind, counted once for all that judge it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml.html import HtmlElement

from crawlers.platforms.jsonld import things, types_of
from crawlers.platforms.website.dates import shows_date
from crawlers.platforms.website.threads import HEADINGS, Thread, find_thread, is_mark
from crawlers.platforms.website.tree import own_words, siblings, words_in

PROSE = 15
"""Words of a paragraph outside links, from which on it is prose and no label or teaser."""
FEWEST_CARDS, FEWEST_HEADED = 4, 2
LONG_BOX, LONG_ENTRY = 90, 150
"""Words that an entry may have on average: of any element, and of those that are for entries."""


@dataclass(frozen=True, slots=True)
class Signs:
    """`words` counts the content, `prose` its long paragraphs, `body` those of the fullest place,
    `cards` the entries of its longest list, `listed` the words in all entries, `linked` the words
    that are links."""

    types: frozenset[str]
    og_type: str
    words: int
    prose: int
    body: int
    cards: int
    listed: int
    linked: int
    thread: Thread
    declares_date: bool
    shows_date: bool
    shows_opener: bool


def read_signs(
    tree: HtmlElement, elements: list[HtmlElement], groups: list[list[HtmlElement]]
) -> Signs:
    """Count what a page shows, of its content's elements and the lists of entries among them."""
    cards = {id(card) for group in groups for card in group}
    outside = [e for e in elements if not cards & {id(e), *(id(a) for a in e.iterancestors())}]
    paragraphs = _paragraphs(outside)
    places: dict[int, int] = {}
    for paragraph, count in paragraphs:
        parent = paragraph.getparent()
        places[id(parent)] = places.get(id(parent), 0) + count
    metas = {
        (m.get("property") or m.get("name") or "").lower(): m.get("content", "")
        for m in tree.iter("meta")
    }
    return Signs(
        types=frozenset(_types(tree)),
        og_type=metas.get("og:type", "").strip().lower(),
        words=sum(len(own_words(element)) for element in elements),
        prose=sum(count for _, count in paragraphs),
        body=max(places.values(), default=0),
        cards=max(map(len, groups), default=0),
        listed=sum(len(words_in(card)) for group in groups for card in group),
        linked=sum(len(words_in(e)) for e in elements if e.tag == "a"),
        thread=find_thread(elements),
        declares_date="article:published_time" in metas,
        shows_date=shows_date(outside),
        shows_opener=any(map(is_mark, outside)),
    )


def prose_in(elements: list[HtmlElement]) -> int:
    """Words in the long paragraphs among elements."""
    return sum(count for _, count in _paragraphs(elements))


def _paragraphs(elements: list[HtmlElement]) -> list[tuple[HtmlElement, int]]:
    found = []
    for element in elements:
        if element.tag in ("p", "blockquote", "dd", "li") or _holds_text(element):
            linked = sum(len(words_in(a)) for a in element.iter("a"))
            count = len(words_in(element)) - linked
            if count >= PROSE and not (element.tag != "p" and element.find(".//p") is not None):
                found.append((element, count))
    return found


def _holds_text(element: HtmlElement) -> bool:
    """Whether an element without paragraphs holds running text itself (`<br>` between)."""
    return element.tag not in ("a", "p") and len(own_words(element)) >= PROSE


def card_groups(elements: list[HtmlElement]) -> list[list[HtmlElement]]:
    """The lists of entries on a page, each entry with a link that names it; outermost first."""
    groups: list[list[HtmlElement]] = []
    inside: set[int] = set()
    for group in siblings(elements, 2):
        if any(id(a) in inside for a in group[0].iterancestors()):
            continue
        cards = [element for element in group if card_link(element) is not None]
        if len(cards) * 2 >= len(group) and _are_enough(cards) and _are_short(cards):
            groups.append(cards)
            inside.update(map(id, cards))
    return groups


def _are_enough(cards: list[HtmlElement]) -> bool:
    """Whether they are a list: two, where each has a heading that leads on, else some more."""
    headed = sum(any(h.find(".//a") is not None for h in c.iter(*HEADINGS)) for c in cards)
    return len(cards) >= FEWEST_CARDS or headed == len(cards) >= FEWEST_HEADED


def _are_short(cards: list[HtmlElement]) -> bool:
    """Whether they are entries; the sections of a text have headings with links too."""
    longest = LONG_ENTRY if cards[0].tag in ("article", "li") else LONG_BOX
    return sum(len(words_in(card)) for card in cards) <= longest * len(cards)


def card_link(element: HtmlElement) -> HtmlElement | None:
    """The link by which an entry is named: that of its heading, else one that is most of it."""
    for heading in element.iter(*HEADINGS):
        for link in (*heading.iter("a"), *heading.iterancestors("a")):
            if link.get("href"):
                return link
    links = [a for a in element.iter("a") if a.get("href")]
    named = [a for a in links if words_in(a)]
    if named and len({a.get("href") for a in links}) == 1:
        return named[0]
    words = len(words_in(element))
    return next((a for a in named if len(words_in(a)) * 2 >= words), None)


def _types(tree: HtmlElement) -> Iterator[str]:
    for node in things(tree):
        yield from types_of(node)
        main = node.get("mainEntity")
        if isinstance(main, dict):
            yield from types_of(main)
    for element in tree.iter("body", "article", "main", "div", "section"):
        yield from (t.rpartition("/")[2] for t in (element.get("itemtype") or "").split())
