"""Ctrl-C and SIGTERM end a harvest soon, with one line, wherever it is; the next one is whole."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.crawlers.server import Answer, ScriptedServer, scripted
from tests.harvesting import LIMIT, rows
from tests.invented_project import InventedProject, path_of, site, source_file

NAMES = tuple(f"{street} {number}" for street in ("Mill", "Well", "Bridge") for number in range(6))
PROMPT = 20.0
"""Seconds that an end may take on a machine that is busy with other tests. Without handlers it took
as long as the parser did."""
SLOW = (
    "def read_page(self, response, hints):",
    "    import os, time",
    "    end = time.monotonic() + 600",
    "    while 'SLOW' in os.environ and time.monotonic() < end:",
    "        pass",
    "    yield from super().read_page(response, hints)",
)
"""A parser that does not come to its end."""


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with scripted(site(*NAMES)) as found:
        yield found


@pytest.fixture
def project(tmp_path: Path, server: ScriptedServer) -> InventedProject:
    found = InventedProject(tmp_path)
    found.write(street=source_file("street", server.address, *SLOW, least=len(NAMES)))
    return found


@contextmanager
def started(project: InventedProject, **more: str) -> Iterator[subprocess.Popen[str]]:
    """A harvest in a process group of its own, which does not outlive the context."""
    with subprocess.Popen(
        [sys.executable, "-m", "scrapy", "harvest", "--workers=1"],
        cwd=project.folder,
        env=dict(project.environment) | more,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        try:
            yield process
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)


def wait_for(process: subprocess.Popen[str], phase: str, project: InventedProject) -> None:
    """Until the harvest has come to a phase, by what it has left on the disk."""
    signs = {
        "crawl": "archive/*/*.warc.gz",
        "build": "extracts/.sorting.sqlite",
        "publish": "releases/.*.partial",
    }
    end = time.monotonic() + LIMIT
    while not list(project.data.glob(signs[phase])):
        assert process.poll() is None, "it ended before"
        assert time.monotonic() < end
        time.sleep(0.005)


def end_by(number: signal.Signals, process: subprocess.Popen[str]) -> tuple[int, str, str, float]:
    """Send a signal to the whole group, as a terminal does; what it printed, and the seconds."""
    begun = time.monotonic()
    os.killpg(process.pid, number)
    output, errors = process.communicate(timeout=LIMIT)
    return process.returncode, output, errors, time.monotonic() - begun


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["Ctrl-C", "SIGTERM"])
@pytest.mark.parametrize("phase", ["crawl", "build", "publish"])
def test_it_ends_with_one_line_and_goes_on(
    phase: str, number: signal.Signals, project: InventedProject, server: ScriptedServer
) -> None:
    if phase == "crawl":
        # A server that takes its time is not waited for.
        for name in NAMES[3:]:
            server.answers[path_of(name)] = [Answer(after=40.0), *site(name)[path_of(name)]]
    more = {"SLOW": "1"} if phase == "build" else {}
    with started(project, **more) as process:
        wait_for(process, phase, project)
        if phase == "build":
            time.sleep(3)  # the worker is in its first page
        code, output, errors, seconds = end_by(number, process)
    if phase == "publish" and code == 0:
        pytest.skip("it was published before the signal came")
    assert code == 1, output + errors
    assert errors == "interrupted; the next harvest resumes from here\n"
    assert "Traceback" not in output
    assert seconds < PROMPT
    assert not (project.data / "latest").exists()

    for answers in server.answers.values():
        answers[:] = answers[-1:]
    done = project.run("harvest", "--workers=1")
    assert done.returncode == 0, done.stdout + done.stderr
    titles = {str(row["title"]) for row in rows(project.data, "documents")}
    assert titles >= {f"Repairs in {name}" for name in NAMES}


def test_two_at_once_are_one(project: InventedProject) -> None:
    with started(project, SLOW="1") as process:
        wait_for(process, "build", project)
        os.killpg(process.pid, signal.SIGINT)
        code, _, errors, _ = end_by(signal.SIGTERM, process)
    assert (code, len(errors.splitlines())) == (1, 1)
