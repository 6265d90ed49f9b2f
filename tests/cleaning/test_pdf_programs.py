"""PDFs as real programs write them, and those of a whole real site.

Independent of our reading, poppler's `pdftotext` says which words there are.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

import pytest

from cleaning.pdf import DAMAGED, NO_TEXT, PdfContent, PdfProblem, read_pdf
from tests.pdf_programs import (
    MEMBERSHIP,
    REPORT_TITLE,
    chromium_report,
    groff_paper,
    libreoffice_files,
)

SHARED = Path(__file__).resolve().parents[3] / "shared"
MIRROR = SHARED / "mirrors" / "unitingnc.tar.xz"
LEAST_F1 = 0.9


@dataclass(frozen=True)
class Made:
    """A PDF that a program made, and what we read in it."""

    path: Path
    content: PdfContent

    @property
    def headings(self) -> list[str]:
        return [x for x in self.content.markdown.split("\n") if re.match("#+ ", x)]


def made(path: Path | None, program: str) -> Made:
    if path is None:
        pytest.skip(f"{program} is not installed")
    return Made(path, read_pdf(path.read_bytes(), f"https://rivers.example/{path.name}"))


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return made(chromium_report(tmp_path_factory.mktemp("chromium")), "chromium")


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return made(groff_paper(tmp_path_factory.mktemp("groff")), "groff with its macros")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path | None, Path | None]:
    return libreoffice_files(tmp_path_factory.mktemp("office"))


@pytest.fixture(scope="module")
def deck(office: tuple[Path | None, Path | None]) -> Made:
    return made(office[0], "libreoffice-impress")


@pytest.fixture(scope="module")
def minutes(office: tuple[Path | None, Path | None]) -> Made:
    return made(office[1], "libreoffice-writer")


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"[^\W_]+", text.casefold()))


def in_order(text: str, *marks: str) -> bool:
    places = [text.index(mark) for mark in marks]
    return places == sorted(places)


# --- the slide deck ---


def test_deck_keeps_blank_cells_blank(deck: Made) -> None:
    assert (
        "| done to |  | done for |  |  | done with |\n| --- | --- | --- | --- | --- | --- |\n"
        "| order shelter | advice | notice | hearing | walks | shared ledger wardens |\n"
    ) in deck.content.markdown
    assert deck.content.tables == 2


def test_deck_keeps_two_languages_on_one_line(deck: Made) -> None:
    assert "\nPawb wrth yr afon / Everyone at the river\n" in deck.content.text


def test_deck_keeps_contact_lines_apart(deck: Made) -> None:
    people = "Dilys Marrow\nThe Rivers Network\n@riversnetwork\n#RiverLearning"
    assert people in deck.content.text
    assert "\nEnquiries? hello@rivers.example" in deck.content.text


def test_deck_has_its_links(deck: Made) -> None:
    found = {(link.text, link.url) for link in deck.content.links}
    assert ("afonydd.example | rivers.example", "https://rivers.example/") in found
    assert ("hello@rivers.example", "mailto:hello@rivers.example") in found
    # In the slide this address is broken into five lines of a cell.
    assert (MEMBERSHIP, MEMBERSHIP) in found


def test_deck_has_slides_as_headings_and_anchors(deck: Made) -> None:
    assert deck.headings == [
        "# Rivers we share",
        "## How a valley looks after its water",
        "## What sharing means",
        "## A spectrum of sharing",
        "## 3 values of shared rivers",
        "## What you can join",
        "## Rivers Network is...",
    ]
    assert re.findall(r'<a id="page-(\d)"></a>', deck.content.markdown) == list("123456")


def test_deck_reads_boxes_from_left_to_right(deck: Made) -> None:
    text = deck.content.text
    assert in_order(text, "Value all who live", "build on what they know", "Open the books")
    assert in_order(text, "upstream and downstream.", "Do what matters", "wet feet.")


def test_deck_says_who_made_it(deck: Made) -> None:
    assert (deck.content.title, deck.content.title_from) == ("Rivers we share", "information")
    assert deck.content.author == "Dilys Marrow"
    assert deck.content.created


# --- the report ---


def test_report_has_no_running_lines(report: Made) -> None:
    assert report.content.text.count(REPORT_TITLE) == 1
    assert "file://" not in report.content.text
    assert "1/3" not in report.content.text


def test_report_reads_columns_in_order(report: Made) -> None:
    marks = "ALPHABEGIN", "ALPHAEND", "OMEGABEGIN", "OMEGAEND", "After both columns"
    assert in_order(report.content.text, *marks)


def test_report_has_its_lists_table_and_links(report: Made) -> None:
    markdown = report.content.markdown
    assert "- Two people who know the path\n  - one from upstream\n  - one from down" in markdown
    assert "1. Measure the depth.\n2. Write it down." in markdown
    assert "| Work | Share of the cost |  | Remark |\n" in markdown
    assert "|  | parish | county |  |\n" in markdown
    assert "[the guide for walkers](https://rivers.example/guide)," in markdown


# --- the paper ---


def test_paper_reads_columns_and_pages_in_order(paper: Made) -> None:
    names = "ONE", "TWO", "THREE", "FOUR", "FIVE", "SIX"
    marks = [f"{side}{name}" for name in names for side in ("BEGIN", "END")]
    assert in_order(paper.content.text, *marks)


def test_paper_has_no_running_lines_and_no_broken_words(paper: Made) -> None:
    text = paper.content.text
    assert "Commons Quarterly" not in text
    assert not re.search(r"\bPage \d", text)
    assert "co-production panels" in text
    assert "Self-help" in text
    assert not re.search(r"[a-z]- [a-z]", text)


def test_paper_has_headings_and_a_table(paper: Made) -> None:
    assert paper.headings[:2] == ["# Ledgers of the Commons", "## 1. Part ONE"]
    assert "| Lower |  | nobody |" in paper.content.markdown
    assert "- first thing\n- second thing" in paper.content.markdown


# --- the minutes ---


def test_minutes_have_no_running_lines(minutes: Made) -> None:
    assert "Valley Water Panel" not in minutes.content.text
    assert not re.search(r"Page \d of \d", minutes.content.text)


def test_minutes_read_columns_across_pages(minutes: Made) -> None:
    assert in_order(minutes.content.text, "Item 5", "FIRSTCOLUMN", "LASTCOLUMN", "Close")
    assert "find, however small" in minutes.content.text


def test_minutes_trust_no_file_name(minutes: Made) -> None:
    assert minutes.content.title == "Minutes of the spring meeting"
    assert minutes.content.author is None


# --- against another reader ---


def f1(ours: Counter[str], theirs: Counter[str]) -> float:
    return 2 * (ours & theirs).total() / (ours.total() + theirs.total())


def poppler(path: Path) -> Counter[str]:
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext (poppler-utils) is not installed")
    done = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, check=True)
    return words(done.stdout.decode())


@pytest.mark.parametrize("name", ["report", "paper", "deck", "minutes"])
def test_words_are_those_that_poppler_finds(name: str, request: pytest.FixtureRequest) -> None:
    found: Made = request.getfixturevalue(name)
    assert f1(words(found.content.text), poppler(found.path)) >= LEAST_F1


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The PDFs of a whole real site, by name."""
    if not MIRROR.exists():
        pytest.skip(f"no {MIRROR}")
    folder = tmp_path_factory.mktemp("mirror")
    unpack = ["tar", "-C", str(folder), "-xf", str(MIRROR), "--wildcards", "*.pdf"]
    subprocess.run(unpack, check=True)
    return {path.name: path for path in folder.rglob("*.pdf")}


def test_real_ones_are_read_or_say_why(real: dict[str, Path]) -> None:
    scores, reasons = [], {}
    for name, path in real.items():
        try:
            content = read_pdf(path.read_bytes(), f"https://site.example/{name}")
        except PdfProblem as problem:
            reasons[name] = problem.reason
            continue
        assert content.text
        scores.append(f1(words(content.text), poppler(path)))
    assert mean(scores) >= LEAST_F1
    assert reasons == {
        # A picture of a poster, a scanned proclamation, and a file cut off at one mebibyte.
        "Thank-You-NC-billboard-Muslim-family.pdf": NO_TEXT,
        "Raleigh-Welcoming-City-Proclamation.pdf": NO_TEXT,
        "Welcoming-Greensboro-Report.pdf": DAMAGED,
    }
