"""The ledger: which runs there were and how they ended, in `<data>/ledger.sqlite`.

It holds nothing that the archive does not, so it can be deleted and comes back from it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crawlers.archive import RunRecord, scan, warc_files

SCHEMA = """
CREATE TABLE IF NOT EXISTS runs (
    source TEXT NOT NULL, run TEXT NOT NULL, started TEXT, finished TEXT,
    outcome TEXT, reason TEXT, documents INTEGER,
    PRIMARY KEY (source, run)
) WITHOUT ROWID;
"""
COLUMNS = ("source", "run", "started", "finished", "outcome", "reason")


@dataclass(frozen=True, slots=True)
class Run:
    """A crawl of a source; times are ISO, UTC. `documents` are those of the release after it."""

    source: str
    run: str
    started: str | None
    finished: str | None
    outcome: str | None
    reason: str | None
    documents: int | None


class Ledger:
    """Use it as a context manager. Raises sqlite3.Error if the file cannot be read or written."""

    def __init__(self, data: Path) -> None:
        data.mkdir(parents=True, exist_ok=True)
        self._db = sqlite3.connect(data / "ledger.sqlite", timeout=30)
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.executescript(SCHEMA)

    def __enter__(self) -> Ledger:
        return self

    def __exit__(self, *error: object) -> None:
        self._db.commit()
        self._db.close()

    def record(self, run: Mapping[str, Any]) -> None:
        """Keep a run's own record, as it stands at the end of its WARC file."""
        values = tuple(run.get(name) for name in COLUMNS)
        self._db.execute("INSERT OR REPLACE INTO runs VALUES (?,?,?,?,?,?,NULL)", values)

    def count_documents(self, source: str, documents: int) -> None:
        """Note what the release after a source's latest run holds of it."""
        self._db.execute(
            "UPDATE runs SET documents = ? WHERE source = ? AND run ="
            " (SELECT MAX(run) FROM runs WHERE source = ?)",
            (documents, source, source),
        )

    def latest(self) -> dict[str, Run]:
        """The latest run of each source."""
        query = (
            "SELECT source, run, started, finished, outcome, reason, documents FROM runs AS r"
            " WHERE run = (SELECT MAX(run) FROM runs WHERE source = r.source)"
        )
        return {row[0]: Run(*row) for row in self._db.execute(query)}

    def fill_from(self, archive: Path) -> None:
        """Record every run of the archive that is not in the ledger."""
        known = set(self._db.execute("SELECT source, run FROM runs"))
        for path in _all_files(archive):
            key = (path.parent.name, path.name.removesuffix(".warc.gz"))
            if key not in known:
                self.record(_run_of(path) | {"source": key[0], "run": key[1]})


def _all_files(archive: Path) -> Iterator[Path]:
    for folder in sorted(archive.glob("*")):
        yield from warc_files(archive, folder.name)


def _run_of(path: Path) -> dict[str, Any]:
    for entry in scan(path):
        if isinstance(entry, RunRecord):
            return dict(entry.data)
    return {"outcome": "interrupted", "reason": "the run was ended from outside"}
