"""The archive: one WARC file a source and run, in `<data>/archive/<source>/<run>.warc.gz`.

A capture is two records, written in one piece: the WARC `response` as the server sent it (content
coding untouched) and a `metadata` record that concerns it, with what a replay needs as JSON. A
request that got no answer leaves a `metadata` record alone. The first record of a file is its
`warcinfo`, the last one the run's own `metadata` with its outcome; a file without that one belongs
to a run that was killed.

Standard: ISO 28500 (WARC 1.1). Any WARC tool reads these files.
"""

from __future__ import annotations

import io
import json
import os
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import quote

from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

WARC_VERSION = "WARC/1.1"
CAPTURE_TYPE = "application/json"
RUN_URI = "urn:harvest:run"
GZIP_MEMBER = b"\x1f\x8b\x08"
READ_SIZE = 1 << 20
NO_METADATA = "a response without the metadata that a replay needs"
SKIPPED_HEADERS = {"transfer-encoding", "content-length"}
"""Scrapy hands over the body without chunks, so these two would describe something else."""


@dataclass(frozen=True, slots=True)
class Capture:
    """One HTTP exchange as archived; `offset` is that of its `response` record, in bytes.

    `status` is None when no answer came. `meta` is the JSON of the `metadata` record: run,
    callback, cb_kwargs, depth, fetched_at (ISO, UTC), seconds, outcome, reason, flags, attempt.
    """

    path: Path
    offset: int
    url: str
    status: int | None
    content_type: str | None
    length: int
    meta: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Damage:
    """A stretch of a WARC file that cannot be read, from `offset` on."""

    path: Path
    offset: int
    reason: str


@dataclass(frozen=True, slots=True)
class RunRecord:
    """What a run said of itself at its end."""

    path: Path
    data: Mapping[str, Any]


class ArchiveWriter:
    """Append captures of one run of one source to a new WARC file.

    Raises FileExistsError if the run's file is there already, OSError if it cannot be written.
    """

    def __init__(self, path: Path, *, source: str, run: str, software: str) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.path = path
        self._file: BinaryIO = path.open("xb")
        buffer = io.BytesIO()
        writer = WARCWriter(buffer, gzip=True, warc_version=WARC_VERSION)
        info = {"software": software, "format": WARC_VERSION, "isPartOf": source, "run": run}
        writer.write_record(writer.create_warcinfo_record(path.name, info))
        self._append(buffer.getvalue())

    def write_response(
        self,
        url: str,
        status_line: str,
        headers: list[tuple[str, str]],
        body: bytes,
        meta: Mapping[str, Any],
        *,
        truncated: str | None = None,
    ) -> int:
        """Archive an answer and return the byte offset of its `response` record."""
        buffer = io.BytesIO()
        writer = WARCWriter(buffer, gzip=True, warc_version=WARC_VERSION)
        warc_headers = {"WARC-Date": _warc_date(str(meta["fetched_at"]))}
        if truncated:
            warc_headers["WARC-Truncated"] = truncated
        # warcio writes header names as ASCII only, and servers send what they like.
        kept = [(quote(k), v) for k, v in headers if k.lower() not in SKIPPED_HEADERS]
        http = StatusAndHeaders(
            status_line, [*kept, ("Content-Length", str(len(body)))], protocol="HTTP/1.1"
        )
        record = writer.create_warc_record(
            url,
            "response",
            payload=io.BytesIO(body),
            http_headers=http,
            warc_headers_dict=warc_headers,
        )
        writer.write_record(record)
        record_id = record.rec_headers.get_header("WARC-Record-ID")
        self._write_metadata(writer, url, meta, concerns=record_id)
        return self._append(buffer.getvalue())

    def write_failure(self, url: str, meta: Mapping[str, Any]) -> int:
        """Archive that a request got no answer."""
        buffer = io.BytesIO()
        writer = WARCWriter(buffer, gzip=True, warc_version=WARC_VERSION)
        self._write_metadata(writer, url, meta, concerns=None)
        return self._append(buffer.getvalue())

    def close(self, run: Mapping[str, Any]) -> None:
        """Write the run's own record, and end the file."""
        buffer = io.BytesIO()
        writer = WARCWriter(buffer, gzip=True, warc_version=WARC_VERSION)
        self._write_metadata(writer, RUN_URI, run, concerns=None)
        self._append(buffer.getvalue())
        os.fsync(self._file.fileno())
        self._file.close()

    @staticmethod
    def _write_metadata(
        writer: WARCWriter, url: str, meta: Mapping[str, Any], *, concerns: str | None
    ) -> None:
        payload = json.dumps(meta, ensure_ascii=False, sort_keys=True).encode()
        moment = str(meta.get("fetched_at") or meta["finished"])
        headers = {"WARC-Date": _warc_date(moment)}
        if concerns:
            headers["WARC-Concurrent-To"] = concerns
        record = writer.create_warc_record(
            url,
            "metadata",
            payload=io.BytesIO(payload),
            length=len(payload),
            warc_content_type=CAPTURE_TYPE,
            warc_headers_dict=headers,
        )
        writer.write_record(record)

    def _append(self, data: bytes) -> int:
        # One write a capture, and at once: a killed process then cuts at most the capture that it
        # was writing, and a reader sees where.
        offset = self._file.tell()
        self._file.write(data)
        self._file.flush()
        return offset


def _warc_date(moment: str) -> str:
    return datetime.fromisoformat(moment).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def warc_files(archive: Path, source: str) -> list[Path]:
    """All WARC files of a source, oldest run first."""
    return sorted((archive / source).glob("*.warc.gz"))


def scan(path: Path) -> Iterator[Capture | Damage | RunRecord]:
    """All captures of a WARC file in order, without their bodies.

    Damage is reported as such, and reading goes on at the next record that is whole.
    """
    pending: tuple[Capture, str] | None = None
    for offset, record in _records(path):
        if isinstance(record, str):
            yield Damage(path, offset, record)
            continue
        uri = record.rec_headers.get_header("WARC-Target-URI")
        if record.rec_type == "response":
            if pending:
                yield Damage(path, pending[0].offset, NO_METADATA)
            pending = _as_capture(path, offset, record)
        elif record.rec_type == "metadata":
            meta = json.loads(record.raw_stream.read())
            concerns = record.rec_headers.get_header("WARC-Concurrent-To")
            if uri == RUN_URI:
                yield RunRecord(path, meta)
            elif concerns is None:
                yield Capture(path, offset, uri, None, None, 0, meta)
            elif pending and concerns == pending[1]:
                yield replace(pending[0], meta=meta)
                pending = None
    if pending:
        yield Damage(path, pending[0].offset, NO_METADATA)


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
            yield offset, next(iter(ArchiveIterator(io.BytesIO(data))))
            offset = end


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


def _as_capture(path: Path, offset: int, record: Any) -> tuple[Capture, str]:
    http, headers = record.http_headers, record.rec_headers
    capture = Capture(
        path,
        offset,
        headers.get_header("WARC-Target-URI"),
        int(http.get_statuscode()),
        http.get_header("Content-Type"),
        len(record.raw_stream.read()),
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
    return int(http.get_statuscode()), list(http.headers), record.raw_stream.read()
