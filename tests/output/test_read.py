from pathlib import Path

import pytest

from output.errors import ReleaseError
from output.release import read_rows
from tests.output.examples import Row, document, document_id, every_table, publish

READS: list[tuple[str, Row, int]] = [
    ("documents", {}, 4),
    ("documents", {"source": "allotments"}, 2),
    ("documents", {"source": "nowhere"}, 0),
    ("documents", {"document_id": document_id(1)}, 1),
    ("documents", {"document_id": [document_id(1), document_id(2)]}, 2),
    ("documents", {"published": None}, 1),
    ("documents", {"source": "tool_library", "kind": "article"}, 2),
    ("quarantine", {"table": "documents"}, 0),
    ("runs", {"outcome": {"exhausted", "failed"}}, 1),
]


@pytest.mark.parametrize(("table", "filters", "count"), READS)
def test_rows_are_read_by_their_values(
    table: str, filters: Row, count: int, tmp_path: Path
) -> None:
    others = {("documents", "tool_library"): [document(2), document(3)]}
    release = publish(tmp_path, {**every_table("allotments"), **others})
    assert len(list(read_rows(release, table, **filters))) == count  # type: ignore[arg-type]


def test_rows_come_with_their_source_and_in_order(tmp_path: Path) -> None:
    tables = {
        ("documents", "tool_library"): [document(0), document(3)],
        ("documents", "allotments"): [document(1), document(2)],
    }
    release = publish(tmp_path, tables)
    rows = list(read_rows(release, "documents", columns=["source", "document_id"]))
    assert rows == [
        {"source": "allotments", "document_id": document_id(1)},
        {"source": "allotments", "document_id": document_id(2)},
        {"source": "tool_library", "document_id": document_id(0)},
        {"source": "tool_library", "document_id": document_id(3)},
    ]


@pytest.mark.parametrize(
    ("table", "filters", "message"),
    [
        ("papers", {}, "table papers: there are documents"),
        ("documents", {"colour": "green"}, "no column colour"),
        ("documents", {"columns": ["colour"]}, "cannot be read"),
    ],
)
def test_what_does_not_exist_cannot_be_read(
    table: str, filters: Row, message: str, tmp_path: Path
) -> None:
    release = publish(tmp_path, every_table("allotments"))
    with pytest.raises(ReleaseError, match=message):
        list(read_rows(release, table, **filters))  # type: ignore[arg-type]
