"""Archive every response before anything parses it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from types import MethodType
from typing import Any

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest, NotConfigured
from scrapy.http import Request, Response

from crawlers.archive import ArchiveWriter
from crawlers.outcome import judge
from crawlers.platforms.base import PlatformSpider

REPLAYED_META = ("handle_httpstatus_list", "redirect_urls", "retry_times", "depth")


class ArchiveResponses:
    """Downloader middleware next to the network; on where `ARCHIVE_FILE` names the run's file.

    Settings: ARCHIVE_FILE, ARCHIVE_RUN. At the end of the run its outcome is the last record, and
    stands in the stats under `harvest/outcome` and `harvest/reason`. A disk that cannot be written
    ends the crawl: what is not archived must not be followed.
    """

    def __init__(self, crawler: Crawler) -> None:
        file = crawler.settings.get("ARCHIVE_FILE")
        if not file:
            raise NotConfigured
        self.crawler = crawler
        self.run: str = crawler.settings["ARCHIVE_RUN"]
        self.writer = ArchiveWriter(
            Path(file),
            source=crawler.spidercls.name,
            run=self.run,
            software=f"{crawler.settings['BOT_NAME']} {crawler.settings['VERSION']}",
        )

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> ArchiveResponses:
        middleware = cls(crawler)
        crawler.signals.connect(middleware.spider_closed, signal=signals.spider_closed)
        return middleware

    def spider_closed(self, spider: PlatformSpider, reason: str) -> None:
        stats = self.crawler.stats
        outcome = judge(reason, spider.statuses, spider.failures)
        stats.set_value("harvest/outcome", outcome.kind)
        stats.set_value("harvest/reason", outcome.reason)
        started = stats.get_value("start_time") or datetime.now(UTC)
        self.writer.close(
            {
                "source": spider.name,
                "run": self.run,
                "platform": spider.platform,
                "started": started.astimezone(UTC).isoformat(),
                "finished": datetime.now(UTC).isoformat(),
                "outcome": outcome.kind,
                "reason": outcome.reason,
                "closed": reason,
                "problems": spider.problems[:100],
                "statuses": {str(k): n for k, n in sorted(spider.statuses.items())},
                "failures": dict(sorted(spider.failures.items())),
            }
        )

    def process_request(self, request: Request) -> None:
        request.meta["archive_started"] = time.monotonic()

    def process_response(self, request: Request, response: Response) -> Response:
        truncated = "disconnect" if "dataloss" in response.flags else None
        meta = self._meta(request, outcome="ok" if response.status < 400 else "http_error")
        meta["flags"] = sorted(response.flags)
        meta["ip"] = str(response.ip_address) if response.ip_address else None
        with self._ending_if_unwritable():
            self.writer.write_response(
                response.url,
                f"{response.status} {_phrase(response.status)}".strip(),
                list(_header_lines(response)),
                response.body,
                meta,
                truncated=truncated,
            )
        return response

    def process_exception(self, request: Request, exception: Exception) -> None:
        if isinstance(exception, IgnoreRequest):
            return
        reason = f"{type(exception).__name__}: {exception}".strip(": ")
        with self._ending_if_unwritable():
            self.writer.write_failure(
                request.url, self._meta(request, outcome="failed") | {"reason": reason}
            )

    @contextmanager
    def _ending_if_unwritable(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            closing = self.crawler.engine.close_spider_async(reason="archive_unwritable")
            self._closing = asyncio.ensure_future(closing)
            raise IgnoreRequest(f"the archive cannot be written: {error}") from error

    def _meta(self, request: Request, *, outcome: str) -> dict[str, Any]:
        spider = self.crawler.spider
        assert spider
        started = request.meta.get("archive_started", time.monotonic())
        return {
            "source": spider.name,
            "run": self.run,
            "callback": _method_of(spider, request.callback),
            "cb_kwargs": request.cb_kwargs,
            "depth": request.meta.get("depth", 0),
            "meta": {k: request.meta[k] for k in REPLAYED_META if k in request.meta},
            "fetched_at": datetime.now(UTC).isoformat(),
            "seconds": round(time.monotonic() - started, 3),
            "outcome": outcome,
        }


def _method_of(spider: Spider, callback: object) -> str | None:
    """The name under which a replay finds the callback; robots.txt, for one, has none."""
    if isinstance(callback, MethodType) and callback.__self__ is spider:
        return callback.__func__.__name__
    return None


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""


def _header_lines(response: Response) -> Iterable[tuple[str, str]]:
    for name, values in response.headers.items():
        for value in values:
            yield (
                name.decode("latin-1"),
                value.decode("latin-1").replace("\r", " ").replace("\n", " "),
            )
