import lxml.html
import pytest

from cleaning.boilerplate import cut_boilerplate, extract_body

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
    assert found.quality == "trafilatura"
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
    assert found.quality in ("trafilatura", "fallback", "whole page")


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
