"""Rows whose cells have no borders: forms, lists of names, tables set with tabulators.

The file's own sequence tells them from columns of text: it comes back to the left for every row.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

from cleaning.pdf.lines import Segment, lines_of
from cleaning.pdf.tables import Table

Cells: TypeAlias = list[list[Segment | Table]]
"""The parts of each column."""

FEWEST_ROWS = 3
LONGEST_CELL = 25
"""Words in a cell on average; where there are more, each row is read as text side by side."""
PROSE_ROWS, PROSE_WORDS, PROSE_FILL = 6, 5, 0.75
"""Lines, words in a line and share of the width: text in columns, drawn line by line."""


@dataclass(slots=True)
class Rows:
    """Rows of cells, from top to bottom and left to right."""

    parts: list[Cells]

    @property
    def is_table(self) -> bool:
        cells = [cell for row in self.parts for cell in row]
        filled = [cell for cell in cells if cell]
        if any(isinstance(part, Table) for cell in cells for part in cell):
            return False
        words = sum(len(p.words) for cell in filled for p in cell if isinstance(p, Segment))
        return (
            len(self.parts) >= FEWEST_ROWS
            and len(filled) >= 0.6 * len(cells)
            and words <= LONGEST_CELL * len(filled)
        )

    def table(self) -> Table:
        rows = [
            [lines_of([p for p in cell if isinstance(p, Segment)]) for cell in row]
            for row in self.parts
        ]
        parts = [part for row in self.parts for cell in row for part in cell]
        box = (
            min(p.left for p in parts),
            min(p.top for p in parts),
            max(p.right for p in parts),
            max(p.bottom for p in parts),
        )
        return Table(rows, box, min(p.order for p in parts))


def as_rows(columns: Cells) -> Rows | None:
    """The columns' parts as rows, or None where the file wrote column after column."""
    sequence = sorted(
        ((part.order, column, part) for column, found in enumerate(columns) for part in found),
        key=lambda entry: entry[0],
    )
    rows: list[Cells] = [[[] for _ in columns]]
    for (_, before, _), (_, column, part) in pairwise([(0, -1, sequence[0][2]), *sequence]):
        if column < before:
            rows.append([[] for _ in columns])
        rows[-1][column].append(part)
    if len(rows) < 2 or not all(_is_above(one, other) for one, other in pairwise(rows)):
        return None
    return Rows(rows)


def _is_above(one: Cells, other: Cells) -> bool:
    bottom = max(part.bottom for cell in one for part in cell)
    top = min(part.top for cell in other for part in cell)
    first = next(part for cell in other for part in cell)
    size = first.size if isinstance(first, Segment) else 10.0
    return top > bottom - 0.4 * size


def is_prose(columns: Cells) -> bool:
    """Whether every column is filled with running text."""
    for found in columns:
        lines = [part for part in found if isinstance(part, Segment)]
        if len(lines) < PROSE_ROWS:
            return False
        width = max(p.right for p in lines) - min(p.left for p in lines)
        fill = sum(p.right - p.left for p in lines) / len(lines) / (width or 1)
        words = sum(len(p.words) for p in lines) / len(lines)
        if fill < PROSE_FILL or words < PROSE_WORDS:
            return False
    return True
