"""Replay captures: from the archived bytes through the spider's callback and the item pipelines.

This is what a worker process runs. It is pure but for reading the archive, so the same capture
with the same code gives the same records on any machine.
"""

from __future__ import annotations

import faulthandler
import hashlib
import math
import os
import resource
import signal
import time
import traceback
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from scrapy import Spider
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.exceptions import IgnoreRequest, NotConfigured
from scrapy.http import Request, Response
from scrapy.settings import Settings
from scrapy.statscollectors import MemoryStatsCollector
from scrapy.utils.conf import build_component_list
from scrapy.utils.misc import build_from_crawler, load_object

from crawlers import reasons
from crawlers.archive import Capture
from crawlers.archive.records import is_success
from crawlers.archive.responses import as_response
from crawlers.items import Item, Unreadable
from crawlers.registry import load_source
from pipelines.rows import Record, records

IDLE = 3
"""How many times REPLAY_TIMEOUT a parser may take by the clock: a machine has other work."""


@dataclass(frozen=True, slots=True)
class Extract:
    """What one capture gave: its records, and the hash of the decoded body (None if unreadable)."""

    capture: Capture
    content_sha256: str | None
    records: list[Record] = field(default_factory=list)


class ReplayTimeoutError(Exception):
    """Parsing a capture took longer than REPLAY_TIMEOUT."""


def is_replayed(capture: Capture) -> bool:
    """Whether a callback saw this capture as a page: one that came, and was asked for by a spider.

    A body that was cut off and then fetched whole is seen through the whole one; both are replayed,
    and the cut one's row in quarantine says which bytes it is.
    """
    return is_success(capture.seen_status) and bool(capture.meta.get("callback"))


class Replayer:
    """The spider of one source and its item pipelines, without engine and reactor."""

    def __init__(self, settings: Settings, source: str) -> None:
        spidercls = load_source(settings, source)
        replay = settings.copy()
        replay.set("SPIDER_ROLE", "read", priority="cmdline")
        self.crawler = Crawler(spidercls, replay)
        self.crawler.stats = MemoryStatsCollector(self.crawler)
        self.spider: Spider = spidercls.from_crawler(self.crawler)
        self.crawler.spider = self.spider
        self.decompress = build_from_crawler(HttpCompressionMiddleware, self.crawler)
        self.pipelines = list(self._build_pipelines())
        self.timeout = replay.getfloat("REPLAY_TIMEOUT")

    def _build_pipelines(self) -> Iterator[Any]:
        order = self.crawler.settings.get_component_priority_dict_with_base("ITEM_PIPELINES")
        for component in build_component_list(order):
            try:
                yield build_from_crawler(load_object(component), self.crawler)
            except NotConfigured:
                continue

    def replay(self, capture: Capture) -> Extract:
        """The records of a capture; whatever goes wrong becomes a record in quarantine."""
        digest: str | None = None
        items: list[Item]
        limit = _time_limit(self.timeout)
        try:
            with limit:
                response = self.response(capture)
                digest = hashlib.sha256(response.body).hexdigest()
                items = [self._through_pipelines(i) for i in self._call(capture, response)]
                found = [record for item in items for record in records(item)]
            limit.check()
        except Exception as error:  # noqa: BLE001 - the reason for the failure goes to quarantine
            found = list(records(_failure(capture, error, is_late=limit.is_over)))
        return Extract(capture, digest, found)

    def response(self, capture: Capture) -> Response:
        """The response as the callback saw it live, decoded by Scrapy's own middleware."""
        request = Request(
            capture.url,
            cb_kwargs=dict(capture.meta.get("cb_kwargs") or {}),
            meta=dict(capture.meta.get("meta") or {}),
        )
        flags = capture.meta.get("flags") or []
        response = as_response(capture.path.parent, capture.payload, request, flags)
        decoded = self.decompress.process_response(request, response)
        assert isinstance(decoded, Response)
        return decoded

    def _call(self, capture: Capture, response: Response) -> Iterable[Item]:
        callback = getattr(self.spider, str(capture.meta["callback"]))
        kwargs = capture.meta.get("cb_kwargs") or {}
        return [found for found in callback(response, **kwargs) if not isinstance(found, Request)]

    def _through_pipelines(self, item: Item) -> Item:
        for pipeline in self.pipelines:
            item = pipeline.process_item(item)
        return item


def _failure(capture: Capture, error: Exception, *, is_late: bool) -> Unreadable:
    if is_late:
        reason = reasons.PARSER_TIMEOUT
    elif isinstance(error, IgnoreRequest) and "DOWNLOAD_MAXSIZE" in str(error):
        reason = reasons.TOO_LARGE
    elif isinstance(error, (IgnoreRequest, OSError, EOFError)):
        reason = reasons.BROKEN_CODING
    elif isinstance(error, ValueError) and "whole record" in str(error):
        reason = reasons.CAPTURE_UNREADABLE
    else:
        reason = reasons.PARSER_FAILED
    frames = traceback.extract_tb(error.__traceback__)
    where = f" (in {frames[-1].name}, line {frames[-1].lineno})" if frames else ""
    return Unreadable(capture.url, reason, f"{type(error).__name__}: {str(error)[:500]}{where}")


class _time_limit:  # noqa: N801 - reads as a statement
    """Two limits in seconds of processor time: an exception after `seconds`, and the end of the
    process after twice that, for C code that never returns to the interpreter.

    The time is the process's own, so that a machine busy with other work gives the same records.
    A parser that waits uses none: it gets IDLE times the seconds of a clock. `is_over` stays true
    where a library made an error of its own of the exception, or went on without a word.
    """

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.is_over = False

    def check(self) -> None:
        """Raise ReplayTimeoutError if the time was over before the parser ended."""
        if self.is_over:
            raise ReplayTimeoutError(f"not done after {self.seconds:g} s")

    def __enter__(self) -> None:
        for number in (signal.SIGPROF, signal.SIGALRM):
            signal.signal(number, self._raise)
        signal.setitimer(signal.ITIMER_PROF, self.seconds)
        signal.setitimer(signal.ITIMER_REAL, self.seconds * IDLE)
        # faulthandler's thread keeps the one, the kernel the other: neither needs an interpreter.
        self.sink = open(os.devnull, "w")  # noqa: PTH123 - lives as long as the limit
        faulthandler.dump_traceback_later(self.seconds * (IDLE + 1), exit=True, file=self.sink)
        self._limit(math.ceil(time.process_time() + 2 * self.seconds))

    def __exit__(self, *error: object) -> None:
        for timer in (signal.ITIMER_PROF, signal.ITIMER_REAL):
            signal.setitimer(timer, 0)
        self._limit(resource.RLIM_INFINITY)
        faulthandler.cancel_dump_traceback_later()
        self.sink.close()

    @staticmethod
    def _limit(seconds: int) -> None:
        most = resource.getrlimit(resource.RLIMIT_CPU)[1]
        resource.setrlimit(resource.RLIMIT_CPU, (seconds if most < 0 else min(seconds, most), most))

    def _raise(self, *_: object) -> None:
        self.is_over = True
        self.check()


_settings: Settings | None = None
_replayers: dict[str, Replayer] = {}


def start_worker(settings: dict[str, Any]) -> None:
    """Prepare a worker process: its settings and its memory limit (bytes, REPLAY_MEMORY)."""
    global _settings
    _settings = Settings(settings)
    _replayers.clear()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    limit = _settings.getint("REPLAY_MEMORY")
    if limit:
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    # The terminal's interrupt is for the parent, which then ends its workers.
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def replay_batch(source: str, captures: list[Capture]) -> list[Extract]:
    """Replay captures of one source in this process."""
    assert _settings is not None
    if source not in _replayers:
        _replayers[source] = Replayer(_settings, source)
    return [_replayers[source].replay(capture) for capture in captures]
