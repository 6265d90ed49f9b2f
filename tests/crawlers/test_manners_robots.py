"""robots.txt of awkward shapes: what is then asked for, as the servers saw it."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from protego import Protego

from crawlers.archive import Capture, scan
from crawlers.middlewares.robots import MOST_BYTES, read_rules, rules_for
from crawlers.outcome import ADVICE, ROBOTS_REFUSED, ROBOTS_UNREACHABLE
from tests.crawlers.crawling import Crawled, Job, crawl_all, hosts
from tests.crawlers.server import Answer, ScriptedServer, Visit, scripted
from tests.processor_time import processor_time

TEXT = {"Content-Type": "text/plain"}
PAGE = Answer(b"<!DOCTYPE html><html><body><p>A page of the parish.</p></body></html>")
NO_PRIVATE = "User-agent: *\nDisallow: /private/\n"
NOTHING = "User-agent: *\nDisallow: /\n"
OPEN, CLOSED = "/open/", "/private/minutes/"
BOTH = (OPEN, CLOSED)
TRIES = 4
"""A first time and RETRY_TIMES more."""


def text(rules: str | bytes, status: int = 200, **headers: str) -> Answer:
    body = rules.encode() if isinstance(rules, str) else rules
    return Answer(body, status, TEXT | {n.replace("_", "-"): v for n, v in headers.items()})


def moved(to: str) -> Answer:
    return Answer(b"", 301, {"Location": to})


@dataclass(frozen=True, slots=True)
class Case:
    """Of `asks`, exactly `gets` is asked for. `robots` are the answers to /robots.txt in turn,
    `more` those to other paths; THERE and BROKEN in an address are other hosts."""

    robots: list[Answer]
    gets: tuple[str, ...] = (OPEN,)
    asks: tuple[str, ...] = BOTH
    outcome: str = "exhausted"
    reason: str = "robots.txt withheld 1 page"
    visits: int = 1
    more: dict[str, list[Answer]] = field(default_factory=dict)
    settings: dict[str, Any] = field(default_factory=dict)


def unreachable(*robots: Answer, **settings: Any) -> Case:
    reason = ADVICE[ROBOTS_UNREACHABLE]
    return Case(list(robots), (), outcome="failed", reason=reason, visits=TRIES, settings=settings)


def no_rules(*robots: Answer, visits: int = 1) -> Case:
    return Case(list(robots), BOTH, reason="", visits=visits)


def five_megabytes() -> bytes:
    """A rule before the limit, one of which half lies before it, and one behind."""
    head, half = NO_PRIVATE.encode(), b"Disallow: /"
    fill = b"# Nothing to see in this line.\n"
    space = MOST_BYTES - len(head) - len(half)
    filled = (fill * (space // len(fill) + 1))[: space - 1] + b"\n"
    return head + filled + half + b"archive/\nDisallow: /late/\n" + fill * 145_000


WILD = "User-agent: *\nDisallow: /*.pdf$\nDisallow: /*?sort=\nDisallow: /p\nAllow: /private/m\n"
STEPS = [f"/step-{n}" for n in range(1, 7)]
CASES: dict[str, Case] = {
    "wildcards": Case(
        [text(WILD)],
        gets=("/a.pdf?page=2", CLOSED),
        asks=("/a.pdf", "/a.pdf?page=2", "/list/?sort=up", "/plan/", CLOSED),
        reason="robots.txt withheld 3 pages",
    ),
    "many wait for it together": Case(
        [Answer(NO_PRIVATE.encode(), headers=TEXT, after=0.3)],
        gets=("/1/", "/2/"),
        asks=("/private/1", "/1/", "/private/2", "/2/", "/private/3", "/private/4"),
        reason="robots.txt withheld 4 pages",
    ),
    "our own group": Case(
        [text(f"{NOTHING}\nUser-agent: Co-Production-Pipeline\nDisallow: /private/\n")]
    ),
    "all forbidden": Case([text(NOTHING)], (), outcome="blocked", reason="withheld 2 pages"),
    "UTF-8 with a mark": Case([text(b"\xef\xbb\xbf" + NO_PRIVATE.encode())]),
    "UTF-16": Case([text(b"\xff\xfe" + NO_PRIVATE.encode("utf-16-le"))]),
    "Latin-1": Case(
        [text("User-agent: *\nDisallow: /privé/ # für alle\n".encode("latin-1"))],
        asks=(OPEN, "/priv%C3%A9/minutes/"),
    ),
    "old Mac line ends": Case([text(NO_PRIVATE.replace("\n", "\r"))]),
    "rules sent as HTML": Case([Answer(NO_PRIVATE.encode())]),
    "5 MB": Case([text(five_megabytes())], gets=(OPEN, "/late/"), asks=(*BOTH, "/late/")),
    "a page": no_rules(Answer(f"<!DOCTYPE html><html><pre>\n{NOTHING}</pre></html>".encode())),
    "404": no_rules(text(NOTHING, 404)),
    "410": no_rules(text(NOTHING, 410)),
    "401": no_rules(text(NOTHING, 401)),
    "403": no_rules(text(NOTHING, 403)),
    "500": unreachable(text("User-agent: *\nAllow: /\n", 500)),
    "503": unreachable(text("", 503)),
    "429": Case(
        [text("", 429)], (), outcome="blocked", reason=ADVICE[ROBOTS_REFUSED], visits=TRIES
    ),
    "cut off": unreachable(Answer(NO_PRIVATE.encode(), headers=TEXT, announced=9000)),
    "hangs up": unreachable(Answer(status=0)),
    "takes too long": unreachable(
        Answer(NO_PRIVATE.encode(), headers=TEXT, after=1.0), DOWNLOAD_TIMEOUT=0.4
    ),
    "500 and 502, then rules": Case([text("", 500), text("", 502), text(NO_PRIVATE)], visits=3),
    "429, then rules": Case([text("", 429, Retry_After="1"), text(NO_PRIVATE)], visits=2),
    "seven redirects": Case(
        [moved(STEPS[0])],
        more={a: [moved(b)] for a, b in pairwise(STEPS)}
        | {STEPS[-1]: [moved("/rules")], "/rules": [text(NO_PRIVATE)]},
    ),
    # Without a cookie, the same address can only answer the same.
    "redirects in a circle": no_rules(moved("/robots.txt"), visits=1),
    "rules on another host": Case([moved("THERE/elsewhere/rules")]),
    "another host that fails": Case(
        [text(NO_PRIVATE)],
        asks=(*BOTH, "BROKEN/report/"),
        outcome="truncated",
        reason=f"1 × {ROBOTS_UNREACHABLE}; robots.txt withheld 1 page",
    ),
    "a page that moved to a forbidden place": Case(
        [text(NO_PRIVATE)], gets=("/moved/",), asks=("/moved/",), outcome="blocked",
        more={"/moved/": [moved(CLOSED)]},
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Seen:
    """What came of a case: how it ended, what its server was asked in order, and its archive."""

    crawled: Crawled
    visits: list[Visit]
    archive: Path


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Seen]]:
    folder, free = tmp_path_factory.mktemp("robots"), hosts()
    with ExitStack() as stack:
        there = stack.enter_context(scripted({"/elsewhere/rules": [text(NO_PRIVATE)]}, next(free)))
        broken = stack.enter_context(scripted({"/robots.txt": [text("", 500)]}, next(free)))
        hall = stack.enter_context(scripted({}, next(free)))
        hall.answers |= _hall(hall.address)
        others = {"THERE": there.address, "BROKEN": broken.address}
        servers = {
            name: stack.enter_context(scripted(_site(case, others), next(free)))
            for name, case in CASES.items()
        }
        jobs = {n: Job([_addresses(c, servers[n], others)], c.settings) for n, c in CASES.items()}
        jobs["nobody there"] = Job([["http://127.0.0.1:9/"]])
        jobs["sitemap"] = Job([[f"{hall.address}/"]], platform="website")
        crawled = crawl_all(jobs, folder)
        yield {
            name: Seen(crawled[name], server.visits, folder / f"{name}.warc.gz")
            for name, server in servers.items()
        } | {
            "broken": Seen(crawled["another host that fails"], broken.visits, folder),
            "nobody there": Seen(crawled["nobody there"], [], folder),
            "sitemap": Seen(crawled["sitemap"], hall.visits, folder),
        }


def _hall(address: str) -> dict[str, list[Answer]]:
    """A website whose robots.txt names a sitemap that nothing else leads to."""
    sitemap = f"<urlset><url><loc>{address}/unlinked/</loc></url></urlset>".encode()
    return {
        "/robots.txt": [text(f"{NO_PRIVATE}Sitemap: {address}/maps/all.xml\n")],
        "/": [PAGE],
        "/maps/all.xml": [Answer(sitemap, headers={"Content-Type": "application/xml"})],
        "/unlinked/": [PAGE],
    }


def _site(case: Case, others: dict[str, str]) -> dict[str, list[Answer]]:
    robots = [
        replace(a, headers={k: _at(v, others) for k, v in a.headers.items()}) for a in case.robots
    ]
    return {path: [PAGE] for path in case.asks} | case.more | {"/robots.txt": robots}


def _addresses(case: Case, server: ScriptedServer, others: dict[str, str]) -> list[str]:
    return [_at(p, others) if "/" not in p[:1] else server.address + p for p in case.asks]


def _at(address: str, others: dict[str, str]) -> str:
    for name, there in others.items():
        address = address.replace(name, there)
    return address


@pytest.mark.parametrize("name", CASES)
def test_what_is_asked_for(seen: dict[str, Seen], name: str) -> None:
    case, found = CASES[name], seen[name]
    paths = [visit.path for visit in found.visits]
    assert paths.count("/robots.txt") == case.visits
    assert paths[0] == "/robots.txt"
    assert {p for p in paths if p in case.asks} == set(case.gets)
    assert found.crawled.outcome == case.outcome
    assert case.reason in found.crawled.reason
    assert case.reason or not found.crawled.reason


def test_a_host_whose_robots_txt_fails_is_asked_nothing_else(seen: dict[str, Seen]) -> None:
    assert [visit.path for visit in seen["broken"].visits] == ["/robots.txt"] * TRIES


def test_a_server_that_is_down_is_said_to_be_down(seen: dict[str, Seen]) -> None:
    crawled = seen["nobody there"].crawled
    assert (crawled.outcome, crawled.reason) == ("failed", f"refused: {ADVICE['refused']}")


def test_the_sitemap_that_robots_txt_names_is_read(seen: dict[str, Seen]) -> None:
    paths = [visit.path for visit in seen["sitemap"].visits]
    assert paths.index("/maps/all.xml") < paths.index("/unlinked/")


def test_retry_after_holds_for_robots_txt(seen: dict[str, Seen]) -> None:
    first, second, page = seen["429, then rules"].visits
    assert second.at - first.at >= 0.95
    assert page.path == OPEN


def test_why_robots_txt_cannot_be_had_is_noted(seen: dict[str, Seen]) -> None:
    assert any("HTTP 500" in problem for problem in seen["500"].crawled.problems)
    assert any("cut off" in problem for problem in seen["cut off"].crawled.problems)


def test_no_more_of_it_is_fetched_than_is_read(seen: dict[str, Seen]) -> None:
    kept = [c for c in scan(seen["5 MB"].archive) if isinstance(c, Capture)]
    robots = next(c for c in kept if c.url.endswith("/robots.txt"))
    assert MOST_BYTES < robots.length < len(five_megabytes()) / 2
    assert robots.meta["flags"] == ["download_stopped"]
    assert b"WARC-Truncated: length" in gzip.decompress(seen["5 MB"].archive.read_bytes())


@pytest.mark.parametrize(
    ("body", "rules"),
    [
        (b"", ""),
        (b"\xff\xfe", ""),
        (b"Disallow: /a\0b\n", "Disallow: /ab\n"),
        (
            b"# <html> is what we had before\nAllow: /\n",
            "# <html> is what we had before\nAllow: /\n",
        ),
        (b"<!-- generated -->\n<?xml version='1.0'?> <HTML lang=en>\nDisallow: /", ""),
        (b"x" * (MOST_BYTES + 1), ""),
    ],
    ids=["empty", "only a mark", "NUL", "HTML in a comment", "HTML behind a comment", "one line"],
)
def test_read_rules(body: bytes, rules: str) -> None:
    assert read_rules(body) == rules


EMPTY_COMMENTS = b"<!---->" * 40 + b"x"


@pytest.mark.parametrize(
    "body",
    [
        EMPTY_COMMENTS,
        EMPTY_COMMENTS * 1800,
        b"<!-- " * 100_000,
        b"<?xml " * 80_000,
        b" \t" * 250_000,
        b"<!-- -->\n<?xml ?>" * 25_000 + b"<!",
    ],
    ids=["281 bytes", "many", "unclosed", "declarations", "blanks", "all"],
)
def test_no_page_takes_long_to_be_told_from_rules(body: bytes) -> None:
    with processor_time(0.5):
        read_rules(body)


GROUPS = """
User-agent: somebot
User-agent: otherbot
Disallow: /theirs

user agent hall*
Disallow: /ours

User-Agent: *
Disallow: /
"""


@pytest.mark.parametrize(
    ("text", "forbidden", "allowed"),
    [
        (GROUPS, "/ours", "/theirs"),
        (GROUPS.replace("hall*", "hall-crawler/2.1"), "/theirs", None),
        (GROUPS.replace("hall*", "all"), "/theirs", None),
        (GROUPS + "User-agent: HALL-CRAWLER\nDisallow: /more\n", "/more", "/ours"),
        ("User-agent: hall\nUser-agent: b\nDisallow: /x\nUser-agent: c\nDisallow: /y", "/x", "/y"),
        ("Disallow: /nobody's\nUser-agent: *\nDisallow: /x # User-agent: b", "/x", "/nobody's"),
    ],
    ids=["ours", "longer", "inside a word", "the longest", "two heads", "a comment"],
)
def test_rules_for_others_have_one_head(text: str, forbidden: str, allowed: str | None) -> None:
    for rules in (text, rules_for("hall-crawler", text)):
        parser = Protego.parse(rules)
        assert not parser.can_fetch(f"https://hall.example{forbidden}", "hall-crawler")
        assert allowed is None or parser.can_fetch(f"https://hall.example{allowed}", "hall-crawler")


def test_many_heads_over_many_rules_cost_little() -> None:
    heads = "".join(f"User-agent: bot{number}\n" for number in range(12_000))
    rules = "".join(f"Disallow: /{number}\n" for number in range(12_000))
    with processor_time(0.5):
        parser = Protego.parse(rules_for("hall-crawler", f"{heads}User-agent: *\n{rules}"))
    assert not parser.can_fetch("https://hall.example/7", "hall-crawler")
