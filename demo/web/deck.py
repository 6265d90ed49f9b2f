"""A deck of slides as a PDF: what a presentation program writes when it saves one."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator

from demo.web.model import Deck, Slide
from demo.web.pdf_file import PdfPage, pdf

SIZE = (720, 405)
"""Points: the 16:9 of presentation programs."""
_LEFT, _RIGHT, _TOP = 48, 672, 345
_HEADING, _TEXT, _CELL, _FOOT = 26, 15, 11, 9
_BOLD = "F2"
_CHARACTER = 0.5
"""The width of a character by its size; Times is narrower on average."""
_LINK = re.compile(r"(.*) <(\S+)>")
_JOINED = "<"


def lines_of(slide: Slide) -> Iterator[tuple[str, str | None]]:
    """(the words, the address they lead to) of all that a slide shows, its footer left out."""
    yield slide.heading, None
    for line in slide.lines:
        words, url = _read(line)
        yield words.removeprefix("- "), url
    yield from ((cell, None) for row in slide.table for cell in row if cell not in ("", _JOINED))


def _read(line: str) -> tuple[str, str | None]:
    link = _LINK.fullmatch(line)
    return (link[1], link[2]) if link else (line, None)


def deck_pdf(deck: Deck) -> bytes:
    """The file; the same bytes each time."""
    pages = [_page(deck, slide, number) for number, slide in enumerate(deck.slides, 1)]
    information = {
        "Title": deck.title_written,
        "Author": deck.author,
        "CreationDate": f"D:{deck.created:%Y%m%d%H%M%S}Z",
    }
    return pdf(pages, information=information)


def _page(deck: Deck, slide: Slide, number: int) -> PdfPage:
    page = PdfPage(size=SIZE).text(_LEFT, _TOP, slide.heading, _HEADING, _BOLD)
    y = _TOP - 2.0 * _HEADING
    for line in slide.lines:
        y = _write(page, y, line)
    if slide.table:
        _draw(page, y, slide.table)
    return page.text(_LEFT, 18, deck.footer, _FOOT).text(_RIGHT - 9, 18, str(number), _FOOT)


def _write(page: PdfPage, y: float, line: str) -> float:
    """Write a line of the content, in as many lines as it takes; returns where the next begins."""
    words, url = _read(line)
    parts = _fold(re.sub("^- ", "\u2022 ", words), _RIGHT - _LEFT, _TEXT)
    page.lines(_LEFT, y, parts, _TEXT)
    for number, part in enumerate(parts) if url else ():
        low = y - 1.2 * _TEXT * number - 4
        right = _LEFT + len(part) * _CHARACTER * _TEXT
        page.links.append((str(url), _LEFT, low, right, low + _TEXT))
    return y - 1.2 * _TEXT * len(parts) - 0.9 * _TEXT


def _draw(page: PdfPage, top: float, table: tuple[tuple[str, ...], ...]) -> None:
    """A table with its borders; there is none between cells that are joined."""
    width = (_RIGHT - _LEFT) / len(table[0])
    y = top
    for row in table:
        cells = [_fold(cell if cell != _JOINED else "", width - 12, _CELL) for cell in row]
        low = y - 14 - 1.2 * _CELL * max(map(len, cells))
        page.line(_LEFT, y, _RIGHT, y)
        for column, (cell, lines) in enumerate(zip(row, cells, strict=True)):
            x = _LEFT + column * width
            page.lines(x + 6, y - 6 - _CELL, lines, _CELL)
            if cell != _JOINED:
                page.line(x, y, x, low)
        page.line(_RIGHT, y, _RIGHT, low)
        y = low
    page.line(_LEFT, y, _RIGHT, y)


def _fold(words: str, width: float, size: float) -> list[str]:
    most = int(width / (_CHARACTER * size))
    wrapped = textwrap.wrap(words, most, break_long_words=False, break_on_hyphens=False)
    return wrapped or [""]
