"""Bring the extracts of a source up to date with its archive."""

from __future__ import annotations

from collections.abc import Sequence

from crawlers.archive import Capture
from pipelines.extracts import Extracts
from pipelines.pool import ReplayPool
from pipelines.results import Progress


def catch_up(
    source: str,
    captures: Sequence[Capture],
    extracts: Extracts,
    pool: ReplayPool,
    progress: Progress | None,
) -> int:
    """Give every capture its extract, and return how many had to be made by a replay.

    A capture whose bytes another one holds shares the extract of that one, if the same callback saw
    both; so an unchanged site costs nothing.
    """
    own = [c for c in captures if c.refers is None]
    done = _replay(source, own, extracts, pool, progress)
    left = [c for c in captures if c.refers is not None and not extracts.share(c)]
    return done + _replay(source, left, extracts, pool, progress)


def _replay(
    source: str,
    captures: Sequence[Capture],
    extracts: Extracts,
    pool: ReplayPool,
    progress: Progress | None,
) -> int:
    done = 0
    for done, extract in enumerate(pool.replay(source, captures), start=1):
        extracts.add(extract)
        if progress:
            progress(source, done, len(captures))
    return done
