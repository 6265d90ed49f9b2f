"""Bring together what several captures tell of the same document, comment or listing.

Within a run the best interface wins and the others fill what it leaves open; between runs the
later one wins, what it leaves open stays as an earlier one told it by another interface, and a
change of the content counts as a new version.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from math import inf
from typing import Any

from pipelines.drop_spam_comments import DELETED
from pipelines.extracts import Extracts, Stored
from pipelines.history import History
from pipelines.read_byline import kind_of
from pipelines.rows import Row

CONTENT = ("title", "text", "authors", "published", "categories", "tags", "target_url")
"""The columns whose change makes a new version of a document."""
REFS = {"_author_refs", "_category_refs", "_tag_refs"}
"""Native ids; an interface that has none of them leaves the list empty."""


@dataclass(frozen=True, slots=True)
class State:
    """What is known of one thing as a run left it.

    `told` are the captures that hold; `faded` those of interfaces that are silent since: they fill
    what the others leave open, for a value that was known does not become unknown because another
    interface answers now.
    """

    told: list[Stored]
    faded: list[Stored]


def merge_captures(state: State) -> tuple[Row, Stored]:
    """One row from what the interfaces tell of one thing, and the capture that it rests on.

    Only None is filled: that the best interface names no tags is knowledge, that a page shows none
    is not.
    """
    ordered = [*_best_first(state.told), *_best_first(state.faded)]
    best = ordered[0]
    row = dict(best.row)
    if row.get("text") is None:
        # Links belong to the text: where another interface gives it, its links come with it.
        row["_links"] = None
    for other in ordered[1:]:
        for name, value in other.row.items():
            is_open = row.get(name) is None or (name in REFS and not row[name])
            if is_open and value != []:
                row[name] = value
    return row, best


def _best_first(captures: list[Stored]) -> list[Stored]:
    """By interface, and of one interface the latest first."""
    ordered = sorted(captures, key=lambda c: (c.seen_at, c.warc_file, c.warc_offset), reverse=True)
    ordered.sort(key=lambda c: c.rank)
    return ordered


def states(captures: Iterable[Stored], history: History) -> Iterator[tuple[str, State]]:
    """Run by run, what the interfaces tell of one thing as that run left it.

    What an interface told before still holds where the run only saw that nothing changed, where it
    did not see everything (a run that is not good), and where it spared itself a worse interface (a
    good run that is not full). Else it fades. So a page that a killed run had not yet come to is
    no change.
    """
    by_run: dict[str, list[Stored]] = {}
    for capture in captures:
        by_run.setdefault(capture.run, []).append(capture)
    before = State([], [])
    for run in sorted(by_run):
        state = _next_state(before, by_run[run], run, history)
        if state.told:
            before = state
            yield run, before


def _next_state(before: State, seen: list[Stored], run: str, history: History) -> State:
    told = [c for c in seen if c.row]
    told_ranks, seen_ranks = {c.rank for c in told}, {c.rank for c in seen}
    spared = _spared_from(run, min(seen_ranks), history)
    held = [c for c in before.told if c.rank in seen_ranks or c.rank >= spared]
    # An interface that was silent for a while can say that what it told last still holds.
    held += [c for c in before.faded if c.rank in seen_ranks]
    told += [c for c in held if c.rank not in told_ranks]
    ranks = {c.rank for c in told}
    return State(told, [c for c in (*before.told, *before.faded) if c.rank not in ranks])


def _spared_from(run: str, best_rank: int, history: History) -> float:
    """The rank from which on an interface can be silent in a run without having changed."""
    if run not in history.good:
        return 0
    return inf if run in history.full else best_rank


def merge_runs(captures: Iterable[Stored], history: History) -> tuple[Row, Stored] | None:
    """The latest row of one document, with its history over all runs; None if nothing told of it.

    A change is one of the content as the same interface tells it, and so the first word of another
    interface is none.
    """
    found = list(captures)
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
        "last_seen": max(c.seen_at for c in found),
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


def documents(extracts: Extracts, history: History) -> Iterator[Row]:
    """The documents of a source with provenance, and what later steps need under names
    that begin with "_"."""
    terms = Terms(extracts)
    for _, group in groupby(_admitted(extracts, "documents", history), key=lambda s: s.key):
        merged = merge_runs(group, history)
        if merged:
            row, best = merged
            terms.fill(row)
            row["gone_since"] = history.gone_since(row, row.pop("_last_run"), best.rank)
            yield row | best.provenance


def _admitted(extracts: Extracts, kind: str, history: History) -> Iterator[Stored]:
    """What the runs told that are not held back."""
    held_back = history.held_back
    return (s for s in extracts.sorted(kind) if s.run not in held_back)


def comments(extracts: Extracts, authors: dict[str, list[str]], history: History) -> Iterator[Row]:
    """The comments of a source in the order of their documents and of time, spam included.

    `authors` holds the native ids of each document's authors, by which a comment of the author's
    own is known where the interface does not mark it.
    """
    admitted = _admitted(extracts, "comments", history)
    for document_id, group in groupby(admitted, key=lambda s: s.key.split("/")[0]):
        rows = []
        for _, captures in groupby(group, key=lambda s: s.key):
            found = list(states(captures, history))
            if not found:
                continue
            row, best = merge_captures(found[-1][1])
            if row.get("_author_ref") in authors.get(document_id, []):
                row["is_by_document_author"] = True
            row["_gone_since"] = history.comment_gone_since(row, found[-1][0], best.rank)
            rows.append(row | best.provenance)
        yield from _in_order(rows)


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
    return float(number) if number.isdigit() else inf


def list_entries(extracts: Extracts, history: History) -> Iterator[Row]:
    """The entries of each listing as its latest capture shows them."""
    for _, group in groupby(_admitted(extracts, "list_entries", history), key=lambda s: s.key):
        found = list(group)
        newest = max((s.seen_at, s.warc_file, s.warc_offset) for s in found)
        for stored in found:
            if (stored.seen_at, stored.warc_file, stored.warc_offset) == newest:
                yield stored.row | stored.provenance


def quarantine(extracts: Extracts) -> Iterator[Row]:
    """What could not be read; the same bytes once, however often they were seen."""
    for _, group in groupby(extracts.sorted("quarantine"), key=lambda s: s.key):
        seen: set[tuple[str, int]] = set()
        for stored in group:
            place = (stored.warc_file, stored.warc_offset)
            if place not in seen:
                seen.add(place)
                yield stored.row | stored.provenance


def as_json(row: Row) -> str:
    return json.dumps(row, ensure_ascii=False, sort_keys=True, default=str)
