"""A date that the day of a visit made is the same at the next visit."""

from __future__ import annotations

import pytest

from pipelines.extracts import Stored
from pipelines.history import History
from pipelines.merge import merge_runs
from pipelines.rows import Row
from pipelines.steady_dates import steady_dates

HTML = 2


def told(
    run: int, date: str | None, precision: str = "day", *, is_relative: bool = False
) -> Stored:
    moment = f"2026-03-{run:02}T08:00:00+00:00"
    row: Row = {
        "title": "Benches",
        "published": date,
        "published_precision": precision if date else None,
        "published_from": ("relative" if is_relative else "meta") if date else None,
        "_is_relative": is_relative,
    }
    return Stored("5", HTML, f"r{run}", moment, moment, f"r{run}.warc.gz", 0, None, row)


def counted(run: int, date: str, precision: str = "day") -> Stored:
    return told(run, date, precision, is_relative=True)


def unchanged(run: int) -> Stored:
    moment = f"2026-03-{run:02}T08:00:00+00:00"
    return Stored("5", 0, f"r{run}", moment, moment, f"r{run}.warc.gz", 0, None, {})


@pytest.mark.parametrize(
    ("seen", "dates"),
    [
        ([counted(1, "2026-02-20"), counted(2, "2026-02-21")], ["2026-02-20"] * 2),
        ([counted(1, "2026-02-01", "month"), counted(2, "2026-02-21")], ["2026-02-21"] * 2),
        (
            [counted(1, "2026-02-20"), counted(2, "2026-02-01", "month")],
            ["2026-02-20"] * 2,
        ),
        ([counted(1, "2026-02-20"), told(2, "2026-02-19")], ["2026-02-19"] * 2),
        ([told(1, "2026-02-19"), counted(2, "2026-02-20")], ["2026-02-19"] * 2),
        (
            [counted(1, "2026-02-20"), told(2, "2026-02-19"), told(3, "2026-02-25")],
            ["2026-02-19", "2026-02-19", "2026-02-25"],
        ),
        (
            [told(1, "2026-02-19"), counted(2, "2026-02-20"), told(3, "2026-02-25")],
            ["2026-02-19", "2026-02-19", "2026-02-25"],
        ),
        ([counted(1, "2026-02-20"), told(2, None)], ["2026-02-20", None]),
        ([told(1, "2026-02-19"), told(2, "2026-02-25")], ["2026-02-19", "2026-02-25"]),
    ],
    ids=[
        "of equals the earliest",
        "a finer one counts",
        "a coarser one does not",
        "stated later",
        "stated before",
        "what is stated can change",
        "what was stated before goes before what comes after",
        "a capture that tells none",
        "stated dates stay",
    ],
)
def test_dates(seen: list[Stored], dates: list[str | None]) -> None:
    assert [one.row["published"] for one in steady_dates(seen)] == dates


def test_precision_and_origin_come_with_the_date() -> None:
    [first, _] = steady_dates([counted(1, "2026-02-01", "month"), told(2, "2026-02-21")])
    assert first.row["published_precision"] == "day"
    assert first.row["published_from"] == "meta"


def test_a_capture_that_only_says_unchanged_has_no_date() -> None:
    seen = [counted(1, "2026-02-20"), unchanged(2)]
    assert [one.row for one in steady_dates(seen)][1] == {}


def test_the_next_visit_makes_no_version() -> None:
    seen = [counted(1, "2026-02-20"), counted(2, "2026-02-21"), told(3, "2026-02-19")]
    merged = merge_runs(seen, History((1, 9)))
    assert merged is not None
    assert (merged[0]["version"], merged[0]["published"]) == (1, "2026-02-19")
