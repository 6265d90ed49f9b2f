"""A run or a build that finds next to nothing replaces no good rows."""

from __future__ import annotations

import json
import shutil
from typing import Any

import pytest
from scrapy.settings import Settings

import output.before
from crawlers.archive.book import REPLACED, Book
from output.read import latest_release
from pipelines.results import Build
from tests.harvesting import rows
from tests.pipelines.archives import build_archive, data_of, write_run
from tests.pipelines.pages import rest_capture, rest_post
from tests.pipelines.sources.parish_notes import ParishNotesSpider

OPEN_PAGE = {
    "url": "https://commons.example/blog/one/",
    "body": "<!DOCTYPE html><html><head><title>One</title></head><body><article><h1>One</h1><p>"
    + "The residents met the council in the old library and wrote the plan together. " * 12
    + "</p></article></body></html>",
}
LATER = "20260401T080000Z"


@pytest.fixture(autouse=True)
def three_are_expected(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ParishNotesSpider, "expected_documents", (3, 9))


def posts(*native_ids: int, **changes: Any) -> dict[str, Any]:
    return rest_capture("posts", [rest_post(i, **changes) for i in native_ids])


def documents(settings: Settings) -> list[tuple[str, str]]:
    found = rows(data_of(settings), "documents")
    return sorted((str(row["native_id"]), row["title"]) for row in found)


def manifest(settings: Settings) -> dict[str, Any]:
    release = latest_release(data_of(settings))
    assert release
    told: dict[str, Any] = json.loads((release / "manifest.json").read_text("utf-8"))["sources"]
    return told["parish_notes"]  # type: ignore[no-any-return]


def test_a_run_with_too_little_is_held(settings: Settings) -> None:
    write_run(settings, "parish_notes", [posts(4, 5, 6)])
    spoiled = posts(5, title={"rendered": "This name is for sale"})
    write_run(settings, "parish_notes", [spoiled], run=LATER, day=31)

    built = build_archive(settings)

    assert documents(settings) == [("4", "Post 4"), ("5", "Post 5"), ("6", "Post 6")]
    assert rows(data_of(settings), "runs")[-1]["outcome"] == "held"
    assert manifest(settings)["runs_held"].keys() == {LATER}
    assert not built.sources[0].is_well


def test_the_first_run_of_a_small_source_is_published_and_marked(settings: Settings) -> None:
    write_run(settings, "parish_notes", [posts(5)])
    built = build_archive(settings)
    assert documents(settings) == [("5", "Post 5")]
    assert manifest(settings)["below_minimum"] is True
    assert not built.sources[0].is_well


def lose_documents(settings: Settings) -> Build:
    """Build twice, the second time without the WARC file that had most documents."""
    file = write_run(settings, "parish_notes", [posts(4, 5, 6)])
    write_run(settings, "parish_notes", [posts(6, title={"rendered": "Six"})], run=LATER, day=31)
    build_archive(settings)
    file.unlink()
    return build_archive(settings)


def test_a_held_run_stays_out_where_the_file_of_the_others_is_lost(settings: Settings) -> None:
    built = lose_documents(settings)
    assert documents(settings) == [("4", "Post 4"), ("5", "Post 5"), ("6", "Post 6")]
    first = sorted((data_of(settings) / "releases").iterdir())[0].name
    assert {row["kept_from"] for row in rows(data_of(settings), "documents")} == {first}
    assert manifest(settings)["rows_of_lost_files"] == 3
    assert list(manifest(settings)["runs_held"]) == [LATER]
    assert not built.sources[0].is_well
    # What tells of the crawl is of now.
    assert [row["run"] for row in rows(data_of(settings), "runs")] == [LATER]


def test_a_build_with_too_little_keeps_the_rows_of_the_release_before(settings: Settings) -> None:
    """The run counts, and its file is what it should be; still next to nothing is in it now."""
    whole = write_run(settings, "parish_notes", [posts(4, 5, 6)])
    build_archive(settings)
    whole.unlink()
    file = write_run(settings, "parish_notes", [posts(6, title={"rendered": "Six"})])
    Book(data_of(settings) / "archive", "parish_notes").note_file(REPLACED, file.name)
    shutil.rmtree(data_of(settings) / "extracts")
    built = build_archive(settings)
    assert documents(settings) == [("4", "Post 4"), ("5", "Post 5"), ("6", "Post 6")]
    first = sorted((data_of(settings) / "releases").iterdir())[0].name
    assert manifest(settings)["rows_kept_from"] == first
    assert built.sources[0].kept_from == first
    assert not built.sources[0].is_well


def test_rows_of_another_schema_are_not_kept(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(output.before, "SCHEMA_VERSION", "0.1")
    built = lose_documents(settings)
    assert built.sources[0].kept_from is None
    assert built.sources[0].kept_rows == 0
    assert built.release is None, "of a held run alone nothing is published"
    assert len(documents(settings)) == 3, "the release before stays"
    assert not built.sources[0].is_well


def test_a_source_whose_archive_is_gone_keeps_its_rows_until_it_is_back(settings: Settings) -> None:
    file = write_run(settings, "parish_notes", [posts(4, 5, 6)])
    write_run(settings, "open_commons", [OPEN_PAGE])
    build_archive(settings)
    before = documents(settings)
    away = file.rename(data_of(settings) / "away.warc.gz")

    for _ in range(2):
        built = build_archive(settings)
        assert not built.sources[1].is_well
        assert manifest(settings)["outcome"] == "failed"
        assert "no WARC file" in manifest(settings)["reason"]
        assert documents(settings) == before

    away.rename(file)
    assert build_archive(settings).sources[1].failure is None
    assert manifest(settings)["outcome"] == "exhausted"
