"""What a build makes of a case, in a form that a person can read and check.

Every column of the tables is a field under its own name, but for those of `UNCHECKED`; where a
table refers to a document or comment, the platform's own id stands in place of ours (the address of
a document that has none). Texts are lists of lines, and rows stand in the order of time.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from output.read import read_rows
from output.schema import PROVENANCE, TABLES
from pipelines.build import build
from pipelines.pseudonym_key import KEY_BYTES, KEY_FILE
from tests.recording.cases import Case, project_settings
from tests.recording.crawl import RUN
from tests.recording.recipe import read_recipe

Row = dict[str, Any]
Rows = dict[str, list[Row]]

CREATED = datetime(2026, 1, 6, tzinfo=UTC)
_MOMENT = "a time of the recording"
_MEASURE = "a measure, with tests of its own in tests/cleaning"
_ELSEWHERE = "a matter of a whole release, with tests of its own"
UNCHECKED: dict[str, dict[str, str]] = {
    "documents": {
        "first_seen": _MOMENT,
        "last_seen": _MOMENT,
        "last_changed": _MOMENT,
        "version": _ELSEWHERE,
        "gone_since": _ELSEWHERE,
        "near_duplicate_group": _ELSEWHERE,
        "quality": _MEASURE,
    },
    "comments": {"spam_score": _MEASURE},
    "list_entries": {},
    "links": {},
    "quarantine": {
        "quarantine_id": "a hash of the WARC offset among others",
        "score": _MEASURE,
        "details": "words for people",
    },
}
"""Columns that no expected file holds, and why; provenance is left out of all tables."""
CHECKED_TABLES = tuple(UNCHECKED)


def fields(table: str) -> list[str]:
    """The fields that an expected file has in each row of a table."""
    left_out = {column.name for column in PROVENANCE} | set(UNCHECKED[table])
    names = [name for name in TABLES[table].by_name if name not in left_out]
    return [_FIELDS.get(table, {}).get(name, name) for name in names]


_FIELDS = {
    "comments": {"document_id": "document", "parent_id": "parent"},
    "list_entries": {"document_id": "document"},
    "links": {"document_id": "document", "comment_id": "comment"},
    "quarantine": {"document_id": "document"},
}


KEYS = {
    "documents": ("native_id", "url"),
    "comments": ("document", "native_id"),
    "list_entries": ("list_url", "position"),
    "links": ("document", "comment", "position"),
    "quarantine": ("document", "row"),
}
"""The fields that tell the rows of a table apart in one case."""


def row_key(table: str, row: Row) -> str:
    return " ".join(json.dumps(row.get(name), sort_keys=True) for name in KEYS[table])


def releases(cases: Iterable[Case]) -> list[list[Case]]:
    """The cases in groups of which each can be built as one release.

    A source stands once in a release, and so must each site of the little web: the comments that
    several cases take from it would look like spam, which repeats over many places.
    """
    groups: list[tuple[set[str], list[Case]]] = []
    for case in sorted(cases):
        own = {case.source, f"demo:{read_recipe(case.recipe).demo}"}
        free = (group for group in groups if not own & group[0])
        taken, members = next(free, (set(), []))
        if not members:
            groups.append((taken, members))
        taken |= own
        members.append(case)
    return [members for _, members in groups]


class Rebuilt(Mapping[Case, Rows]):
    """What a build makes of each case. A release is built when a case of it is first asked for, so
    that a test of one source does not wait for all; `folder` gets a data folder for each."""

    def __init__(self, cases: Iterable[Case], folder: Path) -> None:
        self.releases = releases(cases)
        self.folder = folder
        self.rows: dict[Case, Rows] = {}

    def __getitem__(self, case: Case) -> Rows:
        if case not in self.rows:
            number, group = next((n, g) for n, g in enumerate(self.releases) if case in g)
            self.rows |= rebuild(group, self.folder / str(number))
        return self.rows[case]

    def __iter__(self) -> Iterator[Case]:
        return (case for group in self.releases for case in group)

    def __len__(self) -> int:
        return sum(map(len, self.releases))


def rebuild(cases: Iterable[Case], folder: Path) -> dict[Case, Rows]:
    """Build a release from the WARC files of cases of different sources, and read its rows.

    `folder` becomes the data folder. Raises what a build raises; ValueError if nothing came out.
    """
    chosen = {case.source: case for case in cases}
    for case in chosen.values():
        file = folder / "archive" / case.source / f"{RUN}.warc.gz"
        file.parent.mkdir(parents=True)
        shutil.copyfile(case.archive, file)
    # Any key will do, as long as it is always the same one.
    (folder / KEY_FILE).write_bytes(b"fixtures".ljust(KEY_BYTES, b"."))
    settings = project_settings(HARVEST_DATA=str(folder), HARVEST_KEEP_NAMES=False)
    release = build(settings, created=CREATED, workers=1).release
    if release is None:
        raise ValueError("the build found no document at all")
    return {case: _rows_of(release, source) for source, case in chosen.items()}


def _rows_of(release: Path, source: str) -> Rows:
    raw = {t: list(read_rows(release, t, source=source)) for t in CHECKED_TABLES}
    ids: dict[str, Any] = {str(row["document_id"]): _name_of(row) for row in raw["documents"]}
    ids |= {str(row["comment_id"]): row["native_id"] for row in raw["comments"]}
    order = {number: place for place, number in enumerate(_by_time(raw["documents"]))}
    rows = {t: [_readable(t, row, ids) for row in raw[t]] for t in CHECKED_TABLES}
    for table, found in rows.items():
        found.sort(key=lambda row, table=table: _place(table, row, order))  # type: ignore[misc]
    return rows


def _name_of(document: Mapping[str, Any]) -> str:
    """What names a document in other tables: the platform's id, where there is none its address."""
    return str(document["native_id"] or document["url"])


def _by_time(documents: list[Row]) -> list[str]:
    ordered = sorted(documents, key=lambda d: (str(d["published"]), _name_of(d)))
    return [_name_of(d) for d in ordered]


def _place(table: str, row: Row, order: Mapping[str, int]) -> tuple[Any, ...]:
    document = _name_of(row) if table == "documents" else str(row["document"])
    place = order.get(document, len(order))
    if table == "comments":
        return place, row["position"]
    if table == "links":
        return place, row["comment"] or "", row["position"]
    if table == "list_entries":
        return row["list_url"], row["position"]
    return place, row_key(table, row)


def _readable(table: str, row: Mapping[str, object], ids: Mapping[str, Any]) -> Row:
    result: Row = {}
    for column in TABLES[table].by_name:
        name = _FIELDS.get(table, {}).get(column, column)
        if name not in fields(table):
            continue
        value = row[column]
        if name != column:
            # An id that no row has is shown as it is: the parent of a comment that was deleted.
            value = ids.get(str(value), value)
        result[name] = _as_shown(table, column, value)
    return result


def _as_shown(table: str, column: str, value: Any) -> Any:
    if value is None or (table == "links" and column == "text"):
        return value
    return _READ[column](value) if column in _READ else value


def _time(value: Any) -> str:
    text: str = value.isoformat().replace("+00:00", "Z")
    return text


def _lines(value: Any) -> list[str]:
    return str(value).split("\n")


def _authors(value: Any) -> list[str]:
    return [f"{author['name']} ({author['kind']})" for author in value]


def _languages(value: Any) -> dict[str, float]:
    return {one["language"]: round(one["share"], 2) for one in value}


def _quarantined(value: Any) -> Row:
    """Of a row that was taken out only what tells which one it was."""
    row = json.loads(value)
    return {k: row[k] for k in ("url", "native_id", "document_native_id", "kind") if row.get(k)}


_READ: dict[str, Callable[[Any], Any]] = {
    "published": _time,
    "modified": _time,
    "text": _lines,
    "markdown": _lines,
    "authors": _authors,
    "languages": _languages,
    "row": _quarantined,
}
