"""What the commands' exit codes mean. README.md and `--help` print this table."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum


class ExitCode(IntEnum):
    """The exit codes of `scrapy harvest` and `scrapy build`."""

    WELL = 0
    NOTHING_PUBLISHED = 1
    WRONG_USE = 2
    SOURCE_TROUBLE = 3
    BUSY = 75  # EX_TEMPFAIL of sysexits.h


MEANING: dict[ExitCode, str] = {
    ExitCode.WELL: "all that was asked for was done; also where --due finds nothing due",
    ExitCode.NOTHING_PUBLISHED: "nothing was published: interrupted, no documents, or the disk, a"
    " check or the key of the pseudonyms failed",
    ExitCode.WRONG_USE: "wrong use of the command",
    ExitCode.SOURCE_TROUBLE: "a source needs a look: its crawl did not start or end well, its file"
    " is broken or gone, it is held, it is below its expected size, or it has not succeeded since"
    " it failed; or a file of the archive or of the last release is lost, changed or damaged; all"
    " else is published",
    ExitCode.BUSY: "another harvest or build is running on the same data; try again later",
}
SEVERITY = (ExitCode.WELL, ExitCode.SOURCE_TROUBLE, ExitCode.NOTHING_PUBLISHED)
"""From best to worst, of what a command can come to after it began."""


def worst(codes: Iterable[ExitCode]) -> ExitCode:
    """The worst of several codes; WELL if there are none."""
    return max(codes, key=SEVERITY.index, default=ExitCode.WELL)


def in_a_sentence() -> str:
    """The table as one line, for `--help`."""
    return "Exit codes: " + "; ".join(f"{code.value}: {text}" for code, text in MEANING.items())
