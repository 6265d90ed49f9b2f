"""What several interfaces told over several runs, and what of it holds."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipelines.extracts import Stored
from pipelines.history import History
from pipelines.merge import merge_runs
from pipelines.rows import Row

REST, FEED, HTML = 0, 1, 2
GOOD_AND_FULL, GOOD, OPEN = "full", "good", "open"
"""Runs that saw everything and took nothing for granted; saw everything; did not."""


def told(run: int, rank: int, title: str | None, tags: list[str] | None = None) -> Stored:
    """What an interface told in a run; with `title` None, that nothing changed."""
    moment = f"2026-03-{run:02}T08:0{rank}:00+00:00"
    row = {} if title is None else {"title": title, "text": f"{title}: a text.", "tags": tags}
    return Stored("5", rank, f"r{run}", moment, moment, f"r{run}.warc.gz", rank, None, row)


def history(*kinds: str) -> History:
    made = History((1, 9))
    for number, kind in enumerate(kinds, start=1):
        made.good |= {f"r{number}"} if kind != OPEN else set()
        made.full |= {f"r{number}"} if kind == GOOD_AND_FULL else set()
    return made


@pytest.mark.parametrize(
    ("seen", "runs", "title", "version"),
    [
        ([told(1, REST, "A"), told(1, HTML, "B")], [GOOD_AND_FULL], "A", 1),
        ([told(1, REST, "A"), told(2, REST, "A")], [GOOD_AND_FULL] * 2, "A", 1),
        ([told(1, REST, "A"), told(2, REST, "B")], [GOOD_AND_FULL] * 2, "B", 2),
        ([told(1, REST, "A"), told(2, REST, None)], [GOOD_AND_FULL, GOOD], "A", 1),
        (
            [told(1, REST, "A"), told(2, REST, None), told(2, HTML, "B")],
            [GOOD_AND_FULL, GOOD],
            "A",
            1,
        ),
        ([told(1, REST, "A"), told(2, HTML, "B")], [GOOD_AND_FULL] * 2, "B", 1),
        ([told(1, REST, "A"), told(2, HTML, "B")], [GOOD_AND_FULL, OPEN], "A", 1),
        (
            [told(1, REST, "A"), told(2, HTML, "B"), told(3, HTML, "C")],
            [GOOD_AND_FULL] * 3,
            "C",
            2,
        ),
        (
            [told(1, REST, "A"), told(2, HTML, "B"), told(3, REST, "A")],
            [GOOD_AND_FULL] * 3,
            "A",
            1,
        ),
        ([told(1, REST, "A"), told(2, REST, "B"), told(3, REST, "A")], [GOOD_AND_FULL] * 3, "A", 3),
        ([told(1, HTML, "A"), told(2, REST, "B")], [OPEN, GOOD_AND_FULL], "B", 1),
    ],
    ids=[
        "the best interface wins",
        "nothing changed",
        "changed",
        "an inventory says that nothing changed",
        "it holds against a page that was read for its comments",
        "the API is closed: the page is what there is, and no change",
        "a killed run had not come to the API",
        "a change is one of the same interface",
        "the API is open again, and says what it said",
        "changed and changed back",
        "the first word of a better interface is no change",
    ],
)
def test_what_holds(seen: list[Stored], runs: list[str], title: str, version: int) -> None:
    merged = merge_runs(seen, history(*runs))
    assert merged is not None
    assert (merged[0]["title"], merged[0]["version"]) == (title, version)


def test_what_only_a_page_told_stays_in_a_run_that_spared_the_page() -> None:
    seen = [told(1, REST, "A"), told(1, HTML, "A", tags=["river"]), told(2, REST, None)]
    merged = merge_runs(seen, history(GOOD_AND_FULL, GOOD))
    assert merged is not None
    assert merged[0]["tags"] == ["river"]
    assert merged[0]["version"] == 1


def test_times_are_those_of_sight_and_of_change() -> None:
    seen = [told(1, REST, "A"), told(2, REST, "B"), told(3, REST, None)]
    merged = merge_runs(seen, history(GOOD_AND_FULL, GOOD, GOOD))
    assert merged is not None
    row, best = merged
    found = {name: row[name][:10] for name in ("first_seen", "last_seen", "last_changed")}
    assert found == {
        "first_seen": "2026-03-01",
        "last_seen": "2026-03-03",
        "last_changed": "2026-03-02",
    }
    assert best.provenance["warc_file"] == "r2.warc.gz"


def test_what_was_only_ever_listed_is_no_document() -> None:
    assert merge_runs([told(1, REST, None)], history(GOOD)) is None


TEXT, TAGS, DATE = "A text.", ["river"], "2021-05-04"
DATED: Row = {"title": "A", "text": TEXT, "tags": TAGS, "published": DATE, "_author_refs": ["3"]}
BARE: Row = {"title": "A", "text": TEXT, "tags": None, "published": None, "_author_refs": []}
TAKEN_BACK = {name: BARE[name] for name in ("tags", "published", "_author_refs")}


def saw(run: int, rank: int, row: Row) -> Stored:
    return replace(told(run, rank, "A"), row=row)


@pytest.mark.parametrize(
    ("seen", "changes", "version"),
    [
        ([saw(1, REST, DATED), saw(2, HTML, BARE)], {}, 1),
        ([saw(1, REST, DATED), saw(2, HTML, BARE), saw(3, HTML, BARE)], {}, 1),
        ([saw(1, REST, DATED), saw(2, HTML, BARE), saw(3, REST, DATED)], {}, 1),
        ([saw(1, REST, DATED), saw(2, HTML, BARE), told(3, REST, None)], {}, 1),
        (
            [saw(1, REST, DATED), saw(2, FEED, BARE | {"published": "2022"})],
            {"published": "2022"},
            1,
        ),
        ([saw(1, HTML, DATED), saw(2, REST, BARE)], {}, 1),
        ([saw(1, REST, DATED), saw(2, HTML, BARE | {"text": None})], {}, 1),
        ([saw(1, REST, DATED), saw(2, REST, BARE)], TAKEN_BACK, 2),
        ([saw(1, REST, DATED), saw(2, REST, DATED | {"tags": []})], {"tags": []}, 2),
        (
            [saw(1, REST, DATED), saw(2, REST, BARE), saw(3, HTML, BARE)],
            TAKEN_BACK,
            2,
        ),
    ],
    ids=[
        "a worse interface answers",
        "for good",
        "and then the better one again",
        "and then the better one says that nothing changed",
        "what the worse one does say counts",
        "a better interface that knows less",
        "a page without a text",
        "the same interface takes it back",
        "the same interface says that there is none",
        "what was taken back does not return",
    ],
)
def test_what_was_known_stays_known(seen: list[Stored], changes: Row, version: int) -> None:
    merged = merge_runs(seen, history(*[GOOD_AND_FULL] * 3))
    assert merged is not None
    assert {name: merged[0][name] for name in DATED} == DATED | changes
    assert merged[0]["version"] == version
