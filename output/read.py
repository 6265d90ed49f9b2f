"""Find the latest release and read rows from it."""

from collections.abc import Iterator, Sequence
from functools import reduce
from operator import and_
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds

from output.errors import ReleaseError
from output.manifest import read_manifest
from output.schema import TABLES

ROWS_AT_ONCE = 1_000


def latest_release(data: Path) -> Path | None:
    """The folder that `latest` points at, or None when there is no release.

    One whose manifest is missing or damaged is none: nothing says what belongs to it. The link is
    followed here, so that a reader stays in one release while the next is published.
    """
    release = latest_target(data)
    # Who deletes releases by hand may leave the link behind; the next release mends it.
    if release is None or not release.is_dir():
        return None
    try:
        read_manifest(release)
    except ReleaseError:
        return None
    return release


def why_no_release(data: Path) -> str:
    """Why `latest_release` finds none, and what to do, in one line."""
    release = latest_target(data)
    if release is None or not release.is_dir():
        return f"there is no release below {data} yet; run `scrapy harvest`"
    try:
        read_manifest(release)
    except ReleaseError as error:
        return f"{error}; it counts as no release. `scrapy build` publishes another"
    return f"{release} was published just now; try again"


def latest_target(data: Path) -> Path | None:
    """Where the link `latest` leads, whatever is there; None when there is no link."""
    link = data / "latest"
    return data / link.readlink() if link.is_symlink() else None


def read_rows(
    release: Path, table: str, /, *, columns: Sequence[str] | None = None, **filters: object
) -> Iterator[dict[str, object]]:
    """Yield the rows of a table, `source` included, by source and in each in the order written.

    `filters` name columns: a value must be equal, of a list, tuple or set it must be one, None
    means null. Raises ReleaseError for an unknown table or column and a file that cannot be read.
    """
    if table not in TABLES:
        raise ReleaseError(f"table {table}: there are {', '.join(TABLES)}")
    condition = _condition(table, filters)
    yield from scan(release, table, condition, columns)


def scan(
    release: Path,
    table: str,
    condition: pc.Expression | None,
    columns: Sequence[str] | None = None,
) -> Iterator[dict[str, object]]:
    """The rows of a table that satisfy an Arrow expression; streamed, one file after another."""
    hive = ds.partitioning(pa.schema([("source", pa.string())]), flavor="hive")
    try:
        dataset = ds.dataset(release / table, format="parquet", partitioning=hive)
        for group in _row_groups(dataset, condition):
            scanner = group.scanner(
                schema=dataset.schema,
                columns=None if columns is None else list(columns),
                filter=condition,
                batch_size=ROWS_AT_ONCE,
            )
            for batch in scanner.to_batches():
                yield from batch.to_pylist()
    except (OSError, pa.ArrowException) as error:
        raise ReleaseError(f"{release / table}: cannot be read ({error})") from error


def _row_groups(
    dataset: ds.Dataset, condition: pc.Expression | None
) -> Iterator[ds.ParquetFileFragment]:
    """Each row group that may hold such rows; one at a time, as a scanner would read ahead."""
    files = dataset.get_fragments(filter=condition)
    for file in sorted(files, key=lambda file: str(file.path)):
        yield from file.split_by_row_group(filter=condition, schema=dataset.schema)


def _condition(table: str, filters: dict[str, object]) -> pc.Expression | None:
    unknown = filters.keys() - TABLES[table].by_name.keys() - {"source"}
    if unknown:
        raise ReleaseError(f"table {table} has no column {', '.join(sorted(unknown))}")
    conditions = [_matches(name, wanted) for name, wanted in filters.items()]
    return reduce(and_, conditions) if conditions else None


def _matches(name: str, wanted: object) -> pc.Expression:
    if wanted is None:
        return pc.field(name).is_null()
    if isinstance(wanted, (list, tuple, set, frozenset)):
        return pc.field(name).isin(list(wanted))
    return pc.field(name) == wanted
