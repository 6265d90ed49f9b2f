"""What earlier runs of a source left in the archive, and what of it spares a request.

Three things do, each for a reason of its own:

- the run before was cut short: what it fetched is not fetched again;
- the site itself says that nothing changed: by 304 (validators), or by the version that its sitemap
  or inventory gives a page;
- an interface that the site does not have is not asked for at every run.

In each case the spider sees the archived answer as if it had just come, so that a crawl that spares
requests follows the same links as one that does not. From time to time a full run takes nothing
for granted but the server's own 304.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from scrapy.http import Request, Response
from scrapy.settings import BaseSettings

from crawlers.archive.records import ABSENT, GOOD, INTERRUPTED, TRUNCATED, is_success
from crawlers.archive.responses import as_response
from crawlers.ledger import Held, Ledger, Run

CUT_SHORT = "fetched by the run that was cut short"
SAME_VERSION = "the site's own list gives it the same version"
STILL_ABSENT = "not there at the last run; asked for again at the next full run"
VALIDATORS = (b"If-None-Match", b"If-Modified-Since")


@dataclass(slots=True)
class Memory:
    """Of one source, for one run. `asked` are the addresses that this run has asked for so far."""

    folder: Path = Path()
    held: Mapping[str, Held] = field(default_factory=dict)
    resumed: frozenset[str] = frozenset()
    confirmed: frozenset[str] = frozenset()
    """The good runs: their word that a page is gone, or unchanged, counts."""
    inventories: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    is_full: bool = True
    asked: set[str] = field(default_factory=set)

    @classmethod
    def load(
        cls, settings: BaseSettings, source: str, full_every: timedelta, *, now: datetime
    ) -> Memory:
        """What the ledger knows of a source; nothing where the crawl has no archive.

        Settings: HARVEST_FULL (take nothing for granted), HARVEST_FRESH (nor continue the run
        before), RESUME_WITHIN (seconds).
        """
        if not settings.get("ARCHIVE_FILE"):
            return cls()
        data = Path(settings["HARVEST_DATA"])
        with Ledger(data) as ledger:
            runs = ledger.runs(source)
            good = [r for r in runs if r.is_good]
            is_full = settings.getbool("HARVEST_FULL") or not _full_within(runs, full_every, now)
            resumed = _cut_short(runs, timedelta(seconds=settings.getint("RESUME_WITHIN")), now)
            return cls(
                data / "archive" / source,
                ledger.held(source),
                frozenset() if settings.getbool("HARVEST_FRESH") else resumed,
                frozenset(r.run for r in good),
                {} if is_full or not good else ledger.inventories(source, good[-1].run),
                is_full,
            )

    def answer_to(self, request: Request) -> tuple[Held, str] | None:
        """The capture that stands in for a request, and why; None if the site is to be asked."""
        held = self.held.get(request.url)
        if held is None or not _is_ours(request):
            return None
        if held.run in self.resumed and held.callback and is_settled(held.seen_status):
            return held, CUT_SHORT
        if self.is_full:
            return None
        version = request.meta.get("version")
        if version and version == held.version and is_success(held.seen_status):
            # What a broken site showed under the same version is not what it shows now.
            return (held, SAME_VERSION) if held.run in self.confirmed else None
        if request.meta.get("probe") and held.seen_status in ABSENT:
            return (held, STILL_ABSENT) if held.run in self.confirmed else None
        return None

    def add_validators(self, request: Request) -> Held | None:
        """Make a request conditional where the archive holds its page; returns what it holds.

        A redirect copies the headers of the request that led to it: those go first.
        """
        for name in VALIDATORS:
            request.headers.pop(name, None)
        held = self.held.get(request.url)
        if held is None or not is_success(held.seen_status) or not _is_ours(request):
            return None
        if held.etag:
            request.headers["If-None-Match"] = held.etag
        if held.last_modified:
            request.headers["If-Modified-Since"] = held.last_modified
        return held

    def has_validators(self, url: str) -> bool:
        """Whether the server can be asked whether this page changed."""
        held = self.held.get(url)
        return bool(held and is_success(held.seen_status) and (held.etag or held.last_modified))

    def response(self, held: Held, request: Request, *flags: str) -> Response:
        """The archived answer. Raises OSError or ValueError if it cannot be read back."""
        return as_response(self.folder, held.payload, request, flags)

    def unasked(self, callback: str) -> Iterator[Held]:
        """Pages that earlier runs met and this one did not: gone, or no longer linked.

        One that a run which saw everything found gone is not asked for again.
        """
        for held in self.held.values():
            is_settled_gone = held.seen_status in ABSENT and held.run in self.confirmed
            is_redirect = 300 <= held.seen_status < 400
            is_new = held.callback == callback and held.url not in self.asked
            if is_new and not (is_settled_gone or is_redirect):
                yield held


def is_settled(status: int) -> bool:
    """Whether asking again at once would bring the same answer."""
    return status < 500 and status not in {401, 403, 408, 425, 429}


def _is_ours(request: Request) -> bool:
    """Whether the archive can answer: what a browser rendered has other bytes each time."""
    return request.method == "GET" and not {"playwright", "forget"} & request.meta.keys()


def _full_within(runs: list[Run], span: timedelta, now: datetime) -> bool:
    return any(
        r.outcome == GOOD and r.is_full and r.began > now - span and not r.is_future(now)
        for r in runs
    )


def _cut_short(runs: list[Run], within: timedelta, now: datetime) -> frozenset[str]:
    """The last runs that were ended from outside or by a limit, as far as they are recent.

    One that was blocked or failed is not continued: what it got may be the refusal itself.
    """
    found: list[str] = []
    for run in reversed(runs):
        if run.outcome not in {INTERRUPTED, TRUNCATED} or abs(now - run.began) > within:
            break
        found.append(run.run)
    return frozenset(found)
