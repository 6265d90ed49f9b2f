"""`python -m tests.recording [source[/case] ...]`: record fixtures, and show what has changed.

For each recipe it crawls the site that the recipe describes with the source's own spider, archives
that as `<case>.warc.gz`, builds records from it, and shows how they differ from
`<case>.expected.json`. Exit codes: 0 nothing differs, 1 something does, 2 wrong use.
"""

from __future__ import annotations

import argparse
import difflib
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.recording.answers import AnswerFromSite
from tests.recording.cases import RECIPE, Case, find_cases
from tests.recording.crawl import crawl, describe_crawl
from tests.recording.rows import CHECKED_TABLES, Rebuilt, fields, row_key
from tests.recording.settle import settle


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.recording", description=__doc__)
    parser.add_argument("cases", nargs="*", metavar="source[/case]", help="default: all")
    parser.add_argument(
        "--accept", action="store_true", help="write what was built as what is expected"
    )
    parser.add_argument(
        "--rebuild", action="store_true", help="leave the WARC files as they are, only build"
    )
    chosen = parser.parse_args(arguments)
    cases = [c for c in find_cases(RECIPE) if _is_chosen(c, chosen.cases)]
    if not cases:
        parser.error("no such case; its recipe is tests/fixtures/<source>/<case>.toml")
    with TemporaryDirectory() as folder:
        if not chosen.rebuild:
            record(cases, Path(folder) / "crawl")
        built = expected_values(cases, Path(folder) / "build")
    differs = [case for case in cases if _compare(case, built[case], accept=chosen.accept)]
    return 1 if differs and not chosen.accept else 0


def _is_chosen(case: Case, names: Sequence[str]) -> bool:
    return not names or case.source in names or str(case) in names


def record(cases: Sequence[Case], folder: Path) -> None:
    """Crawl the recipes' sites, and put the recordings in their places."""
    for case, file in crawl(cases, AnswerFromSite, folder).items():
        state = "recorded" if settle(case, file) else "as before"
        _say(f"{case}: {state}, {case.archive.stat().st_size / 1000:.0f} kB")


def expected_values(cases: Sequence[Case], folder: Path) -> dict[Case, dict[str, Any]]:
    """The content of each case's expected file, as it would be now."""
    values: dict[Case, dict[str, Any]] = {}
    for case, rows in Rebuilt(cases, folder).items():
        counts = {table: len(found) for table, found in rows.items()}
        values[case] = {"crawl": describe_crawl(case.archive), "counts": counts, **rows}
    return values


def _compare(case: Case, value: dict[str, Any], *, accept: bool) -> bool:
    """Show how `value` differs from what is expected, and perhaps accept it."""
    old = case.expected.read_text(encoding="utf-8") if case.expected.exists() else ""
    new = _as_text(value)
    names = (f"{case} as expected", f"{case} as built")
    lines = difflib.unified_diff(old.splitlines(), new.splitlines(), *names, lineterm="")
    for line in lines:
        _say(line)
    if accept:
        kept = _keep_corrections(case, value, json.loads(old)) if old else value
        case.expected.write_text(_as_text(kept), encoding="utf-8")
    return old != new


def _as_text(value: dict[str, Any]) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


def _keep_corrections(case: Case, new: dict[str, Any], old: dict[str, Any]) -> dict[str, Any]:
    """`new`, but with what somebody corrected by hand where the code has a known fault."""
    kept = {
        name: old[name] if case.known_fault(name) or case.known_fault(name, "rows") else new[name]
        for name in new
    }
    for table in CHECKED_TABLES:
        right = {row_key(table, row): row for row in old[table]}
        faulty = [field for field in fields(table) if case.known_fault(table, field)]
        kept[table] = [
            row | {f: right[key][f] for f in faulty}
            if (key := row_key(table, row)) in right
            else row
            for row in kept[table]
        ]
    return kept


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    sys.exit(main())
