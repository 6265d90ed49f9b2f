"""Run the project's commands as a user does, in a process of their own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas

ROOT = Path(__file__).resolve().parent.parent
LIMIT = 240
"""Seconds after which a command is taken to hang."""


def scrapy(
    *arguments: str, data: Path, project: str = "default", **environment: str
) -> subprocess.CompletedProcess[str]:
    """`scrapy ARGUMENTS` with its data below `data`; `project` is a section of scrapy.cfg."""
    return subprocess.run(
        [sys.executable, "-m", "scrapy", *arguments],
        cwd=ROOT,
        env=os.environ
        | {"SCRAPY_PROJECT": project, "HARVEST_DATA": str(data), "HARVEST_KEEP_NAMES": ""}
        | environment,
        capture_output=True,
        text=True,
        timeout=LIMIT,
        check=False,
    )


def harvest_demo(
    addresses: Mapping[str, str], *sources: str, data: Path, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Harvest sites of the little web, which is served at `addresses`."""
    return scrapy(
        "harvest",
        "--workers=1",
        *sources,
        data=data,
        project="demo",
        DEMO_WEB=json.dumps(dict(addresses)),
        **environment,
    )


def table(data: Path, name: str) -> pandas.DataFrame:
    """A table of the latest release, as an analyst loads it."""
    return pandas.read_parquet(data / "latest" / name)


def rows(data: Path, name: str) -> list[dict[str, Any]]:
    """The rows of a table, nulls as None."""
    frame = table(data, name)
    found: Any = frame.astype(object).where(frame.notna(), None).to_dict("records")
    return list(found)
