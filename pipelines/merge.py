"""Bring together what several captures tell of the same document, comment or listing.

Within a run the best interface wins and the others fill what it leaves open; between runs the
later one wins, what it leaves open stays as an earlier one told it by another interface, and a
change of the content counts as a new version. A date that was counted from the day of a visit stays
what it was at the next one (`pipelines.steady_dates`).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from itertools import groupby
from math import inf
from typing import Any

from pipelines.drop_spam_comments import DELETED
from pipelines.extracts import Extracts, Stored
from pipelines.history import History
from pipelines.read_byline import kind_of
from pipelines.rows import Row
from pipelines.states import merge_captures, states
from pipelines.steady_dates import steady_dates

CONTENT = ("title", "text", "authors", "published", "categories", "tags", "target_url")
"""The columns whose change makes a new version of a document."""


def merge_runs(captures: Iterable[Stored], history: History) -> tuple[Row, Stored] | None:
    """The latest row of one document, with its history over all runs; None if nothing told of it.

    A change is one of the content as the same interface tells it, and so the first word of another
    interface is none.
    """
    found = steady_dates(captures)
    version, changed = 0, ""
    digests: dict[int, str] = {}
    row: Row = {}
    best: Stored | None = None
    last_run = ""
    for run, state in states(found, history):
        row, best = merge_captures(state)
        current = content_digest(row)
        is_change = digests.get(best.rank, current) != current
        if not version or is_change:
            version, changed = version + 1, best.retrieved_at
        digests[best.rank] = current
        last_run = run
    if best is None:
        return None
    row |= {
        "first_seen": min(c.seen_at for c in found if c.row),
        "last_seen": max(found, key=lambda c: (c.run, c.seen_at)).seen_at,
        "last_changed": changed,
        "version": version,
        "_last_run": last_run,
    }
    return row, best


def content_digest(row: Row) -> str:
    content = json.dumps([row.get(name) for name in CONTENT], sort_keys=True)
    return hashlib.sha256(content.encode()).hexdigest()


class Terms:
    """Names of authors, categories and tags by their native ids, the latest that a site gave."""

    def __init__(self, extracts: Extracts, history: History) -> None:
        told = _admitted(extracts, "terms", history)
        self.names = {s.key: str(s.row["name"]) for s in told}

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


def documents(extracts: Extracts, history: History) -> Iterator[Row]:
    """The documents of a source with provenance, and what later steps need under names
    that begin with "_"."""
    terms = Terms(extracts, history)
    for _, group in groupby(extracts.sorted("documents"), key=lambda s: s.key):
        row = _document(list(group), history, terms)
        if row:
            yield row


def document_pairs(extracts: Extracts, *histories: History) -> Iterator[list[Row | None]]:
    """Each document as several histories tell it; None where one knows nothing of it."""
    told = [(history, Terms(extracts, history)) for history in histories]
    for _, group in groupby(extracts.sorted("documents"), key=lambda s: s.key):
        found = list(group)
        yield [_document(found, history, terms) for history, terms in told]


def _document(captures: list[Stored], history: History, terms: Terms) -> Row | None:
    merged = merge_runs(_without_held(captures, history), history)
    if merged is None:
        return None
    row, best = merged
    terms.fill(row)
    row["gone_since"] = history.gone_since(row, row.pop("_last_run"), best.rank)
    return row | best.provenance


def _admitted(extracts: Extracts, kind: str, history: History) -> Iterator[Stored]:
    """What the runs told that are not held."""
    return _without_held(extracts.sorted(kind), history)


def _without_held(captures: Iterable[Stored], history: History) -> Iterator[Stored]:
    held = history.held
    return (s for s in captures if s.run not in held)


def comments(extracts: Extracts, authors: dict[str, list[str]], history: History) -> Iterator[Row]:
    """The comments of a source in the order of their documents and of time, spam included.

    `authors` holds the native ids of each document's authors, by which a comment of the author's
    own is known where the interface does not mark it.
    """
    admitted = _admitted(extracts, "comments", history)
    for document_id, group in groupby(admitted, key=lambda s: s.key.split("/")[0]):
        rows = []
        for _, captures in groupby(group, key=lambda s: s.key):
            row = _comment(captures, history)
            if row is None:
                continue
            if row.get("_author_ref") in authors.get(document_id, []):
                row["is_by_document_author"] = True
            rows.append(row)
        yield from _in_order(rows)


def comment_pairs(extracts: Extracts, *histories: History) -> Iterator[list[Row | None]]:
    """Each comment as several histories tell it; None where one knows nothing of it."""
    for _, group in groupby(extracts.sorted("comments"), key=lambda s: s.key):
        found = list(group)
        yield [_comment(_without_held(found, history), history) for history in histories]


def _comment(captures: Iterable[Stored], history: History) -> Row | None:
    found = list(states(steady_dates(captures), history))
    if not found:
        return None
    run, state = found[-1]
    row, best = merge_captures(state)
    row["_gone_since"] = history.comment_gone_since(row, run, best.rank)
    return row | best.provenance


def comment_counts(extracts: Extracts, history: History) -> dict[str, int]:
    """How many comments of each document were seen, spam included and deleted ones not."""
    counts: dict[str, int] = {}
    admitted = (s for s in _admitted(extracts, "comments", history) if s.row)
    for _, captures in groupby(admitted, key=lambda s: s.key):
        row = list(captures)[-1].row
        if row["_taken_out_for"] != DELETED:
            counts[row["document_id"]] = counts.get(row["document_id"], 0) + 1
    return counts


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
    return float(number) if number.isdecimal() else inf


def list_entries(extracts: Extracts, history: History) -> Iterator[Row]:
    """The entries of each listing as its latest capture shows them."""
    for _, group in groupby(_admitted(extracts, "list_entries", history), key=lambda s: s.key):
        found = list(group)
        newest = max((s.run, s.seen_at, s.warc_file, s.warc_offset) for s in found)
        for stored in found:
            if (stored.run, stored.seen_at, stored.warc_file, stored.warc_offset) == newest:
                yield stored.row | stored.provenance


def quarantine(extracts: Extracts) -> Iterator[Row]:
    """What could not be read; the same of the same bytes once, however often they were seen."""
    for _, group in groupby(extracts.sorted("quarantine"), key=lambda s: s.key):
        seen: set[tuple[str, int, str]] = set()
        for stored in group:
            place = (stored.warc_file, stored.warc_offset, as_json(stored.row))
            if place not in seen:
                seen.add(place)
                yield stored.row | stored.provenance


def as_json(row: Row) -> str:
    return json.dumps(row, ensure_ascii=False, sort_keys=True, default=str)
