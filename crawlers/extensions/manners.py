"""Keep the distance that a site asks for: Crawl-delay in robots.txt and Retry-After."""

from __future__ import annotations

import asyncio
import logging
import time
from email.utils import parsedate_to_datetime

from scrapy import Spider, signals
from scrapy.core.downloader import Slot
from scrapy.crawler import Crawler
from scrapy.http import Request, Response
from scrapy.robotstxt import RobotParser

logger = logging.getLogger(__name__)

CRAWL_DELAY_MAX = 120.0
"""Seconds; a Crawl-delay above it is taken as this: some sites write days to keep robots out, and
those that mean it write Disallow."""
ASKED_TO_WAIT = {429, 503}


class KeepDistance:
    """Extension that raises a host's delay to what robots.txt or the server asks for.

    AutoThrottle knows one lowest delay for all hosts; this one keeps one for each. Settings:
    RETRY_AFTER_MAX (seconds), beyond which the run ends with the reason "asked_to_stay_away".
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.longest = crawler.settings.getfloat("RETRY_AFTER_MAX")
        self.agent: str = crawler.settings["ROBOTSTXT_USER_AGENT"] or crawler.settings["USER_AGENT"]
        self.floors: dict[str, float] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> KeepDistance:
        extension = cls(crawler)
        crawler.signals.connect(extension.robots_parsed, signal=signals.robots_parsed)
        crawler.signals.connect(extension.response_downloaded, signal=signals.response_downloaded)
        return extension

    def robots_parsed(self, robotparser: RobotParser, request: Request) -> None:
        delay = robotparser.crawl_delay(self.agent)
        if not delay:
            return
        key = self._key(request)
        self.floors[key] = min(float(delay), CRAWL_DELAY_MAX)
        self.crawler.stats.max_value("manners/crawl_delay", delay)
        slot = self._slot(key)
        if slot:
            self._raise(slot, self.floors[key])

    def response_downloaded(self, response: Response, request: Request, spider: Spider) -> None:
        key = self._key(request)
        slot = self._slot(key)
        if slot is None:
            return
        floor = self.floors.get(key, 0.0)
        wait = retry_after(response) if response.status in ASKED_TO_WAIT else None
        if wait is not None and wait > self.longest and not request.meta.get("allow_offsite"):
            self._stay_away(wait)
        elif wait is not None:
            # Another site, to which a signpost led, ends no run: it is not asked again.
            self.crawler.stats.inc_value("manners/retry_after")
            self._raise(slot, max(min(wait, self.longest), floor))
        elif floor:
            self._raise(slot, floor)
        elif response.status < 400 and request.meta.get("retry_times"):
            # The pause that was asked for is over: back to the usual distance.
            slot.delay = self.crawler.settings.getfloat("DOWNLOAD_DELAY")

    def _stay_away(self, wait: float) -> None:
        logger.warning("The server asks to come back in %d s", wait)
        self.crawler.stats.set_value("manners/asked_to_stay_away", wait)
        if self.crawler.engine:
            closing = self.crawler.engine.close_spider_async(reason="asked_to_stay_away")
            self._closing = asyncio.ensure_future(closing)

    def _key(self, request: Request) -> str:
        assert self.crawler.engine
        return self.crawler.engine.downloader.get_slot_key(request)

    def _slot(self, key: str) -> Slot | None:
        assert self.crawler.engine
        return self.crawler.engine.downloader.slots.get(key)

    @staticmethod
    def _raise(slot: Slot, delay: float) -> None:
        # What a site asks for is a minimum, so nothing may be taken off it at random.
        if delay > slot.delay:
            slot.delay, slot.jitter = delay, 0.0


def retry_after(response: Response) -> float | None:
    """Seconds to wait by the Retry-After header (RFC 9110, 10.2.3: seconds or a date)."""
    raw = (response.headers.get("Retry-After") or b"").decode("latin-1").strip()
    if raw.isdigit():
        return float(raw)
    try:
        moment = parsedate_to_datetime(raw)
    except ValueError:
        return None
    return max(0.0, moment.timestamp() - time.time())
