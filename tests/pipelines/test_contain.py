"""Whatever fails in one source costs that source: the others come out as if it were not there."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from scrapy.settings import Settings

import pipelines.assemble
import pipelines.catch_up
import pipelines.publish
import pipelines.sitewide
from output.read import latest_release, read_rows
from output.schema import TABLES
from tests.pipelines.archives import build_archive, data_of, settings_for, write_run
from tests.pipelines.pages import page_capture
from tests.pipelines.test_held import OPEN_PAGE

STEPS: dict[str, tuple[Any, str]] = {
    "scan": (pipelines.catch_up, "fetch_row"),
    "merge": (pipelines.assemble.Assembler, "assemble"),
    "count": (pipelines.assemble.Assembler, "count"),
    "moderate": (pipelines.assemble.Assembler, "place"),
    "sitewide": (pipelines.sitewide, "_remove_from"),
    "write": (pipelines.publish._Release, "_rows"),
    "quarantine": (pipelines.publish._Release, "_quarantine"),
}


def break_step(monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    """Let a step raise an error wherever it has to do with open_commons."""
    place, name = STEPS[step]
    real: Callable[..., Any] = getattr(place, name)

    def broken(*arguments: Any, **named: Any) -> Any:
        if "open_commons" in repr(arguments):
            raise KeyError("a fault of\nthe code")
        return real(*arguments, **named)

    monkeypatch.setattr(place, name, broken)


def told(settings: Settings, source: str) -> dict[str, Any]:
    release = latest_release(data_of(settings))
    assert release
    manifest = json.loads((release / "manifest.json").read_text("utf-8"))
    found: dict[str, Any] = manifest["sources"][source]
    return found


def rows_of(settings: Settings, source: str) -> dict[str, list[dict[str, Any]]]:
    release = latest_release(data_of(settings))
    assert release
    return {table: list(read_rows(release, table, source=source)) for table in TABLES}


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two sources; WARC records have random ids, so the same pages written twice differ."""
    settings = settings_for(tmp_path_factory.mktemp("both") / "data")
    write_run(settings, "parish_notes", [page_capture(1), page_capture(2)])
    write_run(settings, "open_commons", [OPEN_PAGE])
    return data_of(settings) / "archive"


@pytest.fixture
def both(settings: Settings, archive: Path) -> Settings:
    shutil.copytree(archive, data_of(settings) / "archive")
    return settings


@pytest.fixture(scope="module")
def alone(
    tmp_path_factory: pytest.TempPathFactory, archive: Path
) -> dict[str, list[dict[str, Any]]]:
    """The rows of parish_notes where there is no other source."""
    settings = settings_for(tmp_path_factory.mktemp("alone") / "data")
    name = "parish_notes"
    shutil.copytree(archive / name, data_of(settings) / "archive" / name)
    build_archive(settings)
    return rows_of(settings, name)


@pytest.mark.parametrize("step", STEPS)
def test_a_failing_source_keeps_its_rows_and_costs_no_other(
    step: str,
    both: Settings,
    monkeypatch: pytest.MonkeyPatch,
    alone: dict[str, list[dict[str, Any]]],
) -> None:
    first = build_archive(both)
    kept = rows_of(both, "open_commons")
    break_step(monkeypatch, step)

    built = build_archive(both)

    assert first.release
    assert rows_of(both, "parish_notes") == alone
    assert rows_of(both, "open_commons") == kept
    commons = told(both, "open_commons")
    assert (commons["outcome"], commons["rows_kept_from"]) == ("failed", first.release.name)
    assert commons["reason"].startswith("KeyError: 'a fault of")
    assert "\n" not in commons["reason"]
    assert [s.is_well for s in built.sources] == [False, True]
    assert told(both, "parish_notes")["outcome"] == "exhausted"


def test_a_source_that_always_failed_has_no_rows(
    both: Settings,
    monkeypatch: pytest.MonkeyPatch,
    alone: dict[str, list[dict[str, Any]]],
) -> None:
    break_step(monkeypatch, "moderate")
    build_archive(both)
    assert rows_of(both, "parish_notes") == alone
    assert not any(rows_of(both, "open_commons").values())
    assert told(both, "open_commons")["outcome"] == "failed"


def test_a_source_that_works_again_is_built_again(
    both: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        break_step(broken, "merge")
        build_archive(both)
    assert all(s.is_well for s in build_archive(both).sources)
    assert rows_of(both, "open_commons")["documents"]
