"""When a source is held, for how long, and what lets it pass."""

from __future__ import annotations

import json
from typing import Any

import pytest
from scrapy.settings import Settings

from crawlers.ledger import Ledger
from pipelines.history import History
from pipelines.judge import PARTIAL, LastGood, held_runs
from pipelines.results import SourceBuild
from tests.harvesting import rows
from tests.pipelines.archives import build_archive, data_of, write_run
from tests.pipelines.pages import rest_capture, rest_post

NAME = "parish_notes"
RUNS = [f"20260{month}01T080000Z" for month in range(1, 7)]
TEXT = "<p>The bench by gate {0} is dry. Whoever finds key {0} may sit down and read {0} lines.</p>"
HONEST, LIE = "Post", "Buy this name"


def crawl(settings: Settings, run: int, titles: str, count: int = 6, **said: Any) -> None:
    """Archive a run that saw `count` posts whose titles begin so."""
    entries = [
        rest_post(
            n,
            title={"rendered": f"{titles} {n}" if titles == HONEST else titles},
            content={"rendered": TEXT.format(n), "protected": False},
        )
        for n in range(1, count + 1)
    ]
    captures = [rest_capture("posts", entries)] if count else []
    write_run(settings, NAME, captures, run=RUNS[run], day=31 * run, **said)


def state(settings: Settings, *accepted: str) -> tuple[str | None, bool]:
    """The outcome of the source after a build, and whether the honest titles stand."""
    built = build_archive(settings, accepted=accepted)
    titles = {row["title"] for row in rows(data_of(settings), "documents")}
    return built.sources[0].result, titles == {f"{HONEST} {n}" for n in range(1, 7)}


def manifest(settings: Settings) -> dict[str, Any]:
    text = (data_of(settings) / "latest" / "manifest.json").read_text("utf-8")
    told: dict[str, Any] = json.loads(text)["sources"][NAME]
    return told


def test_a_lie_is_held_until_it_is_accepted_once(settings: Settings) -> None:
    crawl(settings, 0, HONEST)
    assert state(settings) == ("exhausted", True)
    crawl(settings, 1, LIE)
    assert state(settings) == ("held", True)
    assert state(settings) == ("held", True)
    assert "titles kept 6 → 0" in manifest(settings)["runs_held"][RUNS[1]]
    crawl(settings, 2, LIE)
    assert state(settings) == ("held", True)
    assert state(settings, "open_commons") == ("held", True)
    assert state(settings, NAME) == ("exhausted", False)
    assert manifest(settings)["runs"] == [RUNS[0], RUNS[2]]
    # What was accepted is what later runs are compared with.
    assert state(settings) == ("exhausted", False)
    crawl(settings, 3, HONEST)
    assert state(settings) == ("held", False)


def test_what_recovered_is_not_accepted_afterwards(settings: Settings) -> None:
    for run, titles in enumerate((HONEST, LIE, HONEST)):
        crawl(settings, run, titles)
    assert state(settings) == ("exhausted", True)
    assert state(settings, NAME) == ("exhausted", True)
    assert held_runs(data_of(settings))[NAME].keys() == {RUNS[1]}


def test_runs_before_the_first_release_are_compared_too(settings: Settings) -> None:
    crawl(settings, 0, HONEST)
    crawl(settings, 1, LIE)
    assert state(settings) == ("held", True)


def test_a_run_that_saw_a_part_lifts_nothing(settings: Settings) -> None:
    crawl(settings, 0, HONEST)
    crawl(settings, 1, LIE)
    crawl(settings, 2, LIE, count=2, outcome="truncated")
    assert state(settings) == ("held", True)
    assert manifest(settings)["runs_held"][RUNS[2]] == PARTIAL
    # A person means the run that saw everything.
    assert state(settings, NAME) == ("truncated", False)
    assert manifest(settings)["runs"] == RUNS[:3]


def test_a_part_of_a_healthy_source_is_published(settings: Settings) -> None:
    crawl(settings, 0, HONEST)
    assert state(settings) == ("exhausted", True)
    crawl(settings, 1, HONEST, count=2, outcome="truncated")
    assert state(settings) == ("truncated", True)
    crawl(settings, 2, HONEST, count=0, outcome="blocked")
    assert state(settings) == ("blocked", True)


def test_what_other_code_reads_is_no_change_of_the_site(settings: Settings) -> None:
    said = [
        {"id": n, "post": 1, "parent": 0, "author": 0, "author_name": f"Reader {n}"}
        | {"author_url": "", "date_gmt": f"2021-06-0{n}T11:00:00", "type": "comment"}
        | {"content": {"rendered": f"<p>{TEXT.format(n)}</p>"}}
        for n in range(1, 8)
    ]
    write_run(
        settings, NAME, [rest_capture("posts", [rest_post(1)]), rest_capture("comments", said)]
    )
    build_archive(settings)
    before = {row["author"] for row in rows(data_of(settings), "comments")}
    read_by = manifest(settings)["read_by"]
    # With other settings all names are others.
    settings.set("HARVEST_KEEP_NAMES", False, priority="cmdline")
    built = build_archive(settings)
    after = {row["author"] for row in rows(data_of(settings), "comments")}
    assert len(after) == len(before) == 7
    assert after.isdisjoint(before)
    assert built.sources[0].is_well
    assert manifest(settings)["read_by"] != read_by


def test_what_cannot_be_right_at_first_is_published_and_told(settings: Settings) -> None:
    crawl(settings, 0, "")
    assert not build_archive(settings).sources[0].is_well
    assert manifest(settings)["doubt"] == "this cannot be right: titles known 6 → 0"
    crawl(settings, 1, "")
    doubtful = build_archive(settings).sources[0]
    assert not doubtful.is_well
    assert str(doubtful.verdict(RUNS[1])).startswith("failed: this cannot be right")
    assert build_archive(settings, accepted=[NAME]).sources[0].is_well
    assert build_archive(settings).sources[0].is_well
    assert manifest(settings)["doubt"] is None


@pytest.mark.parametrize(
    ("least", "documents", "comments", "read_by", "fallen"),
    [
        (1, 20, 60, "now", []),
        (1, 11, 60, "then", ["documents 20 → 11"]),
        (1, 12, 60, "now", ["documents 20 → 12"]),
        (1, 14, 60, "now", []),
        (15, 14, 60, "now", ["documents 20 → 14"]),
        (30, 19, 60, "now", []),
        (1, 20, 10, "now", ["comments 60 → 10"]),
        (1, 20, 10, "then", []),
        (1, 20, 50, "now", []),
    ],
    ids=[
        "as many",
        "an archive lost files",
        "other code finds fewer",
        "a few fewer",
        "fewer than the source declares",
        "there never were enough",
        "other code finds fewer comments",
        "more is known of spam",
        "a few fewer comments",
    ],
)
def test_rows_that_become_too_few_do_not_replace_more(
    least: int, documents: int, comments: int, read_by: str, fallen: list[str]
) -> None:
    last = LastGood(read_by="then", documents=20, comments=60)
    made = SourceBuild(
        *(NAME, "wordpress", "Parish", (least, 99), None, ("en",), History((least, 99)), last),
        read_by=read_by,
        documents=documents,
        comments=comments,
    )
    assert [str(figure) for figure in made.fallen] == fallen


def test_the_ledger_knows_what_is_held_after_it_was_begun_anew(settings: Settings) -> None:
    crawl(settings, 0, HONEST)
    crawl(settings, 1, LIE)
    build_archive(settings)
    with Ledger(data_of(settings)) as ledger:
        ledger.fill_from(data_of(settings) / "archive")
        for source, verdicts in held_runs(data_of(settings)).items():
            ledger.note_held(source, verdicts)
        first, second = ledger.runs(NAME)
    assert first.is_good
    assert not second.is_good
    assert str(second.verdict).startswith("held: too much changed at once")
