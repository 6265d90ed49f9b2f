"""The order of runs: by a number that each gets, and not by the clock, which can be set back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from crawlers.archive.book import ENDING, Book
from crawlers.archive.records import WARC_SUFFIX, number_of


def next_run(archive: Path, now: datetime) -> str:
    """The name of the next run: its number is above that of every run that there was."""
    number = max((number_of(run) for run in _runs(archive)), default=0) + 1
    return f"r{number:06d}-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _runs(archive: Path) -> Iterator[str]:
    """Names of runs by their files, and by the books, which also know of files that are lost."""
    for file in archive.glob(f"*/*{WARC_SUFFIX}"):
        yield file.name.removesuffix(WARC_SUFFIX)
    for book in archive.glob(f"*{ENDING}"):
        for name in Book(archive, book.name.removesuffix(ENDING)).files:
            yield name.removesuffix(WARC_SUFFIX)
