"""Single texts and pages of an awkward size are read in seconds, not in minutes."""

import pytest

from cleaning.languages import detect_language
from cleaning.reader import read_page
from tests.processor_time import processor_time

URL = "https://site.example/page"
SAID = "Twelve neighbours sat down with the bus company and drew up the timetable again. "
SECONDS = 20  # of CPU; a busy machine needs a fraction, a quadratic rule hours

TEXTS = {
    "one word": "a" * 3_000_000,
    "one line": SAID * 37_000,
    "short lines": "one\n" * 200_000,
}
PAGES = {
    "one paragraph of 3 MB": f"<h1>Buses</h1><p class='date'>{SAID * 37_000}</p>",
    "nested dates": "<div class='date meta'>" * 100_000 + SAID + "</div>" * 100_000,
    "many dates": "<h1>Buses</h1>" + "<div class='date meta'>3 May</div>" * 100_000,
    "many times": "<h1>Buses</h1>" + "<p><time datetime='x'>3 May</time></p>" * 100_000,
    "many footers": "<article>" + "<footer><p class='author'>3 May</p></footer>" * 50_000,
    "many headings": "<title>Buses for all</title>" + "<h2>Buses for all</h2>" * 100_000,
    "many borders": "<h1>Buses</h1>" + "<p>| | | |3 May 2020 | by | | on at the on</p>" * 50_000,
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_the_language_of_a_long_text(text: str) -> None:
    with processor_time(SECONDS):
        found = detect_language(text)
    assert found.code is not None


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_a_large_page(page: str) -> None:
    with processor_time(SECONDS):
        assert read_page(page, URL).heading.authors == ()


@pytest.mark.parametrize("tag", ["div", "span", "b"])
def test_what_is_nested_too_deep_for_the_parser_is_read_beside_a_title(tag: str) -> None:
    page = f"<main><h1>Buses</h1>{f'<{tag}>' * 5_000}{SAID}{f'</{tag}>' * 5_000}</main>"
    found = read_page(page, URL)
    assert SAID.strip() in found.text
