"""What a WARC file tells of the crawl itself: rows of `fetches` and `runs`, and its damage."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from crawlers import reasons
from crawlers.archive import Capture, Damage, RunRecord
from crawlers.archive.records import HELD, KILLED, run_name, start_of
from pipelines.replay import Trouble
from pipelines.rows import Row


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
        "origin": "archive" if meta.get("outcome") == HELD else "network",
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
        "retrieved_at": start_of(run_name(damage.path)).isoformat(),
        "warc_file": damage.path.relative_to(archive).as_posix(),
        "warc_offset": damage.offset,
        "content_sha256": None,
    }


def trouble_row(trouble: Trouble, archive: Path) -> Row:
    """A capture that has no extract this time as a row for quarantine."""
    capture = trouble.capture
    is_damaged = trouble.kind == "unreadable"
    return {
        "table": "documents",
        "reason": reasons.CAPTURE_UNREADABLE if is_damaged else reasons.NOT_READ,
        "score": None,
        "details": trouble.details,
        "row": {"url": capture.url},
        "document_id": None,
        "retrieved_at": capture.meta["fetched_at"],
        "warc_file": capture.path.relative_to(archive).as_posix(),
        "warc_offset": capture.offset,
        "content_sha256": None,
    }


class RunSummary:
    """One run of a source, counted while its WARC file is read.

    `requests` are those that went to the site. `documents` and a verdict on the run are known only
    after the replay.
    """

    def __init__(self, path: Path, platform: str, expected: tuple[int, int]) -> None:
        self.path = path
        self.platform = platform
        self.expected = expected
        self.requests = self.answered = self.bytes = self.documents = 0
        self.asked: set[str] = set()
        """The addresses that it asked for."""
        self._damaged = self._damaged_at_end = 0
        self._said: Mapping[str, Any] | None = None

    def see(self, entry: Capture | Damage | RunRecord) -> None:
        if isinstance(entry, Damage):
            self._damaged += 1
            self._damaged_at_end += 1
        else:
            self._damaged_at_end = 0
        if isinstance(entry, Capture):
            self.asked.add(entry.url)
        if isinstance(entry, RunRecord):
            self._said = entry.data
        elif isinstance(entry, Capture) and entry.meta.get("outcome") != HELD:
            self.requests += 1
            self.answered += entry.status is not None
            self.bytes += entry.length

    def damaged(self, continued: Collection[str]) -> int:
        """Stretches that cannot be read and are lost.

        What a killed run was writing is not, if another one went on from there (`continued`): it
        has fetched that again.
        """
        is_made_up = self._said is None and self.name in continued
        return self._damaged - (self._damaged_at_end if is_made_up else 0)

    @property
    def name(self) -> str:
        return run_name(self.path)

    @property
    def said(self) -> Mapping[str, Any]:
        """What the run recorded of itself at its end; nothing if it was killed."""
        return self._said or KILLED

    @property
    def outcome(self) -> str:
        return str(self.said["outcome"])

    @property
    def finished(self) -> str | None:
        moment: str | None = self.said.get("finished")
        return moment

    @property
    def is_full(self) -> bool:
        """Whether it took nothing for granted but the server's own "not modified"."""
        return bool(self.said.get("is_full", True))

    @property
    def inventories(self) -> Mapping[str, Mapping[str, str]]:
        """Of each kind that was listed whole: the version of each native id."""
        found: Mapping[str, Mapping[str, str]] = self.said.get("inventories") or {}
        return found

    def row(self, archive: Path) -> Row:
        """The row of `runs`."""
        return {
            "run": self.name,
            "platform": self.platform,
            "started": self.said.get("started") or start_of(self.name).isoformat(),
            "finished": self.finished,
            "outcome": self.outcome,
            "reason": self.said.get("reason"),
            "requests": self.requests,
            "responses": self.answered,
            "bytes": self.bytes,
            "captures": self.answered,
            "documents": self.documents,
            "expected_min": self.expected[0],
            "expected_max": self.expected[1],
            "listed": self.said.get("listed"),
            "warc_file": self.path.relative_to(archive).as_posix(),
        }
