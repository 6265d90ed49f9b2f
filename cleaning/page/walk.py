"""The one walk over a tree that makes the model of a page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from lxml.html import HtmlElement

from cleaning.page.bounds import (
    BORDERS,
    MAY_RUN_ON,
    is_box_in_line,
    is_shadow,
    is_source,
    runs_on,
)
from cleaning.page.curtain import lift_curtain
from cleaning.page.head import note
from cleaning.page.model import Block, Head, Page, Piece
from cleaning.page.names import AREA_BITS, read_area, read_names, read_role
from cleaning.page.shortcodes import strip_shortcodes
from cleaning.page.styles import is_row, letter_size, shows_blanks, shows_lines
from cleaning.page.tags import EMOJI
from cleaning.page.visibility import CLOSED, SILENT, TINY, Openers, is_for_eyes, visibility
from cleaning.page.words import WORD
from cleaning.text import normalise_characters

_NONE: Mapping[str, str] = MappingProxyType({})
# Never read, whatever stands in them. Scripts that hold data are kept in the head.
_UNREAD = frozenset(
    {"script", "style", "template", "title", "link", "meta", "base", "map", "area"}
    | {"col", "colgroup", "param", "head"}
)
# One piece each, whatever is inside: what they show is in their attributes or drawn by others.
_ATOMS = frozenset(
    {"img", "iframe", "object", "embed", "video", "audio", "math", "script", "br", "hr"}
)
# Without text of a reader's, unless broken markup lets them hold the page.
_DRAWN = frozenset(
    {"svg", "canvas", "select", "datalist", "textarea", "input", "progress", "meter"}
)
_PROSE = ("p", "h1", "h2", "article")
_SHOWN_AS_BLOCK = re.compile(r"display\s*:\s*(?:block|flex|grid|list-item|table)\b", re.IGNORECASE)
_HIDDEN, _CLOSED, _PRE = AREA_BITS["hidden"], AREA_BITS["closed"], AREA_BITS["pre"]
_QUOTE = AREA_BITS["blockquote"]
_ENDS = AREA_BITS["header"] | AREA_BITS["footer"]  # of a quote: whose it is, and no page's
_AS_IT_STANDS = _PRE | AREA_BITS["code"]


def walk(tree: HtmlElement, url: str) -> Page:
    """Walk a parsed page once. `tree` is the `html` element, or any other part of a page."""
    page = Page(url, Head(language=tree.get("lang") or tree.get("xml:lang") or ""))
    body = tree.find("body")
    if body is None:
        body = tree
    for part in tree.iterchildren("head"):
        for element in part.iter("title", "meta", "link", "base", "script"):
            note(page.head, element)
    walker = _Walker(page, Openers(tree))
    walker.walk(body)
    if walker.hidden:
        lift_curtain(page, walker.hidden)
    return page


class _Walker:
    """Opens and closes elements and blocks in the order of the page."""

    def __init__(self, page: Page, openers: Openers) -> None:
        self.page = page
        self.openers = openers
        self.block: Block | None = None
        self.border = 0  # the innermost block-level element that is open
        self.links = 0  # open ones
        self.breaks = 0  # `br` since the last word
        self.blanks: list[Piece] = []  # of code, since the last block
        self.rows: set[int] = set()  # elements whose children stand in a row of boxes
        self.apart: set[int] = set()  # boxes in a line
        self.hidden: dict[int, str] = {}  # elements that hide themselves, and how
        self.tiny: set[int] = set()  # elements whose letters have no size

    def walk(self, body: HtmlElement) -> None:
        number = self._open(body, "body", 0, is_border=True)
        self._take(body.text, number)
        waiting: list[tuple[int, HtmlElement, Iterator[HtmlElement]]] = []
        children = iter(body)
        while True:
            for child in children:
                # A comment has no name: what it says is not for readers.
                made = self._enter(child, number) if isinstance(child.tag, str) else None
                if made is not None:
                    self._take(child.text, made)
                    if len(child):
                        waiting.append((number, child, children))
                        number, children = made, iter(child)
                        break
                    self._close(made)
                self._take(child.tail, number)
            else:
                self._close(number)
                if not waiting:
                    return
                number, child, children = waiting.pop()
                self._take(child.tail, number)

    def _enter(self, element: HtmlElement, parent: int) -> int | None:
        """Open an element whose children are to be walked and return its number, else None."""
        page, tag = self.page, element.tag.lower()
        if tag.startswith("amp-"):
            tag = tag[4:]
        if tag in _UNREAD and not _is_read(element, tag):
            if "itemprop" in element.attrib:
                page.marks.append((parent, dict(element.items())))
            else:
                note(page.head, element)
            return None
        is_atom = tag in _ATOMS
        if is_atom or (tag in _DRAWN and _is_drawn(element)):
            number = self._open(element, tag, parent, is_border=tag == "hr")
            if is_atom:
                self._add_atom(tag, number)
            if tag == "embed":  # which the parser takes all that follows for a part of
                return number
            self._close(number)
            return None
        is_border = tag in BORDERS
        if tag in MAY_RUN_ON:
            is_border = not runs_on(element, tag, self.block, page.tags[self.border])
        elif tag == "cite":
            is_border = is_source(element, page.tags[parent])
        return self._open(element, tag, parent, is_border=is_border)

    def _open(self, element: HtmlElement, tag: str, parent: int, *, is_border: bool) -> int:
        page = self.page
        number = len(page.tags)
        items = element.items()
        attributes = dict(items) if items else _NONE
        above = page.areas[parent] if number else 0
        area, own, is_apart = read_area(tag), 0, bool(self.rows) and parent in self.rows
        if area & _ENDS and above & _QUOTE:
            area &= ~_ENDS
        if attributes:
            own, may_hide = read_names(attributes.get("class", ""), attributes.get("id", ""))
            if "role" in attributes:
                area |= read_role(attributes["role"])
            style = attributes.get("style")
            if style or may_hide or "hidden" in attributes or "aria-hidden" in attributes:
                area |= self._read_visibility(element, attributes, number)
            if style and "display" in style.lower():
                is_border = is_border or _SHOWN_AS_BLOCK.search(style) is not None
                is_apart = is_apart or is_box_in_line(element, style)
                if is_row(style):
                    self.rows.add(number)
        if self.tiny and parent in self.tiny:
            above = self._grow(attributes, number, tag, above)
        page.tags.append(tag)
        page.nodes.append(element)
        page.attributes.append(attributes)
        page.parents.append(parent)
        page.depths.append(page.depths[parent] + 1 if number else 0)
        page.areas.append(area | above)
        page.names.append(own)
        page.names_above.append((page.names_above[parent] if number else 0) | own)
        if is_border:
            self._end_block()
            self.border = number
        elif is_apart:
            self.apart.add(number)
            self._part(number)
        page.is_border.append(is_border)
        page.first.append(len(page.blocks) - (self.block is not None))
        page.last.append(0)
        page.ends.append(0)
        self.links += tag == "a"
        return number

    def _read_visibility(
        self, element: HtmlElement, attributes: Mapping[str, str], number: int
    ) -> int:
        """Return the bits that say whether an element is seen, and as code."""
        area, seen = 0, visibility(attributes)
        if seen == TINY:
            self.tiny.add(number)
            area |= _HIDDEN
        elif seen and not (seen == SILENT and is_for_eyes(element)):
            is_closed = seen == CLOSED or self.openers.open(element)
            area |= _CLOSED if is_closed else _HIDDEN
            if not is_closed:
                self.hidden[number] = seen
        style = attributes.get("style")
        if style and (shows_lines if element.tag == "code" else shows_blanks)(style):
            area |= _PRE
        return area

    def _grow(self, attributes: Mapping[str, str], number: int, tag: str, above: int) -> int:
        """Return the bits from above for an element in letters of no size: pictures are seen in
        it, and what sets larger letters."""
        style = attributes.get("style")
        if tag in _ATOMS or (style and letter_size(style)):
            return above & ~_HIDDEN
        self.tiny.add(number)
        return above

    def _close(self, number: int) -> None:
        page = self.page
        if page.is_border[number]:
            self._end_block()
            self.border = self._border_above(number)
        # An inline element may have begun at the end of a block, with no word of its own there.
        if self.apart and number in self.apart:
            self._part(number)
        first, last = page.first[number], len(page.blocks)
        if last - first > 1 and not page.is_border[number]:
            first += all(element < number for _, element in page.blocks[first].pieces)
        page.first[number], page.last[number] = min(first, last), last
        page.ends[number] = len(page.tags)
        self.links -= page.tags[number] == "a"

    def _border_above(self, number: int) -> int:
        number = self.page.parents[number]
        while not self.page.is_border[number]:
            number = self.page.parents[number]
        return number

    def _add_atom(self, tag: str, number: int) -> None:
        if tag == "hr":
            self.page.rules.append(len(self.page.blocks))
        elif tag != "br":
            self.breaks = 0
            self._piece(self._shown(number), number)
        elif self.page.areas[number] & _PRE:
            self._take("\n", number)
        else:
            self.breaks += 1
            if self.breaks == 2:  # an empty line is a border
                self._end_block()
            elif self.block is not None:
                self.block.pieces.append(("\n", number))

    def _shown(self, number: int) -> str:
        """A blank, for a picture separates words; of an emoji the letter that it stands for."""
        names = self.page.class_of(number)
        return " " if EMOJI.isdisjoint(names) else self.page.attributes[number].get("alt", "")

    def _take(self, text: str | None, element: int) -> None:
        if not text:
            return
        if "[" in text and not self.page.areas[element] & _AS_IT_STANDS:
            text = strip_shortcodes(text)
        if not text or text.isspace():
            if self.block is not None:
                self.block.pieces.append((text, element))
            elif self.page.areas[element] & _AS_IT_STANDS:
                self.blanks.append((text, element))
            return
        self.breaks = 0
        self._piece(text, element)
        if self.links and self.block is not None:
            self.block.linked += len(text.strip())

    def _piece(self, text: str, element: int) -> None:
        if self.block is None:
            self.block = Block(len(self.page.blocks), self.border, self.blanks)
            self.page.blocks.append(self.block)
            self.blanks = []
        self.block.pieces.append((text, element))

    def _part(self, element: int) -> None:
        """Put a blank between two boxes that stand in one line."""
        if self.block is not None:
            self.block.pieces.append((" ", element))

    def _end_block(self) -> None:
        block, self.block, self.breaks = self.block, None, 0
        if block is None:
            if self.blanks and not self.page.areas[self.border] & _PRE:
                self.blanks = []
            return
        text = normalise_characters("".join([text for text, _ in block.pieces]))
        block.text = " ".join(text.split())
        block.words = WORD.findall(block.text.lower())
        block.linked = min(block.linked, len(block.text))


def _is_read(element: HtmlElement, tag: str) -> bool:
    """Whether this script is a formula, or this template is shown."""
    if tag == "script":
        return "math/" in element.get("type", "").lower()
    return tag == "template" and is_shadow(element)


def _is_drawn(element: HtmlElement) -> bool:
    return not len(element) or next(element.iterdescendants(*_PROSE), None) is None
