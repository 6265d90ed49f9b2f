"""What the base spiders of all platforms share: identity, phases, and crawl against replay.

A callback `parse_X` has two halves: `follow_X` yields the requests that a page leads to, `read_X`
yields its items. Which halves run depends on the role:

- `scrapy crawl` runs both, as any spider does;
- `scrapy harvest` only follows: the response is archived, and reading it is the build's work;
- a replay only reads.

So a `read_X` must depend on nothing but its response and its `cb_kwargs`.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from datetime import UTC, datetime
from functools import partial
from typing import Any, Literal
from urllib.parse import urlsplit

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DontCloseSpider
from scrapy.http import Request, Response

from cleaning.urls import host_of
from crawlers import reasons
from crawlers.archive.records import is_success
from crawlers.challenge import is_challenge
from crawlers.items import Discussion, Document, Item, Unreadable, Via
from crawlers.ledger import Held
from crawlers.memory import Memory
from crawlers.outcome import BROKE, CHALLENGE, MOVED, OFFSITE, UNREACHABLE, Moved, cause_of
from crawlers.platforms import signposts
from crawlers.platforms.named import NamedPages
from crawlers.platforms.slim import followed
from crawlers.platforms.source import Source

Role = Literal["both", "follow", "read"]
Result = Iterator[Request | Item | None]  # None pauses: other crawls have their turn

ANSWERS = list(range(400, 600))
"""Statuses that a callback of ours wants to see, because a refusal leads to the next interface."""


class PlatformSpider(Source):
    """Base of all sources."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parts = urlsplit(self.start_urls[0])
        self.root = self.root or f"{parts.scheme}://{parts.netloc}/"
        home = urlsplit(self.root)
        self.site = self.site or f"{home.hostname or ''}{home.path.rstrip('/')}"
        # Subdomains are allowed with their domain, so that a redirect to or from "www" is followed.
        self.allowed_domains = [*self.extra_domains(), host_of(self.start_urls[0])]
        self.role: Role = "both"
        self.memory = Memory()
        self.known: dict[str, str] = {}
        self.targets: set[str] = set()
        self.named = NamedPages()
        self.problems: list[str] = []
        self.remarks: list[str] = []
        self.statuses: Counter[int] = Counter()
        self.refusals: Counter[int] = Counter()
        self.failures: Counter[str] = Counter()
        self._phases: Iterator[Iterable[Request]] = iter(())

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> PlatformSpider:
        spider = super().from_crawler(crawler, *args, **kwargs)
        spider.role = crawler.settings.get("SPIDER_ROLE", "both")
        spider.memory = Memory.load(
            crawler.settings, spider.name, spider.full_every, now=datetime.now(UTC)
        )
        crawler.signals.connect(spider.next_phase, signal=signals.spider_idle)
        crawler.signals.connect(spider.callback_failed, signal=signals.spider_error)
        return spider

    def extra_domains(self) -> list[str]:
        """Hosts besides the site's own that its platform answers from."""
        return []

    async def start(self) -> AsyncIterator[Any]:
        self._phases = self.phases()
        for request in self._next_requests():
            yield request

    def phases(self) -> Iterator[Iterable[Request]]:
        """Groups of requests; each is asked for when everything that came before has ended.

        Written as a generator that reads from the best interface down: what one refused, which it
        can see in the spider's own state, the next delivers.
        """
        raise NotImplementedError

    def next_phase(self) -> None:
        """On `spider_idle`: begin the next phase that has requests, if there is one."""
        # Where the site cannot be reached, asking on would only repeat the failure. A start page
        # that leads nowhere is no such thing: what it does not tell, a sitemap or an API may.
        is_reachable = self.statuses or self.failures.keys() - UNREACHABLE
        try:
            requests = self._next_requests() if is_reachable else []
        except Exception:
            self.failures[BROKE] += 1
            raise  # Scrapy logs it, and ends the run
        engine = self.crawler.engine
        if requests and engine:
            for request in requests:
                engine.crawl(request)
            raise DontCloseSpider

    def _next_requests(self) -> list[Request]:
        for phase in self._phases:
            requests = list(phase)
            if requests:
                return requests
        return [] if self.role == "read" else list(self.unasked())

    def unasked(self) -> Iterator[Request]:
        """Requests for the pages that earlier runs met and this one did not.

        They are how a page that is no longer linked is found to be gone, or still there. A full
        run also asks for the PDFs of posts that did not change.
        """
        callbacks = ("parse_page", "parse_pdf") if self.memory.is_full else ("parse_page",)
        for name in callbacks:
            for held in list(self.memory.unasked(name)):
                if hasattr(self, name) and self.misses(held):
                    self.memory.asked.add(held.url)
                    yield self.ask(held.url, getattr(self, name), **json.loads(held.cb_kwargs))

    def misses(self, held: Held) -> bool:
        """Whether this run should have met a page that it did not ask for."""
        return True

    def complete_inventories(self) -> dict[str, dict[str, str]]:
        """Of each kind of document that was listed whole: the version of each native id.

        What is in none of them, and was before, is gone. "comment" stands for comments.
        """
        return {}

    def never_asked(self) -> dict[str, object]:
        """The pages named by the site's own lists that this run neither asked for nor got from a
        better interface (see `NamedPages`)."""
        return self.named.never_asked([*self.memory.asked, *self.known.values()])

    def listed(self) -> int | None:
        """How many documents the site itself says there are; None where it does not say."""

    def ask(
        self,
        url: str,
        callback: Callable[..., Any],
        *,
        priority: int = 0,
        version: str | None = None,
        probe: bool = False,
        **cb_kwargs: Any,
    ) -> Request:
        """A request whose callback also sees refusals, and which is made once a run.

        `version` is what the site's own list says of the page's state: a page that is archived
        with the same one is not asked for again. `probe` marks an interface that the site may not
        have: where it was absent at the last run, only a full run asks for it again.
        """
        meta: dict[str, Any] = {"handle_httpstatus_list": ANSWERS}
        if version:
            meta["version"] = version
        if probe:
            meta["probe"] = True
        return Request(
            url,
            callback=callback,
            errback=self.failed,
            cb_kwargs=cb_kwargs,
            priority=priority,
            meta=meta,
        )

    def failed(self, failure: Any) -> None:
        """Note a request that got no answer; the archive middleware has already kept it."""
        error, request = failure.value, failure.request
        is_moved = isinstance(error, Moved)
        cause = self.note_move(request, error.target) if is_moved else cause_of(error)
        self.memory.asked.add(request.url)
        self.lose(request.url, cause)

    def note_move(self, request: Request, target: str) -> str:
        """The cause of a request that was redirected to another site; of a start page, the run's
        reason says where."""
        if [*request.meta.get("redirect_urls", []), request.url][0] not in self.start_urls:
            return OFFSITE
        remark = f"the start page redirects to {target}"
        if remark not in self.remarks:
            self.remarks.append(remark)
        return MOVED

    def callback_failed(self, response: Response | None) -> None:
        """On `spider_error`: what the page leads to is not known, so the run is not complete."""
        self.failures[BROKE] += 1
        self.note(f"{response.url if response else 'start'}: {BROKE}")

    def follow_signpost(
        self, body: str | None, url: str, title_link: str | None = None
    ) -> Iterator[Request]:
        """A request for the page that a post points to, if it does and this source follows that.

        What comes of it is the other site's business, and no failure of the run.
        """
        if not self.follow_signposts:
            return
        target = signposts.find_target(body, url, title_link)
        if target is None or target in self.targets:
            return
        self.targets.add(target)
        yield Request(
            target,
            callback=self.parse_target,
            errback=self.target_failed,
            cb_kwargs={"target": target},
            meta={"handle_httpstatus_list": ANSWERS, "allow_offsite": True, "dont_retry": True},
            # It may redirect to a page that was already fetched for another post.
            dont_filter=True,
        )

    def parse_target(self, response: Response, target: str) -> Result:
        """The page on another site that a signpost points to: read, and never followed."""
        if not is_success(response.status):
            self.note(f"{target}: signpost to HTTP {response.status}")
        elif self.role != "follow":
            yield from signposts.items(response, target, self.languages)

    def target_failed(self, failure: Any) -> None:
        self.note(f"{failure.request.url}: signpost without an answer: {cause_of(failure.value)}")

    def lose(self, url: str, cause: str) -> None:
        self.failures[cause] += 1
        self.note(f"{url}: {cause}")

    def note(self, problem: str) -> None:
        """Keep a problem for the run's outcome."""
        self.problems.append(problem)
        self.crawler.stats.inc_value("harvest/problems")

    def both(
        self,
        response: Response,
        follow: Callable[..., Result] | None,
        read: Callable[..., Result] | None,
        **kwargs: Any,
    ) -> Result:
        """The halves of a callback that this role wants."""
        self.statuses[response.status] += 1
        if is_challenge(response):
            yield from self._challenged(response)
            return
        if self.role != "read" and response.status in {401, 403}:
            self._turned_away(response)
        if follow and self.role != "read":
            seconds = self.crawler.settings.getfloat("FOLLOW_TIMEOUT")
            leave_out = partial(self.lose, response.url)
            yield from followed(response, partial(follow, **kwargs), seconds, leave_out)
        if read and self.role != "follow" and is_success(response.status):
            yield from read(response, **kwargs)

    def document(self, kind: str, url: str, via: Via, **fields: Any) -> Document:
        """A document of this site, with what the source says of all of them; `fields` go first."""
        known = self._declared() | {"licence": self.licence}
        return Document(kind=kind, url=url, via=via, **(known | fields))

    def discussion(self, url: str, via: Via, **fields: Any) -> Discussion:
        """Comments of this site, with what the source says of all of them."""
        return Discussion(url=url, via=via, **(self._declared() | fields))

    def _declared(self) -> dict[str, Any]:
        return {
            "platform": self.platform,
            "site": self.site,
            "timezone": self.timezone,
            "expected_languages": self.languages,
        }

    def _challenged(self, response: Response) -> Result:
        self.lose(response.url, CHALLENGE)
        if self.role != "follow":
            yield self.unreadable(response, reasons.CHALLENGE)

    def _turned_away(self, response: Response) -> None:
        """Count a refusal of a page; that an interface is closed is how some sites are made."""
        if response.request is None or not response.request.meta.get("probe"):
            self.refusals[response.status] += 1

    def unreadable(self, response: Response, reason: str, details: str | None = None) -> Unreadable:
        return Unreadable(url=response.url, reason=reason, details=details)
