"""When a source is due, and when it is overdue."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from crawlers.ledger import Run
from crawlers.schedule import in_words, plan

NOW = datetime(2026, 3, 20, 8, tzinfo=UTC)
WEEK = timedelta(days=7)
HOUR = timedelta(hours=1)


def run(ago: timedelta, outcome: str = "exhausted", verdict: str | None = None) -> Run:
    started = NOW - ago
    name = started.strftime("%Y%m%dT%H%M%SZ")
    # A killed run has no record of its start: its name tells.
    known = None if outcome == "interrupted" else started.isoformat()
    return Run("parish_notes", name, known, None, outcome, None, True, 50, verdict)


@pytest.mark.parametrize(
    ("runs", "wait"),
    [
        ([], None),
        ([run(3 * 24 * HOUR)], 4 * 24 * HOUR),
        ([run(8 * 24 * HOUR)], -24 * HOUR),
        ([run(HOUR, "interrupted")], None),
        ([run(0.5 * HOUR, "failed")], 0.5 * HOUR),
        ([run(9 * HOUR, "failed"), run(1.5 * HOUR, "blocked")], 0.5 * HOUR),
        ([run(9 * HOUR), run(0.25 * HOUR, "truncated")], 0.75 * HOUR),
        ([run(HOUR * n, "failed") for n in range(30, 0, -1)], WEEK - HOUR),
        ([run(0.5 * HOUR, verdict="found nothing")], 0.5 * HOUR),
        ([run(-900 * 24 * HOUR)], None),
        ([run(-2 * HOUR, "failed")], None),
        ([run(-900 * 24 * HOUR), run(HOUR)], WEEK - HOUR),
        ([run(-HOUR / 20)], WEEK + HOUR / 20),
    ],
    ids=[
        "never run",
        "good, and not old",
        "good, and old",
        "killed",
        "failed once",
        "failed twice",
        "truncated",
        "failed for long: no later than its cadence",
        "ended well, and the build held something against it",
        "of the future",
        "failed in the future",
        "of the future, and another since",
        "the clock was put right by minutes",
    ],
)
def test_the_next_run(runs: list[Run], wait: timedelta | None) -> None:
    due = plan(runs, WEEK, NOW)
    assert due.at == (None if wait is None else NOW + wait)
    assert due.is_now(NOW) == (wait is None or wait <= timedelta(0))


@pytest.mark.parametrize(
    ("runs", "late"),
    [
        ([], None),
        ([run(8 * 24 * HOUR)], None),
        ([run(11 * 24 * HOUR)], 0.5 * 24 * HOUR),
        ([run(30 * 24 * HOUR), run(HOUR, "failed")], 19.5 * 24 * HOUR),
        ([run(30 * 24 * HOUR, "failed"), run(HOUR, "failed")], 19.5 * 24 * HOUR),
        ([run(30 * 24 * HOUR), run(HOUR)], None),
    ],
    ids=[
        "never run: nobody asked for it",
        "within grace",
        "late",
        "late, though it runs and fails",
        "never good since its first run",
        "good again",
    ],
)
def test_overdue_shows_without_any_run_saying_so(runs: list[Run], late: timedelta | None) -> None:
    since = plan(runs, WEEK, NOW).overdue_since
    assert (None if since is None else NOW - since) == late


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (timedelta(seconds=5), "1 min"),
        (timedelta(minutes=59), "59 min"),
        (timedelta(minutes=90), "1 h"),
        (timedelta(hours=47), "47 h"),
        (timedelta(hours=48), "2 d"),
        (timedelta(days=-3), "3 d"),
    ],
)
def test_spans_in_words(span: timedelta, words: str) -> None:
    assert in_words(span) == words
