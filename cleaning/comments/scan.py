"""One walk over a page that notes what the general reader of comments asks for later.

That are its pieces of text in reading order, the places that show a time, its headings and its
fields for writing.
"""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime

from lxml import etree
from lxml.html import HtmlElement

from .words import find_date, read_clock

UNSEEN = frozenset(
    {"script", "style", "noscript", "template", "svg", "select", "head", "iframe", "object"}
)
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_LONGEST_LINE = 90  # characters of a line that a date stands in ("Ann Example wrote on …")
_MACHINE_DATE = re.compile(r"\s*\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d\S*(?: ?(?:UTC|GMT|Z))?)?\s*")
_EPOCH = re.compile(r"\s*(\d{10}|\d{13})\s*")
_EPOCH_LINK = re.compile(r"showComment(?:=|%3D)(\d{12,14})", re.IGNORECASE)
_DATE_ATTRIBUTES = (
    "datetime",
    "content",
    "data-datetime",
    "data-date-string",
    "title",
    "data-time",
)
_EPOCH_ATTRIBUTES = ("data-timestamp", "data-time", "data-utime", "data-date", "data-created")


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """A run of text: the element that it stands in, and the node that lxml hangs it on."""

    text: str
    element: HtmlElement
    order: int
    node: HtmlElement
    is_tail: bool

    def cut(self) -> None:
        """Take the text out of the tree."""
        if self.is_tail:
            self.node.tail = None
        else:
            self.node.text = None


@dataclass(slots=True, eq=False)
class Mark:
    """A place that shows a time: the element, the time in its best form, its pieces of text."""

    element: HtmlElement
    raw: str
    is_machine: bool
    order: int
    pieces: list[Piece] = field(default_factory=list)


@dataclass(slots=True)
class Scan:
    """``orders`` numbers elements as they begin, in the same count as the pieces."""

    pieces: list[Piece] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    headings: list[HtmlElement] = field(default_factory=list)
    fields: list[HtmlElement] = field(default_factory=list)
    orders: dict[HtmlElement, int] = field(default_factory=dict)


def scan_page(tree: HtmlElement) -> Scan:
    """Walk a tree without comments and processing instructions once."""
    scan = Scan()
    count = 0
    walker = etree.iterwalk(tree, events=("start", "end"))
    for event, element in walker:
        count += 1
        if event == "start":
            scan.orders[element] = count
            if element.tag in UNSEEN:
                walker.skip_subtree()
                continue
            _note_element(scan, element)
            _note_text(scan, element, count, is_tail=False)
        elif element is not tree:
            _note_text(scan, element, count, is_tail=True)
    _find_marks(scan)
    return scan


def _note_element(scan: Scan, element: HtmlElement) -> None:
    if element.tag in HEADINGS:
        scan.headings.append(element)
    elif element.tag == "textarea":
        scan.fields.append(element)


def _note_text(scan: Scan, node: HtmlElement, order: int, *, is_tail: bool) -> None:
    line = " ".join(((node.tail if is_tail else node.text) or "").split())
    holder = node.getparent() if is_tail else node
    if line and holder is not None and holder.tag != "textarea":
        scan.pieces.append(Piece(line, holder, order, node, is_tail))


def _find_marks(scan: Scan) -> None:
    by_element: dict[HtmlElement, list[Piece]] = {}
    for piece in scan.pieces:
        by_element.setdefault(piece.element, []).append(piece)
    marks: dict[HtmlElement, Mark] = {}
    for element, order in scan.orders.items():
        raw = _machine_date(element)
        if raw and not any(above in marks for above in _near(element)):
            marks[element] = Mark(element, raw, True, order, _pieces_in(element, by_element))
    taken = {piece for mark in marks.values() for piece in mark.pieces}
    for index, piece in enumerate(scan.pieces):
        mark = None if piece in taken else _visible_mark(scan.pieces, index)
        if mark and mark.element not in marks:
            marks[mark.element] = mark
            taken.update(mark.pieces)
    scan.marks = sorted(marks.values(), key=lambda mark: mark.order)


def _near(element: HtmlElement) -> list[HtmlElement]:
    parent = element.getparent()
    above = None if parent is None else parent.getparent()
    return [e for e in (parent, above) if e is not None]


def _pieces_in(element: HtmlElement, by_element: dict[HtmlElement, list[Piece]]) -> list[Piece]:
    return [piece for inside in element.iter() for piece in by_element.get(inside, ())]


def _machine_date(element: HtmlElement) -> str | None:
    """The time that an element carries for machines; of a visible element only."""
    for name in _DATE_ATTRIBUTES:
        value = element.get(name)
        if value and _MACHINE_DATE.fullmatch(value) and _is_short(element):
            return " ".join(value.split())
    for name in _EPOCH_ATTRIBUTES:
        value = _EPOCH.fullmatch(element.get(name) or "")
        if value and _is_short(element):
            return value[1] if len(value[1]) == 13 else _from_seconds(value[1])
    link = _EPOCH_LINK.search(element.get("href") or "") if element.tag == "a" else None
    return link.group(1) if link else None


def _from_seconds(epoch: str) -> str:
    return datetime.fromtimestamp(int(epoch), UTC).isoformat()


def _is_short(element: HtmlElement) -> bool:
    if element.tag in {"meta", "body", "html", "article", "main", "form"}:
        return False
    return sum(map(len, element.itertext())) <= _LONGEST_LINE


def _visible_mark(pieces: list[Piece], index: int) -> Mark | None:
    piece = pieces[index]
    span = find_date(piece.text) if len(piece.text) <= _LONGEST_LINE else None
    if span is None or _is_sentence(piece.text, span):
        return None
    raw, taken = piece.text[slice(*span)], [piece]
    following = pieces[index + 1] if index + 1 < len(pieces) else None
    clock = read_clock(following.text) if following else None
    if following and clock and read_clock(raw) is None and not re.search(r"\d[:.h]\d\d\b", raw):
        raw, taken = f"{raw} {clock}", [piece, following]
    return Mark(piece.element, raw, False, piece.order, taken)


def _is_sentence(text: str, span: tuple[int, int]) -> bool:
    """Whether a date is only mentioned: more than a few words stand around it."""
    around = f"{text[: span[0]]} {text[span[1] :]}".split()
    return len(around) > 8
