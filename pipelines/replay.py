"""Replay captures: from the archived bytes through the spider's callback and the item pipelines.

This is what a worker process runs. It is pure but for reading the archive, so the same capture
with the same code gives the same records on any machine. What the machine could not do says nothing
of a capture: that is a Trouble, and no extract.
"""

from __future__ import annotations

import hashlib
import signal
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, Literal

from scrapy import Spider
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.exceptions import IgnoreRequest, NotConfigured
from scrapy.http import Request, Response
from scrapy.settings import Settings
from scrapy.statscollectors import MemoryStatsCollector
from scrapy.utils.conf import build_component_list
from scrapy.utils.misc import build_from_crawler, load_object

from cleaning.safe import safe_address
from crawlers import reasons
from crawlers.archive import Capture
from crawlers.archive.records import is_success
from crawlers.archive.responses import as_response
from crawlers.items import Comment, Discussion, Document, Item, Unreadable
from crawlers.registry import load_source
from crawlers.trouble import is_of_memory, is_of_the_machine
from pipelines.contain import said
from pipelines.make_safe import make_safe
from pipelines.rows import Record, records
from pipelines.worker_limits import (
    ReplayTimeoutError,
    TimeLimit,
    is_memory_spent,
    limit_memory,
)

LIMITED = {reasons.PARSER_TIMEOUT, reasons.PARSER_DIED, reasons.TOO_LARGE}
"""Reasons that higher limits could take away."""
LIMITS = ("REPLAY_TIMEOUT", "REPLAY_MEMORY", "DOWNLOAD_MAXSIZE")
"""The settings that set these limits."""
COMMENT_SHARE, COMMENT_LEAST = 0.1, 3.0
"""A comment gets this share of REPLAY_TIMEOUT, and no less than so many seconds while all of the
page together did not use it up: the first one waits until the tables for spam are loaded."""

Kind = Literal["machine", "memory", "unreadable", "not read"]


@dataclass(frozen=True, slots=True)
class Extract:
    """What one capture gave: its records, and the hash of the decoded body (None if unreadable)."""

    capture: Capture
    content_sha256: str | None
    records: list[Record] = field(default_factory=list)

    @property
    def is_limited(self) -> bool:
        """Whether it could be another one under higher limits."""
        return any(record.row.get("reason") in LIMITED for record in self.records)


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a capture has no extract this time.

    Of the kind "machine", the disk, memory or files failed; "memory", it had no more, which may be
    its own fault; "unreadable", its bytes are damaged or missing in the archive; "not read", others
    of its source took too much.
    """

    capture: Capture
    kind: Kind
    details: str


Result = Extract | Trouble
Failure = tuple[Exception, bool]
"""What went wrong, and whether the time was over."""


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
        self.memory = replay.getint("REPLAY_MEMORY")

    def _build_pipelines(self) -> Iterator[Any]:
        order = self.crawler.settings.get_component_priority_dict_with_base("ITEM_PIPELINES")
        for component in build_component_list(order):
            try:
                yield build_from_crawler(load_object(component), self.crawler)
            except NotConfigured:
                continue

    def replay(self, capture: Capture) -> Result:
        """The records of a capture; what goes wrong with it becomes a record in quarantine."""
        try:
            archived = self._archived(capture)
        except ValueError as error:
            return Trouble(capture, "unreadable", said(error))
        except (OSError, MemoryError) as error:
            is_lost = isinstance(error, FileNotFoundError) and capture.path.parent.is_dir()
            return Trouble(capture, "unreadable" if is_lost else "machine", said(error))
        try:
            return self._extract(capture, archived)
        except Exception as error:
            if not is_of_the_machine(error):
                raise
            is_spent = is_of_memory(error) and is_memory_spent(self.memory)
            return Trouble(capture, "memory" if is_spent else "machine", said(error))

    def _extract(self, capture: Capture, archived: Response) -> Extract:
        bodies: list[bytes] = []
        items: list[Item] = []

        def call() -> None:
            response = self._decoded(archived)
            bodies.append(response.body)
            items.extend(self._call(capture, response))

        failure = self._attempt(self.timeout, call)
        found = self._read(items)
        if failure:
            found += records(_failure(Unreadable(capture.url, ""), *failure))
        digest = hashlib.sha256(bodies[0]).hexdigest() if bodies else None
        return Extract(capture, digest, found)

    def _read(self, items: Iterable[Item]) -> list[Record]:
        """The records of all items; an item, or a comment of one, that fails costs no other."""
        found: list[Record] = []
        todo: deque[tuple[Item, int]] = deque((item, 0) for item in items)
        left = self.timeout
        while todo:
            item, place = todo.popleft()
            seconds = self.timeout
            if is_comment := isinstance(item, Discussion):
                seconds = min(left, max(COMMENT_SHARE * seconds, min(seconds, COMMENT_LEAST)))
            begun = time.process_time()
            made: list[Record] = []
            failure = self._attempt(seconds, self._advance, item, place, made, todo)
            left -= (time.process_time() - begun) if is_comment else 0
            found += records(_failure(item, *failure)) if failure else made
        return found

    def _advance(
        self, item: Item, place: int, made: list[Record], todo: deque[tuple[Item, int]]
    ) -> None:
        """Take an item through the pipelines from `place` on, to its records.

        A discussion goes on comment by comment as soon as these are known.
        """
        make_safe(item)
        for number in range(place, len(self.pipelines)):
            if parts := _apart(item):
                todo.extendleft((part, number) for part in reversed(parts))
                return
            item = self.pipelines[number].process_item(item)
        made.extend(records(make_safe(item)))

    @staticmethod
    def _attempt(seconds: float, step: Callable[..., None], *arguments: Any) -> Failure | None:
        """Take a step within a time limit; returns what went wrong, unless it was the machine."""
        limit = TimeLimit(seconds)
        if seconds <= 0:
            return ReplayTimeoutError("no time is left for the comments of this page"), True
        try:
            with limit:
                step(*arguments)
            limit.check()
        except Exception as error:
            if is_of_the_machine(error):
                raise
            return error, limit.is_over
        return None

    def _archived(self, capture: Capture) -> Response:
        """The response as it was archived. Raises OSError, ValueError."""
        request = Request(
            capture.url,
            cb_kwargs=dict(capture.meta.get("cb_kwargs") or {}),
            meta=dict(capture.meta.get("meta") or {}),
        )
        flags = capture.meta.get("flags") or []
        return as_response(capture.path.parent, capture.payload, request, flags)

    def _decoded(self, archived: Response) -> Response:
        """The response as the callback saw it live, decoded by Scrapy's own middleware."""
        assert archived.request
        decoded = self.decompress.process_response(archived.request, archived)
        assert isinstance(decoded, Response)
        return decoded

    def _call(self, capture: Capture, response: Response) -> Iterator[Item]:
        callback = getattr(self.spider, str(capture.meta["callback"]))
        kwargs = capture.meta.get("cb_kwargs") or {}
        found = callback(response, **kwargs)
        items = (item for item in found if item is not None and not isinstance(item, Request))
        return (_seen(item, capture) for item in items)


def _seen(item: Item, capture: Capture) -> Item:
    """Say when the page was fetched; a moment without a zone would be read in the machine's."""
    if isinstance(item, (Document, Discussion)):
        with suppress(ValueError):
            moment = datetime.fromisoformat(str(capture.meta.get("fetched_at")))
            item.seen_at = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return item


def _apart(item: Item) -> list[Item]:
    """A discussion of several comments as one for each, once they have their ids; else nothing."""
    if not isinstance(item, Discussion) or len(item.comments) < 2:
        return []
    if not all(comment.native_id for comment in item.comments):
        return []
    return [replace(item, comments=[comment]) for comment in item.comments]


def _failure(of: Item, error: Exception, is_late: bool) -> Unreadable:
    """What stands in quarantine for an item, or for a whole page, that cannot be read.

    An item that failed for a wrong type may hold anything in any field.
    """
    if is_late:
        reason = reasons.PARSER_TIMEOUT
    elif isinstance(error, IgnoreRequest) and "DOWNLOAD_MAXSIZE" in str(error):
        reason = reasons.TOO_LARGE
    elif isinstance(error, (IgnoreRequest, OSError, EOFError)):
        reason = reasons.BROKEN_CODING
    else:
        reason = reasons.PARSER_FAILED
    lost = Unreadable(safe_address(str(getattr(of, "url", None) or "")), reason, said(error))
    if isinstance(of, Document) and _are_text(of.platform, of.site, of.native_id):
        lost.platform, lost.site, lost.native_id = of.platform, of.site, of.native_id
    elif isinstance(of, Discussion):
        lost.table = "comments"
        match of.comments:
            case [Comment() as one]:
                lost.details = f"comment {safe_address(str(one.native_id))}: {lost.details}"
    return lost


def _are_text(*values: object) -> bool:
    return all(isinstance(value, str) for value in values)


_settings: Settings | None = None
_replayers: dict[str, Replayer] = {}


def start_worker(settings: dict[str, Any]) -> None:
    """Prepare a worker process: its settings and its memory limit (bytes, REPLAY_MEMORY)."""
    global _settings
    _settings = Settings(settings)
    _replayers.clear()
    limit_memory(_settings.getint("REPLAY_MEMORY"))
    # The terminal's interrupt is for the parent, which then ends its workers.
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def replay_batch(source: str, captures: list[Capture]) -> list[Result]:
    """Replay captures of one source in this process."""
    assert _settings is not None
    if source not in _replayers:
        _replayers[source] = Replayer(_settings, source)
    return [_replayers[source].replay(capture) for capture in captures]
