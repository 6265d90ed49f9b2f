"""How a run ended: exhausted, truncated, blocked or failed, by what it saw and not by hope."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from scrapy.exceptions import IgnoreRequest

from crawlers.archive.records import is_success

Kind = Literal["exhausted", "truncated", "blocked", "failed"]

ROBOTS, OFFSITE, DISK = "robots", "offsite", "disk"
TOO_LARGE, PRIVATE, REDIRECTS = "too large", "private address", "endless redirects"
MANY_ADDRESSES, BROKE, CODING = "too many addresses", "callback failed", "broken coding"
ROBOTS_UNREACHABLE, ROBOTS_REFUSED = "robots.txt unreachable", "robots.txt refused"
DEPTH = "depth limit"
VOLUME, LOW_DISK = "too many bytes", "low disk"
TOO_LONG, TOO_HEAVY = "too long to follow", "too slow to follow"
MOVED = "moved"
CHALLENGE, TURNED_AWAY = "challenge page", "turned away"
STAY_AWAY, SWAMPED, UNAVAILABLE = "asked to stay away", "too many requests", "unavailable"
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
    "TlsError": "tls",
    "DownloadCancelledError": TOO_LARGE,
    "HeadersTooLargeError": TOO_LARGE,
    "PrivateAddressError": PRIVATE,
    # What the decompressors raise; `error` is that of zlib and of brotli.
    "BadGzipFile": CODING,
    "EOFError": CODING,
    "ZstdError": CODING,
    "error": CODING,
    "OSError": DISK,
}
ADVICE: dict[str, str] = {
    "dns": "the host name was not found: is there a network, does the site still exist?",
    "refused": "the server refused the connection: is it down?",
    "timeout": "the server did not answer in time",
    "connection lost": "the connection broke: is there a network?",
    "tls": "the certificate was not accepted",
    TOO_LARGE: "a body, or what it unpacks to, was larger than DOWNLOAD_MAXSIZE, or its headers"
    " did not end: is this the site that you know?",
    PRIVATE: "the address leads into a private network: was the site taken over? If it lives there,"
    " see PRIVATE_ADDRESSES_ALLOWED",
    CODING: "the compressed body could not be unpacked: does the page show in a browser?",
    REDIRECTS: "the site redirects from one address to the next without end: does it work in a"
    " browser?",
    MANY_ADDRESSES: "the site names more addresses than REQUESTS_MAX: is there a trap in it?",
    DEPTH: "pages lie deeper than DEPTH_MAX links, or than the source's max_depth",
    TOO_LONG: "pages or lists were too long for all their links to be followed: look at them, and"
    " if they are sound, name what they list in the source's start_urls",
    TOO_HEAVY: "finding the links of some pages took longer than FOLLOW_TIMEOUT: the run's problems"
    " name them; report it",
    VOLUME: "the site sent more bytes than a run may take (RUN_MAXSIZE): is this still the right"
    " site? If it is, set RUN_MAXSIZE in the source's custom_settings",
    LOW_DISK: "the disk has little more free than building and publishing need (DISK_RESERVE): free"
    " some space or set HARVEST_DATA to a folder on a larger disk; the next run goes on from here",
    BROKE: "the spider raised an error on a page: the log says where; report it",
    ROBOTS: "robots.txt forbids it: ask the owner before you change anything",
    ROBOTS_UNREACHABLE: "robots.txt was answered with a server error or not at all, and then RFC"
    " 9309 forbids every page: try again later; if it stays so, tell the owner",
    ROBOTS_REFUSED: "even robots.txt was answered with 429 (too many requests): try again later; if"
    " it stays so, ask the owner",
    STAY_AWAY: "the server asks to come back later than we wait (RETRY_AFTER_MAX): try again then",
    SWAMPED: "the server answers 429 to everything (REFUSALS_MAX in a row): try again later with a"
    " longer DOWNLOAD_DELAY, or ask the owner",
    UNAVAILABLE: "the server answers 503 to everything (REFUSALS_MAX in a row): try again later",
    OFFSITE: "the site redirects to another host: has it moved?",
    MOVED: "the start page redirects to another domain: if the site has moved there, change its"
    " start_urls, and set `site` to what it was so that its documents keep their ids",
    CHALLENGE: "the site answers with a page that tests for a person at a browser: ask its owner to"
    " let this crawler in; what earlier runs got stays",
    TURNED_AWAY: "the site refuses its pages (401, 403): ask its owner before you change anything",
    "http 4xx": "the pages are not where they were: has the site moved?",
    "http 5xx": "the server has an error of its own: try again later",
    DISK: "the archive could not be written: is the disk full?",
}
BLOCKING = {401, 403, 429}
FEWEST_REFUSALS, MOST_REFUSED = 5, 0.2
"""So many pages that we are turned away from, and such a share of all answers, are no members'
corner of a site any more: the site keeps us out."""
UNREACHABLE = {"dns", "refused", "tls", PRIVATE, ROBOTS_UNREACHABLE, ROBOTS_REFUSED, STAY_AWAY}
UNREACHABLE |= {SWAMPED, UNAVAILABLE, DISK}
"""Causes for which nothing else of a site would be answered either."""
KINDS: dict[str, Kind] = dict.fromkeys((ROBOTS, ROBOTS_REFUSED, STAY_AWAY, SWAMPED), "blocked")
"""What a run is to which nothing came, by the cause of most of its failures; else it failed."""
CALENDAR, SESSION, FACETS = "calendar", "session id", "facets"
ENDLESS_PATH, ENDLESS_LIST = "endless path", "endless list"
TRAPS = {CALENDAR, SESSION, FACETS, ENDLESS_PATH, ENDLESS_LIST}
"""Causes of requests that were not made because a place in the site has no end: no loss."""


@dataclass(frozen=True, slots=True)
class Outcome:
    kind: Kind
    reason: str | None = None


class Moved(IgnoreRequest):
    """A page redirects to `target`, which is on another site."""

    def __init__(self, target: str) -> None:
        super().__init__(f"redirects to {target}")
        self.target = target


class Withheld(IgnoreRequest):
    """A request that was not made, because its host must not be asked; `cause` is in `ADVICE`."""

    def __init__(self, cause: str) -> None:
        super().__init__(ADVICE[cause])
        self.cause = cause


def cause_of(error: BaseException) -> str:
    """The cause of a request without an answer, as one of `ADVICE` or the error's own name."""
    if isinstance(error, Withheld):
        return error.cause
    if isinstance(error, IgnoreRequest):
        return _why_ignored(str(error).lower())
    for cls in type(error).__mro__:
        if cls.__name__ in CAUSES:
            return CAUSES[cls.__name__]
    return type(error).__name__


def _why_ignored(text: str) -> str:
    """The cause by the words of Scrapy's middlewares, which have no classes of their own for it."""
    known = {"robots": ROBOTS, "max redirections": REDIRECTS, "download_maxsize": TOO_LARGE}
    return next((cause for words, cause in known.items() if words in text), OFFSITE)


def judge(
    closed: str,
    statuses: Counter[int],
    failures: Counter[str],
    remarks: Iterable[str] = (),
    refusals: Counter[int] | None = None,
) -> Outcome:
    """The outcome of a run that Scrapy closed with the reason `closed`.

    `statuses` counts the answers that callbacks saw, `failures` the requests without an answer by
    cause, among them those that a spider did not make (`TRAPS`, and limits of its own). `remarks`
    are added to the reason, and so is how many pages robots.txt withheld. `refusals` are those of
    the answers that turned us away from a page; that an interface is closed is none.
    """
    outcome = _judge(closed, statuses, failures, refusals or Counter())
    withheld = f"robots.txt withheld {failures[ROBOTS]} page" + "s" * (failures[ROBOTS] > 1)
    said = [outcome.reason, withheld if failures[ROBOTS] else None, *remarks]
    return Outcome(outcome.kind, "; ".join(text for text in said if text) or None)


def _judge(
    closed: str, statuses: Counter[int], failures: Counter[str], refusals: Counter[int]
) -> Outcome:
    ended = closed.replace("_", " ")
    if ended in {STAY_AWAY, SWAMPED, UNAVAILABLE}:
        return Outcome(KINDS.get(ended, "failed"), ADVICE[ended])
    if closed == "archive_unwritable":
        ended = DISK
    if ended in {DISK, VOLUME, LOW_DISK}:
        # What is archived is good, and the next run goes on from there.
        return Outcome("truncated" if _has_pages(statuses) else "failed", ADVICE[ended])
    if failures[CHALLENGE]:
        return Outcome("blocked", f"{failures[CHALLENGE]} × {CHALLENGE}: {ADVICE[CHALLENGE]}")
    if not _has_pages(statuses):
        return _nothing_came(statuses, failures)
    turned_away = refusals.total()
    if turned_away >= FEWEST_REFUSALS and turned_away > MOST_REFUSED * statuses.total():
        return Outcome("blocked", f"{turned_away} × {TURNED_AWAY}: {ADVICE[TURNED_AWAY]}")
    if statuses[429]:
        return Outcome("blocked", f"{statuses[429]} × http 429: {ADVICE[SWAMPED]}")
    if closed.startswith("closespider_"):
        return Outcome("truncated", f"limit reached: {closed.removeprefix('closespider_')}")
    if closed != "finished":
        return Outcome("truncated", f"stopped: {closed}")
    missing = Counter({c: n for c, n in failures.items() if c not in {ROBOTS, OFFSITE} | TRAPS})
    missing.update({f"http {s}": n for s, n in statuses.items() if s >= 500})
    if missing:
        return Outcome("truncated", f"requests without an answer: {_list(missing)}")
    bounded = Counter({c: n for c, n in failures.items() if c in TRAPS})
    bounded.update({f"http {s}": n for s, n in refusals.items()})
    return Outcome("exhausted", f"left out: {_list(bounded)}" if bounded else None)


def _has_pages(statuses: Counter[int]) -> bool:
    return any(is_success(status) for status in statuses)


def _class_of(status: int) -> str:
    if status in BLOCKING:
        return SWAMPED if status == 429 else TURNED_AWAY
    return "http 5xx" if status >= 500 else "http 4xx"


def _list(counts: Counter[str]) -> str:
    return ", ".join(f"{n} × {cause}" for cause, n in counts.most_common())


def _nothing_came(statuses: Counter[int], failures: Counter[str]) -> Outcome:
    if failures:
        cause = MOVED if failures[MOVED] else failures.most_common(1)[0][0]
        return Outcome(KINDS.get(cause, "failed"), f"{cause}: {ADVICE.get(cause, 'see the log')}")
    if statuses:
        status = statuses.most_common(1)[0][0]
        kind: Kind = "blocked" if status in BLOCKING else "failed"
        return Outcome(kind, f"only HTTP {status} came: {ADVICE[_class_of(status)]}")
    return Outcome("failed", "no request was made")
