"""`python -m demo`: serve the bundled little web on loopback and harvest it."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from demo.web.server import serve

ROOT = Path(__file__).resolve().parent.parent
DATA = "data/demo"
PORTS = (8300, 8330, 8360, 8390, 8420)
"""The first of the ports of all sites, and where to go if one is taken. Addresses belong to what a
page is, so a second demo has to find its sites where the first one left them; ports that a system
gives out itself are others each time."""
ADDRESSES = "demo_web.json"
"""The file of the data folder that says where the sites stood."""


def main(arguments: list[str]) -> int:
    """Run `scrapy harvest` over the demo's sources; returns its exit code."""
    # Until the harvest runs, Ctrl-C just ends this.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    data = ROOT / (os.environ.get("HARVEST_DATA") or DATA)
    with ExitStack() as stack:
        addresses = stack.enter_context(_served())
        _begin_anew_if_moved(data, addresses)
        sys.stdout.write(f"{len(addresses)} sites are being served on 127.0.0.1\n")
        sys.stdout.flush()
        environment = os.environ | {
            "SCRAPY_PROJECT": "demo",
            "HARVEST_DATA": str(data),
            "HARVEST_CONTACT": os.environ.get("HARVEST_CONTACT") or "the demo on this machine",
            "DEMO_WEB": json.dumps(addresses),
        }
        command = [sys.executable, "-m", "scrapy", "harvest", *arguments]
        return _run(command, environment)


@contextmanager
def _served() -> Iterator[dict[str, str]]:
    """The addresses of all sites, at the first of PORTS where all are free, else at any."""
    for port in PORTS:
        with ExitStack() as stack:
            try:
                addresses = stack.enter_context(serve(port=port))
            except OSError:
                continue
            yield addresses
            return
    with serve() as addresses:
        yield addresses


def _begin_anew_if_moved(data: Path, addresses: dict[str, str]) -> None:
    """Forget what an earlier demo harvested at other addresses: those sites are gone."""
    file = data / ADDRESSES
    told = json.loads(file.read_text("utf-8")) if file.exists() else None
    if told != addresses:
        # Nothing else than what a harvest makes, whatever folder it was told to use.
        for name in ("archive", "extracts", "releases"):
            shutil.rmtree(data / name, ignore_errors=True)
        for name in ("latest", "ledger.sqlite"):
            (data / name).unlink(missing_ok=True)
        data.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(addresses), "utf-8")


def _run(command: list[str], environment: dict[str, str]) -> int:
    """Run the harvest, which a signal to this process ends; it says so itself."""
    with subprocess.Popen(command, cwd=ROOT, env=environment) as harvest:  # noqa: S603
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: harvest.terminate())
        return harvest.wait()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
