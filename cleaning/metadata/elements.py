"""Look into the elements of a page for what they say of it."""

import re
from collections.abc import Iterator, Mapping
from itertools import chain, islice

from lxml import etree
from lxml.html import HtmlElement

# Boxes that speak of other pages; whole words, as a page "has-sidebar" itself.
_ASIDE = re.compile(
    r"(?:^|\s)(?:[\w-]{0,60}(?:related|recent|popular|trending)[\w-]{0,60}|sidebar|widget|"
    r"comments?(?:-list|-body|-area)?)(?:$|\s)"
)

# Dates of what a page announces, not of the page.
_EVENT = re.compile(
    r"(?<![a-z])events?(?![a-z])|deadline|expir|(?:start|end)[-_]?(?:date|time)", re.IGNORECASE
)
_NEAREST = 2

_HOLDERS = etree.XPath("/descendant::*[@itemprop = $prop]")
_FEWEST_TITLE_WORDS = 4
# What holds more than one text.
_WHOLE = frozenset({"main", "body", "html"})

LINE_TAGS = ("span", "div", "p", "li", "abbr", "a", "td", "small", "em", "time", "strong")


def first(metas: Mapping[str, str], names: tuple[str, ...]) -> str | None:
    """Return the first of `names` that the page declares."""
    return next((metas[name] for name in names if name in metas), None)


def microdata(tree: HtmlElement, prop: str) -> Iterator[str]:
    """Yield the values of a property in microdata: a name inside, an attribute, or the text."""
    for holder in _HOLDERS(tree, prop=prop):
        inner = holder.find(".//*[@itemprop='name']")
        best = holder if inner is None else inner
        yield best.get("content") or best.get("datetime") or text_of(best)


def is_aside(element: HtmlElement) -> bool:
    """Tell whether `element` stands in a part of the page that speaks of other pages."""
    return any(
        above.tag in ("nav", "aside")
        or (above.tag == "footer" and not _ends_the_text(above))
        or (above.tag not in ("body", "html") and _ASIDE.search(above.get("class", "")))
        for above in element.iterancestors(etree.Element)
    )


def _ends_the_text(footer: HtmlElement) -> bool:
    """Tell whether a footer is that of the text and not that of the page or of an entry."""
    articles = footer.iterancestors("article")
    return any(next(article.iter("h1"), None) is not None for article in articles)


def is_of_an_event(element: HtmlElement) -> bool:
    """Tell whether `element`, or what it stands in, is named for an event or a deadline."""
    near = chain([element], islice(element.iterancestors(etree.Element), _NEAREST))
    return any(
        _EVENT.search(one.get(name) or "")
        for one in near
        if one.tag not in _WHOLE
        for name in ("class", "id", "itemprop")
    )


def text_of(element: HtmlElement, longest: int | None = None) -> str:
    """Return the text inside, on one line; of a text with more than `longest` characters the start.

    What is cut off is still longer than `longest`.
    """
    pieces: list[str] = []
    left = longest
    for piece in element.itertext():
        pieces.append(piece)
        if left is not None:
            left -= len("".join(piece.split()))
            if left < 0:
                break
    return " ".join("".join(pieces).split())


def is_teaser(element: HtmlElement, heading: HtmlElement | None) -> bool:
    """Tell whether `element` stands in a box that is headed by a link: it leads to another page.

    `heading` is the title of the page itself, which may be a link too.
    """
    own = [] if heading is None else list(heading.iterancestors(etree.Element))
    for box in chain([element], element.iterancestors(etree.Element)):
        if box.tag in _WHOLE or box is heading or box in own:
            return False
        head = next(box.iter("h1", "h2", "h3", "h4", "h5"), None)
        if head is not None:
            return head.tag != "h1" and _leads_away(head)
    return False


def _leads_away(head: HtmlElement) -> bool:
    """Tell whether a heading is a title, not a name, with a link that is none within the page."""
    links = chain(head.iter("a"), islice(head.iterancestors("a"), 1))
    addresses = [link.get("href") or "#" for link in links]
    is_away = bool(addresses) and not any("#" in address for address in addresses)
    return is_away and len(text_of(head).split()) >= _FEWEST_TITLE_WORDS
