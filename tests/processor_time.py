"""Hold a test to a limit of processor time, which other work of the machine does not use up.

Limits are said for an idle machine of today. Where the time runs out, the machine is measured by a
fixed piece of work, at once and on the same thread, and the limit is stretched by what that takes
longer: machines differ, and the same one is four times slower at some hours.
"""

from __future__ import annotations

import re
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager

import lxml.html

PAGE = (
    "<div class=a><p>Words of <b>a page</b> and, to end, <a href=/p/1>a link</a>.</p></div>" * 400
)
USUAL = 0.0027
"""Seconds of processor time that `_work` takes on an idle machine."""


@contextmanager
def processor_time(most: float) -> Iterator[None]:
    """Fail if what runs in it takes more than `most` seconds of this thread's processor time."""
    started = time.thread_time()
    yield
    check(time.thread_time() - started, most)


def check(taken: float, most: float, what: str = "") -> None:
    """Fail if so many seconds are more than `most`, stretched where the machine is slow."""
    if taken > most:
        stretched = most * slowness()
        assert taken <= stretched, (
            f"{what} {taken:.2f} s of processor time, {stretched:.2g} s at most"
        )


def slowness() -> float:
    """How many times longer than usual this thread now takes for its work; 1 at least."""
    return max(1.0, statistics.median(_work() for _ in range(15)) / USUAL)


def _work() -> float:
    started = time.thread_time()
    for element in lxml.html.fromstring(PAGE).iter():
        re.findall(r"[a-z]+", f"{element.text} {element.tail} {element.attrib.get('class')}")
    return time.thread_time() - started
