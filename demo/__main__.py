"""`python -m demo`: serve the bundled little web on loopback and harvest it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from demo.web.server import serve

ROOT = Path(__file__).resolve().parent.parent
DATA = "data/demo"


def main(arguments: list[str]) -> int:
    """Run `scrapy harvest` over the demo's sources; returns its exit code."""
    with serve() as addresses:
        sys.stdout.write(f"{len(addresses)} sites are being served on 127.0.0.1\n")
        sys.stdout.flush()
        environment = os.environ | {
            "SCRAPY_PROJECT": "demo",
            "HARVEST_DATA": os.environ.get("HARVEST_DATA") or DATA,
            "HARVEST_CONTACT": os.environ.get("HARVEST_CONTACT") or "the demo on this machine",
            "DEMO_WEB": json.dumps(addresses),
        }
        command = [sys.executable, "-m", "scrapy", "harvest", *arguments]
        return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode  # noqa: S603


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
