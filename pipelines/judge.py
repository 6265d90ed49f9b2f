"""Judge what is new in the archive of a source before any of it is published.

Each run since the last release is compared with what was known until then: the same archive, read
by the same code, without the run and with it. So other code changes nothing in the comparison, and
only what the site said counts. A run that changes the source beyond the limits is held: the source
stays as it was without it, until a person accepts it or a later run is within them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from crawlers.archive.records import GOOD
from output.before import releases_before
from pipelines.changes import Changes
from pipelines.crawl_rows import RunSummary
from pipelines.extracts import Extracts
from pipelines.history import History, Verdict
from pipelines.limits import Figure
from pipelines.merge import comment_pairs, document_pairs
from pipelines.rows import Row

MOST_JUDGED = 8
"""Of more runs that no release knows, the latest are judged, and the others taken as they are."""
PARTIAL = "the run before is held, and this one did not see everything"


@dataclass(frozen=True, slots=True)
class LastGood:
    """What the latest release says of how its rows of a source came about.

    `runs` are those that they rest on, `held` those that were left out, and why. `read_by` is the
    fingerprint of the code, and `doubt` what speaks against the rows themselves. Counted are the
    rows.
    """

    runs: Set[str] = frozenset()
    held: Mapping[str, str] = field(default_factory=dict)
    read_by: str | None = None
    doubt: str | None = None
    documents: int = 0
    comments: int = 0

    @classmethod
    def load(cls, data: Path, source: str) -> LastGood:
        """Of the latest release that can be read; empty if it does not know the source."""
        return _all_last_good(data).get(source, cls())

    def outcome(self) -> Row:
        """The same for the manifest of the next release, which keeps the rows."""
        return {
            "runs": sorted(self.runs),
            "runs_held": dict(self.held),
            "read_by": self.read_by,
            "doubt": self.doubt,
        }


def _all_last_good(data: Path) -> dict[str, LastGood]:
    release = next(releases_before(data), None)
    if release is None:
        return {}
    sources: Mapping[str, Mapping[str, Any]] = release.manifest.sources
    return {
        source: LastGood(
            frozenset(told.get("runs") or ()),
            dict(told.get("runs_held") or {}),
            told.get("read_by"),
            told.get("doubt"),
            release.manifest.rows("documents", source),
            release.manifest.rows("comments", source),
        )
        for source, told in sources.items()
    }


def held_runs(data: Path) -> dict[str, dict[str, str]]:
    """By source, the runs that the latest release left out, and the verdicts on them."""
    return {
        source: {run: str(Verdict(reason, is_held=True)) for run, reason in last.held.items()}
        for source, last in _all_last_good(data).items()
    }


def judge(
    history: History, extracts: Extracts, last: LastGood, *, is_accepted: bool = False
) -> History:
    """The history with what there is against its runs. With `is_accepted` the latest run that
    would be held passes."""
    judged = _judge(history, extracts, last)
    accepted = _latest_held(judged) if is_accepted else None
    if accepted:
        until = [run.name for run in history.runs if run.name < accepted]
        held = {run: judged.verdicts[run].reason for run in until if run in judged.held}
        runs = {*until, accepted} - held.keys()
        judged = _judge(history, extracts, replace(last, runs=runs, held=held))
    elif not is_accepted and (not last.runs or last.doubt):
        _doubt(judged, extracts)
    return judged


def _latest_held(history: History) -> str | None:
    """The run that a person means: the latest that is held, one that saw everything if possible.

    None if the source has recovered since.
    """
    held: list[RunSummary] = []
    for run in reversed(history.runs):
        if run.name in history.held:
            held.append(run)
        elif run.name in history.good:
            break
    whole = [run for run in held if run.outcome == GOOD]
    return next((run.name for run in whole or held), None)


def _judge(history: History, extracts: Extracts, last: LastGood) -> History:
    """Let the new runs in one by one, as far as they are within the limits."""
    history.judge(extracts.count_keys("documents"), trusted=last.runs)
    new = [run for run in history.runs if run.name not in last.runs]
    held = {run.name: "" for run in new[-MOST_JUDGED:]}
    held |= {run: last.held[run] for run in last.held.keys() & {run.name for run in new}}
    for run in [run for run in new if run.name in held]:
        reason = _reason(run, history, held, extracts, last)
        if reason:
            held[run.name] = reason
        else:
            del held[run.name]
    return history.holding(held)


def _reason(
    run: RunSummary,
    history: History,
    held: Mapping[str, str],
    extracts: Extracts,
    last: LastGood,
) -> str | None:
    """Why a run is held, None if it is not. `held` has this run and all later ones that are new,
    and of those before it the ones that are held."""
    verdict = history.verdicts.get(run.name)
    if verdict and verdict.is_held:
        return verdict.reason
    is_settled = any(name > run.name for name in last.runs)
    if run.name in last.held and (is_settled or last.read_by == extracts.fingerprint):
        # Also where the file of the runs that it was compared with is lost since.
        return last.held[run.name]
    before = [other for other in history.runs if other.name < run.name]
    if all(other.name in held for other in before):
        return None  # there is nothing to compare it with
    if before[-1].name in held and run.outcome != GOOD:
        return PARTIAL
    return _compare(run, history, held, extracts)


def _compare(
    run: RunSummary, history: History, held: Mapping[str, str], extracts: Extracts
) -> str | None:
    """What the run changes too much, in words."""
    without = history.holding(held)
    with_it = history.holding({name: why for name, why in held.items() if name != run.name})
    changes = Changes(_found(run, without))
    for old, new in document_pairs(extracts, without, with_it):
        changes.see_document(old, new)
    for old, new in comment_pairs(extracts, without, with_it):
        changes.see_comment(old, new)
    figures = changes.too_much()
    return f"too much changed at once: {_said(figures)}" if figures else None


def _found(run: RunSummary, before: History) -> tuple[int, int] | None:
    """The documents that the last complete run and this one met."""
    earlier = [r for r in before.runs if r.name in before.good and r.name < run.name]
    return (earlier[-1].documents, run.documents) if earlier and run.outcome == GOOD else None


def _doubt(history: History, extracts: Extracts) -> None:
    """Note what cannot be right though there is nothing to compare it with."""
    changes = Changes()
    for (row,) in document_pairs(extracts, history):
        changes.see_document(None, row)
    figures = changes.odd_at_first()
    if figures and history.runs:
        history.doubt = f"this cannot be right: {_said(figures)}"
        history.verdicts.setdefault(history.runs[-1].name, Verdict(history.doubt, is_held=False))


def _said(figures: Iterable[Figure]) -> str:
    return ", ".join(map(str, figures))
