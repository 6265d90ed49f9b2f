"""Serve the mirrored sites on loopback, and harvest them as a user would: with the command."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
SERVER = SHARED / "tools" / "mirror_server.py"
START_SECONDS = 60
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Mirror:
    """A mirrored site: the name of its source, and the host that it was taken from."""

    source: str
    host: str

    @property
    def packed(self) -> Path:
        """The file that holds it."""
        return SHARED / "mirrors" / f"{self.source}.tar.xz"

    @property
    def variable(self) -> str:
        """The environment variable that tells the source where it is served."""
        return f"MIRROR_{self.source.upper()}"


UNITINGNC = Mirror("unitingnc", "www.unitingnc.org")
JORGEELCONSTRUCTOR = Mirror("jorgeelconstructor", "jorgeelconstructor.blogspot.com")


@dataclass(frozen=True, slots=True)
class Harvest:
    """What `scrapy harvest` of one mirror came to.

    `address` is where the mirror was served, `log` the server's own list of requests (a JSON object
    a line), `output` what the command printed.
    """

    mirror: Mirror
    address: str
    data: Path
    log: Path
    exit_code: int
    output: str

    def rows(self, table: str) -> list[Row]:
        """All rows of a table of the latest release."""
        found: list[Row] = pq.read_table(self.data / "latest" / table).to_pylist()
        return found


def missing() -> str | None:
    """What these benchmarks need and this machine does not have, in words; None if nothing."""
    files = (SERVER, UNITINGNC.packed, JORGEELCONSTRUCTOR.packed)
    absent = [str(file) for file in files if not file.is_file()]
    return f"not there: {', '.join(absent)}; see benchmarks/README.md" if absent else None


def unpack(mirror: Mirror, folder: Path) -> Path:
    """Unpack a mirror into a new folder below `folder`, and return that."""
    target = folder / mirror.source
    with tarfile.open(mirror.packed) as tar:
        tar.extractall(target, filter="data")
    return target


@contextmanager
def serve(mirror: Mirror, files: Path, log: Path, *options: str) -> Iterator[str]:
    """The address at which the unpacked mirror is being served while the block lasts.

    Raises RuntimeError if the server does not start.
    """
    port = _free_port()
    command = [sys.executable, str(SERVER), str(files), "--host", mirror.host, "--port", str(port)]
    command += ["--log", str(log), *options]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert server.stdout
    try:
        # It prints one line when it listens, and the pipe ends if it dies before.
        if not server.stdout.readline():
            raise RuntimeError(f"the mirror server did not start: {' '.join(command)}")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(START_SECONDS)
        server.stdout.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def harvest(mirror: Mirror, files: Path, folder: Path, *options: str) -> Harvest:
    """Serve the unpacked mirror, harvest it into the new folder `folder`, and end the server.

    `options` are the server's. Commenters keep their names, so that they can be compared.
    """
    folder.mkdir(parents=True)
    data, log = folder / "data", folder / "requests.jsonl"
    with serve(mirror, files, log, *options) as address:
        done = scrapy(mirror, address, data, "harvest", mirror.source)
    return Harvest(mirror, address, data, log, done.returncode, done.stdout + done.stderr)


def scrapy(
    mirror: Mirror, address: str, data: Path, *arguments: str, keep_names: bool = True
) -> subprocess.CompletedProcess[str]:
    """Run a command of the project on a data folder, for a mirror that is or was at `address`."""
    environment = os.environ | {
        "SCRAPY_PROJECT": "mirrors",
        "HARVEST_DATA": str(data),
        "HARVEST_KEEP_NAMES": "1" if keep_names else "",
        "HARVEST_CONTACT": "a benchmark on this machine",
        mirror.variable: address,
    }
    return subprocess.run(
        [sys.executable, "-m", "scrapy", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
