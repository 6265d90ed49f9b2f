"""One source for each site of the little web, in the form that any source has."""

from __future__ import annotations

import json
import os

UNSERVED = "http://127.0.0.1:9"
"""The discard port: what is crawled without the little web being served fails as "refused"."""


def address(site: str) -> str:
    """Where `python -m demo` serves a site; it says so in DEMO_WEB, as JSON."""
    served: dict[str, str] = json.loads(os.environ.get("DEMO_WEB", "{}"))
    return served.get(site, UNSERVED)
