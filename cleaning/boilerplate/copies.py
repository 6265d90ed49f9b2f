"""Leave out what a page says twice: quotes of a post above, previews of answers, second teasers."""

from collections.abc import Sequence
from itertools import takewhile

import numpy as np
from numpy.typing import NDArray

from cleaning.boilerplate.kinds import PROSE_KINDS
from cleaning.boilerplate.segments import Page

# Any number from 3 to 20 gives the same F1 within 0.001 (cross-validated by site on the even
# development pages of WCXB, 2026-11: 0.859 with copies, 0.865 without; forums 0.817 and 0.843).
_FEWEST_WORDS = 8
_RUN = 5  # words in a row that are compared


def drop_copies(
    page: Page, kept: NDArray[np.bool_], words: Sequence[Sequence[str]], kind: str
) -> NDArray[np.bool_]:
    """Return `kept` without segments all of whose runs of five words stand above already.

    `words` are those of each segment. With one new word a segment stays whole. Short lines that
    introduce a quote, such as a name, go with the quote.
    """
    if kind in PROSE_KINDS:  # it repeats on purpose: refrains, warnings, examples
        return kept
    said: set[tuple[str, ...]] = set()
    is_copy = np.zeros(len(kept), bool)
    for place in np.flatnonzero(kept).tolist():
        runs = _runs(words[place])
        is_long = len(words[place]) >= _FEWEST_WORDS
        if is_long and said.issuperset(runs):
            is_copy[place] = True
        else:
            said.update(runs)
    for places in _quotes(page, kept) if is_copy.any() else ():
        heads = list(takewhile(lambda place: len(words[place]) < _FEWEST_WORDS, places))
        rest = places[len(heads) :]
        if rest and is_copy[rest].all():
            is_copy[heads] = True
    return np.asarray(kept & ~is_copy)


def _runs(words: Sequence[str]) -> list[tuple[str, ...]]:
    return [tuple(words[place : place + _RUN]) for place in range(max(len(words) - _RUN + 1, 1))]


def _quotes(page: Page, kept: NDArray[np.bool_]) -> list[list[int]]:
    """Return the places of the kept segments of each innermost quote."""
    around: dict[int, int | None] = {}
    for frame in page.frames:  # parents come before their children
        above = around[id(frame.parent)] if frame.parent else None
        around[id(frame)] = id(frame) if frame.element.tag == "blockquote" else above
    found: dict[int, list[int]] = {}
    for place in np.flatnonzero(kept).tolist():
        quote = around[id(page.segments[place].frame)]
        if quote is not None:
            found.setdefault(quote, []).append(place)
    return list(found.values())
