"""Disks that are full, small or read-only: real ones, where mounting is permitted."""

import resource
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from output.errors import ReleaseError
from output.release import check_release, latest_release
from tests.output.examples import NAME, many_documents, publish, write_release


@contextmanager
def limited_file_size(limit: int) -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize("limit", [1, 5_000, 100_000, 2_000_000])
def test_a_file_that_may_not_grow_says_so_and_leaves_nothing(limit: int, tmp_path: Path) -> None:
    before = write_release(tmp_path)
    with (
        limited_file_size(limit),
        pytest.raises(ReleaseError, match=r"the disk is full \(File too large\)\. Free some"),
    ):
        publish(tmp_path, {("documents", "plots"): many_documents(4_000)}, sources=["plots"])
    assert latest_release(tmp_path) == before
    assert list((tmp_path / "releases").iterdir()) == [before]


@contextmanager
def small_disk(folder: Path, kilobytes: int) -> Iterator[Path]:
    folder.mkdir()
    mount = shutil.which("mount")
    options = f"size={kilobytes}k"
    command = [str(mount), "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
    if mount is None or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("mounting a small disk is not permitted here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_says_so_and_leaves_the_last_release(tmp_path: Path) -> None:
    failed = 0
    for free in range(0, 200, 20):
        with small_disk(tmp_path / str(free), 1_024) as data:
            before = write_release(data)
            leave_free(data, free * 1_024)
            try:
                # Other rows, so that nothing can be linked.
                tables = {("documents", "plots"): many_documents(60)}
                assert publish(data, tables, sources=["plots"]).name == f"{NAME}-2"
            except ReleaseError as error:
                failed += 1
                assert "the disk is full (No space left on device)" in str(error)
                assert "\n" not in str(error)
                assert latest_release(data) == before
                assert list((data / "releases").iterdir()) == [before]
            release = latest_release(data)
            assert release is not None
            check_release(release)
    assert failed > 2


def leave_free(data: Path, wanted: int) -> None:
    ballast = shutil.disk_usage(data).free - wanted
    (data / "ballast").write_bytes(bytes(max(0, ballast)))


def test_a_read_only_disk_says_so(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 1_024) as data:
        before = write_release(data)
        subprocess.run(["mount", "-o", "remount,ro", str(data)], check=True)
        with pytest.raises(ReleaseError, match=r"may not be written \(Read-only file system\)"):
            write_release(data)
        assert latest_release(data) == before
