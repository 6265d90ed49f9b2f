"""What a second harvest asks a site for, and that it makes the same release."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.crawlers.server import Answer, ScriptedServer, scripted
from tests.harvesting import rows, scrapy

SITE = "river_group"
TABLES = ("documents", "comments", "list_entries", "links", "quarantine")
STORIES = ("weir", "towpath", "orchard", "mill")
NOTE = "The group walked along the water, wrote down what it saw, and sent it to the council. "


def story(name: str, more: str = "", nonce: int = 0) -> bytes:
    return (
        f"<!DOCTYPE html><html lang=en><head><title>The {name}</title></head><body><nav>"
        f'<a href="/">All notes</a></nav><article><h1>The {name}</h1><p>{NOTE * 8}</p><p>{more}</p>'
        f"</article><!-- made in {nonce} ms --></body></html>"
    ).encode()


def sitemap(address: str, changed: dict[str, str]) -> bytes:
    entries = "".join(
        f"<url><loc>{address}/notes/{name}</loc><lastmod>{day}</lastmod></url>"
        for name, day in changed.items()
    )
    return (
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</urlset>'.encode()
    )


XML = {"Content-Type": "application/xml"}
DAYS = {name: f"2026-01-0{number}" for number, name in enumerate(STORIES, start=1)}


def fill(server: ScriptedServer, days: dict[str, str] = DAYS, **changed: Answer) -> None:
    """Let the server have these pages and no others."""
    links = "".join(f'<p><a href="/notes/{name}">{name}</a></p>' for name in days)
    answers = {f"/notes/{name}": [Answer(story(name))] for name in days}
    answers |= {
        "/": [Answer(f"<!DOCTYPE html><html><body>{links}</body></html>".encode())],
        "/robots.txt": [Answer(b"User-agent: *\n", headers={"Content-Type": "text/plain"})],
        "/sitemap.xml": [Answer(sitemap(server.address, days), headers=XML)],
    }
    answers |= {f"/notes/{name}": [answer] for name, answer in changed.items()}
    with server.lock:
        server.answers = answers
        server.visits.clear()


@pytest.fixture(scope="module")
def site() -> Iterator[ScriptedServer]:
    with scripted({}) as running:
        yield running


@pytest.fixture(scope="module")
def harvested(site: ScriptedServer, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder after a first harvest, which no test may change."""
    fill(site)
    data = tmp_path_factory.mktemp("first") / "data"
    assert SITE in harvest(site, data, "--due")
    assert asked(site).keys() >= {f"/notes/{name}" for name in STORIES}
    return data


@pytest.fixture
def server(site: ScriptedServer, harvested: Path) -> ScriptedServer:
    """The site as it was at that harvest."""
    fill(site)
    return site


@pytest.fixture
def data(harvested: Path, tmp_path: Path) -> Path:
    """A copy of the data folder for one test."""
    return Path(shutil.copytree(harvested, tmp_path / "data", symlinks=True))


def harvest(server: ScriptedServer, data: Path, *options: str, code: int = 0) -> str:
    done = scrapy(
        "harvest",
        "--workers=1",
        *options,
        data=data,
        SCRAPY_SETTINGS_MODULE="tests.crawlers.second_run.settings",
        TEST_SITE=server.address,
    )
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout


def asked(server: ScriptedServer) -> Counter[str]:
    return Counter(visit.path for visit in server.visits)


def content(data: Path) -> dict[str, list[dict[str, Any]]]:
    """All rows of the latest release, without what its date changes."""
    found = {name: rows(data, name) for name in TABLES}
    for row in found["documents"]:
        del row["last_seen"]
    return json.loads(json.dumps(found, default=str))  # type: ignore[no-any-return]


def history(data: Path) -> dict[str, tuple[int, bool]]:
    """Version of each story, and whether it is gone."""
    return {
        row["title"].removeprefix("The "): (row["version"], row["gone_since"] is not None)
        for row in rows(data, "documents")
    }


def test_what_the_sitemap_calls_unchanged_is_not_asked_for(
    server: ScriptedServer, data: Path
) -> None:
    before = content(data)
    harvest(server, data)
    assert asked(server) == Counter({"/": 1, "/robots.txt": 1, "/sitemap.xml": 1})
    assert content(data) == before

    # One changed by the sitemap, one came, one is listed no more and gone; and a nonce changed.
    days = {**DAYS, "weir": "2026-02-01", "towpath": "2026-02-01", "ferry": "2026-02-01"}
    del days["mill"]
    fill(
        server,
        days,
        weir=Answer(story("weir", more="The weir is mended.")),
        towpath=Answer(story("towpath", nonce=12)),
    )
    harvest(server, data)
    assert {path for path in asked(server) if path.startswith("/notes/")} == {
        "/notes/weir",
        "/notes/towpath",
        "/notes/ferry",
        "/notes/mill",
    }
    assert history(data) == {
        "weir": (2, False),
        "towpath": (1, False),
        "orchard": (1, False),
        "mill": (1, True),
        "ferry": (1, False),
    }

    # It is back: gone no more, and still the same version.
    fill(server, {**days, "mill": DAYS["mill"]})
    harvest(server, data)
    assert history(data)["mill"] == (1, False)

    # A full run takes no list's word.
    fill(server, {**days, "mill": DAYS["mill"]})
    harvest(server, data, "--full")
    assert asked(server).keys() >= {f"/notes/{name}" for name in days}


def test_a_run_that_did_not_see_everything_deletes_nothing(
    server: ScriptedServer, data: Path
) -> None:
    days = {name: f"2026-02-{day[-2:]}" for name, day in DAYS.items() if name != "mill"}
    fill(server, days, weir=Answer(b"<html><body>Error</body></html>", 500))
    harvest(server, data, code=3)
    assert asked(server)["/notes/mill"] == 1
    assert history(data)["mill"] == (1, False)
    assert rows(data, "runs")[-1]["outcome"] == "truncated"


CHALLENGE = (
    b"<!DOCTYPE html><html><head><title>Wait</title><script>window._cf_chl_opt={a: 1}</script>"
    b"</head><body>Wait a moment</body></html>"
)


@pytest.mark.parametrize(
    ("answer", "outcome", "told"),
    [
        (Answer(CHALLENGE), "blocked", "tests for a person"),
        (Answer(b"<html><body>No entry</body></html>", 403), "blocked", "refuses its pages"),
        (Answer(b"<html><body>This name is for sale</body></html>"), "held", "parser found"),
        (Answer(b"<html><body>Nothing here</body></html>", 404), "failed", "has the site moved?"),
        (Answer(b"<html><body>Error</body></html>", 500), "failed", "try again later"),
    ],
    ids=["challenge", "403", "name for sale", "404", "500"],
)
def test_a_broken_site_replaces_nothing(
    server: ScriptedServer, data: Path, answer: Answer, outcome: str, told: str
) -> None:
    before = content(data)
    with server.lock:
        server.answers = {"*": [answer], "/robots.txt": [Answer(status=404)]}
        server.answers["/*"] = [answer]
    printed = harvest(server, data, code=3)
    run = rows(data, "runs")[-1]
    assert run["outcome"] == outcome
    assert told in run["reason"]
    assert told in " ".join(printed.split())
    after = content(data)
    documents = [row["document_id"] for row in before["documents"]]
    assert [row["document_id"] for row in after["documents"]] == documents
    assert after["documents"] == before["documents"]
    assert {row["gone_since"] for row in rows(data, "documents")} == {None}


def test_due(server: ScriptedServer, data: Path) -> None:
    release = (data / "latest").resolve()
    told = harvest(server, data, "--due")
    assert told == "", "an hourly cron is not to mail"
    assert asked(server) == Counter()
    assert (data / "latest").resolve() == release
