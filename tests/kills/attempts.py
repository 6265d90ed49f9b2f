"""Commands that are started to be killed, and where they were when it happened."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from crawlers.archive import RunRecord, scan
from tests.harvesting import LIMIT, ROOT

STARTING, CRAWL, BUILD, PUBLISH, PUBLISHED = "starting", "crawl", "build", "publish", "published"
PHASES = (STARTING, CRAWL, BUILD, PUBLISH, PUBLISHED)
"""In their order. What follows a crawl counts as build, `published` is after the switch."""
WEIGHTS = {STARTING: 1, CRAWL: 3, BUILD: 2, PUBLISH: 3, PUBLISHED: 1}
"""How often, in turns as long as their sum, a kill is aimed at each."""
POLL_SECONDS = 0.002


@dataclass(frozen=True, slots=True)
class Killed:
    """A process group that was ended by SIGKILL: its phase by what it had left on the disk."""

    phase: str


@dataclass(frozen=True, slots=True)
class Ended:
    """A command that came to its end, and what it printed."""

    exit_code: int
    output: str
    errors: str


@dataclass(frozen=True, slots=True)
class Aim:
    """A moment in a phase: when so much of it is done, and so much of a request's time has gone."""

    phase: str
    share: float
    share_of_request: float


class Watch:
    """Tells the phase of a command by what it does to its data folder."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self._warcs = set((data / "archive").glob("*/*.warc.gz"))
        self._releases = set((data / "releases").glob("*"))
        self._latest = _target(data)
        self._sorting = _inode(data)

    def phase(self) -> str:
        """The phase that the command has come to."""
        if _target(self.data) != self._latest:
            return PUBLISHED
        if set((self.data / "releases").glob("*")) - self._releases:
            return PUBLISH
        if _inode(self.data) not in {None, self._sorting}:
            return BUILD
        new = set((self.data / "archive").glob("*/*.warc.gz")) - self._warcs
        return CRAWL if new else STARTING

    def final_phase(self) -> str:
        """The same once it is dead, when its WARC files can be read: what ended is no crawl."""
        phase = self.phase()
        if phase == CRAWL:
            new = set((self.data / "archive").glob("*/*.warc.gz")) - self._warcs
            return BUILD if all(map(_is_finished, new)) else CRAWL
        return phase


def _target(data: Path) -> str | None:
    link = data / "latest"
    return str(link.readlink()) if link.is_symlink() else None


def _inode(data: Path) -> tuple[int, int] | None:
    """Which file the build sorts in: one that a killed build left is not the one of the next."""
    try:
        found = (data / "extracts" / ".sorting.sqlite").stat()
    except FileNotFoundError:
        return None
    return found.st_ino, found.st_ctime_ns


def _is_finished(path: Path) -> bool:
    return any(isinstance(entry, RunRecord) for entry in scan(path))


@contextmanager
def started(
    arguments: tuple[str, ...], data: Path, environment: Mapping[str, str], log: Path
) -> Iterator[subprocess.Popen[bytes]]:
    """`scrapy ARGUMENTS` in a process group of its own, which does not outlive the context."""
    with (
        log.open("wb") as output,
        log.with_suffix(".err").open("wb") as errors,
        subprocess.Popen(
            [sys.executable, "-m", "scrapy", *arguments],
            cwd=ROOT,
            env=os.environ | {"HARVEST_DATA": str(data), **environment},
            stdout=output,
            stderr=errors,
            start_new_session=True,
        ) as process,
    ):
        try:
            yield process
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)


def run(
    arguments: tuple[str, ...],
    data: Path,
    environment: Mapping[str, str],
    log: Path | None = None,
) -> tuple[Ended, dict[str, float]]:
    """Run a command to its end; also the seconds that each of its phases took.

    `log` is the file for what it prints, beside the data unless given.
    """
    watch = Watch(data)
    begun = {STARTING: time.monotonic()}
    log = log or data.with_suffix(".out")
    with started(arguments, data, environment, log) as process:
        while process.poll() is None and time.monotonic() < begun[STARTING] + LIMIT:
            begun.setdefault(watch.phase(), time.monotonic())
            time.sleep(POLL_SECONDS)
    ends = [*list(begun.values())[1:], time.monotonic()]
    seconds = {p: end - begun[p] for p, end in zip(begun, ends, strict=True)}
    return _ended(process, log), seconds


def run_and_kill(
    arguments: tuple[str, ...],
    data: Path,
    environment: Mapping[str, str],
    is_reached: Callable[[float], bool],
    phase: str,
    log: Path | None = None,
) -> Killed | Ended:
    """Kill a command and all its workers in a phase, unless it ends before.

    `is_reached` is asked again and again whether it is time, given the seconds since the phase
    has begun.
    """
    watch = Watch(data)
    log = log or data.with_suffix(".out")
    begun: float | None = None
    with started(arguments, data, environment, log) as process:
        while process.poll() is None:
            now = time.monotonic()
            if begun is None and PHASES.index(watch.phase()) >= PHASES.index(phase):
                begun = now
            if begun is not None and is_reached(now - begun):
                break
            time.sleep(POLL_SECONDS)
    # Leaving the context has killed it, if it was alive.
    if process.returncode == -signal.SIGKILL:
        return Killed(watch.final_phase())
    return _ended(process, log)


def _ended(process: subprocess.Popen[bytes], log: Path) -> Ended:
    return Ended(process.returncode, log.read_text(), log.with_suffix(".err").read_text())


def moments(seed: int, phases: tuple[str, ...]) -> Iterator[Aim]:
    """Random moments without end, the same for the same seed."""
    rng = random.Random(seed)  # noqa: S311
    while True:
        turn = [phase for phase in phases for _ in range(WEIGHTS[phase])]
        rng.shuffle(turn)
        yield from (Aim(phase, rng.random(), rng.random()) for phase in turn)
