"""Measure how the processor time of a pattern grows with its input.

Processor time of this thread alone, so that a busy machine changes nothing, and ratios of it, so
that a slow one does not either.
"""

from __future__ import annotations

import math
import re
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from operator import itemgetter
from typing import Any

from tests.patterns.attacks import Attack, attacks

SCREENED, UNITS = 3000, 300
"""Characters of an attack's first try, and how often it repeats its unit at least."""
SUSPECT = 0.001
"""Seconds above which the first try is followed by others; a linear pattern needs a tenth."""
SURELY_SLOW = 0.01
"""Seconds above which a suspicious attack is followed at once."""
QUARTER_GROWTH = 6
"""How many times as long as a quarter of it the first try may take: 4 is linear, 16 quadratic."""
FOLLOWED = 6
"""The most suspicious attacks on a pattern that are tried at greater lengths."""
LONGEST = 200_000
MEASURABLE = 0.004
"""Seconds; below, the clock and the cache say more than the pattern."""
PATIENCE = 2.0
"""Seconds after which a try is ended. What takes so long for LONGEST characters is refused, too."""
MOST_GROWTH = 1.5
"""As a power of the length: 1 is linear, 2 quadratic."""
TRIES = 3


class TooSlowError(Exception):
    """A try took longer than PATIENCE."""


@dataclass(frozen=True, slots=True)
class Growth:
    """The attack for which a pattern's time grows fastest above linear."""

    attack: Attack
    sizes: tuple[int, ...]
    seconds: tuple[float, ...]

    def __str__(self) -> str:
        times = ", ".join(f"{n}: {s:.4f} s" for n, s in zip(self.sizes, self.seconds, strict=True))
        return f"{self.attack} ({times})"


def find_growth(pattern: re.Pattern[Any], method: str) -> Growth | None:
    """An attack for which the time grows above linear; None if there is none."""
    suspects: list[tuple[float, Attack]] = []
    for attack in attacks(pattern):
        size = max(SCREENED, UNITS * len(attack.unit))
        taken = _seconds(pattern, method, attack.text(size))
        if taken <= SUSPECT:
            continue
        growth = taken / _seconds(pattern, method, attack.text(size // 4))
        if growth <= QUARTER_GROWTH:
            continue
        if taken > SURELY_SLOW and (found := _sure_growth(pattern, method, attack)):
            return found
        suspects.append((growth, attack))
    suspects.sort(key=itemgetter(0), reverse=True)
    followed = (_sure_growth(pattern, method, attack) for _, attack in suspects[:FOLLOWED])
    return next((growth for growth in followed if growth), None)


def _sure_growth(pattern: re.Pattern[Any], method: str, attack: Attack) -> Growth | None:
    """A growth that shows each time: other work of the machine slows down one measurement."""
    found = [_growth(pattern, method, attack)]
    while found[-1] and not math.isinf(found[-1].seconds[-1]) and len(found) < TRIES:
        found.append(_growth(pattern, method, attack))
    return found[-1]


def _growth(pattern: re.Pattern[Any], method: str, attack: Attack) -> Growth | None:
    sizes: list[int] = []
    seconds: list[float] = []
    size = max(SCREENED, UNITS * len(attack.unit))
    while size <= LONGEST:
        text = attack.text(size)
        taken = min(_seconds(pattern, method, text) for _ in range(1 if sizes else TRIES))
        sizes.append(size)
        seconds.append(taken)
        if math.isinf(taken):
            return Growth(attack, tuple(sizes), tuple(seconds))
        if taken > PATIENCE / 8 and len(sizes) > 1:
            break
        size *= 2
    powers = [math.log2(b / a) for a, b in pairwise(seconds) if a > MEASURABLE]
    # The last doublings tell: a repeat with an end grows until that end only.
    is_steep = bool(powers) and min(powers[-2:]) > MOST_GROWTH
    return Growth(attack, tuple(sizes), tuple(seconds)) if is_steep else None


def _seconds(pattern: re.Pattern[Any], method: str, text: str) -> float:
    """Of processor time; infinite where it was ended."""
    data: Any = text.encode("latin-1", "replace") if isinstance(pattern.pattern, bytes) else text
    call = getattr(pattern, method)
    started = time.thread_time()
    try:
        with _limit(PATIENCE):
            if method == "finditer":
                for _ in call(data):
                    pass
            else:
                call(data)
    except TooSlowError:
        return math.inf
    return time.thread_time() - started


@contextmanager
def _limit(seconds: float) -> Iterator[None]:
    """End a search after so much processor time: `re` looks for signals while it works."""

    def end(*_: object) -> None:
        raise TooSlowError

    before = signal.signal(signal.SIGPROF, end)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
