"""What pytest says of the tests that it ran, read from the XML that it writes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree as ET

NAME = re.compile(r"test_(?P<what>\w+)(?:\[(?P<case>.*)\])?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Result:
    """A test: its module, what it says in words, its case where it has several, and its end
    ("passed", "failed", "skipped"). `measured` is what it noted itself, `why` the first line of
    what went wrong or of why it was skipped."""

    module: str
    what: str
    case: str | None
    outcome: str
    why: str = ""
    measured: Mapping[str, str] = field(default_factory=dict)


def read_results(junit: Path) -> list[Result]:
    """All tests of a file, in the order in which they ran. Raises ValueError if there is none."""
    tree = ET.parse(junit)  # noqa: S314 - pytest wrote the file just now
    found = [_read(test) for test in tree.iter("testcase")]
    if not found:
        raise ValueError(f"{junit}: no test was run")
    return found


def _read(test: ET.Element) -> Result:
    name = NAME.fullmatch(test.get("name", ""))
    outcome, why = _outcome(test)
    return Result(
        module=test.get("classname", "").rpartition(".")[2].removeprefix("test_"),
        what=(name["what"] if name else test.get("name", "")).replace("_", " "),
        case=name["case"] if name else None,
        outcome=outcome,
        why=why,
        measured={p.get("name", ""): p.get("value", "") for p in test.iter("property")},
    )


def _outcome(test: ET.Element) -> tuple[str, str]:
    for tag, outcome in (("failure", "failed"), ("error", "failed"), ("skipped", "skipped")):
        child = test.find(tag)
        if child is not None:
            told = (child.get("message") or "").strip().splitlines()
            return outcome, told[0] if told else ""
    return "passed", ""


def by_test(results: Iterable[Result]) -> list[list[Result]]:
    """The results of each test with all its cases, in their order."""
    groups: dict[tuple[str, str], list[Result]] = {}
    for result in results:
        groups.setdefault((result.module, result.what), []).append(result)
    return list(groups.values())
