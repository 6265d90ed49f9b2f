"""Bring what a build knows of a source up to date with the source's archive."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from crawlers.archive import Capture, Damage, scan, stray_files, warc_files
from crawlers.archive.book import settle
from pipelines.balance import balance
from pipelines.contain import MachineError
from pipelines.crawl_rows import RunSummary, damage_row, fetch_row, trouble_row
from pipelines.extracts import Extracts, Sorter
from pipelines.history import HELD, History
from pipelines.judge import judge
from pipelines.pool import ReplayPool
from pipelines.replay import Extract, Trouble, is_replayed
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

    Raises OSError or MachineError if the archive, or what was archived, cannot be read now. What
    could be read has its extract then.
    """
    todo = _scan(source, archive, extracts, sorter)
    replay = _Replay(source, extracts, pool, progress)
    replay.all(todo)
    source.damage += [trouble_row(trouble, archive) for trouble in replay.left]
    source.history = judge(source.history, extracts, source.last, is_accepted=source.is_accepted)
    source.read_by = extracts.fingerprint
    source.runs = [_run_row(run, source.history, archive) for run in source.history.runs]
    _balance(source, extracts)
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
    source.forgotten_files = standing.forgotten
    extracts.forget_files(f"{name}/{file}" for file in standing.problems)
    lost = standing.altered - {path.name for path in files}
    if not files:
        raise MachineError(f"{archive / name} holds no WARC file of a run")
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


def _balance(source: SourceBuild, extracts: Extracts) -> None:
    """Close the latest run with the balance of its pages."""
    runs = source.history.runs
    asked = {url for run in runs for url in run.asked}
    source.balance = balance(runs[-1], extracts, asked).remark
    if source.balance:
        told = filter(None, (source.runs[-1]["reason"], source.balance))
        source.runs[-1]["reason"] = "; ".join(told)


def _run_row(run: RunSummary, history: History, archive: Path) -> Row:
    """The row of `runs`, with what speaks against it."""
    row = run.row(archive)
    verdict = history.verdicts.get(run.name)
    if verdict:
        row |= {"reason": "; ".join(filter(None, (verdict.reason, row["reason"])))}
        row |= {"outcome": HELD} if verdict.is_held else {}
    return row


class _Replay:
    """The replay of one source. What stays without an extract for its own sake is in `left`."""

    def __init__(
        self,
        source: SourceBuild,
        extracts: Extracts,
        pool: ReplayPool,
        progress: Progress | None,
    ) -> None:
        self.source = source
        self.extracts = extracts
        self.pool = pool
        self.progress = progress
        self.left: list[Trouble] = []

    def all(self, captures: Sequence[Capture]) -> None:
        """Give every capture its extract.

        A capture whose bytes another one holds shares the extract of that one, if the same callback
        saw both; so an unchanged site costs nothing.
        """
        self._some([c for c in captures if c.refers is None])
        shared = [c for c in captures if c.refers is not None and not self.extracts.share(c)]
        self._some(shared)

    def _some(self, captures: Sequence[Capture]) -> None:
        name, failed = self.source.source, []
        for done, result in enumerate(self.pool.replay(name, captures), start=1):
            if isinstance(result, Extract):
                self.extracts.add(result)
            elif result.kind == "machine":
                failed.append(result)
            else:
                self._leave(result)
            if self.progress:
                self.progress(name, done, len(captures))
        self.source.replayed += len(captures)
        if failed:
            first = f"{failed[0].capture.url}: {failed[0].details}"
            raise MachineError(f"{len(failed)} captures could not be read, the first one {first}")

    def _leave(self, trouble: Trouble) -> None:
        self.left.append(trouble)
        if trouble.kind == "unreadable":
            self.source.damaged += 1
        else:
            self.source.unread += 1
