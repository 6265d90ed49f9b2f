"""Lists beside the text of a page: what their entries say is of other pages and not of this one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from cleaning.page.names import NAME_GROUPS
from cleaning.page.tags import HEADINGS
from cleaning.reader.boxes import Boxes, Floats, Ints
from cleaning.reader.entries import Entry, in_entries, leads_alone

_FEWEST_WORDS = 80
"""Words of running text, a paragraph or two, from which on lists can stand beside it."""
_MOST = 0.75  # of the running text, in one box
_DOUBTFUL = 0.75  # the mean probability of content, from which on a list is part of the text
_LINES = frozenset({"p", "li", "blockquote", "pre", "dd", "figure"}) | HEADINGS
_SAYS = 5  # words of a summary
_OF_THE_SITE = 1 << NAME_GROUPS.index("side") | 1 << NAME_GROUPS.index("comment")


def find_beside(
    boxes: Boxes,
    groups: Sequence[Sequence[Entry]],
    kept: NDArray[np.bool_],
    probabilities: Floats,
) -> NDArray[np.bool_]:
    """Tell which blocks stand in lists beside the text, which says more, with their headings.

    The tools of an article about ten tools stand in the box of its paragraphs, and are text; cards
    stand outside of it.
    """
    found = np.zeros(boxes.number, bool)
    running = np.where(boxes.is_long & kept & ~in_entries(boxes, groups), boxes.sizes, 0)
    if not groups or running.sum() < _FEWEST_WORDS:
        return found
    total = boxes.total(running)
    main = _main_box(boxes, total)
    for group in groups:
        own = _places(boxes, group)
        if not len(own) or not (own[-1] < boxes.first[main] or own[0] >= boxes.last[main]):
            continue
        mean = np.average(probabilities[own], weights=boxes.lengths[own])
        is_less = mean < _DOUBTFUL and boxes.sizes[own].sum() < running.sum()
        if is_less and all(leads_alone(boxes.page, entry.link) for entry in group):
            before = max(int(own[0]) - 1, 0)
            found[before] |= boxes.page.tags[boxes.element[before]] in HEADINGS - {"h1"}
            found[own] = True
    return found


def _places(boxes: Boxes, group: Sequence[Entry]) -> Ints:
    """Return the places of the blocks of a list, in order."""
    return np.flatnonzero(np.isin(boxes.shown, [n for entry in group for n in entry.blocks]))


def _main_box(boxes: Boxes, total: Floats) -> int:
    """Return the smallest box that holds most of the running text, and is no line of it."""
    main = int(np.flatnonzero(total >= _MOST * total[0])[-1])
    while boxes.page.tags[main] in _LINES:
        main = int(boxes.parents[main])
    return main


def cards_of(
    boxes: Boxes, groups: Sequence[Sequence[Entry]], own: NDArray[np.bool_]
) -> Iterator[Entry]:
    """Yield what a text's page says of others: lists that are no part of it and have summaries.

    `own` are the blocks of its text. What stands in a side column is of the site and not of the
    page, and bare links are a menu.
    """
    above = boxes.page.names_above
    for group in groups:
        is_text = bool(own[_places(boxes, group)].any())
        is_aside = any(above[entry.element] & _OF_THE_SITE for entry in group)
        telling = sum(len(entry.excerpt.split()) >= _SAYS for entry in group)
        if not is_text and not is_aside and 2 * telling >= len(group):
            yield from group
