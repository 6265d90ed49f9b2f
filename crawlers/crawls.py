"""Run the crawls that were asked for, side by side. Each leaves a record of its run in the archive,
also one that never began."""

from __future__ import annotations

import logging
from asyncio import Task
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from scrapy import signals
from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.settings import Settings

from crawlers.archive import ArchiveWriter
from crawlers.archive.records import GOOD, WARC_SUFFIX, run_name
from crawlers.archive.runs import next_run
from crawlers.console import Board
from crawlers.interrupts import Interrupted, Stop, handled
from crawlers.registry import broken_sources, data_folder, load_source

logger = logging.getLogger(__name__)

FAILED = "failed"
UNRECORDED = "the crawl ended without a record; see the log"


@dataclass(slots=True)
class Crawl:
    """One source's crawl in this harvest; `error` says why it could not be started."""

    source: str
    file: Path
    crawler: Crawler | None = None
    error: str | None = None

    @property
    def line(self) -> str:
        """How it ended, for a person."""
        return f"{self.source}: {self.outcome}: {self.reason}"

    @property
    def run(self) -> str:
        return run_name(self.file)

    @property
    def pages(self) -> int:
        return int(self.stat("response_received_count") or 0)

    @property
    def planned(self) -> int:
        return max(self.pages, int(self.stat("scheduler/enqueued") or 0))

    @property
    def is_recorded(self) -> bool:
        return bool(self.stat("harvest/recorded"))

    @property
    def outcome(self) -> str:
        said = str(self.stat("harvest/outcome") or FAILED)
        return FAILED if said == GOOD and not self.is_recorded else said

    @property
    def reason(self) -> str | None:
        """Why it ended so, or could not be started."""
        said = self.stat("harvest/reason") if self.stat("harvest/outcome") else None
        return self.error or said or (None if self.is_recorded else UNRECORDED)

    @property
    def is_good(self) -> bool:
        return self.error is None and self.outcome == GOOD

    def stat(self, name: str) -> Any:
        """A value of the crawl's stats; None where it did not get as far as having any."""
        try:
            return self.crawler.stats.get_value(name) if self.crawler else None
        except RuntimeError:
            return None


def run_crawls(
    settings: Settings, process: AsyncCrawlerProcess, names: Iterable[str], board: Board
) -> list[Crawl]:
    """Crawl the sources, and return what came of each. Raises Interrupted if a signal ended it."""
    run = next_run(data_folder(settings) / "archive", datetime.now(UTC))
    broken = broken_sources(settings)
    crawls = [_prepare(settings, name, run, broken) for name in names]
    for crawl in crawls:
        if crawl.crawler:
            _watch(crawl, board)
            process.crawl(crawl.crawler).add_done_callback(partial(_note_result, crawl))
    stop = Stop(process)
    with handled(stop):
        process.start(install_signal_handlers=False)
    if stop.is_asked:
        raise Interrupted
    for crawl in crawls:
        if not crawl.is_recorded:
            _record(settings, crawl)
    return crawls


def _prepare(settings: Settings, name: str, run: str, broken: Mapping[str, str]) -> Crawl:
    crawl = Crawl(name, data_folder(settings) / "archive" / name / f"{run}{WARC_SUFFIX}")
    if name in broken:
        crawl.error = f"its source file cannot be loaded: {broken[name]}"
        return crawl
    own: dict[str, Any] = {
        "SPIDER_ROLE": "follow",
        "ARCHIVE_FILE": str(crawl.file),
        "ARCHIVE_RUN": crawl.run,
        # The build runs the item pipelines; a crawl reads nothing.
        "ITEM_PIPELINES": {},
    }
    settings = settings.copy()
    for key, value in own.items():
        settings.set(key, value, priority="cmdline")
    try:
        crawl.crawler = Crawler(load_source(settings, name), settings)
    except Exception as error:  # noqa: BLE001 - a source may raise anything; it costs itself
        _note_error(crawl, error)
    return crawl


def _record(settings: Settings, crawl: Crawl) -> None:
    """Leave a record of a run that left none itself."""
    now = datetime.now(UTC).isoformat()
    record = {
        "source": crawl.source,
        "run": crawl.run,
        "started": now,
        "finished": now,
        "outcome": crawl.outcome,
        "reason": crawl.reason,
        "is_full": False,
        "closed": "not started" if crawl.error else "without a record",
    }
    software = f"{settings['BOT_NAME']} {settings['VERSION']}"
    try:
        ArchiveWriter(
            crawl.file, source=crawl.source, run=crawl.run, software=software, append=True
        ).close(record)
    except OSError as error:  # without it, the file is that of a run that was killed
        logger.error("%s: its record cannot be written: %s", crawl.source, error)


def _note_result(crawl: Crawl, task: Task[None]) -> None:
    error = None if task.cancelled() else task.exception()
    if error is not None:
        _note_error(crawl, error)


def _note_error(crawl: Crawl, error: BaseException) -> None:
    message = " ".join(f"{type(error).__name__}: {error}".split())
    crawl.error = f"the spider could not be started: {message}"
    logger.error("%s: %s", crawl.source, crawl.error, exc_info=error)


def _watch(crawl: Crawl, board: Board) -> None:
    def received(**_: object) -> None:
        board.update(crawl.source, crawl.pages, crawl.planned + 1)

    def closed(**_: object) -> None:
        board.update(crawl.source, crawl.pages, crawl.pages)

    assert crawl.crawler
    # Strong references: the signal dispatcher would forget local functions at once.
    crawl.crawler.signals.connect(received, signal=signals.response_received, weak=False)
    crawl.crawler.signals.connect(closed, signal=signals.spider_closed, weak=False)
