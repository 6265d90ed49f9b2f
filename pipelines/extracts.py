"""The extracts of a source: what each capture gave, kept so that a build costs what is new.

One SQLite file a source, below `<data>/extracts/`. It is a cache: every row carries the fingerprint
of the code that made it, and deleting the file costs a full replay and nothing else. SQLite also
does the sorting that the merge needs, on disk, so that memory stays bounded.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crawlers.archive import Capture
from crawlers.stores import insert, open_store
from pipelines.replay import Extract
from pipelines.rows import Row

SCHEMA_VERSION = 3
TABLES = {
    "captures": """
        warc_file TEXT NOT NULL, warc_offset INTEGER NOT NULL, fingerprint TEXT NOT NULL,
        run TEXT NOT NULL, seen_at TEXT NOT NULL, payload TEXT NOT NULL, call TEXT NOT NULL,
        made_file TEXT NOT NULL, made_offset INTEGER NOT NULL,
        PRIMARY KEY (warc_file, warc_offset)""",
    "records": """
        warc_file TEXT NOT NULL, warc_offset INTEGER NOT NULL, number INTEGER NOT NULL,
        kind TEXT NOT NULL, key TEXT NOT NULL, rank INTEGER NOT NULL, content_sha256 TEXT,
        retrieved_at TEXT NOT NULL, payload_file TEXT NOT NULL, payload_offset INTEGER NOT NULL,
        row TEXT NOT NULL,
        PRIMARY KEY (warc_file, warc_offset, number)""",
}
INDEXES = (
    "CREATE INDEX by_kind ON records (kind, key)",
    "CREATE INDEX by_payload ON captures (payload, call)",
    "CREATE INDEX by_maker ON captures (made_file, made_offset)",
)
# A cache that a power cut empties costs a replay, no data.
PRAGMAS = ("journal_mode = WAL", "synchronous = OFF")


@dataclass(frozen=True, slots=True)
class Stored:
    """A record as a run saw it, with its provenance.

    `seen_at` is when the run saw it, `retrieved_at` when the bytes came that it was made from:
    they differ where the server said "not modified", or sent the same bytes again. `row` is empty
    where the capture only told that nothing changed.
    """

    key: str
    rank: int
    run: str
    seen_at: str
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
    """The store of one source. Use it as a context manager.

    `fingerprint` is of what made the extracts, and `limits` of the limits that it was under: what
    gave up at one of them is made again under others. With `check`, all of it is read first; a
    damaged file is begun anew, and `note` then says so.
    """

    def __init__(
        self, file: Path, archive: Path, fingerprint: str, limits: str = "", *, check: bool = False
    ) -> None:
        self.archive = archive
        self.fingerprint = fingerprint
        self.limited = f"{fingerprint} {limits}"
        self._db, self.note = open_store(
            file, TABLES, SCHEMA_VERSION, indexes=INDEXES, pragmas=PRAGMAS, check=check
        )

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
        query = "SELECT DISTINCT warc_file FROM captures UNION SELECT made_file FROM captures"
        files = {row[0] for row in self._db.execute(query)}
        gone = [(f, f) for f in files if not (self.archive / f).exists()]
        with self._db:
            self._db.executemany("DELETE FROM captures WHERE warc_file = ? OR made_file = ?", gone)
            self._db.execute(
                "DELETE FROM captures WHERE fingerprint NOT IN (?, ?)",
                (self.fingerprint, self.limited),
            )
            self._forget_unused()

    def forget_files(self, names: Iterable[str]) -> None:
        """Drop what was made from WARC files that are not what they were."""
        pairs = [(name, name) for name in names]
        with self._db:
            self._db.executemany("DELETE FROM captures WHERE warc_file = ? OR made_file = ?", pairs)
            self._forget_unused()

    def _forget_unused(self) -> None:
        self._db.execute(
            "DELETE FROM records WHERE (warc_file, warc_offset) NOT IN"
            " (SELECT made_file, made_offset FROM captures)"
        )

    def has(self, capture: Capture) -> bool:
        found = self._db.execute(
            "SELECT 1 FROM captures WHERE warc_file = ? AND warc_offset = ?",
            (self.name(capture), capture.offset),
        )
        return found.fetchone() is not None

    def share(self, capture: Capture) -> bool:
        """Let a capture of the same bytes, seen by the same callback, have the same records.

        Returns False if there is none.
        """
        made = self._db.execute(
            "SELECT made_file, made_offset, fingerprint FROM captures"
            " WHERE payload = ? AND call = ?",
            (self._payload(capture), _call(capture)),
        ).fetchone()
        if made:
            with self._db:
                self._add_capture(capture, made[:2], made[2])
        return made is not None

    def add(self, extract: Extract) -> None:
        """Store an extract whole or not at all."""
        capture = extract.capture
        where = (self.name(capture), capture.offset)
        payload = (f"{capture.path.parent.name}/{capture.payload.file}", capture.payload.offset)
        origin = (extract.content_sha256, str(capture.meta["fetched_at"]), *payload)
        rows = [
            (*where, number, r.kind, r.key, r.rank, *origin, _dump(r.row))
            for number, r in enumerate(extract.records)
        ]
        with self._db:
            insert(self._db, "records", rows)
            self._add_capture(
                capture, where, self.limited if extract.is_limited else self.fingerprint
            )

    def _add_capture(self, capture: Capture, made: tuple[str, int], fingerprint: str) -> None:
        values = (
            *(self.name(capture), capture.offset, fingerprint),
            *(str(capture.meta.get("run", "")), str(capture.meta["fetched_at"])),
            *(self._payload(capture), _call(capture)),
            *made,
        )
        insert(self._db, "captures", [values])

    @staticmethod
    def _payload(capture: Capture) -> str:
        return f"{capture.payload.file}@{capture.payload.offset}"

    def sorted(self, kind: str) -> Iterator[Stored]:
        """All records of a kind by key, and of a key by run and time; one at a time."""
        rows = self._db.execute(
            "SELECT r.key, r.rank, c.run, c.seen_at, r.retrieved_at, r.payload_file,"
            " r.payload_offset, r.content_sha256, r.row"
            " FROM records AS r JOIN captures AS c"
            " ON (r.warc_file, r.warc_offset) = (c.made_file, c.made_offset)"
            " WHERE r.kind = ?"
            " ORDER BY r.key, c.run, c.seen_at, c.warc_file, c.warc_offset, r.number",
            (kind,),
        )
        for *columns, row in rows:
            yield Stored(*columns, json.loads(row))  # type: ignore[call-arg]

    def query(self, sql: str, values: Sequence[str] = ()) -> Iterator[tuple[Any, ...]]:
        """The rows of a query of its tables, one at a time."""
        yield from self._db.execute(sql, values)

    def count_keys(self, kind: str) -> dict[str, int]:
        """How many different things of a kind each run saw."""
        query = (
            "SELECT c.run, COUNT(DISTINCT r.key) FROM records AS r JOIN captures AS c"
            " ON (r.warc_file, r.warc_offset) = (c.made_file, c.made_offset)"
            " WHERE r.kind = ? GROUP BY c.run"
        )
        return dict(self._db.execute(query, (kind,)).fetchall())


def _call(capture: Capture) -> str:
    """What a replay of the capture depends on besides its bytes."""
    meta = {k: v for k, v in (capture.meta.get("meta") or {}).items() if k not in _OF_TRANSFER}
    said = [capture.meta.get(name) for name in ("callback", "cb_kwargs")]
    return _dump([capture.url, *said, meta, capture.meta.get("flags") or []])


_OF_TRANSFER = {"handle_httpstatus_list", "retry_times", "depth"}


def _dump(row: Any) -> str:
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

    def forget(self, source: str | None, *tables: str) -> None:
        """Take the rows of a source out of tables; those of all sources, if None is given."""
        with self._db:
            for table in tables or self.tables:
                query = f"DELETE FROM {table} WHERE source = ? OR ? IS NULL"  # noqa: S608
                self._db.execute(query, (source, source))

    def add(self, table: str, source: str, rows: Iterable[Row]) -> int:
        """Add rows and return how many."""
        columns = self.tables[table]
        marks = ",".join("?" * (len(columns) + 2))
        values = ((source, *(_key(r[c]) for c in columns), _dump(r)) for r in rows)
        with self._db:
            return self._db.executemany(f"INSERT INTO {table} VALUES ({marks})", values).rowcount  # noqa: S608

    def rows(self, table: str, source: str) -> Iterator[Row]:
        for _, row in self.numbered(table, source):
            yield row

    def numbered(self, table: str, source: str) -> Iterator[tuple[int, Row]]:
        """The rows in their order, each with the number by which `replace` knows it."""
        keys = ", ".join(f"k{i}" for i in range(len(self.tables[table])))
        query = f"SELECT rowid, row FROM {table} WHERE source = ? ORDER BY {keys}, row"  # noqa: S608
        for number, row in self._db.execute(query, (source,)):
            yield number, json.loads(row)

    def replace(self, table: str, rows: Iterable[tuple[int, Row | None]]) -> None:
        """Put others in the place of rows that were read already; None takes one out."""
        columns = self.tables[table]
        keys = ", ".join(f"k{i} = ?" for i in range(len(columns)))
        with self._db:
            for number, row in rows:
                if row is None:
                    self._db.execute(f"DELETE FROM {table} WHERE rowid = ?", (number,))  # noqa: S608
                    continue
                values = (*(_key(row[c]) for c in columns), _dump(row), number)
                self._db.execute(f"UPDATE {table} SET {keys}, row = ? WHERE rowid = ?", values)  # noqa: S608


def _key(value: Any) -> Any:
    return value if value is None or isinstance(value, (int, str)) else str(value)
