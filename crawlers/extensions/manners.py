"""Keep the distance that a site asks for: Crawl-delay, Retry-After, and "too many requests"."""

from __future__ import annotations

import asyncio
import logging
import re
import time
from collections import Counter
from datetime import UTC
from email.utils import parsedate_to_datetime

from scrapy import Spider, signals
from scrapy.core.downloader import Slot
from scrapy.crawler import Crawler
from scrapy.http import Request, Response
from scrapy.robotstxt import RobotParser
from scrapy.utils.httpobj import urlparse_cached

from cleaning.urls import host_of
from crawlers.outcome import STAY_AWAY, SWAMPED, UNAVAILABLE, Withheld
from crawlers.platforms.base import PlatformSpider

logger = logging.getLogger(__name__)

ASKED_TO_WAIT = {429, 503}
SECONDS = re.compile(r"\d{1,12}(?:\.\d+)?", re.ASCII)
"""RFC 9110 has whole seconds; a fraction is understood too, for the server means it."""
SHORTEST = 0.001
"""Seconds; Scrapy looks at the time only where a host's delay is not 0."""


class KeepDistance:
    """Extension that spaces the requests to a host as its robots.txt and its answers ask for.

    - Between two requests lies the longest of DOWNLOAD_DELAY, AutoThrottle's delay and the host's
      Crawl-delay, of which at most CRAWL_DELAY_MAX seconds are kept: the run's outcome says so.
      Crawl-delay counts from the end of an answer, for Scrapy's own delay, which counts from when
      it began to connect, is shorter where the server stands.
    - After a 429 or 503 the whole host rests, from that answer on, as long as Retry-After says, and
      at least DOWNLOAD_DELAY, doubled with each further one in a row.
    - A Retry-After above RETRY_AFTER_MAX seconds, or REFUSALS_MAX such answers in a row, shut the
      host: nothing more is asked of it. If it is the source's own, the run ends ("blocked", or
      "failed" after 503).
    """

    def __init__(self, crawler: Crawler) -> None:
        settings = crawler.settings
        self.crawler = crawler
        self.agent: str = settings["ROBOTSTXT_USER_AGENT"] or settings["USER_AGENT"]
        self.longest_wait = settings.getfloat("RETRY_AFTER_MAX")
        self.longest_delay = settings.getfloat("CRAWL_DELAY_MAX")
        self.patience = settings.getint("REFUSALS_MAX")
        self.pause = settings.getfloat("DOWNLOAD_DELAY")
        self.longest_pause = settings.getfloat("AUTOTHROTTLE_MAX_DELAY")
        # By slot, which is a host's name; hosts on one machine with several ports are one.
        self.floors: dict[str, float] = {}
        self.rests: dict[str, float] = {}  # until when, by the monotonic clock
        # By host and port.
        self.refusals: Counter[str] = Counter()
        self.shut: dict[str, str] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> KeepDistance:
        extension = cls(crawler)
        connect = crawler.signals.connect
        connect(extension.robots_parsed, signal=signals.robots_parsed)
        connect(extension.request_reached_downloader, signal=signals.request_reached_downloader)
        connect(extension.response_downloaded, signal=signals.response_downloaded)
        return extension

    def robots_parsed(self, robotparser: RobotParser, request: Request) -> None:
        """Note the host's Crawl-delay; its robots.txt is read before anything else of it."""
        asked = robotparser.crawl_delay(self.agent)
        if not asked:
            return
        key = self._key(request)
        kept = min(float(asked), self.longest_delay)
        self.floors[key] = max(kept, self.floors.get(key, 0.0))
        self.crawler.stats.max_value("manners/crawl_delay", asked)
        if kept < asked and self._is_own(request):
            self._remark(
                f"robots.txt asks for {asked:,.0f} s between requests, {kept:g} s are kept"
            )
        self._rest(key, self.floors[key])
        self._space(request)

    def request_reached_downloader(self, request: Request) -> None:
        # Scrapy forgets a host that was idle, and with it what was asked for.
        self._space(request)

    def response_downloaded(self, response: Response, request: Request, spider: Spider) -> None:
        host = urlparse_cached(request).netloc
        if response.status in ASKED_TO_WAIT:
            self._refused(response, request, host)
        else:
            self.refusals.pop(host, None)
        key = self._key(request)
        self._rest(key, self.floors.get(key, 0.0))
        # AutoThrottle has just set the delay by what it measured.
        self._space(request)

    def cause_to_withhold(self, request: Request) -> str | None:
        """Why nothing is asked of this request's host any more, as one of `outcome.ADVICE`."""
        return self.shut.get(urlparse_cached(request).netloc)

    # --- how long ---

    def _refused(self, response: Response, request: Request, host: str) -> None:
        self.refusals[host] += 1
        self.crawler.stats.inc_value("manners/asked_to_wait")
        asked = retry_after(response)
        if asked is not None and asked > self.longest_wait:
            self._shut(request, STAY_AWAY, f"it asks to come back in {asked:,.0f} s")
        elif self.refusals[host] >= self.patience:
            cause = SWAMPED if response.status == 429 else UNAVAILABLE
            self._shut(request, cause, f"{self.refusals[host]} × {response.status} in a row")
        else:
            pause = self.pause * 2 ** (self.refusals[host] - 1)
            wait = max(asked or 0.0, min(pause, self.longest_pause))
            self._rest(self._key(request), wait)

    def _rest(self, key: str, seconds: float) -> None:
        """Ask nothing of a host for so long from now on."""
        self.rests[key] = max(time.monotonic() + seconds, self.rests.get(key, 0.0))

    def _space(self, request: Request) -> None:
        """Give the host's slot its lowest delay, and the rest that it asked for."""
        key = self._key(request)
        slot = self._slots().get(key)
        if slot is None:
            return
        floor, rest = self.floors.get(key), self.rests.get(key, 0.0)
        if floor:
            # What a site asks for is a minimum, so nothing may be taken off it at random.
            slot.delay, slot.jitter = max(slot.delay, floor), 0.0
        if rest > time.monotonic():
            slot.delay = max(slot.delay, SHORTEST)
            # Scrapy waits for `delay`, less what jitter takes off it, from `lastseen` on.
            shortest = slot.delay * max(0.0, 1 - slot.jitter)
            slot.lastseen = max(slot.lastseen, rest - shortest)

    # --- and when to leave it alone ---

    def _shut(self, request: Request, cause: str, why: str) -> None:
        host = urlparse_cached(request).netloc
        if host in self.shut:
            return
        logger.warning("Nothing more is asked of %s: %s", host, why)
        self.crawler.stats.inc_value(f"manners/shut/{cause}")
        self.shut[host] = cause
        own = self._is_own(request)
        for slot in self._slots().values():
            self._empty(slot, None if own else host, cause)
        if own and self.crawler.engine:
            self._remark(why)
            closing = self.crawler.engine.close_spider_async(reason=cause.replace(" ", "_"))
            self._closing = asyncio.ensure_future(closing)

    @staticmethod
    def _empty(slot: Slot, host: str | None, cause: str) -> None:
        """Take what waits for `host` (None: for any) out of the slot; closing would send it all."""
        waiting = list(slot.queue)
        slot.queue.clear()
        for request, deferred in waiting:
            if host in {None, urlparse_cached(request).netloc}:
                deferred.errback(Withheld(cause))
            else:
                slot.queue.append((request, deferred))

    def _is_own(self, request: Request) -> bool:
        """Whether the request is to the source's site; other sites, APIs too, end no run."""
        spider = self.crawler.spider
        starts = getattr(spider, "start_urls", ())
        if request.meta.get("allow_offsite") and "robots_of" not in request.meta:
            return False
        return any(host_of(url) == host_of(request.url) for url in starts)

    def _remark(self, remark: str) -> None:
        if isinstance(self.crawler.spider, PlatformSpider):
            self.crawler.spider.remarks.append(remark)

    def _key(self, request: Request) -> str:
        assert self.crawler.engine
        return self.crawler.engine.downloader.get_slot_key(request)

    def _slots(self) -> dict[str, Slot]:
        assert self.crawler.engine
        return self.crawler.engine.downloader.slots


def retry_after(response: Response) -> float | None:
    """Seconds to wait by the Retry-After header (RFC 9110, 10.2.3: seconds or a date).

    A date is read against the server's own clock, which its Date header shows. None where the
    header is missing or cannot be read.
    """
    raw = _header(response, "Retry-After")
    if SECONDS.fullmatch(raw):
        return float(raw)
    moment = _moment(raw)
    if moment is None:
        return None
    return max(0.0, moment - (_moment(_header(response, "Date")) or time.time()))


def _header(response: Response, name: str) -> str:
    return (response.headers.get(name) or b"").decode("latin-1").strip()


def _moment(raw: str) -> float | None:
    """Seconds since 1970 of a date as HTTP has it; one without zone is UTC (RFC 9110, 5.6.7)."""
    try:
        moment = parsedate_to_datetime(raw)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
