"""Run a source's own spider over a case, as `scrapy harvest` does, in this process.

`python -m tests.recording.crawl FOLDER` crawls every case from its own WARC file, and writes into
FOLDER what was archived: by that a test sees whether a spider still asks for the same.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from scrapy.crawler import AsyncCrawlerProcess, Crawler

from crawlers.archive import Capture, RunRecord, scan
from crawlers.registry import load_source
from tests.recording.answers import ANSWER_FROM, AnswerFromRecord, AnswerFromSite
from tests.recording.cases import ARCHIVE, Case, find_cases, project_settings

RUN = "20260105T060000Z"
"""The run of every fixture: a build reads its time from this name."""

Handler = type[AnswerFromSite] | type[AnswerFromRecord]


def crawl(cases: Iterable[Case], handler: Handler, folder: Path) -> dict[Case, Path]:
    """Crawl the cases, each into a WARC file in `folder`. A process can do this once."""
    process = AsyncCrawlerProcess(project_settings(LOG_LEVEL="WARNING"))
    files = {case: folder / case.source / f"{case.name}{ARCHIVE}" for case in cases}
    for case, file in files.items():
        # One after another, so that a recording has one order; and nobody there to be polite to.
        settings = project_settings(
            DOWNLOAD_HANDLERS={"http": handler, "https": handler},
            CONCURRENT_REQUESTS=1,
            DOWNLOAD_DELAY=0,
            AUTOTHROTTLE_ENABLED=False,
            RETRY_ENABLED=False,
            SPIDER_ROLE="follow",
            ITEM_PIPELINES={},
            LOG_LEVEL="WARNING",
            ARCHIVE_FILE=str(file),
            ARCHIVE_RUN=RUN,
            **{ANSWER_FROM: str(case.recipe if handler is AnswerFromSite else case.archive)},
        )
        process.crawl(Crawler(load_source(settings, case.source), settings))
    process.start()
    return files


def describe_crawl(file: Path) -> dict[str, Any]:
    """What a run asked for (callback, status, address; sorted), and how it ended."""
    requests, run = [], {}
    for entry in scan(file):
        if isinstance(entry, Capture):
            requests.append(f"{entry.meta['callback'] or '-'} {entry.status} {entry.url}")
        elif isinstance(entry, RunRecord):
            run = dict(entry.data)
    return {
        "outcome": run.get("outcome"),
        "reason": run.get("reason"),
        "problems": run.get("problems"),
        "requests": sorted(requests),
    }


if __name__ == "__main__":
    crawl(find_cases(ARCHIVE), AnswerFromRecord, Path(sys.argv[1]))
