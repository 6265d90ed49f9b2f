"""What a person sees: progress bars on a terminal, plain lines elsewhere, tables at the end."""

from __future__ import annotations

import logging
import re
import sys
import time
from collections.abc import Iterable, Sequence
from types import TracebackType
from typing import Any, Self

from rich.console import Console
from rich.markup import escape
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
)
from rich.table import Table

PLAIN_EVERY = 10.0
"""Seconds between two lines on one source where there is no terminal."""
PLAIN_WIDTH = 140
COLOURS = {"exhausted": "green", "truncated": "yellow", "blocked": "red", "failed": "red"}
COLOURS |= {"interrupted": "yellow", "overdue": "red"}


CONTROLS = re.compile(
    # C0 and C1 but for line feed and tab, what turns the direction of writing, halves of pairs.
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)
"""What a site may write, and a terminal would obey."""


def printable(text: object) -> str:
    """Text as it may be printed: what would steer a terminal is shown as an escape."""
    return CONTROLS.sub(lambda found: ascii(found[0])[1:-1], str(text))


class PrintableRecord(logging.LogRecord):
    """A line of the log that steers no terminal."""

    def getMessage(self) -> str:  # noqa: N802 - the name is logging's
        return printable(super().getMessage())


class SafeConsole(Console):
    """A console that passes on no control characters of what it is given to print."""

    def print(self, *objects: Any, **options: Any) -> None:
        safe = (printable(o) if isinstance(o, str) else o for o in objects)
        super().print(*safe, **options)


def make_console() -> Console:
    """The terminal, or for a log file one wide enough that tables need not be broken."""
    console = SafeConsole()
    return console if console.is_terminal else SafeConsole(width=PLAIN_WIDTH)


def say(text: object) -> None:
    """Print text on the standard output."""
    print(printable(text))


def complain(text: object) -> None:
    """Print a line for whoever reads the errors."""
    print(printable(text), file=sys.stderr)


class Board:
    """Progress of several things at once; a context manager."""

    def __init__(self, console: Console, unit: str) -> None:
        self.console = console
        self.unit = unit
        self._tasks: dict[str, TaskID] = {}
        self._said: dict[str, float] = {}
        self._bars: Progress | None = None
        if console.is_terminal:
            self._bars = Progress(
                TextColumn("{task.description}"),
                BarColumn(),
                MofNCompleteColumn(),
                TextColumn(unit),
                TimeElapsedColumn(),
                console=console,
            )

    def __enter__(self) -> Self:
        if self._bars:
            self._bars.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._bars:
            self._bars.stop()

    def update(self, name: str, done: int, total: int) -> None:
        """Show that `done` of `total` are through; `total` may still grow."""
        if self._bars:
            if name not in self._tasks:
                self._tasks[name] = self._bars.add_task(escape(name), total=total)
            self._bars.update(self._tasks[name], completed=done, total=total)
        elif time.monotonic() - self._said.get(name, 0.0) >= PLAIN_EVERY or done == total:
            self._said[name] = time.monotonic()
            self.console.print(f"{name}: {done} of {total} {self.unit}", markup=False)


def print_table(console: Console, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A table; numbers stand right, and outcomes have their colour."""
    table = Table(*columns, header_style="bold")
    shown = [list(row) for row in rows]
    for number, column in enumerate(table.columns):
        if any(isinstance(row[number], int) for row in shown):
            column.justify = "right"
    for row in shown:
        table.add_row(*(_cell(value) for value in row))
    console.print(table)


def _cell(value: object) -> str:
    text = (
        ""
        if value is None
        else f"{value:,}"
        if isinstance(value, int)
        else escape(printable(value))
    )
    colour = COLOURS.get(text.split(":")[0].split(" ")[0])
    return f"[{colour}]{text}[/{colour}]" if colour else text
