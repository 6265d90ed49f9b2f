"""How a run ended: exhausted, truncated, blocked or failed, by what it saw and not by hope."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Literal

from scrapy.exceptions import IgnoreRequest

Kind = Literal["exhausted", "truncated", "blocked", "failed"]

ROBOTS, OFFSITE, DISK = "robots", "offsite", "disk"
CAUSES: dict[str, str] = {
    "CannotResolveHostError": "dns",
    "DNSLookupError": "dns",
    "DownloadConnectionRefusedError": "refused",
    "ConnectionRefusedError": "refused",
    "DownloadTimeoutError": "timeout",
    "TimeoutError": "timeout",
    "TCPTimedOutError": "timeout",
    "ResponseNeverReceived": "connection lost",
    "DownloadFailedError": "connection lost",
    "ConnectionLost": "connection lost",
    "ConnectionDone": "connection lost",
    "SSLError": "tls",
    "VerificationError": "tls",
    "CertificateError": "tls",
    "DownloadCancelledError": "too large",
    "OSError": DISK,
}
ADVICE: dict[str, str] = {
    "dns": "the host name was not found: is there a network, does the site still exist?",
    "refused": "the server refused the connection: is it down?",
    "timeout": "the server did not answer in time",
    "connection lost": "the connection broke: is there a network?",
    "tls": "the certificate was not accepted",
    "too large": "a body was larger than DOWNLOAD_MAXSIZE",
    ROBOTS: "robots.txt forbids it: ask the owner before you change anything",
    OFFSITE: "the site redirects to another host: has it moved?",
    DISK: "the archive could not be written: is the disk full?",
}
BLOCKING = {401, 403, 429}
CALENDAR, SESSION, FACETS = "calendar", "session id", "facets"
ENDLESS_PATH, ENDLESS_LIST = "endless path", "endless list"
TRAPS = {CALENDAR, SESSION, FACETS, ENDLESS_PATH, ENDLESS_LIST}
"""Causes of requests that were not made because a place in the site has no end: no loss."""


@dataclass(frozen=True, slots=True)
class Outcome:
    kind: Kind
    reason: str | None = None


def cause_of(error: BaseException) -> str:
    """The cause of a request without an answer, as one of `ADVICE` or the error's own name."""
    if isinstance(error, IgnoreRequest):
        text = str(error).lower()
        return ROBOTS if "robots" in text else OFFSITE
    for cls in type(error).__mro__:
        if cls.__name__ in CAUSES:
            return CAUSES[cls.__name__]
    return type(error).__name__


def judge(closed: str, statuses: Counter[int], failures: Counter[str]) -> Outcome:
    """The outcome of a run that Scrapy closed with the reason `closed`.

    `statuses` counts the answers that callbacks saw, `failures` the requests without an answer by
    cause, among them those that a spider did not make (`TRAPS`, and limits of its own).
    """
    if closed == "asked_to_stay_away":
        return Outcome("blocked", "the server asks to come back later than we wait")
    if closed == "archive_unwritable":
        return Outcome("failed", ADVICE[DISK])
    if not statuses[200]:
        return _nothing_came(statuses, failures)
    if closed.startswith("closespider_"):
        return Outcome("truncated", f"limit reached: {closed.removeprefix('closespider_')}")
    if closed != "finished":
        return Outcome("truncated", f"stopped: {closed}")
    missing = Counter({c: n for c, n in failures.items() if c not in {ROBOTS, OFFSITE} | TRAPS})
    missing.update({f"http {s}": n for s, n in statuses.items() if s in {429} or s >= 500})
    if missing:
        return Outcome("truncated", f"requests without an answer: {_list(missing)}")
    bounded = Counter({c: n for c, n in failures.items() if c in TRAPS})
    return Outcome("exhausted", f"left out: {_list(bounded)}" if bounded else None)


def _list(counts: Counter[str]) -> str:
    return ", ".join(f"{n} × {cause}" for cause, n in counts.most_common())


def _nothing_came(statuses: Counter[int], failures: Counter[str]) -> Outcome:
    if failures:
        cause = failures.most_common(1)[0][0]
        kind: Kind = "blocked" if cause == ROBOTS else "failed"
        return Outcome(kind, f"{cause}: {ADVICE.get(cause, 'see the log')}")
    if statuses:
        status = statuses.most_common(1)[0][0]
        return Outcome("blocked" if status in BLOCKING else "failed", f"only HTTP {status} came")
    return Outcome("failed", "no request was made")
