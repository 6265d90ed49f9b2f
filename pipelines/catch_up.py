"""Bring what a build knows of a source up to date with the source's archive."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from crawlers.archive import Capture, Damage, scan, stray_files, warc_files
from crawlers.archive.book import settle
from pipelines.crawl_rows import RunSummary, damage_row, fetch_row
from pipelines.extracts import Extracts, Sorter
from pipelines.history import HELD, History
from pipelines.judge import judge
from pipelines.pool import ReplayPool
from pipelines.replay import is_replayed
from pipelines.results import Progress, SourceBuild
from pipelines.rows import Row


def catch_up(
    source: SourceBuild,
    archive: Path,
    extracts: Extracts,
    pool: ReplayPool,
    sorter: Sorter,
    progress: Progress | None,
) -> None:
    """Read a source's WARC files: its runs, its fetches, and an extract of each page.

    Raises OSError if the archive cannot be read.
    """
    todo = _scan(source, archive, extracts, sorter)
    source.replayed = _replay_all(source.source, todo, extracts, pool, progress)
    source.history = judge(source.history, extracts, source.last, is_accepted=source.is_accepted)
    source.read_by = extracts.fingerprint
    source.runs = [_run_row(run, source.history, archive) for run in source.history.runs]
    sorter.add("runs", source.source, source.runs)


def _scan(source: SourceBuild, archive: Path, extracts: Extracts, sorter: Sorter) -> list[Capture]:
    """Note what the archive tells of the crawls, and return the captures without an extract."""
    name, history = source.source, source.history
    source.strays = stray_files(archive, name)
    todo: list[Capture] = []
    files = warc_files(archive, name)
    standing = settle(archive, name, files)
    source.notes += standing.notes
    source.archive_problems = list(standing.problems.values())
    source.altered_files = standing.altered - standing.forgotten
    extracts.forget_files(f"{name}/{file}" for file in standing.problems)
    lost = standing.altered - {path.name for path in files}
    if not files:
        raise FileNotFoundError(f"{archive / name} holds no WARC file of a run")
    for path in files:
        run = RunSummary(path, source.platform, source.expected)
        history.runs.append(run)
        fetches = []
        for entry in scan(path):
            run.see(entry)
            if isinstance(entry, Damage):
                source.damage.append(damage_row(entry, archive))
            elif isinstance(entry, Capture):
                history.see(entry)
                fetches.append(fetch_row(entry, archive))
                if entry.payload.file in lost:
                    source.damage.append(damage_row(_lost_payload(entry), archive))
                elif is_replayed(entry) and not extracts.has(entry):
                    todo.append(entry)
        sorter.add("fetches", name, fetches)
        source.captures += run.answered
    continued = {one for run in history.runs for one in run.said.get("continues") or ()}
    known = standing.altered - standing.problems.keys()
    runs = (run for run in history.runs if run.path.name not in known)
    source.damaged = sum(run.damaged(continued) for run in runs)
    return todo


def _lost_payload(capture: Capture) -> Damage:
    return Damage(
        capture.path, capture.offset, f"its bytes were in {capture.payload.file}, now lost"
    )


def _run_row(run: RunSummary, history: History, archive: Path) -> Row:
    """The row of `runs`, with what speaks against it."""
    row = run.row(archive)
    verdict = history.verdicts.get(run.name)
    if verdict:
        row |= {"reason": verdict.reason}
        row |= {"outcome": HELD} if verdict.is_held else {}
    return row


def _replay_all(
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
