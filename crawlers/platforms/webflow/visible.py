"""A page as a reader sees it: without empty states, invisible elements and controls.

Webflow sends what it does not show: the empty state of each list, elements whose condition does
not hold (`w-condition-invisible`), elements bound to an empty field (`w-dyn-bind-empty`), and the
two answers of each form. The empty block of Finsweet's filter is ordinary
markup that a script hides.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from typing import Any

from lxml import etree
from lxml.html import HtmlElement
from scrapy.http import TextResponse

from cleaning.page.tags import HEADINGS

_INVISIBLE_CLASSES = (
    *("w-dyn-empty", "w-condition-invisible", "w-dyn-bind-empty", "w-dyn-hide"),
    *("w-form-done", "w-form-fail", "w-pagination-wrapper", "w-page-count"),
    *("w-pagination-next", "w-pagination-previous"),
)
_FINSWEET = ("empty", "loader", "results-count", "items-count", "visible-count", "clear", "tag")
"""Beginnings of the value of `fs-cmsfilter-element`, `fs-list-element` and their like that are
interface (finsweet.com/attributes); "empty-2" is the empty block of the page's second list."""
_UNDRAWN = "script style template noscript head svg select option input textarea button"
_FRAME = "nav footer form"


def _has_class(*names: str) -> str:
    return " or ".join(f"contains(concat(' ', @class, ' '), ' {name} ')" for name in names)


_FINSWEET_PARTS = " or ".join(f"starts-with(., '{part}')" for part in _FINSWEET)
INVISIBLE = etree.XPath(
    f"//*[{_has_class(*_INVISIBLE_CLASSES)} or @hidden"
    " or contains(translate(@style, ' ', ''), 'display:none')"
    f" or @*[starts-with(name(), 'fs-') and contains(name(), '-element') and ({_FINSWEET_PARTS})]]"
)
FRAME = etree.XPath(
    " | ".join(f"//{tag}" for tag in _FRAME.split())
    + f" | //*[{_has_class('w-nav', 'w-form', 'w-locales-list', 'w-lightbox')}"
    " or @role='navigation' or @role='contentinfo']"
)
EMPTY_TEXT = re.compile(
    r"(?:oops\W+)?(?:sorry\W+)?(?:we\s+)?(?:(?:couldn.t|could\s+not|can.t|cannot)\s+find\s+any"
    r"|(?:there\s+are\s+)?no\s+(?:\w+\s+)?(?:items?|results?|resources?|posts?|articles?|entries)"
    r"\s+(?:were\s+)?(?:found|match))\b",
    re.IGNORECASE,
)
"""How an empty state begins that no attribute marks; looked for outside of rich text only."""
LIST, ITEM, RICH_TEXT = "w-dyn-list", "w-dyn-item", "w-richtext"
BLOCKS = frozenset(
    {
        *("address", "article", "aside", "blockquote", "body", "dd", "details", "div", "dl", "dt"),
        *("fieldset", "figcaption", "figure", *HEADINGS, "header", "li"),
        *("main", "ol", "p", "pre", "section", "table", "td", "th", "tr", "ul"),
    }
)
# Webflow's editor leaves zero-width joiners in paragraphs and headings that look empty.
_NOTHING = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))


def visible(response: TextResponse) -> HtmlElement:
    """A copy of the page's tree without all that no reader sees."""
    tree: HtmlElement = copy.deepcopy(response.selector.root)
    unread = (etree.Comment, etree.ProcessingInstruction, *_UNDRAWN.split())
    etree.strip_elements(tree, *unread, with_tail=False)
    _cut(tree, INVISIBLE)
    written = all_inside(tree, RICH_TEXT)
    for block in blocks(tree):
        if block not in written and EMPTY_TEXT.match(text_of(block)):
            block.drop_tree()
    return tree


def without_frame(tree: HtmlElement) -> HtmlElement:
    """A copy without navigation, footer and forms: they are on every page, and no item's own."""
    inner = copy.deepcopy(tree)
    _cut(inner, FRAME)
    return inner


def _cut(tree: HtmlElement, what: etree.XPath) -> None:
    found: Any = what(tree)
    for element in found:
        if element is not tree and element.getparent() is not None:
            element.drop_tree()


def text_of(element: HtmlElement) -> str:
    """The words of an element, to compare and to count them; borders of words are not exact."""
    return words("".join(map(str, element.itertext())))


def words(text: str | None) -> str:
    return " ".join((text or "").translate(_NOTHING).split())


def html_of(element: HtmlElement) -> str:
    return str(etree.tostring(element, encoding="unicode", method="html", with_tail=False))


def all_inside(tree: HtmlElement, name: str) -> set[HtmlElement]:
    """The elements of class `name` and everything in them."""
    found: Any = tree.xpath(f"descendant-or-self::*[{_has_class(name)}]")
    return {inner for element in found for inner in element.iter()}


def blocks(element: HtmlElement) -> list[HtmlElement]:
    """The innermost blocks that have text, in the order of the page, `element` itself included."""
    holders = {block for e in element.iter() for block in _holders(e, element)}
    outer = {above for holder in holders for above in holder.iterancestors()}
    return [e for e in element.iter() if e in holders and e not in outer]


def _holders(element: HtmlElement, within: HtmlElement) -> Iterator[HtmlElement]:
    """The blocks that the texts directly in an element and directly behind it belong to."""
    if words(element.text):
        yield from _block_of(element, within)
    if element is not within and words(element.tail):
        yield from _block_of(element.getparent(), within)


def _block_of(element: HtmlElement, within: HtmlElement) -> list[HtmlElement]:
    while element.tag not in BLOCKS and element is not within:
        element = element.getparent()
    return [element] if element.tag in BLOCKS else []
