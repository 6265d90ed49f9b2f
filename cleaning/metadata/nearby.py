"""Read the lines of a page around its title, and the line in which an element stands."""

from collections.abc import Iterator
from itertools import chain, islice

from lxml import etree
from lxml.html import HtmlElement

from cleaning.metadata.datelines import DAY
from cleaning.text import BLOCK_TAGS

_UNSEEN = frozenset({"script", "style", "noscript", "template", "svg", "select", "button", "nav"})
_PIECES = 60  # of a line; one with more is no dateline
_DEEPEST = 8
_STAMPS = ("datetime", "ts", "title")


def lines_after(heading: HtmlElement) -> Iterator[tuple[HtmlElement, str]]:
    """Yield the lines of the page that follow `heading`, each with the block that it stands in."""
    for above in chain([heading], heading.iterancestors(etree.Element)):
        if above.tag == "body":
            return
        for sibling in above.itersiblings(etree.Element):
            yield from _lines(sibling)


def lines_before(heading: HtmlElement, number: int) -> Iterator[tuple[HtmlElement, str]]:
    """Yield up to `number` lines of each part of the page before `heading`, nearest first."""
    for above in chain([heading], islice(heading.iterancestors(etree.Element), 3)):
        for sibling in above.itersiblings(etree.Element, preceding=True):
            yield from reversed(list(islice(_lines(sibling), number)))


def line_around(element: HtmlElement) -> str:
    """Return the line of text in which `element` stands."""
    block = element
    for _ in range(_DEEPEST):
        parent = block.getparent()
        if block.tag in BLOCK_TAGS or parent is None:
            break
        block = parent
    return _line(block)


def _lines(element: HtmlElement) -> Iterator[tuple[HtmlElement, str]]:
    walk = etree.iterwalk(element, events=("start",))
    for _, block in walk:
        if block.tag in _UNSEEN:
            walk.skip_subtree()
        elif block is element or block.tag in BLOCK_TAGS:
            line = _line(block)
            if line:
                yield block, line


def _line(block: HtmlElement, depth: int = 0) -> str:
    """Return the text of `block` that stands in no block inside it.

    Elements without text between them are set apart by `|`: they are told apart by the layout.
    Beside text they are part of its sentence.
    """
    own, pieces = [block.text or ""], [block.text or ""]
    for child in islice(block, _PIECES):
        if isinstance(child.tag, str) and child.tag not in _UNSEEN and child.tag not in BLOCK_TAGS:
            is_deep = depth >= _DEEPEST
            pieces.append(
                stamp(child) or (child.text or "" if is_deep else _line(child, depth + 1))
            )
        if child.tail:
            own.append(child.tail)
            pieces.append(child.tail)
    is_prose = any(any(map(str.isalnum, text)) for text in own)
    return (" " if is_prose else " | ").join(" ".join(p.split()) for p in pieces if p.strip())


def stamp(element: HtmlElement) -> str | None:
    """Return the time that an element is marked with for machines."""
    tag = element.tag
    if tag != "abbr" and "time" not in tag:
        return None
    values = ((element.get(name) or "").strip() for name in _STAMPS)
    return next((value for value in values if DAY.match(value)), None)
