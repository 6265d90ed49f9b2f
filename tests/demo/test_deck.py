"""The deck of slides: a PDF like those of presentation programs."""

from __future__ import annotations

import io

import pdfplumber
import pytest

from demo.web import expected, load_site
from demo.web.deck import deck_pdf
from tests.demo.client import fetch

DECK = load_site("valley_knowledge").decks[0]


def test_it_is_the_same_bytes_each_time() -> None:
    assert deck_pdf(DECK) == deck_pdf(DECK)
    assert deck_pdf(DECK).startswith(b"%PDF-")


def test_it_shows_what_the_ground_truth_says() -> None:
    file = expected("valley_knowledge")["files"][0]
    with pdfplumber.open(io.BytesIO(deck_pdf(DECK))) as pdf:
        words = " ".join(page.extract_text() for page in pdf.pages).split()
        links = [link["uri"] for page in pdf.pages for link in page.hyperlinks]
        assert len(pdf.pages) == file["slides"]
    assert not set(file["words"]) - set(words)
    assert links == file["links"]


@pytest.mark.parametrize("case", ["two languages", "joined", "blank", "program", "contact"])
def test_it_has_what_is_awkward(case: str) -> None:
    cells = [cell for slide in DECK.slides for row in slide.table for cell in row]
    lines = [line for slide in DECK.slides for line in slide.lines]
    assert {
        "two languages": any(" / " in line for line in lines),
        "joined": "<" in cells,
        "blank": "" in cells,
        "program": DECK.title_written.startswith("Microsoft PowerPoint"),
        "contact": any("<mailto:" in line for line in lines),
    }[case]


def test_it_is_served_as_a_pdf(web: dict[str, str]) -> None:
    answer = fetch(web["valley_knowledge"] + DECK.path)
    assert (answer.status, answer.headers["Content-Type"]) == (200, "application/pdf")
    assert answer.body == deck_pdf(DECK)
