import errno
import os
import tempfile
from pathlib import Path

import pytest

from output.disk import check_writable, explain_disk_errors
from output.errors import ReleaseError
from output.keys import KeyIndex

FULL = "the disk is full"
FORBIDDEN = "may not be written"


def test_a_folder_that_does_makes_no_fuss(tmp_path: Path) -> None:
    check_writable(tmp_path / "new" / "data", 1_000)
    assert list((tmp_path / "new" / "data").iterdir()) == []


def test_too_little_space_says_how_much_is_needed(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match=r"MB free, 1,000,000,000,000 MB needed\. Free some"):
        check_writable(tmp_path, 10**18)


def test_a_file_in_the_way_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("")
    with pytest.raises(ReleaseError, match=r"data: could not be written \(File exists\)"):
        check_writable(tmp_path / "data", 0)


def test_rights_are_tried_and_not_believed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(tempfile, "NamedTemporaryFile", refuse)
    with pytest.raises(ReleaseError, match=FORBIDDEN):
        check_writable(tmp_path, 0)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_of_somebody_else_is_refused(tmp_path: Path) -> None:
    tmp_path.chmod(0o555)
    with pytest.raises(ReleaseError, match=FORBIDDEN):
        check_writable(tmp_path, 0)


@pytest.mark.parametrize(
    ("number", "message"),
    [
        (errno.ENOSPC, FULL),
        (errno.EDQUOT, FULL),
        (errno.EFBIG, FULL),
        (errno.EACCES, FORBIDDEN),
        (errno.EPERM, FORBIDDEN),
        (errno.EROFS, FORBIDDEN),
        (errno.EIO, "could not be written"),
    ],
)
def test_errors_of_the_disk_say_what_to_do(number: int, message: str, tmp_path: Path) -> None:
    with pytest.raises(ReleaseError) as caught, explain_disk_errors(tmp_path):
        raise OSError(number, os.strerror(number))
    told = str(caught.value)
    assert told.startswith(f"{tmp_path}: {message}")
    assert os.strerror(number) in told
    assert "run again" in told
    assert "\n" not in told


def test_other_errors_stay_what_they_are(tmp_path: Path) -> None:
    with pytest.raises(LookupError), explain_disk_errors(tmp_path):
        raise LookupError("nothing of the disk")


def test_keys_are_remembered_and_the_first_duplicate_is_told() -> None:
    with KeyIndex() as index:
        assert index.add(["a", "b"]) is None
        assert index.add(["c", "a", "b"]) == "a"


def test_keys_may_be_included_twice_and_missing_ones_are_told() -> None:
    with KeyIndex() as index:
        index.include(["a", "b"])
        index.include(["b", "c"])
        assert index.missing(["a", "d", "c", "é"]) == ["d", "é"]


def test_more_keys_than_the_cache_holds_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("output.keys.CACHE_KIB", 64)
    with KeyIndex() as index:
        assert index.add(f"{number:040x}" for number in range(50_000)) is None
        assert index.add([f"{49_999:040x}"]) == f"{49_999:040x}"
