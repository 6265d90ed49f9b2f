"""How the crawl behaves towards a server, as the server sees it."""

from __future__ import annotations

import json
import time
from email.utils import formatdate
from itertools import pairwise
from pathlib import Path

import pytest
from scrapy.http import Response

from crawlers.archive import Capture, scan
from crawlers.extensions.manners import retry_after
from tests.crawlers.server import Answer, ScriptedServer, Visit, scripted
from tests.harvesting import harvest_demo, rows
from tests.pipelines.pages import post_page

TEXT = {"Content-Type": "text/plain"}
XML = {"Content-Type": "application/xml"}
FRONT = Answer(b"<html><body class='home blog'><main>Welcome</main></body></html>")


def site(*posts: int, robots: str = "", **more: list[Answer]) -> dict[str, list[Answer]]:
    """A WordPress site without API whose sitemap names `posts`."""
    return {
        "/robots.txt": [Answer(robots.encode(), headers=TEXT)],
        "/": [FRONT],
        **{f"/post-{n}/": [Answer(post_page(n).encode())] for n in posts},
        **more,
    }


def with_sitemap(server: ScriptedServer, *posts: int) -> None:
    urls = "".join(f"<url><loc>{server.address}/post-{n}/</loc></url>" for n in posts)
    body = f"<?xml version='1.0'?><urlset>{urls}</urlset>".encode()
    server.answers["/wp-sitemap.xml"] = [Answer(body, headers=XML)]


def harvest(server: ScriptedServer, data: Path, **environment: str) -> int:
    """Harvest the server as the source `open_notebook`; returns the exit code."""
    addresses = {"open_notebook": server.address}
    done = harvest_demo(addresses, "open_notebook", data=data, **environment)
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode


def gaps(visits: list[Visit]) -> list[float]:
    return [later.at - earlier.at for earlier, later in pairwise(visits)]


def test_crawl_delay_is_kept(tmp_path: Path) -> None:
    robots = "User-agent: *\nCrawl-delay: 1\n"
    with scripted(site(1, 2, robots=robots)) as server:
        with_sitemap(server, 1, 2)
        harvest(server, tmp_path)
        asked = server.visits[1:]
    assert len(asked) >= 5
    assert min(gaps(asked)) >= 0.95


def test_what_robots_txt_forbids_is_not_asked_for(tmp_path: Path) -> None:
    robots = "User-agent: *\nDisallow: /post-2\n"
    with scripted(site(1, 2, robots=robots)) as server:
        with_sitemap(server, 1, 2)
        harvest(server, tmp_path)
        assert server.visits_to("/post-1/")
        assert not server.visits_to("/post-2/")


def test_a_site_that_forbids_all_is_blocked(tmp_path: Path) -> None:
    with scripted(site(1, robots="User-agent: *\nDisallow: /\n")) as server:
        done = harvest_demo({"open_notebook": server.address}, "open_notebook", data=tmp_path)
        assert [visit.path for visit in server.visits] == ["/robots.txt"]
    assert done.returncode == 1
    assert "open_notebook: blocked: robots" in done.stdout


def test_the_user_agent_names_a_contact(tmp_path: Path) -> None:
    with scripted(site()) as server:
        harvest(server, tmp_path, HARVEST_CONTACT="crawl@council.example")
        agents = {visit.headers["User-Agent"] for visit in server.visits}
    assert len(agents) == 1
    assert "co-production-pipeline/" in (agent := agents.pop())
    assert "crawl@council.example" in agent


@pytest.mark.parametrize("as_date", [False, True], ids=["seconds", "date"])
def test_retry_after_is_waited_for(tmp_path: Path, as_date: bool) -> None:
    wait = formatdate(time.time() + 12, usegmt=True) if as_date else "2"
    busy = Answer(b"busy", 503, {"Retry-After": wait})
    with scripted(site(1)) as server:
        with_sitemap(server, 1)
        server.answers["/post-1/"].insert(0, busy)
        harvest(server, tmp_path)
        first, second = server.visits_to("/post-1/")
        at_least = 2.0 if not as_date else 0.5
        assert second.at - first.at >= at_least * 0.95
    assert len(rows(tmp_path, "documents")) == 1


def test_a_server_that_wants_us_away_for_long_is_left_alone(tmp_path: Path) -> None:
    away = Answer(b"later", 429, {"Retry-After": "86400"})
    with scripted(site(1)) as server:
        with_sitemap(server, 1)
        server.answers["/post-1/"] = [away]
        done = harvest_demo({"open_notebook": server.address}, "open_notebook", data=tmp_path)
        assert len(server.visits_to("/post-1/")) == 1
    assert "open_notebook: blocked" in done.stdout
    assert done.returncode == 1


def test_a_body_that_ends_early_is_kept_marked_and_asked_for_again(tmp_path: Path) -> None:
    whole = post_page(1).encode()
    cut = Answer(whole[:200], announced=len(whole))
    with scripted(site(1)) as server:
        with_sitemap(server, 1)
        server.answers["/post-1/"].insert(0, cut)
        harvest(server, tmp_path)
        assert len(server.visits_to("/post-1/")) == 2
    [warc] = (tmp_path / "archive" / "open_notebook").glob("*.warc.gz")
    kept = [c for c in scan(warc) if isinstance(c, Capture) and c.url.endswith("/post-1/")]
    assert [c.meta["flags"] for c in kept] == [["dataloss"], []]
    assert [d["native_id"] for d in rows(tmp_path, "documents")] == ["1"]
    assert [q["reason"] for q in rows(tmp_path, "quarantine")] == ["cut_off"]


@pytest.mark.parametrize(
    ("ahead", "low", "high"), [(3600, 3400, 3600), (-3600, 0, 0)], ids=["date", "past date"]
)
def test_retry_after_as_a_date(ahead: int, low: float, high: float) -> None:
    header = formatdate(time.time() + ahead, usegmt=True)
    wait = retry_after(Response("https://parish.example/", headers={"Retry-After": header}))
    assert wait is not None
    assert low <= wait <= high


def test_retry_after_as_seconds() -> None:
    response = Response("https://parish.example/", headers={"Retry-After": "120"})
    assert retry_after(response) == 120


@pytest.mark.parametrize("header", ["", "soon", "-5"])
def test_unreadable_retry_after_is_none(header: str) -> None:
    response = Response("https://parish.example/", headers={"Retry-After": header})
    assert retry_after(response) is None


def test_the_ledger_is_rebuilt_from_the_archive(tmp_path: Path) -> None:
    with scripted(site(1)) as server:
        with_sitemap(server, 1)
        harvest(server, tmp_path)
    from crawlers.ledger import Ledger

    with Ledger(tmp_path) as ledger:
        before = ledger.latest()
    (tmp_path / "ledger.sqlite").unlink()
    with Ledger(tmp_path) as ledger:
        ledger.fill_from(tmp_path / "archive")
        after = ledger.latest()
    assert before.keys() == after.keys() == {"open_notebook"}
    assert before["open_notebook"].outcome == after["open_notebook"].outcome == "exhausted"
    assert json.dumps(before["open_notebook"].run) == json.dumps(after["open_notebook"].run)
