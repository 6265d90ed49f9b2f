"""What analysts do first must work: each reader is tried on a published release."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest

from output.schema import TABLES
from tests.output.examples import NOW, document, every_table, publish

SOURCES = {"allotments": 2, "tool_library": 1}


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("data")
    tables = {**every_table("allotments"), ("documents", "tool_library"): [document(2)]}
    # The third source has no rows at all: its files must not change how the others are read.
    publish(folder, tables, sources=("allotments", "empty", "tool_library"))
    yield folder


def test_files_do_not_hold_the_partition_column(data: Path) -> None:
    parts = list((data / "latest" / "documents").rglob("*"))
    files = [path for path in parts if path.is_file()]
    assert sorted(path.parent.name for path in files) == [
        "source=allotments",
        "source=empty",
        "source=tool_library",
    ]
    assert {path.name for path in files} == {"part-0.parquet"}
    assert all("source" not in pq.read_schema(path).names for path in files)


def test_pandas_reads_a_table_by_its_folder(data: Path) -> None:
    documents = pd.read_parquet(f"{data}/latest/documents")
    counts = documents["source"].value_counts()
    assert {name: int(count) for name, count in counts.items() if count} == SOURCES
    assert set(documents.columns) == {*TABLES["documents"].by_name, "source"}
    assert str(documents["published"].dtype) == "datetime64[us, UTC]"
    assert documents["published"].iloc[0] == NOW
    assert [author["name"] for author in documents["authors"].iloc[0]] == [
        "Nia Probert",
        "The Allotment Circle",
    ]
    assert documents["quality"].iloc[0]["method"] == "named"


def test_pandas_reads_every_table(data: Path) -> None:
    lengths = {table: len(pd.read_parquet(data / "latest" / table)) for table in TABLES}
    expected = {table: len(list(rows)) for (table, _), rows in every_table("allotments").items()}
    assert lengths == expected | {"documents": 3}


def test_pandas_filters_by_source_and_column(data: Path) -> None:
    path = data / "latest" / "documents"
    titles = pd.read_parquet(path, columns=["title"], filters=[("source", "==", "tool_library")])
    assert titles["title"].to_list() == ["Sharing the shed keys"]


def test_pandas_joins_comments_to_documents(data: Path) -> None:
    latest = data / "latest"
    comments = pd.read_parquet(latest / "comments")
    joined = comments.merge(pd.read_parquet(latest / "documents"), on="document_id")
    assert len(joined) == 3


def test_polars_scans_a_table_with_its_partitions(data: Path) -> None:
    polars: Any = pytest.importorskip("polars")
    scan = polars.scan_parquet(f"{data}/latest/documents/**/*.parquet", hive_partitioning=True)
    counts = scan.group_by("source").len().collect()
    assert dict(counts.iter_rows()) == SOURCES
    documents = scan.sort("document_id").collect()
    assert documents.schema["published"] == polars.Datetime("us", "UTC")
    assert documents["published"][0] == NOW
    assert documents["languages"][0].to_list()[1] == {"language": "cy", "share": 0.25}


def test_polars_scans_every_table(data: Path) -> None:
    polars: Any = pytest.importorskip("polars")
    for table, schema in TABLES.items():
        scan = polars.scan_parquet(f"{data}/latest/{table}/**/*.parquet", hive_partitioning=True)
        assert scan.collect().columns == [*schema.by_name, "source"]


def test_duckdb_reads_a_table_with_its_partitions(data: Path) -> None:
    duckdb: Any = pytest.importorskip("duckdb")
    query = (
        "SELECT source, count(*) FROM "  # noqa: S608
        f"read_parquet('{data}/latest/documents/**/*.parquet', hive_partitioning = true) GROUP BY 1"
    )
    assert dict(duckdb.sql(query).fetchall()) == SOURCES


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES.keys())
def test_arrow_datasets_keep_the_schema(table: Any, data: Path) -> None:
    dataset = ds.dataset(data / "latest" / table.name, partitioning="hive")
    assert dataset.schema.names == [*table.by_name, "source"]
    for column in table.columns:
        field = dataset.schema.field(column.name)
        assert field.type == column.type
        assert field.metadata[b"description"] == column.description.encode()
