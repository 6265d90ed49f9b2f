"""Rows that only a lost or changed WARC file could give stay, and say so."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from output.before import Release, releases_before
from output.read import read_rows
from pipelines.extracts import Sorter
from pipelines.results import SourceBuild
from pipelines.rows import Row

NEEDED = ("documents", "comments", "links", "list_entries")


def keep_rows_of_lost_files(data: Path, source: SourceBuild, sorter: Sorter) -> None:
    """Add what the last sound release has from files that are not what they were, and the archive
    does not tell any more. `kept_from` of such a row names the release it was first taken from."""
    files = {f"{source.source}/{name}" for name in source.altered_files}
    forgotten = {f"{source.source}/{name}" for name in source.forgotten_files}
    if not files and not forgotten:
        return
    found = (r for r in releases_before(data) if r.sound_files(NEEDED, source.source) is not None)
    release = next(found, None)
    if release is None:
        return
    for table in ("documents", "comments") if forgotten else ():
        rows = read_rows(release.folder, table, source=source.source)
        source.let_go[table] = sum(row["warc_file"] in forgotten for row in rows)
    if files:
        _Keeper(release, source, sorter, files).keep()


class _Keeper:
    def __init__(
        self, release: Release, source: SourceBuild, sorter: Sorter, files: set[str]
    ) -> None:
        self.release = release
        self.source = source
        self.sorter = sorter
        self.files = files

    def keep(self) -> None:
        name = self.source.source
        documents = {row["document_id"] for row in self.sorter.rows("documents", name)}
        comments = {row["comment_id"] for row in self.sorter.rows("comments", name)}
        lists = {row["list_url"] for row in self.sorter.rows("list_entries", name)}
        # What was taken out stays out.
        for row in self.sorter.rows("quarantine", name):
            told = json.loads(row["row"])
            if row["table"] == "documents":
                documents.add(row["document_id"])
            comments.add(told.get("comment_id") if isinstance(told, dict) else None)
        kept = self._add("documents", "document_id", documents)
        own = self._add("comments", "comment_id", comments, of=documents | kept)
        self.source.documents += len(kept)
        self.source.comments += len(own)
        self.source.kept_rows = len(kept) + len(own)
        for row in self._rows("links"):
            thing = row["comment_id"] or row["document_id"]
            if thing in kept or thing in own:
                self._add_row("links", row)
        for row in self._rows("list_entries"):
            if row["list_url"] not in lists:
                self._add_row("list_entries", row)

    def _add(self, table: str, key: str, known: set[str], of: set[str] | None = None) -> set[str]:
        """Add the rows whose key is not known, of documents that are; returns the keys."""
        added = set()
        for row in self._rows(table):
            if row[key] not in known and (of is None or row["document_id"] in of):
                self._add_row(table, row)
                added.add(row[key])
        return added

    def _rows(self, table: str) -> Iterator[Row]:
        for row in read_rows(self.release.folder, table, source=self.source.source):
            if row["warc_file"] in self.files:
                yield dict(row)

    def _add_row(self, table: str, row: Row) -> None:
        plain = {k: v.isoformat() if isinstance(v, datetime) else v for k, v in row.items()}
        plain["kept_from"] = row["kept_from"] or self.release.folder.name
        del plain["source"]
        self.sorter.add(table, self.source.source, [plain])
