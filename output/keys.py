"""A set of keys that may be larger than memory."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Self

from output.errors import ReleaseError

CACHE_KIB = 64 * 1024


class KeyIndex:
    """Keys seen so far, in a private SQLite file that exists only while this object does.

    A Python set of a million ids takes 100 MB and more; here `CACHE_KIB` is the limit, and what
    does not fit goes to the disk for temporary files. Raises ReleaseError when that is full.
    """

    def __init__(self) -> None:
        self._database = sqlite3.connect("", isolation_level=None)
        for pragma in ("journal_mode = OFF", "synchronous = OFF", f"cache_size = -{CACHE_KIB}"):
            self._database.execute(f"PRAGMA {pragma}")
        self._database.execute("CREATE TABLE keys (key TEXT PRIMARY KEY) WITHOUT ROWID")
        self._database.execute("BEGIN")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._database.close()

    def add(self, keys: Iterable[str]) -> str | None:
        """Add new keys; return the first that was there already, and stop there."""
        last = ""

        def remembered() -> Iterator[tuple[str]]:
            nonlocal last
            for last in keys:
                yield (last,)

        try:
            with _explained():
                self._database.executemany("INSERT INTO keys VALUES (?)", remembered())
        except sqlite3.IntegrityError:
            return last
        return None

    def include(self, keys: Iterable[str]) -> None:
        """Add keys that may be there already."""
        statement = "INSERT OR IGNORE INTO keys VALUES (?)"
        with _explained():
            self._database.executemany(statement, ((key,) for key in keys))

    def missing(self, keys: Iterable[str]) -> list[str]:
        """Those of `keys` that are not there."""
        find = "SELECT 1 FROM keys WHERE key = ?"
        with _explained():
            return [key for key in keys if not self._database.execute(find, (key,)).fetchone()]


@contextmanager
def _explained() -> Iterator[None]:
    try:
        yield
    except sqlite3.OperationalError as error:
        raise ReleaseError(
            f"the disk for temporary files failed ({error}). Free some space there or set TMPDIR "
            "to a folder on a larger disk, then run again."
        ) from error
