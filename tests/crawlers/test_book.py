"""The book of the archive: it tells of every file that is lost or changed, and survives itself."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawlers.archive import ArchiveWriter, Capture, Damage, scan, warc_files
from crawlers.archive.book import ACKNOWLEDGED, FORGOTTEN, REPLACED, Book, Standing, settle
from crawlers.archive.runs import next_run

END = {"finished": "2026-03-01T09:00:00+00:00", "outcome": "exhausted"}
META = {"fetched_at": "2026-03-01T08:00:00+00:00"}
RUNS = ("20260301T080000Z", "r000001-20260302T080000Z", "r000002-20260101T080000Z")
SOURCE = "parish"


def write_run(archive: Path, run: str, *, closed: bool = True) -> Path:
    path = archive / SOURCE / f"{run}.warc.gz"
    writer = ArchiveWriter(path, source=SOURCE, run=run, software="tests")
    writer.write_response("https://parish.example/", "200 OK", [], run.encode() * 50, META)
    if closed:
        writer.close(END)
    return path


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    folder = tmp_path / "archive"
    for run in RUNS:
        write_run(folder, run)
    return folder


def look(archive: Path) -> Standing:
    return settle(archive, SOURCE, warc_files(archive, SOURCE))


def places(archive: Path) -> tuple[Path, Path]:
    return archive / "parish.files.jsonl", archive / SOURCE / "files.jsonl"


def test_nothing_is_said_of_files_that_are_what_they_were(archive: Path) -> None:
    assert look(archive) == Standing([], {}, frozenset(), frozenset())
    one, two = places(archive)
    assert one.read_bytes() == two.read_bytes()
    assert [warc.name[:-8] for warc in warc_files(archive, SOURCE)] == list(RUNS)


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def swap(path: Path) -> None:
    """Another file of the same size."""
    path.write_bytes(path.read_bytes()[::-1])


def turn_into_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


CHANGES: list[tuple[str, Callable[[Path], object], str]] = [
    ("lost", lambda path: path.unlink(), "is missing"),
    ("empty", lambda path: path.write_bytes(b""), "has 0 bytes, and had"),
    ("cut", lambda path: path.write_bytes(path.read_bytes()[:-1]), "when it was closed"),
    ("grown", lambda path: path.write_bytes(path.read_bytes() + b"\0"), "when it was closed"),
    ("flipped", flip, "is not what it was when it was closed"),
    ("swapped", swap, "is not what it was when it was closed"),
    ("a folder", turn_into_folder, "is missing"),
    ("renamed", lambda path: path.rename(path.with_suffix(".gz~")), "is missing"),
]
IDS = [case[0] for case in CHANGES]


@pytest.mark.parametrize("run", RUNS)
@pytest.mark.parametrize(("change", "told"), [case[1:] for case in CHANGES], ids=IDS)
def test_a_change_is_told_until_it_is_acknowledged_or_mended(
    change: Callable[[Path], object], told: str, run: str, archive: Path, tmp_path: Path
) -> None:
    path = archive / SOURCE / f"{run}.warc.gz"
    shutil.copy(path, tmp_path / "backup")
    change(path)
    for _ in range(2):
        standing = look(archive)
        assert list(standing.problems) == [path.name]
        assert told in standing.problems[path.name]
        assert standing.altered == {path.name}
    Book(archive, SOURCE).note_file(ACKNOWLEDGED, path.name)
    assert look(archive) == Standing([], {}, frozenset({path.name}), frozenset())
    if path.is_dir():
        path.rmdir()
    shutil.copy(tmp_path / "backup", path)
    after = look(archive)
    assert len(after.notes) + len(after.problems) == 1, "it is not what was acknowledged"


@pytest.mark.parametrize(("change", "told"), [case[1:] for case in CHANGES], ids=IDS)
def test_what_is_restored_is_well_again(
    change: Callable[[Path], object], told: str, archive: Path, tmp_path: Path
) -> None:
    path = archive / SOURCE / f"{RUNS[1]}.warc.gz"
    shutil.copy(path, tmp_path / "backup")
    change(path)
    assert told in look(archive).problems[path.name]
    if path.is_dir():
        path.rmdir()
    shutil.copy(tmp_path / "backup", path)
    assert look(archive) == Standing([], {}, frozenset(), frozenset())


def test_a_file_that_code_wrote_anew_is_no_change(archive: Path) -> None:
    path = archive / SOURCE / f"{RUNS[1]}.warc.gz"
    flip(path)
    Book(archive, SOURCE).note_file(REPLACED, path.name)
    assert look(archive) == Standing([], {}, frozenset(), frozenset())


def test_what_is_forgotten_is_no_problem_and_its_rows_go(archive: Path) -> None:
    path = archive / SOURCE / f"{RUNS[1]}.warc.gz"
    path.unlink()
    Book(archive, SOURCE).note_file(FORGOTTEN, path.name)
    assert look(archive) == Standing([], {}, frozenset({path.name}), frozenset({path.name}))


def test_the_file_of_a_killed_run_is_closed_by_the_next(archive: Path) -> None:
    path = write_run(archive, "r000003-20260303T080000Z", closed=False)
    path.write_bytes(path.read_bytes()[:-30])
    assert look(archive).problems == {}
    path.write_bytes(path.read_bytes()[:-30])
    assert list(look(archive).problems) == [path.name]


def test_the_file_of_a_killed_run_that_is_lost_is_told(archive: Path) -> None:
    path = write_run(archive, "r000003-20260303T080000Z", closed=False)
    path.unlink()
    assert "is missing" in look(archive).problems[path.name]


def test_files_from_before_the_book_are_adopted_with_one_line(archive: Path) -> None:
    for place in places(archive):
        place.unlink()
    (note,) = look(archive).notes
    assert note.endswith("3 WARC files added, for there was no list of them")
    assert look(archive) == Standing([], {}, frozenset(), frozenset())
    flip(archive / SOURCE / f"{RUNS[0]}.warc.gz")
    assert len(look(archive).problems) == 1


def test_a_lost_folder_is_told_file_by_file(archive: Path) -> None:
    shutil.rmtree(archive / SOURCE)
    assert set(look(archive).problems) == {f"{run}.warc.gz" for run in RUNS}


BOOK_DAMAGES: list[tuple[str, Callable[[Path], object]]] = [
    ("lost", lambda path: path.unlink()),
    ("empty", lambda path: path.write_bytes(b"")),
    ("cut", lambda path: path.write_bytes(path.read_bytes()[:-40])),
    ("no text", lambda path: path.write_bytes(b"\xff\0\xfe" * 99)),
    ("other JSON", lambda path: path.write_text('{"file": 1}\nnull\n[1]\n"x"\n7\n')),
    ("nested", lambda path: path.write_text("[" * 100_000)),
    ("flipped", flip),
    ("a line less", lambda path: path.write_text(path.read_text().split("\n", 1)[1])),
]


@pytest.mark.parametrize("which", [0, 1])
@pytest.mark.parametrize(
    "damage", [d for _, d in BOOK_DAMAGES], ids=[name for name, _ in BOOK_DAMAGES]
)
def test_one_copy_mends_the_other(
    damage: Callable[[Path], object], which: int, archive: Path
) -> None:
    whole = places(archive)[0].read_bytes()
    damage(places(archive)[which])
    lost = archive / SOURCE / f"{RUNS[1]}.warc.gz"
    lost.unlink()
    standing = look(archive)
    assert list(standing.problems) == [lost.name]
    assert len(standing.notes) == 1
    assert "written anew from the other copy" in standing.notes[0]
    assert [place.read_bytes() for place in places(archive)] == [whole] * 2
    assert look(archive).notes == []


def test_lines_that_both_copies_lost_are_told(archive: Path) -> None:
    for place in places(archive):
        lines = place.read_text().splitlines(keepends=True)
        place.write_text("".join([lines[0][:-9] + "\n", *lines[1:]]))
    (note,) = look(archive).notes
    assert "1 line is damaged in both copies" in note
    assert look(archive).notes == []


def test_no_flipped_bit_of_a_book_makes_another_entry(archive: Path) -> None:
    known = dict(Book(archive, SOURCE).files)
    rng = random.Random(23)  # noqa: S311
    for place in places(archive):
        content = place.read_bytes()
        for _ in range(60):
            damaged = bytearray(content)
            damaged[rng.randrange(len(damaged))] ^= 1 << rng.randrange(8)
            place.write_bytes(damaged)
            assert Book(archive, SOURCE).files == known
        place.write_bytes(content)


def test_a_line_that_a_kill_cut_does_not_spoil_the_next(archive: Path) -> None:
    for place in places(archive):
        place.write_bytes(place.read_bytes() + b'{"number": 7, "at": "20')
    path = write_run(archive, "r000003-20260303T080000Z")
    assert look(archive).problems == {}
    assert path.name in Book(archive, SOURCE).files


def test_the_book_vouches_for_records_behind_a_damaged_first_one(archive: Path) -> None:
    path = archive / SOURCE / f"{RUNS[1]}.warc.gz"
    content = bytearray(path.read_bytes())
    content[30] ^= 0xFF
    path.write_bytes(content)
    found = list(scan(path))
    assert [type(entry) for entry in found[:2]] == [Damage, Capture]


NOW = datetime(2026, 2, 1, 12, tzinfo=UTC)


def test_runs_are_numbered_whatever_the_clock_says(archive: Path) -> None:
    assert next_run(archive, NOW) == "r000003-20260201T120000Z"
    assert next_run(archive / "nowhere", NOW) == "r000001-20260201T120000Z"


def test_the_number_of_a_lost_run_is_not_used_again(archive: Path) -> None:
    (archive / SOURCE / f"{RUNS[2]}.warc.gz").unlink()
    assert next_run(archive, NOW) == "r000003-20260201T120000Z"
    shutil.rmtree(archive / SOURCE)
    assert next_run(archive, NOW) == "r000003-20260201T120000Z"
