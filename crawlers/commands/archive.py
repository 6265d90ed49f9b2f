"""`scrapy archive`: whether the WARC files are what they were; acknowledging where they are not."""

from __future__ import annotations

import argparse
from pathlib import Path

from scrapy.exceptions import UsageError

from crawlers.archive import warc_files
from crawlers.archive.book import (
    ACKNOWLEDGED,
    ENDING,
    FORGOTTEN,
    Book,
    Standing,
    settle,
)
from crawlers.console import complain, make_console, print_table
from crawlers.exit_codes import ExitCode
from crawlers.project_command import ProjectCommand

COLUMNS = ("source", "files", "bytes", "lost or changed", "acknowledged")


class Command(ProjectCommand):
    def syntax(self) -> str:
        return "[options]"

    def short_desc(self) -> str:
        return "Check the WARC files, and acknowledge that some are lost or changed"

    def long_desc(self) -> str:
        return (
            "Compare every WARC file with its size and SHA-256 when it was closed, as "
            "archive/SOURCE.files.jsonl has them. A file that is missing or changed makes each "
            "build end with exit code 3 until it is back or acknowledged; the rows that only it "
            "could give stay, and their column kept_from says so. NAME is a file (SOURCE/FILE) or "
            "a source. Exit codes: 0 all files are what they were, or acknowledged; 3 some are not."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        for option, does in (
            ("--acknowledge", "take note that files are lost or changed; their rows stay"),
            ("--forget", "the same, and let the rows go that only they could give"),
        ):
            parser.add_argument(option, action="append", default=[], metavar="NAME", help=does)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        archive = self.data / "archive"
        with self.alone():
            found = {name: _settle(archive, name) for name in _sources(archive)}
            for event, names in ((ACKNOWLEDGED, opts.acknowledge), (FORGOTTEN, opts.forget)):
                for name in names:
                    _acknowledge(archive, name, event, found)
            found = {name: _settle(archive, name) for name in found}
            print_table(make_console(), COLUMNS, [_row(archive, n, s) for n, s in found.items()])
            problems = [line for s in found.values() for line in s.problems.values()]
            for line in problems:
                complain(line)
            self.exitcode = ExitCode.SOURCE_TROUBLE if problems else ExitCode.WELL


def _sources(archive: Path) -> list[str]:
    """The sources that have files, or had some."""
    folders = {path.name for path in archive.glob("*") if warc_files(archive, path.name)}
    return sorted(folders | {p.name.removesuffix(ENDING) for p in archive.glob(f"*{ENDING}")})


def _settle(archive: Path, source: str) -> Standing:
    standing = settle(archive, source, warc_files(archive, source))
    for line in standing.notes:
        complain(line)
    return standing


def _acknowledge(archive: Path, name: str, event: str, found: dict[str, Standing]) -> None:
    source, _, file = name.partition("/")
    standing = found.get(source)
    files = [] if standing is None else [f for f in standing.altered if file in {"", f}]
    if not files:
        raise UsageError(f"{name}: no file of that name is lost or changed", print_help=False)
    book = Book(archive, source)
    for one in sorted(files):
        book.note_file(event, one)


def _row(archive: Path, source: str, standing: Standing) -> tuple[object, ...]:
    files = warc_files(archive, source)
    size = sum(path.stat().st_size for path in files)
    acknowledged = len(standing.altered - standing.problems.keys())
    return source, len(files), size, len(standing.problems), acknowledged
