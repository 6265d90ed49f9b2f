"""Build: from the archive to a release.

Read from top to bottom, `build` is the recipe: replay what has no extract yet, merge what captures
tell of the same thing, take out what repeats over a source, find near-duplicates over all sources,
and publish. Rows go from one disk file to the next one at a time; only ids, addresses, signatures
and counts are kept in memory.
"""

from __future__ import annotations

import inspect
import uuid
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

from scrapy.settings import Settings

from cleaning.identity import canonical_url
from crawlers.archive import Capture, Damage, scan, warc_files
from crawlers.registry import data_folder, load_source, source_names
from output.schema import TABLES
from pipelines import merge
from pipelines.catch_up import catch_up
from pipelines.crawl_rows import RunSummary, damage_row, fetch_row
from pipelines.extracts import Extracts, Sorter
from pipelines.fingerprint import fingerprint
from pipelines.history import FAILED, History
from pipelines.moderate import Moderator, by_document, quarantined
from pipelines.pool import ReplayPool
from pipelines.protect_commenters import read_key
from pipelines.publish import publish, published_sources
from pipelines.replay import is_replayed
from pipelines.results import Build, Progress, SourceBuild
from pipelines.rows import Row
from pipelines.sitewide import remove_sitewide

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
    lost = sorted(published_sources(data) - {*names, *unknown})
    builder = _Builder(settings, data)
    with ExitStack() as stack:
        sorter = stack.enter_context(Sorter(data / "extracts" / ".sorting.sqlite", _sort_keys()))
        pool = stack.enter_context(ReplayPool(settings.copy_to_dict(), workers))
        for name in names:
            builder.collect(name, pool, sorter, progress)
        builder.moderate(sorter)
        builder.remove_sitewide(sorter)
        if not any(s.documents for s in builder.sources):
            return Build(None, builder.sources, unknown, lost)
        release = publish(
            settings, builder.sources, sorter, builder.signatures, created or datetime.now(UTC)
        )
    return Build(release, builder.sources, unknown, lost)


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
            History(spidercls.expected_documents),
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
        """Bring the extracts up to date with the archive, and judge the runs."""
        name, history = source.source, source.history
        todo: list[Capture] = []
        for path in warc_files(self.archive, name):
            run = RunSummary(path, source.platform, source.expected)
            history.runs.append(run)
            fetches = []
            for entry in scan(path):
                run.see(entry)
                if isinstance(entry, Damage):
                    self._report_damage(source, entry, sorter)
                elif isinstance(entry, Capture):
                    history.see(entry)
                    fetches.append(fetch_row(entry, self.archive))
                    if is_replayed(entry) and not extracts.has(entry):
                        todo.append(entry)
            sorter.add("fetches", name, fetches)
            source.captures += run.answered
        continued = {one for run in history.runs for one in run.said.get("continues") or ()}
        source.damaged = sum(run.damaged(continued) for run in history.runs)
        source.replayed = catch_up(name, todo, extracts, pool, progress)
        history.judge(extracts.count_keys("documents"))
        source.runs = [self._run_row(run, history) for run in history.runs]
        sorter.add("runs", name, source.runs)

    def _run_row(self, run: RunSummary, history: History) -> Row:
        """The row of `runs`, with what speaks against it."""
        row = run.row(self.archive)
        verdict = history.verdicts.get(run.name)
        if verdict:
            row |= {"reason": verdict.reason}
            row |= {"outcome": FAILED} if verdict.is_held_back else {}
        return row

    def _report_damage(self, source: SourceBuild, damage: Damage, sorter: Sorter) -> None:
        self._add_quarantine(source, damage_row(damage, self.archive), sorter)

    def _assemble(self, source: SourceBuild, extracts: Extracts, sorter: Sorter) -> None:
        name, history = source.source, source.history
        authors: dict[str, list[str]] = {}
        addresses: dict[str, str] = {}
        gone: set[str] = set()
        captured = merge.comment_counts(extracts, history)
        for row in merge.documents(extracts, history):
            document_id = row["document_id"]
            authors[document_id] = row.pop("_author_refs")
            addresses[canonical_url(row["url"])] = document_id
            row["comments_captured"] = captured.get(document_id, 0)
            row["near_duplicate_group"] = None
            self._note_signature(row)
            self._add_links(source, row, None, sorter)
            if row["gone_since"]:
                gone.add(document_id)
            source.documents += sorter.add("documents", name, [self._final(row)])
        for row in merge.comments(extracts, authors, history):
            row["_has_document"] = row["document_id"] in authors
            if row["document_id"] in gone:
                row["_gone_since"] = None  # of what is gone, the last that was known stays
            self.moderator.count(name, row)
            sorter.add(JUDGED, name, [row])
        source.gone = len(gone)
        for row in merge.list_entries(extracts, history):
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

    def remove_sitewide(self, sorter: Sorter) -> None:
        """Take out of the documents what repeats over their source."""
        names = [source.source for source in self.sources]
        languages = {name: load_source(self.settings, name).languages for name in names}
        self.signatures = remove_sitewide(sorter, languages, self.signatures)

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


_PROVENANCE = ("retrieved_at", "warc_file", "warc_offset", "content_sha256")
