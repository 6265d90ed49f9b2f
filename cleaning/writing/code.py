"""Lines of code, as they stand: from `pre`, from boxes in it, from tables with line numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from cleaning.page.model import Page
from cleaning.text import normalise_characters
from cleaning.writing.inline import LineReader
from cleaning.writing.tables import count_up

_NAMED = re.compile(r"lang(?:uage)?-([\w+#-]+)")
_BRUSH = re.compile(r"\bbrush:\s*([\w+#-]+)")
_TAB = "\ue000"  # a tab, which counts as a blank everywhere else
Piece = tuple[str, int]


def read_code(page: Page, blocks: Sequence[int], reader: LineReader) -> str:
    """Return the code of blocks with its lines, blanks and tabs, without numbers of lines."""
    lines: list[list[Piece]] = [[]]
    border = -1
    for number in blocks:
        for text, element in page.blocks[number].pieces:
            look = reader.looks.of(element)
            if not look.is_seen or page.tags[element] in ("img", "script"):
                continue
            here = _border_of(page, element)
            if here != border:
                if border >= 0 and lines[-1]:
                    if text.isspace() and here == _border_above(page, border):
                        continue  # between two boxes that are lines already
                    lines.append([])
                border = here
            first, *others = text.replace("\r\n", "\n").split("\n")
            lines[-1].append((first, element))
            lines += [[(other, element)] for other in others]
            if others and not others[-1]:
                lines[-1] = []
    texts = [_characters("".join(text for text, _ in line)) for line in _without_numbers(lines)]
    return _tidy(texts)


def _border_of(page: Page, element: int) -> int:
    while not page.is_border[element]:
        element = page.parents[element]
    return element


def _border_above(page: Page, element: int) -> int:
    return _border_of(page, page.parents[element])


def _characters(line: str) -> str:
    return normalise_characters(line.replace("\t", _TAB)).replace(_TAB, "\t").rstrip()


def _tidy(lines: list[str]) -> str:
    while lines and not lines[0].strip():
        lines.pop(0)
    while lines and not lines[-1].strip():
        lines.pop()
    return "\n".join(lines)


def _without_numbers(lines: list[list[Piece]]) -> Iterable[list[Piece]]:
    """Leave out a number that opens every line in an element of its own."""
    numbers: list[str] = []
    elements: set[int] = set()
    filled = [[piece for piece in line if piece[0].strip()] for line in lines]
    for line in filled:
        if line:
            numbers.append(line[0][0].strip())
            elements.add(line[0][1])
    if len(numbers) < 2 or len(elements) != len(numbers) or not count_up(numbers):
        return lines
    return [
        [piece for piece in line if not kept or piece is not kept[0]]
        for line, kept in zip(lines, filled, strict=True)
    ]


def is_gutter(code: str, beside: str) -> bool:
    """Tell whether `code` only numbers the lines of the code `beside` it."""
    numbers = code.split()
    return count_up(numbers) and abs(len(numbers) - (beside.count("\n") + 1)) <= 1


def code_language(page: Page, element: int) -> str:
    """Return the language that a class names: "language-py" on `pre` or on the `code` in it."""
    for number in range(element, min(element + 3, page.ends[element])):
        brush = _BRUSH.search(page.attributes[number].get("class", ""))
        if brush:
            return brush[1]
        for name in page.class_of(number):
            found = _NAMED.fullmatch(name)
            if found:
                return found[1]
    return ""
