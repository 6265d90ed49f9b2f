"""Links and buttons that say nothing but what happens on a click are no content."""

import lxml.html
import pytest

from cleaning.boilerplate import extract_body
from cleaning.boilerplate.segments import read_segments
from cleaning.boilerplate.wording import find_controls

STORY = "Twelve neighbours sat down with the bus company and drew up the timetable again. "


@pytest.mark.parametrize(
    ("html", "is_control"),
    [
        ("<a href='/in'>Sign up</a>", True),
        ("<p><a href='/more'>Read more »</a></p>", True),
        ("<button>Add to cart</button>", True),
        ("<button>Share</button>", True),
        ("<p>Sign up</p>", False),
        ("<h2>About us</h2>", False),
        ("<a href='/bus'>The bus timetable</a>", False),
        ("<a href='/more'>Read more about us and the contact page</a>", False),
        ("<p><a href='/more'>Read more</a> of the neighbours' plan</p>", False),
        ("<a href='/x'>»</a>", False),
    ],
)
def test_controls(html: str, *, is_control: bool) -> None:
    page = read_segments(lxml.html.fromstring(f"<body><div>{html}</div></body>"))
    words = [segment.text.lower().strip(" »").split() for segment in page.segments]
    assert find_controls(page, words).tolist() == [is_control]


def test_a_control_between_paragraphs_is_cut_and_a_heading_of_these_words_stays() -> None:
    page = (
        "<html><body><main><article><h1>Buses for all</h1>"
        f"<p>{STORY * 4}</p><h2>Next</h2><p>{STORY * 4}</p><p><a href='/more'>Read more</a></p>"
        f"<p>{STORY * 4}</p></article></main></body></html>"
    )
    text = extract_body(page, "https://site.example/buses").text
    assert "Read more" not in text
    assert "Next" in text


def test_a_page_of_nothing_but_controls_is_not_emptied() -> None:
    page = "<nav><a href='/'>Home</a> <a href='/about'>About us</a></nav>"
    assert "About us" in extract_body(page, "https://site.example/").text
