"""Archive every response before anything parses it, and let the archive answer where it can."""

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

from crawlers import wholeness
from crawlers.archive import ArchiveWriter
from crawlers.archive.records import HELD, NOT_MODIFIED, SAME_BYTES, is_success, payload_digest
from crawlers.ledger import Held
from crawlers.memory import Memory
from crawlers.outcome import judge
from crawlers.platforms.base import PlatformSpider
from crawlers.wholeness import MISANNOUNCED

CUT = {wholeness.CUT: "disconnect", "download_stopped": "length"}
"""Flags of bodies that are not whole, and what WARC-Truncated says of them."""
ANYWAY = "it ended before its announced end, and was kept as it came"
REPLAYED_META = ("handle_httpstatus_list", "redirect_urls", "retry_times", "depth")


class ArchiveResponses:
    """Downloader middleware next to the network; on where `ARCHIVE_FILE` names the run's file.

    Settings: ARCHIVE_FILE, ARCHIVE_RUN. At the end of the run its outcome is the last record, and
    stands in the stats under `harvest/outcome` and `harvest/reason`; `harvest/recorded` says that
    it was written. A disk that cannot be written ends the crawl: what is not archived must not be
    followed.
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
        outcome = judge(reason, spider.statuses, spider.failures, spider.remarks, spider.refusals)
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
                "is_full": spider.memory.is_full,
                "continues": sorted(spider.memory.resumed),
                "listed": spider.listed(),
                "inventories": spider.complete_inventories(),
                "never_asked": spider.never_asked(),
                "closed": reason,
                "problems": spider.problems[:100],
                "statuses": {str(k): n for k, n in sorted(spider.statuses.items())},
                "failures": dict(sorted(spider.failures.items())),
            }
        )
        stats.set_value("harvest/recorded", True)

    @property
    def memory(self) -> Memory:
        spider = self.crawler.spider
        assert isinstance(spider, PlatformSpider)
        return spider.memory

    def process_request(self, request: Request) -> Response | None:
        request.meta["archive_started"] = time.monotonic()
        self.memory.asked.add(request.url)
        found = self.memory.answer_to(request)
        if found:
            response = self._from_archive(*found, request)
            if response is not None:
                return response
        request.meta["archive_held"] = self.memory.add_validators(request)
        return None

    def _from_archive(self, held: Held, why: str, request: Request) -> Response | None:
        try:
            response = self.memory.response(held, request, HELD)
        except (OSError, ValueError):  # the record is damaged: the site has it still
            return None
        meta = self._meta(request, outcome=HELD)
        meta |= {"seen_status": held.seen_status, "reason": why, "bytes": 0}
        with self._ending_if_unwritable():
            self.writer.write_held(request.url, meta, held.payload)
        self.crawler.stats.inc_value("harvest/held")
        return response

    def process_response(self, request: Request, response: Response) -> Response | Request:
        if HELD in response.flags:
            return response
        held: Held | None = request.meta.pop("archive_held", None)
        if held and response.status == 304:
            return self._revisit(request, response, held)
        truncated = next((why for flag, why in CUT.items() if flag in response.flags), None)
        meta = self._answer_meta(request, response)
        with self._ending_if_unwritable():
            if held and is_success(response.status) and not truncated and _is_same(response, held):
                self._write_revisit(response, held, meta, SAME_BYTES)
                return response
            self.writer.write_response(
                response.url,
                _status_line(response),
                list(_header_lines(response)),
                response.body,
                meta,
                truncated=truncated,
            )
        return response

    def _revisit(self, request: Request, response: Response, held: Held) -> Response | Request:
        """Archive a 304, and show the spider the page that it speaks of."""
        try:
            page = self.memory.response(held, request)
        except (OSError, ValueError):
            # The record of the page that did not change is damaged: ask for the page itself.
            again = request.replace(dont_filter=True)
            again.meta["forget"] = True
            return again
        meta = self._answer_meta(request, response) | {
            "outcome": "not_modified",
            "seen_status": held.seen_status,
        }
        with self._ending_if_unwritable():
            self._write_revisit(response, held, meta, NOT_MODIFIED)
        self.crawler.stats.inc_value("harvest/not_modified")
        return page

    def _write_revisit(
        self, response: Response, held: Held, meta: dict[str, Any], profile: str
    ) -> None:
        self.writer.write_revisit(
            response.url,
            _status_line(response),
            list(_header_lines(response)),
            meta,
            profile=profile,
            refers=held.payload,
            refers_date=held.fetched_at,
            digest=str(held.digest),
        )

    def _answer_meta(self, request: Request, response: Response) -> dict[str, Any]:
        outcome = "ok" if response.status < 400 else "http_error"
        return self._meta(request, outcome=outcome) | {
            "flags": sorted(response.flags),
            "reason": ANYWAY if MISANNOUNCED in response.flags else None,
            "ip": str(response.ip_address) if response.ip_address else None,
            "bytes": len(response.body),
        }

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
            "version": request.meta.get("version"),
        }


def _method_of(spider: Spider, callback: object) -> str | None:
    """The name under which a replay finds the callback; robots.txt, for one, has none."""
    if isinstance(callback, MethodType) and callback.__self__ is spider:
        return callback.__func__.__name__
    return None


def _is_same(response: Response, held: Held) -> bool:
    return held.digest is not None and payload_digest(response.body) == held.digest


def _status_line(response: Response) -> str:
    return f"{response.status} {_phrase(response.status)}".strip()


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
