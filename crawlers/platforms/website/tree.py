"""Reading a page's tree: its text, what names an element, and the repeated siblings in it.

Nothing here changes the tree, for others read it too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from lxml.html import HtmlElement

SILENT = frozenset({"script", "style", "template", "head"})
UNSEEN = SILENT | {"noscript", "svg", "select", "button"}
FRAME = frozenset({"nav", "header", "footer", "aside", "form"})
"""Parts of the page around its content, unless they stand inside an article."""
FRAME_NAMES = re.compile(
    r"(?:site|page|main|top|global|mobile|primary)?[-_]?(?:nav|navbar|navigation|menu|footer|header)"
    r"|sidebar[\w-]*|breadcrumbs?|cookie[\w-]*|related[\w-]*|share|social[\w-]*|widget[\w-]*",
    re.IGNORECASE,
)
LEAST_SHARE = 0.15
"""Of a page's words; a content with fewer has been taken for the frame."""
CHANGING = re.compile(r"\d|^(?:odd|even|first|last|alt|active|new|left|right|sticky|featured)$")
"""Classes that differ between siblings of one kind."""


def words_in(element: HtmlElement) -> list[str]:
    """The words that an element shows, scripts and controls left out."""
    return " ".join(_pieces(element)).split()


def text_in(element: HtmlElement) -> str:
    """The text of an element on one line."""
    return " ".join(words_in(element))


def short_text(element: HtmlElement, longest: int) -> str:
    """The text of an element on one line, or nothing if it has more characters than that."""
    words: list[str] = []
    left = longest + 1
    for piece in _pieces(element):
        found = piece.split()
        words += found
        left -= sum(map(len, found)) + len(found)
        if left < 0:
            return ""
    return " ".join(words)


def _pieces(element: HtmlElement) -> Iterator[str]:
    # By hand and not by XPath: this is called for most elements of a page.
    stack: list[HtmlElement | str] = [element]
    while stack:
        node = stack.pop()
        if isinstance(node, str):
            yield node
            continue
        if not isinstance(node.tag, str) or node.tag in UNSEEN:
            continue
        for child in reversed(node):
            if child.tail:
                stack.append(child.tail)
            stack.append(child)
        if node.text:
            yield node.text


def names_of(element: HtmlElement) -> str:
    """Class, id, itemprop and rel of an element as one lower-case line."""
    got = (element.get(name) for name in ("class", "id", "itemprop", "rel"))
    return " ".join(value for value in got if value).lower()


def is_frame(element: HtmlElement) -> bool:
    """Whether an element is navigation, head, foot or side of the page."""
    if element.tag in FRAME:
        return not any(a.tag in ("article", "main") for a in element.iterancestors())
    if element.tag in ("body", "html", "main", "article"):
        return False
    names = (*element.get("class", "").split(), element.get("id", ""))
    return any(_is_frame_name(name) for name in names)


@lru_cache(maxsize=8192)
def _is_frame_name(name: str) -> bool:
    return bool(FRAME_NAMES.fullmatch(name))


def content_elements(tree: HtmlElement) -> list[HtmlElement]:
    """All elements of the page outside of its frame, in order.

    Where hardly anything stands outside, the frame is badly named (a form around the whole page),
    a picture was never closed, or a script would draw the page, and what stands in for it counts.
    """
    body = tree if tree.tag == "body" else tree.find("body")
    start = tree if body is None else body
    found = list(_walk(start, UNSEEN, is_frame))
    whole = list(_walk(start, SILENT, lambda _: False))
    return found if _count(found) > LEAST_SHARE * _count(whole) else whole


def _walk(
    start: HtmlElement, unseen: frozenset[str], is_left_out: Callable[[HtmlElement], bool]
) -> Iterator[HtmlElement]:
    stack = [start]
    while stack:
        element = stack.pop()
        if not isinstance(element.tag, str) or element.tag in unseen or is_left_out(element):
            continue
        yield element
        stack.extend(reversed(element))


def _count(elements: Iterable[HtmlElement]) -> int:
    return sum(len(own_words(element)) for element in elements)


def own_words(element: HtmlElement) -> list[str]:
    """The words that stand in an element itself and in none of its children."""
    return " ".join([element.text or "", *(child.tail or "" for child in element)]).split()


def siblings(elements: Iterable[HtmlElement], least: int) -> list[list[HtmlElement]]:
    """Groups of at least so many siblings that have the same tag and the same first class."""
    groups: dict[tuple[int, str, str], list[HtmlElement]] = {}
    for element in elements:
        parent = element.getparent()
        if parent is None or element.tag in ("p", "br", "a", "span", "td", "option", "meta"):
            continue
        groups.setdefault((id(parent), element.tag, _kind_name(element)), []).append(element)
    return [group for group in groups.values() if len(group) >= least]


def _kind_name(element: HtmlElement) -> str:
    names = element.get("class", "").lower().split()
    return next((name for name in names if not CHANGING.search(name)), "")
