"""The limits of time and memory that code is under while it reads what a stranger wrote."""

from __future__ import annotations

import faulthandler
import math
import os
import re
import resource
import signal
import time
from pathlib import Path

IDLE = 3
"""How many times its limit a parser may take by the clock, if it does not work meanwhile."""
AT_WORK = 0.01
"""Seconds of processor time in one of the clock, from which on a parser is at work."""
SPENT = 0.75
"""The share of its memory limit that a process has had when the limit was what it ran into."""
_PEAK = re.compile(r"^VmPeak:\s*(\d+) kB", re.MULTILINE)


class ReplayTimeoutError(Exception):
    """Reading something took longer than it may."""


class TimeLimit:
    """Two limits in seconds of processor time: an exception after `seconds`, and the end of the
    process after twice that, for C code that never returns to the interpreter.

    The time is the process's own, so that a machine busy with other work gives the same records. A
    parser that waits uses none: it gets IDLE times the seconds of a clock. `is_over` stays true
    where a library made an error of its own of the exception, or went on without a word.
    """

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.is_over = False

    def check(self) -> None:
        """Raise ReplayTimeoutError if the time was over before the parser ended."""
        if self.is_over:
            raise ReplayTimeoutError(f"not done after {self.seconds:g} s")

    def __enter__(self) -> TimeLimit:
        signal.signal(signal.SIGPROF, self._raise)
        signal.signal(signal.SIGALRM, self._look)
        signal.setitimer(signal.ITIMER_PROF, self.seconds)
        # faulthandler's thread keeps the one, the kernel the other: neither needs an interpreter.
        self.sink = open(os.devnull, "w")  # noqa: PTH123 - lives as long as the limit
        self._limit(math.ceil(time.process_time() + 2 * self.seconds))
        self._watch_clock()
        return self

    def __exit__(self, *error: object) -> None:
        for timer in (signal.ITIMER_PROF, signal.ITIMER_REAL):
            signal.setitimer(timer, 0)
        self._limit(resource.RLIM_INFINITY)
        faulthandler.cancel_dump_traceback_later()
        self.sink.close()

    def _watch_clock(self) -> None:
        self.used = time.process_time()
        signal.setitimer(signal.ITIMER_REAL, self.seconds * IDLE)
        faulthandler.dump_traceback_later(self.seconds * (IDLE + 1), exit=True, file=self.sink)

    @staticmethod
    def _limit(seconds: int) -> None:
        most = resource.getrlimit(resource.RLIMIT_CPU)[1]
        resource.setrlimit(resource.RLIMIT_CPU, (seconds if most < 0 else min(seconds, most), most))

    def _look(self, *_: object) -> None:
        """By the clock it took long. That says nothing on a machine with much other work."""
        if time.process_time() - self.used > AT_WORK * self.seconds * IDLE:
            self._watch_clock()
        else:
            self._raise()

    def _raise(self, *_: object) -> None:
        self.is_over = True
        self.check()


def limit_memory(most: int) -> None:
    """Let this process have no more than `most` bytes (0: as much as it likes), nor leave a core.

    Where the machine itself allows less, that stays.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if most:
        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        bound = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(resource.RLIMIT_AS, (bound, hard))


def is_memory_spent(most: int) -> bool:
    """Whether this process had its `most` bytes, so that no shortage of the machine ended it."""
    found = _PEAK.search(Path("/proc/self/status").read_text())
    return found is not None and int(found[1]) * 1024 >= SPENT * most > 0
