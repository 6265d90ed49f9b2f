import lxml.html
import numpy as np
import pytest
from numpy.typing import NDArray

from cleaning.boilerplate import KINDS, cut_boilerplate, extract_body

URL = "https://site.example/page"
STORY = "Twelve neighbours sat down with the bus company and drew up the timetable again. " * 6
PAGE = f"""<!doctype html><html><head><title>Buses</title></head><body>
<header role="banner"><a href="/">Example Site</a></header>
<nav><ul><li><a href="/a">About</a></li><li><a href="/b">Blog</a></li></ul></nav>
<div id="cookie-notice">We use cookies. <button>Accept</button></div>
<main><article><header><h1>Buses for all</h1></header>
<p>{STORY}</p><h2>What changed</h2><p>{STORY} See <a href="/timetable">the timetable</a>.</p>
<ul><li>Earlier first bus</li><li>Later last bus</li></ul>
<div class="sharedaddy sd-sharing-enabled">Share this: Tweet</div></article></main>
<aside class="sidebar"><h3>Recent posts</h3><a href="/c">Other news</a></aside>
<footer>Charity number 1234567. All rights reserved.</footer></body></html>"""

BOILERPLATE = ["Example Site", "About", "cookies", "Share this", "Recent posts", "All rights"]
CONTENT = ["drew up the timetable", "What changed", "Earlier first bus", "the timetable"]


@pytest.mark.parametrize(
    "page", [PAGE, PAGE.encode(), lxml.html.document_fromstring(PAGE)], ids=["str", "bytes", "tree"]
)
def test_an_article(page: str | bytes | lxml.html.HtmlElement) -> None:
    found = extract_body(page, URL)
    assert found.quality == "segments"
    assert [words for words in BOILERPLATE if words in found.text] == []
    assert [words for words in CONTENT if words not in found.text] == []
    assert "## What changed" in found.markdown
    assert "- Earlier first bus" in found.markdown
    assert [link.url for link in found.links] == ["https://site.example/timetable"]


def test_the_given_tree_is_not_changed() -> None:
    tree = lxml.html.document_fromstring(PAGE)
    before = lxml.html.tostring(tree)
    extract_body(tree, URL)
    assert lxml.html.tostring(tree) == before


@pytest.mark.parametrize("words", BOILERPLATE)
def test_cut_boilerplate(words: str) -> None:
    pruned = cut_boilerplate(lxml.html.document_fromstring(PAGE))
    assert words not in pruned.text_content()
    assert "Buses for all" in pruned.text_content()


def test_a_badly_named_frame_stays() -> None:
    page = f'<body><div class="sidebar"><p>{STORY}</p></div><p>Foot</p></body>'
    assert STORY.strip() in cut_boilerplate(lxml.html.document_fromstring(page)).text_content()


WITH_TEXT = [
    ("one line", "Only a line of text"),
    ("short paragraph", "<p>Short page</p>"),
    ("only navigation", "<nav><a href='/'>Only links here</a></nav>"),
    ("only a list of links", "<ul>" + "<li><a href='/x'>Some resource</a></li>" * 30 + "</ul>"),
    ("hidden until loaded", f'<body><div style="visibility:hidden"><p>{STORY}</p></div></body>'),
    ("streamed by React", f'<body><div hidden id="S:0"><p>{STORY}</p></div></body>'),
    ("frame form", f'<body><form action="./x.aspx"><p>{STORY}</p></form></body>'),
    ("frameset", "<frameset><noframes>Read on here</noframes></frameset>"),
    ("very deep", "<div>" * 3000 + "Deep text" + "</div>" * 3000),
    ("unclosed", "<div><p>One<table><tr><td>Two<div>Three"),
]


@pytest.mark.parametrize(
    "page", [case[1] for case in WITH_TEXT], ids=[case[0] for case in WITH_TEXT]
)
def test_a_page_with_text_is_never_emptied(page: str) -> None:
    found = extract_body(page, URL)
    assert found.text
    assert found.quality in ("segments", "trafilatura", "fallback", "whole page")


@pytest.mark.parametrize(
    "page", ["", b"", "<html><body></body></html>", "<script>x()</script>", "\0", "<!-- a -->"]
)
def test_a_page_without_text_has_none(page: str | bytes) -> None:
    found = extract_body(page, URL)
    assert (found.text, found.markdown, found.links, found.quality) == ("", "", (), "empty")


@pytest.mark.parametrize(
    "page",
    [b"\x89PNG\r\n\x1a\n" + bytes(range(256)), b"\xff\xfe<", "<" * 5000, "<a href=http://[>x</a>"],
)
def test_what_is_no_page_does_not_raise(page: str | bytes) -> None:
    assert isinstance(extract_body(page, URL).text, str)


def test_it_says_the_kind_and_how_sure_it_is() -> None:
    found = extract_body(PAGE, URL)
    assert found.kind in KINDS
    assert found.confidence is not None
    assert 1 / len(KINDS) <= found.confidence <= 1


@pytest.mark.parametrize("kind", KINDS)
def test_a_caller_may_name_the_kind(kind: str) -> None:
    found = extract_body(PAGE, URL, hints=kind)
    assert (found.kind, found.confidence) == (kind, 1.0)


THREAD = "".join(
    f'<div class="message" id="p{n}"><a class="username" href="/u/{n}">Neighbour {n}</a>'
    f'<time datetime="2024-01-0{n}">{n} January 2024</time>'
    f'<div class="message-body"><p>Answer {n}: {STORY}</p></div>'
    '<div class="message-actions"><a href="#">Like</a> <a href="#">Reply</a></div></div>'
    for n in range(1, 8)
)
CARDS = "".join(
    f'<li class="card"><a href="/g/{n}"><h3>Guide number {n} to shared budgets</h3></a>'
    f"<p>How street {n} planned its own money, told by those who live there.</p></li>"
    for n in range(1, 20)
)
FRAME = """<html><head><title>{title}</title></head><body><nav><ul><li><a href="/">Start page</a>
</li><li><a href="/all">All boards</a></li></ul></nav><main><h1>{title}</h1>{content}</main>
<footer><p>© 2024 Example Site. All rights reserved.</p></footer></body></html>"""


def test_every_message_of_a_thread_is_read() -> None:
    page = FRAME.format(title="Which bus?", content=THREAD)
    found = extract_body(page, "https://site.example/forum/t/which-bus/12")
    assert found.kind == "forum"
    assert [n for n in range(1, 8) if f"Answer {n}:" not in found.text] == []
    assert "All rights reserved" not in found.text


def test_every_card_of_a_list_is_read() -> None:
    page = FRAME.format(title="Guides", content=f"<ul class='cards'>{CARDS}</ul>")
    found = extract_body(page, "https://site.example/guides/")
    assert [n for n in range(1, 20) if f"Guide number {n} to" not in found.text] == []
    assert "/g/7" in found.markdown
    assert "All rights reserved" not in found.text


def test_text_that_scripts_draw_is_read_from_noscript() -> None:
    page = f"<body><div id='app'>Loading</div><noscript><p>{STORY}</p></noscript></body>"
    assert STORY.strip() in extract_body(page, URL).text


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (f"<p>{STORY}<b>Co</b>production <i>works</i>.</p>", "Coproduction works."),
        (f"<p>{STORY}</p><p>One<br>two<!-- note -->three</p>", "One\ntwothree"),
        (f"<div>{STORY}<div>{STORY}Part</div>and the rest</div>", "Part\n\nand the rest"),
    ],
    ids=["inline borders", "line break and comment", "text around a block"],
)
def test_words_are_neither_glued_nor_split(content: str, expected: str) -> None:
    assert expected in extract_body(f"<main><h1>Buses</h1>{content}</main>", URL).text


def test_structure_stays() -> None:
    table = "<table><tr><th>Line</th><th></th></tr><tr><td>5</td><td>daily</td></tr></table>"
    page = f"<article><h1>Buses</h1><p>{STORY}</p>{table}<pre>a = 1\nb = 2</pre><p>{STORY}</p>"
    markdown = extract_body(page, URL, hints="documentation").markdown
    assert "| Line |  |" in markdown
    assert "```\na = 1\nb = 2\n```" in markdown


@pytest.mark.parametrize(
    "page",
    [
        f"<p>{STORY * 1000}</p>",
        "<div>" * 100_000 + STORY + "</div>" * 100_000,
        f"<div><p>{STORY}<a href='/x'>on</a></p></div>" * 400,
    ],
    ids=["one paragraph of 500 kB", "100,000 nested elements", "many blocks"],
)
def test_large_pages_are_read(page: str) -> None:
    assert STORY.strip()[:60] in extract_body(page, URL).text


def test_a_page_that_fails_the_check_is_read_by_trafilatura(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def nothing(table: NDArray[np.float32]) -> NDArray[np.float64]:
        odds = np.full(len(table), 1e-9)
        odds[0] = 1.0  # the name of the site alone
        return odds

    monkeypatch.setattr("cleaning.boilerplate.judge", nothing)
    page = PAGE.replace("Example Site", "Town").replace(STORY, STORY * 30)
    found = extract_body(page, URL)
    assert found.quality == "trafilatura"
    assert "drew up the timetable" in found.text
