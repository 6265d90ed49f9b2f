from pathlib import Path

import pytest

from output.errors import ReleaseError
from output.show import SourceCounts, find_row, summarise_release
from tests.output.examples import comment, comment_id, document, document_id, publish, quarantined


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    tables = {
        ("documents", "allotments"): [
            document(0),
            document(1),
            document(6, document_id="5ba15e57-77"),
        ],
        ("documents", "tool_library"): [
            document(2),
            document(3, document_id="feed5eed-0001"),
            document(4, document_id="feed5eed-0002"),
            document(5, document_id="feed5eed-00021"),
        ],
        ("comments", "allotments"): [comment(7), comment(8)],
        ("quarantine", "tool_library"): [
            quarantined(0, document_id=document_id(2)),
            quarantined(1, table="documents", document_id="0ff0ff0f-1"),
            quarantined(2, table="documents", document_id="0ff0ff0f-2"),
            quarantined(3, table="documents", document_id="0ff0ff0f-2"),
        ],
    }
    return publish(tmp_path_factory.mktemp("data"), tables)


FOUND = [
    pytest.param(document_id(1), "documents", "allotments", document_id(1), id="document"),
    pytest.param(comment_id(8), "comments", "allotments", comment_id(8), id="comment"),
    pytest.param("5ba15e57", "documents", "allotments", "5ba15e57-77", id="shortest prefix"),
    pytest.param(comment_id(7)[:20], "comments", "allotments", comment_id(7), id="prefix"),
    pytest.param("feed5eed-0002", "documents", "tool_library", "feed5eed-0002", id="exact first"),
    pytest.param(
        "00000001-0bad", "quarantine", "tool_library", "00000001-0bad", id="quarantined row"
    ),
    pytest.param(
        "0ff0ff0f-1", "quarantine", "tool_library", "00000001-0bad", id="quarantined document"
    ),
]
IDS = {"documents": "document_id", "comments": "comment_id", "quarantine": "quarantine_id"}


@pytest.mark.parametrize(("wanted", "table", "source", "begins"), FOUND)
def test_a_row_is_found_by_its_id(
    wanted: str, table: str, source: str, begins: str, release: Path
) -> None:
    found = find_row(release, wanted)
    assert found is not None
    assert found[:2] == (table, source)
    assert found[2]["source"] == source
    assert str(found[2][IDS[table]]).startswith(begins)


@pytest.mark.parametrize("wanted", ["deadbeef", "00000001-9", "00000001%", "ffffffff-ffff"])
def test_what_is_not_there_is_not_found(wanted: str, release: Path) -> None:
    assert find_row(release, wanted) is None


REFUSED = [
    pytest.param(
        "feed5eed", r"fits several rows: feed5eed-0001 \(documents\), feed5eed-0002", id="prefix"
    ),
    pytest.param("00000001", r"\(documents\), .*\(quarantine\)\. Give more", id="over tables"),
    pytest.param("0ff0ff0f-2", r"\(quarantine\), .* \(quarantine\)", id="quarantined twice"),
    pytest.param("feed", "at least 8 characters", id="short"),
    pytest.param("", "at least 8 characters", id="empty"),
]


@pytest.mark.parametrize(("wanted", "message"), REFUSED)
def test_what_is_not_clear_is_refused(wanted: str, message: str, release: Path) -> None:
    with pytest.raises(ReleaseError, match=message):
        find_row(release, wanted)


def test_candidates_are_not_told_without_end(tmp_path: Path) -> None:
    rows = [document(number, document_id=f"cafecafe-{number}") for number in range(10)]
    release = publish(tmp_path, {("documents", "plots"): rows}, sources=["plots"])
    with pytest.raises(ReleaseError, match=r"cafecafe-4 \(documents\) and more\. Give more"):
        find_row(release, "cafecafe")


def test_a_release_is_summed_up_by_source(release: Path) -> None:
    assert summarise_release(release) == [
        SourceCounts("allotments", documents=3, comments=2, quarantined=0),
        SourceCounts("tool_library", documents=4, comments=0, quarantined=4),
    ]


def test_without_a_release_nothing_is_summed_up(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="missing or damaged"):
        summarise_release(tmp_path)
