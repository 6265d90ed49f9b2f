"""Tables with drawn borders: pdfplumber finds the cells, our words fill them.

A spanning cell's text stands in its first place; the other places it covers are blank.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import islice
from types import TracebackType
from typing import Any

import pdfplumber
import pypdfium2
import pypdfium2.raw as pdfium

from cleaning.pdf.lines import Segment, lines_of, segments
from cleaning.pdf.words import Box, Word, covers

# It warns of every small fault of a file, which is no business of whoever reads many.
logging.getLogger("pdfminer").setLevel(logging.ERROR)

MOST_PATHS = 4_000
"""Drawn lines and boxes on a page; more are a map or a chart."""
MAX_TABLE_PAGES = 150
"""Pages of one PDF that are looked through for tables: pdfplumber takes up to 0.3 s a page."""
THIN, SHORT = 6.0, 8.0
"""Points: a line with the room that PDFium gives its ends, and the least length of a border."""
LEAST_FILLED = 0.4
"""The share of cells with words; the grid of a chart has fewer."""
MOST_WORDS = 80
"""Words in a cell on average; more, and the borders are those of a page's layout."""
MOST_CROSSING = 0.1
"""The share of words that a border may run through."""

Cell = list[Segment]
"""The lines in a cell; none in a blank one."""


@dataclass(slots=True)
class Table:
    """A table in its place on the page; every row has as many cells."""

    rows: list[list[Cell]]
    box: Box
    order: int

    @property
    def left(self) -> float:
        return self.box[0]

    @property
    def top(self) -> float:
        return self.box[1]

    @property
    def right(self) -> float:
        return self.box[2]

    @property
    def bottom(self) -> float:
        return self.box[3]


class TableFinder:
    """Finds the tables of one PDF; opens it a second time, and only if a page may have one."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.looked = 0
        self._opened: Any = None

    def __enter__(self) -> TableFinder:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        if self._opened is not None:
            self._opened.close()

    def find(
        self, page: pypdfium2.PdfPage, number: int, words: Sequence[Word]
    ) -> tuple[list[Table], list[Word]]:
        """(the tables of a page, the words that stand in none)."""
        if self.looked >= MAX_TABLE_PAGES or not _may_have_tables(page):
            return [], list(words)
        self.looked += 1
        tables, rest = [], list(words)
        try:
            grids = list(self._cells(number))
        except Exception:  # noqa: BLE001 - pdfminer raises what it likes at damaged objects
            # PDFium reads more than pdfminer does; then the text has no tables.
            self.looked, self._opened = MAX_TABLE_PAGES, None
            return [], rest
        for cells in grids:
            table, outside = _fill(cells, rest)
            if table is not None:
                tables.append(table)
                rest = outside
        return tables, rest

    def _cells(self, number: int) -> Iterator[list[list[Box | None]]]:
        """The cells of each table of a page, outer tables before those inside them."""
        if self._opened is None:
            self._opened = pdfplumber.open(BytesIO(self.data))
        page = self._opened.pages[number - 1]
        shift_x, shift_y = page.cropbox[0], page.cropbox[1]
        for table in page.find_tables():
            yield [
                [
                    (c[0] - shift_x, c[1] - shift_y, c[2] - shift_x, c[3] - shift_y) if c else None
                    for c in row.cells
                ]
                for row in table.rows
            ]
        page.close()


def _may_have_tables(page: pypdfium2.PdfPage) -> bool:
    """Whether a page has borders enough for two cells; cheap, for pdfplumber is not."""
    paths = page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_PATH,), max_depth=3)
    width, height = page.get_size()
    across = down = boxes = 0
    for count, path in enumerate(islice(paths, MOST_PATHS + 1)):
        if count == MOST_PATHS:
            return False
        left, low, right, high = path.get_bounds()
        across += right - left > SHORT and high - low <= THIN
        down += high - low > SHORT and right - left <= THIN
        if right - left > SHORT and high - low > SHORT:
            # A whole grid can be one path; one that fills the page is its background.
            is_grid = pdfium.FPDFPath_CountSegments(path.raw) > 8
            is_back = (right - left) * (high - low) > 0.9 * width * height
            boxes += 2 if is_grid else 0 if is_back else 1
    return (across > 1 and down > 1) or boxes > 1


def _fill(grid: list[list[Box | None]], words: Sequence[Word]) -> tuple[Table | None, list[Word]]:
    """(the grid with its words, the other words); (None, all) where it is no table."""
    boxes = [box for row in grid for box in row if box]
    inside: dict[Box, list[Word]] = {box: [] for box in boxes}
    outside: list[Word] = []
    crossing = 0
    for word in words:
        box = next((b for b in boxes if covers(b, word)), None)
        if box is None:
            outside.append(word)
            continue
        inside[box].append(word)
        crossing += word.left < box[0] - 0.5 * word.size or word.right > box[2] + 0.5 * word.size
    rows = [[lines_of(segments(inside[box])) if box else [] for box in row] for row in grid]
    rows = _without_blank(rows)
    count = len(words) - len(outside)
    if not _is_table(rows, len(boxes), inside) or crossing > MOST_CROSSING * count:
        return None, list(words)
    outer = (
        min(b[0] for b in boxes),
        min(b[1] for b in boxes),
        max(b[2] for b in boxes),
        max(b[3] for b in boxes),
    )
    first = min(w.order for found in inside.values() for w in found)
    return Table(rows, outer, first), outside


def _without_blank(rows: list[list[Cell]]) -> list[list[Cell]]:
    """Rows and columns that hold nothing at all are double lines, not cells."""
    rows = [row for row in rows if any(row)]
    columns = [n for n in range(len(rows[0])) if any(row[n] for row in rows)] if rows else []
    return [[row[n] for n in columns] for row in rows]


def _is_table(rows: list[list[Cell]], cells: int, inside: dict[Box, list[Word]]) -> bool:
    filled = [found for found in inside.values() if found]
    return (
        len(rows) > 1
        and len(rows[0]) > 1
        and len(filled) >= LEAST_FILLED * cells
        and sum(map(len, filled)) <= MOST_WORDS * len(filled)
    )
