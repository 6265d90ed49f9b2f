"""Hold a test to a limit of processor time, which other work of the machine does not use up."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def processor_time(most: float) -> Iterator[None]:
    """Fail if what runs in it takes more than `most` seconds of this thread's processor time."""
    started = time.thread_time()
    yield
    taken = time.thread_time() - started
    assert taken <= most, f"{taken:.2f} s of processor time, {most:g} s at most"
