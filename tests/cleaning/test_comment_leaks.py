"""Comments stay out of a document's text, and a discussion's posts stay in it.

First on synthetic pages, then on saved ones that are not part of the repository.
"""

import pytest

from cleaning.boilerplate import extract_body
from cleaning.comments import read_comments
from cleaning.markup import read_fragment
from tests.cleaning.test_comments import BLOCK, GENESIS, PAGES, _counted_pages, platform_of, sample

URL = "https://allotment.example/2021/05/beans/"
LONG_ENOUGH = 25
"""Characters of a comment's beginning; "Thank you!" may well stand in the post too."""

ARTICLE = "".join(
    f"<p>In week {n} the neighbours met at the old pump, dug over the next stretch of the common "
    f"plot, and agreed on who waters it in turn until the {n + 1} rows of beans stand.</p>"
    for n in range(1, 8)
)
SAID = [
    "The soil by the wall was far too wet for beans last year, mind.",
    "Then try broad beans there, they stand it much better than ours do.",
    "Could somebody bring the long hose on Saturday, ours has a hole?",
]
NAMES = ["Gwen", "Hefin", "Mair"]


def _nested(open_tag: str, close_tag: str) -> str:
    rows = [
        f"<b class='fn'>{name}</b> <time datetime='2021-05-0{n}T10:00:00Z'>{n} May 2021</time>"
        f"<div class='comment-content'><p>{said}</p></div><a class='reply' href='#'>Reply</a>"
        for n, (name, said) in enumerate(zip(NAMES, SAID, strict=True), start=2)
    ]
    return "".join(f"{open_tag.format(n)}{row}{close_tag}" for n, row in enumerate(rows, start=11))


FORMS_OF_COMMENTS = {
    "classic": "<div id='comments' class='comments-area'><h2>3 comments</h2>"
    "<ol class='comment-list'>"
    + _nested("<li class='comment depth-1' id='comment-{}'>", "</li>")
    + "</ol></div>",
    "sections": "<section class='comments'><h3>Comments (3)</h3>"
    + _nested("<article class='comment' id='comment-{}'>", "</article>")
    + "</section>",
    "genesis": f"<div class='entry-comments' id='comments'><h3>Comments</h3>{GENESIS}</div>",
    "block": f"<div class='wp-block-comments'><h2>2 responses</h2>{BLOCK}</div>",
    "blogger": "<div class='comments' id='comments'><h4>3 comments:</h4><ol>"
    + _nested("<li class='comment' id='c{}'><div class='comment-block'>", "</div></li>")
    + "</ol></div>",
}


@pytest.mark.parametrize("form", FORMS_OF_COMMENTS)
def test_comments_do_not_leak_into_the_text(form: str) -> None:
    page = (
        f"<html><head><title>Beans</title></head><body><main><article><h1>Beans</h1>{ARTICLE}"
        f"</article>{FORMS_OF_COMMENTS[form]}</main></body></html>"
    )
    text = extract_body(page, URL).text
    assert "In week 7 the neighbours" in text
    found = read_comments(page, "wordpress", URL)
    assert found or form == "blogger"
    for said in [*SAID, "Beans, row 11.", "Beans, row 12."]:
        assert said not in text


DISCUSSIONS = {
    "posts": "<div class='discussion'>"
    + _nested("<div class='comment' id='comment-{}'>", "</div>")
    + "</div>",
    "list": "<ol class='comments'>" + _nested("<li class='comment'>", "</li>") + "</ol>",
    "thread": "<div id='comments'>"
    + _nested("<article class='comment post' id='p{}'>", "</article>")
    + "</div>",
}


@pytest.mark.parametrize("form", DISCUSSIONS)
def test_the_posts_of_a_discussion_do_not_vanish(form: str) -> None:
    page = (
        "<html><head><title>Beans</title></head><body><main><h1>Which beans where?</h1>"
        f"{DISCUSSIONS[form]}</main></body></html>"
    )
    text = extract_body(page, URL).text
    assert [said for said in SAID if said not in text] == []


def test_a_named_body_keeps_what_is_called_comment() -> None:
    body = (
        f"<div class='comment'><p>{SAID[0]}</p></div><div class='comments'><p>{SAID[1]}</p></div>"
    )
    text = read_fragment(body, URL).text
    assert SAID[0] in text and SAID[1] in text


# --- Saved pages, which are not part of the repository ---------------------------------------

NAMES_OF_PAGES = [name for name, _ in _counted_pages() + PAGES]


@pytest.mark.parametrize("name", NAMES_OF_PAGES)
def test_saved_comments_do_not_leak_into_the_text(name: str) -> None:
    page = sample(name)
    text = _plain(extract_body(page, URL).text)
    assert text
    comments = [c for c in read_comments(page, platform_of(name), URL) if not c.is_pingback]
    starts = [_plain(read_fragment(comment.body_html, URL).text)[:60] for comment in comments]
    assert [start for start in starts if len(start) >= LONG_ENOUGH and start in text] == []


def _plain(text: str) -> str:
    return " ".join(text.split())
