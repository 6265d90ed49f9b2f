"""Keep one page from holding up the crawls of all other sources, which share its process.

Two things do: what follows a page pauses between the requests that it yields
(`crawlers.middlewares.limits`), and no stretch of it between two of them may take longer than
FOLLOW_TIMEOUT. The time is the processor's, so that a busy machine follows the same links.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar

Found = TypeVar("Found")

AGAIN = 0.1
"""Seconds after which the limit is told once more, where a library has swallowed it."""


class TooMuchWorkError(Exception):
    """What follows a page took longer than FOLLOW_TIMEOUT between two requests."""


def in_time(found: Iterator[Found], seconds: float) -> Iterator[Found]:
    """The same, with so many seconds of processor time for each.

    Raises TooMuchWorkError where one takes longer. Only the main thread, where Python handles
    signals, has the limit.
    """
    if not seconds or threading.current_thread() is not threading.main_thread():
        yield from found
        return
    while True:
        try:
            with _limit(seconds):
                one = next(found)
        except StopIteration:
            return
        yield one


@contextmanager
def _limit(seconds: float) -> Iterator[None]:
    is_on = True

    def end(*_: object) -> None:
        # A signal that was on its way when the limit was lifted is late.
        if is_on:
            raise TooMuchWorkError(f"more than {seconds:g} s")

    before = signal.signal(signal.SIGPROF, end)
    signal.setitimer(signal.ITIMER_PROF, seconds, AGAIN)
    try:
        yield
    finally:
        is_on = False
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
