"""Whatever fails, and whenever the process is killed, `latest` is a release that is whole."""

import errno
import io
import os
import random
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from output.errors import ReleaseError
from output.release import ReleaseWriter, check_release, latest_release
from output.schema import TABLES
from tests.output.examples import EXHAUSTED, NAME, NOW, every_table, publish, write_release

ROOT = Path(__file__).parents[2]
Calls = tuple[tuple[Any, str], ...]
CHANGES: Calls = tuple(
    (os, name) for name in ("mkdir", "fsync", "link", "rename", "replace", "symlink", "unlink")
)
STEPS: Calls = (*CHANGES, (os, "open"), (os, "fchmod"), (io, "open"))


class StepError(OSError):
    """Stands for whatever the operating system may say."""


def count_steps(
    patch: pytest.MonkeyPatch, at_step: Callable[[int], object], calls: Calls = STEPS
) -> None:
    """Call `at_step` with a running number before each thing that is asked of the disk."""
    steps = 0

    def watch(module: Any, name: str) -> None:
        real = getattr(module, name)

        def step(*arguments: Any, **options: Any) -> Any:
            nonlocal steps
            steps += 1
            at_step(steps)
            return real(*arguments, **options)

        patch.setattr(module, name, step)

    for module, name in calls:
        watch(module, name)


def assert_whole(data: Path, releases: set[str]) -> None:
    """`latest` is one of `releases` and sound, and the next writer can work."""
    release = latest_release(data)
    assert release is not None
    assert release.name in releases
    check_release(release)
    with ReleaseWriter(data, created=NOW, code_version="0", sources=["allotments"]):
        left = {path.name for path in (data / "releases").iterdir()}
        assert {name for name in left if name.endswith(".partial")} <= {f".{NAME}-2.partial"} | {
            f".{NAME}-3.partial"
        }
    assert not list((data / "releases").glob(".*"))
    assert not list(data.glob(".latest*"))


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Path]:
    """A folder in memory where there is one: hundreds of fsync take a minute on a busy disk."""
    shared = Path("/dev/shm")  # noqa: S108
    if os.access(shared, os.W_OK):
        with tempfile.TemporaryDirectory(dir=shared) as folder:
            yield Path(folder)
    else:
        yield tmp_path


def test_a_failure_at_any_step_leaves_the_last_release(memory: Path) -> None:
    write_release(memory / "before")
    failed, step = 0, 0
    is_reached = True
    while is_reached:
        step += 1
        data = memory / str(step)
        shutil.copytree(memory / "before", data, symlinks=True)
        is_reached, error = fail_at(step, data)
        failed += error is not None
        assert_whole(data, {NAME, f"{NAME}-2"})
        if error is None:
            assert latest_release(data) == data / "releases" / f"{NAME}-2"
        shutil.rmtree(data)
    # Only linking may fail without consequence, for each of the tables, and reading the release
    # before: what cannot be read is told, and not built on.
    assert failed > 100
    assert step - failed < 3 * len(TABLES) + 8


def fail_at(wanted: int, data: Path) -> tuple[bool, ReleaseError | None]:
    is_reached = False

    def at_step(step: int) -> None:
        nonlocal is_reached
        if step == wanted:
            is_reached = True
            raise StepError(errno.EIO, "Input/output error")

    with pytest.MonkeyPatch.context() as patch:
        count_steps(patch, at_step)
        try:
            write_release(data)
        except ReleaseError as error:
            return is_reached, error
    return is_reached, None


KILLED_AT_EACH_STEP = """
import os, signal, sys
from pathlib import Path
import pytest
from tests.output.examples import write_release
from tests.output.test_atomicity import CHANGES, count_steps

def kill_at(number):
    return lambda step: step == number and os.kill(os.getpid(), signal.SIGKILL)

for number in range(1, int(sys.argv[2]) + 1):
    child = os.fork()
    if child == 0:
        with pytest.MonkeyPatch.context() as patch:
            count_steps(patch, kill_at(number), CHANGES)
            write_release(Path(sys.argv[1], str(number)))
        os._exit(0)
    status = os.waitpid(child, 0)[1]
    print("killed" if os.WIFSIGNALED(status) else "finished", flush=True)
"""


def test_a_kill_at_any_step_leaves_the_last_release(memory: Path) -> None:
    steps = 100
    write_release(memory / "before")
    for step in range(1, steps + 1):
        shutil.copytree(memory / "before", memory / str(step), symlinks=True)
    command = [sys.executable, "-c", KILLED_AT_EACH_STEP, str(memory), str(steps)]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    endings = ended.stdout.split()
    # The last ones finish, so every step there is has been tried.
    assert endings.count("killed") > 60
    assert endings[-1] == "finished"
    for step, ending in enumerate(endings, start=1):
        if ending == "finished":
            assert (memory / str(step) / "latest").readlink().name == f"{NAME}-2"
        assert_whole(memory / str(step), {NAME, f"{NAME}-2"})


PUBLISHES_WITHOUT_END = """
import sys
from pathlib import Path
from tests.output.examples import every_table, many_documents, publish

print("ready", flush=True)
for number in range(10_000):
    tables = {**every_table("plots"), ("documents", "plots"): many_documents(50 + number % 5)}
    publish(Path(sys.argv[1]), tables, sources=["plots"])
"""


def test_a_kill_at_any_moment_leaves_the_last_release(tmp_path: Path) -> None:
    moments = random.Random(20260314)  # noqa: S311
    first = publish(tmp_path, every_table("plots"), sources=["plots"])
    release: Path | None = first
    kills = 0
    # On a busy machine the first few may come before anything was published.
    while kills < 5 or (release == first and kills < 50):
        kill_while_publishing(tmp_path, moments.uniform(0.01, 0.4))
        kills += 1
        release = latest_release(tmp_path)
        assert release is not None
        check_release(release)
    with ReleaseWriter(tmp_path, created=NOW, code_version="0", sources=["plots"]) as writer:
        names = [path.name for path in (tmp_path / "releases").iterdir()]
        assert [name for name in names if name.startswith(".")] == [f".{writer.name}.partial"]
    assert latest_release(tmp_path) != first
    # What was renamed was checked before, so each folder with a final name is whole too.
    for path in (tmp_path / "releases").iterdir():
        check_release(path)


def kill_while_publishing(data: Path, seconds: float) -> None:
    command = [sys.executable, "-c", PUBLISHES_WITHOUT_END, str(data)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        time.sleep(seconds)
        assert process.poll() is None
        process.kill()
    assert process.returncode == -signal.SIGKILL


READS_WITHOUT_END = """
import sys
from pathlib import Path
from output.release import check_release, latest_release

data, seen = Path(sys.argv[1]), set()
print("ready", flush=True)
while sys.stdin in __import__("select").select([sys.stdin], [], [], 0)[0] or len(seen) < 4:
    release = latest_release(data)
    assert release is not None, "latest was not there"
    check_release(release)
    seen.add(release.name)
print(len(seen), flush=True)
"""


def test_a_reader_never_misses_a_release_while_others_are_published(tmp_path: Path) -> None:
    write_release(tmp_path)
    command = [sys.executable, "-c", READS_WITHOUT_END, str(tmp_path)]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        while not select.select([process.stdout], [], [], 0)[0]:
            write_release(tmp_path)
        assert int(process.stdout.readline()) >= 4
    assert process.returncode == 0


def test_everything_is_on_the_disk_before_the_release_gets_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    events: list[tuple[str, str]] = []
    fsync, rename, replace = os.fsync, os.rename, os.replace

    def watched_fsync(descriptor: int) -> None:
        events.append(("sync", Path(f"/proc/self/fd/{descriptor}").resolve().name))
        fsync(descriptor)

    def watched_rename(old: Path, new: Path) -> None:
        events.append(("rename", Path(new).name))
        rename(old, new)

    def watched_replace(old: Path, new: Path) -> None:
        events.append(("replace", Path(new).name))
        replace(old, new)

    if not Path("/proc/self/fd").is_dir():
        pytest.skip("the names of open files cannot be learnt here")
    monkeypatch.setattr(os, "fsync", watched_fsync)
    monkeypatch.setattr(os, "rename", watched_rename)
    monkeypatch.setattr(os, "replace", watched_replace)
    release = write_release(tmp_path)
    named = events.index(("rename", NAME))
    written = Counter(path.name for path in release.rglob("*"))
    assert Counter(name for _, name in events[:named]) == written + Counter([f".{NAME}.partial"])
    assert events[named + 1 :] == [
        ("sync", "releases"),
        ("replace", "latest"),
        ("sync", tmp_path.name),
    ]


def test_an_interrupt_removes_the_half_release(tmp_path: Path) -> None:
    before = write_release(tmp_path)

    def interrupt(step: int) -> None:
        if step == 60:
            raise KeyboardInterrupt

    with pytest.MonkeyPatch.context() as patch, pytest.raises(KeyboardInterrupt):
        count_steps(patch, interrupt)
        write_release(tmp_path)
    assert list((tmp_path / "releases").iterdir()) == [before]


def test_a_failed_publish_can_be_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    writer = ReleaseWriter(tmp_path, created=NOW, code_version="0", sources=["plots"])
    monkeypatch.setattr(os, "symlink", refuse)
    with pytest.raises(ReleaseError, match=r"may not be written \(Permission denied\)"):
        writer.publish({"plots": EXHAUSTED})
    assert list((tmp_path / "releases").iterdir()) == []
    monkeypatch.undo()
    assert publish(tmp_path, {}, sources=["plots"]).name == NAME
