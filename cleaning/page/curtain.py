"""What a script brings into sight when it has run is not hidden from a reader."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import accumulate

from cleaning.page.model import Page
from cleaning.page.names import AREA_BITS
from cleaning.page.visibility import FAINT, SILENT

_HIDDEN = AREA_BITS["hidden"]
_CURTAIN_SHARE = 0.8
"""Of the words: a page of which so much is hidden is drawn behind a curtain."""
_SHARES = {FAINT: 0.25, SILENT: 0.4}
_FAINT_PLACES = 4
"""What cannot be seen through is faded in by a script where it is so much of the page, or where so
many parts of it are; words that nobody shall see are few and in one or two places. Below an open
dialogue the whole page is silent."""


def lift_curtain(page: Page, hidden: Mapping[int, str]) -> None:
    """Show, in place, what a script reveals.

    `hidden` are the elements that are hidden by what they say themselves, in the order of the page,
    and how (`HIDDEN`, `FAINT` or `SILENT`).
    """
    sums = list(accumulate((len(block.words) for block in page.blocks), initial=0))
    is_animated = list(hidden.values()).count(FAINT) >= _FAINT_PLACES
    for element, how in hidden.items():
        inside = sums[page.last[element]] - sums[page.first[element]]
        share = inside / max(1, sums[-1]) if page.is_border[element] else 0.0
        if share > _SHARES.get(how, _CURTAIN_SHARE) or (how == FAINT and is_animated):
            _show(page, element, hidden)


def _show(page: Page, element: int, hidden: Mapping[int, str]) -> None:
    inner, end = element, page.ends[element]
    while inner < end:
        if inner != element and inner in hidden:
            inner = page.ends[inner]
            continue
        page.areas[inner] &= ~_HIDDEN
        inner += 1
