"""Obey robots.txt, also while it is on its way."""

from __future__ import annotations

from asyncio import Lock
from collections import defaultdict

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.robotstxt import RobotParser
from scrapy.utils.httpobj import urlparse_cached


class ObeyRobots(RobotsTxtMiddleware):
    """Scrapy's middleware, with one request of a host at a time waiting for its robots.txt.

    Of several requests that wait for the same robots.txt, Scrapy 2.19 gives only the first its
    rules, and lets all others pass: they share one Deferred, whose result the first takes away
    (seen 2026-11: four of six forbidden pages were fetched).
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._turns: defaultdict[str, Lock] = defaultdict(Lock)

    async def robot_parser(self, request: Request) -> RobotParser | None:
        async with self._turns[urlparse_cached(request).netloc]:
            return await super().robot_parser(request)
