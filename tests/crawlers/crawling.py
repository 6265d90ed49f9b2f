"""Crawl several sites at once, in one process of its own, with the project's settings.

A harvest for each case would take seconds of start-up each; crawls beside each other wait together.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.http import Response
from scrapy.utils.project import get_project_settings

from crawlers.platforms.base import PlatformSpider, Result
from crawlers.platforms.website import WebsiteSpider
from crawlers.platforms.wordpress import WordPressSpider

ROOT = Path(__file__).resolve().parents[2]
LIMIT = 120
"""Seconds after which the crawls are taken to hang."""
ABOVE_COMMAND_LINE = 50
ON_LOOPBACK: dict[str, Any] = {
    "PRIVATE_ADDRESSES_ALLOWED": ["127.0.0.0/8"],
    "DOWNLOAD_DELAY": 0,
    "AUTOTHROTTLE_ENABLED": False,
    "SPIDER_ROLE": "follow",
    "ITEM_PIPELINES": {},
}
"""What differs from the project's settings: nobody needs distance unless a case is about it."""


@dataclass(frozen=True, slots=True)
class Job:
    """A crawl of `urls` and nothing else, in groups one after the other; with a `platform`, of the
    site that begins there. `forgets`: between the groups Scrapy forgets the hosts, as after a
    minute without requests."""

    urls: list[list[str]]
    settings: dict[str, Any] = field(default_factory=dict)
    platform: str = ""
    forgets: bool = False


@dataclass(frozen=True, slots=True)
class Crawled:
    """How a crawl ended."""

    outcome: str
    reason: str
    problems: list[str]
    stats: dict[str, Any]


class ListSpider(PlatformSpider):
    """Asks for the addresses of a job. The first one's host is the source's own."""

    platform = "website"
    job: Job

    def extra_domains(self) -> list[str]:
        return [urlsplit(url).hostname or "" for group in self.job.urls for url in group]

    def phases(self) -> Iterator[Iterable[Request]]:
        for group in self.job.urls:
            assert self.crawler.engine
            slots = self.crawler.engine.downloader.slots
            while self.job.forgets and slots:
                slots.popitem()[1].close()
            yield [self.ask(url, self.parse_page) for url in group]

    def parse_page(self, response: Response) -> Result:
        yield from self.both(response, None, None)


BASES: dict[str, type[PlatformSpider]] = {
    "": ListSpider,
    "website": WebsiteSpider,
    "wordpress": WordPressSpider,
}


def hosts() -> Iterator[str]:
    """Addresses of this machine for servers, so that each case has a host of its own (Linux)."""
    return (f"127.0.1.{number}" for number in range(1, 255))


def crawl_all(jobs: Mapping[str, Job], folder: Path) -> dict[str, Crawled]:
    """Run all jobs beside each other; each job's archive is `folder/NAME.warc.gz`."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.crawlers.crawling", str(folder)],
        cwd=ROOT,
        env=os.environ | {"SCRAPY_PROJECT": "default", "HARVEST_CONTACT": "crawl@council.example"},
        input=json.dumps({name: asdict(job) for name, job in jobs.items()}),
        capture_output=True,
        text=True,
        timeout=LIMIT,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    log = (folder / "log").read_text()
    assert "Traceback" not in log, log[log.index("Traceback") :][:4000]
    return {name: Crawled(**row) for name, row in json.loads(done.stdout).items()}


def main(folder: Path) -> None:
    jobs = {name: Job(**row) for name, row in json.load(sys.stdin).items()}
    settings = get_project_settings()
    own = {"LOG_FILE": str(folder / "log"), "HARVEST_DATA": str(folder)}
    settings.update(ON_LOOPBACK | own, priority="cmdline")
    process = AsyncCrawlerProcess(settings)
    crawlers = {name: _crawler(process, name, job, folder) for name, job in jobs.items()}
    for crawler in crawlers.values():
        process.crawl(crawler)
    process.start()
    json.dump({name: asdict(_result(crawler)) for name, crawler in crawlers.items()}, sys.stdout)


def _crawler(process: AsyncCrawlerProcess, name: str, job: Job, folder: Path) -> Crawler:
    own = {"name": name, "title": name, "start_urls": job.urls[0][:1], "expected_documents": (0, 9)}
    spidercls = type(name, (BASES[job.platform],), own | {"job": job})
    crawler = process.create_crawler(spidercls)
    archive = {"ARCHIVE_FILE": str(folder / f"{name}.warc.gz"), "ARCHIVE_RUN": name}
    # Above the command line's priority: Scrapy would set what the process has once more.
    crawler.settings.update(archive | job.settings, priority=ABOVE_COMMAND_LINE)
    return crawler


def _result(crawler: Crawler) -> Crawled:
    stats = crawler.stats.get_stats()
    spider = crawler.spider
    assert isinstance(spider, PlatformSpider)
    simple = {k: v for k, v in stats.items() if isinstance(v, int | float | str)}
    reason = stats["harvest/reason"] or ""
    return Crawled(stats["harvest/outcome"], reason, spider.problems, simple)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
