"""Publish: the rows of a build as a release."""

from __future__ import annotations

import uuid
from collections import Counter, deque
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from scrapy.settings import Settings

from crawlers.registry import data_folder
from output.manifest import Manifest, read_manifest
from output.read import read_rows
from output.release import ReleaseError, ReleaseWriter, latest_release
from output.schema import SCHEMA_VERSION, TABLES
from pipelines import merge
from pipelines.assemble import PROVENANCE, QUARANTINE_NAMESPACE
from pipelines.contain import blame
from pipelines.extracts import Sorter
from pipelines.results import SourceBuild
from pipelines.rows import Row, typed
from pipelines.sitewide import Signatures, near_duplicates
from pipelines.twins import NAMED_BY, Twins

KEPT = ("documents", "comments", "list_entries", "links", "boilerplate")
"""The tables of which a source keeps the last good rows; the others tell of what is wrong."""
DUPLICATE_KEY = "duplicate_key"
"""Another row of the release, of this source or of one before it, has the same key."""
QUARANTINE = "quarantine"


def publish(
    settings: Settings,
    sources: Sequence[SourceBuild],
    sorter: Sorter,
    signatures: Signatures,
    created: datetime,
) -> Path | None:
    """Write, check and publish a release of all sources, and return its folder.

    A source that failed, or stayed below its minimum where the latest release has enough of it,
    keeps its rows there: `kept_from` of the source then names that release. None if there is no
    document to publish. Raises SourceError if the rows of a source cannot be written, and
    ReleaseError; `latest` then stays.
    """
    data = data_folder(settings)
    before = Before(data)
    if not any(s.documents or before.count("documents", s.source) for s in sources):
        return None
    version = str(settings["VERSION"])
    names = [s.source for s in sources]
    with (
        ReleaseWriter(data, created=created, code_version=version, sources=names) as writer,
        Twins() as twins,
    ):
        release = _Release(writer, sorter, before, near_duplicates(signatures), twins)
        for source in sources:
            with blame(source.source):
                release.add(source)
        return writer.publish({s.source: s.outcome() for s in sources})


def published_sources(data: Path) -> set[str]:
    """The sources of the latest release."""
    latest = latest_release(data)
    return set(read_manifest(latest).sources) if latest else set()


class UnkeepableError(Exception):
    """The rows that a source is to keep cannot be read."""


class Before:
    """The latest release, as far as a source can keep its rows."""

    def __init__(self, data: Path) -> None:
        self.folder = latest_release(data)
        self.manifest: Manifest | None = read_manifest(self.folder) if self.folder else None

    @property
    def name(self) -> str | None:
        return self.folder.name if self.folder else None

    def has(self, source: str) -> bool:
        """Whether there are rows of a source to keep: of this schema, and any of the source."""
        told = self.manifest
        return told is not None and told.schema_version == SCHEMA_VERSION and source in told.sources

    def count(self, table: str, source: str) -> int:
        return self.manifest.rows(table, source) if self.manifest else 0

    def rows(self, table: str, source: str, reason: str | None = None) -> Iterator[Row]:
        """The rows of a source as they were written, of quarantine perhaps those of a reason only.

        Raises UnkeepableError.
        """
        assert self.folder
        wanted = {"source": source} | ({"reason": reason} if reason else {})
        try:
            yield from read_rows(self.folder, table, columns=None, **wanted)
        except ReleaseError as error:
            raise UnkeepableError(str(error)) from error


class _Release:
    """A release that is being written, one source after another."""

    def __init__(
        self,
        writer: ReleaseWriter,
        sorter: Sorter,
        before: Before,
        groups: Mapping[str, str],
        twins: Twins,
    ) -> None:
        self.writer = writer
        self.sorter = sorter
        self.before = before
        self.groups = groups
        self.twins = twins

    def add(self, source: SourceBuild) -> None:
        """Write all tables of a source; what it keeps is copied, unless others have its keys."""
        self.twins.next_source()
        kept, copied = self._keep(source)
        for table in (t for t in TABLES if t not in copied and t != QUARANTINE):
            rows = self._rows(table, source.source, is_kept=table in kept)
            self.writer.write(table, source.source, self.twins.first(table, rows))
        if QUARANTINE not in copied:
            self._quarantine(source, kept)
        self._count(source, kept)

    def _keep(self, source: SourceBuild) -> tuple[Sequence[str], Sequence[str]]:
        """(the tables of which a source keeps its rows, those of them that were copied)."""
        kept = self._to_keep(source)
        if not kept:
            return (), ()
        if any(self.twins.has(t, self.before.rows(t, source.source)) for t in NAMED_BY):
            source.kept_from = self.before.name
            return kept, ()
        source.kept_from = self.writer.keep(kept, source.source)
        if source.kept_from is None:
            return (), ()
        for table in NAMED_BY:
            deque(self.twins.first(table, self.before.rows(table, source.source)), maxlen=0)
        return kept, kept

    def _to_keep(self, source: SourceBuild) -> Sequence[str]:
        if not source.can_keep or not self.before.has(source.source):
            return ()
        if source.failure:
            return tuple(TABLES)
        had_enough = self.before.count("documents", source.source) >= source.expected[0]
        return KEPT if source.is_below_minimum and had_enough else ()

    def _rows(self, table: str, source: str, *, is_kept: bool) -> Iterator[Row]:
        if is_kept:
            yield from self.before.rows(table, source)
            return
        for row in self.sorter.rows(table, source):
            if table == "documents":
                row["near_duplicate_group"] = self.groups.get(row["document_id"])
            yield typed(table, row)

    def _quarantine(self, source: SourceBuild, kept: Sequence[str]) -> None:
        """Write what was taken out, and with it the rows whose key another one has."""
        name = source.source
        if kept:
            # What stays must be known of: all, or the documents that another source has.
            reason = None if QUARANTINE in kept else DUPLICATE_KEY
            rows = self.before.rows(QUARANTINE, name, reason)
            self.sorter.add(QUARANTINE, name, map(_plain, rows))
        self.sorter.add(QUARANTINE, name, [_twin(table, row) for table, row in self.twins.found])
        self.writer.write(QUARANTINE, name, self._rows(QUARANTINE, name, is_kept=False))

    def _count(self, source: SourceBuild, kept: Sequence[str]) -> None:
        """The counts of a source that failed are those of the rows that stay."""
        if source.failure:
            source.documents = self.before.count("documents", source.source)
            source.comments = self.before.count("comments", source.source)
            source.quarantined = self.before.count(QUARANTINE, source.source)
        if source.failure or not kept:
            later = Counter(table for table, _ in self.twins.found)
            source.documents -= later["documents"]
            source.comments -= later["comments"]
            source.quarantined += later.total()


def _twin(table: str, row: Mapping[str, object]) -> Row:
    """The row of quarantine for a row whose key another one has."""
    shown = _plain(row)
    key = str(row[NAMED_BY[table]])
    name = f"{table}\n{DUPLICATE_KEY}\n{key}"
    return {k: shown[k] for k in (*PROVENANCE, "extractor", "document_id")} | {
        "quarantine_id": str(uuid.uuid5(QUARANTINE_NAMESPACE, name)),
        "table": table,
        "reason": DUPLICATE_KEY,
        "score": None,
        "details": f"another row of this release has the {NAMED_BY[table]}",
        "row": merge.as_json(shown),
    }


def _plain(row: Mapping[str, object]) -> Row:
    """A row as the sorter takes it: times as text."""
    return {k: v.isoformat() if isinstance(v, datetime) else v for k, v in row.items()}
