"""Take no more requests from a spider than a run can ever make."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator
from typing import Any

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from crawlers.outcome import DEPTH, MANY_ADDRESSES

logger = logging.getLogger(__name__)

TURN = 0.05
"""Seconds of processor time after which other crawls, and signals, have their turn."""


class LimitRequests:
    """Spider middleware: where REQUESTS_MAX are scheduled, what a page leads to is left out.

    The rest of the page's output is not even made, for a header may announce a thousand million
    pages of a list. Nor is a request that lies deeper than DEPTH_MAX links; Scrapy's own limit
    drops those without a word. The run is then truncated, and says so.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.most = crawler.settings.getint("REQUESTS_MAX")
        self.deepest = crawler.settings.getint("DEPTH_MAX")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> LimitRequests:
        return cls(crawler)

    async def process_spider_output(
        self, response: Response, result: AsyncIterator[Any]
    ) -> AsyncIterator[Any]:
        turn = time.thread_time()
        async for found in result:
            if time.thread_time() - turn > TURN:
                await asyncio.sleep(0)
                turn = time.thread_time()
            if isinstance(found, Request) and self._are_too_many(response):
                return
            if not (isinstance(found, Request) and self._is_too_deep(response)):
                yield found

    def _are_too_many(self, response: Response) -> bool:
        if int(self.crawler.stats.get_value("scheduler/enqueued", 0)) < self.most:
            return False
        self._count(MANY_ADDRESSES)
        logger.warning("%s leads to more requests than REQUESTS_MAX", response.url)
        return True

    def _is_too_deep(self, response: Response) -> bool:
        if response.meta.get("depth", 0) < self.deepest:
            return False
        self._count(DEPTH)
        return True

    def _count(self, cause: str) -> None:
        failures = getattr(self.crawler.spider, "failures", None)
        if failures is not None:
            failures[cause] += 1
