"""What a run leaves out because of its limits makes it truncated."""

from __future__ import annotations

import asyncio
from collections import Counter
from types import SimpleNamespace
from typing import Any

import pytest
from scrapy import Request
from scrapy.http import Response
from scrapy.settings import Settings
from scrapy.utils.asyncgen import as_async_generator

from crawlers.middlewares.limits import LimitRequests
from crawlers.outcome import DEPTH, MANY_ADDRESSES, judge

URL = "https://parish.example/"


async def _passed(middleware: LimitRequests, page: Response, found: list[object]) -> list[object]:
    output = middleware.process_spider_output(page, as_async_generator(found))
    return [one async for one in output]


def leads_to(*, depth: int, waiting: int, most: int = 10, deepest: int = 3) -> tuple[int, Any]:
    """How many of three requests of a page pass, and what was counted."""
    stats = SimpleNamespace(get_value=lambda *_: waiting)
    crawler: Any = SimpleNamespace(
        settings=Settings({"REQUESTS_MAX": most, "DEPTH_MAX": deepest}),
        stats=stats,
        spider=SimpleNamespace(failures=Counter()),
    )
    page = Response(URL, request=Request(URL, meta={"depth": depth}))
    found: list[object] = [Request(f"{URL}{n}") for n in range(3)]
    middleware = LimitRequests(crawler)
    passed = asyncio.run(_passed(middleware, page, [*found, "an item", None]))
    return sum(isinstance(one, Request) for one in passed), crawler.spider.failures


@pytest.mark.parametrize(
    ("depth", "waiting", "passed", "counted"),
    [
        (0, 0, 3, {}),
        (2, 9, 3, {}),
        (3, 0, 0, {DEPTH: 3}),
        (0, 10, 0, {MANY_ADDRESSES: 1}),
    ],
    ids=["a start page", "just within", "too deep", "too many"],
)
def test_limits(depth: int, waiting: int, passed: int, counted: dict[str, int]) -> None:
    assert leads_to(depth=depth, waiting=waiting) == (passed, Counter(counted))


@pytest.mark.parametrize("cause", [DEPTH, MANY_ADDRESSES])
def test_what_is_left_out_makes_a_run_truncated(cause: str) -> None:
    outcome = judge("finished", Counter({200: 9}), Counter({cause: 2}))
    assert outcome.kind == "truncated"
    assert cause in str(outcome.reason)
