"""Read WARC files back, whole or damaged."""

from __future__ import annotations

import io
import json
import re
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from crawlers.archive.records import (
    CAPTURE_TYPE,
    RUN_URI,
    Capture,
    Damage,
    Reference,
    RunRecord,
    run_name,
)

GZIP_MEMBER = b"\x1f\x8b\x08"
READ_SIZE = 1 << 20
NO_RECORD = "no WARC record"
NO_METADATA = "a response without the metadata that a replay needs"


def warc_files(archive: Path, source: str) -> list[Path]:
    """All WARC files of a source, oldest run first."""
    # By the run's name, of which "…Z" comes before "…Z-2", the second one in the same second.
    found = (archive / source).glob("*.warc.gz")
    return sorted(found, key=run_name)


def scan(path: Path) -> Iterator[Capture | Damage | RunRecord]:
    """All captures of a WARC file in order, without their bodies.

    Damage is reported as such, and reading goes on at the next record that is whole.
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
        meta = json.loads(record.raw_stream.read())
    except ValueError:
        return None
    return meta if isinstance(meta, dict) else None


def _with_meta(capture: Capture, meta: dict[str, Any]) -> Capture:
    said = meta.get("refers_to")
    refers = Reference(said["file"], said["offset"]) if said else None
    return replace(capture, meta=meta, refers=refers, length=int(meta.get("bytes", capture.length)))


def _records(path: Path) -> Iterator[tuple[int, Any]]:
    """Byte offset and record of each gzip member; for one that is not whole, why (a str)."""
    size = path.stat().st_size
    offset = 0
    with path.open("rb") as file:
        while offset < size:
            try:
                data, end = _read_member(file, offset)
            except (zlib.error, EOFError) as error:
                yield offset, str(error)
                offset = _next_member(file, offset + 1, size)
                continue
            record = _first_record(data)
            yield offset, NO_RECORD if record is None else record
            offset = end


def _first_record(data: bytes) -> Any:
    """The WARC record that a gzip member holds, or None if it is something else."""
    try:
        return next(iter(ArchiveIterator(io.BytesIO(data))), None)
    except ArchiveLoadFailed:
        return None


def _read_member(file: BinaryIO, offset: int) -> tuple[bytes, int]:
    """The unpacked bytes of the gzip member at `offset`, and the offset behind it.

    Raises zlib.error where the bytes are damaged (gzip's own checksum tells), EOFError where the
    file ends inside the member.
    """
    file.seek(offset)
    unpacker = zlib.decompressobj(wbits=31)
    parts = []
    while not unpacker.eof:
        block = file.read(READ_SIZE)
        if not block:
            raise EOFError("the file is cut inside a record")
        parts.append(unpacker.decompress(block))
    return b"".join(parts), file.tell() - len(unpacker.unused_data)


def _next_member(file: BinaryIO, start: int, size: int) -> int:
    """The offset of the next gzip member that begins a WARC record, or the file's size."""
    position = start
    while position < size:
        file.seek(position)
        block = file.read(READ_SIZE)
        at = block.find(GZIP_MEMBER)
        if at < 0:
            position += max(len(block) - len(GZIP_MEMBER) + 1, 1)
        elif _begins_record(block[at:]):
            return position + at
        else:
            position += at + 1
    return size


def _begins_record(data: bytes) -> bool:
    try:
        return zlib.decompressobj(wbits=31).decompress(data, 5) == b"WARC/"
    except zlib.error:
        return False


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
            data, _ = _read_member(file, offset)
        except (zlib.error, EOFError) as error:
            raise ValueError(f"no whole record at byte {offset} of {path}: {error}") from error
    record = next(iter(ArchiveIterator(io.BytesIO(data))))
    if record.rec_type != "response":
        raise ValueError(f"the record at byte {offset} of {path} is a {record.rec_type}")
    http = record.http_headers
    if http is None:
        raise ValueError(f"the record at byte {offset} of {path} is of no HTTP exchange")
    return int(http.get_statuscode()), list(http.headers), record.raw_stream.read()
