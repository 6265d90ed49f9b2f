"""What the archive consists of, as writer and reader see it."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

WARC_VERSION = "WARC/1.1"
CAPTURE_TYPE = "application/json"
RUN_URI = "urn:harvest:run"
WARC_SUFFIX = ".warc.gz"
RUN_NAME = re.compile(r"(?:r(?P<number>\d{6})-)?(?P<start>\d{8}T\d{6}Z)(?:-\d+)?", re.ASCII)
"""The number of a run, and the time at which it began by the clock (UTC). Runs of earlier versions
have no number, and perhaps one at the end. Names sort in the order of the runs, whatever the clock
said: those without a number come first."""
HELD = "held"
"""The outcome of a request that the archive answered, so that the site was not asked."""
ABSENT = (404, 410)
"""Statuses that say a page is not there."""


def is_success(status: int | None) -> bool:
    """Whether an answer brings what was asked for.

    Some systems and proxies send pages with 201, 202, 203 or 226, and whoever does not know a
    status of this class is to take it for 200 (RFC 9110, 15).
    """
    return status is not None and 200 <= status < 300


GOOD, TRUNCATED, INTERRUPTED = "exhausted", "truncated", "interrupted"
"""Outcomes of runs that saw everything there is, met a limit, or left no record of their end."""
KILLED = {"outcome": INTERRUPTED, "reason": "the run was ended from outside"}
"""What stands in for the record of a run that was killed."""
PAGE_CALLBACKS = ("parse_page", "parse_comment_page", "parse_pdf", "parse_target")
"""The callbacks that see pages made for readers; the others see lists made for machines."""
SAME_BYTES = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
"""The two profiles of `revisit` records (WARC 1.1, section 6.7)."""


@dataclass(frozen=True, slots=True)
class Reference:
    """The `response` record that holds the bytes: a WARC file of the same source, and the offset
    in it in bytes."""

    file: str
    offset: int


@dataclass(frozen=True, slots=True)
class Capture:
    """One HTTP exchange as archived; `offset` is that of its first record, in bytes.

    `status` is what the server answered, None when nothing came from the network. `length` is that
    of the body that came. `meta` is the JSON of the `metadata` record: run, callback, cb_kwargs,
    depth, fetched_at (ISO, UTC), seconds, outcome, reason, flags, version. `refers` names the
    record that holds the body where this one does not; `digest` is the body's, as WARC writes it.
    """

    path: Path
    offset: int
    url: str
    status: int | None
    content_type: str | None
    length: int
    meta: Mapping[str, Any] = field(default_factory=dict)
    refers: Reference | None = None
    digest: str | None = None
    etag: str | None = None
    last_modified: str | None = None

    @property
    def payload(self) -> Reference:
        """Where the bytes are that the spider saw."""
        return self.refers or Reference(self.path.name, self.offset)

    @property
    def seen_status(self) -> int | None:
        """The status of the answer that the spider saw; a "not modified" shows it a page again."""
        told: int | None = self.meta.get("seen_status")
        return told if told is not None else self.status


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


def run_name(path: Path) -> str:
    """The run that a WARC file holds."""
    return path.name.removesuffix(WARC_SUFFIX)


def is_run(name: str) -> bool:
    """Whether a name is that of a run."""
    try:
        return bool(RUN_NAME.fullmatch(name)) and bool(start_of(name))
    except ValueError:  # no such day or hour
        return False


def start_of(run: str) -> datetime:
    """When a run began by the clock, as its name tells. Raises ValueError if it is no name."""
    found = RUN_NAME.fullmatch(run)
    if found is None:
        raise ValueError(f"{run!r} is no name of a run")
    return datetime.strptime(found["start"], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)


def number_of(run: str) -> int:
    """The number of a run, 0 if it has none."""
    found = RUN_NAME.fullmatch(run)
    return int(found["number"] or 0) if found else 0


def payload_digest(body: bytes) -> str:
    """The digest of a body as WARC-Payload-Digest has it."""
    sha1 = hashlib.sha1(body, usedforsecurity=False).digest()
    return "sha1:" + base64.b32encode(sha1).decode("ascii")
