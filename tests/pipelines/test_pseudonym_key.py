"""The key of the pseudonyms is never made anew without a word."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from scrapy.settings import Settings

from output.errors import ReleaseError
from output.manifest import read_manifest
from pipelines.pseudonym_key import KEY_BYTES, KEY_FILE, key_id, read_key
from tests.pipelines.archives import build_archive, data_of, write_run
from tests.pipelines.pages import page_capture


@pytest.fixture
def built(settings: Settings) -> Settings:
    """Settings of a data folder with a release that has pseudonyms."""
    settings.set("HARVEST_KEEP_NAMES", False, priority="cmdline")
    write_run(settings, "parish_notes", [page_capture(5)])
    assert build_archive(settings).release is not None
    return settings


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[7] ^= 4
    path.write_bytes(content)


DAMAGES: list[tuple[str, Callable[[Path], object], str]] = [
    ("missing", lambda path: path.unlink(), "is missing, and there are pseudonyms"),
    ("empty", lambda path: path.write_bytes(b""), "is damaged: 0 bytes, not 32"),
    ("short", lambda path: path.write_bytes(path.read_bytes()[:-1]), "31 bytes, not 32"),
    ("long", lambda path: path.write_bytes(path.read_bytes() + b"\n"), "33 bytes, not 32"),
    ("flipped", flip, "is not the key that the pseudonyms"),
    ("another", lambda path: path.write_bytes(os.urandom(KEY_BYTES)), "is not the key"),
]


@pytest.mark.parametrize(
    ("damage", "message"), [case[1:] for case in DAMAGES], ids=[case[0] for case in DAMAGES]
)
def test_without_its_key_nothing_is_published(
    damage: Callable[[Path], object], message: str, built: Settings
) -> None:
    file = data_of(built) / KEY_FILE
    known = file.read_bytes()
    damage(file)
    before = (data_of(built) / "latest").readlink()
    with pytest.raises(ReleaseError, match=message) as raised:
        build_archive(built)
    assert "from a backup" in str(raised.value)
    assert (data_of(built) / "latest").readlink() == before
    file.write_bytes(known)
    assert build_archive(built).release is not None


@pytest.mark.parametrize("damage", [DAMAGES[0][1], flip], ids=["missing", "flipped"])
def test_a_new_key_is_taken_when_a_person_says_so(
    damage: Callable[[Path], object], built: Settings
) -> None:
    file = data_of(built) / KEY_FILE
    before = file.read_bytes()
    damage(file)
    built.set("HARVEST_NEW_KEY", True, priority="cmdline")
    release = build_archive(built).release
    built.set("HARVEST_NEW_KEY", False, priority="cmdline")
    assert release is not None
    assert read_manifest(release).pseudonyms == key_id(file.read_bytes()) != key_id(before)
    assert build_archive(built).release is not None


def test_where_names_are_kept_no_key_is_needed(built: Settings) -> None:
    (data_of(built) / KEY_FILE).unlink()
    built.set("HARVEST_KEEP_NAMES", True, priority="cmdline")
    release = build_archive(built).release
    assert release is not None
    assert read_manifest(release).pseudonyms is None
    assert not (data_of(built) / KEY_FILE).exists()
    built.set("HARVEST_KEEP_NAMES", False, priority="cmdline")
    with pytest.raises(ReleaseError, match="missing"):
        build_archive(built)


def test_a_key_is_on_the_disk_before_it_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[Path] = []
    real = os.fsync

    def fsync(descriptor: int) -> None:
        synced.append(Path(f"/proc/self/fd/{descriptor}").readlink())
        real(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)
    key = read_key(tmp_path / "data")
    assert len(key) == KEY_BYTES
    assert [path.parent.name for path in synced] == ["data", tmp_path.name]
    assert read_key(tmp_path / "data") == key
    assert len(synced) == 2
