"""Posts that only point to an article elsewhere."""

from __future__ import annotations

import pytest

from cleaning.signposts import MAX_WORDS, find_site, find_target, find_writer
from tests.processor_time import processor_time

HERE = "https://library.example/a-post/"
AWAY = "https://slow-measures.example/numbers"
OTHER = "https://common-pen.example/who-holds-it"
BUTTON = "https://social.example/intent/tweet?url=https://library.example/a-post/"

SIGNPOSTS: dict[str, tuple[str, list[tuple[str, str]], str]] = {
    "read the full article here": (
        "Ada Quill writes on the Slow Measures website. Read the full article here.",
        [(OTHER, "Ada Quill"), (AWAY, "Read the full article here")],
        AWAY,
    ),
    "only the word here is linked": (
        "You can read the whole story here: it is worth an evening.",
        [(OTHER, "a map"), (AWAY, "here")],
        AWAY,
    ),
    "the address is the link": (
        f"A blog post on the Common Pen website: {OTHER} This is the first of a row.",
        [(OTHER, OTHER)],
        OTHER,
    ),
    "writes on a blog": (
        "Berit Oakes writes on the Common Pen blog, about who holds it. Whoever writes it down …",
        [(OTHER, OTHER), (AWAY, "numbers")],
        OTHER,
    ),
    "writes for a paper": (
        "Idwal Pike writes for the Harbour Gazette.",
        [(AWAY, "The tide that stayed")],
        AWAY,
    ),
    "no link, but an address": (
        f"Ada Quill writes on the Slow Measures website ({AWAY}).",
        [],
        AWAY,
    ),
    "welsh": (
        "Mae’r lab wedi ysgrifennu am yr afon. Darllenwch yr erthygl lawn yma, neu’r blog "
        "gwreiddiol yma.",
        [(AWAY, "yma")],
        AWAY,
    ),
    "own links and buttons come first": (
        "Read the full report on their site.",
        [("https://www.library.example/about/", "here"), (BUTTON, "here"), (AWAY, "The report")],
        AWAY,
    ),
}


@pytest.mark.parametrize(("text", "links", "target"), SIGNPOSTS.values(), ids=SIGNPOSTS)
def test_a_signpost_has_a_target(text: str, links: list[tuple[str, str]], target: str) -> None:
    assert find_target(text, links, url=HERE) == target


ARTICLES: dict[str, tuple[str, list[tuple[str, str]]]] = {
    "an article with a link": (
        "We met in the hall on Tuesday. The notes are on the wall, and Nesta made a list.",
        [(AWAY, "made a list")],
    ),
    "says when somebody writes": (
        "She writes in the morning and walks in the afternoon.",
        [(AWAY, "her book")],
    ),
    "a long text that names its source": (
        "Read the full article here. " + "Every word of it is our own. " * 60,
        [(AWAY, "here")],
    ),
    "an invitation to its own site": (
        "Read the full report here.",
        [("https://www.library.example/report/", "here"), ("/report/", "report")],
    ),
    "an invitation that leads nowhere": ("Read the full article in our printed issue.", []),
    "an address that cannot be read": ("Read the full article here.", [("http://[::1", "here")]),
    "mail": ("Read the full article here.", [("mailto:ada@library.example", "here")]),
    "nothing": ("", []),
}


@pytest.mark.parametrize(("text", "links"), ARTICLES.values(), ids=ARTICLES)
def test_an_article_is_no_signpost(text: str, links: list[tuple[str, str]]) -> None:
    assert find_target(text, links, url=HERE) is None


def test_the_longest_signpost() -> None:
    text = "Read the full article here." + " word" * (MAX_WORDS - 5)
    assert find_target(text, [(AWAY, "here")], url=HERE) == AWAY
    assert find_target(f"{text} word", [(AWAY, "here")], url=HERE) is None


@pytest.mark.parametrize(
    ("text", "writer"),
    [
        ("Ada Quill writes on the Slow Measures website.", "Ada Quill"),
        ("berit Oakes writes on the Common Pen blog, about pens.", "berit Oakes"),
        ("An introduction.\n\nIdwal ap Rhys Pike writes for the Gazette.", "Idwal ap Rhys Pike"),
        ("A blog post on the Common Pen website: https://common-pen.example/", None),
        ("Read the full article here.", None),
    ],
)
def test_who_wrote_it(text: str, writer: str | None) -> None:
    assert find_writer(text) == writer


@pytest.mark.parametrize(
    ("text", "site"),
    [
        ("Ada Quill writes on the Slow Measures website. Read it here.", "Slow Measures"),
        ("Berit Oakes writes on the InkWithOthers blog, about pens.", "InkWithOthers"),
        ("Ada writes on the Centre for Slow Impact website.", "Centre for Slow Impact"),
        ("A blog post on the Tanner’s Quarter Lab website: walk", "Tanner’s Quarter Lab"),
        ("Idwal Pike writes for the Harbour Gazette.", "Harbour Gazette"),
        ("From the Department of Tides: this guide supports …", "Department of Tides"),
        ("Somebody writes on the lab website.", None),
        ("A blog post on the new website. Read the full post here.", None),
        ("He came from the Harbour: it was late.", None),
        ("Read the full article here.", None),
    ],
)
def test_where_it_was_published(text: str, site: str | None) -> None:
    assert find_site(text) == site


@pytest.mark.parametrize("unit", ["\n", "\n.", "Ann ", "A. B writes ", "writes on the "])
def test_writers_are_found_in_linear_time(unit: str) -> None:
    with processor_time(2):
        find_writer(unit * (200_000 // len(unit)))
