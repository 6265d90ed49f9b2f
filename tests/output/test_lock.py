import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from output.errors import ReleaseError
from output.lock import PublishLock

ROOT = Path(__file__).parents[2]


def test_a_lock_is_held_once_and_can_be_taken_again(tmp_path: Path) -> None:
    path = tmp_path / ".publish.lock"
    lock = PublishLock(path)
    with pytest.raises(ReleaseError, match="another process"):
        PublishLock(path)
    lock.release()
    lock.release()
    PublishLock(path).release()
    assert path.read_bytes() == b""


ORPHANED_WORKER = """
import os, sys, time
from pathlib import Path
from output.lock import PublishLock

lock = PublishLock(Path(sys.argv[1]))
if os.fork() == 0:
    print(os.getpid(), flush=True)
    time.sleep(60)
os._exit(0)
"""


def test_a_worker_that_outlives_its_parent_does_not_hold_the_lock(tmp_path: Path) -> None:
    path = tmp_path / ".publish.lock"
    command = [sys.executable, "-c", ORPHANED_WORKER, str(path)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        worker = int(process.stdout.readline())
        process.wait()
        try:
            PublishLock(path).release()
        finally:
            # Fails if the worker was not there any more, and then nothing was tried.
            os.kill(worker, signal.SIGKILL)
