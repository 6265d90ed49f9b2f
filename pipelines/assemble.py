"""Assemble the rows of a source from its extracts, and place each where it belongs."""

from __future__ import annotations

import uuid
from collections import Counter

from scrapy.settings import Settings

from cleaning.identity import canonical_url
from output.rows import row_check
from output.schema import TABLES
from pipelines import merge
from pipelines.extracts import Extracts, Sorter
from pipelines.moderate import Moderator, by_document, quarantined
from pipelines.results import SourceBuild
from pipelines.rows import Row
from pipelines.typed import typed

JUDGED = "judged_comments"
"""Comments on their way to `comments` or `quarantine`."""
QUARANTINE_NAMESPACE = uuid.UUID("5b1f9c0e-7d0b-5c43-9a0c-0d5a3f6f2f10")
INVALID = "invalid_value"
"""A row with a value that its column cannot hold."""
PROVENANCE = ("retrieved_at", "warc_file", "warc_offset", "content_sha256")


class Assembler:
    """Takes the sources one after another: first `assemble` all, then `count` and `place` them.

    `signatures` are the documents' MinHash signatures by source.
    """

    def __init__(self, settings: Settings, sorter: Sorter) -> None:
        self.sorter = sorter
        self.extractor = f"{settings['BOT_NAME']} {settings['VERSION']}"
        self.moderator = Moderator(settings)
        self.signatures: dict[str, list[tuple[str, bytes]]] = {}
        self._checks = {name: row_check(table) for name, table in TABLES.items()}
        self._quarantined: dict[str, Counter[str]] = {}

    def assemble(self, source: SourceBuild, extracts: Extracts) -> None:
        """Merge what the captures of a source tell, and hand its rows to the sorter."""
        self.signatures[source.source] = []
        self._quarantined[source.source] = Counter()
        for row in source.damage:
            self._quarantine(source, row)
        for row in merge.quarantine(extracts):
            self._quarantine(source, row)
        addresses, authors, gone = self._documents(source, extracts)
        for row in merge.comments(extracts, authors, source.history):
            row["_has_document"] = row["document_id"] in authors
            if row["document_id"] in gone:
                row["_gone_since"] = None  # of what is gone, the last that was known stays
            self.sorter.add(JUDGED, source.source, [row])
        source.gone = len(gone)
        for row in merge.list_entries(extracts, source.history):
            if row["document_id"] not in authors:
                row["document_id"] = addresses.get(canonical_url(row["url"] or ""))
            self._add("list_entries", source, row)

    def _documents(
        self, source: SourceBuild, extracts: Extracts
    ) -> tuple[dict[str, str], dict[str, list[str]], set[str]]:
        """(ids by address, the authors' native ids by id, the ids of those that are gone)."""
        history = source.history
        addresses: dict[str, str] = {}
        authors: dict[str, list[str]] = {}
        gone: set[str] = set()
        captured = merge.comment_counts(extracts, history)
        for row in merge.documents(extracts, history):
            document_id = row["document_id"]
            row |= {
                "comments_captured": captured.get(document_id, 0),
                "near_duplicate_group": None,
            }
            if not self._add("documents", source, row):
                continue
            authors[document_id] = row["_author_refs"]
            addresses[canonical_url(row["url"])] = document_id
            if row["_signature"]:
                signature = bytes.fromhex(row["_signature"])
                self.signatures[source.source].append((document_id, signature))
            self._add_links(source, row, None)
            if row["gone_since"]:
                gone.add(document_id)
            source.documents += 1
        return addresses, authors, gone

    def count(self, source: SourceBuild) -> None:
        """Let the moderator know of all comments of a source."""
        for row in self.sorter.rows(JUDGED, source.source):
            self.moderator.count(source.source, row)

    def place(self, source: SourceBuild) -> None:
        """Decide on every comment of a source, once those of all sources are counted."""
        for rows in by_document(self.sorter.rows(JUDGED, source.source)):
            position = 0
            for row in rows:
                if self._place_comment(source, row, position):
                    position += 1

    def _place_comment(self, source: SourceBuild, row: Row, position: int) -> bool:
        """Put a comment where it belongs; True if it stays."""
        decision = self.moderator.decide(source.source, row, has_document=row["_has_document"])
        row |= {"spam_score": decision.score, "position": position}
        if decision.reason is None:
            if not self._add("comments", source, row):
                return False
            self._add_links(source, row, row["comment_id"])
            source.comments += 1
            return True
        self._take_out(
            source,
            row,
            "comments",
            decision.reason,
            decision.details,
            whole=quarantined(row),
            score=decision.score,
        )
        return False

    def _add_links(self, source: SourceBuild, row: Row, comment_id: str | None) -> None:
        common = {k: row[k] for k in PROVENANCE} | {
            "document_id": row["document_id"],
            "comment_id": comment_id,
        }
        self._add("links", source, *(link | common for link in row["_links"] or []))

    def _add(self, table: str, source: SourceBuild, *rows: Row) -> int:
        """Hand finished rows on but those that the table cannot hold; the number of the former."""
        good = []
        for row in rows:
            final = {k: v for k, v in row.items() if not k.startswith("_")}
            final |= {"extractor": self.extractor}
            problem = self._checks[table](typed(table, final))
            if problem:
                self._take_out(source, row, table, INVALID, problem, whole=final)
            else:
                good.append(final)
        return self.sorter.add(table, source.source, good)

    def _take_out(
        self,
        source: SourceBuild,
        row: Row,
        table: str,
        reason: str,
        details: str | None,
        *,
        whole: Row,
        score: float | None = None,
    ) -> None:
        told = {
            "table": table,
            "document_id": row["document_id"],
            "reason": reason,
            "score": score,
            "details": details,
            "row": whole,
        }
        self._quarantine(source, {k: row[k] for k in PROVENANCE} | told)

    def _quarantine(self, source: SourceBuild, row: Row) -> None:
        parts = (row["table"], row["reason"], row["warc_file"], str(row["warc_offset"]))
        what = row["row"].get("native_id") or row["row"].get("url") or ""
        name = "\n".join([*parts, str(what)])
        # Two things of one id in one capture are two rows.
        seen = self._quarantined[source.source]
        seen[name] += 1
        name += f"\n{seen[name]}" if seen[name] > 1 else ""
        final = row | {
            "quarantine_id": str(uuid.uuid5(QUARANTINE_NAMESPACE, name)),
            "row": merge.as_json(row["row"]),
            "extractor": self.extractor,
        }
        source.quarantined += self.sorter.add("quarantine", source.source, [final])
