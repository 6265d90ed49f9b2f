"""`python -m benchmarks.reliability`: kills, hostile servers, lies, faults and damage, manners and
requests saved, measured.

Runs the tests concerned, harvests an unchanged mirror twice, and writes what came of it to
docs/reliability.md. Takes a quarter of an hour with 100 kills. Exit codes: 0 all well; 1 something
failed, which the page then says too.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.reliability_page import Findings, about_this_machine, write_page
from benchmarks.reliability_results import Result, read_results
from benchmarks.reliability_trials import TRIALS, files_of
from benchmarks.serving import ROOT, SERVER, UNITINGNC
from benchmarks.unchanged import harvest_twice

PAGE = ROOT / "docs" / "reliability.md"
KILLS = 100
MANNERS = sorted(str(file.relative_to(ROOT)) for file in ROOT.glob("tests/crawlers/test_manners*"))


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reliability", description=__doc__)
    parser.add_argument("--kills", type=int, default=KILLS, help=f"how often to kill ({KILLS})")
    parser.add_argument("--page", type=Path, default=PAGE, help="what to write")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="reliability-") as folder:
        findings = find_out(options.kills, Path(folder))
    options.page.write_text(write_page(findings), encoding="utf-8")
    print(f"written: {options.page}")
    for problem in findings.problems():
        print(f"not well: {problem}")
    return 1 if findings.problems() else 0


def find_out(kills: int, folder: Path) -> Findings:
    """Run everything, one after the other, with its files below `folder`."""
    return Findings(
        date=datetime.now(UTC).date(),
        machine=about_this_machine(),
        kills=run_tests(["tests/kills", f"--kills={kills}"], folder / "kills.xml"),
        hostile=run_tests(["tests/hostile"], folder / "hostile.xml"),
        trials=run_tests(files_of(TRIALS, ROOT), folder / "trials.xml"),
        manners=run_tests(MANNERS, folder / "manners.xml"),
        unchanged=harvest_twice(folder) if _has_mirror() else None,
    )


def run_tests(arguments: Sequence[str], junit: Path) -> list[Result]:
    """Run tests in a process of their own, which shows how far it is, and read what came of each.

    Raises RuntimeError if pytest could not run them at all.
    """
    # Of its two forms of XML only the older one keeps what tests measured.
    own = [f"--junit-xml={junit}", "-o", "junit_family=xunit1", "-p", "no:cacheprovider"]
    done = subprocess.run([sys.executable, "-m", "pytest", *arguments, *own], cwd=ROOT, check=False)
    if done.returncode not in {0, 1}:
        raise RuntimeError(f"pytest {' '.join(arguments)} ended with {done.returncode}")
    return read_results(junit)


def _has_mirror() -> bool:
    files = (SERVER, UNITINGNC.packed)
    absent = [str(file) for file in files if not file.is_file()]
    if absent:
        print(f"no unchanged site is harvested, for there is no {', '.join(absent)}")
    return not absent


if __name__ == "__main__":
    sys.exit(main())
