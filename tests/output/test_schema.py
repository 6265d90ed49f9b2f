import csv
from io import StringIO
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from output.dictionary import README, data_dictionary, with_tables
from output.rows import check_for
from output.schema import SCHEMA_VERSION, TABLES, Column, Table

PROVENANCE = {"retrieved_at", "warc_file", "warc_offset", "content_sha256", "extractor"}
WITH_PROVENANCE = ("documents", "comments", "list_entries", "links", "quarantine")
COLUMNS = [
    pytest.param(table, column, id=f"{table.name}.{column.name}")
    for table in TABLES.values()
    for column in table.columns
]
EACH_TABLE = pytest.mark.parametrize("table", TABLES.values(), ids=TABLES.keys())


def test_the_tables_are_the_promised_ones() -> None:
    promised = "documents comments list_entries links quarantine boilerplate fetches runs"
    assert list(TABLES) == promised.split()


@pytest.mark.parametrize(("table", "column"), COLUMNS)
def test_every_column_has_a_type_and_says_what_it_is(table: Table, column: Column) -> None:
    field = table.arrow_schema.field(column.name)
    assert field.metadata == {b"description": column.description.encode()}
    assert column.description.endswith((".", "…"))
    assert (field.type, field.nullable) == (column.type, column.nullable)
    assert check_for(column.type)(object()) is not None


@EACH_TABLE
def test_order_and_key_are_columns(table: Table) -> None:
    assert set(table.sort_by) | set(table.key) <= table.by_name.keys()
    assert all(not table.by_name[name].nullable for name in table.key)


@EACH_TABLE
def test_no_name_stands_twice_and_none_is_the_partition(table: Table) -> None:
    assert len(table.by_name) == len(table.columns)
    assert "source" not in table.by_name


@pytest.mark.parametrize("name", WITH_PROVENANCE)
def test_rows_can_be_traced_to_their_bytes(name: str) -> None:
    assert TABLES[name].by_name.keys() >= PROVENANCE


@EACH_TABLE
def test_a_file_gives_the_schema_back_with_its_metadata(table: Table, tmp_path: Path) -> None:
    path = tmp_path / "empty.parquet"
    pq.write_table(table.arrow_schema.empty_table(), path)
    assert pq.read_schema(path).equals(table.arrow_schema, check_metadata=True)
    assert table.arrow_schema.metadata[b"schema_version"] == SCHEMA_VERSION.encode()


def test_the_dictionary_has_every_column_once() -> None:
    lines = list(csv.DictReader(StringIO(data_dictionary())))
    wanted = [
        (table.name, name) for table in TABLES.values() for name in ("source", *table.by_name)
    ]
    assert [(line["table"], line["column"]) for line in lines] == wanted
    assert all(line["description"] and line["type"] for line in lines)


def test_the_list_of_tables_in_the_readme_is_current() -> None:
    readme = README.read_text(encoding="utf-8")
    assert readme == with_tables(readme), "run: python -m output.dictionary"


def test_a_type_without_a_check_is_refused() -> None:
    with pytest.raises(TypeError, match="no check for Arrow type"):
        check_for(pa.float32())
