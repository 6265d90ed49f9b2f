"""Decide which of the blocks that repeat over a source a document can do without.

The thresholds are numbers of pages and shares of all pages of the source that have text; both must
be reached. They are low only where a block opens or closes a text, as a call to subscribe, an
author box, a funders' line and a footer do, and high in the middle, where the same words may be a
quotation or a label.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from cleaning.bylines import find_byline
from cleaning.dates import find_date
from cleaning.sitewide.counts import FEWEST_PAGES, MIDDLE, Counts, Tally, places_of
from cleaning.writing import WrittenBlock

SHORT = 5
"""Words. Fewer are a label, a greeting or a signature as easily as boilerplate."""
MOST_TAKEN = 0.5
"""Of a document's words. Where more of it repeats, it may be the text itself that was published
again with another beginning; only what stands nearly everywhere goes beyond this."""
REPORTED_SHARE = 0.03
"""With FEWEST_PAGES, what a maintainer is told of although it stays."""


@dataclass(frozen=True, slots=True)
class Threshold:
    """At least so many pages, and at least this share (0 to 1) of the pages of the source."""

    pages: int
    share: float

    def is_met(self, pages: int, of: int) -> bool:
        return pages >= self.pages and pages >= self.share * of

    def __str__(self) -> str:
        return f"{self.pages} pages and {self.share:.0%}"


@dataclass(frozen=True, slots=True)
class Thresholds:
    """`edge` is for what opens or closes a text, `short` for what has fewer than SHORT words there
    (but a heading that closes a text has nothing to be the heading of), `middle` for what stands
    inside; `everywhere` lifts MOST_TAKEN."""

    edge: Threshold
    short: Threshold
    middle: Threshold
    everywhere: Threshold


FOUND = Thresholds(
    edge=Threshold(FEWEST_PAGES, 0.03),
    short=Threshold(10, 0.10),
    middle=Threshold(10, 0.25),
    everywhere=Threshold(10, 0.60),
)
"""For a text that was looked for in a page. Three in a hundred is the box of an author who writes
now and then; one in four, inside a text, is more than any quotation reaches."""
NAMED = Thresholds(
    edge=Threshold(10, 0.10),
    short=Threshold(20, 0.25),
    middle=Threshold(20, 0.50),
    everywhere=Threshold(20, 0.75),
)
"""For a text that the platform names as the content: what is in there, somebody put there."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The places of a document's blocks that go, and the words of those that repeat and stay."""

    removed: frozenset[int]
    removed_words: int
    repeated_words: int


def judge(blocks: Sequence[WrittenBlock], counts: Counts, *, is_named: bool) -> Verdict:
    """What of a document goes. One that is nothing but repeated blocks keeps them all."""
    tallies = [counts.tallies.get(block.key) if block.key else None for block in blocks]
    if not any(tallies):
        return Verdict(frozenset(), 0, 0)
    judged = [_Judged(b, t, b.words) for b, t in zip(blocks, tallies, strict=True)]
    thresholds = NAMED if is_named else FOUND
    removed = _removable(judged, counts.pages, thresholds)
    stays = [j for place, j in enumerate(judged) if place not in removed]
    repeated = [j for j in stays if j.tally and is_reported(j.tally, counts.pages)]
    return Verdict(
        removed=removed,
        removed_words=sum(judged[place].words for place in removed),
        repeated_words=sum(j.words for j in repeated),
    )


def is_reported(tally: Tally, pages: int) -> bool:
    """Whether a block repeats enough to be told of although it stays everywhere."""
    return Threshold(FEWEST_PAGES, REPORTED_SHARE).is_met(tally.pages, pages)


def is_guarded(block: WrittenBlock) -> bool:
    """Whether it says who wrote the text or when: that belongs there however often it stands."""
    return find_byline(block.text) is not None or find_date(block.text) is not None


@dataclass(frozen=True, slots=True)
class _Judged:
    block: WrittenBlock
    tally: Tally | None
    words: int


def _removable(judged: Sequence[_Judged], pages: int, thresholds: Thresholds) -> frozenset[int]:
    words = sum(j.words for j in judged)
    everywhere = [_is_everywhere(j, pages, thresholds) for j in judged]
    edge = [_is_edge(j, pages, thresholds) for j in judged]
    inside = [_is_inside(j, pages, thresholds) for j in judged]
    found = _choose(
        judged,
        [a or b for a, b in zip(everywhere, edge, strict=True)],
        [a or b for a, b in zip(everywhere, inside, strict=True)],
    )
    if sum(judged[place].words for place in found) > MOST_TAKEN * words:
        found = _choose(judged, everywhere, everywhere)
    keyed = {place for place, j in enumerate(judged) if j.block.key}
    return found if keyed - found else frozenset()


def _choose(
    judged: Sequence[_Judged], edge: Sequence[bool], inside: Sequence[bool]
) -> frozenset[int]:
    """The runs at both ends, and inside those that hold more than labels; without what leads in
    something that stays."""
    places = places_of([not j.block.key or e for j, e in zip(judged, edge, strict=True)])
    removed = {p for p, place in enumerate(places) if place != MIDDLE and edge[p]}
    free = [flag and p not in removed for p, flag in enumerate(inside)]
    for run in _runs(free):
        if any(judged[place].words >= SHORT for place in run):
            removed |= set(run)
    for place in sorted(removed, reverse=True):
        if judged[place].block.leads_in and place + 1 < len(judged) and place + 1 not in removed:
            removed.remove(place)
    return frozenset(removed)


def _runs(flags: Sequence[bool]) -> list[list[int]]:
    grouped = groupby(range(len(flags)), key=lambda place: flags[place])
    return [list(places) for flag, places in grouped if flag]


def _is_everywhere(judged: _Judged, pages: int, thresholds: Thresholds) -> bool:
    tally = judged.tally
    return bool(tally and thresholds.everywhere.is_met(tally.settings, pages)) and _may_go(judged)


def _is_edge(judged: _Judged, pages: int, thresholds: Thresholds) -> bool:
    tally = judged.tally
    wanted = _edge_threshold(judged.block, judged.words, thresholds)
    return bool(tally and wanted.is_met(tally.edges, pages)) and _may_go(judged)


def _edge_threshold(block: WrittenBlock, words: int, thresholds: Thresholds) -> Threshold:
    is_short = words < SHORT and not block.is_heading
    return thresholds.short if is_short else thresholds.edge


def _is_inside(judged: _Judged, pages: int, thresholds: Thresholds) -> bool:
    tally = judged.tally
    return bool(tally and thresholds.middle.is_met(tally.witnesses, pages)) and _may_go(judged)


def _may_go(judged: _Judged) -> bool:
    return not judged.block.is_fixed and not is_guarded(judged.block)


def explain(block: WrittenBlock, tally: Tally, pages: int, *, removed: int) -> str:
    """In words for a maintainer: what was counted, and which threshold it met or missed."""
    if is_guarded(block):
        return "a byline or a date, which stays"
    thresholds = FOUND if tally.found else NAMED
    tests = (
        ("stands in {} pages that differ otherwise", tally.settings, thresholds.everywhere),
        ("stands in {} pages with a text of their own", tally.witnesses, thresholds.middle),
        (
            "opens or closes {} pages with a text of their own",
            tally.edges,
            _edge_threshold(block, block.words, thresholds),
        ),
    )
    met = [test for test in tests if test[2].is_met(test[1], pages)]
    if not met:
        missed = [f"{told.format(count)}, fewer than {wanted}" for told, count, wanted in tests]
        return "; ".join(missed)
    told, count, wanted = met[0]
    reason = f"{told.format(count)}, at least {wanted}"
    return reason if removed else f"{reason}; no page can do without it"
