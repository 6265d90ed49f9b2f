"""End a run that would fill the disk: after so many bytes, or while a reserve is still free."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path

from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Request, Response

from crawlers.outcome import LOW_DISK, VOLUME, Withheld

MOST_SHARE = 3
"""Of a small disk, no more than a third is kept free."""


class LimitVolume:
    """Downloader middleware before the archive; on where `ARCHIVE_FILE` names the run's file.

    Settings: RUN_MAXSIZE (bytes of all bodies of a run, as they were sent), DISK_RESERVE (bytes
    that stay free on the archive's disk, or a third of a smaller disk); 0 is no limit. What comes
    after a limit is reached is neither archived nor followed, and the run ends as truncated: the
    next one goes on from there.
    """

    def __init__(self, crawler: Crawler) -> None:
        file = crawler.settings.get("ARCHIVE_FILE")
        if not file:
            raise NotConfigured
        self.crawler = crawler
        self.folder = Path(file).parent
        self.most = crawler.settings.getint("RUN_MAXSIZE")
        self.reserve = crawler.settings.getint("DISK_RESERVE")
        self.received = 0
        self.cause: str | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> LimitVolume:
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        if self.cause:
            raise Withheld(self.cause)

    def process_response(self, request: Request, response: Response) -> Response:
        self.received += len(response.body)
        if self.cause is None and self.most and self.received > self.most:
            self._end_run(VOLUME)
        elif self.cause is None and not self._has_room(len(response.body)):
            self._end_run(LOW_DISK)
        if self.cause:
            raise Withheld(self.cause)
        return response

    def _has_room(self, size: int) -> bool:
        disk = shutil.disk_usage(self.folder)
        return disk.free - size >= min(self.reserve, disk.total // MOST_SHARE)

    def _end_run(self, cause: str) -> None:
        self.cause = cause
        assert self.crawler.engine
        closing = self.crawler.engine.close_spider_async(reason=cause.replace(" ", "_"))
        self._closing = asyncio.ensure_future(closing)
