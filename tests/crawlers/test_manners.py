"""How the crawl behaves towards a server, as the server sees it."""

from __future__ import annotations

import json
import time
from email.utils import formatdate
from pathlib import Path

import pytest
from scrapy.http import Response

from crawlers.archive import Capture, scan
from crawlers.extensions.manners import retry_after
from tests.crawlers.server import Answer, ScriptedServer, scripted
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


def test_a_site_that_wants_us_away_loses_nothing(tmp_path: Path) -> None:
    with scripted(site(1, 2)) as server:
        with_sitemap(server, 1, 2)
        assert harvest(server, tmp_path) == 3  # two documents are fewer than the source expects
        asked = len(server.visits)
        server.answers = {"*": [Answer(b"later", 429)]}
        done = harvest_demo({"open_notebook": server.address}, "open_notebook", data=tmp_path)
        assert [visit.path for visit in server.visits[asked:]] == ["/robots.txt"] * 4
    assert done.returncode == 3
    assert "open_notebook: blocked: robots.txt refused" in done.stdout
    documents = rows(tmp_path, "documents")
    assert {d["native_id"] for d in documents} == {"1", "2"}
    assert {d["gone_since"] for d in documents} == {None}


def test_a_site_that_forbids_all_is_blocked(tmp_path: Path) -> None:
    with scripted(site(1, robots="User-agent: *\nDisallow: /\n")) as server:
        done = harvest_demo({"open_notebook": server.address}, "open_notebook", data=tmp_path)
        assert [visit.path for visit in server.visits] == ["/robots.txt"]
    assert done.returncode == 1
    assert "open_notebook: blocked: robots" in done.stdout
    assert "robots.txt withheld " in done.stdout


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
