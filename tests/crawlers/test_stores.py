"""Ledger and extracts: damage at any place is found or harmless, and the file is made anew."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from crawlers import stores
from crawlers.ledger import SCHEMA_VERSION, TABLES, Ledger
from crawlers.stores import insert, open_store

INDEXES = ("CREATE INDEX by_url ON captures (url)",)
TRIES = 150
ROW = ("parish", "https://parish.example/", "r", 7, 200, None, "{}", "2026", "3", "e", "m", "d")
Content = dict[str, list[tuple[object, ...]]]


def opened(file: Path, *, check: bool = True) -> tuple[sqlite3.Connection, str | None]:
    return open_store(file, TABLES, SCHEMA_VERSION, indexes=INDEXES, check=check)


def fill(file: Path) -> Content:
    connection, note = opened(file)
    assert note is None
    with connection:
        insert(connection, "captures", [(*ROW[:3], n, *ROW[4:], "f", n * 512) for n in range(120)])
        insert(connection, "runs", [("parish", "r", None, None, "é", "", True, 7)])
        insert(connection, "builds", [("parish", "r", 3, None)])
        insert(connection, "inventories", [("parish", "r", "post", '{"1": "a"}')])
    return content(connection)


def content(connection: sqlite3.Connection) -> Content:
    """All rows, by the tables and by the index."""
    found = {name: connection.execute(f"SELECT * FROM {name}").fetchall() for name in TABLES}  # noqa: S608
    found["by url"] = connection.execute("SELECT url FROM captures ORDER BY url").fetchall()
    connection.close()
    return found


def a_bit(content: bytearray, rng: random.Random) -> None:
    content[rng.randrange(len(content))] ^= 1 << rng.randrange(8)


def a_bit_of_the_header(content: bytearray, rng: random.Random) -> None:
    content[rng.randrange(100)] ^= 1 << rng.randrange(8)


def a_page(content: bytearray, rng: random.Random) -> None:
    start = rng.randrange(len(content) // 4096) * 4096
    content[start : start + 4096] = bytes(4096)


def the_end(content: bytearray, rng: random.Random) -> None:
    del content[rng.randrange(len(content)) :]


def two_pages(content: bytearray, rng: random.Random) -> None:
    one, two = (rng.randrange(len(content) // 4096) * 4096 for _ in range(2))
    content[one : one + 4096] = content[two : two + 4096]


DAMAGES = (a_bit, a_bit_of_the_header, a_page, the_end, two_pages)


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: str(damage.__name__))
def test_damage_is_found_wherever_it_is(
    damage: Callable[[bytearray, random.Random], None],
    tmp_path: Path,
    record_property: Callable[[str, object], None],
) -> None:
    file = tmp_path / "store.sqlite"
    known, rng, found = fill(file), random.Random(17), 0  # noqa: S311
    empty: Content = {name: [] for name in known}
    whole = file.read_bytes()
    for _ in range(TRIES):
        damaged = bytearray(whole)
        damage(damaged, rng)
        stores.remove(file)
        file.write_bytes(damaged)
        connection, note = opened(file)
        with connection:
            insert(connection, "builds", [("another", "r", 1, None)])
            connection.execute("DELETE FROM builds WHERE source = 'another'")
        assert content(connection) in ((empty,) if note else (known, empty))
        found += note is not None
    assert found > TRIES / 4
    record_property("damages tried", TRIES)
    record_property("damages found", found)


NO_STORES = {
    "nothing": b"",
    "zeros": bytes(9000),
    "text": b"no database at all\n" * 500,
    "half a header": b"SQLite format 3\0" + b"\x10\0",
    "another kind": b"PAR1" * 3000,
}


@pytest.mark.parametrize("name", NO_STORES)
def test_what_is_no_database_is_made_anew(name: str, tmp_path: Path) -> None:
    (tmp_path / "ledger.sqlite").write_bytes(NO_STORES[name])
    with Ledger(tmp_path, check=True) as ledger:
        assert ledger.runs("parish") == []
        assert (ledger.note is None) == (name == "nothing")
    with Ledger(tmp_path, check=True) as ledger:
        assert ledger.note is None


@pytest.mark.parametrize("ending", ["-wal", "-journal", "-shm"])
def test_rubbish_beside_a_store_does_no_harm(ending: str, tmp_path: Path) -> None:
    file = tmp_path / "store.sqlite"
    known = fill(file)
    file.with_name(file.name + ending).write_bytes(b"rubbish" * 2000)
    connection, note = opened(file)
    assert (content(connection), note) == (known, None)


def test_an_older_version_is_made_anew_without_a_word(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "ledger.sqlite")
    connection.executescript("CREATE TABLE runs (x); PRAGMA user_version = 2;")
    connection.close()
    with Ledger(tmp_path, check=True) as ledger:
        assert ledger.note is None
        assert ledger.runs("parish") == []


def test_a_full_or_locked_disk_costs_no_store(tmp_path: Path) -> None:
    file = tmp_path / "store.sqlite"
    known = fill(file)
    other = sqlite3.connect(file)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.MonkeyPatch.context() as patch, pytest.raises(sqlite3.OperationalError):
        patch.setattr(stores, "PATIENCE", 0.05)
        opened(file)
    other.close()
    connection, note = opened(file)
    assert (content(connection), note) == (known, None)
