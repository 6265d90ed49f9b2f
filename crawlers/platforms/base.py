"""What the base spiders of all platforms share: identity, phases, and crawl against replay.

A callback `parse_X` has two halves: `follow_X` yields the requests that a page leads to, `read_X`
yields its items. Which halves run depends on the role:

- `scrapy crawl` runs both, as any spider does;
- `scrapy harvest` only follows: the response is archived, and reading it is the build's work;
- a replay only reads.

So a `read_X` must depend on nothing but its response and its `cb_kwargs`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from datetime import date, timedelta
from typing import Any, ClassVar, Literal
from urllib.parse import urlsplit

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DontCloseSpider
from scrapy.http import Request, Response

from crawlers.items import Item, Unreadable
from crawlers.outcome import cause_of
from crawlers.platforms import signposts

Role = Literal["both", "follow", "read"]
Result = Iterator[Request | Item]

ANSWERS = list(range(400, 600))
"""Statuses that a callback of ours wants to see, because a refusal leads to the next interface."""


class PlatformSpider(Spider):
    """Base of all sources.

    A source sets `name` (its file's name), `title`, `start_urls`, `languages`, `every`,
    `expected_documents`, and where known `licence`, `terms`, `timezone` and `site`.
    """

    platform: ClassVar[str]
    title: str
    start_urls: list[str]
    languages: ClassVar[tuple[str, ...]] = ("en",)
    """ISO 639-1 codes of the languages that the site writes in, the most usual first."""
    every: ClassVar[timedelta] = timedelta(days=7)
    """How often a scheduled harvest crawls it."""
    expected_documents: ClassVar[tuple[int, int]]
    """The least and the most documents that a healthy crawl finds."""
    licence: ClassVar[str | None] = None
    terms: ClassVar[str] = ""
    """What the site says of reuse, or that nobody has looked."""
    timezone: ClassVar[str | None] = None
    """IANA zone of the times that its pages show; None where unknown."""
    checked_live: ClassVar[date | None] = None
    """When someone last saw this source work against the real site; None if nobody has."""
    follow_signposts: ClassVar[bool] = False
    """Whether to fetch the one page on another site that a post sends its reader to."""
    root: str = ""
    """The address that the site's own paths begin with, slash at its end; its host's root unless
    set."""
    site: str = ""
    """What identifies the site in ids, whatever address it is served from: its host, with the path
    where several sites share one, for each of them counts its posts from 1."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parts = urlsplit(self.start_urls[0])
        self.root = self.root or f"{parts.scheme}://{parts.netloc}/"
        home = urlsplit(self.root)
        self.site = self.site or f"{home.hostname or ''}{home.path.rstrip('/')}"
        # Subdomains are allowed with their domain, so that a redirect to or from "www" is followed.
        self.allowed_domains = [*self.extra_domains(), (parts.hostname or "").removeprefix("www.")]
        self.role: Role = "both"
        self.known: dict[str, str] = {}
        self.targets: set[str] = set()
        self.problems: list[str] = []
        self.statuses: Counter[int] = Counter()
        self.failures: Counter[str] = Counter()
        self._phases: Iterator[Iterable[Request]] = iter(())

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> PlatformSpider:
        spider = super().from_crawler(crawler, *args, **kwargs)
        spider.role = crawler.settings.get("SPIDER_ROLE", "both")
        crawler.signals.connect(spider.next_phase, signal=signals.spider_idle)
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
        # Where not even the first phase got an answer, asking on would only repeat the failure.
        requests = self._next_requests() if self.statuses else []
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
        return []

    def ask(
        self, url: str, callback: Callable[..., Any], *, priority: int = 0, **cb_kwargs: Any
    ) -> Request:
        """A request whose callback also sees refusals, and which is made once a run."""
        return Request(
            url,
            callback=callback,
            errback=self.failed,
            cb_kwargs=cb_kwargs,
            priority=priority,
            meta={"handle_httpstatus_list": ANSWERS},
        )

    def failed(self, failure: Any) -> None:
        """Note a request that got no answer; the archive middleware has already kept it."""
        cause = cause_of(failure.value)
        self.failures[cause] += 1
        self.note(f"{failure.request.url}: {cause}")

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
        )

    def parse_target(self, response: Response, target: str) -> Result:
        """The page on another site that a signpost points to: read, and never followed."""
        if response.status != 200:
            self.note(f"{target}: signpost to HTTP {response.status}")
        elif self.role != "follow":
            yield from signposts.items(response, target, self.languages)

    def target_failed(self, failure: Any) -> None:
        self.note(f"{failure.request.url}: signpost without an answer: {cause_of(failure.value)}")

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
        if follow and self.role != "read":
            yield from follow(response, **kwargs)
        if read and self.role != "follow" and response.status == 200:
            yield from read(response, **kwargs)

    def unreadable(self, response: Response, reason: str, details: str | None = None) -> Unreadable:
        return Unreadable(url=response.url, reason=reason, details=details)
