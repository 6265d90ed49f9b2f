"""The distance between requests, by the clock of the servers that were asked.

Only lower bounds are held: a machine may be slow, a crawler must not be hasty.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import pytest

from tests.crawlers.crawling import Crawled, Job, crawl_all, hosts
from tests.crawlers.server import Answer, ScriptedServer, Visit, scripted

TEXT = {"Content-Type": "text/plain"}
PAGE = Answer(b"<!DOCTYPE html><html><body><p>A page of the parish.</p></body></html>")
BROKEN = Answer(b"Oh no", 500)
DELAY = 0.4
EASE = 0.7
"""The server notes a request when its thread gets its turn, so one gap may look shorter than it
was by this; over all gaps of a crawl that comes to nothing."""


def robots(*lines: str) -> Answer:
    return Answer("\n".join(("User-agent: *", *lines)).encode(), headers=TEXT)


@dataclass(frozen=True, slots=True)
class Case:
    """`pages` are asked for in groups, with all connections that a host may get at once; between
    all requests, the one for robots.txt too, lie at least `distance` seconds."""

    robots: Answer
    distance: float = DELAY
    pages: tuple[int, ...] = (4,)
    settings: dict[str, Any] = field(default_factory=dict)
    more: dict[str, list[Answer]] = field(default_factory=dict)
    asked: float | None = DELAY
    """The Crawl-delay that was read."""
    reason: str = ""


AT_ONCE = {"CONCURRENT_REQUESTS_PER_DOMAIN": 8}
HASTY = {"AUTOTHROTTLE_ENABLED": True, "DOWNLOAD_DELAY": 0.05, "AUTOTHROTTLE_START_DELAY": 0.05}
OURS = "User-agent: co-production-pipeline"
CASES: dict[str, Case] = {
    "one connection": Case(robots(f"Crawl-delay: {DELAY}")),
    "eight connections": Case(robots(f"Crawl-delay: {DELAY}"), settings=AT_ONCE),
    "our own group": Case(robots("Crawl-delay: 0.01", "", OURS, f"Crawl-delay: {DELAY}")),
    "another's group": Case(
        robots("Crawl-delay: 0.2", "", "User-agent: hasty", "Crawl-delay: 0.01"), 0.2, asked=0.2
    ),
    "a day": Case(
        robots("Crawl-delay: 86400"),
        settings={"CRAWL_DELAY_MAX": DELAY},
        asked=86400,
        reason="robots.txt asks for 86,400 s between requests, 0.4 s are kept",
    ),
    "our own delay is longer": Case(
        robots("Crawl-delay: 0.1"), settings={"DOWNLOAD_DELAY": DELAY}, asked=0.1
    ),
    "our own delay alone": Case(
        robots(), settings={"DOWNLOAD_DELAY": DELAY} | AT_ONCE, asked=None
    ),
    "AutoThrottle would go faster": Case(
        robots(f"Crawl-delay: {DELAY}"), settings=HASTY | AT_ONCE
    ),
    "AutoThrottle goes slower": Case(
        Answer(b"User-agent: *\nCrawl-delay: 0.1", headers=TEXT, after=DELAY),
        settings=HASTY | AT_ONCE,
        more={f"/{n}/": [Answer(PAGE.body, after=DELAY)] for n in range(4)},
        asked=0.1,
    ),
    "random delays": Case(
        robots(f"Crawl-delay: {DELAY}"),
        pages=(6,),
        settings=AT_ONCE | {"DOWNLOAD_DELAY_JITTER": 20},
        more={f"/{n}/": [Answer(PAGE.body, after=1.0)] for n in range(6)},
    ),
    "after a failure": Case(
        robots(f"Crawl-delay: {DELAY}"), pages=(2,), more={"/0/": [BROKEN, BROKEN, PAGE]}
    ),
    "after a redirect": Case(
        robots(f"Crawl-delay: {DELAY}"),
        pages=(2,),
        more={"/0/": [Answer(b"", 302, {"Location": "/1/?"})]},
    ),
    "a host that Scrapy forgot": Case(
        robots(f"Crawl-delay: {DELAY}"), pages=(1, 4), settings=AT_ONCE
    ),
    "no number": Case(robots("Crawl-delay: soon"), 0, asked=None),
    "a negative number": Case(robots("Crawl-delay: -5"), 0, asked=None),
    "no finite number": Case(robots("Crawl-delay: inf", "Crawl-delay: nan"), 0, asked=None),
}  # fmt: skip


@pytest.fixture(scope="module")
def seen(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[dict[str, tuple[Crawled, list[Visit]]]]:
    with ExitStack() as stack:

        def serve(answers: dict[str, list[Answer]]) -> ScriptedServer:
            return stack.enter_context(scripted(answers, next(free)))

        free = hosts()
        servers = {n: serve(_site(case)) for n, case in CASES.items()}
        jobs = {n: _job(case, servers[n]) for n, case in CASES.items()}
        near, far, both = serve(_parish("0.3")), serve(_parish("0.6")), serve({"/*": [PAGE]})
        pairs = [(near.address, far.address) for _ in range(4)]
        urls = [f"{a}/{n}/" for n, pair in enumerate(pairs) for a in pair]
        jobs["near"] = Job([urls])
        for name in ("one source", "another"):
            urls = [f"{both.address}/{name[:3]}/{n}/" for n in range(4)]
            jobs[name] = Job([urls], {"DOWNLOAD_DELAY": DELAY})
        crawled = crawl_all(jobs, tmp_path_factory.mktemp("spacing"))
        servers |= {"near": near, "far": far, "one source": both, "another": both}
        crawled["far"] = crawled["near"]
        yield {name: (crawled[name], server.visits) for name, server in servers.items()}


def _site(case: Case) -> dict[str, list[Answer]]:
    pages = {f"/{n}/": [PAGE] for n in range(sum(case.pages))}
    return pages | {"/1/?": [PAGE]} | case.more | {"/robots.txt": [case.robots]}


def _parish(delay: str) -> dict[str, list[Answer]]:
    return {"/robots.txt": [robots(f"Crawl-delay: {delay}")]} | {f"/{n}/": [PAGE] for n in range(4)}


def _job(case: Case, server: ScriptedServer) -> Job:
    ends = [sum(case.pages[: n + 1]) for n in range(len(case.pages))]
    groups = [range(end - size, end) for end, size in zip(ends, case.pages, strict=True)]
    urls = [[f"{server.address}/{n}/" for n in group] for group in groups]
    return Job(urls, case.settings, forgets=len(groups) > 1)


def assert_spaced(visits: list[Visit], distance: float) -> None:
    gaps = [later.at - earlier.at for earlier, later in pairwise(visits)]
    assert min(gaps) >= distance * EASE, gaps
    assert sum(gaps) >= distance * (len(gaps) - EASE / 2), gaps


@pytest.mark.parametrize("name", CASES)
def test_distance(seen: dict[str, tuple[Crawled, list[Visit]]], name: str) -> None:
    case, (crawled, visits) = CASES[name], seen[name]
    assert crawled.outcome == "exhausted"
    assert crawled.reason == case.reason
    assert crawled.stats.get("manners/crawl_delay") == case.asked
    assert len(visits) > sum(case.pages)
    # Scrapy counts its own delay from when it began to connect, which the first time takes a while.
    by_scrapy = case.asked is None or case.distance > case.asked
    assert_spaced(visits[by_scrapy:], case.distance)


@pytest.mark.parametrize(("host", "distance"), [("near", 0.3), ("far", 0.6)])
def test_each_host_has_its_own_distance(
    seen: dict[str, tuple[Crawled, list[Visit]]], host: str, distance: float
) -> None:
    crawled, visits = seen[host]
    assert crawled.outcome == "exhausted"
    assert [visit.path for visit in visits] == ["/robots.txt", "/0/", "/1/", "/2/", "/3/"]
    assert_spaced(visits, distance)


def test_sources_that_share_a_host_are_one_crawler_to_it(
    seen: dict[str, tuple[Crawled, list[Visit]]],
) -> None:
    visits = seen["one source"][1]
    assert {seen[name][0].outcome for name in ("one source", "another")} == {"exhausted"}
    assert [visit.path for visit in visits].count("/robots.txt") == 2
    assert len(visits) == 10
    assert_spaced(visits[2:], DELAY)
