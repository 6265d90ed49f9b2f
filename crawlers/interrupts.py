"""SIGINT and SIGTERM: a command ends soon, wherever it is, and says so in one line.

A harvest that is ended at any moment loses nothing (see docs/reliability.md), so nothing has to be
waited for: what is under way is given up, and the next harvest resumes from the archive.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from scrapy.crawler import AsyncCrawlerProcess

SIGNALS = (signal.SIGINT, signal.SIGTERM)
PATIENCE = 5.0
"""Seconds that open requests of a crawl get to end in."""
SAME_SIGNAL = 1.0
"""Seconds in which a second signal is taken for the first: a terminal sends one to the whole group
of processes, and a parent may pass it on."""


class Interrupted(BaseException):
    """A signal asked the command to end. No `except Exception` holds it up."""


@contextmanager
def handled(handler: Callable[..., None]) -> Iterator[None]:
    """Let `handler` have both signals, and give them back afterwards."""
    before = {number: signal.signal(number, handler) for number in SIGNALS}
    try:
        yield
    finally:
        for number, old in before.items():
            signal.signal(number, old)


def end_before_beginning(*_: object) -> None:
    """Handler for the time before a command has begun: there is nothing to give up yet."""
    sys.stderr.write("interrupted; nothing was begun\n")
    sys.stderr.flush()
    os._exit(1)


def _ignore(*_: object) -> None:
    """Handler that does nothing."""


def raise_interrupted(*_: object) -> None:
    """Handler that ends the worker processes, and then what the main thread does."""
    for number in SIGNALS:
        # A function, for Python complains aloud of a signal that came just before it was ignored.
        signal.signal(number, _ignore)
    for worker in multiprocessing.active_children():
        worker.kill()
    raise Interrupted


class Stop:
    """Handler for the time of the crawls: the first signal lets open requests end, for PATIENCE
    seconds at the most; a second one does not wait."""

    def __init__(self, process: AsyncCrawlerProcess) -> None:
        self.process = process
        self.first: float | None = None

    @property
    def is_asked(self) -> bool:
        return self.first is not None

    def __call__(self, *_: object) -> None:
        now = time.monotonic()
        if self.first is None:
            self.first = now
            _reactor().callFromThread(self._end_crawls)
        elif now - self.first > SAME_SIGNAL:
            _reactor().callFromThread(_end_reactor)

    def _end_crawls(self) -> None:
        _reactor().callLater(PATIENCE, _end_reactor)
        self._ending = asyncio.ensure_future(self.process.stop())


def _end_reactor() -> None:
    if _reactor().running:
        _reactor().stop()


def _reactor() -> Any:
    from twisted.internet import reactor  # importing it earlier would choose which one it is

    return reactor
