"""What a run of `pytest tests/hostile --junitxml=FILE` says of the hostile cases."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

from tests.hostile.cases import CASES, Case

TEST = re.compile(r"test_case\[(\w+)\]")


def passed(junit: Path) -> dict[str, bool]:
    """Of each case, whether its test passed. Raises ValueError if one was not run."""
    found: dict[str, bool] = {}
    for test in ET.parse(junit).iter("testcase"):  # noqa: S314 - pytest wrote the file just now
        name = TEST.fullmatch(test.get("name", ""))
        if name:
            found[name[1]] = not any(child.tag in {"failure", "error", "skipped"} for child in test)
    missing = [case.name for case in CASES if case.name not in found]
    if missing:
        raise ValueError(f"not run: {', '.join(missing)}")
    return {case.name: found[case.name] for case in CASES}


def by_clause(junit: Path) -> Iterator[tuple[str, list[Case], int]]:
    """(kind of misbehaviour, its cases, how many of them passed), in the order of the cases."""
    results = passed(junit)
    for clause in dict.fromkeys(case.clause for case in CASES):
        cases = [case for case in CASES if case.clause == clause]
        yield clause, cases, sum(results[case.name] for case in cases)
