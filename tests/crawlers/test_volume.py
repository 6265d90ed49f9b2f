"""A run ends before it fills the disk, says why, and keeps what it has."""

from __future__ import annotations

import asyncio
from collections import Counter
from contextlib import ExitStack
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from scrapy.http import Request, Response
from scrapy.settings import Settings

from crawlers.archive import Capture, scan
from crawlers.middlewares.volume import LimitVolume
from crawlers.outcome import ADVICE, LOW_DISK, VOLUME, Withheld, judge
from tests.crawlers.crawling import Crawled, Job, crawl_all, hosts
from tests.crawlers.server import Answer, scripted

PAGE = Answer(b"<!DOCTYPE html><html><body>" + b"noise " * 20_000 + b"</body></html>")
SIZE = len(PAGE.body)
PAGES = 8
SETTINGS = {
    "as usual": {},
    "too many bytes": {"RUN_MAXSIZE": 4 * SIZE},
    "without a limit": {"RUN_MAXSIZE": 0, "DISK_RESERVE": 0},
}


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Crawled], Path]:
    folder = tmp_path_factory.mktemp("volume")
    with ExitStack() as stack:
        jobs = {}
        for (name, own), host in zip(SETTINGS.items(), hosts(), strict=False):
            server = stack.enter_context(scripted({"/page/*": [PAGE]}, host))
            urls = [[f"{server.address}/page/{number}"] for number in range(PAGES)]
            jobs[name] = Job(urls, own)
        return crawl_all(jobs, folder), folder


def archived(folder: Path, name: str) -> int:
    captures = (e for e in scan(folder / f"{name}.warc.gz") if isinstance(e, Capture))
    return sum("/page/" in capture.url and capture.status == 200 for capture in captures)


@pytest.mark.parametrize("name", ["as usual", "without a limit"])
def test_an_ordinary_run_is_not_ended(name: str, crawled: tuple[dict[str, Crawled], Path]) -> None:
    runs, folder = crawled
    assert runs[name].outcome == "exhausted"
    assert archived(folder, name) == PAGES


def test_a_run_ends_after_so_many_bytes(crawled: tuple[dict[str, Crawled], Path]) -> None:
    runs, folder = crawled
    run = runs["too many bytes"]
    assert (run.outcome, run.reason) == ("truncated", ADVICE[VOLUME])
    assert archived(folder, "too many bytes") == 3
    assert run.stats["downloader/request_count"] <= 6


GB, MB = 1 << 30, 1 << 20


@pytest.mark.parametrize(
    ("total", "free", "reserve", "has_room"),
    [
        (100 * GB, 50 * GB, 500 * MB, True),
        (100 * GB, 501 * MB, 500 * MB, True),
        (100 * GB, 500 * MB, 500 * MB, False),
        (900 * MB, 450 * MB, 500 * MB, True),
        (900 * MB, 290 * MB, 500 * MB, False),
        (900 * MB, 2 * MB, 0, True),
    ],
    ids=["much", "enough", "little", "small", "a third of a small one", "no reserve"],
)
def test_a_reserve_of_the_disk_stays_free(
    total: int, free: int, reserve: int, has_room: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = SimpleNamespace(total=total, free=free)
    monkeypatch.setattr("crawlers.middlewares.volume.shutil.disk_usage", lambda _: usage)
    reasons: list[str] = []

    async def close(*, reason: str) -> None:
        reasons.append(reason)

    crawler: Any = SimpleNamespace(
        settings=Settings({"ARCHIVE_FILE": "/x/y.warc.gz", "DISK_RESERVE": reserve}),
        engine=SimpleNamespace(close_spider_async=close),
    )

    async def answer() -> bool:
        middleware = LimitVolume(crawler)
        request = Request("https://hall.example/")
        page = Response(request.url, body=b"x" * (MB // 2))
        try:
            for _ in range(2):
                middleware.process_request(request)
                middleware.process_response(request, page)
        except Withheld as withheld:
            assert withheld.cause == LOW_DISK
            await asyncio.sleep(0)
            return False
        return True

    assert asyncio.run(answer()) is has_room
    assert reasons == ([] if has_room else ["low_disk"])


def test_what_was_archived_before_counts() -> None:
    assert judge("low_disk", Counter({200: 3}), Counter()).kind == "truncated"
    assert judge("low_disk", Counter(), Counter({LOW_DISK: 1})).kind == "failed"
    assert judge("low_disk", Counter({200: 3}), Counter()).reason == ADVICE[LOW_DISK]
