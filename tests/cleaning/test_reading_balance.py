"""No word of a page is without a role, and none is written twice."""

from collections import Counter

import pytest

from benchmarks.marked_pages import FOLDER, Marked, read_marked, words
from cleaning.page import read_page_model
from cleaning.reader import read_page
from cleaning.reader.roles import BOILERPLATE, SPOKEN

STEP = {"wcxb-dev": 12, "mozilla": 12, "trafilatura-half": 25, "chinese": 12}
PAGES = (
    [page for name, step in STEP.items() for page in read_marked(name, step=step)]
    if FOLDER.is_dir()
    else []
)
LEAST_WRITTEN = 0.95
"""The share of the words of kept blocks that are written: line numbers beside code, signs behind
headings, and second copies of a formula are blocks' words and no text."""


@pytest.mark.skipif(not PAGES, reason=f"{FOLDER} is not there")
@pytest.mark.parametrize("page", PAGES, ids=lambda page: f"{page.of}-{page.number}")
def test_every_word_has_one_role(page: Marked) -> None:
    model = read_page_model(page.html, page.url)
    counts = {block.number: len(block.words) for block in model.blocks if block.text}
    found = read_page(model)
    assert [number for number, _ in found.roles] == list(counts)
    assert {role for _, role in found.roles} <= SPOKEN | BOILERPLATE
    assert sum(found.words.values()) == sum(counts.values())


@pytest.mark.skipif(not PAGES, reason=f"{FOLDER} is not there")
@pytest.mark.parametrize("page", PAGES[::3], ids=lambda page: f"{page.of}-{page.number}")
def test_what_is_written_stands_on_the_page_once(page: Marked) -> None:
    model = read_page_model(page.html, page.url)
    shown = Counter(word for block in model.blocks for word in block.words)
    found = read_page(model)
    parts = [found.own.text, *(post.body.text for post in (*found.comments, *found.posts))]
    written = Counter(word for text in parts for word in words(text))
    twice = written - shown
    assert sum(twice.values()) <= (1 - LEAST_WRITTEN) * max(sum(written.values()), 1)
