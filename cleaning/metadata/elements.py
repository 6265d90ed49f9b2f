"""Look into the elements of a page for what they say of it."""

import re
from collections.abc import Iterator, Mapping

from lxml import etree
from lxml.html import HtmlElement

# Boxes that speak of other pages; whole words, as a page "has-sidebar" itself.
_ASIDE = re.compile(
    r"(?:^|\s)(?:[\w-]*(?:related|recent|popular|trending)[\w-]*|sidebar|widget|"
    r"comments?(?:-list|-body|-area)?)(?:$|\s)"
)

LINE_TAGS = ("span", "div", "p", "li", "abbr", "a", "td", "small", "em", "time", "strong")


def first(metas: Mapping[str, str], names: tuple[str, ...]) -> str | None:
    """Return the first of `names` that the page declares."""
    return next((metas[name] for name in names if name in metas), None)


def microdata(tree: HtmlElement, prop: str) -> Iterator[str]:
    """Yield the values of a property in microdata: a name inside, an attribute, or the text."""
    for holder in tree.iterfind(f".//*[@itemprop='{prop}']"):
        inner = holder.find(".//*[@itemprop='name']")
        best = holder if inner is None else inner
        yield best.get("content") or best.get("datetime") or text_of(best)


def is_aside(element: HtmlElement) -> bool:
    """Tell whether `element` stands in a part of the page that speaks of other pages."""
    return any(
        above.tag in ("nav", "footer", "aside")
        or (above.tag not in ("body", "html") and _ASIDE.search(above.get("class", "")))
        for above in element.iterancestors(etree.Element)
    )


def text_of(element: HtmlElement) -> str:
    """Return the text inside, on one line."""
    return " ".join("".join(element.itertext()).split())
