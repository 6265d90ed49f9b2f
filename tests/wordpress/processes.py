"""The processes below the test WordPress: a private MariaDB and PHP's built-in web server."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

# Debian keeps the server out of the path of ordinary users.
_SEARCH_PATH = os.pathsep.join((os.environ.get("PATH", os.defpath), "/usr/sbin"))

# The most that a Unix socket's address holds is 108 bytes with the closing zero (unix(7)).
_LONGEST_SOCKET = 107

# Whoever can open the socket may do everything.
_INSTALL_OPTIONS = ("--auth-root-authentication-method=normal", "--skip-test-db")
_SERVER_OPTIONS = (
    "--skip-networking",
    # What is lost in a crash of the machine is a test: no waiting for the disk.
    "--innodb-flush-log-at-trx-commit=0",
    "--skip-innodb-doublewrite",
    "--innodb-buffer-pool-size=64M",
    "--skip-performance-schema",
    "--skip-log-bin",
)


class ServerError(RuntimeError):
    """A process did not start or a command failed; the message has the end of its log."""


def find_program(name: str) -> str | None:
    """The path of an installed program, also of one in /usr/sbin."""
    return shutil.which(name, path=_SEARCH_PATH)


def run(
    command: Sequence[str],
    *,
    text: str = "",
    folder: Path | None = None,
    environment: Mapping[str, str] | None = None,
) -> str:
    """What `command` writes to stdout when it is given `text`. It runs in `folder`.

    Raises ServerError with the end of its output where it fails or is not installed.
    """
    done = subprocess.run(
        [_program(command[0]), *command[1:]],
        input=text,
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    if done.returncode != 0:
        raise ServerError(f"{command[0]} failed:\n{done.stdout[-1000:]}\n{done.stderr[-2000:]}")
    return done.stdout


def _program(name: str) -> str:
    path = find_program(name)
    if path is None:
        raise ServerError(f"{name} is not installed")
    return path


class Server:
    """A process that runs until `stop`, in a group of its own, so that its children end with it."""

    def __init__(
        self, command: Sequence[str], log: Path, environment: Mapping[str, str] | None = None
    ) -> None:
        """Start `command`; what it writes goes to `log`. Raises ServerError where it is absent."""
        self._log = log
        self._is_stopped = False
        with log.open("wb") as output:
            self._process = subprocess.Popen(
                [_program(command[0]), *command[1:]],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env=environment,
                start_new_session=True,
            )

    def wait_until(self, answers: Callable[[], bool], *, seconds: float = 30) -> None:
        """Return when `answers` says so.

        Raises ServerError when the process ends or is late. What interrupts the waiting stops it.
        """
        deadline = time.monotonic() + seconds
        try:
            while not answers():
                if self._process.poll() is not None or time.monotonic() > deadline:
                    words = self._log.read_text(errors="replace")[-2000:]
                    raise ServerError(f"{self._process.args!r} does not answer:\n{words}")
                time.sleep(0.05)
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """End the process and its children; a second call does nothing."""
        if self._is_stopped:
            return
        self._is_stopped = True
        # Also where the process has ended by itself: its children may run on.
        self._signal(signal.SIGTERM)
        try:
            self._process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self._signal(signal.SIGKILL)
            self._process.wait(timeout=20)

    def _signal(self, number: signal.Signals) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, number)


def start_database(folder: Path) -> Server:
    """A MariaDB whose data, log and socket (`database_socket`) are in `folder`, without a port.

    Raises ServerError where it does not come up, ValueError where `folder`'s path is too long.
    """
    address = database_socket(folder)
    if len(os.fsencode(address)) > _LONGEST_SOCKET:
        raise ValueError(f"{folder} is too long a path for a database socket")
    # Root may not run the server unless it is asked for by name.
    user = ["--user=root"] if os.geteuid() == 0 else []
    common = ["--no-defaults", f"--datadir={folder / 'database'}", *user]
    run(["mariadb-install-db", *common, *_INSTALL_OPTIONS])
    places = [f"--socket={address}", f"--pid-file={folder / 'database.pid'}"]
    command = ["mariadbd", *common, *places, *_SERVER_OPTIONS]
    server = Server(command, folder / "database.log")
    server.wait_until(lambda: is_listening(address))
    return server


def database_socket(folder: Path) -> Path:
    """Where the database of `folder` listens."""
    return folder / "database.sock"


def is_listening(address: Path | int) -> bool:
    """Whether somebody takes connections at a Unix socket or at a port of 127.0.0.1."""
    family = socket.AF_INET if isinstance(address, int) else socket.AF_UNIX
    target = ("127.0.0.1", address) if isinstance(address, int) else str(address)
    with socket.socket(family, socket.SOCK_STREAM) as connection:
        return connection.connect_ex(target) == 0


def free_port() -> int:
    """A port of 127.0.0.1 that nobody listened at a moment ago."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
