"""Bring together what several captures tell of the same document, comment or listing.

Within a run the best interface wins and the others fill what it leaves open; between runs the
later one wins, and a change of the content counts as a new version.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from itertools import groupby
from math import inf
from typing import Any

from pipelines.extracts import Extracts, Stored
from pipelines.read_byline import kind_of
from pipelines.rows import Row

CONTENT = ("title", "text", "authors", "published", "categories", "tags", "target_url")
"""The columns whose change makes a new version of a document."""


def merge_captures(captures: Iterable[Stored]) -> tuple[Row, Stored]:
    """One row from all captures of one thing in one run, and the capture that it rests on.

    Only None is filled: that the best interface names no tags is knowledge, that a page shows none
    is not.
    """
    ordered = sorted(
        captures, key=lambda c: (c.retrieved_at, c.warc_file, c.warc_offset), reverse=True
    )
    ordered.sort(key=lambda c: c.rank)
    best = ordered[0]
    row = dict(best.row)
    if row.get("text") is None:
        # Links belong to the text: where another interface gives it, its links come with it.
        row["_links"] = None
    for other in ordered[1:]:
        for name, value in other.row.items():
            if row.get(name) is None and value != []:
                row[name] = value
    return row, best


def merge_runs(captures: Iterable[Stored]) -> tuple[Row, Stored]:
    """The latest row of one document, with its history over all runs."""
    runs: dict[str, list[Stored]] = {}
    for capture in captures:
        runs.setdefault(capture.run, []).append(capture)
    version, changed, digest = 0, "", ""
    first = min(c.retrieved_at for group in runs.values() for c in group)
    last = max(c.retrieved_at for group in runs.values() for c in group)
    for run in sorted(runs):
        row, best = merge_captures(runs[run])
        current = content_digest(row)
        if current != digest:
            version, changed, digest = version + 1, best.retrieved_at, current
    row |= {"first_seen": first, "last_seen": last, "last_changed": changed, "version": version}
    return row, best


def content_digest(row: Row) -> str:
    content = json.dumps([row.get(name) for name in CONTENT], sort_keys=True)
    return hashlib.sha256(content.encode()).hexdigest()


class Terms:
    """Names of authors, categories and tags by their native ids, the latest that a site gave."""

    def __init__(self, extracts: Extracts) -> None:
        self.names = {s.key: str(s.row["name"]) for s in extracts.sorted("terms")}

    def fill(self, row: Row) -> None:
        """Put names where a document has ids only."""
        if not row.get("authors"):
            names = self._names("author", row["_author_refs"])
            row["authors"] = [{"name": n, "kind": kind_of(n)} for n in names] or None
        for kind, column in (("category", "categories"), ("tag", "tags")):
            if row.get(column) is None and row[f"_{kind}_refs"]:
                row[column] = self._names(kind, row[f"_{kind}_refs"]) or None

    def _names(self, kind: str, refs: list[str]) -> list[str]:
        return [self.names[f"{kind}/{ref}"] for ref in refs if f"{kind}/{ref}" in self.names]


def documents(extracts: Extracts) -> Iterator[Row]:
    """The documents of a source with provenance, and what later steps need under names
    that begin with "_"."""
    terms = Terms(extracts)
    for _, group in groupby(extracts.sorted("documents"), key=lambda s: s.key):
        row, best = merge_runs(group)
        terms.fill(row)
        yield row | best.provenance


def comments(extracts: Extracts, authors: dict[str, list[str]]) -> Iterator[Row]:
    """The comments of a source in the order of their documents and of time, spam included.

    `authors` holds the native ids of each document's authors, by which a comment of the author's
    own is known where the interface does not mark it.
    """
    by_document = groupby(extracts.sorted("comments"), key=lambda s: s.key.split("/")[0])
    for document_id, group in by_document:
        rows = []
        for _, captures in groupby(group, key=lambda s: s.key):
            row, best = merge_latest(captures)
            if row.get("_author_ref") in authors.get(document_id, []):
                row["is_by_document_author"] = True
            rows.append(row | best.provenance)
        yield from _in_order(rows)


def merge_latest(captures: Iterable[Stored]) -> tuple[Row, Stored]:
    """One row of what the latest run that saw it told."""
    found = list(captures)
    latest = max(c.run for c in found)
    return merge_captures(c for c in found if c.run == latest)


def _in_order(rows: list[Row]) -> list[Row]:
    """By time, then by number, with `_place` counted from 0.

    What has no date (pingbacks in many themes) goes behind the last comment with a lower number. A
    parent that no capture showed, because it was deleted, is unknown.
    """
    seen = {row["comment_id"] for row in rows}
    moments = sorted((_number(r), r["published"]) for r in rows if r.get("published"))
    rows.sort(key=lambda row: _order(row, moments))
    for place, row in enumerate(rows):
        row["_place"] = place
        if row.get("parent_id") not in seen:
            row["parent_id"] = None
    return rows


def _order(row: Row, moments: list[tuple[float, str]]) -> tuple[Any, ...]:
    number = _number(row)
    moment = row.get("published") or max((m for n, m in moments if n < number), default="")
    return moment, number, row["comment_id"]


def _number(row: Row) -> float:
    """The native id as a number; what has none comes last."""
    number = str(row.get("native_id") or "")
    return float(number) if number.isdigit() else inf


def list_entries(extracts: Extracts) -> Iterator[Row]:
    """The entries of each listing as its latest capture shows them."""
    for _, group in groupby(extracts.sorted("list_entries"), key=lambda s: s.key):
        found = list(group)
        newest = max((s.retrieved_at, s.warc_file, s.warc_offset) for s in found)
        for stored in found:
            if (stored.retrieved_at, stored.warc_file, stored.warc_offset) == newest:
                yield stored.row | stored.provenance


def quarantine(extracts: Extracts) -> Iterator[Row]:
    """What could not be read, each capture for itself."""
    for stored in extracts.sorted("quarantine"):
        yield stored.row | stored.provenance


def as_json(row: Row) -> str:
    return json.dumps(row, ensure_ascii=False, sort_keys=True, default=str)
