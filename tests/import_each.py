"""`python -m tests.import_each MODULE ...`: import each module alone, and report what it touched.

Writes one line of JSON per module: its name, the error if it cannot be imported, and what it did to
disk, network and processes while it was imported. The libraries are imported beforehand, for what
they do is theirs and they cost seconds; then each module gets a fork of its own, in which no other
module of the project has been imported.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
from typing import Any

LIBRARIES = ("scrapy.crawler", "pandas", "pyarrow.dataset", "trafilatura", "dateparser", "rich")
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND
TOUCHING = (
    "os.chmod",
    "os.link",
    "os.mkdir",
    "os.remove",
    "os.rename",
    "os.rmdir",
    "os.symlink",
    "os.system",
    "os.truncate",
    "shutil.",
    "socket.bind",
    "socket.connect",
    "socket.getaddrinfo",
    "sqlite3.connect",
    "subprocess.Popen",
    "tempfile.",
)
"""Audit events (docs.python.org/3/library/audit_events.html) that an import must not raise."""


def import_alone(module: str) -> dict[str, Any]:
    """What the import of `module` came to; for a process that ends afterwards."""
    touched: list[str] = []

    def watch(event: str, arguments: tuple[Any, ...]) -> None:
        writes = event == "open" and isinstance(arguments[2], int) and arguments[2] & WRITING
        if writes or event.startswith(TOUCHING):
            touched.append(f"{event} {arguments[:1]}")

    sys.addaudithook(watch)
    try:
        importlib.import_module(module)
        error = None
    except Exception as problem:  # noqa: BLE001 - reported, whatever it is
        error = f"{type(problem).__name__}: {problem}"
    return {"module": module, "error": error, "touched": touched}


def main(modules: list[str]) -> None:
    for library in LIBRARIES:
        importlib.import_module(library)
    sys.dont_write_bytecode = True
    for module in modules:
        child = os.fork()
        if child == 0:
            report = import_alone(module)
            sys.stdout.write(json.dumps(report) + "\n")
            sys.stdout.flush()
            os._exit(0)
        os.waitpid(child, 0)


if __name__ == "__main__":
    main(sys.argv[1:])
