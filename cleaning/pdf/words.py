"""The words of a page: what they say, where they stand, how they look and where they lead.

Places are in points from the upper left of the page as it is shown, also where it is turned. Words
that run in another direction than the page (a stamp along the margin, a head of a table set
upright) are read each in their own direction, as pages of their own (`direction`).
"""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

HYPHENS = dict.fromkeys(map(ord, "\x02\ufffe\u2010\u2011\u00ad"), "-")
"""PDFium gives a hyphen at the end of a line as U+0002."""
LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st"}
CHARACTERS: dict[int, str | None] = {**HYPHENS, **LIGATURES, 0xFB06: "st"}
CHARACTERS |= dict.fromkeys((0, 0xFFFD, 0xE0FE, 0xE0FF))
# The last two mark the beginning of a page in `cleaning.pdf.markup`.
BOLD_NAME = re.compile(r"bold|black|heavy|demi", re.IGNORECASE)
SYMBOL_NAME = re.compile(r"wingdings|webdings|dingbats|symbol", re.IGNORECASE)
ITALIC_NAME = re.compile(r"italic|oblique|slanted|-it\b", re.IGNORECASE)
FORCE_BOLD = 1 << 18
"""The flag of a font descriptor (ISO 32000-1, table 123)."""
ASCENT, DESCENT = 0.78, 0.22
"""Of the size: fonts state theirs so differently that their own would not align."""
PRIVATE = range(0xE000, 0xF900)


@dataclass(slots=True)
class Word:
    """A word, or a piece of one; `order` is its place in the file's own sequence, and `is_glued`
    says that no blank stands between it and the one before."""

    text: str
    left: float
    right: float
    baseline: float
    size: float
    bold: bool = False
    italic: bool = False
    order: int = 0
    direction: int = 0
    link: str | None = None
    is_glued: bool = False

    @property
    def top(self) -> float:
        return self.baseline - ASCENT * self.size

    @property
    def bottom(self) -> float:
        return self.baseline + DESCENT * self.size


@dataclass(frozen=True, slots=True)
class Look:
    """How the characters of one text object look; `direction` in quarter turns."""

    size: float
    bold: bool
    italic: bool
    direction: int
    is_symbol: bool


@dataclass(slots=True)
class PageWords:
    """A page's words, its links that no word stands on, and its characters without a meaning."""

    number: int
    width: float
    height: float
    words: list[Word] = field(default_factory=list)
    bare_links: list[str] = field(default_factory=list)
    characters: int = 0
    unknown: int = 0


def read_words(page: pypdfium2.PdfPage, frame: Frame, number: int) -> PageWords:
    """The words of page `number` (from 1); raises PdfiumError where it cannot be loaded."""
    found = PageWords(number, frame.width, frame.height)
    text = page.get_textpage()
    try:
        _read(text, frame, found)
    finally:
        text.close()
    for url, box in _link_boxes(page, frame):
        on = [w for w in found.words if covers(box, w)]
        for word in on:
            word.link = url
        if not on:
            found.bare_links.append(url)
    return found


class Frame:
    """From PDF's coordinates (points from the lower left, before turning) to ours."""

    def __init__(self, page: pypdfium2.PdfPage) -> None:
        self.turn = (page.get_rotation() // 90) % 4
        self.left, self.low, self.right, self.high = page.get_bbox()
        width, height = self.right - self.left, self.high - self.low
        self.width, self.height = (height, width) if self.turn % 2 else (width, height)

    def place(self, x: float, y: float) -> tuple[float, float]:
        """The point as it is shown, from the upper left."""
        x, y = x - self.left, y - self.low
        match self.turn:
            case 1:
                return y, x
            case 2:
                return self.width - x, y
            case 3:
                return self.width - y, self.height - x
            case _:
                return x, self.height - y


def _read(text: pypdfium2.PdfTextPage, frame: Frame, found: PageWords) -> None:
    looks: dict[int | None, Look] = {}
    for start, end, holder, characters, is_glued in _runs(text, found):
        if holder not in looks:
            looks[holder] = _look(text, start, frame)
        word = _word(text, start, end, characters, looks[holder], frame)
        word.order, word.is_glued = len(found.words), is_glued
        found.words.append(word)


def _runs(
    text: pypdfium2.PdfTextPage, found: PageWords
) -> Iterator[tuple[int, int, int | None, str, bool]]:
    """(first, last, text object, characters, whether it goes on without a blank) of each run in
    one text object."""
    raw, start, last, holder, parts = text.raw, 0, 0, None, list[str]()
    glued = False
    for index in range(text.count_chars()):
        code = pdfium.FPDFText_GetUnicode(raw, index)
        # PDFium puts blanks where the file only leaves a gap; those belong to no text object.
        if code in (0x20, 0x0A, 0x0D, 0x09, 0xA0) or 0x2000 <= code <= 0x200A:
            if parts:
                yield start, last, holder, "".join(parts), glued
            parts, glued = [], False
            continue
        found.characters += 1
        found.unknown += code in (0, 0xFFFD) or code in PRIVATE
        own = ctypes.cast(pdfium.FPDFText_GetTextObject(raw, index), ctypes.c_void_p).value
        if parts and own != holder:
            yield start, last, holder, "".join(parts), glued
            parts, glued = [], True
        if not parts:
            start, holder = index, own
        last = index
        parts.append(chr(code) if code < 0x110000 else "\ufffd")
    if parts:
        yield start, last, holder, "".join(parts), glued


def _look(text: pypdfium2.PdfTextPage, index: int, frame: Frame) -> Look:
    matrix, flags = pdfium.FS_MATRIX(), ctypes.c_int()
    name = ctypes.create_string_buffer(128)
    pdfium.FPDFText_GetMatrix(text.raw, index, matrix)
    pdfium.FPDFText_GetFontInfo(text.raw, index, name, 128, flags)
    font = name.value.decode("utf-8", "replace")
    scale = math.hypot(matrix.c, matrix.d) or 1.0
    angle = math.degrees(math.atan2(matrix.b, matrix.a))
    return Look(
        size=max(abs(pdfium.FPDFText_GetFontSize(text.raw, index)) * scale, 0.5),
        bold=bool(BOLD_NAME.search(font) or flags.value & FORCE_BOLD),
        italic=bool(ITALIC_NAME.search(font)),
        direction=(round(angle / 90) - frame.turn) % 4,
        is_symbol=bool(SYMBOL_NAME.search(font)),
    )


def _word(
    text: pypdfium2.PdfTextPage, start: int, end: int, characters: str, look: Look, frame: Frame
) -> Word:
    box, x, y = pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    corners: list[tuple[float, float]] = []
    for index in {start, end}:
        pdfium.FPDFText_GetLooseCharBox(text.raw, index, box)
        corners += [frame.place(box.left, box.bottom), frame.place(box.right, box.top)]
    pdfium.FPDFText_GetCharOrigin(text.raw, start, x, y)
    across = [_turned(corner, look.direction, frame)[0] for corner in corners]
    return Word(
        # The letters of a symbol font are only places in it; alone they are a list's marks.
        text="•" if look.is_symbol and len(characters) == 1 else characters.translate(CHARACTERS),
        left=min(across),
        right=max(across),
        baseline=_turned(frame.place(x.value, y.value), look.direction, frame)[1],
        size=look.size,
        bold=look.bold,
        italic=look.italic,
        direction=look.direction,
    )


def _turned(point: tuple[float, float], direction: int, frame: Frame) -> tuple[float, float]:
    """A place as a reader sees it who turns the page so that words of `direction` stand upright."""
    x, y = point
    match direction:
        case 1:
            return frame.height - y, x
        case 2:
            return frame.width - x, frame.height - y
        case 3:
            return y, frame.width - x
        case _:
            return x, y


Box = tuple[float, float, float, float]
"""left, top, right, bottom"""


def _link_boxes(page: pypdfium2.PdfPage, frame: Frame) -> Iterator[tuple[str, Box]]:
    """The addresses that the page links to, each with the place that is linked."""
    position, link = ctypes.c_int(0), pdfium.FPDF_LINK()
    while pdfium.FPDFLink_Enumerate(page.raw, position, link):
        url, rect = _uri(page, link), pdfium.FS_RECTF()
        if url and pdfium.FPDFLink_GetAnnotRect(link, rect):
            one, other = frame.place(rect.left, rect.bottom), frame.place(rect.right, rect.top)
            xs, ys = sorted((one[0], other[0])), sorted((one[1], other[1]))
            yield url, (xs[0] - 1, ys[0] - 1, xs[1] + 1, ys[1] + 1)


def _uri(page: pypdfium2.PdfPage, link: Any) -> str | None:
    action = pdfium.FPDFLink_GetAction(link)
    if not action or pdfium.FPDFAction_GetType(action) != pdfium.PDFACTION_URI:
        return None
    length = pdfium.FPDFAction_GetURIPath(page.pdf.raw, action, None, 0)
    buffer = ctypes.create_string_buffer(length)
    pdfium.FPDFAction_GetURIPath(page.pdf.raw, action, buffer, length)
    return buffer.value.decode("utf-8", "replace").strip() or None


def covers(box: Box, word: Word) -> bool:
    """Tell whether the middle of a level word lies in a box."""
    x, y = (word.left + word.right) / 2, word.baseline - word.size * 0.3
    return word.direction == 0 and box[0] <= x <= box[2] and box[1] <= y <= box[3]
