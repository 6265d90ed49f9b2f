"""Blocks of a page as they are chosen, left out, told apart, and joined."""

from __future__ import annotations

import pytest

from cleaning.page import Page, read_page_model
from cleaning.writing import Link, WrittenBlock, join_markdown, join_text, write_blocks

URL = "https://site.example/garden/beans/"


def written(html: str, *without: str, only: str = "") -> list[WrittenBlock]:
    """All blocks of a page, or those that hold a word, without the elements of these names."""
    page = read_page_model(html, URL)
    chosen = [block.number for block in page.blocks if only in block.text]
    return write_blocks(page, chosen, _elements(page, without))


def _elements(page: Page, names: tuple[str, ...]) -> frozenset[int]:
    return frozenset(number for number, tag in enumerate(page.tags) if tag in names)


KINDS = [
    ("<p>Peas</p>", "paragraph"),
    ("<h2>Peas</h2>", "heading"),
    ("<div role='heading'>Peas</div>", "heading"),
    ("<ul><li>Peas<li>Beans</ul>", "list"),
    ("<blockquote>Peas</blockquote>", "paragraph"),
    ("<table><tr><th>Peas<th>Beans<tr><td>1<td>2</table>", "table"),
    ("<pre>Peas</pre>", "code"),
    ("<dl><dt>Peas</dt></dl>", "term"),
    ("<details><summary>Peas</summary></details>", "summary"),
    ("<figure><figcaption>Peas</figcaption></figure>", "caption"),
    ("<video src='/film.mp4'></video>", "media"),
    ("<img src='/peas.png' alt='Peas'>", "picture"),
]


@pytest.mark.parametrize(("html", "kind"), KINDS, ids=[kind for _, kind in KINDS])
def test_kinds_of_blocks(html: str, kind: str) -> None:
    assert [block.kind for block in written(html)] == [kind]


def test_only_chosen_blocks_are_written() -> None:
    blocks = written("<p>Peas one</p><ul><li>Peas two<li>Three</ul><p>Four</p>", only="Peas")
    assert join_markdown(blocks) == "Peas one\n\n- Peas two"


def test_of_a_table_the_chosen_rows_are_written_in_their_columns() -> None:
    html = "<table><tr><th>A<th>B<tr><td>Peas<td>1<tr><td>Beans<td>2</table>"
    page = read_page_model(html, URL)
    chosen = [block.number for block in page.blocks if block.text in ("A", "B", "2")]
    assert join_text(write_blocks(page, chosen)) == "A | B\n| 2"


def test_what_is_left_out_takes_all_in_it() -> None:
    html = "<p>Peas <b>and <i>beans</i></b> grow</p><aside><h2>More</h2><p>Leeks</p></aside>"
    assert join_text(written(html, "b", "aside")) == "Peas grow"


def test_blocks_are_written_alone_as_they_are_together() -> None:
    html = "<ol start=4><li>Peas<li>Beans</ol><h2>Leeks</h2><p>Sown <a href='/x'>late</a></p>"
    page = read_page_model(html, URL)
    each = [write_blocks(page, [block.number])[0].markdown for block in page.blocks]
    assert each == ["4. Peas", "5. Beans", "## Leeks", "Sown [late](https://site.example/x)"]


@pytest.mark.parametrize(
    ("html", "texts"),
    [
        ("<ul><li>a<ul><li>b<li>c</ul><li>d</ul>", ["a\nb\nc\nd"]),
        ("<ul><li>a</ul><ul><li>b</ul>", ["a", "b"]),
        ("<ul><li>a<p>b</p><li>c</ul>", ["a", "b", "c"]),
        ("<ul><li>a<ul><li>b</ul>c<li>d</ul>", ["a\nb", "c", "d"]),
        ("<p>a</p><ul><li>b</ul><p>c</p>", ["a", "b", "c"]),
        ("<h2>a<br>b</h2>c<br>d<br><br>e", ["a b", "c\nd", "e"]),
        ("<dl><dt>a<dd>b<dd>c</dl>", ["a", "b", "c"]),
    ],
)
def test_what_one_block_is(html: str, texts: list[str]) -> None:
    assert [block.text for block in written(html)] == texts


def test_a_rule_stands_only_between_two_blocks() -> None:
    assert join_markdown(written("<hr><p>a</p><hr><hr><p>b</p><hr>")) == "a\n\n---\n\nb"


def test_a_link_over_several_blocks_is_told_once_with_all_its_words() -> None:
    html = "<a href='/x' rel='nofollow'><img src='/i.png'><h3>Peas</h3><p>and beans</p></a>"
    blocks = written(html)
    assert join_markdown(blocks) == "### [Peas](https://site.example/x)\n\nand beans"
    links = [link for block in blocks for link in block.links]
    assert links == [Link("https://site.example/x", "Peas and beans", "nofollow")]


def test_a_film_is_shown_once_and_not_beside_its_link() -> None:
    html = "<video src='/a.mp4'></video><video src='/a.mp4'></video><a href='/b.mp4'>b</a>"
    assert join_text(written(html + "<video src='/b.mp4'></video>")) == (
        "https://site.example/a.mp4\n\nb"
    )


EQUAL = [
    ("case and punctuation", "<p>Join us!</p>", "<h2>join, US</h2>", True),
    ("emphasis", "<p>Join <b>us</b></p>", "<p>Join us</p>", True),
    ("words", "<p>Join us</p>", "<p>Join them</p>", False),
    ("links", "<p><a href='/a'>Join</a></p>", "<p><a href='/b'>Join</a></p>", False),
    ("a link and none", "<p><a href='/a'>Join</a></p>", "<p>Join</p>", False),
    ("links in another order", "<p><a href='/a'>x</a> <a href='/b'>y</a></p>",
     "<p><a href='/b'>x</a> <a href='/a'>y</a></p>", True),
    ("the page's own address", "<p><a href='https://s.example/?u=%2Fgarden%2Fbeans%2F'>x</a></p>",
     "<p><a href='/garden/beans/#reply'>x</a></p>", True),
    ("hidden words", "<p>Join <span hidden>no</span> us</p>", "<p>Join us</p>", True),
    ("letters of Chinese", "<p>社區廚房</p>", "<p>社區 廚房</p>", True),
]  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other", "is_equal"), [c[1:] for c in EQUAL], ids=[c[0] for c in EQUAL]
)
def test_keys(one: str, other: str, is_equal: bool) -> None:
    keys = [written(html)[0].key for html in (one, other)]
    assert (keys[0] == keys[1]) is is_equal
    assert all(len(key) == 24 for key in keys)


def test_what_has_no_words_has_no_key() -> None:
    html = "<p>***</p><img src='/i.png' alt='i'><hr><p>a</p>"
    assert [block.key == "" for block in written(html)] == [True, True, True, False]


LEADING = [
    ("<h2>Peas</h2>", True),
    ("<p><b>Peas</b></p>", True),
    ("<p><b>Peas</b>:</p>", True),
    ("<p>All of these:</p>", True),
    ("<blockquote><b>Peas</b></blockquote>", True),
    ("<details><summary>Peas?</summary></details>", True),
    ("<p><b>Peas</b> and beans</p>", False),
    ("<p>Peas.</p>", False),
]


@pytest.mark.parametrize(("html", "leads_in"), LEADING, ids=[case[0] for case in LEADING])
def test_what_leads_in(html: str, leads_in: bool) -> None:
    assert written(html)[0].leads_in is leads_in
