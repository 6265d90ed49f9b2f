"""Sources that cannot be loaded: their file is broken, or gone while their rows are published.

Nothing can be replayed for them, so they are failed, and keep what the latest release has of them.
Only their runs are read, for a crawl that was asked for and could not start is one of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from scrapy.settings import Settings

from crawlers.archive import scan, warc_files
from crawlers.registry import broken_sources, data_folder, source_names
from output.manifest import read_manifest
from output.release import latest_release
from pipelines.contain import said
from pipelines.crawl_rows import RunSummary
from pipelines.extracts import Sorter
from pipelines.history import History
from pipelines.judge import LastGood
from pipelines.results import SourceBuild

GONE = (
    "its source file is gone, and its rows stay as they were: put the file back (a source that was"
    " given up says `retired = date(…)`), or move its folder out of the archive to let them go"
)
UNKNOWN = "unknown"
"""The platform of a source of which nothing but its name is known."""


def unloadable_sources(settings: Settings, sorter: Sorter) -> list[SourceBuild]:
    """The sources that have something in the archive, and no class that could read it.

    One without a file counts if its rows are in the latest release; a folder that some other
    project left is none. The rows of their runs are handed to the sorter.
    """
    data = data_folder(settings)
    told = published(data)
    broken = broken_sources(settings)
    reasons = {name: f"its source file cannot be loaded: {why}" for name, why in broken.items()}
    for name in told.keys() - broken.keys() - set(source_names(settings)):
        reasons[name] = GONE
    archive = data / "archive"
    names = sorted(name for name in reasons if warc_files(archive, name))
    return [_failed(name, reasons[name], told.get(name, {}), archive, sorter) for name in names]


def published(data: Path) -> Mapping[str, Mapping[str, Any]]:
    """What the latest release says of each of its sources; nothing if there is none to be read."""
    latest = latest_release(data)
    return read_manifest(latest).sources if latest else {}


def _failed(
    name: str, reason: str, told: Mapping[str, Any], archive: Path, sorter: Sorter
) -> SourceBuild:
    least, most = told.get("expected_documents") or (0, 0)
    platform = str(told.get("platform") or UNKNOWN)
    source = SourceBuild(
        name,
        platform,
        str(told.get("title") or name),
        (least, most),
        told.get("licence"),
        (),
        History((least, most)),
        LastGood.load(archive.parent, name),
        failure=reason,
        is_unloadable=True,
    )
    try:
        source.runs = [_run(path, source).row(archive) for path in warc_files(archive, name)]
    except OSError as error:
        source.failure = f"{reason}; its archive cannot be read: {said(error)}"
        source.is_unloadable = False
    # How many documents a run saw, only a replay could tell.
    sorter.add("runs", name, [row | {"documents": None} for row in source.runs])
    return source


def _run(path: Path, source: SourceBuild) -> RunSummary:
    run = RunSummary(path, source.platform, source.expected)
    for entry in scan(path):
        run.see(entry)
    return run
