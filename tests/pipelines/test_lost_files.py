"""WARC files that are lost or changed: told until acknowledged, and their rows stay, marked."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from scrapy.settings import Settings

from crawlers.archive.book import ACKNOWLEDGED, FORGOTTEN, Book
from output.manifest import read_manifest
from output.release import check_release
from pipelines.results import Build
from tests.harvesting import rows
from tests.pipelines.archives import build_archive, data_of, write_run
from tests.pipelines.pages import page_capture

SOURCE = "parish_notes"
FIRST, SECOND = "r000001-20260301T080000Z", "r000002-20260401T080000Z"


@pytest.fixture
def two_runs(settings: Settings) -> Settings:
    """Two pages that only the first run saw, one that both saw, and one of the second alone."""
    write_run(settings, SOURCE, [page_capture(n) for n in (1, 2, 3)], run=FIRST, finished=False)
    write_run(settings, SOURCE, [page_capture(n) for n in (3, 4)], run=SECOND, day=31)
    assert titles(build_archive(settings), settings) == {"1": None, "2": None, "3": None, "4": None}
    return settings


def first_file(settings: Settings) -> Path:
    return data_of(settings) / "archive" / SOURCE / f"{FIRST}.warc.gz"


def titles(build: Build, settings: Settings) -> dict[str, str | None]:
    """Of each document, the last part of its address, and the release that it was kept from."""
    assert build.release is not None
    check_release(build.release)
    found: list[dict[str, Any]] = rows(data_of(settings), "documents")
    return {row["url"].rstrip("/").rpartition("-")[2]: row["kept_from"] for row in found}


def lose(path: Path) -> None:
    path.unlink()


def cut(path: Path) -> None:
    """All but the first page is gone, at the border of a record: no reader could tell."""
    from crawlers.archive import Capture, scan

    second = [entry for entry in scan(path) if isinstance(entry, Capture)][1]
    path.write_bytes(path.read_bytes()[: second.offset])


@pytest.mark.parametrize(("change", "kept"), [(lose, "12"), (cut, "2")], ids=["lost", "cut"])
@pytest.mark.parametrize("extracts", ["with extracts", "without extracts"])
def test_rows_stay_marked_and_it_is_told(
    change: Callable[[Path], None], kept: str, extracts: str, two_runs: Settings, tmp_path: Path
) -> None:
    path, data = first_file(two_runs), data_of(two_runs)
    before = (data / "latest").readlink().name
    shutil.copy(path, tmp_path / "backup")
    change(path)
    if extracts == "without extracts":
        shutil.rmtree(data / "extracts")
    wanted = {n: before if n in kept else None for n in "1234"}

    for _ in range(2):
        build = build_archive(two_runs)
        (source,) = build.sources
        assert titles(build, two_runs) == wanted
        assert (source.is_well, len(source.archive_problems)) == (False, 1)
        assert source.documents == 4
        assert source.kept_rows == len(kept)
        assert build.release is not None
        told = read_manifest(build.release).sources[SOURCE]
        assert told["archive_problems"] == source.archive_problems
        assert told["rows_of_lost_files"] == len(kept)

    book = Book(data / "archive", SOURCE)
    book.note_file(ACKNOWLEDGED, path.name)
    build = build_archive(two_runs)
    assert build.sources[0].archive_problems == []
    assert titles(build, two_runs) == wanted

    shutil.copy(tmp_path / "backup", path)
    build = build_archive(two_runs)
    assert titles(build, two_runs) == dict.fromkeys("1234")


def test_what_is_forgotten_goes(two_runs: Settings) -> None:
    path = first_file(two_runs)
    path.unlink()
    build_archive(two_runs)
    Book(data_of(two_runs) / "archive", SOURCE).note_file(FORGOTTEN, path.name)
    build = build_archive(two_runs)
    assert build.sources[0].archive_problems == []
    assert titles(build, two_runs) == {"3": None, "4": None}


def test_a_page_that_comes_back_is_no_longer_kept(two_runs: Settings) -> None:
    first_file(two_runs).unlink()
    build_archive(two_runs)
    write_run(two_runs, SOURCE, [page_capture(1)], run="r000003-20260501T080000Z", day=60)
    found = titles(build_archive(two_runs), two_runs)
    assert found["1"] is None
    assert found["2"] is not None


def test_the_order_of_runs_is_not_the_clock(settings: Settings) -> None:
    """The second run was made while the clock was two months behind, and what it saw holds."""
    old, new = page_capture(1), page_capture(1)
    new["body"] = new["body"].replace("A plan of our own", "A plan of another")
    write_run(settings, SOURCE, [old], run="r000001-20260301T080000Z", day=0)
    write_run(settings, SOURCE, [new], run="r000002-20260101T080000Z", day=-59)
    build_archive(settings)
    (row,) = rows(data_of(settings), "documents")
    assert row["title"] == "A plan of another"
    assert row["version"] == 2
    assert row["first_seen"] == row["last_seen"], "it was last seen at the earlier time"
    assert [r["run"][:7] for r in rows(data_of(settings), "runs")] == ["r000001", "r000002"]
