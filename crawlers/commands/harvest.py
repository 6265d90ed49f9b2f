"""`scrapy harvest`: crawl, build, publish."""

from __future__ import annotations

import argparse
import logging
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, ClassVar

from rich.console import Console
from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import UsageError

from crawlers.archive.records import run_name
from crawlers.commands.build import (
    ALL_WELL,
    FAILED,
    SOME_FAILED,
    build_and_report,
    check_disk,
)
from crawlers.console import Board, make_console
from crawlers.ledger import Ledger
from crawlers.project_command import ProjectCommand
from crawlers.registry import load_source, source_names
from crawlers.schedule import in_words, plan


@dataclass(slots=True)
class Crawl:
    """One source's crawl in this harvest."""

    source: str
    run: str
    crawler: Crawler

    @property
    def pages(self) -> int:
        return int(self.crawler.stats.get_value("response_received_count", 0) or 0)

    @property
    def planned(self) -> int:
        return max(self.pages, int(self.crawler.stats.get_value("scheduler/enqueued", 0) or 0))


class Command(ProjectCommand):
    requires_crawler_process = True
    default_settings: ClassVar[dict[str, Any]] = {"LOG_LEVEL": "INFO"}
    takes = sys.maxsize

    def syntax(self) -> str:
        return "[options] [source ...]"

    def short_desc(self) -> str:
        return "Crawl sources, build their records and publish a release"

    def long_desc(self) -> str:
        return (
            "Crawl the named sources (all, if none is named) into the archive, build records from "
            "the whole archive, and publish them as a release that data/latest points to. "
            "What has not changed since the last run is not fetched again, nor is what a run that "
            "was cut short in the last day had fetched. --due can run from cron every hour. "
            "Exit codes: 0 all well; 1 nothing was published; 2 wrong use; 3 published, but a "
            "source failed, was held back or stayed below its expected size."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument(
            "--due", action="store_true", help="only the sources that are due by their cadence"
        )
        parser.add_argument(
            "--full", action="store_true", help="take no list's word that a page is unchanged"
        )
        parser.add_argument(
            "--fresh", action="store_true", help="do not go on from a run that was cut short"
        )
        parser.add_argument(
            "--crawl-only", action="store_true", help="archive only; build and publish later"
        )
        parser.add_argument(
            "--workers", type=int, metavar="N", help="processes of the build (all cores)"
        )

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        super().process_options(args, opts)
        check_disk(self.data)
        for name in ("full", "fresh"):
            self.project_settings.set(
                f"HARVEST_{name.upper()}", getattr(opts, name), priority="cmdline"
            )
        if not opts.logfile:
            log = self.data / "logs" / f"{_stamp()}.log"
            log.parent.mkdir(parents=True, exist_ok=True)
            self.project_settings.set("LOG_FILE", str(log), priority="cmdline")
            # On a full disk, what cannot be logged is lost, and not poured over the terminal.
            logging.raiseExceptions = False

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        console = make_console()
        names = self._names(args)
        with self.alone():
            # Before the crawl too: it goes on from what a killed one left.
            self._read_archive()
            if opts.due:
                names = self._due(names, console)
            crawls = self._crawl(names, console) if names else []
            self._read_archive()
            if any(_stat(crawl, "finish_reason") == "shutdown" for crawl in crawls):
                console.print("stopped; what was fetched is archived, the next harvest goes on")
                self.exitcode = FAILED
            elif opts.crawl_only:
                self.exitcode = ALL_WELL if all(_is_good(c) for c in crawls) else SOME_FAILED
            elif crawls or self._is_unbuilt():
                pages = {c.source: c.pages for c in crawls}
                self.exitcode = build_and_report(
                    self.project_settings, console, workers=opts.workers, pages=pages
                )

    def _read_archive(self) -> None:
        with Ledger(self.data) as ledger:
            ledger.fill_from(self.data / "archive")

    def _is_unbuilt(self) -> bool:
        """Whether an earlier harvest was killed between its crawl and its release."""
        with Ledger(self.data) as ledger:
            return bool(ledger.unbuilt() & set(source_names(self.project_settings)))

    def _due(self, names: list[str], console: Console) -> list[str]:
        """Those of the sources that are due now; says when the next one is, if none is."""
        now = datetime.now(UTC)
        with Ledger(self.data) as ledger:
            plans = {
                name: plan(ledger.runs(name), load_source(self.project_settings, name).every, now)
                for name in names
            }
        due = [name for name in names if plans[name].is_now(now)]
        later = [(p.at, name) for name, p in plans.items() if p.at and p.at > now]
        if not due and later:
            at, name = min(later)
            console.print(f"nothing is due; next: {name} in {in_words(at - now)}", markup=False)
        return due

    def _names(self, args: list[str]) -> list[str]:
        known = source_names(self.project_settings)
        unknown = [name for name in args if name not in known]
        if unknown:
            raise UsageError(
                f"no source is called {unknown[0]!r}; `scrapy sources` lists them",
                print_help=False,
            )
        return sorted(set(args)) or known

    def _crawl(self, names: list[str], console: Console) -> list[Crawl]:
        assert self.crawler_process
        run = _stamp()
        crawls = [self._prepare(name, run) for name in names]
        with Board(console, "pages") as board:
            for crawl in crawls:
                self._watch(crawl, board)
                self.crawler_process.crawl(crawl.crawler)
            self.crawler_process.start()
        for crawl in crawls:
            if not _is_good(crawl):
                console.print(_line(crawl), markup=False, style="yellow", soft_wrap=True)
        return crawls

    def _prepare(self, name: str, run: str) -> Crawl:
        spidercls = load_source(self.project_settings, name)
        settings = self.project_settings.copy()
        file = _free_file(self.data / "archive" / name, run)
        own: dict[str, Any] = {
            "SPIDER_ROLE": "follow",
            "ARCHIVE_FILE": str(file),
            "ARCHIVE_RUN": run_name(file),
            # The build runs the item pipelines; a crawl reads nothing.
            "ITEM_PIPELINES": {},
        }
        for key, value in own.items():
            settings.set(key, value, priority="cmdline")
        return Crawl(name, own["ARCHIVE_RUN"], Crawler(spidercls, settings))

    @staticmethod
    def _watch(crawl: Crawl, board: Board) -> None:
        def received(**_: object) -> None:
            board.update(crawl.source, crawl.pages, crawl.planned + 1)

        def closed(**_: object) -> None:
            board.update(crawl.source, crawl.pages, crawl.pages)

        signal_manager = crawl.crawler.signals
        # Strong references: the signal dispatcher would forget local functions at once.
        signal_manager.connect(received, signal=signals.response_received, weak=False)
        signal_manager.connect(closed, signal=signals.spider_closed, weak=False)


def _is_good(crawl: Crawl) -> bool:
    return _stat(crawl, "harvest/outcome") == "exhausted"


def _stat(crawl: Crawl, name: str) -> str | None:
    try:
        value = crawl.crawler.stats.get_value(name)
    except RuntimeError:  # the crawl never started
        return None
    return str(value) if value else None


def _line(crawl: Crawl) -> str:
    outcome = _stat(crawl, "harvest/outcome") or "failed"
    reason = _stat(crawl, "harvest/reason") or "the spider could not be started; see the log"
    return f"{crawl.source}: {outcome}: {reason}"


def _stamp() -> str:
    return datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")


def _free_file(folder: Path, run: str) -> Path:
    """The file of this run; a second run in the same second gets a number."""
    file, number = folder / f"{run}.warc.gz", 1
    while file.exists():
        number += 1
        file = folder / f"{run}-{number}.warc.gz"
    return file
