"""Servers that ask to wait (429, 503, Retry-After): what they are then asked, by their clock."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import pytest

from crawlers.outcome import ADVICE, STAY_AWAY, SWAMPED, UNAVAILABLE
from tests.crawlers.crawling import Crawled, Job, crawl_all, hosts
from tests.crawlers.server import Answer, Visit, scripted

PAGE = Answer(b"<!DOCTYPE html><html><body><p>A page of the parish.</p></body></html>")
MANY = tuple(f"/{n}/" for n in range(40))
MOST = 15
"""REFUSALS_MAX."""
EASE = 0.1
"""Seconds by which the server may note a request too late."""


def busy(retry_after: str | None, status: int = 429, *, date: str = "", after: float = 0) -> Answer:
    headers = {"Retry-After": retry_after} if retry_after is not None else {}
    return Answer(b"later", status, headers | ({"Date": date} if date else {}), after=after)


# Without any delay, Scrapy 2.19 sends more at once than CONCURRENT_REQUESTS_PER_DOMAIN.
QUICK: dict[str, Any] = {"DOWNLOAD_DELAY": 0.02, "AUTOTHROTTLE_MAX_DELAY": 0.05}


@dataclass(frozen=True, slots=True)
class Case:
    """`asks` are the addresses in order. The first gives `answers`, the others `rest` in turn;
    ELSEWHERE in one is another host, which answers everything with `elsewhere`."""

    answers: list[Answer]
    asks: tuple[str, ...] = ("/0/", "/1/", "/2/")
    settings: dict[str, Any] = field(default_factory=lambda: QUICK)
    rest: list[Answer] = field(default_factory=lambda: [PAGE])
    elsewhere: Answer = PAGE


DAY = "Sat, 21 Nov 2026"
AT_ONCE = {"CONCURRENT_REQUESTS_PER_DOMAIN": 8, "DOWNLOAD_DELAY": 0.5}
SLOW = {"DOWNLOAD_DELAY": 0.2}
WAITS: dict[str, tuple[Case, float]] = {
    "seconds": (Case([busy("1"), PAGE]), 1),
    "seconds, 503": (Case([busy("1", 503), PAGE]), 1),
    "eight connections": (Case([busy("1"), PAGE], settings=AT_ONCE), 1),
    "counted from the answer": (Case([busy("1", after=0.6), PAGE]), 1.6),
    "date": (Case([busy(f"{DAY} 10:00:01 GMT", date=f"{DAY} 10:00:00 GMT"), PAGE]), 1),
    "date, 503": (Case([busy(f"{DAY} 10:00:01 GMT", 503, date=f"{DAY} 10:00:00 GMT"), PAGE]), 1),
    "date of 1985": (
        Case([busy("Saturday, 21-Nov-26 10:00:01 GMT", date=f"{DAY} 10:00:00 GMT"), PAGE]), 1
    ),
    "date of C": (Case([busy("Sat Nov 21 10:00:01 2026", date=f"{DAY} 10:00:00 GMT"), PAGE]), 1),
    "date gone by": (
        Case([busy(f"{DAY} 09:00:00 GMT", date=f"{DAY} 10:00:00 GMT"), PAGE], settings=SLOW), 0.2
    ),
    "garbage": (Case([busy("soon"), PAGE], settings=SLOW), 0.2),
    "superscript": (Case([busy("²"), PAGE], settings=SLOW), 0.2),
    "nothing said": (Case([busy(None), PAGE], settings=SLOW), 0.2),
}  # fmt: skip
AWAY: dict[str, tuple[Case, str, str, int]] = {
    "a day": (Case([busy("86400")], MANY), "blocked", STAY_AWAY, 1),
    "a day, 503": (Case([busy("86400", 503)], MANY), "blocked", STAY_AWAY, 1),
    "a date far away": (
        Case([busy("Sun, 22 Nov 2026 10:00:00 GMT", date=f"{DAY} 10:00:00 GMT")], MANY),
        "blocked", STAY_AWAY, 1,
    ),
    "429 storm": (Case([busy(None)], MANY, rest=[busy(None)]), "blocked", SWAMPED, MOST),
    "429 storm later on": (
        Case([PAGE], MANY, rest=[PAGE] * 3 + [busy(None)]), "blocked", SWAMPED, 4 + MOST
    ),
    "503 storm": (
        Case([busy(None, 503)], MANY, rest=[busy(None, 503)]), "failed", UNAVAILABLE, MOST
    ),
}  # fmt: skip
OTHER: dict[str, tuple[Case, int]] = {
    "another host's storm": (
        Case([PAGE], ("/0/", *(f"ELSEWHERE{p}" for p in MANY), "/1/"), elsewhere=busy(None)),
        MOST,
    ),
    "another host's day": (
        Case([PAGE], ("/0/", *(f"ELSEWHERE{p}" for p in MANY), "/1/"), elsewhere=busy("86400")),
        1,
    ),
}
BACKOFF = Case([busy("0"), busy("0"), busy(None, 503), PAGE], ("/0/",), SLOW)
CASES = (
    {name: case for name, (case, _) in WAITS.items()}
    | {name: case for name, (case, *_) in AWAY.items()}
    | {name: case for name, (case, _) in OTHER.items()}
    | {"backoff": BACKOFF}
)


@dataclass(frozen=True, slots=True)
class Seen:
    """How a case ended, and which pages were asked of its server and of the other one."""

    crawled: Crawled
    visits: list[Visit]
    elsewhere: list[Visit]


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Seen]]:
    with ExitStack() as stack:
        servers, jobs, free = {}, {}, hosts()
        for name, case in CASES.items():
            shared = list(case.rest)
            server = stack.enter_context(scripted({case.asks[0]: case.answers}, next(free)))
            server.answers |= dict.fromkeys(case.asks[1:], shared)
            there = {path: [case.elsewhere] for path in MANY}
            other = stack.enter_context(scripted(there, next(free)))
            servers[name] = (server, other)
            addresses = [p.replace("ELSEWHERE", other.address) for p in case.asks]
            urls = [server.address + a if a.startswith("/") else a for a in addresses]
            jobs[name] = Job([urls], case.settings)
        blog = stack.enter_context(scripted({}, next(free)))
        blog.answers |= _blog(blog.address)
        servers["an API that refuses"] = (blog, blog)
        jobs["an API that refuses"] = Job([[f"{blog.address}/"]], QUICK, platform="wordpress")
        crawled = crawl_all(jobs, tmp_path_factory.mktemp("refusals"))
        yield {
            n: Seen(crawled[n], _pages(a.visits), _pages(b.visits)) for n, (a, b) in servers.items()
        }


def _blog(address: str) -> dict[str, list[Answer]]:
    """A blog that answers 429 to its API, and has a sitemap."""
    sitemap = f"<urlset><url><loc>{address}/a-post/</loc></url></urlset>".encode()
    return {
        "/": [PAGE],
        "/wp-json/*": [busy(None)],
        "/wp-sitemap.xml": [Answer(sitemap, headers={"Content-Type": "application/xml"})],
        "/a-post/": [PAGE],
    }


def _pages(visits: list[Visit]) -> list[Visit]:
    return [visit for visit in visits if visit.path != "/robots.txt"]


@pytest.mark.parametrize("name", WAITS)
def test_the_whole_host_rests(seen: dict[str, Seen], name: str) -> None:
    case, wait = WAITS[name]
    found = seen[name]
    assert found.crawled.outcome == "exhausted"
    refused, following = found.visits[:2]
    assert following.at - refused.at >= wait - EASE
    assert sorted({v.path for v in found.visits}) == sorted(case.asks)
    assert [v.path for v in found.visits].count("/0/") == 2


@pytest.mark.parametrize("name", AWAY)
def test_the_run_ends(seen: dict[str, Seen], name: str) -> None:
    _, outcome, cause, visits = AWAY[name]
    found = seen[name]
    assert found.crawled.outcome == outcome
    assert ADVICE[cause] in found.crawled.reason
    assert len(found.visits) == visits


def test_how_long_the_server_wants_us_away_is_said(seen: dict[str, Seen]) -> None:
    assert "it asks to come back in 86,400 s" in seen["a day"].crawled.reason


@pytest.mark.parametrize("name", OTHER)
def test_another_host_ends_no_run(seen: dict[str, Seen], name: str) -> None:
    found = seen[name]
    assert [visit.path for visit in found.visits] == ["/0/", "/1/"]
    assert len(found.elsewhere) == OTHER[name][1]
    assert found.crawled.outcome == "truncated"


def test_an_api_that_refuses_leaves_the_sitemap_to_be_read(seen: dict[str, Seen]) -> None:
    paths = [visit.path.partition("?")[0] for visit in seen["an API that refuses"].visits]
    lists = [f"/wp-json/wp/v2/{what}" for what in ("posts", "pages", "comments")]
    assert [paths.count(path) for path in lists] == [4, 4, 4]
    assert paths.index("/a-post/") > paths.index(lists[-1])
    assert "3 × http 429" in seen["an API that refuses"].crawled.reason


def test_without_a_time_the_pause_doubles(seen: dict[str, Seen]) -> None:
    found = seen["backoff"]
    assert found.crawled.outcome == "exhausted"
    gaps = [later.at - earlier.at for earlier, later in pairwise(found.visits)]
    assert len(gaps) == 3
    assert all(gap >= pause - EASE for gap, pause in zip(gaps, (0.2, 0.4, 0.8), strict=True))
