"""Reduce a tree to the chosen segments, with the elements that give them their structure."""

from collections.abc import Iterable, Sequence

from lxml.html import HtmlElement

from cleaning.boilerplate.names import AREA_BITS
from cleaning.boilerplate.segments import Page, Segment
from cleaning.pruning import blank, is_hidden
from cleaning.text import BLOCK_TAGS

# What `cleaning.markup` reads. Classes and `hidden` go, so that nothing chosen is cut there.
_ATTRIBUTES = frozenset(
    {"href", "rel", "src", "data-src", "data-lazy-src", "alt", "start", "value"}
)
_WRAPPERS = ("div", "section", "article", "main", "center", "hgroup")
# Labels for screen readers, and boxes that wait for a click. Longer ones are tabs and accordions,
# which readers open, and pages that a script reveals: they were judged as any other text.
_HIDDEN = AREA_BITS["hidden"]
_LONGEST_LABEL, _LABEL_SHARE = 100, 0.5  # characters; and of the text of the page
_MEANINGLESS = ("span", "font", "small", "u", "time", "abbr", "cite", "ins", "mark", "picture")
_MOST_UNWRAPPED = 10_000  # each copies the text before it
_CELLS = ("td", "th")
_PLAIN = {"form": "div", "button": "div", "label": "div", "summary": "div", "noscript": "div"}
_PLAIN |= {"dialog": "div", "header": "div", "footer": "div", "nav": "div", "aside": "div"}


def keep_segments(page: Page, is_kept: Sequence[bool]) -> HtmlElement:
    """Cut everything but the kept segments out of the page's tree, in place; return its root."""
    root = page.root.element
    most = min(_LONGEST_LABEL, int(_LABEL_SHARE * page.root.characters))
    _blank_labels(page, most)
    pairs = list(zip(page.segments, is_kept, strict=True))
    for element, is_tail in _places(segment for segment, kept in pairs if not kept):
        if is_tail:
            element.tail = None
        else:
            element.text = None
    marked = {root}
    for element, is_tail in _places(segment for segment, kept in pairs if kept):
        if not is_tail and len(element.text or "") <= most and is_hidden(element):
            element.text = None
        _mark(element.getparent() if is_tail and element.tag != "br" else element, marked)
    for image, before in page.images:
        if any(is_kept[max(before - 1, 0) : before]) and any(is_kept[before : before + 1]):
            _mark(image, marked)
    _reduce(root, marked)
    _unwrap(root)
    return root


def _blank_labels(page: Page, most: int) -> None:
    for frame in page.frames:
        if frame.area & _HIDDEN and frame.characters <= most and is_hidden(frame.element):
            blank(frame.element)


def _places(segments: Iterable[Segment]) -> Iterable[tuple[HtmlElement, bool]]:
    return (place for segment in segments for place in segment.places)


def _mark(element: HtmlElement | None, marked: set[HtmlElement]) -> None:
    while element is not None and element not in marked:
        marked.add(element)
        if element.tag == "tr":  # an empty cell keeps the others in their columns
            marked.update(element.iterchildren(*_CELLS))
        element = element.getparent()


def _reduce(root: HtmlElement, marked: set[HtmlElement]) -> None:
    waiting = [root]
    while waiting:
        element = waiting.pop()
        _simplify(element)
        for child in list(element):
            if child in marked:
                waiting.append(child)
            elif child.tail or _is_between_lines(child):
                _leave_border(child)
            else:
                element.remove(child)


def _unwrap(root: HtmlElement) -> None:
    """Drop the boxes that hold nothing but blocks: conversion would pay for each."""
    inline = list(root.iterdescendants(*_MEANINGLESS))
    for element in inline if len(inline) <= _MOST_UNWRAPPED else ():
        element.drop_tag()
    for box in list(root.iterdescendants(*_WRAPPERS)):
        if not (box.text and not box.text.isspace()) and len(box) and all(map(_is_block, box)):
            box.drop_tag()


def _is_block(element: HtmlElement) -> bool:
    return element.tag in BLOCK_TAGS and not (element.tail and not element.tail.isspace())


def _is_between_lines(child: HtmlElement) -> bool:
    """Tell whether text would be glued together without `child`."""
    beside = (child.getprevious(), child.getnext())
    return any(one is not None and one.tag not in BLOCK_TAGS for one in beside)


def _leave_border(child: HtmlElement) -> None:
    if isinstance(child.tag, str):
        blank(child)
    else:
        child.text = ""


def _simplify(element: HtmlElement) -> None:
    tag = element.tag
    if tag in _PLAIN:
        element.tag = _PLAIN[tag]
    if element.attrib and tag not in ("pre", "code"):
        for name in [name for name in element.attrib if name not in _ATTRIBUTES]:
            del element.attrib[name]
