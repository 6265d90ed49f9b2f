"""When each source is due, by its own cadence and by how its runs went."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from crawlers.archive.records import INTERRUPTED
from crawlers.ledger import Run
from crawlers.memory import moment_of

FIRST_RETRY = timedelta(hours=1)
"""After a run that did not end well; twice as long after each further one, up to the cadence."""
GRACE = 0.5
"""The share of its cadence by which a source may be late before it is called overdue."""


@dataclass(frozen=True, slots=True)
class Due:
    """When a source is to be crawled next (`at`, None for at once), and since when its last good
    run is too old (`overdue_since`, None while it is not)."""

    at: datetime | None
    overdue_since: datetime | None

    def is_now(self, now: datetime) -> bool:
        return self.at is None or self.at <= now


def plan(runs: Sequence[Run], every: timedelta, now: datetime) -> Due:
    """Plan the next run of a source after its `runs`, oldest first.

    A run that was killed is gone on with at once; one that was truncated, blocked or failed is
    tried again after an hour, then two, then four.
    """
    good = [run for run in runs if run.is_good]
    late = None
    if runs:
        expected = moment_of(good[-1] if good else runs[0]) + every * (1 + GRACE)
        late = expected if expected < now else None
    if not runs or runs[-1].outcome == INTERRUPTED:
        return Due(None, late)
    if runs[-1].is_good:
        return Due(moment_of(runs[-1]) + every, late)
    return Due(moment_of(runs[-1]) + _wait(runs, every), late)


def _wait(runs: Sequence[Run], every: timedelta) -> timedelta:
    in_a_row = 0
    for run in reversed(runs):
        if run.is_good:
            break
        in_a_row += 1
    # The exponent is bounded, for a source can have failed for years.
    factor: int = 2 ** min(in_a_row - 1, 16)
    return min(every, FIRST_RETRY * factor)


def in_words(span: timedelta) -> str:
    """A length of time in its largest unit: "3 d", "5 h", "12 min"."""
    minutes = round(abs(span).total_seconds() / 60)
    if minutes >= 2 * 24 * 60:
        return f"{minutes // (24 * 60)} d"
    return f"{minutes // 60} h" if minutes >= 60 else f"{max(minutes, 1)} min"
