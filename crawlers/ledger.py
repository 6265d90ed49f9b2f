"""The ledger: runs, addresses, validators, and what is due, in `<data>/ledger.sqlite`.

It holds nothing that the archive does not, so it can be deleted and comes back from it:

    python -m crawlers.ledger --rebuild
"""

from __future__ import annotations

import argparse
import json
import sqlite3
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from crawlers.archive import Capture, Reference, RunRecord, scan, warc_files
from crawlers.archive.records import GOOD, KILLED, run_name

SCHEMA_VERSION = 2
SCHEMA = """
CREATE TABLE runs (
    source TEXT NOT NULL, run TEXT NOT NULL, started TEXT, finished TEXT,
    outcome TEXT, reason TEXT, is_full INTEGER, documents INTEGER, verdict TEXT,
    bytes INTEGER NOT NULL,
    PRIMARY KEY (source, run)
) WITHOUT ROWID;
CREATE TABLE captures (
    source TEXT NOT NULL, url TEXT NOT NULL, run TEXT NOT NULL, number INTEGER NOT NULL,
    seen_status INTEGER NOT NULL, callback TEXT, cb_kwargs TEXT NOT NULL,
    fetched_at TEXT NOT NULL, version TEXT, etag TEXT, last_modified TEXT,
    digest TEXT, file TEXT NOT NULL, offset INTEGER NOT NULL,
    PRIMARY KEY (source, url, run, number)
) WITHOUT ROWID;
CREATE TABLE inventories (
    source TEXT NOT NULL, run TEXT NOT NULL, kind TEXT NOT NULL, versions TEXT NOT NULL,
    PRIMARY KEY (source, run, kind)
) WITHOUT ROWID;
"""
TABLES = ("runs", "captures", "inventories")
RUN_COLUMNS = "source, run, started, finished, outcome, reason, is_full, documents, verdict"


@dataclass(frozen=True, slots=True)
class Run:
    """A crawl of a source; times are ISO, UTC.

    `is_full` says that it took nothing for granted; `documents` are those of the release after it,
    `verdict` is what the build had to say against it, both None until a build has seen it.
    """

    source: str
    run: str
    started: str | None
    finished: str | None
    outcome: str | None
    reason: str | None
    is_full: bool
    documents: int | None
    verdict: str | None

    @property
    def is_good(self) -> bool:
        return self.outcome == GOOD and not self.verdict


@dataclass(frozen=True, slots=True)
class Held:
    """The latest capture of an address: what was seen there, and where its bytes are.

    `file` is a WARC file of the source, `offset` the byte at which the `response` record begins;
    `cb_kwargs` is JSON; `version` is
    what the site's own list called this state of the page.
    """

    url: str
    run: str
    seen_status: int
    callback: str | None
    cb_kwargs: str
    fetched_at: str
    version: str | None
    etag: str | None
    last_modified: str | None
    digest: str | None
    file: str
    offset: int

    @property
    def payload(self) -> Reference:
        """Where the bytes are."""
        return Reference(self.file, self.offset)


class Ledger:
    """Use it as a context manager. Raises sqlite3.Error if the file cannot be read or written."""

    def __init__(self, data: Path) -> None:
        data.mkdir(parents=True, exist_ok=True)
        self._db = sqlite3.connect(data / "ledger.sqlite", timeout=30)
        if self._db.execute("PRAGMA user_version").fetchone()[0] != SCHEMA_VERSION:
            self.clear()

    def __enter__(self) -> Ledger:
        return self

    def __exit__(self, *error: object) -> None:
        self._db.commit()
        self._db.close()

    def clear(self) -> None:
        """Begin anew, with nothing in it."""
        with self._db:
            # Else each statement would count at once, and a kill could leave it without a table.
            self._db.execute("BEGIN IMMEDIATE")
            for table in TABLES:
                self._db.execute(f"DROP TABLE IF EXISTS {table}")
            for statement in SCHEMA.split(";"):
                self._db.execute(statement)
            self._db.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")

    # --- from the archive ---

    def fill_from(self, archive: Path) -> int:
        """Read every WARC file that is new or has grown, and return how many.

        Runs whose file is gone are forgotten, for what they fetched is to be fetched again. The
        file of a run that another process is writing looks interrupted; it is read again when
        it has grown.
        """
        rows = self._db.execute("SELECT source, run, bytes FROM runs")
        known = {(source, run): size for source, run, size in rows}
        count = 0
        for path in _all_files(archive):
            size = path.stat().st_size
            if known.pop((path.parent.name, run_name(path)), None) != size:
                self._read(path, size)
                count += 1
        with self._db:
            for key in known:
                self._delete(key)
        return count

    def _delete(self, key: tuple[str, str]) -> None:
        for table in TABLES:
            self._db.execute(f"DELETE FROM {table} WHERE source = ? AND run = ?", key)  # noqa: S608

    def _read(self, path: Path, size: int) -> None:
        """Take in one WARC file, whole or not at all."""
        key = (path.parent.name, run_name(path))
        said: Mapping[str, Any] = KILLED
        with self._db:
            self._delete(key)
            for number, entry in enumerate(scan(path)):
                if isinstance(entry, RunRecord):
                    said = entry.data
                elif isinstance(entry, Capture) and entry.seen_status is not None:
                    self._add_capture(key, number, entry)
            told = [said.get(name) for name in ("started", "finished", "outcome", "reason")]
            self._db.execute(
                "INSERT INTO runs VALUES (?,?,?,?,?,?,?,NULL,NULL,?)",
                (*key, *told, bool(said.get("is_full")), size),
            )
            for kind, versions in (said.get("inventories") or {}).items():
                self._db.execute(
                    "INSERT INTO inventories VALUES (?,?,?,?)", (*key, kind, json.dumps(versions))
                )

    def _add_capture(self, key: tuple[str, str], number: int, capture: Capture) -> None:
        if "dataloss" in (capture.meta.get("flags") or ()):
            return
        source, run = key
        self._db.execute(
            f"INSERT INTO captures VALUES ({','.join('?' * 14)})",  # noqa: S608
            (
                source,
                capture.url,
                run,
                number,
                capture.seen_status,
                capture.meta.get("callback"),
                json.dumps(capture.meta.get("cb_kwargs") or {}),
                capture.meta.get("fetched_at") or "",
                capture.meta.get("version"),
                capture.etag,
                capture.last_modified,
                capture.digest,
                capture.payload.file,
                capture.payload.offset,
            ),
        )

    # --- what is known ---

    def runs(self, source: str) -> list[Run]:
        """All runs of a source, oldest first."""
        query = f"SELECT {RUN_COLUMNS} FROM runs WHERE source = ? ORDER BY run"  # noqa: S608
        return [_as_run(row) for row in self._db.execute(query, (source,))]

    def latest(self) -> dict[str, Run]:
        """The latest run of each source."""
        query = (
            f"SELECT {RUN_COLUMNS} FROM runs AS r"  # noqa: S608
            " WHERE run = (SELECT MAX(run) FROM runs WHERE source = r.source)"
        )
        return {row[0]: _as_run(row) for row in self._db.execute(query)}

    def held(self, source: str) -> dict[str, Held]:
        """The latest capture of each address of a source.

        Its validators are the last that any answer from there carried: a "not modified" need not
        repeat them.
        """
        found: dict[str, Held] = {}
        query = (
            "SELECT url, run, seen_status, callback, cb_kwargs, fetched_at, version, etag,"
            " last_modified, digest, file, offset FROM captures"
            " WHERE source = ? ORDER BY run, number"
        )
        for row in self._db.execute(query, (source,)):
            new = Held(*row)
            old = found.get(new.url)
            if old and old.payload == new.payload:
                etag, changed = new.etag or old.etag, new.last_modified or old.last_modified
                digest = new.digest or old.digest
                new = replace(new, etag=etag, last_modified=changed, digest=digest)
            found[new.url] = new
        return found

    def inventories(self, source: str, run: str) -> dict[str, dict[str, str]]:
        """The complete lists that a run met: of each kind, the version of each native id."""
        query = "SELECT kind, versions FROM inventories WHERE source = ? AND run = ?"
        return {kind: json.loads(text) for kind, text in self._db.execute(query, (source, run))}

    # --- what a build found ---

    def note_build(self, source: str, run: str, documents: int, verdict: str | None) -> None:
        """Note what the release after a source's run holds of it, and what speaks against it."""
        self._db.execute(
            "UPDATE runs SET documents = ?, verdict = ? WHERE source = ? AND run = ?",
            (documents, verdict, source, run),
        )

    def unbuilt(self) -> set[str]:
        """The sources with a run that no build has seen."""
        found = self._db.execute("SELECT DISTINCT source FROM runs WHERE documents IS NULL")
        return {row[0] for row in found}


def _as_run(row: tuple[Any, ...]) -> Run:
    source, run, started, finished, outcome, reason, is_full, documents, verdict = row
    return Run(source, run, started, finished, outcome, reason, bool(is_full), documents, verdict)


def _all_files(archive: Path) -> Iterator[Path]:
    for folder in sorted(archive.glob("*")):
        yield from warc_files(archive, folder.name)


def main() -> None:
    """Restore the ledger from the archive, as a command."""
    from scrapy.utils.project import get_project_settings

    parser = argparse.ArgumentParser(
        prog="python -m crawlers.ledger",
        description="The ledger holds runs, addresses and validators; the archive has them all.",
    )
    parser.add_argument(
        "--rebuild", action="store_true", required=True, help="read it anew from the archive"
    )
    parser.parse_args()
    data = Path(get_project_settings()["HARVEST_DATA"])
    with Ledger(data) as ledger:
        ledger.clear()
        count = ledger.fill_from(data / "archive")
    sys.stdout.write(f"{data / 'ledger.sqlite'}: {count} runs read from the archive\n")


if __name__ == "__main__":
    main()
