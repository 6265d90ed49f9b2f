"""Pages that used to be lost without a word: each kind as a site of its own, all in one harvest."""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.crawlers.crawling import hosts
from tests.crawlers.server import Answer, ScriptedServer, scripted
from tests.harvesting import rows
from tests.invented_project import InventedProject, article, front_page, path_of, site, source_file

NAMES = ("Mill Lane", "Bridge End")
FIRST, SECOND = (path_of(name) for name in NAMES)
FRONT = front_page(FIRST, SECOND)
ELSEWHERE = "https://the-new-name.example/"
XML = {"Content-Type": "application/xml"}
SITEMAP = (
    b'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    b"<url><loc>%(address)s" + FIRST.encode() + b"</loc></url>"
    b"<url><loc>%(address)s" + SECOND.encode() + b"</loc></url></urlset>"
)
RELATIVE = SITEMAP.replace(b"%(address)s", b"")
FEED = (
    b'<?xml version="1.0"?><rss version="2.0"><channel><title>A</title><item><title>Repairs</title>'
    b"<link>%(address)s" + FIRST.encode() + b"</link></item><item><title>Repairs</title>"
    b"<link>%(address)s" + SECOND.encode() + b"</link></item></channel></rss>"
)
TEST_PAGE = (
    b"<html><head><title>One moment</title><meta http-equiv='refresh' content='0;url=/wait?n=1'>"
    b"</head><body><p>We look at your browser.</p></body></html>"
)


@dataclass(frozen=True, slots=True)
class Case:
    """What a site answers beside its usual pages, the articles that must come of it, how the run
    ends, and words of its reason. `most` requests may be made for what `answers` names."""

    answers: Mapping[str, Answer]
    articles: tuple[str, ...] = (FIRST, SECOND)
    outcome: str = "exhausted"
    words: str = ""
    most: int = 2


def chunked(
    body: bytes, kind: str = "text/html", *, last: bool = False, coding: str = ""
) -> Answer:
    """An answer in chunks, mostly without the last one."""
    head = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nTransfer-Encoding: chunked\r\n"
    head += f"Content-Encoding: {coding}\r\n" if coding else ""
    chunk = f"{len(body):x}\r\n".encode() + body + b"\r\n"
    return Answer(raw=f"{head}\r\n".encode() + chunk + (b"0\r\n\r\n" if last else b""))


def longer(body: bytes, **headers: str) -> Answer:
    """An answer that announces more than it has."""
    return Answer(body, headers=headers, announced=len(body) + 99)


def circle(path: str, *, gives: bytes | None) -> Answer:
    """A redirect to itself that sets a cookie; `gives` is the page for who has it."""
    headers = {"Location": path, "Set-Cookie": "seen=1; Path=/; HttpOnly"}
    return Answer(status=302, headers=headers, with_cookie=gives)


ZIPPED = gzip.compress(article("Mill Lane"))
CASES: dict[str, Case] = {
    f"status_{status}": Case({FIRST: Answer(article("Mill Lane"), status)})
    for status in (200, 201, 202, 203, 206, 207, 226, 299)
}
CASES |= {
    "start_201": Case({"/": Answer(FRONT, 201)}),
    "sitemap_203": Case(
        {"/": Answer(front_page()), "/sitemap.xml": Answer(SITEMAP, 203, headers=XML)}
    ),
    "nothing_204": Case({FIRST: Answer(b"", 204)}, (SECOND,)),
    "test_page_202": Case({FIRST: Answer(TEST_PAGE, 202)}, (SECOND,), "blocked", "challenge"),
    "long_page": Case({FIRST: longer(article("Mill Lane"))}, most=1),
    "long_list": Case({"/": longer(FRONT)}, most=1),
    "long_sitemap": Case({"/": Answer(front_page()), "/sitemap.xml": longer(SITEMAP)}),
    "long_feed": Case(
        {
            "/": Answer(
                b"<html><head><title>A</title><link rel='alternate' type='application/rss+xml'"
                b" href='/feed'></head><body><p>Here.</p></body></html>"
            ),
            "/feed": longer(FEED, **{"Content-Type": "application/rss+xml"}),
        }
    ),
    "long_gzip": Case(
        {FIRST: longer(ZIPPED, **{"Content-Encoding": "gzip"})},
        most=1,
    ),
    "no_last_chunk_page": Case({FIRST: chunked(article("Mill Lane"))}, most=1),
    "no_last_chunk_list": Case({"/": chunked(FRONT)}, most=1),
    "no_last_chunk_gzip": Case({FIRST: chunked(ZIPPED, coding="gzip")}, most=1),
    "no_last_chunk_sitemap": Case(
        {"/": Answer(front_page()), "/sitemap.xml": chunked(RELATIVE, "application/xml")}
    ),
    "long_without_end_tags": Case(
        {FIRST: longer(article("Mill Lane").partition(b"<body>")[2].partition(b"</main>")[0])}
    ),
    "cut_in_its_text": Case({FIRST: longer(article("Mill Lane")[:400])}, (SECOND,)),
    "cookie_page": Case({FIRST: circle(FIRST, gives=article("Mill Lane"))}),
    "cookie_start": Case({"/": circle("/", gives=FRONT)}),
    "cookie_by_way_of": Case(
        {
            FIRST: Answer(
                status=302, headers={"Location": "/door"}, with_cookie=article("Mill Lane")
            ),
            "/door": Answer(status=302, headers={"Location": FIRST, "Set-Cookie": "key=a%20b"}),
        }
    ),
    "cookie_for_nothing": Case(
        {FIRST: circle(FIRST, gives=None)}, (SECOND,), "truncated", "1 × endless redirects"
    ),
    "circle_without_cookie": Case(
        {FIRST: Answer(status=301, headers={"Location": FIRST})},
        (SECOND,),
        "truncated",
        "1 × endless redirects",
    ),
    "start_circle_with_sitemap": Case(
        {"/": circle("/", gives=None), "/sitemap.xml": Answer(SITEMAP, headers=XML)},
        outcome="truncated",
        words="endless redirects",
    ),
    "page_reloads_itself": Case(
        {
            FIRST: Answer(
                article("Mill Lane").replace(
                    b"<head>",
                    f"<head><meta http-equiv='refresh' content='30;url={FIRST}'>".encode(),
                )
            )
        },
        most=1,
    ),
    "start_moved": Case(
        {"/": Answer(status=301, headers={"Location": ELSEWHERE})}, (), "failed", ELSEWHERE
    ),
    "start_moved_by_way_of": Case(
        {
            "/": Answer(status=302, headers={"Location": "/home"}),
            "/home": Answer(status=308, headers={"Location": ELSEWHERE}),
        },
        (),
        "failed",
        ELSEWHERE,
    ),
    "start_moved_with_sitemap": Case(
        {
            "/": Answer(status=301, headers={"Location": ELSEWHERE}),
            "/sitemap.xml": Answer(SITEMAP, headers=XML),
        },
        outcome="truncated",
        words=ELSEWHERE,
    ),
    "start_moved_by_its_page": Case(
        {
            "/": Answer(
                f"<html><meta http-equiv=refresh content='0;url={ELSEWHERE}'></html>".encode()
            )
        },
        (),
        words=ELSEWHERE,
    ),
    "page_leads_elsewhere": Case(
        {FIRST: Answer(status=302, headers={"Location": ELSEWHERE})}, (SECOND,)
    ),
}


@dataclass(slots=True)
class Harvested:
    """What came of all cases together."""

    documents: set[tuple[str, str]] = field(default_factory=set)
    runs: dict[str, tuple[str, str]] = field(default_factory=dict)
    servers: dict[str, ScriptedServer] = field(default_factory=dict)
    fetches: list[dict[str, object]] = field(default_factory=list)


@pytest.fixture(scope="module")
def harvested(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Harvested]:
    project = InventedProject(tmp_path_factory.mktemp("lost"))
    found = Harvested()
    with ExitStack() as stack:
        for (name, case), host in zip(CASES.items(), hosts(), strict=False):
            server = stack.enter_context(scripted(site(*NAMES), host))
            for path, answer in case.answers.items():
                body = answer.body.replace(b"%(address)s", server.address.encode())
                announced = None if answer.announced is None else len(body) + 99
                server.answers[path] = [
                    Answer(
                        body,
                        answer.status,
                        answer.headers,
                        announced,
                        raw=answer.raw,
                        with_cookie=answer.with_cookie,
                    )
                ]
            found.servers[name] = server
            project.write(**{name: source_file(name, server.address, least=0)})
        done = project.run("harvest", "--workers=1")
    assert done.returncode == 3, done.stdout + done.stderr
    data: Path = project.data
    for row in rows(data, "documents"):
        found.documents.add((str(row["source"]), urlsplit(str(row["url"])).path))
    for row in rows(data, "runs"):
        found.runs[str(row["source"])] = (str(row["outcome"]), str(row["reason"] or ""))
    found.fetches = rows(data, "fetches")
    yield found


@pytest.mark.parametrize("name", CASES)
def test_no_page_is_lost(harvested: Harvested, name: str) -> None:
    case = CASES[name]
    articles = {path for source, path in harvested.documents if source == name}
    assert articles & {FIRST, SECOND} == set(case.articles)
    outcome, reason = harvested.runs[name]
    assert (outcome, case.words in reason) == (case.outcome, True), reason
    for path in case.answers:
        assert len(harvested.servers[name].visits_to(path)) <= case.most


def test_what_was_kept_as_it_came_is_marked(harvested: Harvested) -> None:
    marked = {
        (row["source"], urlsplit(str(row["url"])).path)
        for row in harvested.fetches
        if "kept as it came" in str(row["reason"])
    }
    assert {("long_page", FIRST), ("no_last_chunk_list", "/")} <= marked
    assert not {source for source, _ in marked if str(source).startswith(("status", "cookie"))}
