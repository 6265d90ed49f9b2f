"""Publish: the rows of a build as a release."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path

import pyarrow as pa
from scrapy.settings import Settings

from cleaning.duplicates import group_near_duplicates
from crawlers.registry import data_folder
from output.manifest import read_manifest
from output.release import ReleaseWriter, latest_release
from output.schema import TABLES
from pipelines.extracts import Sorter
from pipelines.results import SourceBuild
from pipelines.rows import Row

KEPT = ("documents", "comments", "list_entries", "links", "boilerplate")
"""The tables of which a source keeps the last good rows; the others tell of what is wrong."""


def publish(
    settings: Settings,
    sources: Sequence[SourceBuild],
    sorter: Sorter,
    signatures: Sequence[tuple[str, bytes]],
    created: datetime,
) -> Path:
    """Write, check and publish a release of all sources, and return its folder.

    A source that stayed below its minimum keeps the rows of the latest release, if those are
    enough: `kept_from` of the source then names it. Raises ReleaseError; `latest` then stays.
    """
    data = data_folder(settings)
    groups = group_near_duplicates(signatures)
    names = [s.source for s in sources]
    with ReleaseWriter(
        data, created=created, code_version=str(settings["VERSION"]), sources=names
    ) as writer:
        for source in sources:
            if source.is_below_minimum and _had_enough(data, source):
                source.kept_from = writer.keep(KEPT, source.source)
            for table in TABLES:
                if not (source.kept_from and table in KEPT):
                    rows = sorter.rows(table, source.source)
                    writer.write(table, source.source, _typed(table, rows, groups))
        return writer.publish({s.source: s.outcome() for s in sources})


def published_sources(data: Path) -> set[str]:
    """The sources of the latest release."""
    latest = latest_release(data)
    return set(read_manifest(latest).sources) if latest else set()


def _had_enough(data: Path, source: SourceBuild) -> bool:
    """Whether the latest release has as many documents of a source as are expected."""
    latest = latest_release(data)
    rows = read_manifest(latest).rows("documents", source.source) if latest else 0
    return rows >= source.expected[0]


def _typed(table: str, rows: Iterator[Row], groups: Mapping[str, str]) -> Iterator[Row]:
    """Rows as the release wants them: times as datetimes, near-duplicates marked."""
    times = [c.name for c in TABLES[table].columns if pa.types.is_timestamp(c.type)]
    names = [c.name for c in TABLES[table].columns]
    for row in rows:
        if table == "documents":
            row["near_duplicate_group"] = groups.get(row["document_id"])
        for name in times:
            if row.get(name) is not None:
                row[name] = datetime.fromisoformat(row[name])
        yield {name: row.get(name) for name in names}
