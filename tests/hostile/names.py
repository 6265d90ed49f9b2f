"""Names that resolve as a test wants, in the process that crawls.

HOSTILE_NAMES in the environment maps a name to the addresses of its look-ups in turn, as JSON; the
last one is repeated. All other names are looked up as ever.
"""

from __future__ import annotations

import json
import os
import socket

_look_up = socket.gethostbyname


def install() -> None:
    """Answer for the names of HOSTILE_NAMES, where Scrapy's resolver asks the system."""
    names: dict[str, list[str]] = json.loads(os.environ.get("HOSTILE_NAMES", "{}"))

    def look_up(name: str) -> str:
        answers = names.get(name)
        if not answers:
            return _look_up(name)
        return answers.pop(0) if len(answers) > 1 else answers[0]

    socket.gethostbyname = look_up
