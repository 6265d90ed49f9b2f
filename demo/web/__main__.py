"""`python -m demo.web`: serve every demo site until interrupted."""

from __future__ import annotations

import argparse
import json
import signal
import sys
import threading
from pathlib import Path

from demo.web.model import site_names
from demo.web.server import serve


def main(arguments: list[str] | None = None) -> int:
    """Serve the sites; returns 0 when it is stopped by SIGINT or SIGTERM."""
    parser = argparse.ArgumentParser(prog="python -m demo.web", description=__doc__)
    parser.add_argument("sites", nargs="*", help=f"default: all ({', '.join(site_names())})")
    parser.add_argument(
        "--port", type=int, default=8200, help="first of consecutive ports; 0: any free ones"
    )
    parser.add_argument("--log", type=Path, help="write one line of JSON per request")
    parser.add_argument(
        "--describe", action="store_true", help="print {site: address} as one line of JSON"
    )
    chosen = parser.parse_args(arguments)
    unknown = set(chosen.sites) - set(site_names())
    if unknown:
        parser.error(f"no such site: {', '.join(sorted(unknown))}")
    stopped = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopped.set())
    with serve(chosen.sites or None, chosen.log, port=chosen.port) as addresses:
        _announce(addresses, as_json=chosen.describe)
        stopped.wait()
    return 0


def _announce(addresses: dict[str, str], *, as_json: bool) -> None:
    lines = (
        [json.dumps(addresses)]
        if as_json
        else [f"{name:20} {base}/" for name, base in addresses.items()]
    )
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
