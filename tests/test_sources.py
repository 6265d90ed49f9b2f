"""Every source, from what its site answers to the rows of a release, by data alone.

Nothing here knows a source. `tests/fixtures/<source>/` has its cases, `tests/README.md` says how to
add one.
"""

from __future__ import annotations

import subprocess
import sys
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import pytest
from warcio.checker import Checker

from crawlers.registry import source_names
from tests.recording.cases import (
    ARCHIVE,
    EXPECTED,
    FAULTS,
    FIXTURES,
    Case,
    find_cases,
    project_settings,
)
from tests.recording.crawl import describe_crawl
from tests.recording.rows import CHECKED_TABLES, KEYS, Rebuilt, fields, row_key
from tests.recording.truth import disagreements

CASES = find_cases()
COMPLETE = [case for case in CASES if case.archive.exists() and case.expected.exists()]
SOURCES = source_names(project_settings())
LARGEST = 150_000
"""Bytes of a WARC file: a fixture shows a shape, it is no copy of a site."""


def _checks() -> list[tuple[Case, str, str]]:
    """(case, table, field): the field "rows" stands for which rows there are."""
    return [
        (case, table, field)
        for case in COMPLETE
        for table in CHECKED_TABLES
        for field in ["rows", *(name for name in fields(table) if name not in KEYS[table])]
    ]


def _param(case: Case, *what: str) -> Any:
    """A parameter set whose id is source, case and field, marked where its fault is known."""
    name, why = case.test_name(*what), case.known_fault(*what)
    marks = [pytest.mark.xfail(reason=why, strict=True)] if why else []
    return pytest.param(case, *(w for w in what if w != "counts"), id=name, marks=marks)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Rebuilt:
    """The rows of every case, built from its WARC file."""
    return Rebuilt(COMPLETE, tmp_path_factory.mktemp("built"))


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which every case was crawled again, answered from its own WARC file."""
    folder = tmp_path_factory.mktemp("crawled")
    # Scrapy's reactor starts once in a process, so that it cannot be this one.
    command = [sys.executable, "-m", "tests.recording.crawl", str(folder)]
    subprocess.run(command, check=True, cwd=FIXTURES.parent.parent, timeout=300)
    return folder


@pytest.mark.parametrize("source", SOURCES)
def test_a_source_has_a_fixture(source: str) -> None:
    assert any(case.source == source for case in COMPLETE), (
        f"{source} has no case: write tests/fixtures/{source}/site.toml and run "
        f"`python -m tests.recording {source}`"
    )


def test_a_fixture_has_a_source() -> None:
    assert {case.source for case in CASES} <= set(SOURCES)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_case_is_complete(case: Case) -> None:
    files = (case.recipe, case.archive, case.expected)
    assert [file.name for file in files if not file.exists()] == []


def test_no_other_file_lies_among_the_fixtures() -> None:
    known = {file for case in CASES for file in (case.recipe, case.archive, case.expected)}
    assert set(FIXTURES.glob("*/*")) - known == set()


@pytest.mark.parametrize("case", find_cases(ARCHIVE), ids=str)
def test_the_archive_is_sound_and_small(case: Case, capsys: pytest.CaptureFixture[str]) -> None:
    # The check that `warcio check` makes: structure, and the digests of all records.
    checker = Checker(_CheckerOptions([str(case.archive)]))
    assert checker.process_all() == 0, capsys.readouterr().out
    assert case.archive.stat().st_size <= LARGEST


class _CheckerOptions:
    """What `warcio check` reads from its command line."""

    verbose = False

    def __init__(self, inputs: list[str]) -> None:
        self.inputs = inputs


@pytest.mark.parametrize("case", find_cases(EXPECTED), ids=str)
def test_an_expected_file_holds_every_field(case: Case) -> None:
    expected = case.read_expected()
    assert set(expected) == {"crawl", "counts", *CHECKED_TABLES}
    for table in CHECKED_TABLES:
        for row in expected[table]:
            assert sorted(row) == sorted(fields(table)), f"{table}: {row_key(table, row)}"


@pytest.mark.parametrize("case", COMPLETE, ids=str)
def test_what_is_expected_agrees_with_the_site(case: Case) -> None:
    """An expected file was written by the code that it checks; the recipe's site was not."""
    assert disagreements(case) == []


@pytest.mark.parametrize("case", [_param(case, "counts") for case in COMPLETE])
def test_counts(case: Case, built: Rebuilt) -> None:
    counts = {table: len(rows) for table, rows in built[case].items()}
    assert counts == case.read_expected()["counts"]


@pytest.mark.parametrize(("case", "table", "field"), [_param(*check) for check in _checks()])
def test_field(case: Case, table: str, field: str, built: Rebuilt) -> None:
    expected = {row_key(table, row): row for row in case.read_expected()[table]}
    found = {row_key(table, row): row for row in built[case][table]}
    if field == "rows":
        assert list(found) == list(expected)
        return
    # Rows that one side lacks are the business of "rows".
    common = [key for key in expected if key in found]
    assert {k: found[k][field] for k in common} == {k: expected[k][field] for k in common}


@pytest.mark.parametrize("case", COMPLETE, ids=str)
def test_a_crawl_asks_for_the_same(case: Case, crawled: Path) -> None:
    file = crawled / case.source / case.archive.name
    assert describe_crawl(file) == case.read_expected()["crawl"]


def test_known_faults_are_of_tests_that_exist() -> None:
    names = [case.test_name(*rest) for case, *rest in _checks()]
    names += [case.test_name("counts") for case in COMPLETE]
    stale = [p for p in FAULTS if not any(fnmatchcase(name, p) for name in names)]
    assert stale == []


@pytest.mark.parametrize("case", COMPLETE, ids=str)
def test_an_expected_document_says_something(case: Case) -> None:
    documents = case.read_expected()["documents"]
    assert documents
    assert all(row["text"] and row["url"] for row in documents)
    # A website's pages (who we are, how we work) have no day of publication.
    assert all(row["published"] for row in documents if row["kind"] != "page")
