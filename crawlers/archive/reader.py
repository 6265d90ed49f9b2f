"""Read WARC files back, whole or damaged."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from cleaning.safe import load_json
from crawlers.archive.book import Book
from crawlers.archive.members import next_marked, read_member
from crawlers.archive.records import (
    CAPTURE_TYPE,
    RUN_URI,
    WARC_SUFFIX,
    Capture,
    Damage,
    Reference,
    RunRecord,
    is_run,
    run_name,
)

NO_RECORD = "no WARC record"
NO_METADATA = "a response without the metadata that a replay needs"


def warc_files(archive: Path, source: str) -> list[Path]:
    """All WARC files of a source, oldest run first."""
    # By the run's name, which sorts by its number and not by the clock.
    found = (archive / source).glob(f"*{WARC_SUFFIX}")
    return sorted((path for path in found if _is_of_run(path)), key=run_name)


def stray_files(archive: Path, source: str) -> list[Path]:
    """WARC files of a source that do not have the name of a run; nothing reads them."""
    return sorted(path for path in (archive / source).glob("*.warc*") if not _is_of_run(path))


def _is_of_run(path: Path) -> bool:
    return path.name.endswith(WARC_SUFFIX) and is_run(run_name(path)) and not path.is_dir()


def scan(path: Path) -> Iterator[Capture | Damage | RunRecord]:
    """All captures of a WARC file in order, without their bodies.

    Damage is reported as such, and reading goes on at the next record of this file's own.
    """
    pending: tuple[Capture, str] | None = None
    for offset, record in _records(path):
        if isinstance(record, str):
            yield Damage(path, offset, record)
            continue
        if record.rec_type in {"response", "revisit"}:
            if pending:
                yield Damage(path, pending[0].offset, NO_METADATA)
            pending = _as_capture(path, offset, record)
        elif record.rec_type == "metadata" and record.content_type == CAPTURE_TYPE:
            meta = _read_meta(record)
            if meta is None:
                continue
            uri = record.rec_headers.get_header("WARC-Target-URI")
            concerns = record.rec_headers.get_header("WARC-Concurrent-To")
            if uri == RUN_URI:
                yield RunRecord(path, meta)
            elif concerns is None:
                yield _with_meta(Capture(path, offset, uri, None, None, 0), meta)
            elif pending and concerns == pending[1]:
                yield _with_meta(pending[0], meta)
                pending = None
    if pending:
        yield Damage(path, pending[0].offset, NO_METADATA)


def _read_meta(record: Any) -> dict[str, Any] | None:
    """The JSON of a record of ours; other tools may keep other things under its type."""
    try:
        meta = load_json(record.raw_stream.read())
    except ValueError:
        return None
    return meta if isinstance(meta, dict) else None


def _with_meta(capture: Capture, meta: dict[str, Any]) -> Capture:
    said = meta.get("refers_to")
    refers = Reference(said["file"], said["offset"]) if said else None
    return replace(capture, meta=meta, refers=refers, length=int(meta.get("bytes", capture.length)))


def _records(path: Path) -> Iterator[tuple[int, Any]]:
    """Byte offset and record of each gzip member; for one that is not whole, why (a str).

    Behind damage, reading goes on at the next record that the file's own mark vouches for.
    """
    size = path.stat().st_size
    offset, mark = 0, None
    with path.open("rb") as file:
        while offset < size:
            try:
                data, end = read_member(file, offset)
            except (zlib.error, EOFError) as error:
                yield offset, str(error)
                # Where the first record is damaged, the book knows the mark.
                mark = mark or Book(path.parent.parent, path.parent.name).mark_of(path.name)
                found = next_marked(file, offset + 1, mark)
                offset = size if found is None else found
                continue
            record = _first_record(data)
            if offset == 0:
                mark = _mark_of(record)
            yield offset, NO_RECORD if record is None else record
            offset = end


def _mark_of(record: Any) -> str | None:
    """The id of a `warcinfo`, which the records of its file name."""
    if record is None or record.rec_type != "warcinfo":
        return None
    mark: str | None = record.rec_headers.get_header("WARC-Record-ID")
    return mark


def _first_record(data: bytes) -> Any:
    """The WARC record that a gzip member holds, or None if it is something else."""
    try:
        return next(iter(ArchiveIterator(io.BytesIO(data))), None)
    except ArchiveLoadFailed:
        return None


def _as_capture(path: Path, offset: int, record: Any) -> tuple[Capture, str] | None:
    """The capture that a record begins; None for one of no HTTP exchange, as other tools write."""
    http, headers = record.http_headers, record.rec_headers
    if http is None or not re.fullmatch(r"\d{3}", http.get_statuscode() or "", re.ASCII):
        return None
    capture = Capture(
        path,
        offset,
        headers.get_header("WARC-Target-URI"),
        int(http.get_statuscode()),
        http.get_header("Content-Type"),
        len(record.raw_stream.read()),
        digest=headers.get_header("WARC-Payload-Digest"),
        etag=http.get_header("ETag"),
        last_modified=http.get_header("Last-Modified"),
    )
    return capture, headers.get_header("WARC-Record-ID")


def read_response(path: Path, offset: int) -> tuple[int, list[tuple[str, str]], bytes]:
    """Status, headers and raw body (content coding untouched) of the record at `offset`.

    Raises OSError or ValueError if there is no whole response record there.
    """
    with path.open("rb") as file:
        try:
            data, _ = read_member(file, offset)
        except (zlib.error, EOFError) as error:
            raise ValueError(f"no whole record at byte {offset} of {path}: {error}") from error
    record = next(iter(ArchiveIterator(io.BytesIO(data))))
    if record.rec_type != "response":
        raise ValueError(f"the record at byte {offset} of {path} is a {record.rec_type}")
    http = record.http_headers
    if http is None:
        raise ValueError(f"the record at byte {offset} of {path} is of no HTTP exchange")
    return int(http.get_statuscode()), list(http.headers), record.raw_stream.read()
