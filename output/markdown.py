"""Put values that come from elsewhere into Markdown, where they can be nothing but text."""

import re
import unicodedata
from collections.abc import Iterable, Sequence

LONGEST_CELL = 200
# What starts HTML, a cell, emphasis, code, a link, an image, an entity, a formula, a mention or an
# escape, within a line; an address would become a link by itself.
# As a character reference each is shown as itself and means nothing, in a table as elsewhere
# (CommonMark 0.31, section 2.5: references cannot stand for structure).
_MEANINGFUL = re.compile(r"[\\`*{}\[\]<>&|~!$#@]|(?<![^\W_])_|_(?![^\W_])|://|(?<=www)\.", re.I)


def plain(value: object) -> str:
    """One line of Markdown that shows the value as it is, cut after LONGEST_CELL characters."""
    text = " ".join(str(value).split())
    # Control, direction-changing and surrogate characters could hide or reorder what follows.
    text = "".join(char for char in text if unicodedata.category(char)[0] != "C")
    if len(text) > LONGEST_CELL:
        text = f"{text[: LONGEST_CELL - 1]}…"
    return _MEANINGFUL.sub(lambda found: "".join(f"&#{ord(char)};" for char in found[0]), text)


def table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A Markdown table of plain cells; None becomes an empty cell."""
    lines = [_line(header), _line(["---"] * len(header))]
    lines += [_line(["" if cell is None else plain(cell) for cell in row]) for row in rows]
    return "\n".join(lines)


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
