"""Marks of list items that are drawn and not written: browsers draw theirs as small discs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice

import pypdfium2
import pypdfium2.raw as pdfium

from cleaning.pdf.words import Box, Frame, Word

MOST_PATHS = 4_000
"""Drawn things on a page; more are a map or a chart, whose dots mark no list."""
SMALLEST, LARGEST = 0.2, 0.6
"""In ems: the width of a disc, square or circle before a text."""
FARTHEST = 2.5
"""In ems: from the mark to its text."""


def with_drawn_bullets(page: pypdfium2.PdfPage, frame: Frame, words: Sequence[Word]) -> list[Word]:
    """The words, with a bullet before each line that has one drawn before it."""
    dots = list(_dots(page, frame))
    if not dots or not words:
        return list(words)
    marked: list[Word] = []
    for word in words:
        dot = next((d for d in dots if _marks(d, word)), None)
        if dot is not None and not any(_is_between(dot, word, other) for other in words):
            dots.remove(dot)
            marked.append(Word("•", dot[0], dot[2], word.baseline, word.size))
        marked.append(word)
    for order, word in enumerate(marked):
        word.order = order
    return marked


def _dots(page: pypdfium2.PdfPage, frame: Frame) -> Iterable[Box]:
    paths = page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_PATH,), max_depth=1)
    for path in islice(paths, MOST_PATHS):
        left, low, right, high = path.get_bounds()
        width, height = right - left, high - low
        if 1 < width < 15 and abs(width - height) < 0.2 * width:
            one, other = frame.place(left, low), frame.place(right, high)
            xs, ys = sorted((one[0], other[0])), sorted((one[1], other[1]))
            yield xs[0], ys[0], xs[1], ys[1]


def _marks(dot: Box, word: Word) -> bool:
    left, top, right, bottom = dot
    middle = (top + bottom) / 2
    return (
        word.direction == 0
        and SMALLEST * word.size <= right - left <= LARGEST * word.size
        and 0 < word.left - right <= FARTHEST * word.size
        and word.baseline - 0.7 * word.size <= middle <= word.baseline
    )


def _is_between(dot: Box, word: Word, other: Word) -> bool:
    """Whether another word of the line stands before this one, near the mark or before it."""
    return (
        other.direction == 0
        and abs(other.baseline - word.baseline) < 0.3 * word.size
        and dot[0] - word.size < other.right
        and other.left < word.left
    )
