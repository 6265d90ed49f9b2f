"""Replay in a pool of processes whose death costs one page, not the build."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from typing import Any

from crawlers import reasons
from crawlers.archive import Capture
from crawlers.items import Unreadable
from pipelines.replay import Extract, replay_batch, start_worker
from pipelines.rows import records

Batch = tuple[str, list[Capture]]

BATCH = 16
"""Captures a task: enough to hide the cost of handing over, few enough to keep memory small."""
QUEUED = 3
"""Tasks waiting for each worker; more would only hold finished extracts in memory."""


class ReplayPool:
    """Replays captures of any sources; use it as a context manager.

    Results come in the order in which they are ready. A batch whose worker died is replayed again
    one capture at a time, so that the one that kills its process is known and goes to quarantine.
    """

    def __init__(self, settings: dict[str, Any], workers: int | None = None) -> None:
        self.settings = settings
        self.workers = workers or len(os.sched_getaffinity(0))
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> ReplayPool:
        return self

    def __exit__(self, *error: object) -> None:
        self._end()

    def replay(self, source: str, captures: Iterable[Capture]) -> Iterator[Extract]:
        """The extract of every capture, each once."""
        todo = iter(captures)
        running: dict[Future[list[Extract]], list[Capture]] = {}
        while True:
            while len(running) < self.workers * QUEUED and (batch := list(islice(todo, BATCH))):
                running[self._submit(source, batch)] = batch
            if not running:
                return
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            broken = [f for f in done if isinstance(f.exception(), BrokenProcessPool)]
            for future in done - set(broken):
                del running[future]
                yield from future.result()
            if broken:
                # A dead worker takes all tasks of its pool with it.
                lost = [capture for batch in running.values() for capture in batch]
                running.clear()
                yield from self._one_by_one(source, lost)

    def _one_by_one(self, source: str, captures: list[Capture]) -> Iterator[Extract]:
        self._end()
        # If not even an empty task gets through, it is not a capture that ends the workers.
        try:
            self._submit(source, []).result()
        except BrokenProcessPool as error:
            raise RuntimeError("the replay's worker processes cannot start") from error
        for capture in captures:
            try:
                yield from self._submit(source, [capture]).result()
            except BrokenProcessPool:
                self._end()
                dead = Unreadable(capture.url, reasons.PARSER_DIED, "its worker process ended")
                yield Extract(capture, None, list(records(dead)))

    def _submit(self, source: str, batch: list[Capture]) -> Future[list[Extract]]:
        if self._pool is None:
            # Fresh interpreters: a fork of a process with a reactor and threads is no clean start.
            self._pool = ProcessPoolExecutor(
                self.workers,
                mp_context=multiprocessing.get_context("spawn"),
                initializer=start_worker,
                initargs=(self.settings,),
            )
        try:
            return self._pool.submit(replay_batch, source, batch)
        except BrokenProcessPool as error:
            failed: Future[list[Extract]] = Future()
            failed.set_exception(error)
            return failed

    def _end(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None
