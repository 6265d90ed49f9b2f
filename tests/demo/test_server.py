"""The server: addresses, validators, log, command line."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from demo.web import load_site, serve, site_names
from demo.web.server import read_log
from tests.demo.client import fetch

SITES = site_names()


@pytest.mark.parametrize("name", SITES)
@pytest.mark.parametrize("path", ["/", "/robots.txt"])
def test_every_site_answers(web: dict[str, str], name: str, path: str) -> None:
    answer = fetch(web[name] + path)
    assert answer.status == 200
    assert len(answer.body) == int(answer.headers["Content-Length"])


@pytest.mark.parametrize("name", SITES)
def test_what_does_not_exist_is_404(web: dict[str, str], name: str) -> None:
    assert fetch(f"{web[name]}/no/such/page").status == 404


@pytest.mark.parametrize(
    ("request_header", "answer_header"),
    [("If-None-Match", "ETag"), ("If-Modified-Since", "Last-Modified")],
)
@pytest.mark.parametrize("name", SITES)
def test_a_known_page_is_not_sent_again(
    web: dict[str, str], name: str, request_header: str, answer_header: str
) -> None:
    first = fetch(f"{web[name]}/")
    second = fetch(f"{web[name]}/", {request_header: first.headers[answer_header]})
    assert (second.status, second.body) == (304, b"")
    assert second.headers["ETag"] == first.headers["ETag"]


def test_a_tag_that_differs_outweighs_the_date(web: dict[str, str]) -> None:
    first = fetch(web["week_blog"])
    headers = {"If-None-Match": '"old"', "If-Modified-Since": first.headers["Last-Modified"]}
    assert fetch(web["week_blog"], headers).status == 200


def test_head_has_no_body(web: dict[str, str]) -> None:
    answer = fetch(f"{web['week_blog']}/", method="HEAD")
    assert (answer.status, answer.body) == (200, b"")


def test_the_log_shows_every_exchange(tmp_path: Path) -> None:
    log = tmp_path / "requests.jsonl"
    with serve(["week_blog"], log) as addresses:
        fetch(
            f"{addresses['week_blog']}/search?updated-max=2018-07-05T00:00:00Z",
            {"User-Agent": "test/1"},
        )
    (entry,) = read_log(log)
    assert entry["site"] == "week_blog"
    assert entry["path"] == "/search?updated-max=2018-07-05T00:00:00Z"
    assert (entry["status"], entry["method"], entry["user_agent"]) == (200, "GET", "test/1")


def test_an_edited_site_changes_its_pages() -> None:
    site = load_site("quarter_lab")
    with serve([site]) as before:
        old = fetch(f"{before['quarter_lab']}/about/").headers["ETag"]
    with serve([replace(site, tagline="Something new")]) as after:
        answer = fetch(f"{after['quarter_lab']}/about/")
    assert "Something new" in answer.text
    assert answer.headers["ETag"] != old


def test_ports_are_consecutive() -> None:
    with serve(["week_blog"]) as free:
        port = int(free["week_blog"].rpartition(":")[2])
    with serve(["week_blog"], port=port) as addresses:
        assert addresses == {"week_blog": f"http://127.0.0.1:{port}"}


def test_the_command_describes_itself_and_stops_when_asked() -> None:
    command = [sys.executable, "-m", "demo.web", "--port", "0", "--describe", "week_blog"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        addresses = json.loads(process.stdout.readline())
        assert fetch(f"{addresses['week_blog']}/robots.txt").status == 200
        process.terminate()
        assert process.wait(timeout=10) == 0


def test_an_unknown_site_is_wrong_use() -> None:
    command = [sys.executable, "-m", "demo.web", "nowhere"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, "no such site: nowhere" in done.stderr) == (2, True)
