"""Find one row by its id, and count what each source has."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import pyarrow.compute as pc

from output.errors import ReleaseError
from output.manifest import read_manifest
from output.read import scan

SHORTEST_PREFIX = 8
CANDIDATES_TOLD = 5
IDS = {"documents": "document_id", "comments": "comment_id", "quarantine": "quarantine_id"}
LAST_CHARACTER = "\U0010ffff"

FoundRow = tuple[str, str, dict[str, object]]
"""Table, source, row."""
Condition = Callable[[str, str], pc.Expression]
"""Of the name of a column and a wanted text."""


@dataclass(frozen=True)
class SourceCounts:
    """Rows of a source in a release; `quarantined` counts rows of any table."""

    source: str
    documents: int
    comments: int
    quarantined: int


def find_row(release: Path, wanted: str) -> FoundRow | None:
    """The document, comment or quarantined row with an id, or with a unique prefix of an id.

    A prefix has at least SHORTEST_PREFIX characters. A document that was quarantined is found by
    its `document_id` too. Raises ReleaseError when several rows fit or the prefix is too short.
    """
    for condition in (_equals, _begins):
        if condition is _begins and len(wanted) < SHORTEST_PREFIX:
            raise ReleaseError(f"{wanted!r}: give at least {SHORTEST_PREFIX} characters of an id")
        for find in (_by_own_id, _quarantined_document):
            found = list(islice(find(release, wanted, condition), CANDIDATES_TOLD + 1))
            if found:
                return _only(wanted, found)
    return None


def _equals(name: str, wanted: str) -> pc.Expression:
    return pc.field(name) == wanted


def _begins(name: str, wanted: str) -> pc.Expression:
    # As a range, unlike starts_with, it lets Parquet's statistics rule out most of a sorted file.
    return (pc.field(name) >= wanted) & (pc.field(name) < wanted + LAST_CHARACTER)


def _by_own_id(release: Path, wanted: str, condition: Condition) -> Iterator[FoundRow]:
    for table, name in IDS.items():
        for row in scan(release, table, condition(name, wanted)):
            yield table, str(row["source"]), row


def _quarantined_document(release: Path, wanted: str, condition: Condition) -> Iterator[FoundRow]:
    meant_for = pc.field("table") == "documents"
    for row in scan(release, "quarantine", meant_for & condition("document_id", wanted)):
        yield "quarantine", str(row["source"]), row


def _only(wanted: str, found: list[FoundRow]) -> FoundRow:
    if len(found) == 1:
        return found[0]
    told = ", ".join(f"{row[IDS[table]]} ({table})" for table, _, row in found[:CANDIDATES_TOLD])
    more = " and more" if len(found) > CANDIDATES_TOLD else ""
    raise ReleaseError(f"{wanted!r} fits several rows: {told}{more}. Give more of the id.")


def summarise_release(release: Path) -> list[SourceCounts]:
    """How many rows each source has, by name, as its manifest says; ReleaseError without one."""
    manifest = read_manifest(release)
    return [
        SourceCounts(
            source=source,
            documents=manifest.rows("documents", source),
            comments=manifest.rows("comments", source),
            quarantined=manifest.rows("quarantine", source),
        )
        for source in sorted(manifest.sources)
    ]
