"""Tables of data as rows and columns, and tables that only place other things."""

from __future__ import annotations

from cleaning.page.model import Page
from cleaning.page.names import NAME_GROUPS
from cleaning.page.tags import HEADINGS

_SECTIONS = frozenset({"thead", "tbody", "tfoot"})
_CELLS = frozenset({"td", "th"})
_PARTS = HEADINGS | {"article", "section", "nav", "aside", "main", "form", "header", "footer"}
# Wider or longer spans are no real table; and the cells would be filled one by one.
_MAX_SPAN = 50
# One row with a longer cell than this, in words, places a text beside something else; so does a
# cell of three paragraphs and more in a table of few rows.
_LONG_CELL, _TEXT_CELL, _FEW_ROWS = 60, 100, 3
_CODE = 1 << NAME_GROUPS.index("code")

Row = list[int | None]
"""The elements of the cells of a row; None where a cell from beside or above spans."""


def sections_of(page: Page, table: int) -> list[list[list[int]]]:
    """Return the cells of each row of head, body and foot, as they are shown: the foot last."""
    parts: dict[str, list[list[list[int]]]] = {"thead": [], "tbody": [[]], "tfoot": []}
    for child in page.children(table):
        tag = page.tags[child]
        if tag == "tr":
            parts["tbody"][-1].append(_cells(page, child))
        elif tag in _SECTIONS:
            rows = (row for row in page.children(child) if page.tags[row] == "tr")
            parts[tag].append([_cells(page, row) for row in rows])
    return [rows for sections in parts.values() for rows in sections if rows]


def rows_of(page: Page, table: int) -> list[list[int]]:
    """Return the cells of each row of a table."""
    return [row for rows in sections_of(page, table) for row in rows]


def grid_of(page: Page, table: int) -> list[Row]:
    """Return rows with every cell in its column: what is blank on the page stays blank."""
    return [row for rows in sections_of(page, table) for row in _section_grid(page, rows)]


def _section_grid(page: Page, rows: list[list[int]]) -> list[Row]:
    """Return the rows of one section, which no cell spans beyond."""
    grid: list[Row] = []
    spanned: dict[int, int] = {}  # column: rows that a cell above still reaches over
    for cells in rows:
        row: Row = []
        open_columns = {place: left - 1 for place, left in spanned.items() if left > 1}
        for cell in cells:
            while len(row) in spanned:
                row.append(None)
            width, height = max(1, _span(page, cell, "colspan")), _span(page, cell, "rowspan")
            left = len(rows) - len(grid)
            height = min(height, left) or left  # 0 spans all rows that are left
            if height > 1:
                columns = range(len(row), len(row) + width)
                open_columns.update(dict.fromkeys(columns, height - 1))
            row += [cell, *[None] * (width - 1)]
        while len(row) in spanned:
            row.append(None)
        grid.append(row)
        spanned = open_columns
    return grid


def is_data_table(page: Page, table: int) -> bool:
    """Tell whether a table is one of data; all others only place what stands in them.

    No data: what says so by its role, what holds another table, what has one column, and what
    places headings or a whole text beside something, unless it has a head or a caption.
    """
    if page.attributes[table].get("role") in ("presentation", "none"):
        return False
    inside = page.tags[table + 1 : page.ends[table]]
    if "table" in inside:
        return False
    rows = rows_of(page, table)
    if all(len(row) < 2 for row in rows):
        return False
    if "th" in inside or "caption" in inside:
        return True
    return not _holds_text(page, rows, inside)


def _holds_text(page: Page, rows: list[list[int]], inside: list[str]) -> bool:
    if not _PARTS.isdisjoint(inside):
        return True
    if len(rows) > _FEW_ROWS:
        return False
    for row in rows:
        for cell in row:
            blocks = [page.blocks[number] for number in page.inside(cell)]
            words = sum(len(block.words) for block in blocks)
            if words > (_LONG_CELL if len(rows) == 1 else _TEXT_CELL) and (
                len(rows) == 1 or sum(bool(block.text) for block in blocks) > 2
            ):
                return True
    return False


def listing_of(page: Page, table: int) -> list[int]:
    """Return the cells that hold code, where a table shows code beside the numbers of its lines.

    Empty for any other table.
    """
    if "tr" not in page.tags[table:] or "table" in page.tags[table + 1 : page.ends[table]]:
        return []
    rows = [row for row in rows_of(page, table) if row]
    if not rows or any(len(row) < 2 for row in rows):
        return []
    if len(rows) == 1:
        numbers, code = rows[0][0], rows[0][-1]
        lines = page.text_of(numbers).split()
        return [code] if _is_code(page, code) and count_up(lines) else []
    shown = [page.text_of(row[0]) or _stated_number(page, row[0]) for row in rows]
    is_code = all(_is_code(page, row[-1]) for row in rows)
    return [row[-1] for row in rows] if is_code and count_up(shown) else []


def _is_code(page: Page, cell: int) -> bool:
    inside = page.tags[cell : page.ends[cell]]
    return "code" in inside or "pre" in inside or bool(page.names[cell] & _CODE)


def _stated_number(page: Page, cell: int) -> str:
    return page.attributes[cell].get("data-line-number", "")


def count_up(lines: list[str]) -> bool:
    """Whether these are the numbers of lines, one after the other."""
    if not lines or not all(line.isascii() and line.isdigit() and len(line) < 7 for line in lines):
        return False
    numbers = [int(line) for line in lines]
    return numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def _cells(page: Page, row: int) -> list[int]:
    return [cell for cell in page.children(row) if page.tags[cell] in _CELLS]


def _span(page: Page, cell: int, name: str) -> int:
    value = page.attributes[cell].get(name, "1").strip()
    return min(_MAX_SPAN, int(value)) if value.isascii() and value.isdigit() else 1
