"""What a command was asked for and did not do is in its exit code, and in `runs`."""

from __future__ import annotations

import fcntl
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from crawlers.exit_codes import MEANING, ExitCode, worst
from crawlers.ledger import Ledger
from tests.crawlers.server import scripted
from tests.harvesting import rows
from tests.invented_project import InventedProject, site, source_file

REFUSED = "http://127.0.0.1:9"
WELL, NOTHING, WRONG, TROUBLE, BUSY = ExitCode


@pytest.fixture
def address() -> Iterator[str]:
    with scripted(site("Mill Lane", "Bridge End")) as server:
        yield server.address


@pytest.fixture
def project(tmp_path: Path, address: str) -> InventedProject:
    """One with a source that is well, called "sound"."""
    found = InventedProject(tmp_path)
    found.write(sound=source_file("sound", address))
    return found


def test_the_worst_code_counts() -> None:
    assert worst([]) == WELL
    assert worst([WELL, TROUBLE, WELL]) == TROUBLE
    assert worst([TROUBLE, NOTHING, WELL]) == NOTHING
    assert set(MEANING) == set(ExitCode)


FAULTS: dict[str, tuple[str, str]] = {
    "no_python": ("class Odd(:\n", "its source file cannot be loaded: SyntaxError"),
    "unknown_name": ("NOWHERE + 1\n", "NameError: name 'NOWHERE'"),
    "unknown_module": ("import nowhere_at_all\n", "No module named"),
    "own_error": ("raise RuntimeError('a\\nb')\n", "RuntimeError: a b"),
    "no_size": (
        source_file("no_size", REFUSED).replace("expected_documents", "expected"),
        "does not set expected_documents",
    ),
    "namesake": (source_file("sound", REFUSED), "its name, 'sound', is that"),
    "no_start": (
        source_file("no_start", REFUSED).replace(f'["{REFUSED}/"]', "[]"),
        "the spider could not be started: IndexError",
    ),
    "not_made": (
        source_file("not_made", REFUSED, "def __init__(self, **_):", "    raise ValueError('x')"),
        "the spider could not be started: ValueError: x",
    ),
    "no_scheduler": (
        source_file("no_scheduler", REFUSED, "custom_settings = {'SCHEDULER': 'nowhere.Nothing'}"),
        "the spider could not be started: ModuleNotFoundError",
    ),
    "odd_settings": (
        source_file("odd_settings", REFUSED, "custom_settings = 3"),
        "the spider could not be started: ",
    ),
    "no_phase": (
        source_file("no_phase", REFUSED, "def phases(self):", "    raise KeyError('k')"),
        "failed: ",
    ),
    "no_end": (
        source_file("no_end", REFUSED, "def listed(self):", "    raise KeyError('k')"),
        "failed: ",
    ),
    "refused": (source_file("refused", REFUSED), "failed: refused: "),
}
"""Source files that are all harvested beside one that is well, and what is said of each."""


@pytest.fixture(scope="module")
def beside(
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[InventedProject, subprocess.CompletedProcess[str]]:
    project = InventedProject(tmp_path_factory.mktemp("beside"))
    with scripted(site("Mill Lane", "Bridge End")) as server:
        project.write(sound=source_file("sound", server.address))
        project.write(**{name: content for name, (content, _) in FAULTS.items()})
        return project, project.run("harvest", "--workers=1")


@pytest.mark.parametrize(("name", "words"), [(n, w) for n, (_, w) in FAULTS.items()], ids=FAULTS)
def test_a_source_that_fails_is_named_and_leaves_a_record(
    beside: tuple[InventedProject, subprocess.CompletedProcess[str]], name: str, words: str
) -> None:
    project, done = beside
    told = [line for line in done.stdout.splitlines() if line.startswith(f"{name}: failed: ")]
    assert len(told) == 1, done.stdout
    assert words in told[0]
    with Ledger(project.data) as ledger:
        runs = ledger.runs(name)
    assert [run.outcome for run in runs] == ["failed"]
    assert str(runs[0].reason) in told[0]


def test_runs_know_of_it(
    beside: tuple[InventedProject, subprocess.CompletedProcess[str]],
) -> None:
    project, _ = beside
    told = {row["source"]: row["outcome"] for row in rows(project.data, "runs")}
    assert told == {"sound": "exhausted"} | dict.fromkeys(FAULTS, "failed")


def test_it_costs_no_other_and_is_in_the_code(
    beside: tuple[InventedProject, subprocess.CompletedProcess[str]],
) -> None:
    project, done = beside
    assert done.returncode == TROUBLE
    assert "Traceback" not in done.stdout + done.stderr
    assert {row["source"] for row in rows(project.data, "documents")} == {"sound"}


def test_alone_it_leaves_nothing_to_publish(project: InventedProject) -> None:
    project.write(odd="class Odd(:\n")
    assert project.run("harvest", "odd").returncode == NOTHING
    assert "SyntaxError" in project.run("sources").stdout


def test_a_source_whose_file_breaks_or_goes_keeps_its_rows_and_is_red(
    project: InventedProject,
) -> None:
    assert project.run("harvest", "--workers=1").returncode == WELL
    before = [row["document_id"] for row in rows(project.data, "documents")]
    good = (project.sources / "sound.py").read_text()
    states = {"broken": ("class Odd(:\n", "SyntaxError"), "gone": (None, "its source file is gone")}
    for state, (content, words) in states.items():
        (project.sources / "sound.py").unlink()
        if content:
            project.write(sound=content)
        for command in (["harvest", "--due"], ["build"], ["harvest", "--due"]):
            done = project.run(*command)
            assert done.returncode == TROUBLE, (state, command, done.stdout)
            told = [line for line in done.stdout.splitlines() if line.startswith("sound: ")]
            assert words in told[-1]
            assert [row["document_id"] for row in rows(project.data, "documents")] == before
        project.write(sound=good)
    assert [row["outcome"] for row in rows(project.data, "runs")] == ["exhausted"]
    assert project.run("build", "--workers=1").returncode == WELL
    assert [row["document_id"] for row in rows(project.data, "documents")] == before


def test_nothing_due_is_silent(project: InventedProject) -> None:
    assert project.run("harvest", "--workers=1").returncode == WELL
    done = project.run("harvest", "--due")
    assert (done.returncode, done.stdout, done.stderr) == (WELL, "", "")


def test_a_source_stays_red_until_it_succeeds_or_is_retired(
    project: InventedProject, address: str
) -> None:
    project.write(odd=source_file("odd", REFUSED))
    assert project.run("harvest", "--workers=1").returncode == TROUBLE

    waiting = project.run("harvest", "--due")
    assert waiting.returncode == TROUBLE
    assert waiting.stdout.startswith("odd: failed: refused: ")
    assert len(waiting.stdout.splitlines()) == 1
    assert "; next try in " in waiting.stdout
    with Ledger(project.data) as ledger:
        assert len(ledger.runs("odd")) == 1, "it was not asked again"

    project.write(odd=source_file("odd", REFUSED, "retired = date(2026, 11, 30)"))
    retired = project.run("harvest", "--due")
    assert (retired.returncode, retired.stdout) == (WELL, "")
    assert "retired 2026-11-30" in project.run("sources").stdout
    assert project.run("harvest", "odd").returncode == WRONG

    # By another name, or both sources would have the same documents.
    project.write(odd=source_file("odd", address.replace("127.0.0.1", "localhost")))
    assert project.run("harvest", "--workers=1", "odd").returncode == WELL
    assert project.run("harvest", "--due").returncode == WELL


def test_beside_another_harvest(project: InventedProject) -> None:
    project.data.mkdir()
    with (project.data / ".harvest.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for command in (["harvest"], ["harvest", "--due"], ["build"]):
            done = project.run(*command)
            assert done.returncode == BUSY
            assert done.stdout == ""
            assert len(done.stderr.splitlines()) == 1


def test_only_the_crawl(project: InventedProject) -> None:
    project.write(odd=source_file("odd", REFUSED))
    assert project.run("harvest", "--crawl-only", "sound").returncode == WELL
    assert project.run("harvest", "--crawl-only").returncode == TROUBLE
    assert not (project.data / "latest").exists()


def test_the_table_is_in_the_help(project: InventedProject) -> None:
    for command in ("harvest", "build"):
        told = " ".join(project.run(command, "--help").stdout.split())
        for code, meaning in MEANING.items():
            assert f"{code.value}: {meaning}" in told
