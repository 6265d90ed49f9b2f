"""`scrapy harvest`: crawl, build, publish."""

from __future__ import annotations

import argparse
import logging
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, ClassVar

from rich.console import Console
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.exceptions import UsageError

from crawlers.commands.build import (
    add_accept,
    build_and_report,
    check_accepted,
    check_disk,
    release_troubles,
)
from crawlers.console import Board, complain, make_console
from crawlers.crawls import Crawl, run_crawls
from crawlers.exit_codes import ExitCode, in_a_sentence, worst
from crawlers.ledger import Ledger, read_archive
from crawlers.project_command import ProjectCommand
from crawlers.registry import broken_sources, load_source, source_names
from crawlers.schedule import Standing, standings
from output.errors import ReleaseError
from pipelines.judge import held_runs
from pipelines.pseudonym_key import check_key


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
            f"{in_a_sentence()}."
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
        add_accept(parser)

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        super().process_options(args, opts)
        check_accepted(self.project_settings, opts.accept)
        check_disk(self.data)
        for name in ("full", "fresh"):
            self.project_settings.set(
                f"HARVEST_{name.upper()}", getattr(opts, name), priority="cmdline"
            )
        if not opts.logfile:
            log = self.data / "logs" / f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}.log"
            log.parent.mkdir(parents=True, exist_ok=True)
            self.project_settings.set("LOG_FILE", str(log), priority="cmdline")
            # On a full disk, what cannot be logged is lost, and not poured over the terminal.
            logging.raiseExceptions = False

    _told: frozenset[str] = frozenset()
    """What was said of ledger and archive already."""

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        console = make_console()
        names = self._names(args)
        with self.alone():
            # Before the crawl too: it goes on from what a killed one left.
            self._read_archive()
            if not opts.crawl_only and not self._has_key():
                self.exitcode = ExitCode.NOTHING_PUBLISHED
                return
            due = [s.source for s in self._standings(names) if s.is_due] if opts.due else names
            crawls = self._crawl(due, console) if due else []
            self._read_archive()
            codes = [ExitCode.WELL if c.is_good else ExitCode.SOURCE_TROUBLE for c in crawls]
            if not opts.crawl_only and (crawls or opts.accept or self._is_unbuilt()):
                pages = {c.source: c.pages for c in crawls}
                codes.append(
                    build_and_report(
                        self.project_settings,
                        console,
                        workers=opts.workers,
                        pages=pages,
                        accepted=opts.accept,
                        said={c.line for c in crawls if not c.is_good},
                    )
                )
            if opts.due:
                codes += self._failing(names, due, console)
            self.exitcode = worst(codes)

    def _has_key(self) -> bool:
        """Whether a build can make the pseudonyms; else no site is to be asked for nothing."""
        try:
            check_key(self.project_settings)
        except ReleaseError as error:
            complain(f"nothing was crawled: {error}")
            return False
        return True

    def _read_archive(self) -> None:
        """Bring the ledger up to date, and say what a person should know."""
        for line in read_archive(self.data, datetime.now(UTC)):
            if line not in self._told:
                complain(line)
            self._told |= {line}
        with Ledger(self.data) as ledger:
            for source, verdicts in held_runs(self.data).items():
                ledger.note_held(source, verdicts)

    def _is_unbuilt(self) -> bool:
        """Whether an earlier harvest was killed between its crawl and its release."""
        with Ledger(self.data) as ledger:
            return bool(ledger.unbuilt() & set(source_names(self.project_settings)))

    def _standings(self, names: Sequence[str]) -> list[Standing]:
        with Ledger(self.data) as ledger:
            return standings(self.project_settings, ledger, names, datetime.now(UTC))

    def _failing(
        self, names: Sequence[str], crawled: Sequence[str], console: Console
    ) -> list[ExitCode]:
        """What the exit code has of the sources that have not succeeded since they failed; those
        that this harvest left alone are named. Where nothing is due and all is well, nobody is to
        get mail."""
        lines = release_troubles(self.project_settings)
        lines |= {s.source: s.as_line() for s in self._standings(names) if s.is_failing}
        for name, line in sorted(lines.items()):
            if name not in crawled:
                console.print(line, markup=False, style="yellow", soft_wrap=True)
        return [ExitCode.SOURCE_TROUBLE for _ in lines]

    def _names(self, args: list[str]) -> list[str]:
        """The sources that are asked for: all but the retired, if none is named."""
        settings = self.project_settings
        loaded, broken = source_names(settings), broken_sources(settings)
        retired = {name for name in loaded if load_source(settings, name).retired}
        for name in args:
            if name not in loaded and name not in broken:
                text = f"no source is called {name!r}; `scrapy sources` lists them"
                raise UsageError(text, print_help=False)
            if name in retired:
                raise UsageError(f"the source {name!r} is retired", print_help=False)
        return sorted(set(args) or {*loaded, *broken} - retired)

    def _crawl(self, names: Sequence[str], console: Console) -> list[Crawl]:
        assert isinstance(self.crawler_process, AsyncCrawlerProcess)
        with Board(console, "pages") as board:
            crawls = run_crawls(self.project_settings, self.crawler_process, names, board)
        for crawl in crawls:
            if not crawl.is_good:
                console.print(crawl.line, markup=False, style="yellow", soft_wrap=True)
        return crawls
