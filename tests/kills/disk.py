"""A disk of its own that becomes full, and has room again, when a test says so."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOMY_KB = 512 * 1024
"""More than a command wants to see free before it begins. It is a promise, and takes no memory."""
PAGE_KB = 4
TRIES = 50


@dataclass(frozen=True, slots=True)
class Disk:
    """A file system in memory, mounted at `folder`."""

    folder: Path

    def fill(self) -> None:
        """Leave less than a page free, while others write."""
        for _ in range(TRIES):
            if self._resize(self._used_kb() + PAGE_KB):
                return
        raise AssertionError("the disk could not be made smaller")

    def free(self) -> None:
        """Give it room again."""
        assert self._resize(ROOMY_KB)

    def _used_kb(self) -> int:
        usage = shutil.disk_usage(self.folder)
        return -(-usage.used // 1024)

    def _resize(self, kilobytes: int) -> bool:
        command = ["mount", "-o", f"remount,size={kilobytes}k", str(self.folder)]
        return subprocess.run(command, capture_output=True, check=False).returncode == 0


@contextmanager
def disk(folder: Path, kilobytes: int = ROOMY_KB) -> Iterator[Disk]:
    """Mount one at `folder`; skips the test where that is not permitted."""
    folder.mkdir(parents=True, exist_ok=True)
    command = ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("a small disk can be mounted by root only, and not in every container")
    try:
        yield Disk(folder)
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)
