"""The order in which the parts of a page are read.

A page is cut from above into groups of rows through which the same gutters run; what spans the
gutters ends a group. Whether the parts between gutters are columns of text or the cells of rows is
told by the file's own sequence: a program writes a column to its end, and a table row by row.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import median

from cleaning.pdf.grids import Cells, as_rows, is_prose
from cleaning.pdf.lines import Segment, lines_of
from cleaning.pdf.tables import Table

Part = Segment | Table
Region = list[Segment] | Table
"""Lines that are read one after the other, or a table."""
Span = tuple[float, float]

GUTTER = 0.8
"""In ems: LaTeX sets columns one em apart, and no word inside a line is."""
DEEPEST = 8
"""Columns in columns; a real page has three or four levels."""


def reading_order(parts: Sequence[Part], depth: int = 0) -> Iterator[Region]:
    """The regions of a page in reading order."""
    flow: list[Segment] = []
    for group, gutters in _groups(parts):
        if not gutters or depth >= DEEPEST:
            for part in sorted(group, key=lambda p: (p.top, p.left)):
                if isinstance(part, Table):
                    yield from _lines(flow)
                    flow = []
                    yield part
                else:
                    flow.append(part)
            continue
        yield from _lines(flow)
        flow = []
        yield from _side_by_side(group, gutters, depth)
    yield from _lines(flow)


def _lines(flow: list[Segment]) -> Iterator[Region]:
    if flow:
        yield lines_of(flow)


def _side_by_side(group: list[Part], gutters: list[Span], depth: int) -> Iterator[Region]:
    cells = _cells(group, gutters)
    rows = as_rows(cells)
    if rows is None or is_prose(cells):
        for column in cells:
            yield from reading_order(column, depth + 1)
        return
    if rows.is_table:
        yield rows.table()
        return
    for row in rows.parts:
        for cell in row:
            yield from reading_order(cell, depth + 1)


def _cells(group: list[Part], gutters: list[Span]) -> Cells:
    """The parts between the gutters, from left to right."""
    borders = [(left + right) / 2 for left, right in gutters]
    columns: Cells = [[] for _ in range(len(borders) + 1)]
    for part in group:
        middle = (part.left + part.right) / 2
        columns[sum(middle > border for border in borders)].append(part)
    return columns


def _groups(parts: Sequence[Part]) -> Iterator[tuple[list[Part], list[Span]]]:
    """(parts, gutters between them) from top to bottom; no gutters where they span the width."""
    bands = _bands(parts)
    start = 0
    while start < len(bands):
        end, gutters = _longest(bands, start)
        if gutters:
            for band in bands[start : (first := _first_side_by_side(bands, start, gutters))]:
                yield band, []
            start = first
            end = _before_next_heading(bands, start, end, gutters)
            group = [part for band in bands[start:end] for part in band]
            yield group, _between(group, gutters)
        else:
            yield bands[start], []
        start = end


def _bands(parts: Sequence[Part]) -> list[list[Part]]:
    """The parts by stripes across the page between which nothing stands."""
    bands: list[list[Part]] = []
    floor = 0.0
    for part in sorted(parts, key=lambda p: p.top):
        if bands and part.top < floor - 0.5:
            bands[-1].append(part)
        else:
            bands.append([part])
            floor = part.bottom
        floor = max(floor, part.bottom)
    return bands


def _longest(bands: list[list[Part]], start: int) -> tuple[int, list[Span]]:
    """The end of the longest group from `start` through which gutters run, and these."""
    free, found_end, found = [(0.0, float("inf"))], start + 1, list[Span]()
    group: list[Part] = []
    width = GUTTER * median(_size(p) for band in bands for p in band)
    for end in range(start, len(bands)):
        group += bands[end]
        free = _common(free, bands[end], width)
        gutters = _between(group, free)
        if not gutters and (found or end > start):
            break
        if gutters:
            found_end, found = end + 1, gutters
    return found_end, found


def _common(free: list[Span], band: list[Part], width: float) -> list[Span]:
    """What of the free spans no part of the band covers, where it is wide enough."""
    for part in band:
        cut: list[Span] = []
        for left, right in free:
            if part.right <= left or part.left >= right:
                cut.append((left, right))
            else:
                cut += [(left, part.left), (part.right, right)]
        free = [span for span in cut if span[1] - span[0] >= width]
    return free


def _between(group: list[Part], free: list[Span]) -> list[Span]:
    """The free spans that have parts on both sides, as wide as these leave them."""
    found = []
    for left, right in free:
        before = [p.right for p in group if p.right <= left + 0.01]
        after = [p.left for p in group if p.left >= right - 0.01]
        if before and after:
            found.append((left, right))
    return found


def _first_side_by_side(bands: list[list[Part]], start: int, gutters: list[Span]) -> int:
    """Leave short lines above columns to what stands before, if a gap parts them from these."""
    border, first = gutters[0][0], start
    for place in range(start, len(bands) - 1):
        if any(p.left > border for p in bands[place]):
            break
        gap = min(p.top for p in bands[place + 1]) - max(p.bottom for p in bands[place])
        if gap >= 0.6 * _size(bands[place][0]):
            first = place + 1
    return first


def _before_next_heading(bands: list[list[Part]], start: int, end: int, gutters: list[Span]) -> int:
    """Leave a heading below columns to what it heads, though it is shorter than the first column.

    Only where something follows that spans the columns: the last lines of a page's longest column
    stand alone too.
    """
    if end == len(bands):
        return end
    first = gutters[0][0]
    while end - start > 1:
        last, above = bands[end - 1], bands[end - 2]
        gap = min(p.top for p in last) - max(p.bottom for p in above)
        if any(p.left > first for p in last) or gap < 0.6 * _size(last[0]):
            break
        end -= 1
    return end


def _size(part: Part) -> float:
    if isinstance(part, Segment):
        return part.size
    return next((s.size for row in part.rows for cell in row for s in cell), 10.0)
