"""What repeats over a source goes, and nothing that is a document's own."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pytest

from cleaning.sitewide import (
    Counts,
    Sketch,
    Verdict,
    explain,
    is_reported,
    judge,
    shorten,
)
from cleaning.writing import (
    WrittenBlock,
    join_body,
    pack_blocks,
    read_fragment,
    unpack_blocks,
)

FOOTER = "Join our letter and hear from the gardens every month."
BOX = "Mair Pugh digs, writes and answers the telephone of the allotments."
HEADING = "Keep in touch"
SITE = "https://plots.example/"


def own(number: int) -> str:
    """A paragraph that no other document has; 24 words."""
    said = " ".join(f"bed{bed}x{number}" for bed in range(20))
    return f"Here we say {number} {said}."


Content = tuple[WrittenBlock, ...]


def page(number: int, html: str) -> Content:
    return read_fragment(html, f"{SITE}plot-{number}/").blocks


def paragraphs(*texts: str) -> str:
    return "".join(text if text.startswith("<") else f"<p>{text}</p>" for text in texts)


def count(
    pages: Sequence[Content], *, is_named: bool = False, groups: Sequence[str | None] = ()
) -> Counts:
    sketch = Sketch()
    for content in pages:
        sketch.add(content)
    counts = Counts(sketch)
    groups = groups or [None] * len(pages)
    for number, (content, group) in enumerate(zip(pages, groups, strict=True)):
        counts.add(f"{number:04d}", content, group=group, is_named=is_named)
    return counts


def judged(pages: Sequence[Content], place: int, *, is_named: bool = False) -> Verdict:
    return judge(pages[place], count(pages, is_named=is_named), is_named=is_named)


def removed_texts(pages: Sequence[Content], place: int, *, is_named: bool = False) -> list[str]:
    removed = judged(pages, place, is_named=is_named).removed
    return [block.text for p, block in enumerate(pages[place]) if p in removed]


def source(with_it: int, without: int, *template: str) -> list[Content]:
    """`with_it` documents after a template, in which "{}" is the document's own, and others."""
    filled = [
        page(n, paragraphs(*(own(n) if t == "{}" else t for t in template))) for n in range(with_it)
    ]
    return filled + [page(n, paragraphs(own(n))) for n in range(with_it, with_it + without)]


LABEL = "Read aloud"
QUOTE = "<blockquote><p>Nobody digs alone, said the council of nineteen ten.</p></blockquote>"
H2 = f"<h2>{HEADING}</h2>"


@pytest.mark.parametrize(
    ("with_it", "without", "template", "gone"),
    [
        pytest.param(5, 20, ("{}", FOOTER), [FOOTER], id="footer"),
        pytest.param(4, 0, ("{}", FOOTER), [], id="footer on one page too few"),
        pytest.param(6, 194, ("{}", FOOTER), [FOOTER], id="footer on 3 %"),
        pytest.param(6, 195, ("{}", FOOTER), [], id="footer on less than 3 %"),
        pytest.param(5, 20, (BOX, "{}"), [BOX], id="opening"),
        pytest.param(5, 20, ("{}", BOX, FOOTER), [BOX, FOOTER], id="two closing blocks"),
        pytest.param(10, 90, ("{}", LABEL), [LABEL], id="short"),
        pytest.param(9, 0, ("{}", LABEL), [], id="short on one page too few"),
        pytest.param(10, 91, ("{}", LABEL), [], id="short on less than 10 %"),
        pytest.param(5, 20, ("{}", H2), [HEADING], id="heading over nothing"),
        pytest.param(5, 20, ("{}", H2, FOOTER), [HEADING, FOOTER], id="heading and its text"),
        pytest.param(25, 0, (H2, "{}"), [], id="heading over own text"),
        pytest.param(25, 0, ("<p><b>Our day</b></p>", "{}"), [], id="bold line over own text"),
        pytest.param(25, 0, ("Place:", "{}"), [], id="label over own text"),
        pytest.param(10, 30, ("{}", FOOTER, "{}"), [FOOTER], id="call inside"),
        pytest.param(9, 0, ("{}", FOOTER, "{}"), [], id="call inside too few pages"),
        pytest.param(10, 31, ("{}", FOOTER, "{}"), [], id="call inside less than 25 %"),
        pytest.param(25, 0, ("{}", LABEL, "{}"), [], id="label inside, on each page"),
        pytest.param(25, 0, ("{}", LABEL, FOOTER, "{}"), [LABEL, FOOTER], id="with a label"),
        pytest.param(25, 0, ("{}", H2, "{}", FOOTER), [FOOTER], id="heading inside stays"),
        pytest.param(8, 20, ("{}", QUOTE, "{}"), [], id="quotation inside"),
        pytest.param(25, 0, ("By Ada Quill", "{}"), [], id="byline"),
        pytest.param(25, 0, ("(March 2020)", "{}"), [], id="date"),
        pytest.param(25, 0, ("{}", f"<pre><code>{FOOTER}</code></pre>"), [], id="code"),
    ],
)
def test_what_goes_by_number_share_and_place(
    with_it: int, without: int, template: tuple[str, ...], gone: list[str]
) -> None:
    pages = source(with_it, without, *template)
    assert removed_texts(pages, 0) == gone


@pytest.mark.parametrize(
    ("with_it", "without", "template", "gone"),
    [
        pytest.param(10, 90, ("{}", FOOTER), [FOOTER], id="footer"),
        pytest.param(9, 0, ("{}", FOOTER), [], id="footer on too few pages"),
        pytest.param(10, 91, ("{}", FOOTER), [], id="footer on less than 10 %"),
        pytest.param(20, 60, ("{}", LABEL), [LABEL], id="short"),
        pytest.param(19, 0, ("{}", LABEL), [], id="short on too few pages"),
        pytest.param(20, 20, ("{}", FOOTER, "{}"), [FOOTER], id="inside"),
        pytest.param(20, 21, ("{}", FOOTER, "{}"), [], id="inside less than half of the pages"),
    ],
)
def test_what_a_platform_names_is_doubted_less(
    with_it: int, without: int, template: tuple[str, ...], gone: list[str]
) -> None:
    pages = source(with_it, without, *template)
    assert removed_texts(pages, 0, is_named=True) == gone


def test_a_refrain_counts_once_in_a_document() -> None:
    verse = "And who will water the beans tonight, the beans tonight?"
    poem = page(0, paragraphs(*[verse, own(0)] * 6, verse))
    pages = [poem, *(page(n, paragraphs(own(n))) for n in range(1, 9))]
    assert judged(pages, 0) == Verdict(frozenset(), 0, 0)


def test_a_refrain_inside_stays_where_the_same_words_are_a_footer_elsewhere() -> None:
    poem = page(0, paragraphs(own(0), FOOTER, own(100), FOOTER))
    pages = [poem, *source(6, 40, "{}", FOOTER)]
    assert judged(pages, 0).removed == {3}


def test_a_post_published_again_and_again_is_not_emptied() -> None:
    post = [own(1000 + n) for n in range(6)]
    pages = [page(n, paragraphs(*post)) for n in range(8)]
    pages += [page(n, paragraphs(own(n))) for n in range(8, 20)]
    assert all(not judged(pages, place).removed for place in range(8))


def test_a_post_with_a_new_beginning_each_time_keeps_its_text() -> None:
    post = [own(1000 + n) for n in range(6)]
    pages = [page(n, paragraphs(own(n), *post)) for n in range(8)]
    pages += [page(n, paragraphs(own(n))) for n in range(8, 20)]
    verdict = judged(pages, 0)
    assert not verdict.removed
    assert verdict.repeated_words == 6 * 24


def test_near_duplicates_bear_witness_once() -> None:
    pages = source(5, 20, "{}", FOOTER)
    same = ["a", "a", None, None, None] + [None] * 20
    assert not judge(pages[0], count(pages, groups=same), is_named=False).removed
    each = ["a", "b", None, None, None] + [None] * 20
    assert judge(pages[0], count(pages, groups=each), is_named=False).removed


def test_pages_with_little_of_their_own_bear_no_witness() -> None:
    little = "Only " + " ".join(f"leaf{n}" for n in range(17))  # with a number 19 words
    pages = [page(n, paragraphs(f"{little} {n}a", FOOTER)) for n in range(4)]
    pages += source(4, 20, "{}", FOOTER)
    assert not judged(pages, 5).removed
    pages[0] = page(0, paragraphs(f"{little} and 1a", FOOTER))
    assert judged(pages, 5).removed


def test_pages_with_the_same_of_their_own_are_one_setting() -> None:
    pages = [page(n, paragraphs(f"<h1>Picture {n // 4}</h1>", FOOTER, BOX)) for n in range(16)]
    assert not judged(pages, 15).removed
    apart = [page(n, paragraphs(f"<h1>Picture {n}</h1>", FOOTER, BOX)) for n in range(16)]
    assert judged(apart, 15).removed == {1, 2}


def test_a_document_of_nothing_but_boilerplate_keeps_it_all_and_says_so() -> None:
    pages = [page(0, paragraphs(FOOTER, BOX)), *source(12, 0, "{}", FOOTER, BOX)]
    verdict = judged(pages, 0)
    assert not verdict.removed
    assert verdict.repeated_words == sum(block.words for block in pages[0]) > 0


def test_short_posts_lose_what_stands_nearly_everywhere() -> None:
    side = ["<h2>What we like</h2>", "Beans and peas and all that climbs a pole", FOOTER, BOX]
    pages = [page(n, paragraphs(f"<h1>Picture {n}</h1>", *side)) for n in range(12)]
    pages += [page(n, paragraphs(own(n))) for n in range(12, 20)]
    assert [b.text for p, b in enumerate(pages[3]) if p not in judged(pages, 3).removed] == [
        "Picture 3"
    ]
    fewer = pages + [page(n, paragraphs(own(n))) for n in range(20, 22)]
    assert not judged(fewer, 3).removed


@pytest.mark.parametrize(
    ("one", "other", "is_equal"),
    [
        pytest.param("<p>Join <b>us</b>!</p>", "<p>join us.</p>", True, id="case and signs"),
        pytest.param("<p>Join us</p>", "<h2>Join us</h2>", True, id="markup"),
        pytest.param("<p>Join us</p>", "<p>Join them</p>", False, id="words"),
        pytest.param(
            "<p><a href='/one'>The whole report</a></p>",
            "<p><a href='/two'>The whole report</a></p>",
            False,
            id="another target",
        ),
        pytest.param(
            "<p><a href='/join'>Join</a></p>", "<p><a href='/join'>Join</a></p>", True, id="link"
        ),
        pytest.param(
            "<p><a href='https://share.example/?u=https%3A%2F%2Fplots.example%2Fplot-1%2F'>Share"
            "</a></p>",
            "<p><a href='https://share.example/?u=https%3A%2F%2Fplots.example%2Fplot-2%2F'>Share"
            "</a></p>",
            True,
            id="the page's own address",
        ),
    ],
)
def test_equal_blocks_have_equal_words_and_links(one: str, other: str, is_equal: bool) -> None:
    keys = [page(1, one)[0].key, page(2, other)[0].key]
    assert (keys[0] == keys[1]) is is_equal


BODIES = [
    pytest.param("<p>A</p><p>B</p>", id="paragraphs"),
    pytest.param("<h2>A</h2><ul><li>b</li><li>c<ul><li>d</li></ul></li></ul>", id="lists"),
    pytest.param("<ol><li>b</li><li><p>c</p><p>d</p></li></ol><p>1. e</p>", id="numbered"),
    pytest.param("<ol><li>a<blockquote>b</blockquote><pre>c</pre></li></ol>", id="in an item"),
    pytest.param("<blockquote><p>a</p><p>b *c*</p></blockquote><p>d</p>", id="quotation"),
    pytest.param("<pre><code>a\n\nb</code></pre><p>c</p>", id="code with an empty line"),
    pytest.param("<table><tr><th>a</th><th>b</th></tr><tr><td>c</td><td>d</td></tr></table>"),
    pytest.param("<p>a</p><hr><p><img src='/i.png' alt='i'></p><p>b</p>", id="rule, picture"),
    pytest.param("<p><a href='/x_(y)'>a [b] c</a> <a href='/z)'>d</a></p>", id="odd addresses"),
    pytest.param("<p>a<br>b</p><iframe src='https://v.example/embed/a_b'></iframe>", id="media"),
]


@pytest.mark.parametrize("html", BODIES)
def test_taking_out_nothing_changes_nothing(html: str) -> None:
    body = read_fragment(html, SITE)
    assert [body.blocks[place] for place in shorten(body.blocks, frozenset())] == [*body.blocks]
    assert join_body(body.blocks) == body


@pytest.mark.parametrize("html", BODIES)
def test_blocks_are_the_same_when_they_were_stored(html: str) -> None:
    blocks = read_fragment(html, SITE).blocks
    assert tuple(unpack_blocks(json.loads(json.dumps(pack_blocks(blocks))))) == blocks


@pytest.mark.parametrize(
    ("html", "gone", "text", "markdown", "links"),
    [
        pytest.param(
            "<p>One <a href='/a'>a</a></p><p>Two <a href='/a'>a</a></p>",
            {1},
            "One a",
            "One [a](https://plots.example/a)",
            (0,),
            id="the second of two equal links",
        ),
        pytest.param(
            "<p>One <a href='/a'>a</a></p><p>Two <a href='/b'>b</a>"
            "<a href='/c'><img src='/i.png'></a></p>",
            {1},
            "One a",
            "One [a](https://plots.example/a)",
            (0,),
            id="with the link around a picture",
        ),
        pytest.param(
            "<p>One</p><hr><p><img src='/i.png' alt='i'></p><p>Two</p>",
            {1},
            "One",
            "One\n\n---\n\n![i](https://plots.example/i.png)",
            (),
            id="a picture before it stays",
        ),
        pytest.param("<p>One</p><hr><p>Two</p>", {1}, "One", "One", (), id="rule at the end"),
        pytest.param("<p>One</p><hr><p>Two</p>", {0}, "Two", "Two", (), id="rule at the start"),
        pytest.param(
            "<p>One</p><p>Two</p><p>***</p><hr><p>Three</p>",
            {1, 3},
            "One",
            "One",
            (),
            id="stars and rule between",
        ),
        pytest.param(
            "<blockquote><p>One</p><p>Two</p><p>Three</p></blockquote>",
            {1},
            "One\n\nThree",
            "> One\n>\n> Three",
            (),
            id="inside a quotation",
        ),
        pytest.param(
            "<p>One</p><blockquote><p>Two</p><p>Three</p></blockquote>",
            {1},
            "One\n\nThree",
            "One\n\n> Three",
            (),
            id="the opening of a quotation",
        ),
        pytest.param(
            "<ul><li>One</li></ul><p>Two</p><ol><li>Three</li><li>Four</li></ol>",
            {0, 1},
            "Three\nFour",
            "1. Three\n2. Four",
            (),
            id="list",
        ),
        pytest.param(
            "<ol start=10><li><p>One</p><p>Two</p></li></ol><p>Three</p>",
            {0},
            "Two\n\nThree",
            "Two\n\nThree",
            (),
            id="the beginning of an item",
        ),
        pytest.param(
            "<ul><li><p>One</p><p>Two</p><p>Three</p></li></ul>",
            {1},
            "One\n\nThree",
            "- One\n\n  Three",
            (),
            id="the middle of an item",
        ),
        pytest.param(
            "<blockquote>One</blockquote><p>Two</p><blockquote>Three</blockquote>",
            {1},
            "One\n\nThree",
            "> One\n\n> Three",
            (),
            id="what stands between two quotations",
        ),
    ],
)
def test_text_markdown_and_links_lose_the_same(
    html: str, gone: set[int], text: str, markdown: str, links: tuple[int, ...]
) -> None:
    body = read_fragment(html, SITE)
    worded = [place for place, block in enumerate(body.blocks) if block.text]
    kept = shorten(body.blocks, {worded[place] for place in gone})
    left = join_body([body.blocks[place] for place in kept])
    assert (left.text, left.markdown) == (text, markdown)
    assert left.links == tuple(body.links[place] for place in links)


@pytest.mark.parametrize(
    ("with_it", "without", "template", "removed", "wanted"),
    [
        pytest.param(
            6,
            20,
            ("{}", FOOTER),
            6,
            "opens or closes 6 pages with a text of their own, at least 5 pages and 3%",
            id="gone",
        ),
        pytest.param(
            6,
            20,
            ("{}", LABEL),
            0,
            "opens or closes 6 pages with a text of their own, fewer than 10 pages and 10%",
            id="few",
        ),
        pytest.param(
            6, 20, ("By Ada Quill", "{}"), 0, "a byline or a date, which stays", id="guarded"
        ),
        pytest.param(6, 0, (H2, "{}"), 0, "no page can do without it", id="heading of own text"),
    ],
)
def test_a_maintainer_reads_what_was_counted(
    with_it: int, without: int, template: tuple[str, ...], removed: int, wanted: str
) -> None:
    pages = source(with_it, without, *template)
    counts = count(pages)
    [(key, tally)] = counts.tallies.items()
    block = next(b for b in pages[0] if b.key == key)
    assert is_reported(tally, counts.pages)
    assert wanted in explain(block, tally, counts.pages, removed=removed)
    assert (tally.first, tally.last, tally.pages) == ("0000", "0005", 6)


def test_the_order_of_documents_does_not_change_the_counts() -> None:
    pages = source(12, 30, "{}", H2, FOOTER)
    forth, back = count(pages), count(pages[::-1])
    assert {k: (t.pages, t.edges, t.witnesses, t.settings) for k, t in forth.tallies.items()} == {
        k: (t.pages, t.edges, t.witnesses, t.settings) for k, t in back.tallies.items()
    }


def test_memory_holds_counts_of_what_may_repeat_and_of_nothing_else() -> None:
    pages = source(6, 300, "{}", FOOTER)
    assert len(count(pages).tallies) == 1
