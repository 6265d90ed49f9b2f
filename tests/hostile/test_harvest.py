"""A harvest of all hostile cases at once, and of a good source beside them.

One harvest serves all tests, for what one server does must not hurt another source, whichever it
is. The good source is harvested once more alone, and both releases of it are compared.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from crawlers.reasons import MEANING
from tests.harvesting import rows
from tests.hostile.cases import CASES, Case
from tests.hostile.harvest import GOOD, Harvest, good_source, run, served
from tests.hostile.server import HostileServer

ROWS = ("documents", "comments", "list_entries", "links", "quarantine", "fetches")
OF_THE_RUN = {
    *("retrieved_at", "warc_file", "warc_offset", "first_seen", "last_seen", "last_changed"),
    *("run", "started", "finished", "fetched_at", "seconds", "bytes", "quarantine_id"),
}
"""Columns that say when and where something was fetched, and ids that are made from these."""
CRAWL_MEMORY = 3 << 29
"""Bytes that the crawling process may have, whatever its servers send."""
HARVEST_SECONDS = 300


@dataclass(frozen=True, slots=True)
class Harvests:
    alone: Harvest
    beside: Harvest
    servers: dict[str, HostileServer]
    tables: dict[str, list[dict[str, Any]]]
    good_alone: dict[str, list[str]]
    good_beside: dict[str, list[str]]

    def of(self, table: str, source: str) -> list[dict[str, Any]]:
        return [row for row in self.tables[table] if row["source"] == source]


@pytest.fixture(scope="module")
def harvests(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Harvests]:
    folders = [tmp_path_factory.mktemp(name) for name in ("alone", "beside", "certificates")]
    with good_source() as good, served(CASES, folders[2]) as (servers, environment):
        alone = run([GOOD], folders[0], good)
        # Pseudonyms are made with it, and are to be the same in both.
        shutil.copy(folders[0] / "pseudonym.key", folders[1])
        names = [GOOD, *(case.name for case in CASES)]
        beside = run(names, folders[1], good | environment)
        tables = {name: rows(beside.data, name) for name in (*ROWS, "runs")}
        good_alone, good_beside = ({n: facts(h.data, n) for n in ROWS} for h in (alone, beside))
        yield Harvests(alone, beside, servers, tables, good_alone, good_beside)


def facts(data: Path, table: str) -> list[str]:
    """The good source's rows without what differs from run to run, in an order of their own."""
    return sorted(str(_lasting(row)) for row in rows(data, table) if row["source"] == GOOD)


def _lasting(row: dict[str, Any]) -> dict[str, Any]:
    kept = {k: v for k, v in row.items() if k not in OF_THE_RUN}
    if "status" in kept:  # a column with nulls comes back as floats
        kept["status"] = int(kept["status"])
    if "row" in kept:
        kept["row"] = _lasting(json.loads(kept["row"]))
    return kept


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Case, harvests: Harvests) -> None:
    """Its source ends as it should, and the good one beside it as if it were alone."""
    [ended] = harvests.of("runs", case.name)
    assert ended["outcome"] == case.outcome, ended["reason"]
    assert re.search(case.reason, ended["reason"] or ""), ended["reason"]
    quarantined = harvests.of("quarantine", case.name)
    found = {row["reason"] for row in quarantined}
    told = [(row["reason"], row["details"]) for row in quarantined]
    assert found >= set(case.quarantined), told
    assert found <= set(MEANING), told
    assert len(harvests.of("documents", case.name)) == case.documents
    assert not harvests.servers["secret"].asked
    assert harvests.good_beside == harvests.good_alone


def test_the_good_source_completes(harvests: Harvests) -> None:
    assert harvests.alone.exit_code == 0
    assert harvests.beside.exit_code == 3
    [ended] = harvests.of("runs", GOOD)
    assert (ended["outcome"], ended["reason"]) == ("exhausted", None)
    assert harvests.of("documents", GOOD)
    assert all(harvests.good_beside[table] for table in ROWS)


def test_nobody_connects_to_a_private_address(harvests: Harvests) -> None:
    assert (harvests.servers["secret"].connections, harvests.servers["secret"].asked) == (0, [])


def test_time_and_memory_are_bounded(harvests: Harvests) -> None:
    assert harvests.beside.seconds < HARVEST_SECONDS
    peaks = [int(n) for n in re.findall(r"'memusage/max': (\d+)", harvests.beside.log)]
    assert 0 < max(peaks) < CRAWL_MEMORY


def test_what_a_site_announces_is_not_believed(harvests: Harvests) -> None:
    scheduled = [int(n) for n in re.findall(r"'scheduler/enqueued': (\d+)", harvests.beside.log)]
    assert 0 < max(scheduled) < 1000


def test_nothing_of_one_site_is_told_to_another(harvests: Harvests) -> None:
    for server in harvests.servers.values():
        for head in server.heads:
            assert not re.search(r"(?im)^(cookie|authorization|proxy-authorization):", head), head
            for referer in re.findall(r"(?im)^referer: (\S+)", head):
                host = re.search(r"(?im)^host: (\S+)", head)
                assert host and f"//{host[1]}/" in referer, head


def test_no_other_port_is_opened(harvests: Harvests) -> None:
    """Neither telnet nor remote control: the crawl listens nowhere."""
    assert harvests.beside.listened == set()


def test_markup_comes_out_escaped(harvests: Harvests) -> None:
    release = harvests.beside.data / "latest"
    card = (release / "DATASET.md").read_text(encoding="utf-8")
    assert "alert(document.cookie)" in card, "the case's licence is not shown"
    assert "<script" not in card.lower()
    for row in harvests.tables["documents"]:
        assert not re.search(r"(?i)(?<!\\)<(script|svg|iframe|img)\b", _prose(row["markdown"]))
        assert "javascript:alert" not in re.sub(r"`[^`]*`", "", row["markdown"] or "")
    assert not [
        r for r in harvests.tables["links"] if not re.match(r"(?:https?|mailto):", r["url"])
    ]


def _prose(markdown: str | None) -> str:
    """Markdown without its code, in which markup means nothing."""
    return re.sub(r"(?s)```.*?```|`[^`\n]*`", "", markdown or "")


def test_texts_hold_no_character_that_steers(harvests: Harvests) -> None:
    steering = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
    for row in harvests.tables["documents"]:
        for name in ("title", "text", "markdown", "excerpt", "publisher"):
            assert not steering.search(row[name] or ""), (row["source"], name)
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f\x9b]", harvests.beside.output)


def test_files_are_only_where_they_belong(harvests: Harvests) -> None:
    data = harvests.beside.data
    folders = {path.name for path in (data / "archive").iterdir() if path.is_dir()}
    assert folders == {GOOD, *(case.name for case in CASES)}
    assert all(
        len(p.relative_to(data / "archive").parts) <= 2 for p in (data / "archive").rglob("*")
    )
    assert not list(Path("/tmp").glob("hostile"))  # noqa: S108 - the name that the headers ask for
