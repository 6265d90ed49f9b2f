"""Archives that a test writes itself, and builds over them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from scrapy.settings import Settings

from crawlers.archive import ArchiveWriter
from pipelines.build import build
from pipelines.results import Build

RUN = "20260301T080000Z"
START = datetime(2026, 3, 1, 8, tzinfo=UTC)
HTML = [("Content-Type", "text/html; charset=utf-8")]

CaptureSpec = dict[str, Any]
"""url, body, and optionally status, headers, callback, cb_kwargs, flags."""


def settings_for(folder: Path) -> Settings:
    """The project's settings with the tests' own sources, small limits and data in `folder`."""
    project = Settings()
    project.setmodule("crawlers.settings", priority="project")
    own = {
        "HARVEST_DATA": str(folder),
        "HARVEST_KEEP_NAMES": True,
        "SPIDER_MODULES": ["tests.pipelines.sources"],
        "REPLAY_TIMEOUT": 4,
        "REPLAY_MEMORY": 1024**3,
    }
    project.setdict(own, priority="cmdline")
    return project


def data_of(settings: Settings) -> Path:
    return Path(settings["HARVEST_DATA"])


def write_run(
    settings: Settings,
    source: str,
    captures: list[CaptureSpec],
    *,
    run: str = RUN,
    day: int = 0,
    finished: bool = True,
    **said: Any,
) -> Path:
    """Write one WARC file of the archive, `day` days after `START`; `said` goes into its record."""
    path = data_of(settings) / "archive" / source / f"{run}.warc.gz"
    writer = ArchiveWriter(path, source=source, run=run, software="tests")
    for second, capture in enumerate(captures):
        _write(writer, capture, source, run, START + timedelta(days=day, seconds=second))
    if finished:
        moment = START + timedelta(days=day, hours=1)
        record = {"run": run, "outcome": "exhausted", "finished": moment.isoformat()}
        writer.close(record | said)
    return path


def _write(
    writer: ArchiveWriter, capture: CaptureSpec, source: str, run: str, moment: datetime
) -> None:
    body = capture["body"]
    writer.write_response(
        capture["url"],
        f"{capture.get('status', 200)} OK",
        capture.get("headers", HTML),
        body.encode() if isinstance(body, str) else body,
        {
            "source": source,
            "run": run,
            "callback": capture.get("callback", "parse_page"),
            "cb_kwargs": capture.get("cb_kwargs", {}),
            "depth": 0,
            "meta": {},
            "flags": capture.get("flags", []),
            "fetched_at": moment.isoformat(),
            "seconds": 0.1,
            "outcome": "ok",
        },
    )


def build_archive(settings: Settings, workers: int = 1, accepted: Collection[str] = ()) -> Build:
    """Build and publish what the archive holds."""
    created = START + timedelta(days=400)
    return build(settings, workers=workers, created=created, accepted=accepted)
