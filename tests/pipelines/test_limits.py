"""Pages of an awkward size end within their time limit, with a result or in quarantine.

Through the build as a whole: in its worker processes, under its limits of time and memory.
"""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from scrapy.settings import Settings

from crawlers import reasons
from tests.harvesting import rows
from tests.pipelines.archives import build_archive, data_of, settings_for, write_run
from tests.pipelines.pages import page_capture, post_page

SAID = "Twelve neighbours sat down with the bus company and drew up the timetable again. "
LEVELS = 100_000
LARGE = {
    "5 MB": "".join(f"<p>{n}: {SAID * 8}</p>" for n in range(7_700)),
    "100,000 nested elements": "<div>" * LEVELS + SAID + "</div>" * LEVELS,
    "one paragraph of 3 MB": f"<p>{SAID * 38_000}</p>",
}
SECONDS, MEMORY = 30, 2 * 1024**3
GIVEN_UP = {reasons.PARSER_TIMEOUT, reasons.PARSER_DIED, reasons.PARSER_FAILED, reasons.TOO_DEEP}
SOURCES = ("parish_notes", "open_commons")


def open_page(title: str, body: str) -> str:
    return (
        f"<!DOCTYPE html><html lang='en'><head><title>{title}</title>"
        "<meta property='og:type' content='article'>"
        "<meta property='article:published_time' content='2021-05-04T09:30:00+00:00'></head><body>"
        f"<nav><a href='/'>Home</a></nav><main><h1>{title}</h1>{body}</main></body></html>"
    )


def _captures(source: str) -> list[dict[str, Any]]:
    bodies = ["<p>" + SAID * 8 + "</p>", *LARGE.values(), "<p>" + SAID * 9 + "</p>"]
    if source == "parish_notes":
        return [page_capture(n, body=post_page(n, body=body)) for n, body in enumerate(bodies)]
    return [
        {"url": f"https://commons.example/blog/post-{n}/", "body": open_page(f"Post {n}", body)}
        for n, body in enumerate(bodies)
    ]


@pytest.fixture(scope="module", params=SOURCES)
def outcome(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The texts and the reasons in quarantine by address, and the seconds of one build."""
    settings: Settings = settings_for(tmp_path_factory.mktemp(request.param) / "data")
    settings.set("REPLAY_TIMEOUT", SECONDS, priority="cmdline")
    settings.set("REPLAY_MEMORY", MEMORY, priority="cmdline")
    captures = _captures(request.param)
    write_run(settings, request.param, captures)
    start = time.monotonic()
    build_archive(settings, workers=1)
    seconds = time.monotonic() - start
    data = data_of(settings)
    texts = {row["url"]: row["text"] for row in rows(data, "documents")}
    given_up = {json.loads(q["row"])["url"]: q["reason"] for q in rows(data, "quarantine")}
    return [capture["url"] for capture in captures], texts, given_up, seconds


@pytest.mark.parametrize("place", range(1, len(LARGE) + 1), ids=LARGE)
def test_a_large_page_is_told_of(outcome: Any, place: int) -> None:
    urls, texts, given_up, _ = outcome
    assert (urls[place] in texts) != (urls[place] in given_up)


@pytest.mark.parametrize("place", range(1, len(LARGE) + 1), ids=LARGE)
def test_its_result_has_its_text(outcome: Any, place: int) -> None:
    urls, texts, given_up, _ = outcome
    if urls[place] in given_up:
        assert given_up[urls[place]] in GIVEN_UP
    else:
        assert SAID.strip() in (texts[urls[place]] or "")


def test_the_pages_beside_large_ones_are_read(outcome: Any) -> None:
    urls, texts, _, _ = outcome
    assert texts[urls[0]].count("Twelve neighbours") == 8
    assert texts[urls[-1]].count("Twelve neighbours") == 9


def test_a_build_of_large_pages_ends(outcome: Any) -> None:
    assert outcome[3] < len(LARGE) * SECONDS * 2
