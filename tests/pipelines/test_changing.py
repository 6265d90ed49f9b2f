"""A source that changes too much is held; one that changes as sites do is not."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from scrapy.settings import Settings

from pipelines.results import Build, SourceBuild
from tests.harvesting import rows
from tests.pipelines.archives import build_archive, data_of, settings_for, write_run
from tests.pipelines.changing import CASES, HONEST, LIES, Case, captures, inventories

RUNS = ("20260301T080000Z", "20260401T080000Z", "20260501T080000Z")
PLACE = {"retrieved_at", "warc_file", "warc_offset", "content_sha256"}
NOT_COMPARED = {"last_seen", "near_duplicate_group", *PLACE}
Tables = dict[str, dict[str, list[dict[str, Any]]]]


class Releases:
    """What three releases say: the second when the sites have changed, the third when not."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.builds: list[Build] = []
        self.tables: list[Tables] = []
        for number in range(3):
            self._crawl(number)
            self.builds.append(build_archive(settings, workers=2))
            self.tables.append(
                {name: _by_source(settings, name) for name in ("documents", "comments")}
            )
        release = data_of(settings) / "latest" / "manifest.json"
        self.manifest = json.loads(release.read_text("utf-8"))["sources"]

    def _crawl(self, number: int) -> None:
        for case in CASES.values():
            posts = case.change(case.before) if number == 1 else case.before
            write_run(
                self.settings,
                case.name,
                captures(case, posts),
                run=RUNS[number],
                day=31 * number,
                inventories=inventories(case, posts),
                outcome=case.outcome if number == 1 else "exhausted",
            )

    def source(self, number: int, name: str) -> SourceBuild:
        return next(s for s in self.builds[number].sources if s.source == name)

    def rows(self, number: int, table: str, name: str) -> list[dict[str, Any]]:
        found = self.tables[number][table].get(name, [])
        return [{k: v for k, v in row.items() if k not in NOT_COMPARED} for row in found]


def _by_source(settings: Settings, table: str) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for row in rows(data_of(settings), table):
        shown = json.loads(json.dumps(row, default=str))
        found.setdefault(str(row["source"]), []).append(shown)
    return found


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Releases]:
    folder: Path = tmp_path_factory.mktemp("changing")
    settings = settings_for(folder)
    settings.set("SPIDER_MODULES", ["tests.pipelines.changing"], priority="cmdline")
    yield Releases(settings)


@pytest.mark.parametrize("case", LIES, ids=lambda case: case.name)
def test_a_lie_is_held(case: Case, releases: Releases) -> None:
    held = releases.source(1, case.name)
    assert held.last_run["outcome"] == "held"
    assert str(case.figure) in str(held.reason)
    assert not held.is_well
    for table in ("documents", "comments"):
        assert releases.rows(1, table, case.name) == releases.rows(0, table, case.name)


@pytest.mark.parametrize("case", LIES, ids=lambda case: case.name)
def test_the_source_passes_again_when_the_site_recovers(case: Case, releases: Releases) -> None:
    assert releases.source(2, case.name).is_well
    assert releases.manifest[case.name]["runs_held"].keys() == {RUNS[1]}
    for table in ("documents", "comments"):
        assert releases.rows(2, table, case.name) == releases.rows(0, table, case.name)


@pytest.mark.parametrize("case", HONEST, ids=lambda case: case.name)
def test_an_honest_change_is_published(case: Case, releases: Releases) -> None:
    source = releases.source(1, case.name)
    assert source.last_run["outcome"] == case.outcome, source.reason
    assert source.history.held == set()
    wanted = {p.number: p for p in case.change(case.before) if p.status == 200}
    found = {
        row["url"].partition(".example")[2]: row for row in releases.rows(1, "documents", case.name)
    }
    assert {p.url for p in wanted.values()} <= found.keys()
    texts = {p.url: p.text.split()[-1] if p.text else None for p in wanted.values()}
    assert {url: (found[url]["text"] or "").split()[-1:] for url in texts} == {
        url: [word] if word else [] for url, word in texts.items()
    }
