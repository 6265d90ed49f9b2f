"""Figures of the blocks of a page, by which content is told from all else.

All are of structure, length, place, repetition, generic words and evidence; none of a site. The
order of the columns is that of the weights in `weights/blocks.json`: change one, and
`benchmarks/reader_fit.py` has to fit the weights again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cleaning.evidence.model import (
    AUTHOR,
    BOILERPLATE,
    COMMENT,
    CONTENT,
    ENTRY,
    PUBLISHED,
    TITLE,
    Evidence,
)
from cleaning.page.names import AREA_BITS, AREAS, NAME_GROUPS
from cleaning.page.tags import HEADINGS
from cleaning.page.words import WORD
from cleaning.reader.boxes import Boxes, Floats, Ints
from cleaning.reader.figures_boxes import groups_of, of_boxes, of_main_box
from cleaning.reader.wording import CONSENT, FRAME, of_wording

_TAGS = (
    *("h1", "h2", "h3", "h4", "h5", "h6", "p", "li", "td", "th", "pre", "dt", "dd"),
    *("figcaption", "div", "button", "summary", "label", "blockquote", "article", "section"),
)
_TAG_NUMBERS = {tag: place for place, tag in enumerate(_TAGS)}
_OTHER_TAG = 30
_NOT_READ = AREA_BITS["nav"] | AREA_BITS["footer"] | AREA_BITS["hidden"]
_ROLES = (CONTENT, BOILERPLATE, ENTRY, COMMENT, TITLE, AUTHOR, PUBLISHED)


@dataclass(frozen=True, slots=True, eq=False)
class Figures:
    """The features of each block with text (rows), and groups of repeated boxes (by element)."""

    boxes: Boxes
    wording: Floats
    groups: Floats
    """By element: how many like siblings a box has, and their characters, linked ones, blocks."""
    table: NDArray[np.float32]


def measure(boxes: Boxes, evidence: Sequence[Evidence] = ()) -> Figures:
    """Return the figures of a page with at least one block with text."""
    title = frozenset(WORD.findall(boxes.page.head.title.partition("|")[0].lower()))
    wording = of_wording(boxes.blocks)
    groups = groups_of(boxes)
    columns = [
        _of_amounts(boxes, wording),
        _of_place(boxes, title),
        _of_neighbours(boxes),
        _of_repetition(boxes),
        of_boxes(boxes, groups),
        of_main_box(boxes),
        _of_heading(boxes, wording),
        _of_links(boxes),
        _of_names(boxes),
        _of_evidence(boxes, evidence),
    ]
    return Figures(boxes, wording, groups, np.hstack(columns).astype(np.float32))


def _of_amounts(boxes: Boxes, wording: Floats) -> Floats:
    sizes = boxes.sizes
    consent = np.convolve(wording[:, CONSENT] * sizes, np.ones(9), "same")[: boxes.number]
    around = np.convolve(sizes, np.ones(9), "same")[: boxes.number]
    near = consent / np.maximum(around, 1)
    per_word = boxes.lengths / np.maximum(sizes, 1)
    return np.column_stack([np.log1p(sizes), boxes.links, per_word, wording, near])


def _of_place(boxes: Boxes, title: frozenset[str]) -> Floats:
    number, sizes, page = boxes.number, boxes.sizes, boxes.page
    total = max(sizes.sum(), 1)
    order = np.arange(number)
    likeness = np.array([_likeness(block.words, title) for block in boxes.blocks])
    anchor = _find_title(boxes, likeness, title)
    long_words = np.cumsum(np.where(boxes.is_long, sizes, 0))
    depths = np.array(page.depths)[boxes.element]
    return np.column_stack(
        [
            sizes / total,
            (np.cumsum(sizes) - sizes) / total,
            order / number,
            np.full(number, np.log1p(number)),
            np.full(number, np.log1p(total)),
            np.clip(order - anchor, -30, 30),
            order < anchor,
            likeness,
            depths,
            long_words / max(long_words[-1], 1),
            np.full(number, long_words[-1] / total),
            tag_numbers(boxes),
        ]
    )


def tag_numbers(boxes: Boxes) -> Floats:
    return np.array([_TAG_NUMBERS.get(tag, _OTHER_TAG) for tag in boxes.tags], float)


def _likeness(words: list[str], title: frozenset[str]) -> float:
    if title.isdisjoint(words):
        return 0.0
    return len(title.intersection(words)) / len(set(words))


def _find_title(boxes: Boxes, likeness: Floats, title: frozenset[str]) -> int:
    """Return the place of the block that is likest to the title, else of the first heading."""
    page = boxes.page
    best, place, heading = 0.3, None, None
    for number, (block, tag, like) in enumerate(
        zip(boxes.blocks, boxes.tags, likeness.tolist(), strict=True)
    ):
        if tag == "h1" and heading is None and not page.areas[block.element] & _NOT_READ:
            heading = number
        if like > 0 and (tag in HEADINGS or tag in ("div", "p")):
            own = set(block.words)
            if len(own) <= 30:
                found = len(own & title) / len(own | title) * (1.2 if tag in HEADINGS else 1)
                if found > best:
                    best, place = found, number
    return place if place is not None else heading or 0


def _of_neighbours(boxes: Boxes) -> Floats:
    number, sizes, links = boxes.number, boxes.sizes, boxes.links
    heads = is_heading(boxes).astype(float)
    tags = tag_numbers(boxes)
    order = np.arange(number)
    columns = []
    for step in (-3, -2, -1, 1, 2, 3):
        place = order + step
        inside = (place >= 0) & (place < number)
        place = np.clip(place, 0, number - 1)
        columns += [
            np.where(inside, np.log1p(sizes[place]), -1),
            np.where(inside, links[place], -1),
            np.where(inside, (tags if abs(step) == 1 else heads)[place], -1),
            inside & (boxes.element[place] == boxes.element),
        ]
    sums = np.concatenate([[0.0], np.cumsum(np.where(boxes.is_long, sizes, 0))])
    columns.append(np.log1p(sums[order] - sums[np.maximum(order - 8, 0)]))
    columns.append(np.log1p(sums[np.minimum(order + 9, number)] - sums[order + 1]))
    sums = np.concatenate([[0.0], np.cumsum(links)])
    low, high = np.maximum(order - 5, 0), np.minimum(order + 6, number)
    columns.append((sums[high] - sums[low]) / (high - low))
    return np.column_stack(columns)


def is_heading(boxes: Boxes) -> NDArray[np.bool_]:
    return np.array([tag in HEADINGS for tag in boxes.tags], bool)


def _of_repetition(boxes: Boxes) -> Floats:
    """Blocks whose boxes have the same names are of one sort: all prices, all lines of a menu."""
    above = boxes.signature[boxes.parents[boxes.element]]
    own = boxes.signature[boxes.element]
    _, sorts = np.unique(above * (own.max() + 1) + own, return_inverse=True)
    many = np.bincount(sorts)[sorts]
    words = np.bincount(sorts, boxes.sizes)[sorts]
    characters = np.bincount(sorts, boxes.lengths)[sorts]
    linked = np.bincount(sorts, boxes.linked)[sorts]
    total = max(boxes.sizes.sum(), 1)
    return np.column_stack([np.log(many), words / many, linked / characters, words / total])


def _of_heading(boxes: Boxes, wording: Floats) -> Floats:
    """What the nearest heading above says, how far it is, and whether it leads this box too."""
    order = np.arange(boxes.number)
    heads = is_heading(boxes)
    nearest = np.maximum.accumulate(np.where(heads, order, -1))
    at = np.maximum(nearest, 0)
    none = nearest < 0
    below = boxes.last[boxes.parents[boxes.element[at]]] > order
    words = np.concatenate([[0.0], np.cumsum(boxes.sizes)])
    following = np.append(np.flatnonzero(heads), boxes.number)
    end = following[np.searchsorted(following, order, side="right")]
    return np.column_stack(
        [
            np.where(none, -1, wording[at, FRAME]),
            np.where(none, -1, np.minimum(order - at, 30)),
            np.where(none, -1, below),
            np.where(none, -1, boxes.links[at]),
            np.log1p(words[end] - words[np.maximum(at, 0)]),
            np.where(none, -1, tag_numbers(boxes)[at]),
        ]
    )


def _of_links(boxes: Boxes) -> Floats:
    """Links, pictures and lines of the block's box and of those around it."""
    page = boxes.page
    is_link = np.array([tag == "a" for tag in page.tags], float)
    is_image = np.array([tag in ("img", "svg", "video", "iframe") for tag in page.tags], float)
    ends = np.array(page.ends)
    columns = []
    box = boxes.element
    sums = [np.concatenate([[0.0], np.cumsum(values)]) for values in (is_link, is_image)]
    long_words = boxes.total(np.where(boxes.is_long, boxes.sizes, 0))
    for _ in range(3):
        columns += [np.log1p(one[ends[box]] - one[box]) for one in sums]
        columns.append(np.log1p(long_words[box]))
        box = boxes.parents[box]
    return np.column_stack(columns)


def _of_names(boxes: Boxes) -> Floats:
    page = boxes.page
    areas, names = np.array(page.areas, np.int64), np.array(page.names, np.int64)
    above, parents, box = np.array(page.names_above, np.int64), boxes.parents, boxes.element
    near = names[box] | names[parents[box]] | names[parents[parents[box]]]
    inline = _inline(boxes)
    return np.hstack(
        [
            _bits(areas[box], len(AREAS)),
            _bits(inline[:, 0] & ~areas[box], len(AREAS)),
            _bits(near, len(NAME_GROUPS)),
            _bits(above[box], len(NAME_GROUPS)),
            _bits(inline[:, 1] & ~above[box], len(NAME_GROUPS)),
        ]
    ).astype(float)


def _inline(boxes: Boxes) -> Ints:
    """Return the bits of all elements that the words of each block stand in."""
    page, rows = boxes.page, []
    for block in boxes.blocks:
        area = names = 0
        for element in {element for _, element in block.pieces}:
            area |= page.areas[element]
            names |= page.names_above[element]
        rows.append((area, names))
    return np.array(rows, np.int64)


def _of_evidence(boxes: Boxes, evidence: Sequence[Evidence]) -> Floats:
    """How strongly a block is said to be something, and whether any other block is."""
    columns = []
    for role in _ROLES:
        found = np.zeros(boxes.number)
        for one in evidence:
            if one.says == role and one.element is not None:
                span = slice(boxes.first[one.element], boxes.last[one.element])
                found[span] = np.maximum(found[span], one.weight)
        columns += [found, np.full(boxes.number, found.max(initial=0.0)) - found]
    return np.column_stack(columns)


def _bits(values: Ints, width: int) -> Ints:
    return np.asarray((values[:, None] >> np.arange(width)) & 1)
