"""One writer of releases at a time: a lock that ends with its process, however that ends."""

import fcntl
import os
from pathlib import Path

from output.disk import explain_disk_errors
from output.errors import ReleaseError

_held: set["PublishLock"] = set()


class PublishLock:
    """An exclusive flock(2) on a file that stays empty; raises ReleaseError when it is taken."""

    def __init__(self, path: Path) -> None:
        with explain_disk_errors(path):
            self._file = path.open("ab")
            try:
                fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                self._file.close()
                raise ReleaseError(
                    f"{path}: another process is writing a release there. Wait until it has "
                    "ended, then run again."
                ) from None
            except OSError:
                self._file.close()
                raise
        _held.add(self)

    def release(self) -> None:
        """Give the lock back; a second call does nothing."""
        _held.discard(self)
        self._file.close()


def _forget_in_child() -> None:
    # A flock lives as long as any copy of its descriptor: without this, workers that outlive a
    # killed parent would keep everybody else from publishing.
    for lock in tuple(_held):
        lock.release()


os.register_at_fork(after_in_child=_forget_in_child)
