"""Write one table of one source as one Parquet file, streamed."""

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

import pyarrow as pa
import pyarrow.parquet as pq

from output.disk import explain_disk_errors
from output.rows import Row, checked
from output.schema import Table

ROWS_PER_GROUP = 5_000
# Pages of a megabyte exist: without a second limit, 5,000 of them would have to fit into memory.
CHARACTERS_PER_GROUP = 32 * 1024 * 1024
BUFFER_BYTES = 1024 * 1024


def write_table(table: Table, source: str, rows: Iterable[Row], path: Path) -> int:
    """Write sorted rows to the new file `path`, wait until it is on the disk, return their number.

    Memory is bounded by one row group: at most ROWS_PER_GROUP rows or about CHARACTERS_PER_GROUP
    characters. The same rows give the same bytes. Raises RowError for a row that breaks the schema
    and ReleaseError for the disk; what `rows` itself raises passes through. No file is left then.
    """
    with explain_disk_errors(path):
        path.parent.mkdir(parents=True, exist_ok=True)
    count = 0
    with _ParquetFile(path, table.arrow_schema) as file:
        for group in _groups(checked(table, source, rows)):
            file.write(group)
            count += len(group)
    return count


def _groups(rows: Iterable[dict[str, object]]) -> Iterator[list[dict[str, object]]]:
    group: list[dict[str, object]] = []
    characters = 0
    for row in rows:
        group.append(row)
        characters += sum(len(value) for value in row.values() if isinstance(value, str))
        if len(group) == ROWS_PER_GROUP or characters >= CHARACTERS_PER_GROUP:
            yield group
            group, characters = [], 0
    if group:
        yield group


class _ParquetFile:
    """A Parquet file that is either complete and on the disk, or not there."""

    def __init__(self, path: Path, schema: pa.Schema) -> None:
        self._path = path
        self._schema = schema
        with explain_disk_errors(path):
            # Through a file of Python's own, the disk's errors come with their number.
            self._sink = path.open("xb", buffering=BUFFER_BYTES)
            self._writer = pq.ParquetWriter(
                self._sink, schema, compression="zstd", write_page_index=True, store_schema=True
            )

    def __enter__(self) -> Self:
        return self

    def write(self, rows: list[dict[str, object]]) -> None:
        """Append the rows as one row group."""
        batch = pa.RecordBatch.from_pylist(rows, schema=self._schema)
        with explain_disk_errors(self._path):
            self._writer.write_batch(batch)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        try:
            if error is None:
                with explain_disk_errors(self._path):
                    self._finish()
        finally:
            self._drop_unless_finished()

    def _finish(self) -> None:
        self._writer.close()
        self._sink.flush()
        # Later releases link to this very file, so nobody should write into it.
        os.fchmod(self._sink.fileno(), os.fstat(self._sink.fileno()).st_mode & ~0o222)
        os.fsync(self._sink.fileno())
        self._sink.close()

    def _drop_unless_finished(self) -> None:
        if self._sink.closed:
            return
        # On a full disk closing fails again, and the first error is the one to tell.
        with suppress(OSError, pa.ArrowException):
            self._writer.close()
        with suppress(OSError):
            self._sink.close()
        self._path.unlink(missing_ok=True)
