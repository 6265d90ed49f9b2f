"""What a page says twice is content once: quotes, previews of answers, second teasers."""

import lxml.html
import numpy as np
import pytest

from cleaning.boilerplate import extract_body
from cleaning.boilerplate.copies import drop_copies
from cleaning.boilerplate.segments import read_segments

FIRST = "The residents asked for two lifts and a bench on every second floor of the tower."
SECOND = "The council's engineer said that two lifts are possible but only one of the benches."


def _kept(html: str, kind: str = "forum", without: str = "") -> list[str]:
    """The segments that are left of `html`; those with the text `without` were not chosen."""
    page = read_segments(lxml.html.fromstring(f"<body>{html}</body>"))
    texts = [segment.text for segment in page.segments]
    words = [text.lower().split() for text in texts]
    chosen = np.array([text != without for text in texts])
    kept = drop_copies(page, chosen, words, kind)
    return [text for text, is_kept in zip(texts, kept, strict=True) if is_kept]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (f"<p>{FIRST}</p><blockquote>{FIRST}</blockquote><p>{SECOND}</p>", [FIRST, SECOND]),
        (f"<p>{FIRST}</p><p>{SECOND}</p><p>{FIRST.upper()}</p>", [FIRST, SECOND]),
        (f"<p>{FIRST} {SECOND}</p><p>{SECOND}</p>", [f"{FIRST} {SECOND}"]),
        (
            f"<p>{FIRST}</p><blockquote><div>Ann said:</div><div>{FIRST}</div></blockquote>",
            [FIRST],
        ),
    ],
    ids=["a quote", "copies", "a part of what was said", "a quote with a name"],
)
def test_what_was_said_above_is_left_out(html: str, expected: list[str]) -> None:
    assert _kept(html) == expected


@pytest.mark.parametrize(
    "html",
    [
        f"<p>{FIRST}</p><p>{FIRST} Agreed!</p>",
        f"<p>{FIRST}</p><p>Number 2. {FIRST}</p>",
        f"<p>{FIRST} {SECOND}</p><p>{SECOND} {FIRST}</p>",
        "<p>Spade, in stock</p>" * 3,
        f"<p>{FIRST}</p><blockquote><div>Ann said:</div><div>{SECOND}</div></blockquote>",
        f"<blockquote><div>Ann said:</div><div>{FIRST}</div></blockquote><p>{SECOND}</p>",
    ],
    ids=["new word", "new number", "new order", "short lines", "other quote", "first of its kind"],
)
def test_what_is_new_stays_whole(html: str) -> None:
    page = read_segments(lxml.html.fromstring(f"<body>{html}</body>"))
    assert _kept(html) == [segment.text for segment in page.segments]


def test_a_short_answer_in_a_quote_stays() -> None:
    html = f"<p>{FIRST}</p><blockquote><p>Ann said:</p><p>{FIRST}</p><p>Not so.</p></blockquote>"
    assert _kept(html) == [FIRST, "Ann said:", "Not so."]


@pytest.mark.parametrize("kind", ["article", "documentation"])
def test_running_text_may_repeat_itself(kind: str) -> None:
    html = f"<p>{FIRST}</p><p>{SECOND}</p><p>{FIRST}</p>"
    assert _kept(html, kind) == [FIRST, SECOND, FIRST]


def test_a_quote_stays_where_the_quoted_post_was_not_chosen() -> None:
    loud = FIRST.upper()
    assert _kept(f"<p>{loud}</p><blockquote>{FIRST}</blockquote>", without=loud) == [FIRST]


def test_a_page_of_copies_is_no_page_on_which_little_was_found() -> None:
    page = f"<body><h1>Lifts</h1>{f'<p>{FIRST}</p>' * 600}</body>"
    found = extract_body(page, "https://site.example/lifts", hints="forum")
    assert (found.text.count(FIRST), found.quality) == (1, "segments")
