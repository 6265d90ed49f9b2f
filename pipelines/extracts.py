"""The extracts of a source: what each capture gave, kept so that a build costs what is new.

One SQLite file a source, below `<data>/extracts/`. It is a cache: every row carries the fingerprint
of the code that made it, and deleting the file costs a full replay and nothing else. SQLite also
does the sorting that the merge needs, on disk, so that memory stays bounded.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crawlers.archive import Capture
from pipelines.replay import Extract
from pipelines.rows import Row

SCHEMA = """
CREATE TABLE IF NOT EXISTS captures (
    warc_file TEXT NOT NULL, warc_offset INTEGER NOT NULL, fingerprint TEXT NOT NULL,
    PRIMARY KEY (warc_file, warc_offset)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS records (
    warc_file TEXT NOT NULL, warc_offset INTEGER NOT NULL, number INTEGER NOT NULL,
    kind TEXT NOT NULL, key TEXT NOT NULL, rank INTEGER NOT NULL, run TEXT NOT NULL,
    retrieved_at TEXT NOT NULL, content_sha256 TEXT, row TEXT NOT NULL,
    PRIMARY KEY (warc_file, warc_offset, number)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS by_key ON records (kind, key, retrieved_at);
"""


@dataclass(frozen=True, slots=True)
class Stored:
    """A record with its provenance."""

    key: str
    rank: int
    run: str
    retrieved_at: str
    warc_file: str
    warc_offset: int
    content_sha256: str | None
    row: Row

    @property
    def provenance(self) -> Row:
        return {
            "retrieved_at": self.retrieved_at,
            "warc_file": self.warc_file,
            "warc_offset": self.warc_offset,
            "content_sha256": self.content_sha256,
        }


class Extracts:
    """The store of one source. Use it as a context manager; a damaged file is begun anew."""

    def __init__(self, file: Path, archive: Path, fingerprint: str) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        self.archive = archive
        self.fingerprint = fingerprint
        try:
            self._db = _open(file)
        except sqlite3.DatabaseError:
            file.unlink()
            self._db = _open(file)

    def __enter__(self) -> Extracts:
        return self

    def __exit__(self, *error: object) -> None:
        self._db.commit()
        self._db.close()

    def name(self, capture: Capture) -> str:
        """A WARC file's path below the archive, as it stands in every row."""
        return capture.path.relative_to(self.archive).as_posix()

    def forget_outdated(self) -> None:
        """Drop what other code made, and what belongs to WARC files that are gone."""
        files = {row[0] for row in self._db.execute("SELECT DISTINCT warc_file FROM captures")}
        gone = [(f,) for f in files if not (self.archive / f).exists()]
        with self._db:
            for table in ("records", "captures"):
                self._db.executemany(f"DELETE FROM {table} WHERE warc_file = ?", gone)  # noqa: S608
            self._db.execute(
                "DELETE FROM records WHERE (warc_file, warc_offset) IN"
                " (SELECT warc_file, warc_offset FROM captures WHERE fingerprint != ?)",
                (self.fingerprint,),
            )
            self._db.execute("DELETE FROM captures WHERE fingerprint != ?", (self.fingerprint,))

    def has(self, capture: Capture) -> bool:
        found = self._db.execute(
            "SELECT 1 FROM captures WHERE warc_file = ? AND warc_offset = ?",
            (self.name(capture), capture.offset),
        )
        return found.fetchone() is not None

    def add(self, extract: Extract) -> None:
        """Store an extract whole or not at all."""
        capture = extract.capture
        where = (self.name(capture), capture.offset)
        meta = capture.meta
        common = (str(meta.get("run", "")), str(meta["fetched_at"]), extract.content_sha256)
        rows = [
            (*where, number, r.kind, r.key, r.rank, *common, _dump(r.row))
            for number, r in enumerate(extract.records)
        ]
        with self._db:
            self._db.executemany("INSERT INTO records VALUES (?,?,?,?,?,?,?,?,?,?)", rows)
            self._db.execute("INSERT INTO captures VALUES (?,?,?)", (*where, self.fingerprint))

    def sorted(self, kind: str) -> Iterator[Stored]:
        """All records of a kind by key, and of a key by time; one at a time."""
        rows = self._db.execute(
            "SELECT key, rank, run, retrieved_at, warc_file, warc_offset, content_sha256, row"
            " FROM records WHERE kind = ?"
            " ORDER BY key, retrieved_at, warc_file, warc_offset, number",
            (kind,),
        )
        for *columns, row in rows:
            yield Stored(*columns, json.loads(row))  # type: ignore[call-arg]

    def count_keys(self, kind: str, run: str) -> int:
        """How many different things of a kind a run told of."""
        query = "SELECT COUNT(DISTINCT key) FROM records WHERE kind = ? AND run = ?"
        return int(self._db.execute(query, (kind, run)).fetchone()[0])


def _open(file: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(file)
    connection.execute("PRAGMA journal_mode = WAL")
    # A cache that a power cut empties costs a replay, no data.
    connection.execute("PRAGMA synchronous = OFF")
    connection.executescript(SCHEMA)
    return connection


def _dump(row: Row) -> str:
    return json.dumps(row, ensure_ascii=False, sort_keys=True)


class Sorter:
    """Rows on their way into a release, put in a table's order by SQLite on disk.

    `columns` are the names that a table's rows are sorted by; null comes first. The file is
    temporary and goes with the object.
    """

    def __init__(self, file: Path, tables: dict[str, tuple[str, ...]]) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.unlink(missing_ok=True)
        self.file = file
        self.tables = tables
        self._db = sqlite3.connect(file)
        self._db.execute("PRAGMA journal_mode = OFF")
        self._db.execute("PRAGMA synchronous = OFF")
        for name, columns in tables.items():
            keys = ", ".join(f"k{i}" for i in range(len(columns)))
            self._db.execute(f"CREATE TABLE {name} (source TEXT, {keys}, row TEXT)")

    def __enter__(self) -> Sorter:
        return self

    def __exit__(self, *error: object) -> None:
        self._db.close()
        self.file.unlink(missing_ok=True)

    def add(self, table: str, source: str, rows: Iterable[Row]) -> int:
        """Add rows and return how many."""
        columns = self.tables[table]
        marks = ",".join("?" * (len(columns) + 2))
        values = ((source, *(_key(r[c]) for c in columns), _dump(r)) for r in rows)
        with self._db:
            return self._db.executemany(f"INSERT INTO {table} VALUES ({marks})", values).rowcount  # noqa: S608

    def rows(self, table: str, source: str) -> Iterator[Row]:
        keys = ", ".join(f"k{i}" for i in range(len(self.tables[table])))
        query = f"SELECT row FROM {table} WHERE source = ? ORDER BY {keys}, row"  # noqa: S608
        for (row,) in self._db.execute(query, (source,)):
            yield json.loads(row)


def _key(value: Any) -> Any:
    return value if value is None or isinstance(value, (int, str)) else str(value)
