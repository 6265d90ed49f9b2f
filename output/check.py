"""Read a release back and compare it with its manifest and with the schema."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from output.card import CARD
from output.dictionary import DICTIONARY
from output.disk import sha256_of
from output.errors import ReleaseError
from output.keys import KeyIndex
from output.manifest import MANIFEST, FileEntry, Manifest, read_manifest
from output.rows import key_of
from output.schema import SCHEMA_VERSION, TABLES, Table
from output.tables import ROWS_PER_GROUP

PAPERS = frozenset({MANIFEST, CARD, DICTIONARY})
REFERRING = ("comments", "links")
PROBLEMS_TOLD = 5


def check_release(release: Path) -> None:
    """Raise ReleaseError, with the first problems in it, unless the release is whole and sound."""
    problems = find_problems(release)
    if problems:
        more = len(problems) - PROBLEMS_TOLD
        told = "; ".join(problems[:PROBLEMS_TOLD]) + (f"; and {more} more" if more > 0 else "")
        raise ReleaseError(f"{release}: {told}")


def find_problems(release: Path) -> list[str]:
    """Everything that is wrong with a release, in words; memory is bounded by one row group.

    Every file is there and no other; its size, SHA-256, rows and schema are as promised and every
    value can be read; keys are unique; every comment and every link belongs to a document that is
    in `documents` or in `quarantine`.
    """
    try:
        manifest = read_manifest(release)
    except ReleaseError as error:
        return [str(error)]
    if manifest.schema_version != SCHEMA_VERSION:
        version = manifest.schema_version
        return [f"schema {version}, and this program knows {SCHEMA_VERSION}: use that version's"]
    problems = list(_find_misplaced(release, manifest))
    if not problems:
        problems += _find_broken(release, manifest)
    if not problems:
        # Rows of files that cannot be trusted would only repeat the same problem in other words.
        problems += [*_duplicate_keys(release, manifest), *_orphans(release, manifest)]
    return problems


def _find_misplaced(release: Path, manifest: Manifest) -> Iterator[str]:
    found = {path.relative_to(release).as_posix() for path in release.rglob("*") if path.is_file()}
    wanted = {partition(table, source) for table in TABLES for source in manifest.sources}
    listed = {entry.path for entry in manifest.files}
    yield from (f"{path} is missing" for path in sorted((wanted | PAPERS) - found))
    yield from (f"{path} does not belong there" for path in sorted(found - wanted - PAPERS))
    yield from (f"{path} is not in the manifest" for path in sorted(wanted - listed))
    for table, entries in manifest.tables.items():
        for entry in entries:
            if table not in TABLES or entry.path != partition(table, entry.source):
                yield f"{entry.path} is listed under table {table}"
    yield from (f"{name} is empty" for name in sorted(PAPERS & found) if _is_empty(release / name))
    for name, digest in manifest.papers.items():
        if name in found and not _is_empty(release / name) and sha256_of(release / name) != digest:
            yield f"{name} has another SHA-256 than the manifest says"


def partition(table: str, source: str) -> str:
    """Where the rows of a source stand, relative to the release."""
    return f"{table}/source={source}/part-0.parquet"


def _is_empty(path: Path) -> bool:
    return path.stat().st_size == 0


def _find_broken(release: Path, manifest: Manifest) -> Iterator[str]:
    for name, entries in manifest.tables.items():
        for entry in entries:
            for problem in _problems_of_file(release / entry.path, TABLES[name], entry):
                yield f"{entry.path} {problem}"


def _problems_of_file(path: Path, table: Table, entry: FileEntry) -> Iterator[str]:
    try:
        if path.stat().st_size != entry.bytes:
            yield f"has {path.stat().st_size} bytes, not {entry.bytes}"
        elif sha256_of(path) != entry.sha256:
            yield "has another SHA-256 than the manifest says"
        else:
            yield from _problems_of_content(path, table, entry)
    except (OSError, pa.ArrowException) as error:
        yield f"cannot be read: {error}"


def _problems_of_content(path: Path, table: Table, entry: FileEntry) -> Iterator[str]:
    with pq.ParquetFile(path) as file:
        if not file.schema_arrow.equals(table.arrow_schema, check_metadata=True):
            yield "has another schema"
        groups = range(file.num_row_groups)
        if any(file.metadata.row_group(group).num_rows > ROWS_PER_GROUP for group in groups):
            yield f"has a row group of more than {ROWS_PER_GROUP} rows"
        # Every column is read: a footer that is right says nothing about the pages.
        rows = sum(batch.num_rows for batch in _batches(file))
        if rows != entry.rows:
            yield f"has {rows} rows, not {entry.rows}"


def _duplicate_keys(release: Path, manifest: Manifest) -> Iterator[str]:
    for table in TABLES.values():
        if not table.key:
            continue
        entries = manifest.tables[table.name]
        spans = [entries] if table.is_key_global else [(entry,) for entry in entries]
        for span in spans:
            yield from _duplicates_in(release, table, span)


def _duplicates_in(release: Path, table: Table, entries: tuple[FileEntry, ...]) -> Iterator[str]:
    with KeyIndex() as seen:
        for entry in entries:
            for batch in _read(release / entry.path, table.key):
                key = seen.add(key_of(table, row) for row in batch.to_pylist())
                if key is not None:
                    yield f"{entry.path} repeats {', '.join(table.key)} {key}"
                    return


def _orphans(release: Path, manifest: Manifest) -> Iterator[str]:
    """Comments and links must not point into nowhere; a quarantined document is somewhere."""
    with KeyIndex() as known:
        for entry in manifest.tables["documents"]:
            for batch in _read(release / entry.path, ("document_id",)):
                known.include(_distinct(batch))
        for entry in manifest.tables["quarantine"]:
            for batch in _read(release / entry.path, ("document_id", "table")):
                known.include(_distinct(batch.filter(pc.equal(batch["table"], "documents"))))
        for name in REFERRING:
            for entry in manifest.tables[name]:
                yield from _orphans_of(release / entry.path, entry, known)


def _orphans_of(path: Path, entry: FileEntry, known: KeyIndex) -> Iterator[str]:
    for batch in _read(path, ("document_id",)):
        missing = known.missing(_distinct(batch))
        if missing:
            yield f"{entry.path} belongs to document {missing[0]}, which is in no table"
            return


def _distinct(batch: pa.RecordBatch) -> list[str]:
    documents: list[str] = batch["document_id"].drop_null().unique().to_pylist()
    return documents


def _read(path: Path, columns: Sequence[str]) -> Iterator[pa.RecordBatch]:
    with pq.ParquetFile(path) as file:
        yield from _batches(file, columns)


def _batches(
    file: pq.ParquetFile, columns: Sequence[str] | None = None
) -> Iterator[pa.RecordBatch]:
    # Group by group, because a batch over several groups may be larger than any that was written.
    wanted = None if columns is None else list(columns)
    for group in range(file.num_row_groups):
        yield from file.iter_batches(row_groups=[group], columns=wanted)
