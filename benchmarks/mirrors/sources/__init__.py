"""One spider a mirrored site; `MIRROR_<NAME>` in the environment says where it is served."""

from __future__ import annotations

import os


def address(name: str) -> str:
    """The loopback address at which the site `name` is served."""
    return os.environ.get(f"MIRROR_{name.upper()}", "http://127.0.0.1:8101") + "/"
