"""Which runs count, and what is gone."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from crawlers.archive import Capture, RunRecord
from pipelines.crawl_rows import RunSummary
from pipelines.history import History

LEAST, MOST = 40, 400
REST, HTML = 0, 2
URL = "https://parish.example/notes/river/"
ROW = {"url": URL, "canonical_url": URL, "kind": "article", "native_id": "5"}


def summary(number: int, outcome: str | None = "exhausted", **said: Any) -> RunSummary:
    """The run of the day `number`; None for one that was killed."""
    path = Path(f"archive/parish_notes/202603{number:02}T080000Z.warc.gz")
    run = RunSummary(path, "wordpress", (LEAST, MOST))
    if outcome:
        finished = f"2026-03-{number:02}T09:00:00+00:00"
        run.see(RunRecord(path, {"outcome": outcome, "finished": finished, **said}))
    return run


def history(runs: list[RunSummary], documents: Mapping[int, int] | None = None) -> History:
    """Of runs that each saw as many documents as `documents` says, or enough."""
    made = History((LEAST, MOST), runs)
    counts = documents or {}
    made.judge({run.name: counts.get(n, LEAST) for n, run in enumerate(runs)})
    return made


def absent(status: int, run: RunSummary, url: str = URL) -> Capture:
    meta = {"run": run.name, "fetched_at": f"{run.name} at eight", "callback": "parse_page"}
    return Capture(run.path, 10, url, status, "text/html", 9, meta)


@pytest.mark.parametrize(
    ("counts", "good", "held"),
    [
        ([50, 50], [0, 1], []),
        ([50, 0], [0], [1]),
        ([50, 12], [0], [1]),
        ([12, 50], [1], []),
        ([12, 13], [], []),
        ([0, 50], [1], [0]),
        ([50, 3, 60], [0, 2], [1]),
    ],
    ids=[
        "all well",
        "nothing found",
        "next to nothing",
        "too little at first",
        "always too little: what there is stays",
        "nothing at first",
        "well again",
    ],
)
def test_verdicts(counts: list[int], good: list[int], held: list[int]) -> None:
    runs = [summary(n + 1) for n in range(len(counts))]
    made = history(runs, dict(enumerate(counts)))
    assert made.good == {runs[n].name for n in good}
    assert made.held == {runs[n].name for n in held}
    assert made.verdicts.keys() == {r.name for r in runs} - made.good


def test_what_is_published_already_is_not_held() -> None:
    runs = [summary(1), summary(2)]
    made = History((LEAST, MOST), runs)
    made.judge({runs[0].name: LEAST, runs[1].name: 3}, trusted={runs[1].name})
    assert made.held == set()
    assert made.good == {runs[0].name}


def test_holding_takes_a_run_out_of_what_counts() -> None:
    made = history([summary(1), summary(2)])
    held = made.holding({made.runs[1].name: "all titles gone"})
    assert held.held == {made.runs[1].name}
    assert held.good == {made.runs[0].name}
    assert str(held.verdicts[made.runs[1].name]) == "held: all titles gone"
    assert made.held == set()


def test_the_reason_tells_numbers_and_what_to_do() -> None:
    made = history([summary(1), summary(2), summary(3)], {0: 57, 1: 12, 2: 0})
    few, nothing = (made.verdicts[run.name].reason for run in made.runs[1:])
    assert "found 12 documents" in few
    assert "40 are the least" in few
    assert "the last good run had 57" in few
    assert nothing.startswith("parser found nothing")
    assert "layout" in nothing


def test_nothing_is_good_where_the_source_says_it_can_be() -> None:
    run = summary(1)
    made = History((0, 10), [run])
    made.judge({})
    assert made.good == {run.name}


@pytest.mark.parametrize("outcome", ["truncated", "blocked", "failed", None])
def test_a_run_that_did_not_see_everything_deletes_nothing(outcome: str | None) -> None:
    runs = [summary(1), summary(2, outcome, inventories={"article": {"6": ""}})]
    made = history(runs)
    made.see(absent(404, runs[1]))
    assert made.gone_since(ROW, runs[0].name, REST) is None


@pytest.mark.parametrize("status", [404, 410])
def test_gone_by_its_address(status: int) -> None:
    runs = [summary(1), summary(2), summary(3)]
    made = history(runs)
    made.see(absent(status, runs[1]))
    made.see(absent(status, runs[2]))
    assert made.gone_since(ROW, runs[0].name, HTML) == f"{runs[1].name} at eight"
    # It was seen again since, or another page is meant.
    assert made.gone_since(ROW, runs[2].name, HTML) is None
    other = {**ROW, "url": URL + "weir/", "canonical_url": URL + "weir/"}
    assert made.gone_since(other, runs[0].name, HTML) is None


@pytest.mark.parametrize("status", [200, 301, 401, 403, 429, 500, 503])
def test_no_other_status_says_that_a_page_is_gone(status: int) -> None:
    runs = [summary(1), summary(2)]
    made = history(runs)
    made.see(absent(status, runs[1]))
    assert made.gone_since(ROW, runs[0].name, HTML) is None


@pytest.mark.parametrize(
    ("inventories", "rank", "is_gone"),
    [
        ({"article": {"6": ""}}, REST, True),
        ({"article": {"5": "", "6": ""}}, REST, False),
        ({"page": {"6": ""}}, REST, False),
        ({}, REST, False),
        ({"article": {"6": ""}}, HTML, False),
    ],
    ids=["not listed", "listed", "another kind", "no list", "the list is of another interface"],
)
def test_gone_by_a_complete_list(inventories: dict[str, Any], rank: int, is_gone: bool) -> None:
    runs = [summary(1), summary(2, inventories=inventories)]
    found = history(runs).gone_since(ROW, runs[0].name, rank)
    assert found == (runs[1].finished if is_gone else None)
