"""The disk becomes full in the middle: one line says so, nothing breaks, and it goes on after."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import pytest

from crawlers.archive import ArchiveWriter, Capture, Damage, scan
from tests.kills import attempts
from tests.kills.aftermath import Witness, assert_whole, site_rows
from tests.kills.attempts import Ended, Watch, run
from tests.kills.conftest import BUILD, HARVEST, LATER_HARVEST, Undisturbed
from tests.kills.disk import Disk, disk
from tests.kills.site import NotingSite, bodies, environment
from tests.output.test_full_disk import limited_file_size

IN_THE_MIDDLE = 12
"""The request at which the disk is full, of some twenty-five."""
SMALL_KB = 48
"""What a disk holds that is too small for the extracts, and for a release."""


def assert_told(ended: Ended) -> None:
    """It failed, and one line says why."""
    assert ended.exit_code == 1, ended
    assert len(ended.errors.splitlines()) == 1, ended
    assert "full" in ended.errors
    assert "Traceback" not in ended.output


def cut(data: Path) -> list[Damage]:
    """What of the archive cannot be read."""
    files = (data / "archive").glob("*/*.warc.gz")
    return [entry for file in files for entry in scan(file) if isinstance(entry, Damage)]


def harvest_until_full(
    site: NotingSite, small: Disk, data: Path, arguments: tuple[str, ...]
) -> Ended:
    """Harvest, and let the disk be full from the middle of the crawl on."""
    begun = len(site.served)
    site.at_request = lambda number: small.fill() if number == begun + IN_THE_MIDDLE else None
    try:
        ended, _ = run(arguments, data, environment(site), small.folder.with_suffix(".out"))
    finally:
        site.at_request = None
    return ended


def test_in_the_first_crawl(site: NotingSite, undisturbed: Undisturbed, tmp_path: Path) -> None:
    with disk(tmp_path / "disk") as small:
        data = small.folder / "data"
        before = len(site.served)

        ended = harvest_until_full(site, small, data, HARVEST)

        assert_told(ended)
        assert "truncated: the disk has little more free than" in ended.output
        witness = Witness(data)
        witness.look()
        assert not witness.has_release
        assert not cut(data), "half a capture was left"
        lost = site.served[before + IN_THE_MIDDLE - 1 :]

        small.free()
        ended, _ = run(LATER_HARVEST, data, environment(site))
        assert ended.exit_code == 0, ended
        witness.look()
        assert_whole(data, undisturbed.rows)
        twice = bodies(site.served[before:]) - bodies(undisturbed.served)
        assert twice <= bodies(lost), "fetched again although it had been archived"


def test_in_a_later_crawl(site: NotingSite, undisturbed: Undisturbed, tmp_path: Path) -> None:
    with disk(tmp_path / "disk") as small:
        data = undisturbed.copy(small.folder / "data")
        release = (data / "latest").readlink()
        witness = Witness(data)
        witness.look()

        ended = harvest_until_full(site, small, data, LATER_HARVEST)

        assert_told(ended)
        witness.look()
        assert (data / "latest").readlink() == release
        assert not cut(data), "half a capture was left"

        small.free()
        ended, _ = run(LATER_HARVEST, data, environment(site))
        assert ended.exit_code == 0, ended
        witness.look()
        assert_whole(data, undisturbed.rows)


def test_in_the_release(site: NotingSite, undisturbed: Undisturbed, tmp_path: Path) -> None:
    data = undisturbed.copy(tmp_path / "data")
    releases, spare = data / "releases", tmp_path / "spare"
    releases.rename(spare)
    with disk(releases, SMALL_KB) as small:
        small.free()
        shutil.copytree(spare, releases, symlinks=True, dirs_exist_ok=True)
        small.fill()
        release = (data / "latest").readlink()

        ended, _ = run(BUILD, data, environment(site))

        assert_told(ended)
        assert (data / "latest").readlink() == release
        assert_goes_on(data, small, site, undisturbed)
        assert (data / "latest").readlink() != release


def test_in_the_extracts(site: NotingSite, undisturbed: Undisturbed, tmp_path: Path) -> None:
    """It costs the sources that found no room: they keep their rows, and are made later."""
    data = undisturbed.copy(tmp_path / "data")
    before = site_rows(data)
    shutil.rmtree(data / "extracts")
    with disk(data / "extracts", SMALL_KB) as small:
        ended, _ = run(BUILD, data, environment(site))

        assert ended.exit_code == 3, ended
        assert re.search(r": failed: .*is the disk full\?", ended.output), ended
        assert "Traceback" not in ended.output + ended.errors
        assert site_rows(data) == before
        assert_goes_on(data, small, site, undisturbed)


def assert_goes_on(data: Path, small: Disk, site: NotingSite, undisturbed: Undisturbed) -> None:
    """Nothing is half made, and with room all is made."""
    witness = Witness(data)
    witness.look()
    assert not [*(data / "releases").glob(".*.partial")]

    small.free()
    ended, _ = run(BUILD, data, environment(site))
    assert ended.exit_code == 0, ended
    witness.look()
    assert_whole(data, undisturbed.rows)


def test_while_captures_are_replayed(
    site: NotingSite, undisturbed: Undisturbed, tmp_path: Path
) -> None:
    with disk(tmp_path / "disk") as small:
        data = undisturbed.copy(small.folder / "data")
        shutil.rmtree(data / "extracts")
        watch, told = Watch(data), environment(site)
        log = tmp_path / "build.out"

        def fill_when_it_builds(_: float) -> bool:
            if watch.phase() == attempts.BUILD:
                small.fill()
            return False

        ended = attempts.run_and_kill(BUILD, data, told, fill_when_it_builds, attempts.BUILD, log)
        assert isinstance(ended, Ended)
        assert_told(ended)
        witness = Witness(data)
        witness.look()

        small.free()
        ended, _ = run(BUILD, data, told)
        assert ended.exit_code == 0, ended
        witness.look()
        assert_whole(data, undisturbed.rows)


def test_half_a_capture_is_taken_back(tmp_path: Path) -> None:
    path = tmp_path / "run.warc.gz"
    meta = {"fetched_at": "2026-03-01T08:00:00+00:00"}
    writer = ArchiveWriter(path, source="hall", run="run", software="tests")
    writer.write_response("http://hall.example/1", "200 OK", [], b"small", meta)
    with limited_file_size(path.stat().st_size + 1000), pytest.raises(OSError, match="too large"):
        writer.write_response("http://hall.example/2", "200 OK", [], os.urandom(50_000), meta)
    writer.write_response("http://hall.example/3", "200 OK", [], b"small again", meta)
    writer.close({"finished": "2026-03-01T09:00:00+00:00"})
    assert not [entry for entry in scan(path) if isinstance(entry, Damage)]
    captures = [entry.url[-1] for entry in scan(path) if isinstance(entry, Capture)]
    assert captures == ["1", "3"]
