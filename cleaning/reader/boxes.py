"""The boxes of a page in figures: every element is a range of blocks, so a sum is a subtraction."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cleaning.page import Block, Page
from cleaning.page.names import AREA_BITS
from cleaning.page.words import count_unspaced

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

LONG_WORDS, LONG_LINKS = 15, 0.3
"""Running text: so many words, and no more of them linked."""
UNSPACED_WEIGHT = 0.6
"""What a character of a script without blanks counts beside a word: Chinese words have between one
and two characters."""


@dataclass(frozen=True, slots=True, eq=False)
class Boxes:
    """What the readers of a page ask of its blocks and boxes.

    `shown` are the numbers of the blocks with text, `blocks` these themselves and `tags` the names
    of the elements around them; arrays by block go in their order, and a place is a number in it.
    `counts` are words as they are compared, `sizes` what they weigh in figures (see
    `UNSPACED_WEIGHT`), `lengths` and `linked` characters, `links` the share of these. By element
    are `parents` (the box around it; a box is a block-level element), `first` and `last`
    (places), `signature` and `alike`.
    """

    page: Page
    shown: Ints
    blocks: list[Block]
    tags: list[str]
    counts: Floats
    sizes: Floats
    lengths: Floats
    linked: Floats
    links: Floats
    is_long: NDArray[np.bool_]
    element: Ints
    parents: Ints
    first: Ints
    last: Ints
    signature: Ints
    alike: Ints
    """Equal for boxes that, with all around them, have the same names."""

    @property
    def number(self) -> int:
        return len(self.shown)

    def total(self, values: Floats) -> Floats:
        """Return the sum of a figure of blocks over each element."""
        sums = np.concatenate([[0.0], np.cumsum(values)])
        return np.asarray(sums[self.last] - sums[self.first])


def measure_boxes(page: Page) -> Boxes:
    """Count what a page holds. `first` and `last` are places among the shown blocks."""
    blocks = [block for block in page.blocks if block.text]
    shown = np.array([block.number for block in blocks], np.int64)
    counts = np.array([len(block.words) for block in blocks], float)
    unspaced = np.array([count_unspaced(block.text) for block in blocks], float)
    lengths = np.array([len(block.text) for block in blocks], float)
    linked = np.array([block.linked for block in blocks], float)
    links = linked / np.maximum(lengths, 1)
    sizes = counts - (1 - UNSPACED_WEIGHT) * unspaced
    place = np.zeros(len(page.blocks) + 1, np.int64)
    place[shown + 1] = 1
    place = np.cumsum(place)
    parents, signature, alike = _name_boxes(page)
    return Boxes(
        page,
        shown,
        blocks,
        [page.tags[block.element] for block in blocks],
        counts,
        sizes,
        lengths,
        linked,
        links,
        (sizes >= LONG_WORDS) & (links < LONG_LINKS),
        np.array([block.element for block in blocks], np.int64),
        parents,
        place[np.array(page.first)],
        place[np.array(page.last)],
        signature,
        alike,
    )


def _name_boxes(page: Page) -> tuple[Ints, Ints, Ints]:
    """Return for each element the box around it, and numbers for its name and that of its line."""
    number = len(page.tags)
    parents, signatures, alike = [0] * number, [0] * number, [0] * number
    names: dict[tuple[str, str], int] = {}
    known: dict[tuple[str, str], int] = {}  # the same by all classes
    lines: dict[tuple[int, int], int] = {(-1, 0): 0}
    for element in range(1, number):
        parent = page.parents[element]
        box = parent if page.is_border[parent] else parents[parent]
        parents[element] = box
        if page.is_border[element]:
            key = (page.tags[element], page.attributes[element].get("class", ""))
            if key not in known:
                known[key] = names.setdefault((key[0], _first_class(key[1])), len(names) + 1)
            sign = signatures[element] = known[key]
            alike[element] = lines.setdefault((alike[box], sign), len(lines))
    return np.array(parents), np.array(signatures), np.array(alike)


def _first_class(classes: str) -> str:
    """Return the first class without its number: "post-12" and "post-13" are of one sort."""
    return classes.strip().partition(" ")[0].rstrip("0123456789")


def has_area(values: Ints, *areas: str) -> NDArray[np.bool_]:
    """Tell which sets of bits hold one of `areas` (`cleaning.page.names.AREAS`)."""
    bits = 0
    for area in areas:
        bits |= AREA_BITS[area]
    return np.asarray((values & bits) > 0)
