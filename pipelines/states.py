"""What several interfaces tell of one thing, as each run left it, and the one row that it makes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import inf

from pipelines.extracts import Stored
from pipelines.history import History
from pipelines.rows import Row

REFS = {"_author_refs", "_category_refs", "_tag_refs"}
"""Native ids; an interface that has none of them leaves the list empty."""


@dataclass(frozen=True, slots=True)
class State:
    """What is known of one thing as a run left it.

    `told` are the captures that hold; `faded` those of interfaces that are silent since: they fill
    what the others leave open, for a value that was known does not become unknown because another
    interface answers now.
    """

    told: list[Stored]
    faded: list[Stored]


def merge_captures(state: State) -> tuple[Row, Stored]:
    """One row from what the interfaces tell of one thing, and the capture that it rests on.

    Only None is filled: that the best interface names no tags is knowledge, that a page shows none
    is not.
    """
    ordered = [*_best_first(state.told), *_best_first(state.faded)]
    best = ordered[0]
    row = dict(best.row)
    if row.get("text") is None:
        # Links and blocks belong to the text: where another interface gives it, they come with it.
        row |= {name: None for name in ("_links", "blocks") if name in row}
    for other in ordered[1:]:
        for name, value in other.row.items():
            is_open = row.get(name) is None or (name in REFS and not row[name])
            if is_open and value != []:
                row[name] = value
    return row, best


def _best_first(captures: list[Stored]) -> list[Stored]:
    """By interface, and of one interface the latest first."""
    ordered = sorted(
        captures, key=lambda c: (c.run, c.seen_at, c.warc_file, c.warc_offset), reverse=True
    )
    ordered.sort(key=lambda c: c.rank)
    return ordered


def states(captures: Iterable[Stored], history: History) -> Iterator[tuple[str, State]]:
    """Run by run, what the interfaces tell of one thing as that run left it.

    What an interface told before still holds where the run only saw that nothing changed, where it
    did not see everything (a run that is not good), and where it spared itself a worse interface (a
    good run that is not full). Else it fades. So a page that a killed run had not yet come to is
    no change.
    """
    by_run: dict[str, list[Stored]] = {}
    for capture in captures:
        by_run.setdefault(capture.run, []).append(capture)
    before = State([], [])
    for run in sorted(by_run):
        state = _next_state(before, by_run[run], run, history)
        if state.told:
            before = state
            yield run, before


def _next_state(before: State, seen: list[Stored], run: str, history: History) -> State:
    told = [c for c in seen if c.row]
    told_ranks, seen_ranks = {c.rank for c in told}, {c.rank for c in seen}
    spared = _spared_from(run, min(seen_ranks), history)
    held = [c for c in before.told if c.rank in seen_ranks or c.rank >= spared]
    # An interface that was silent for a while can say that what it told last still holds.
    held += [c for c in before.faded if c.rank in seen_ranks]
    told += [c for c in held if c.rank not in told_ranks]
    ranks = {c.rank for c in told}
    return State(told, [c for c in (*before.told, *before.faded) if c.rank not in ranks])


def _spared_from(run: str, best_rank: int, history: History) -> float:
    """The rank from which on an interface can be silent in a run without having changed."""
    if run not in history.good:
        return 0
    return inf if run in history.full else best_rank
