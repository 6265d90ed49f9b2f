"""One harvest of a good source alone, and one of the same source beside hostile ones."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from demo.web.server import serve
from tests.harvesting import ROOT
from tests.hostile.cases import Case, Place
from tests.hostile.cases.redirects import INSIDE
from tests.hostile.certificates import Authority
from tests.hostile.server import HostileServer, serving

GOOD = "open_notebook"
LIMIT = 400
"""Seconds after which a harvest is taken to hang."""


@dataclass(slots=True)
class Harvest:
    """What a harvest left: its data folder, what it printed, and what it cost."""

    data: Path
    exit_code: int
    output: str
    log: str
    seconds: float
    listened: set[str]
    """Addresses, as /proc writes them, at which it took connections."""


@contextmanager
def served(
    cases: Sequence[Case], folder: Path
) -> Iterator[tuple[dict[str, HostileServer], dict[str, str]]]:
    """Serve the cases; yields (server by name, environment for the harvest)."""
    authority = Authority(folder)
    with ExitStack() as stack:
        secret = stack.enter_context(serving({}))
        port = int(secret.address.rpartition(":")[2])
        stack.enter_context(serving({}, host="::1", port=port))
        servers: dict[str, HostileServer] = {}
        names = {INSIDE: ["127.0.0.1"]}
        sites: dict[str, str] = {}
        for case in cases:
            host = case.look_ups[0] if case.look_ups else "127.0.0.1"
            context = authority.context(case.certificate) if case.certificate else None
            server = stack.enter_context(serving({}, host=host, context=context))
            name = f"{case.name.replace('_', '-')}.hostile.example"
            sites[case.name] = server.address.replace(host, name if case.look_ups else host)
            if case.look_ups:
                names[name] = list(case.look_ups)
            server.answers = case.answers(Place(sites[case.name], secret.address))
            servers[case.name] = server
        servers["secret"] = secret
        yield (
            servers,
            {
                "HOSTILE_SITES": json.dumps(sites),
                "HOSTILE_NAMES": json.dumps(names),
                "SSL_CERT_FILE": str(authority.file),
            },
        )


def run(arguments: Sequence[str], data: Path, environment: Mapping[str, str]) -> Harvest:
    """`scrapy harvest ARGUMENTS` in a process of its own, measured."""
    begun = time.monotonic()
    command = [sys.executable, "-m", "scrapy", "harvest", "--workers=2", *arguments]
    with tempfile.TemporaryFile("w+", dir=data) as out:
        child = subprocess.Popen(
            command,
            cwd=ROOT,
            env=os.environ
            | {"SCRAPY_SETTINGS_MODULE": "tests.hostile.settings", "HARVEST_DATA": str(data)}
            | dict(environment),
            stdout=out,
            stderr=subprocess.STDOUT,
        )
        listened = _wait(child)
        out.seek(0)
        output = out.read()
    log = "\n".join(f.read_text(encoding="utf-8") for f in sorted((data / "logs").glob("*.log")))
    seconds = time.monotonic() - begun
    return Harvest(data, child.returncode, output, log, seconds, listened)


def _wait(child: subprocess.Popen[bytes]) -> set[str]:
    """Wait for the end of a process; where it listened meanwhile."""
    deadline = time.monotonic() + LIMIT
    listened: set[str] = set()
    while child.poll() is None:
        if time.monotonic() > deadline:
            child.kill()
            raise TimeoutError(f"the harvest did not end within {LIMIT} s")
        listened |= _listening(child.pid)
        time.sleep(0.1)
    return listened


def _listening(pid: int) -> set[str]:
    """The addresses at which a process listens (proc_pid_fd(5), proc_net(5); 0A is LISTEN)."""
    own: set[str] = set()
    for file in Path(f"/proc/{pid}/fd").glob("*"):
        with suppress(OSError):
            own.add(file.readlink().name.removeprefix("socket:[").removesuffix("]"))
    found = set()
    for table in ("tcp", "tcp6"):
        with suppress(OSError):
            rows = [r.split() for r in Path(f"/proc/{pid}/net/{table}").read_text().splitlines()]
            found |= {row[1] for row in rows[1:] if row[3] == "0A" and row[9] in own}
    return found


@contextmanager
def good_source() -> Iterator[dict[str, str]]:
    with serve([GOOD]) as addresses:
        yield {"DEMO_WEB": json.dumps(addresses)}
