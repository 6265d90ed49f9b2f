"""What a release asks of the disk: errors in plain words, durable writes, digests."""

import errno
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from output.errors import ReleaseError

FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
FORBIDDEN = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})


@contextmanager
def explain_disk_errors(path: Path) -> Iterator[None]:
    """Turn an OSError while `path` is written into a ReleaseError that says what to do."""
    try:
        yield
    except OSError as error:
        raise ReleaseError(f"{error.filename or path}: {_advice(error)}") from error


def _advice(error: OSError) -> str:
    reason = error.strerror or str(error)
    if error.errno in FULL:
        return (
            f"the disk is full ({reason}). Free some space or set HARVEST_DATA to a folder on a "
            "larger disk, then run again; the last release is unchanged."
        )
    if error.errno in FORBIDDEN:
        return (
            f"may not be written ({reason}). Give this user the right to write there or set "
            "HARVEST_DATA to another folder, then run again; the last release is unchanged."
        )
    return f"could not be written ({reason}). Mend that and run again."


def check_writable(data: Path, need_bytes: int) -> None:
    """Raise ReleaseError unless `data` can be written and its disk has `need_bytes` free.

    Creates the folder where it is missing. Ask before a crawl starts: to learn it only when the
    release is written would cost the sites a crawl for nothing.
    """
    with explain_disk_errors(data):
        data.mkdir(parents=True, exist_ok=True)
        # Rights on paper say nothing about a read-only disk, a quota or an ACL: try it.
        with tempfile.NamedTemporaryFile(dir=data, prefix=".writable."):
            pass
        free = shutil.disk_usage(data).free
    if free < need_bytes:
        raise ReleaseError(
            f"{data}: {free / 1e6:,.0f} MB free, {need_bytes / 1e6:,.0f} MB needed. Free some "
            "space or set HARVEST_DATA to a folder on a larger disk."
        )


def sha256_of(path: Path) -> str:
    """SHA-256 of the file in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_durably(path: Path, text: str) -> None:
    """Write a new UTF-8 file and wait until its content is on the disk."""
    with path.open("x", encoding="utf-8", newline="\n") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Wait until the names in the folder are on the disk."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_folders(top: Path) -> None:
    """`sync_folder` for `top` and every folder below it, the deepest first."""
    for folder, _, _ in os.walk(top, topdown=False):
        sync_folder(Path(folder))
