"""What a WARC file tells of the crawl itself: rows of `fetches` and `runs`, and its damage."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from crawlers import reasons
from crawlers.archive import Capture, Damage, RunRecord
from pipelines.rows import Row

INTERRUPTED = "interrupted"
"""The outcome of a run that left no record of its end: its process was killed."""


def fetch_row(capture: Capture, archive: Path) -> Row:
    """The exchange as a row of `fetches`."""
    meta = capture.meta
    return {
        "run": str(meta.get("run") or ""),
        "url": capture.url,
        "status": capture.status,
        "outcome": str(meta.get("outcome") or "ok"),
        "reason": meta.get("reason"),
        "content_type": capture.content_type,
        "bytes": capture.length,
        "seconds": meta.get("seconds"),
        "fetched_at": meta["fetched_at"],
        "origin": "network",
        "callback": meta.get("callback"),
        "warc_file": capture.path.relative_to(archive).as_posix(),
        "warc_offset": capture.offset,
    }


def damage_row(damage: Damage, archive: Path) -> Row:
    """The unreadable stretch as a row for quarantine."""
    return {
        "table": "fetches",
        "reason": reasons.CAPTURE_UNREADABLE,
        "score": None,
        "details": damage.reason,
        "row": {"url": None},
        "document_id": None,
        "retrieved_at": moment_of_run(damage.path),
        "warc_file": damage.path.relative_to(archive).as_posix(),
        "warc_offset": damage.offset,
        "content_sha256": None,
    }


class RunSummary:
    """One run of a source, counted while its WARC file is read."""

    def __init__(self, path: Path, platform: str, expected: tuple[int, int]) -> None:
        self.path = path
        self.platform = platform
        self.expected = expected
        self.captures = self.answered = self.bytes = 0
        self.record: RunRecord | None = None

    def see(self, entry: Capture | Damage | RunRecord) -> None:
        if isinstance(entry, RunRecord):
            self.record = entry
        elif isinstance(entry, Capture):
            self.captures += 1
            self.answered += entry.status is not None
            self.bytes += entry.length

    def row(self, archive: Path) -> Row:
        """The row of `runs`; how many documents a run gave is known only after the merge."""
        said: dict[str, Any] = dict(self.record.data) if self.record else {}
        return {
            "run": self.path.name.removesuffix(".warc.gz"),
            "platform": self.platform,
            "started": said.get("started") or moment_of_run(self.path),
            "finished": said.get("finished"),
            "outcome": said.get("outcome") or INTERRUPTED,
            "reason": said.get("reason") if self.record else "the run was ended from outside",
            "requests": self.captures,
            "responses": self.answered,
            "bytes": self.bytes,
            "captures": self.answered,
            "documents": None,
            "expected_min": self.expected[0],
            "expected_max": self.expected[1],
            "warc_file": self.path.relative_to(archive).as_posix(),
        }


def moment_of_run(path: Path) -> str:
    """The start of a run by the name of its file, as ISO."""
    stamp = path.name.split(".")[0][:16]
    return datetime.strptime(stamp, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC).isoformat()
