import stat
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import output.tables
from output.errors import RowError
from output.schema import QUALITY, TABLES
from output.tables import ROWS_PER_GROUP, write_table
from tests.output.examples import Row, comment, document, every_table, many_documents

DOCUMENTS = TABLES["documents"]


@pytest.mark.parametrize(("key", "rows"), every_table("a").items(), ids=TABLES.keys())
def test_the_same_rows_give_the_same_bytes(
    key: tuple[str, str], rows: list[Row], tmp_path: Path
) -> None:
    for name in ("one", "two"):
        write_table(TABLES[key[0]], "a", rows, tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_nested_types_and_times_come_back(tmp_path: Path) -> None:
    write_table(DOCUMENTS, "a", [document(0)], tmp_path / "part")
    (row,) = pq.read_table(tmp_path / "part").to_pylist()
    quality = dict.fromkeys(field.name for field in QUALITY)
    wanted = dict.fromkeys(DOCUMENTS.by_name) | document(0)
    wanted["quality"] = {**quality, "method": "named", "link_share": 0.0, "mean_line_length": 71.0}
    wanted["languages"] = [{"language": "en", "share": 0.75}, {"language": "cy", "share": 0.25}]
    assert row == wanted


@pytest.mark.parametrize("count", [0, 1, ROWS_PER_GROUP, ROWS_PER_GROUP + 1])
def test_row_groups_hold_no_more_than_the_limit(count: int, tmp_path: Path) -> None:
    rows = (comment(number) for number in range(count))
    assert write_table(TABLES["comments"], "a", rows, tmp_path / "part") == count
    metadata = pq.read_metadata(tmp_path / "part")
    sizes = [metadata.row_group(group).num_rows for group in range(metadata.num_row_groups)]
    assert sum(sizes) == count
    assert all(size == ROWS_PER_GROUP for size in sizes[:-1])


def test_long_texts_end_a_row_group_early(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(output.tables, "CHARACTERS_PER_GROUP", 10_000)
    rows = (document(number, text="word " * 1_000) for number in range(6))
    write_table(DOCUMENTS, "a", rows, tmp_path / "part")
    assert pq.read_metadata(tmp_path / "part").num_row_groups == 3


def test_compression_and_page_index_are_on(tmp_path: Path) -> None:
    write_table(DOCUMENTS, "a", [document(0)], tmp_path / "part")
    column = pq.read_metadata(tmp_path / "part").row_group(0).column(0)
    assert column.compression == "ZSTD"
    assert column.has_column_index
    assert column.has_offset_index


def test_a_file_is_written_once_and_for_good(tmp_path: Path) -> None:
    write_table(DOCUMENTS, "a", [], tmp_path / "part")
    assert not (tmp_path / "part").stat().st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH)


def interrupted() -> Iterator[Row]:
    yield from many_documents(10)
    raise LookupError("the archive ends here")


def with_a_bad_end() -> Iterator[Row]:
    yield from many_documents(10)
    yield document(11, title=11)


@pytest.mark.parametrize(
    ("rows", "error"),
    [
        pytest.param(interrupted, LookupError, id="the rows themselves fail"),
        pytest.param(with_a_bad_end, RowError, id="a row breaks the schema"),
    ],
)
def test_no_file_is_left_of_a_failure(
    rows: type[Iterator[Row]],
    error: type[Exception],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(output.tables, "ROWS_PER_GROUP", 4)
    with pytest.raises(error):
        write_table(DOCUMENTS, "a", rows(), tmp_path / "part")
    assert list(tmp_path.iterdir()) == []


def test_memory_does_not_grow_with_the_number_of_rows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(output.tables, "CHARACTERS_PER_GROUP", 1_000_000)
    peaks = []

    def rows() -> Iterator[Row]:
        for row in many_documents(400, words=4_000):
            peaks.append(pa.total_allocated_bytes())
            yield row

    before = pa.total_allocated_bytes()
    write_table(DOCUMENTS, "a", rows(), tmp_path / "part")
    # 400 texts of 25 kB are 10 MB.
    assert (tmp_path / "part").stat().st_size > 3_000_000
    assert max(peaks) - before < 3_000_000
