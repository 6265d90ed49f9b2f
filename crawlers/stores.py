"""SQLite files that can be made anew: every row has a checksum, and what does not check is told.

SQLite finds damage to its own structure, if it is asked to, but a bit that flips within a value
makes another value.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterable, Mapping
from itertools import chain
from pathlib import Path

OF_THE_MACHINE = frozenset(
    {
        *(sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL, sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_BUSY),
        *(sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY),
        *(sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH, sqlite3.SQLITE_INTERRUPT),
    }
)
"""Error codes that say nothing of the file."""
ENDINGS = ("", "-wal", "-shm", "-journal")
"""What SQLite writes beside a file belongs to it."""
PATIENCE = 30.0
"""Seconds to wait for another process that has the file."""
FORMATS = frozenset({1, 2})
"""The versions of the file format (bytes 18 and 19); with others SQLite would not write."""


class DamagedError(Exception):
    """A file is not what was written; the message says what was found."""


def open_store(
    file: Path,
    tables: Mapping[str, str],
    version: int,
    *,
    indexes: Iterable[str] = (),
    pragmas: Iterable[str] = (),
    check: bool = True,
) -> tuple[sqlite3.Connection, str | None]:
    """A connection to `file`, and in one line what was damaged there.

    `tables` has the columns and the key of each as SQL; a column `sum` is added, which `insert`
    fills in. A file of an older version is begun anew; so is one that is damaged, which `check`
    finds wherever it is, for it reads all. Raises sqlite3.Error for what is no fault of the file,
    such as a full disk.
    """
    schema = [*(_create(name, columns) for name, columns in tables.items()), *indexes]
    to_check = tuple(tables) if check else ()
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        return _open(file, schema, version, pragmas, to_check), None
    except DamagedError as error:
        remove(file)
        connection = _open(file, schema, version, pragmas, ())
        return connection, f"{file} is damaged ({error}); it is made anew"


def remove(file: Path) -> None:
    """Take a store away, with what SQLite wrote beside it."""
    for ending in ENDINGS:
        file.with_name(file.name + ending).unlink(missing_ok=True)


def insert(connection: sqlite3.Connection, table: str, rows: Iterable[tuple[object, ...]]) -> None:
    """Add rows to a table, in the place of those with the same keys."""
    summed = ((*row, row_sum((table, *row))) for row in rows)
    first = next(summed, None)
    if first is not None:
        marks = ",".join("?" * len(first))
        statement = f"INSERT OR REPLACE INTO {table} VALUES ({marks})"  # noqa: S608
        connection.executemany(statement, chain([first], summed))


def row_sum(row: tuple[object, ...]) -> int:
    """The checksum of a row (its table and its values): CRC-32 over them as text, whatever type
    SQLite gives them."""
    return zlib.crc32("\x1f".join(map(_as_text, row)).encode("utf-8", "surrogatepass"))


def _as_text(value: object) -> str:
    if isinstance(value, str):
        return value
    return "\0" if value is None else str(int(value) if isinstance(value, bool) else value)


def begin(connection: sqlite3.Connection, schema: Iterable[str], version: int) -> None:
    """Put empty tables in the place of all that is there, at once or not at all."""
    found = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    with connection:
        # Else each statement would count at once, and a kill could leave it without a table.
        connection.execute("BEGIN IMMEDIATE")
        for (name,) in found:
            connection.execute(f'DROP TABLE "{name}"')
        for statement in schema:
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {version}")


def _create(name: str, columns: str) -> str:
    plain, word, key = columns.rpartition("PRIMARY KEY")
    return f"CREATE TABLE {name} ({plain}sum INTEGER NOT NULL, {word}{key}) WITHOUT ROWID"


def _open(
    file: Path,
    schema: list[str],
    version: int,
    pragmas: Iterable[str],
    to_check: tuple[str, ...],
) -> sqlite3.Connection:
    connection = sqlite3.connect(file, timeout=PATIENCE)
    try:
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}")
        found = connection.execute("PRAGMA user_version").fetchone()[0]
        if found == version:
            if to_check:
                _check(connection, file, schema, to_check)
        elif found > version:
            raise DamagedError(f"version {found}, and this program knows {version}")
        else:
            begin(connection, schema, version)
    except BaseException as error:
        connection.close()
        if _is_damage(error):
            raise DamagedError(str(error)) from error
        raise
    return connection


def _check(
    connection: sqlite3.Connection, file: Path, schema: list[str], tables: tuple[str, ...]
) -> None:
    """Read all of a file. Raises DamagedError, or what SQLite says."""
    with file.open("rb") as raw:
        if not FORMATS.issuperset(raw.read(20)[18:]):
            raise DamagedError("its header is none of SQLite's")
    query = "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL"
    if sorted(sql for (sql,) in connection.execute(query)) != sorted(schema):
        raise DamagedError("its tables are others")
    (told,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    if told != "ok":
        raise DamagedError(" ".join(str(told).split()))
    for table in tables:
        for row in connection.execute(f"SELECT * FROM {table}"):  # noqa: S608
            if row_sum((table, *row[:-1])) != row[-1]:
                raise DamagedError(f"a row of {table} has another checksum")


def disk_trouble(error: Exception) -> str:
    """What to say of a file that the machine could not read or write: mostly the disk is full, and
    each library says so in words of its own."""
    return f"{error}; is the disk full?"


def _is_damage(error: BaseException) -> bool:
    if isinstance(error, sqlite3.Error):
        # Text that is no UTF-8 is told without a code.
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT)
        return code & 0xFF not in OF_THE_MACHINE
    return isinstance(error, (DamagedError, OverflowError, UnicodeDecodeError))
