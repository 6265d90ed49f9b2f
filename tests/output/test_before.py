"""What a release is built on: damage to the one before is told, and nothing of it is used."""

import json
import random
import shutil
from collections.abc import Callable
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from output.before import releases_before
from output.errors import ReleaseError
from output.manifest import read_manifest
from output.release import ReleaseWriter, check_release, latest_release, read_rows
from output.schema import TABLES
from tests.output.examples import EXHAUSTED, NOW, document, every_table, publish

PART = "documents/source=allotments/part-0.parquet"
SOURCES = ("allotments",)
FLIPS = 300


def writer_at(data: Path, day: int, full_every: int = 10) -> ReleaseWriter:
    created = NOW + timedelta(days=day)
    return ReleaseWriter(
        data, created=created, code_version="0.1.0", sources=SOURCES, full_every=full_every
    )


def publish_same(data: Path, day: int, full_every: int = 10) -> tuple[Path, list[str]]:
    """Publish the same rows again; the release, and what its writer said of the one before."""
    with writer_at(data, day, full_every) as writer:
        for (table, source), rows in every_table("allotments").items():
            writer.write(table, source, rows)
        return writer.publish({"allotments": EXHAUSTED}), writer.problems


def keep_documents(data: Path, day: int) -> tuple[str | None, Path]:
    """Publish what is kept of the documents; whose rows they are, and the release."""
    with writer_at(data, day) as writer:
        kept = writer.keep(("documents", "comments", "links"), "allotments")
        return kept, writer.publish({"allotments": EXHAUSTED})


def flip(path: Path, place: int = -1, bit: int = 0) -> None:
    """Flip one bit in place, as a bad disk does: every hard link to the file sees it."""
    path.chmod(0o644)
    content = bytearray(path.read_bytes())
    content[place if place >= 0 else len(content) // 2] ^= 1 << bit
    with path.open("r+b") as file:
        file.write(content)


def test_releases_are_counted(tmp_path: Path) -> None:
    found = [publish_same(tmp_path, day)[0] for day in range(3)]
    assert [read_manifest(release).number for release in found] == [1, 2, 3]
    assert [r.folder for r in releases_before(tmp_path)] == found[::-1]


def test_every_so_many_releases_one_shares_no_file(tmp_path: Path) -> None:
    found = [publish_same(tmp_path, day, full_every=3)[0] for day in range(7)]
    inodes = [(release / PART).stat().st_ino for release in found]
    assert [inode == before for before, inode in pairwise(inodes)] == [
        *(True, False, True, True, False, True),
    ]
    flip(found[-1] / PART)
    sound = [not is_refused(release) for release in found]
    assert sound == [True, True, True, True, True, False, False]


def is_refused(release: Path) -> bool:
    try:
        check_release(release)
    except ReleaseError:
        return True
    return False


def test_a_damaged_file_is_told_and_not_linked(tmp_path: Path) -> None:
    releases = [publish_same(tmp_path, day)[0] for day in range(3)]
    flip(releases[-1] / PART)
    new, problems = publish_same(tmp_path, 3)
    assert problems == [
        f"{releases[-1] / PART} is damaged, and is the same file in 2 other releases;"
        " nothing of it is used"
    ]
    check_release(new)
    assert not (new / PART).samefile(releases[-1] / PART)
    assert publish_same(tmp_path, 4)[1] == [], "the release before is sound again"


def test_a_damaged_file_is_not_kept_and_an_older_one_is(tmp_path: Path) -> None:
    old = publish_same(tmp_path, 0)[0]
    publish(tmp_path, every_table("allotments"), sources=SOURCES, created=NOW + timedelta(days=1))
    newest = latest_release(tmp_path)
    assert newest is not None
    part = newest / PART
    part.unlink()
    shutil.copy(old / PART, part)
    flip(part)
    kept, release = keep_documents(tmp_path, 2)
    assert kept == old.name
    check_release(release)
    assert len(list(read_rows(release, "documents"))) == 2


def test_nothing_is_kept_where_nothing_is_sound(tmp_path: Path) -> None:
    old = publish_same(tmp_path, 0)[0]
    publish_same(tmp_path, 1)
    flip(old / PART)
    kept, release = keep_documents(tmp_path, 2)
    assert kept is None
    assert read_manifest(release).rows("documents") == 0


DAMAGES: list[Callable[[Path], object]] = [
    lambda path: path.unlink(),
    lambda path: path.write_bytes(b""),
    lambda path: path.write_bytes(path.read_bytes()[:-9]),
    lambda path: path.write_bytes(b"\xff\xfe" * 400),
    lambda path: path.write_text("[" * 100_000),
    lambda path: path.write_text('{"tables": {}}'),
    lambda path: path.write_text("null"),
    lambda path: path.write_text(json.dumps({**json.loads(path.read_text()), "created": "now"})),
]


@pytest.mark.parametrize("damage", DAMAGES, ids=range(len(DAMAGES)))
def test_a_damaged_manifest_counts_as_no_release(
    damage: Callable[[Path], object], tmp_path: Path
) -> None:
    old, newest = (publish_same(tmp_path, day)[0] for day in range(2))
    damage(newest / "manifest.json")
    assert latest_release(tmp_path) is None
    kept, release = keep_documents(tmp_path, 2)
    assert kept == old.name
    assert latest_release(tmp_path) == release
    with writer_at(tmp_path, 3) as writer:
        assert writer.problems == []


def test_a_damaged_manifest_is_told(tmp_path: Path) -> None:
    newest = publish_same(tmp_path, 0)[0]
    (newest / "manifest.json").write_text("{")
    with writer_at(tmp_path, 1) as writer:
        (problem,) = writer.problems
    assert problem.startswith(f"{newest / 'manifest.json'}: is missing or damaged")
    assert problem.endswith("; it counts as no release")


def test_no_flipped_bit_of_a_manifest_changes_what_it_says(tmp_path: Path) -> None:
    """It is told, or it was in white space or in how a character is written."""
    path = publish_same(tmp_path, 0)[0] / "manifest.json"
    content, known = path.read_bytes(), read_manifest(path.parent)
    rng = random.Random(7)  # noqa: S311
    found = 0
    for _ in range(FLIPS):
        damaged = bytearray(content)
        damaged[rng.randrange(len(content))] ^= 1 << rng.randrange(8)
        path.write_bytes(damaged)
        try:
            assert read_manifest(path.parent) == known
        except ReleaseError:
            found += 1
    assert found > FLIPS / 2


def test_no_flipped_bit_of_a_release_is_missed(tmp_path: Path) -> None:
    release = publish_same(tmp_path, 0)[0]
    rng = random.Random(11)  # noqa: S311
    files = sorted(path for path in release.rglob("*") if path.is_file())
    assert len(files) == len(TABLES) + 3
    for path in files:
        if path.name == "manifest.json":
            continue
        content = path.read_bytes()
        for _ in range(5):
            flip(path, rng.randrange(len(content)), rng.randrange(8))
            with writer_at(tmp_path, 1) as writer:
                (problem,) = writer.problems
                assert str(path) in problem
            path.write_bytes(content)


def test_a_link_to_nothing_is_no_damage(tmp_path: Path) -> None:
    release = publish(tmp_path, {("documents", "allotments"): [document(0)]}, sources=SOURCES)
    shutil.rmtree(release)
    with writer_at(tmp_path, 1) as writer:
        assert writer.problems == []
