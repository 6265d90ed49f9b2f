"""Make a recording repeatable: one time of its own for each capture, and no new file for nothing.

WARC record ids are random, so two recordings of the same content differ in their bytes; a fixture
is replaced only where what it holds has changed.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from pathlib import Path
from typing import Any

from crawlers.archive import ArchiveWriter, Capture, Damage, RunRecord, read_response, scan
from tests.recording.cases import Case
from tests.recording.crawl import RUN

STARTED = datetime.strptime(RUN, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)


def settle(case: Case, recorded: Path) -> bool:
    """Put a recording in its place; False if the fixture already holds the same.

    Raises ValueError if the recording is damaged.
    """
    settled = recorded.with_suffix(".settled")
    _rewrite(case, recorded, settled)
    if case.archive.exists() and list(_content(settled)) == list(_content(case.archive)):
        return False
    shutil.move(settled, case.archive)
    return True


def _rewrite(case: Case, recorded: Path, settled: Path) -> None:
    """Copy a recording, with one second from each capture to the next."""
    # A version in the file would make every fixture change with each release.
    software = "co-production-pipeline"
    writer = ArchiveWriter(settled, source=case.source, run=RUN, software=software)
    run: dict[str, Any] = {}
    moment = STARTED
    for entry in scan(recorded):
        moment += timedelta(seconds=1)
        if isinstance(entry, RunRecord):
            run = {**entry.data, "started": STARTED.isoformat(), "finished": moment.isoformat()}
        elif isinstance(entry, Damage):
            raise ValueError(f"{recorded}: {entry.reason}")
        else:
            meta = {**entry.meta, "fetched_at": moment.isoformat(), "seconds": 0.0}
            _write(writer, entry, meta)
    writer.close(run)


def _write(writer: ArchiveWriter, capture: Capture, meta: dict[str, Any]) -> None:
    if capture.status is None:
        writer.write_failure(capture.url, meta)
        return
    status, headers, body = read_response(capture.path, capture.offset)
    line = f"{status} {HTTPStatus(status).phrase}"
    writer.write_response(capture.url, line, headers, body, meta)


def _content(file: Path) -> Iterator[tuple[Any, ...]]:
    for entry in scan(file):
        if isinstance(entry, Capture) and entry.status is not None:
            yield entry.url, dict(entry.meta), *read_response(file, entry.offset)
        elif isinstance(entry, Capture):
            yield entry.url, dict(entry.meta)
        elif isinstance(entry, RunRecord):
            yield (dict(entry.data),)
