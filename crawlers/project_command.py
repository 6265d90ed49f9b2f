"""What this project's commands share."""

from __future__ import annotations

import argparse
import fcntl
import logging
import signal
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, ClassVar

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError
from scrapy.settings import Settings

from crawlers.console import PrintableRecord, complain
from crawlers.exit_codes import ExitCode
from crawlers.interrupts import (
    SIGNALS,
    Interrupted,
    end_before_beginning,
    handled,
    raise_interrupted,
)
from crawlers.registry import data_folder
from crawlers.stores import disk_trouble


class ProjectCommand(ScrapyCommand):
    """A command that works on the data folder; a wrong command line is one line and exit 2."""

    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_LEVEL": "WARNING"}
    takes = 0
    """How many arguments it takes at the most."""

    @property
    def project_settings(self) -> Settings:
        assert self.settings is not None
        return self.settings

    @property
    def data(self) -> Path:
        return data_folder(self.project_settings)

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        # argparse prints the usage above each error; what is wrong is one line.
        parser.print_usage = _print_nothing  # type: ignore[method-assign]

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Hold the data folder while crawling or building.

        Ends with one line and ExitCode.BUSY if another process has it, and NOTHING_PUBLISHED if it
        cannot be written or a signal ends the command.

        A WARC file that is still being written looks cut, so nobody builds while another crawls.
        """
        self.data.mkdir(parents=True, exist_ok=True)
        with (self.data / ".harvest.lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                complain(f"another harvest is already running in {self.data}; try again later")
                sys.exit(ExitCode.BUSY)
            try:
                with handled(raise_interrupted):
                    yield
            except Interrupted:
                complain("interrupted; the next harvest resumes from here")
                self.exitcode = ExitCode.NOTHING_PUBLISHED
            except (OSError, sqlite3.Error) as error:
                complain(f"{self.data}: {disk_trouble(error)}")
                self.exitcode = ExitCode.NOTHING_PUBLISHED

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        for number in SIGNALS:
            signal.signal(number, end_before_beginning)
        super().process_options(args, opts)
        logging.setLogRecordFactory(PrintableRecord)
        for arg in args:
            if arg.startswith("-"):
                raise UsageError(f"unknown option: {arg}", print_help=False)
        if len(args) > self.takes:
            raise UsageError(f"unexpected argument: {args[self.takes]}", print_help=False)


def _print_nothing(file: object = None) -> None:
    """Stands in for the usage text."""
