"""Whether what is called a comment is cut, or is the content, by what stands around it."""

import lxml.html
import pytest

from cleaning.boilerplate import extract_body
from cleaning.boilerplate.comments import cut_comments

URL = "https://allotment.example/2021/05/beans/"
TEXT = "".join(
    f"<p>In week {n} the neighbours met at the old pump, dug over the next stretch of the common "
    f"plot, and agreed on who waters it in turn until the {n + 1} rows of beans stand.</p>"
    for n in range(1, 6)
)
SAID = [
    f"Answer {n}: our own beans by the wall came up in the week of the {n}th and stood well, "
    "though the slugs had every second row of them, so try a ring of ash around each pole."
    for n in range(4, 24)
]
COMMENTS = "".join(
    f"<li class='{{name}}' id='{{name}}-{n}'>"
    f"<a rel='external nofollow' href='https://mair{n}.example/'>Mair {n}</a> "
    f"<time datetime='2021-05-02T10:{n}:00Z'>2 May 2021</time><div><p>{said}</p></div>"
    f"<a rel='nofollow' href='?replyto{{name}}={n}#respond'>Reply</a></li>"
    for n, said in enumerate(SAID, start=10)
)
GUESTS = (
    "<form action='/wp-comments-post.php'><textarea name='comment'></textarea>"
    "<input name='author'><input type='email' name='email'></form>"
)
MEMBERS = "<form action='/reply'><textarea name='message'></textarea></form>"


def page(
    *, text: str = TEXT, name: str = "comment", heading: str = "20 comments", form: str = GUESTS
) -> str:
    rows = COMMENTS.format(name=name)
    return (
        "<html><head><title>Beans</title></head><body><main><h1>Beans</h1>"
        f"{text}<h3>{heading}</h3><ol class='{name}s'>{rows}</ol>{form}</main></body></html>"
    )


CUT = [
    ("heading and form", {}),
    ("heading alone", {"form": ""}),
    ("form alone", {"heading": "What you say"}),
    ("in German", {"heading": "20 Kommentare", "name": "kommentar"}),
]
KEPT = [
    ("no text above", {"text": "<p>Which beans where?</p>"}),
    ("a few words above", {"text": "<p>Which beans stand best by a wall that is always wet?</p>"}),
    ("posts of members", {"name": "message", "heading": "Thread", "form": MEMBERS}),
    ("posts by name", {"name": "post"}),
    ("no heading and no form", {"heading": "What you say", "form": ""}),
    ("comments of several posts", {"form": "<h3>2 comments</h3><h3>5 comments</h3>"}),
]


@pytest.mark.parametrize("parts", [case[1] for case in CUT], ids=[case[0] for case in CUT])
def test_comments_below_a_text_are_cut(parts: dict[str, str]) -> None:
    tree = lxml.html.document_fromstring(page(**parts))
    assert cut_comments(tree, URL) == len(SAID)
    text = tree.text_content()
    assert [said for said in SAID if said in text] == []
    assert "In week 5 the neighbours" in text
    assert tree.xpath("//@data-place") == []


@pytest.mark.parametrize("parts", [case[1] for case in KEPT], ids=[case[0] for case in KEPT])
def test_posts_of_a_discussion_stay(parts: dict[str, str]) -> None:
    tree = lxml.html.document_fromstring(page(**parts))
    before = lxml.html.tostring(tree)
    assert cut_comments(tree, URL) == 0
    assert lxml.html.tostring(tree) == before


def test_a_post_with_many_comments_is_no_thread() -> None:
    found = extract_body(page(), URL)
    assert found.kind != "forum"
    assert "In week 5 the neighbours" in found.text
    assert [said for said in SAID if said in found.text] == []


def test_a_caller_who_knows_of_a_thread_gets_all_posts() -> None:
    found = extract_body(page(name="post"), URL, hints="forum")
    assert [said for said in SAID if said not in found.text] == []


def test_comments_as_definitions_are_cut() -> None:
    rows = "".join(
        f"<dt id='comment-{n}' class='comment'>Mair {n} said on 2 May 2021, 10:{n}</dt>"
        f"<dd><p>{said}</p></dd><dd><a href='#respond'>Reply</a></dd>"
        for n, said in enumerate(SAID, start=10)
    )
    source = page(form=f"<dl id='comments'>{rows}</dl>{GUESTS}").replace(
        COMMENTS.format(name="comment"), ""
    )
    tree = lxml.html.document_fromstring(source)
    assert cut_comments(tree, URL) == len(SAID)
    assert [said for said in SAID if said in tree.text_content()] == []
