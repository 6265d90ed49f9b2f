"""docs/reliability.md, from what pytest writes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from benchmarks import reliability
from benchmarks.reliability_page import Findings, came_of, write_page
from benchmarks.reliability_results import Result, read_results
from benchmarks.reliability_trials import TRIALS, files_of
from benchmarks.unchanged import Run, Unchanged
from tests.hostile.cases import CASES
from tests.project_files import ROOT

JUNIT = """<?xml version="1.0" encoding="utf-8"?>
<testsuites><testsuite name="pytest" errors="0" failures="1" skipped="1" tests="4">
<testcase classname="tests.kills.test_kills" name="test_killed_again[first harvest]" time="1.0">
<properties><property name="kills in crawl" value="7" /><property name="kills in build" value="4" />
<property name="rows of kills" value="2" /></properties></testcase>
<testcase classname="tests.kills.test_full_disk" name="test_in_the_build[extracts]" time="1.0">
<failure message="AssertionError: 3 rows&#10;assert 3 == 0">long text</failure></testcase>
<testcase classname="tests.kills.test_full_disk" name="test_in_the_build[a | b]" time="1.0">
<skipped type="pytest.skip" message="no disk can be mounted">there</skipped></testcase>
<testcase classname="tests.kills.test_two_at_once" name="test_beside_a_harvest" time="1.0" />
</testsuite></testsuites>
"""
UNCHANGED = Unchanged("unitingnc", Run(0, 40, 40, 9000), Run(0, 30, 2, 100), True)

TRIED = [
    Result("changing", "a lie is held", "titles gone", "passed"),
    Result("changing", "a lie is held", "comments none", "passed"),
    Result("changing", "an honest change is published", "one edited", "passed"),
    Result(
        "stores",
        "damage is found",
        "cut",
        "passed",
        "",
        {"damages tried": "40", "damages found": "39"},
    ),
    Result("before", "a damaged file is told", None, "passed"),
]


@pytest.fixture
def kills(tmp_path: Path) -> list[Result]:
    file = tmp_path / "kills.xml"
    file.write_text(JUNIT)
    return read_results(file)


@pytest.fixture
def well(kills: list[Result]) -> Findings:
    """Findings of which nothing failed."""
    hostile = [Result("harvest", "case", case.name, "passed") for case in CASES]
    alone = Result("manners", "the pause doubles", None, "passed")
    passed = [result for result in kills if result.outcome != "failed"]
    return Findings(date(2026, 3, 1), "Linux, 2 cores", passed, hostile, TRIED, [alone], UNCHANGED)


def test_results_are_read(kills: list[Result]) -> None:
    assert [(r.module, r.what, r.case, r.outcome) for r in kills] == [
        ("kills", "killed again", "first harvest", "passed"),
        ("full_disk", "in the build", "extracts", "failed"),
        ("full_disk", "in the build", "a | b", "skipped"),
        ("two_at_once", "beside a harvest", None, "passed"),
    ]
    assert kills[0].measured["kills in crawl"] == "7"
    assert kills[1].why == "AssertionError: 3 rows"


def test_the_page_counts(well: Findings) -> None:
    page = write_page(well)
    assert "| kills survived | 11 |" in page
    assert "| first harvest | 0 | 7 | 4 | 0 | 0 | 11 | 2 | passed |" in page
    assert "| full disk | in the build | a \\| b | 0 of 1, 1 skipped |" in page
    assert "| kinds of lies told, and the last good rows kept | 2 of 2 |" in page
    assert "| honest changes published | 1 of 1 |" in page
    assert "| files damaged, and found to be | 40 of 41 |" in page
    assert f"| hostile cases passed | {len(CASES)} of {len(CASES)} |" in page
    case = CASES[0]
    assert f"| {case.clause} | {case.what} | {came_of(case)} | passed |" in page
    assert "| second | 30 | 2 | 100 |" in page
    assert "holds the same rows" in page
    assert "5.0% it is" in page
    assert well.problems() == []
    assert "Not well" not in page


def test_what_is_tried_is_counted() -> None:
    lies, damage = TRIALS[0], TRIALS[-1]
    failed = replace(TRIED[0], outcome="failed")
    assert lies.count([*TRIED, failed]) == (3, 2)
    assert damage.count([replace(TRIED[3], outcome="failed")]) == (40, 0)
    assert damage.count([replace(TRIED[4], outcome="skipped")]) == (0, 0)
    assert lies.files(ROOT) == ["tests/pipelines/test_changing.py"]
    assert set(lies.files(ROOT)) < set(files_of(TRIALS, ROOT))


def test_what_failed_is_said(well: Findings, kills: list[Result]) -> None:
    findings = replace(well, kills=kills, hostile=well.hostile[1:])
    assert findings.problems() == [
        "in the build (extracts): AssertionError: 3 rows",
        f"hostile case {CASES[0].name}: not run",
    ]
    page = write_page(findings)
    assert "- in the build (extracts): AssertionError: 3 rows\n" in page
    assert "| full disk | in the build | extracts; a \\| b | 0 of 2, 1 skipped |" in page


@pytest.mark.parametrize(
    "changed",
    [
        replace(UNCHANGED, second=Run(0, 30, 3, 100)),
        replace(UNCHANGED, second=Run(3, 30, 2, 100)),
        replace(UNCHANGED, is_same_release=False),
    ],
    ids=["too many bodies", "exit code", "other rows"],
)
def test_a_second_run_that_costs_or_changes_something_is_a_problem(
    well: Findings, changed: Unchanged
) -> None:
    assert len(replace(well, unchanged=changed).problems()) == 1


def test_without_the_mirror_the_page_says_so(well: Findings) -> None:
    findings = replace(well, unchanged=None)
    assert "Not measured" in write_page(findings)
    assert findings.problems() == []


@pytest.mark.parametrize("is_well", [True, False])
def test_the_exit_code(
    is_well: bool,
    well: Findings,
    kills: list[Result],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    findings = well if is_well else replace(well, kills=kills)
    monkeypatch.setattr(reliability, "find_out", lambda *_: findings)
    page = tmp_path / "page.md"
    assert reliability.main(["--page", str(page)]) == (0 if is_well else 1)
    assert page.read_text() == write_page(findings)
    assert ("not well" in capsys.readouterr().out) is not is_well
