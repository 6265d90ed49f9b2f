"""Harvest a mirror twice: what the second run asks a site for that has not changed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.serving import UNITINGNC, scrapy, serve, unpack
from tests.kills.aftermath import site_rows

MOST_WITH_BODY = 0.05
"""The share of the first run's answers with a body that the second may have."""


@dataclass(frozen=True, slots=True)
class Run:
    """What a run asked for, by the server's own list. `bytes` are those of bodies."""

    exit_code: int
    requests: int
    with_body: int
    bytes: int


@dataclass(frozen=True, slots=True)
class Unchanged:
    """Two harvests of a site that did not change between them."""

    source: str
    first: Run
    second: Run
    is_same_release: bool

    @property
    def share(self) -> float:
        return self.second.with_body / max(self.first.with_body, 1)

    @property
    def is_met(self) -> bool:
        ended_well = self.first.exit_code == self.second.exit_code == 0
        return ended_well and self.is_same_release and self.share <= MOST_WITH_BODY


def harvest_twice(folder: Path) -> Unchanged:
    """Serve the mirror of a WordPress site and harvest it twice, with all files below `folder`."""
    files = unpack(UNITINGNC, folder)
    log, data = folder / "requests.jsonl", folder / "data"
    with serve(UNITINGNC, files, log) as address:
        first = scrapy(UNITINGNC, address, data, "harvest", UNITINGNC.source)
        asked, rows = _read(log), site_rows(data)
        second = scrapy(UNITINGNC, address, data, "harvest", UNITINGNC.source)
        asked_again = _read(log)[len(asked) :]
    return Unchanged(
        UNITINGNC.source,
        _run(first.returncode, asked),
        _run(second.returncode, asked_again),
        site_rows(data) == rows,
    )


def _read(log: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]


def _run(exit_code: int, asked: list[dict[str, Any]]) -> Run:
    sizes = [int(entry["bytes"]) for entry in asked]
    return Run(exit_code, len(sizes), sum(size > 0 for size in sizes), sum(sizes))
