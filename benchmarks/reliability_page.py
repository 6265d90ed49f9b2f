"""docs/reliability.md, from what was measured."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version

from benchmarks.reliability_results import Result, by_test
from benchmarks.reliability_trials import TRIALS
from benchmarks.unchanged import MOST_WITH_BODY, Unchanged
from tests.hostile.cases import CASES, Case
from tests.kills.attempts import PHASES

LIBRARIES = ("scrapy", "twisted", "warcio", "pyarrow")
KILLS_IN = "kills in "
"""How the tests call what they count by phase."""
HEAD = """\
# How reliable it is

Measured on {date} by one command, which runs the tests concerned and writes this page:

```
python -m benchmarks.reliability            # 100 kills; --kills N for another number
```

On {machine}.
"""
KILLED = """
## Killed

SIGKILL to the whole process group, workers and all, at random moments: while it starts, in the
crawl (within a request), in the build, while the release is written, and after `latest` has
moved. Each time one data folder is killed several times in a row, then the command may run to its
end. After every kill all that was archived is there, byte for byte, and `latest` is absent (before
the first release) or a whole release that passes its check. At the end the rows are those of
a harvest that nobody disturbed, but for times and places in the archive; and the server's own list
shows that no page was fetched again but the one that was on its way when its client died.
"""
DISTURBED = """
### Full disks, two at once, everything deleted
"""
HOSTILE = """
## Hostile servers

All are harvested at once beside a good source, whose release must be the same as without them.
"""
TRIED = """
## Lies, values, faults and damage

A site that suddenly says something else ([held.md](held.md)), values that no column can hold,
a machine that fails for a moment, and files that are not what they were.
"""
MANNERS = """
## Manners

What servers of our own were asked for, and when, by their own clocks.
"""
SAVED = """
## Requests saved
"""


@dataclass(frozen=True, slots=True)
class Findings:
    """All that the page tells. `unchanged` is None where there is no mirror to harvest."""

    date: date
    machine: str
    kills: Sequence[Result]
    hostile: Sequence[Result]
    trials: Sequence[Result]
    manners: Sequence[Result]
    unchanged: Unchanged | None

    @property
    def results(self) -> list[Result]:
        return [*self.kills, *self.hostile, *self.trials, *self.manners]

    def problems(self) -> list[str]:
        """What failed, and what was not even tried, in words."""
        bad = [r for r in self.results if r.outcome == "failed"]
        told = [f"{r.what}{f' ({r.case})' if r.case else ''}: {r.why}" for r in bad]
        ran = {result.case for result in self.hostile if result.what == "case"}
        told += [f"hostile case {case.name}: not run" for case in CASES if case.name not in ran]
        if self.unchanged and not self.unchanged.is_met:
            told.append(f"unchanged site: {self.unchanged}")
        return told


def about_this_machine() -> str:
    """The machine and the versions in general words."""
    cores = len(os.sched_getaffinity(0))
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30
    versions = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    return (
        f"{platform.system()}, {cores} cores, {memory:.0f} GB of memory,"
        f" Python {platform.python_version()}, {versions}"
    )


def write_page(findings: Findings) -> str:
    """The page as Markdown."""
    parts = [
        HEAD.format(date=findings.date.isoformat(), machine=findings.machine),
        *_summary(findings),
        KILLED,
        *_kills(findings.kills),
        DISTURBED,
        *_tests(r for r in findings.kills if not _kills_by_phase(r)),
        HOSTILE,
        *_hostile(findings.hostile),
        TRIED,
        *_tests(findings.trials),
        MANNERS,
        *_tests(findings.manners),
        SAVED,
        *_saved(findings.unchanged),
    ]
    return "".join(parts)


def _summary(findings: Findings) -> Iterator[str]:
    kills = sum(sum(_kills_by_phase(r).values()) for r in findings.kills if r.outcome == "passed")
    cases = [r for r in findings.hostile if r.what == "case"]
    rows = [
        ("kills survived", str(kills)),
        ("hostile cases passed", _passed(cases)),
        *((trial.what, _of(*trial.count(findings.trials))) for trial in TRIALS),
        ("manners", _passed(findings.manners)),
    ]
    if findings.unchanged:
        rows.append(("requests for a body, second run", f"{findings.unchanged.share:.1%}"))
    yield from _table(("", ""), rows)
    problems = findings.problems()
    if problems:
        yield "\n**Not well:**\n\n" + "".join(f"- {_cell(problem)}\n" for problem in problems)


def _of(tried: int, well: int) -> str:
    return f"{well} of {tried}" if tried else "not tried"


def _kills(results: Iterable[Result]) -> Iterator[str]:
    rows = []
    for result in results:
        counts = _kills_by_phase(result)
        if counts:
            of_phases = [str(counts.get(phase, 0)) for phase in PHASES]
            folders = result.measured.get("rows of kills", "")
            total = str(sum(counts.values()))
            rows.append((result.case or "", *of_phases, total, folders, result.outcome))
    yield from _table(("what", *PHASES, "kills", "run to the end", ""), rows)


def _kills_by_phase(result: Result) -> dict[str, int]:
    told = result.measured.items()
    return {k.removeprefix(KILLS_IN): int(v) for k, v in told if k.startswith(KILLS_IN)}


def _tests(results: Iterable[Result]) -> Iterator[str]:
    rows = []
    for group in by_test(results):
        cases = "; ".join(result.case for result in group if result.case)
        rows.append((group[0].module.replace("_", " "), group[0].what, cases, _passed(group)))
    yield from _table(("", "what", "cases", "passed"), rows)


def _hostile(results: Sequence[Result]) -> Iterator[str]:
    ended = {result.case: result.outcome for result in results if result.what == "case"}
    rows = [(c.clause, c.what, came_of(c), ended.get(c.name, "not run")) for c in CASES]
    yield from _table(("", "what the server does", "what comes of it", ""), rows)
    yield "\nAnd of all of them together:\n"
    yield from _tests(result for result in results if result.what != "case")


def came_of(case: Case) -> str:
    """How the source of a case must end for its test to pass."""
    told = [case.outcome]
    if case.documents:
        told.append(f"{case.documents} document{'s' if case.documents > 1 else ''}")
    told += [f"quarantine: {reason.replace('_', ' ')}" for reason in case.quarantined]
    return ", ".join(told)


def _saved(unchanged: Unchanged | None) -> Iterator[str]:
    if unchanged is None:
        yield "\nNot measured: the mirrors that it needs are not beside this checkout.\n"
        return
    yield (
        f"\nThe mirror `{unchanged.source}` (a WordPress site of 129 posts), harvested twice"
        " without a change between. The release after the second run holds"
        f" {'the same' if unchanged.is_same_release else 'OTHER'} rows, but for times and places in"
        f" the archive. At most {MOST_WITH_BODY:.0%} of the answers with a body are wanted;"
        f" {unchanged.share:.1%} it is.\n"
    )
    runs = (("first", unchanged.first), ("second", unchanged.second))
    rows = [(n, f"{r.requests:,}", f"{r.with_body:,}", f"{r.bytes:,}") for n, r in runs]
    yield from _table(("run", "requests", "answers with a body", "bytes of bodies"), rows)


def _passed(results: Sequence[Result]) -> str:
    passed = sum(result.outcome == "passed" for result in results)
    skipped = sum(result.outcome == "skipped" for result in results)
    return f"{passed} of {len(results)}" + (f", {skipped} skipped" if skipped else "")


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"\n| {' | '.join(head)} |\n|{'---|' * len(head)}\n"
    for row in rows:
        yield f"| {' | '.join(map(_cell, row))} |\n"


def _cell(text: str) -> str:
    """Text that cannot break a table, whatever a case is called."""
    line = " ".join(text.split())
    return line.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;")
