"""Replay one capture with no other beside it, to learn whether it ends its worker process."""

from __future__ import annotations

import multiprocessing
import re
import signal
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

from crawlers.archive import Capture
from pipelines.contain import said
from pipelines.replay import Result, Trouble, replay_batch

SAMPLE_SECONDS = 0.2
"""How often it is looked at whether the machine has memory to spare."""
SPARE = 0.03
"""The share of the machine's memory below which it has none to spare."""
FROM_OUTSIDE = {signal.SIGKILL, signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGQUIT}
"""Signals that a page cannot send: a person did, or the kernel, because memory was short."""
_MEMORY = re.compile(r"^(MemTotal|MemAvailable):\s*(\d+) kB", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Death:
    """The end of a worker process. `is_of_page` unless something outside may have ended it."""

    details: str
    is_of_page: bool


class LoneWorker:
    """A worker process for one capture at a time, started when it is needed.

    `prepare` is called in the process before the first, with `settings`.
    """

    def __init__(self, prepare: Callable[[dict[str, Any]], None], settings: dict[str, Any]) -> None:
        self._prepare = prepare
        self._settings = settings
        self._process: Any = None
        self._connection: Connection[Any, Any] | None = None

    def replay(self, source: str, capture: Capture) -> Result | Death:
        """What came of a capture. After a Death the next one has a new process."""
        if self._connection is None:
            death = self._begin()
            if death:
                return death
        assert self._connection
        try:
            self._connection.send((source, capture))
        except OSError:
            return self._died(is_short=False)
        answer: Result | Death = self._await()
        return answer

    def end(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._process.close()
        if self._connection is not None:
            self._connection.close()
        self._process = self._connection = None

    def _begin(self) -> Death | None:
        context = multiprocessing.get_context("spawn")
        self._connection, theirs = context.Pipe()
        self._process = context.Process(
            target=_serve, args=(theirs, self._prepare, self._settings), daemon=True
        )
        self._process.start()
        theirs.close()
        ready = self._await()
        return Death(ready.details, is_of_page=False) if isinstance(ready, Death) else None

    def _await(self) -> Any:
        """The next thing that the process sends, or its Death."""
        assert self._connection
        is_short = _is_short()
        while not wait([self._connection, self._process.sentinel], SAMPLE_SECONDS):
            is_short |= _is_short()
        try:
            # What it had sent before it died counts.
            return self._connection.recv() if self._connection.poll() else self._died(is_short)
        except (EOFError, OSError):
            return self._died(is_short)

    def _died(self, is_short: bool) -> Death:
        self._process.join()
        code = self._process.exitcode
        self.end()
        name = signal.Signals(-code).name if code < 0 else f"exit code {code}"
        is_outside = -code in FROM_OUTSIDE or is_short
        short = ", while the machine was short of memory" if is_short else ""
        return Death(f"its worker process ended ({name}){short}", not is_outside)


def _is_short() -> bool:
    """Whether the machine has no memory to spare."""
    found = {name: int(size) for name, size in _MEMORY.findall(_meminfo())}
    return found.get("MemAvailable", 1) < SPARE * found.get("MemTotal", 0)


def _meminfo() -> str:
    try:
        return Path("/proc/meminfo").read_text()
    except OSError:
        return ""


def _serve(
    connection: Connection[Any, Any],
    prepare: Callable[[dict[str, Any]], None],
    settings: dict[str, Any],
) -> None:
    """What the process does: one capture after another, until there are no more."""
    prepare(settings)
    connection.send(None)
    while True:
        try:
            source, capture = connection.recv()
        except EOFError:
            return
        connection.send(_replay(source, capture))


def _replay(source: str, capture: Capture) -> Result:
    try:
        return replay_batch(source, [capture])[0]
    except Exception as error:  # noqa: BLE001 - the parent is told
        return Trouble(capture, "machine", said(error))
