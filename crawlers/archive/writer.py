"""Write a run of one source into its WARC file."""

from __future__ import annotations

import hashlib
import io
import json
import os
import time
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawlers.archive.book import CLOSED, OPENED, Book
from crawlers.archive.records import CAPTURE_TYPE, RUN_URI, WARC_VERSION, Reference
from output.disk import sync_folder

SKIPPED_HEADERS = {"transfer-encoding", "content-length"}
"""Scrapy hands over the body without chunks, so these two would describe something else."""
SYNC_BYTES = 8 * 1024 * 1024
SYNC_SECONDS = 10.0
"""A power cut costs at most what came in since the last wait for the disk."""
Headers = list[tuple[str, str]]


class ArchiveWriter:
    """Append captures of one run of one source to a new WARC file.

    File and name are on the disk before the first capture, and what is written is at intervals.
    `append` goes on in the run's file, if there is one. Raises FileExistsError if there is and it
    is not to be appended to, OSError if it cannot be written.
    """

    def __init__(
        self, path: Path, *, source: str, run: str, software: str, append: bool = False
    ) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.path = path
        is_begun = append and path.exists()
        self._file = io.FileIO(path, "a" if is_begun else "x")
        self._digest = hashlib.sha256(path.read_bytes() if is_begun else b"")
        self._unsynced, self._synced_at = 0, time.monotonic()
        if is_begun:
            with path.open("rb") as begun:
                first = next(iter(ArchiveIterator(begun)))
            self._mark: str = first.rec_headers.get_header("WARC-Record-ID")
            return
        buffer = io.BytesIO()
        writer = WARCWriter(buffer, gzip=True, warc_version=WARC_VERSION)
        info = {"software": software, "format": WARC_VERSION, "isPartOf": source, "run": run}
        record = writer.create_warcinfo_record(path.name, info)
        self._mark = record.rec_headers.get_header("WARC-Record-ID")
        writer.write_record(record)
        self._append(buffer.getvalue())
        self._sync()
        # The file's name, that of its folder, and that of the archive.
        for folder in list(path.parents)[:3]:
            sync_folder(folder)
        self._book().note(OPENED, path.name, mark=self._mark)

    def write_response(
        self,
        url: str,
        status_line: str,
        headers: Headers,
        body: bytes,
        meta: Mapping[str, Any],
        *,
        truncated: str | None = None,
    ) -> int:
        """Archive an answer and return the byte offset of its `response` record."""
        buffer = io.BytesIO()
        writer = WARCWriter(buffer, gzip=True, warc_version=WARC_VERSION)
        warc_headers = self._headers(str(meta["fetched_at"]))
        if truncated:
            warc_headers["WARC-Truncated"] = truncated
        record = writer.create_warc_record(
            url,
            "response",
            payload=io.BytesIO(body),
            http_headers=_http(status_line, headers, len(body)),
            warc_headers_dict=warc_headers,
        )
        writer.write_record(record)
        record_id = record.rec_headers.get_header("WARC-Record-ID")
        self._write_metadata(writer, url, meta, concerns=record_id)
        return self._append(buffer.getvalue())

    def write_revisit(
        self,
        url: str,
        status_line: str,
        headers: Headers,
        meta: Mapping[str, Any],
        *,
        profile: str,
        refers: Reference,
        refers_date: str,
        digest: str,
    ) -> int:
        """Archive an answer whose body the archive holds, and return its byte offset.

        `profile` says how that is known (`records.SAME_BYTES`, `records.NOT_MODIFIED`), `refers`
        where the body is, and `refers_date` (ISO) when that was fetched from the same address.
        """
        buffer = io.BytesIO()
        writer = WARCWriter(buffer, gzip=True, warc_version=WARC_VERSION)
        warc_headers = self._headers(str(meta["fetched_at"]))
        record = writer.create_revisit_record(
            url,
            digest,
            url,
            _warc_date(refers_date),
            http_headers=_http(status_line, headers, 0),
            warc_headers_dict=warc_headers,
        )
        record.rec_headers.replace_header("WARC-Profile", profile)
        writer.write_record(record)
        record_id = record.rec_headers.get_header("WARC-Record-ID")
        self._write_metadata(writer, url, {**meta, **_referring(refers)}, concerns=record_id)
        return self._append(buffer.getvalue())

    def write_held(self, url: str, meta: Mapping[str, Any], refers: Reference) -> int:
        """Archive that the spider saw a capture again, without asking the site for it."""
        return self.write_failure(url, {**meta, **_referring(refers)})

    def write_failure(self, url: str, meta: Mapping[str, Any]) -> int:
        """Archive that a request brought nothing from the network."""
        buffer = io.BytesIO()
        writer = WARCWriter(buffer, gzip=True, warc_version=WARC_VERSION)
        self._write_metadata(writer, url, meta, concerns=None)
        return self._append(buffer.getvalue())

    def close(self, run: Mapping[str, Any]) -> None:
        """Write the run's own record, and end the file."""
        buffer = io.BytesIO()
        writer = WARCWriter(buffer, gzip=True, warc_version=WARC_VERSION)
        self._write_metadata(writer, RUN_URI, run, concerns=None)
        with self._file:
            self._append(buffer.getvalue())
            self._sync()
            size = self._file.tell()
        # What cannot be noted now, the next build notes.
        with suppress(OSError):
            self._book().note(CLOSED, self.path.name, size=size, sha256=self._digest.hexdigest())

    def _book(self) -> Book:
        return Book(self.path.parent.parent, self.path.parent.name)

    def _headers(self, moment: str) -> dict[str, str]:
        """What all records have: their time (ISO), and the mark that tells whose they are."""
        return {"WARC-Date": _warc_date(moment), "WARC-Warcinfo-ID": self._mark}

    def _write_metadata(
        self, writer: WARCWriter, url: str, meta: Mapping[str, Any], *, concerns: str | None
    ) -> None:
        payload = json.dumps(meta, ensure_ascii=False, sort_keys=True).encode()
        headers = self._headers(str(meta.get("fetched_at") or meta["finished"]))
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
        left = memoryview(data)
        try:
            while left:
                left = left[self._file.write(left) :]
        except OSError:
            # A full disk takes half a capture; without it the file is whole.
            with suppress(OSError):
                self._file.truncate(offset)
                self._file.seek(offset)
            raise
        self._digest.update(data)
        self._unsynced += len(data)
        is_late = time.monotonic() - self._synced_at > SYNC_SECONDS
        if self._unsynced >= SYNC_BYTES or is_late:
            self._sync()
        return offset

    def _sync(self) -> None:
        """Wait until what was written is on the disk."""
        os.fsync(self._file.fileno())
        self._unsynced, self._synced_at = 0, time.monotonic()


def _http(status_line: str, headers: Headers, length: int) -> StatusAndHeaders:
    # warcio writes header names as ASCII only, and servers send what they like.
    kept = [(quote(k), v) for k, v in headers if k.lower() not in SKIPPED_HEADERS]
    return StatusAndHeaders(
        status_line, [*kept, ("Content-Length", str(length))], protocol="HTTP/1.1"
    )


def _referring(refers: Reference) -> dict[str, Any]:
    return {"refers_to": {"file": refers.file, "offset": refers.offset}}


def _warc_date(moment: str) -> str:
    return datetime.fromisoformat(moment).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
