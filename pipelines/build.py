"""Build: from the archive to a release.

Read from top to bottom, `build` is the recipe: replay what has no extract yet, merge what captures
tell of the same thing, find near-duplicates over all sources, and publish. Rows go from one disk
file to the next one at a time; only ids, addresses and signatures are kept in memory.
"""

from __future__ import annotations

import inspect
import uuid
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
from scrapy.settings import Settings

from cleaning.duplicates import group_near_duplicates
from cleaning.identity import canonical_url
from crawlers.archive import Capture, Damage, scan, warc_files
from crawlers.registry import data_folder, load_source, source_names
from output.release import ReleaseWriter
from output.schema import TABLES
from pipelines import merge
from pipelines.crawl_rows import RunSummary, damage_row, fetch_row
from pipelines.drop_spam_comments import DELETED
from pipelines.extracts import Extracts, Sorter
from pipelines.fingerprint import fingerprint
from pipelines.moderate import Moderator, by_document, quarantined
from pipelines.pool import ReplayPool
from pipelines.protect_commenters import read_key
from pipelines.replay import is_replayed
from pipelines.results import Build, Progress, SourceBuild
from pipelines.rows import Row

JUDGED = "judged_comments"
"""Comments on their way to `comments` or `quarantine`."""
QUARANTINE_NAMESPACE = uuid.UUID("5b1f9c0e-7d0b-5c43-9a0c-0d5a3f6f2f10")


def build(
    settings: Settings,
    *,
    created: datetime | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Build:
    """Replay the whole archive, and publish a release of it.

    Raises ReleaseError if it cannot be written or does not pass its checks; `latest` then stays
    what it was.
    """
    data = data_folder(settings)
    names, unknown = archived_sources(settings)
    builder = _Builder(settings, data)
    with ExitStack() as stack:
        sorter = stack.enter_context(Sorter(data / "extracts" / ".sorting.sqlite", _sort_keys()))
        pool = stack.enter_context(ReplayPool(settings.copy_to_dict(), workers))
        for name in names:
            builder.collect(name, pool, sorter, progress)
        builder.moderate(sorter)
        if not any(s.documents for s in builder.sources):
            return Build(None, builder.sources, unknown)
        release = builder.publish(sorter, created or datetime.now(UTC))
    return Build(release, builder.sources, unknown)


def archived_sources(settings: Settings) -> tuple[list[str], list[str]]:
    """(sources that have WARC files, folders of the archive without a source)."""
    archive = data_folder(settings) / "archive"
    folders = sorted(p.name for p in archive.glob("*") if any(p.glob("*.warc.gz")))
    known = set(source_names(settings))
    return [f for f in folders if f in known], [f for f in folders if f not in known]


def _sort_keys() -> dict[str, tuple[str, ...]]:
    own = {JUDGED: ("document_id", "_place")}
    return own | {name: tuple(table.sort_by) for name, table in TABLES.items()}


class _Builder:
    def __init__(self, settings: Settings, data: Path) -> None:
        self.settings = settings
        self.data = data
        self.archive = data / "archive"
        self.extractor = f"{settings['BOT_NAME']} {settings['VERSION']}"
        self.sources: list[SourceBuild] = []
        self.signatures: list[tuple[str, bytes]] = []
        self.moderator = Moderator(settings)

    def collect(
        self, name: str, pool: ReplayPool, sorter: Sorter, progress: Progress | None
    ) -> None:
        """Replay a source, merge it, and hand its rows to the sorter."""
        spidercls = load_source(self.settings, name)
        source = SourceBuild(
            name,
            spidercls.platform,
            spidercls.title,
            spidercls.expected_documents,
            spidercls.licence,
        )
        self.sources.append(source)
        file = self.data / "extracts" / f"{name}.sqlite"
        with Extracts(file, self.archive, self._fingerprint(spidercls)) as extracts:
            extracts.forget_outdated()
            self._replay(source, extracts, pool, sorter, progress)
            self._assemble(source, extracts, sorter)

    def _fingerprint(self, spidercls: type) -> str:
        return fingerprint(self.settings, [Path(inspect.getfile(spidercls))], read_key(self.data))

    def _replay(
        self,
        source: SourceBuild,
        extracts: Extracts,
        pool: ReplayPool,
        sorter: Sorter,
        progress: Progress | None,
    ) -> None:
        todo: list[Capture] = []
        for path in warc_files(self.archive, source.source):
            run = RunSummary(path, source.platform, source.expected)
            for entry in scan(path):
                run.see(entry)
                if isinstance(entry, Capture):
                    sorter.add("fetches", source.source, [fetch_row(entry, self.archive)])
                    if is_replayed(entry) and not extracts.has(entry):
                        todo.append(entry)
                elif isinstance(entry, Damage):
                    self._report_damage(source, entry, sorter)
            source.last_run = run.row(self.archive)
            source.captures += run.captures
            sorter.add("runs", source.source, [source.last_run])
        for done, extract in enumerate(pool.replay(source.source, todo), start=1):
            extracts.add(extract)
            source.replayed += 1
            if progress:
                progress(source.source, done, len(todo))

    def _report_damage(self, source: SourceBuild, damage: Damage, sorter: Sorter) -> None:
        source.damaged += 1
        self._add_quarantine(source, damage_row(damage, self.archive), sorter)

    def _assemble(self, source: SourceBuild, extracts: Extracts, sorter: Sorter) -> None:
        name = source.source
        authors: dict[str, list[str]] = {}
        addresses: dict[str, str] = {}
        declared = _CommentCounts(extracts)
        for row in merge.documents(extracts):
            document_id = row["document_id"]
            authors[document_id] = row.pop("_author_refs")
            addresses[canonical_url(row["url"])] = document_id
            row["comments_captured"] = declared.captured.get(document_id, 0)
            row["near_duplicate_group"] = row["gone_since"] = None
            self._note_signature(row)
            self._add_links(source, row, None, sorter)
            source.documents += sorter.add("documents", name, [self._final(row)])
        for row in merge.comments(extracts, authors):
            row["_has_document"] = row["document_id"] in authors
            self.moderator.count(name, row)
            sorter.add(JUDGED, name, [row])
        for row in merge.list_entries(extracts):
            if row["document_id"] not in authors:
                row["document_id"] = addresses.get(canonical_url(row["url"] or ""))
            sorter.add("list_entries", name, [self._final(row)])
        for row in merge.quarantine(extracts):
            self._add_quarantine(source, row, sorter)

    def _note_signature(self, row: Row) -> None:
        signature = row.pop("_signature")
        if signature:
            self.signatures.append((row["document_id"], bytes.fromhex(signature)))

    def moderate(self, sorter: Sorter) -> None:
        """Decide on every comment, now that all of the build are known."""
        for source in self.sources:
            for rows in by_document(sorter.rows(JUDGED, source.source)):
                position = 0
                for row in rows:
                    if self._place_comment(source, row, position, sorter):
                        position += 1

    def _place_comment(self, source: SourceBuild, row: Row, position: int, sorter: Sorter) -> bool:
        """Put a comment where it belongs; True if it stays."""
        decision = self.moderator.decide(source.source, row, has_document=row["_has_document"])
        row |= {"spam_score": decision.score, "position": position}
        if decision.reason is None:
            self._add_links(source, row, row["comment_id"], sorter)
            source.comments += sorter.add("comments", source.source, [self._final(row)])
            return True
        provenance = {k: row[k] for k in _PROVENANCE}
        self._add_quarantine(
            source,
            provenance
            | {
                "table": "comments",
                "document_id": row["document_id"],
                "reason": decision.reason,
                "score": decision.score,
                "details": decision.details,
                "row": quarantined(row),
            },
            sorter,
        )
        return False

    def _add_links(
        self, source: SourceBuild, row: Row, comment_id: str | None, sorter: Sorter
    ) -> None:
        common = {k: row[k] for k in _PROVENANCE} | {
            "document_id": row["document_id"],
            "comment_id": comment_id,
        }
        rows = [self._final(link | common) for link in row.pop("_links") or []]
        sorter.add("links", source.source, rows)

    def _add_quarantine(self, source: SourceBuild, row: Row, sorter: Sorter) -> None:
        parts = (row["table"], row["reason"], row["warc_file"], str(row["warc_offset"]))
        what = row["row"].get("native_id") or row["row"].get("url") or ""
        row = row | {
            "quarantine_id": str(uuid.uuid5(QUARANTINE_NAMESPACE, "\n".join([*parts, what]))),
            "row": merge.as_json(row["row"]),
        }
        source.quarantined += sorter.add("quarantine", source.source, [self._final(row)])

    def _final(self, row: Row) -> Row:
        return {k: v for k, v in row.items() if not k.startswith("_")} | {
            "extractor": self.extractor
        }

    def publish(self, sorter: Sorter, created: datetime) -> Path:
        groups = group_near_duplicates(self.signatures)
        names = [s.source for s in self.sources]
        version = str(self.settings["VERSION"])
        with ReleaseWriter(
            self.data, created=created, code_version=version, sources=names
        ) as writer:
            for name in names:
                for table in TABLES:
                    writer.write(table, name, _typed(table, sorter.rows(table, name), groups))
            return writer.publish({s.source: s.outcome() for s in self.sources})


_PROVENANCE = ("retrieved_at", "warc_file", "warc_offset", "content_sha256")


class _CommentCounts:
    """How many comments of each document were seen, spam included."""

    def __init__(self, extracts: Extracts) -> None:
        self.captured: dict[str, int] = {}
        last = None
        for stored in extracts.sorted("comments"):
            is_deleted = stored.row["_taken_out_for"] == DELETED
            if stored.key != last and not is_deleted:
                document_id = stored.row["document_id"]
                self.captured[document_id] = self.captured.get(document_id, 0) + 1
            last = stored.key


def _typed(table: str, rows: Iterator[Row], groups: dict[str, str]) -> Iterator[Row]:
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
