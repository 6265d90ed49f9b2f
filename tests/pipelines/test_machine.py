"""What the machine could not do is no verdict on a page: the source fails, and is tried again."""

from __future__ import annotations

import errno
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from scrapy.settings import Settings

import pipelines.build
import pipelines.replay
from crawlers import reasons
from crawlers.archive import Capture
from crawlers.archive.responses import as_response
from pipelines.replay import Result, replay_batch
from pipelines.results import SourceBuild
from tests.harvesting import rows
from tests.pipelines.archives import build_archive, data_of, settings_for, write_run

PAGES = 6


class SameProcess:
    """Stands in for the pool of workers, so that a test can break what they do."""

    def __init__(self, settings: dict[str, Any], workers: int | None = None) -> None:
        # This process has no limit of memory.
        pipelines.replay._settings = Settings(settings | {"REPLAY_MEMORY": 0})
        pipelines.replay._replayers.clear()

    def __enter__(self) -> SameProcess:
        return self

    def __exit__(self, *error: object) -> None:
        pipelines.replay._settings = None

    def replay(self, source: str, captures: Sequence[Capture]) -> Iterator[Result]:
        yield from replay_batch(source, list(captures))


@pytest.fixture
def same_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipelines.build, "ReplayPool", SameProcess)


def write_pages(settings: Settings, *orders: str) -> None:
    pages = [{"url": f"https://brittle.example/{n}", "body": o} for n, o in enumerate(orders)]
    write_run(settings, "brittle", pages)


def titles(settings: Settings) -> list[str]:
    return sorted(str(row["title"]) for row in rows(data_of(settings), "documents"))


def built(settings: Settings) -> SourceBuild:
    return build_archive(settings).sources[0]


FAULTS = {
    "disk": OSError(errno.EIO, "Input/output error"),
    "open files": OSError(errno.EMFILE, "Too many open files"),
    "memory": MemoryError(),
    "network disk": OSError(errno.ESTALE, "Stale file handle"),
}


@pytest.mark.usefixtures("same_process")
@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_on_half_of_the_reads_leaves_no_trace(
    fault: str, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_pages(settings, *(f"page {n}" for n in range(PAGES)))
    reads: list[object] = []

    def failing(*arguments: Any) -> Any:
        reads.append(arguments)
        if len(reads) % 2:
            raise FAULTS[fault]
        return as_response(*arguments)

    with monkeypatch.context() as broken:
        broken.setattr(pipelines.replay, "as_response", failing)
        source = built(settings)
    assert source.failure is not None
    assert "3 captures could not be read" in source.failure
    assert not source.is_well

    reads.clear()
    after = built(settings)
    assert after.failure is None
    assert titles(settings) == [f"page {n}" for n in range(PAGES)]
    assert rows(data_of(settings), "quarantine") == []
    # What could be read at first had its extract.
    assert after.replayed == PAGES // 2


@pytest.mark.usefixtures("same_process")
@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_within_the_parser_is_none_of_the_page(
    fault: str, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_pages(settings, "first", "second")

    def failing(*_: object) -> None:
        raise ValueError("as a library says it") from FAULTS[fault]

    with monkeypatch.context() as broken:
        broken.setattr(pipelines.replay, "records", failing)
        assert built(settings).failure is not None
    assert built(settings).failure is None
    assert titles(settings) == ["first", "second"]


@pytest.mark.usefixtures("same_process")
def test_the_rows_stay_while_the_machine_fails(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_pages(settings, "first", "second")
    built(settings)
    more = [{"url": "https://brittle.example/3", "body": "third"}]
    write_run(settings, "brittle", more, run="20260401T080000Z", day=31)

    def failing(*_: object) -> None:
        raise OSError(errno.EIO, "Input/output error")

    with monkeypatch.context() as broken:
        broken.setattr(pipelines.replay, "as_response", failing)
        source = built(settings)
    assert (source.result, source.documents) == ("failed", 2)
    assert titles(settings) == ["first", "second"]
    built(settings)
    assert titles(settings) == ["first", "second", "third"]


def fuse(folder: Path, count: int) -> Path:
    """A folder that lets a page end its worker so many times (see the source "brittle")."""
    folder.mkdir()
    for number in range(count):
        (folder / str(number)).touch()
    return folder


@pytest.mark.parametrize("order", ["killed", "crashed"])
def test_a_worker_that_ends_costs_a_retry_only(
    order: str, settings: Settings, tmp_path: Path
) -> None:
    write_pages(settings, "first", f"{order} {fuse(tmp_path / 'fuse', 1)}", "last")
    source = built(settings)
    assert source.is_well
    assert source.quarantined == 0
    assert titles(settings) == ["first", "last", "read at last"]


def test_workers_that_are_killed_again_and_again_fail_the_source(
    settings: Settings, tmp_path: Path
) -> None:
    folder = fuse(tmp_path / "fuse", 9)
    write_pages(settings, "first", f"killed {folder}")
    source = built(settings)
    assert source.failure is not None
    assert "SIGKILL" in source.failure
    for file in folder.iterdir():
        file.unlink()
    assert built(settings).is_well
    assert titles(settings) == ["first", "read at last"]


def test_a_page_that_ends_its_worker_alone_twice_is_known(
    settings: Settings, tmp_path: Path
) -> None:
    folder = fuse(tmp_path / "fuse", 9)
    write_pages(settings, "first", f"crashed {folder}")
    assert built(settings).failure is None
    assert titles(settings) == ["first"]
    [row] = rows(data_of(settings), "quarantine")
    assert row["reason"] == reasons.PARSER_DIED
    # Once in the pool, and twice alone.
    assert len(list(folder.iterdir())) == 6


@pytest.mark.usefixtures("same_process")
@pytest.mark.parametrize(
    ("name", "value", "tried_again"),
    [("REPLAY_TIMEOUT", 9, 1), ("REPLAY_MEMORY", 2 * 1024**3, 1), ("DOWNLOAD_DELAY", 9, 0)],
)
def test_a_raised_limit_tries_again_what_ran_into_one(
    name: str, value: float, tried_again: int, tmp_path: Path
) -> None:
    settings = settings_for(tmp_path / "data")
    settings.set("REPLAY_TIMEOUT", 1, priority="cmdline")
    write_pages(settings, "first", "spin", "raise")
    assert built(settings).replayed == 3
    found = {q["reason"] for q in rows(data_of(settings), "quarantine")}
    assert found == {reasons.PARSER_TIMEOUT, reasons.PARSER_FAILED}
    assert built(settings).replayed == 0
    settings.set(name, value, priority="cmdline")
    assert built(settings).replayed == tried_again
