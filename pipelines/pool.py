"""Replay in a pool of processes whose death costs one page at the most, not the build."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import islice
from multiprocessing import resource_tracker
from typing import Any

from crawlers import reasons
from crawlers.archive import Capture
from crawlers.items import Unreadable
from crawlers.trouble import is_of_the_machine
from pipelines.alone import LoneWorker
from pipelines.contain import MachineError
from pipelines.replay import Extract, Result, Trouble, replay_batch, start_worker
from pipelines.rows import records

Batch = tuple[str, list[Capture]]

BATCH = 16
"""Captures a task: enough to hide the cost of handing over, few enough to keep memory small."""
LOSSES = 20
"""Captures of a source that may hang or end the parser before the rest of it is left unread: a site
that sends nothing else would otherwise hold up the build of all others for days."""
LOST = {reasons.PARSER_DIED, reasons.PARSER_TIMEOUT}
QUEUED = 3
"""Tasks waiting for each worker; more would only hold finished extracts in memory."""
FATAL = 2
"""So often a capture must end a worker that reads nothing else, to be the cause of it."""
TRIES = 3
"""So often a capture is read again whose worker something else may have ended."""


class ReplayPool:
    """Replays captures of any sources; use it as a context manager.

    Results come in the order in which they are ready. The captures of a worker that died are read
    again, each alone: one that ends a process of its own twice goes to quarantine, and what a
    worker that was killed from outside had in hand is read as if nothing had been.
    """

    def __init__(self, settings: dict[str, Any], workers: int | None = None) -> None:
        self.settings = settings
        self.workers = workers or len(os.sched_getaffinity(0))
        self._pool: ProcessPoolExecutor | None = None
        self._lone = LoneWorker(_start, settings)
        self._lost = 0

    def __enter__(self) -> ReplayPool:
        return self

    def __exit__(self, *error: object) -> None:
        self._end()

    def replay(self, source: str, captures: Iterable[Capture]) -> Iterator[Result]:
        """What came of every capture, each once.

        Raises what the source's own code raises, and MachineError if something ends the workers.
        """
        todo = iter(captures)
        self._lost = 0
        running: dict[Future[list[Result]], list[Capture]] = {}
        while True:
            while len(running) < self.workers * QUEUED and (batch := self._next_batch(todo)):
                running[self._submit(source, batch)] = batch
            if not running:
                break
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            suspects = []
            for future in done:
                suspects += yield from self._taken(future, running.pop(future))
            if any(isinstance(future.exception(), BrokenProcessPool) for future in done):
                # A dead worker takes all tasks of its pool with it.
                suspects += [capture for batch in running.values() for capture in batch]
                running.clear()
                self._end()
            yield from self._each_alone(source, suspects)
        yield from map(_not_read, todo)

    def _taken(
        self, future: Future[list[Result]], batch: list[Capture]
    ) -> Generator[Result, None, list[Capture]]:
        """Yield the results of a batch, and return the captures that are to be read again."""
        error = future.exception()
        if isinstance(error, BrokenProcessPool) or (error and is_of_the_machine(error)):
            return batch
        again = []
        for result in future.result():
            if isinstance(result, Trouble) and result.kind == "memory":
                again.append(result.capture)
            else:
                yield self._counted(result)
        return again

    def _next_batch(self, todo: Iterator[Capture]) -> list[Capture]:
        return list(islice(todo, BATCH)) if self._lost < LOSSES else []

    def _counted(self, result: Result) -> Result:
        """The result, counted if the parser did not come to an end."""
        if isinstance(result, Extract):
            self._lost += any(record.row.get("reason") in LOST for record in result.records)
        return result

    def _each_alone(self, source: str, captures: list[Capture]) -> Iterator[Result]:
        for capture in captures:
            if self._lost >= LOSSES:
                yield _not_read(capture)
            else:
                yield self._counted(self._alone(source, capture))
        self._lone.end()

    def _alone(self, source: str, capture: Capture) -> Result:
        deaths = tries = 0
        while True:
            result = self._lone.replay(source, capture)
            if isinstance(result, Extract):
                return result
            if isinstance(result, Trouble) and result.kind != "memory":
                return result
            self._lone.end()  # what ran out of memory is in no state to read on
            deaths += isinstance(result, Trouble) or result.is_of_page
            tries += 1
            if deaths == FATAL:
                dead = Unreadable(capture.url, reasons.PARSER_DIED, result.details)
                return Extract(capture, None, list(records(dead)))
            if tries - deaths == TRIES:
                raise MachineError(f"{capture.url}: {result.details}, {TRIES} times")

    def _submit(self, source: str, batch: list[Capture]) -> Future[list[Result]]:
        if self._pool is None:
            # Fresh interpreters: a fork of a process with a reactor and threads is no clean start.
            self._pool = ProcessPoolExecutor(
                self.workers,
                mp_context=multiprocessing.get_context("spawn"),
                initializer=_start,
                initargs=(self.settings,),
            )
        try:
            with _deaf_to_interrupts():
                return self._pool.submit(replay_batch, source, batch)
        except BrokenProcessPool as error:
            failed: Future[list[Result]] = Future()
            failed.set_exception(error)
            return failed

    def _end(self) -> None:
        self._lone.end()
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None


def _not_read(capture: Capture) -> Trouble:
    return Trouble(capture, "not read", f"{LOSSES} others did not come to an end")


@contextmanager
def _deaf_to_interrupts() -> Iterator[None]:
    """Let processes that are started within not hear the terminal's interrupt, from their first
    instruction on: it is for the parent, and one that still imports would print a traceback.

    What comes meanwhile counts afterwards: a process that is only half started is in no list of
    those to end, and the command would wait for it.
    """
    # When it starts itself, it gives the signal back to this thread.
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        with _later(signal.SIGINT, signal.SIGTERM):
            yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def _later(*numbers: signal.Signals) -> Iterator[None]:
    """Hand signals that come within to their handlers at the end; only the main thread has any."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    came: list[int] = []
    before = {n: signal.signal(n, lambda number, _: came.append(number)) for n in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        if came:
            signal.raise_signal(came[0])


def _start(settings: dict[str, Any]) -> None:
    # Of a process that is killed, the workers would wait for tasks for ever.
    threading.Thread(target=_end_with_parent, daemon=True).start()
    start_worker(settings)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
