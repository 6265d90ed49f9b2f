"""When each source is due, by its own cadence and by how its runs went."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from scrapy.settings import BaseSettings

from crawlers.archive.records import INTERRUPTED
from crawlers.ledger import Ledger, Run
from crawlers.platforms.base import PlatformSpider
from crawlers.registry import broken_sources, load_source

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


@dataclass(frozen=True, slots=True)
class Standing:
    """How a source fares: its runs, oldest first, when it is due, and what is wrong with its file.

    `spidercls` is None where the file cannot be loaded.
    """

    source: str
    spidercls: type[PlatformSpider] | None
    broken: str | None
    runs: Sequence[Run]
    due: Due
    now: datetime

    @property
    def every(self) -> timedelta:
        return (self.spidercls or PlatformSpider).every

    @property
    def is_retired(self) -> bool:
        return self.spidercls is not None and self.spidercls.retired is not None

    @property
    def is_due(self) -> bool:
        return not self.is_retired and self.due.is_now(self.now)

    @property
    def last(self) -> Run | None:
        return self.runs[-1] if self.runs else None

    @property
    def is_failing(self) -> bool:
        """Whether it has not succeeded since it failed, however long ago it was tried."""
        if self.is_retired:
            return False
        return self.broken is not None or (self.last is not None and not self.last.is_good)

    @property
    def outcome(self) -> str:
        """How its last run ended and why; empty if there was none."""
        if self.broken is not None:
            return f"failed: its source file cannot be loaded: {self.broken}"
        if self.last is None:
            return ""
        # What the build found against it says more than that the crawl itself ended well.
        if self.last.verdict or not self.last.reason:
            return self.last.verdict or str(self.last.outcome)
        return f"{self.last.outcome}: {self.last.reason}"

    def as_line(self) -> str:
        """What it is failing with, and when it is tried again."""
        at = self.due.at
        again = "now" if at is None or at <= self.now else f"in {in_words(at - self.now)}"
        return f"{self.source}: {self.outcome}; next try {again}"


def standings(
    settings: BaseSettings, ledger: Ledger, names: Iterable[str], now: datetime
) -> list[Standing]:
    """How the sources fare, in the order of `names`."""
    broken = broken_sources(settings)
    found = []
    for name in names:
        spidercls = None if name in broken else load_source(settings, name)
        runs = ledger.runs(name)
        due = plan(runs, (spidercls or PlatformSpider).every, now)
        found.append(Standing(name, spidercls, broken.get(name), runs, due, now))
    return found


def plan(runs: Sequence[Run], every: timedelta, now: datetime) -> Due:
    """Plan the next run of a source after its `runs`, oldest first.

    A run that was killed is resumed at once; one that was truncated, blocked or failed is
    tried again after an hour, then two, then four.
    """
    good = [run for run in runs if run.is_good]
    late = None
    if runs:
        expected = (good[-1] if good else runs[0]).began + every * (1 + GRACE)
        late = expected if expected < now else None
    # When a run of the future really was, nobody knows.
    if not runs or runs[-1].outcome == INTERRUPTED or runs[-1].is_future(now):
        return Due(None, late)
    if runs[-1].is_good:
        return Due(runs[-1].began + every, late)
    return Due(runs[-1].began + _wait(runs, every), late)


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
