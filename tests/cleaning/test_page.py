"""The model of a page: blocks in order, elements as ranges of blocks."""

from __future__ import annotations

import pytest
from lxml.cssselect import CSSSelector

from cleaning.page import Page, read_page_model
from cleaning.page.names import AREA_BITS


def texts(html: str) -> list[str]:
    return [block.text for block in read_page_model(html).blocks]


def element(page: Page, selector: str) -> int:
    return page.select(CSSSelector(selector))[0]


@pytest.mark.parametrize(
    ("html", "blocks"),
    [
        ("<p>One</p><p>Two</p>", ["One", "Two"]),
        ("<p>One <b>bold</b> word</p>", ["One bold word"]),
        ("<div>Before<p>Inside</p>after</div>", ["Before", "Inside", "after"]),
        ("<p>One<br>line</p>", ["One line"]),
        ("<div>One<br><br>Two<br> <br/>Three</div>", ["One", "Two", "Three"]),
        ("<a href=/x><div>Card</div><div>More</div></a>", ["Card", "More"]),
        ('<span style="display: block">One</span><span>Two</span>', ["One", "Two"]),
        ("<p>One<!-- no words -->Two</p>", ["OneTwo"]),
        ("<p>One<script>var x</script>Two</p>", ["OneTwo"]),
        ("<p>left<img src=a.png>right</p>", ["left right"]),
        ('<p>Well done<img class="emoji" alt="🎉" src=a.png></p>', ["Well done🎉"]),
        ("<template><p>Not yet</p></template><p>Now</p>", ["Now"]),
        ('<div><template shadowrootmode="open"><p>Shown</p></template></div>', ["Shown"]),
        ("<select><option>One</select><p>Two</p>", ["Two"]),
        ("<p>Co\u00adproduction\u00a0works</p>", ["Coproduction works"]),
        ("", []),
        ("Just a line", ["Just a line"]),
    ],
)
def test_blocks_are_runs_of_text_between_borders(html: str, blocks: list[str]) -> None:
    assert texts(html) == blocks


def test_an_element_is_a_range_of_blocks() -> None:
    page = read_page_model("<h1>Title</h1><ul><li>One</li><li>Two <b>three</b></li></ul><p>End</p>")
    outer = element(page, "ul")
    assert list(page.inside(outer)) == [1, 2]
    assert list(page.inside(element(page, "b"))) == [2]
    assert page.text_of(outer) == "One Two three"
    assert page.text_of(element(page, "b")) == "three"
    assert [page.tags[child] for child in page.children(outer)] == ["li", "li"]
    assert [page.tags[e] for e in page.around(element(page, "b"))] == ["b", "li", "ul", "body"]


def test_an_inline_element_may_hold_blocks() -> None:
    page = read_page_model("<p>Before</p><span class=c>one<p>two</p>three</span><p>After</p>")
    assert list(page.inside(element(page, "span"))) == [1, 2, 3]


@pytest.mark.parametrize(
    ("html", "count"),
    [
        ("<p>Two words</p>", 2),
        ("<p>共同生产</p>", 4),
        ("<p>ประชาชน</p>", 7),
        ("<p>東京 2024 summit</p>", 4),
        ("<p>don't</p>", 2),
    ],
)
def test_words_of_all_scripts_count(html: str, count: int) -> None:
    assert len(read_page_model(html).blocks[0].words) == count


@pytest.mark.parametrize(
    ("html", "linked"),
    [
        ("<p>No link</p>", 0),
        ("<p>One <a href=/x>link</a></p>", 4),
        ("<a href=/x><div>Card</div></a>", 4),
    ],
)
def test_characters_of_links_are_counted(html: str, linked: int) -> None:
    assert read_page_model(html).blocks[0].linked == linked


def test_what_holds_above_holds_within() -> None:
    page = read_page_model(
        '<nav><p>Menu</p></nav><div hidden><p>Gone</p></div><p role="x">Text</p>'
    )
    areas = [page.areas[block.element] for block in page.blocks]
    assert [bool(area & AREA_BITS["nav"]) for area in areas] == [True, False, False]
    assert [bool(area & AREA_BITS["hidden"]) for area in areas] == [False, True, False]


def test_the_head_is_kept_wherever_it_stands() -> None:
    html = (
        "<html lang=cy><head><title> A  title </title><meta name=author content=Ann></head><body>"
        '<meta property="og:title" content=Other><p>x</p>'
        '<script type="application/ld+json">{"@type": "Article"}</script></body></html>'
    )
    head = read_page_model(html).head
    assert (head.title, head.language) == ("A title", "cy")
    assert head.meta("og:title", "author") == ["Other", "Ann"]
    assert head.scripts == [("application/ld+json", '{"@type": "Article"}')]


def test_nesting_beyond_the_parser_keeps_the_text() -> None:
    html = "<div>" * 5000 + "<p>deep down</p>" + "</div>" * 5000
    assert "deep down" in " ".join(texts(html))
