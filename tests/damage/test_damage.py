"""Every file that is made from the archive is damaged in many ways and places, and the next build
says so in one line each, publishes the same rows, and never ends with a traceback."""

from __future__ import annotations

import hashlib
import io
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from scrapy.settings import Settings

from crawlers.commands.build import build_and_report
from crawlers.console import SafeConsole
from crawlers.exit_codes import ExitCode
from crawlers.ledger import read_archive
from output.release import check_release, latest_release
from output.schema import TABLES
from tests.pipelines.archives import data_of, settings_for, write_run
from tests.pipelines.pages import page_capture

SOURCE = "parish_notes"
RUN = "r000001-20260301T080000Z"
NOW = datetime(2026, 4, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Built:
    """What a build ended with, what it said, and its tables (SHA-256 of each file by its path)."""

    code: ExitCode
    said: str
    tables: dict[str, str]


def build(settings: Settings) -> Built:
    """`scrapy build`, in this process."""
    told = io.StringIO()
    console = SafeConsole(file=told, width=1000)
    for line in read_archive(data_of(settings), NOW):
        console.print(line, markup=False)
    code = build_and_report(settings, console, workers=1)
    release = latest_release(data_of(settings))
    assert release is not None
    check_release(release)
    files = {
        path.relative_to(release).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in release.rglob("*.parquet")
    }
    return Built(code, told.getvalue(), files)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Built]:
    """A data folder with two releases, and what a build of it comes to."""
    settings = settings_for(tmp_path_factory.mktemp("whole") / "data")
    settings.set("HARVEST_KEEP_NAMES", False, priority="cmdline")
    write_run(settings, SOURCE, [page_capture(n) for n in (1, 2, 3)], run=RUN)
    build(settings)
    return data_of(settings), build(settings)


Change = Callable[[Path], object]


def flipped(share: float) -> Change:
    """One bit, at a share of the file."""

    def change(path: Path) -> None:
        content = bytearray(path.read_bytes())
        content[int((len(content) - 1) * share)] ^= 0x10
        path.chmod(0o644)
        with path.open("r+b") as file:
            file.write(content)

    return change


def zeroed(path: Path) -> None:
    """A block of the disk that was never written."""
    content = path.read_bytes()
    start = len(content) // 2
    path.chmod(0o644)
    path.write_bytes(content[:start] + bytes(min(4096, len(content) - start)))


def cut(path: Path) -> None:
    path.chmod(0o644)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def emptied(path: Path) -> None:
    path.chmod(0o644)
    path.write_bytes(b"")


def rubbish(path: Path) -> None:
    path.chmod(0o644)
    path.write_bytes(b"\xff\x00rubbish\n" * 700)


def removed(path: Path) -> None:
    path.unlink()


CHANGES: dict[str, Change] = {
    "first bit": flipped(0),
    "early bit": flipped(0.1),
    "middle bit": flipped(0.5),
    "last bit": flipped(1),
    "zeros": zeroed,
    "cut": cut,
    "emptied": emptied,
    "rubbish": rubbish,
    "removed": removed,
}
BITS = ("first bit", "middle bit", "last bit")
FILES: dict[str, tuple[str, ...]] = {
    "ledger.sqlite": tuple(CHANGES),
    f"extracts/{SOURCE}.sqlite": ("early bit", "middle bit", "cut", "rubbish", "removed"),
    f"archive/{SOURCE}.files.jsonl": tuple(CHANGES),
    f"archive/{SOURCE}/files.jsonl": tuple(CHANGES),
    "latest/manifest.json": tuple(CHANGES),
    "latest/DATASET.md": (*BITS, "cut", "emptied", "removed"),
    "latest/data_dictionary.csv": (*BITS, "cut", "removed"),
    **{
        f"latest/{table}/source={SOURCE}/part-0.parquet": (*BITS, "cut", "removed")
        for table in TABLES
    },
}
ATTEMPTS = [(file, change) for file, changes in FILES.items() for change in changes]


def attempts() -> Iterator[object]:
    for file, change in ATTEMPTS:
        yield pytest.param(file, CHANGES[change], id=f"{file.replace('/', ' ')}, {change}")


@pytest.mark.parametrize(("file", "change"), list(attempts()))
def test_damage_is_said_and_made_good(
    file: str,
    change: Change,
    whole: tuple[Path, Built],
    tmp_path: Path,
    record_property: Callable[[str, object], None],
) -> None:
    folder, undamaged = whole
    data = tmp_path / "data"
    shutil.copytree(folder, data, symlinks=True)
    settings = settings_for(data)
    settings.set("HARVEST_KEEP_NAMES", False, priority="cmdline")
    change(data / file)

    built = build(settings)

    name = Path(file).name
    lines = [line for line in built.said.splitlines() if name in line]
    record_property("files damaged", 1)
    record_property("files found", int(bool(lines)))
    assert built.tables == undamaged.tables
    if file.startswith("latest"):
        # What was published is what it is: it is said, and red.
        assert built.code == ExitCode.SOURCE_TROUBLE
        assert lines
    else:
        assert built.code == ExitCode.WELL
        assert lines or change is CHANGES["removed"] or is_sound(data / file, folder / file)
    again = build(settings)
    assert (again.code, again.tables) == (ExitCode.WELL, undamaged.tables)
    assert "damaged" not in again.said


def is_sound(path: Path, whole: Path) -> bool:
    """Whether the damage meant nothing, as in a byte that no reader looks at."""
    return path.stat().st_size == whole.stat().st_size


def test_enough_is_tried() -> None:
    assert len(ATTEMPTS) >= 60
