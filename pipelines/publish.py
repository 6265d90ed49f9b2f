"""Publish: the rows of a build as a release."""

from __future__ import annotations

import uuid
from collections import Counter, deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from scrapy.settings import Settings

from crawlers.registry import data_folder
from output.before import Base, Release, releases_before
from output.read import read_rows
from output.release import ReleaseError, ReleaseWriter
from output.schema import TABLES
from pipelines import merge
from pipelines.assemble import PROVENANCE, QUARANTINE_NAMESPACE
from pipelines.contain import blame
from pipelines.extracts import Sorter
from pipelines.pseudonym_key import named_key
from pipelines.results import SourceBuild
from pipelines.rows import Row
from pipelines.sitewide import Signatures, near_duplicates
from pipelines.twins import NAMED_BY, Twins
from pipelines.typed import typed

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
    base: Base,
    created: datetime,
) -> Path | None:
    """Write, check and publish a release of all sources, and return its folder.

    A source that failed keeps its rows of the latest release, and so does one that has far fewer
    now, unless a person accepts that: `kept_from` of the source then names that release. None if
    there is no document to publish. Raises SourceError if the rows of a source cannot be written,
    and ReleaseError; `latest` then stays.
    """
    data = data_folder(settings)
    kept = {s.source: _to_keep(data, s) for s in sources}
    if not any(s.documents or kept[s.source] for s in sources):
        return None
    writer = ReleaseWriter(
        data,
        created=created,
        code_version=str(settings["VERSION"]),
        sources=[s.source for s in sources],
        base=base,
        full_every=settings.getint("RELEASE_FULL_EVERY"),
        pseudonyms=named_key(settings),
    )
    with writer, Twins() as twins:
        release = _Release(writer, sorter, near_duplicates(signatures), twins)
        for source in sources:
            with blame(source.source):
                release.add(source, kept[source.source])
        return writer.publish({s.source: s.outcome() for s in sources})


def _to_keep(data: Path, source: SourceBuild) -> Kept | None:
    """What a source keeps: all that it had if it failed, KEPT if it has far fewer rows now."""
    is_held = bool(source.fallen) and not source.is_accepted
    if not source.can_keep or not (source.failure or is_held):
        return None
    tables: Sequence[str] = tuple(TABLES) if source.failure else KEPT
    if source.is_unloadable:
        tables = tuple(table for table in TABLES if table != "runs")
    found = (r for r in releases_before(data) if r.sound_files(tables, source.source) is not None)
    return next((Kept(release, source.source, tables) for release in found), None)


@dataclass(frozen=True, slots=True)
class Kept:
    """The rows of a source in an earlier release, of which it keeps those of `tables`."""

    release: Release
    source: str
    tables: Sequence[str]

    def count(self, table: str) -> int:
        return self.release.manifest.rows(table, self.source)

    def rows(self, table: str, reason: str | None = None) -> Iterator[Row]:
        """The rows as they were written; of quarantine, perhaps those of one reason only.

        Raises UnkeepableError.
        """
        wanted = {"source": self.source} | ({"reason": reason} if reason else {})
        try:
            yield from read_rows(self.release.folder, table, columns=None, **wanted)
        except ReleaseError as error:
            raise UnkeepableError(str(error)) from error


class UnkeepableError(Exception):
    """The rows that a source is to keep cannot be read."""


class _Release:
    """A release that is being written, one source after another."""

    def __init__(
        self, writer: ReleaseWriter, sorter: Sorter, groups: Mapping[str, str], twins: Twins
    ) -> None:
        self.writer = writer
        self.sorter = sorter
        self.groups = groups
        self.twins = twins

    def add(self, source: SourceBuild, kept: Kept | None) -> None:
        """Write all tables of a source; what it keeps is copied, unless others have its keys."""
        self.twins.next_source()
        copied = self._copy(source, kept) if kept else ()
        for table in (t for t in TABLES if t not in copied and t != QUARANTINE):
            rows = self._rows(table, source.source, kept)
            self.writer.write(table, source.source, self.twins.first(table, rows))
        if QUARANTINE not in copied:
            self._quarantine(source.source, kept)
        self._count(source, kept)

    def _copy(self, source: SourceBuild, kept: Kept) -> Sequence[str]:
        """Copy the files of what a source keeps, and return the tables: none, if keys collide."""
        source.kept_from = kept.release.folder.name
        if any(self.twins.has(table, kept.rows(table)) for table in NAMED_BY):
            return ()
        if self.writer.keep(kept.tables, source.source) is None:
            raise UnkeepableError(f"release {source.kept_from} is damaged")
        for table in NAMED_BY:
            deque(self.twins.first(table, kept.rows(table)), maxlen=0)
        return kept.tables

    def _rows(self, table: str, source: str, kept: Kept | None) -> Iterator[Row]:
        if kept and table in kept.tables:
            yield from kept.rows(table)
            return
        for row in self.sorter.rows(table, source):
            if table == "documents":
                row["near_duplicate_group"] = self.groups.get(row["document_id"])
            yield typed(table, row)

    def _quarantine(self, source: str, kept: Kept | None) -> None:
        """Write what was taken out, and with it the rows whose key another one has."""
        if kept:
            # What stays must be known of: all, or the documents that another source has.
            reason = None if QUARANTINE in kept.tables else DUPLICATE_KEY
            self.sorter.add(QUARANTINE, source, map(_plain, kept.rows(QUARANTINE, reason)))
        self.sorter.add(QUARANTINE, source, [_twin(table, row) for table, row in self.twins.found])
        self.writer.write(QUARANTINE, source, self._rows(QUARANTINE, source, None))

    def _count(self, source: SourceBuild, kept: Kept | None) -> None:
        """The counts of a source that failed are those of the rows that stay."""
        if source.failure and kept:
            source.documents = kept.count("documents")
            source.comments = kept.count("comments")
            source.quarantined = kept.count(QUARANTINE)
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
