"""Of rows that come to one key, the first stays, whichever sources they are of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import TracebackType
from typing import Any

from output.keys import KeyIndex
from output.rows import key_of
from output.schema import TABLES

Row = Mapping[str, Any]
NAMED_BY = {"documents": "document_id", "comments": "comment_id"}
"""The tables whose keys are of all sources together. Their rows take their links along, which know
them by this column."""


class Twins:
    """The keys of one release so far; use it as a context manager.

    Take the sources in their order, and of each the documents and comments before the links.
    """

    def __init__(self) -> None:
        self._seen = {table: KeyIndex() for table in NAMED_BY}
        self.next_source()

    def __enter__(self) -> Twins:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        for seen in self._seen.values():
            seen.__exit__(kind, error, traceback)

    def next_source(self) -> None:
        self.found: list[tuple[str, Row]] = []
        """(table, row) of this source that came later than another with its key."""
        self._gone: set[tuple[str, str]] = set()

    def has(self, table: str, rows: Iterable[Row]) -> bool:
        """Whether the key of one of these rows is there already."""
        seen = self._seen[table]
        return any(not seen.missing([key_of(TABLES[table], row)]) for row in rows)

    def first(self, table: str, rows: Iterable[Row]) -> Iterator[Row]:
        """The rows of a table but those whose key another has; these are in `found`."""
        for row in rows:
            if table == "links" and self._is_gone(row):
                continue
            if table in NAMED_BY and self._seen[table].add([key_of(TABLES[table], row)]):
                self.found.append((table, row))
                self._gone.add((table, row[NAMED_BY[table]]))
                continue
            yield row

    def _is_gone(self, link: Row) -> bool:
        of_comment = link["comment_id"]
        if of_comment is not None:
            return ("comments", of_comment) in self._gone
        return ("documents", link["document_id"]) in self._gone
