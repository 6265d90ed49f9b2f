"""Replay in a pool of processes whose death costs one page, not the build."""

from __future__ import annotations

import multiprocessing
import os
import threading
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
LOSSES = 20
"""Captures of a source that may hang or end the parser before the rest of it is left unread: a site
that sends nothing else would otherwise hold up the build of all others for days."""
LOST = {reasons.PARSER_DIED, reasons.PARSER_TIMEOUT}
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
        self._lost = 0

    def __enter__(self) -> ReplayPool:
        return self

    def __exit__(self, *error: object) -> None:
        self._end()

    def replay(self, source: str, captures: Iterable[Capture]) -> Iterator[Extract]:
        """The extract of every capture, each once."""
        todo = iter(captures)
        self._lost = 0
        running: dict[Future[list[Extract]], list[Capture]] = {}
        while True:
            while len(running) < self.workers * QUEUED and (batch := self._next_batch(todo)):
                running[self._submit(source, batch)] = batch
            if not running:
                break
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            broken = [f for f in done if isinstance(f.exception(), BrokenProcessPool)]
            for future in done - set(broken):
                del running[future]
                yield from self._counted(future.result())
            if broken:
                # A dead worker takes all tasks of its pool with it.
                interrupted = [capture for batch in running.values() for capture in batch]
                running.clear()
                yield from self._counted(self._one_by_one(source, interrupted))
        yield from map(_not_read, todo)

    def _next_batch(self, todo: Iterator[Capture]) -> list[Capture]:
        return list(islice(todo, BATCH)) if self._lost < LOSSES else []

    def _counted(self, extracts: Iterable[Extract]) -> Iterator[Extract]:
        """The extracts, of which those are counted whose parser did not come to an end."""
        for extract in extracts:
            reasons_of = {record.row.get("reason") for record in extract.records}
            self._lost += bool(reasons_of & LOST)
            yield extract

    def _one_by_one(self, source: str, captures: list[Capture]) -> Iterator[Extract]:
        self._end()
        # If not even an empty task gets through, it is not a capture that ends the workers.
        try:
            self._submit(source, []).result()
        except BrokenProcessPool as error:
            raise RuntimeError("the replay's worker processes cannot start") from error
        for capture in captures:
            if self._lost >= LOSSES:
                yield _not_read(capture)
                continue
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
                initializer=_start,
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


def _not_read(capture: Capture) -> Extract:
    left = Unreadable(capture.url, reasons.NOT_READ, f"{LOSSES} others did not come to an end")
    return Extract(capture, None, list(records(left)))


def _start(settings: dict[str, Any]) -> None:
    # Of a process that is killed, the workers would wait for tasks for ever.
    threading.Thread(target=_end_with_parent, daemon=True).start()
    start_worker(settings)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
