from html import escape

import pytest

from cleaning.writing import Link, read_fragment
from tests.processor_time import processor_time

BASE = "https://site.example/post/"

# name, HTML, text, Markdown
FRAGMENTS = [
    ("empty", "", "", ""),
    ("no tags", "Just words", "Just words", "Just words"),
    ("NUL and half a surrogate", "a\0b\ud800c", "abc", "abc"),
    ("XML declaration", '<?xml version="1.0" encoding="utf-8"?><p>é</p>', "é", "é"),
    ("whole document", "<html><head><title>T</title></head><body>b</body></html>", "b", "b"),
    # borders
    ("paragraphs", "<p>a</p><p>b</p>", "a\n\nb", "a\n\nb"),
    ("inline does not split", "<b>a</b>b", "ab", "**a**b"),
    ("unknown inline does not split", "a<o:p></o:p>b <st1:x>c</st1:x>", "ab c", "ab c"),
    ("division separates", "<div>a</div>b", "a\n\nb", "a\n\nb"),
    ("empty division separates", "a<div></div>b", "a\n\nb", "a\n\nb"),
    ("hidden division separates", "a<div hidden>x</div>b", "a\n\nb", "a\n\nb"),
    ("hidden span does not", "a<span style='display: none'>x</span>b", "ab", "ab"),
    ("comment does not", "a<!-- x -->b", "ab", "ab"),
    ("line break", "a<br>b", "a\nb", "a  \nb"),
    ("line break at the end", "<p>a<br></p><p>b</p>", "a\n\nb", "a\n\nb"),
    ("Blogger paragraphs", "a<br /><br />b<br />&nbsp;<br /><br />c", "a\n\nb\n\nc", "a\n\nb\n\nc"),
    ("Blogger divisions", "<div>a</div><div><br></div><div>b</div>", "a\n\nb", "a\n\nb"),
    ("source line ends", "<p>a\nb\n   c</p>", "a b c", "a b c"),
    ("blanks across tags", "<p>a <b> b </b> c</p>", "a b c", "a **b** c"),
    ("no-break spaces", "<p>&nbsp;</p><p>&nbsp; a&nbsp;b &nbsp;</p>", "a b", "a b"),
    ("picture between words", "a<img src='x.png'>b", "a b", "a b"),
    ("sub and sup", "H<sub>2</sub>O x<sup>1</sup>", "H₂O x¹", "H₂O x¹"),
    ("definition list", "<dl><dt>T</dt><dd>D</dd></dl>", "T\n\nD", "**T**\n\nD"),
    # headings, emphasis, links
    ("heading", "<h2>A <b>b</b><br>c</h2>", "A b c", "## A b c"),
    ("empty heading", "<h2> </h2><p>a</p>", "a", "a"),
    ("emphasis", "<p><i>a</i> <em>b</em> <s>c</s></p>", "a b c", "*a* *b* ~~c~~"),
    ("emphasis in two pieces", "<b>Hel</b><strong>lo</strong>", "Hello", "**Hello**"),
    ("emphasis twice", "<b><strong>a</strong></b>", "a", "**a**"),
    ("label before text", "<p><b>Name:</b>text</p>", "Name:text", "**Name**:text"),
    ("emphasis over paragraphs", "<b>a<br><br>b</b>", "a\n\nb", "**a**\n\n**b**"),
    (
        "emphasis over blocks",
        "<b><h3>a</h3><ul><li>b</li></ul></b>",
        "a\n\nb",
        "### a\n\n- **b**",
    ),
    ("link", '<a href="/x">a</a>b', "ab", "[a](https://site.example/x)b"),
    (
        "link to itself",
        '<a href="https://a.example/_x_">https://a.example/_x_</a>',
        "https://a.example/_x_",
        "<https://a.example/_x_>",
    ),
    ("link that goes nowhere", '<a href="#x">a</a> <a href="javascript:x()">b</a>', "a b", "a b"),
    (
        "link with signs",
        '<a href="/a b(c">[1]</a>',
        "[1]",
        r"[\[1\]](https://site.example/a%20b%28c)",
    ),
    (
        "link around a card",
        '<a href="/x"><h3>T</h3><p>d</p></a>',
        "T\n\nd",
        "### [T](https://site.example/x)\n\nd",
    ),
    ("quote sign", "<p><q>a</q></p>", '"a"', '"a"'),
    # pictures and media
    (
        "picture",
        '<p>a <img src="/i.png" alt="An &lt;i"></p>',
        "a",
        "a ![An <i](https://site.example/i.png)",
    ),
    (
        "lazy picture",
        '<img src="data:image/gif;base64,R0" data-src="/i.png" alt="A">',
        "",
        "![A](https://site.example/i.png)",
    ),
    ("emoji picture", '<p>a <img class="emoji" alt="🙂" src="x.png"></p>', "a 🙂", "a 🙂"),
    (
        "video only",
        '<iframe src="https://tube.example/embed/_a_"></iframe>',
        "https://tube.example/embed/_a_",
        "https://tube.example/embed/_a_",
    ),
    (
        "lazy video",
        '<iframe data-src="//tube.example/a" src="about:blank"></iframe>',
        "https://tube.example/a",
        "https://tube.example/a",
    ),
    (
        "sound with sources",
        '<audio><source src="a.mp3?_=1"><a href="a.mp3">a.mp3</a></audio>',
        "https://site.example/post/a.mp3",
        "https://site.example/post/a.mp3",
    ),
    (
        "PDF shown and linked",
        '<object data="a.pdf"></object><a href="a.pdf">A</a>',
        "A",
        "[A](https://site.example/post/a.pdf)",
    ),
    (
        "video between words",
        'a<iframe src="https://t.example/"></iframe>b',
        "a\n\nhttps://t.example/\n\nb",
        "a\n\nhttps://t.example/\n\nb",
    ),
    # lists, quotes, code
    ("list", "<ul><li>a</li><li>b</li></ul>c", "a\nb\n\nc", "- a\n- b\n\nc"),
    (
        "nested list",
        "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>",
        "a\nb\nc",
        "- a\n  - b\n- c",
    ),
    ("list in list", "<ul><li>a</li><ul><li>b</li></ul></ul>", "a\nb", "- a\n  - b"),
    (
        "words after a nested list",
        "<ul><li>a<ul><li>b</li></ul>c</li></ul>",
        "a\nb\n\nc",
        "- a\n  - b\n\n  c",
    ),
    ("numbered list", '<ol start="9"><li>a<li>b</ol>', "a\nb", "9. a\n10. b"),
    ("paragraphs in an item", "<ul><li><p>a</p><p>b</p></li></ul>", "a\n\nb", "- a\n\n  b"),
    ("quote", "<blockquote><p>a</p><p>b</p></blockquote>", "a\n\nb", "> a\n>\n> b"),
    (
        "quote in quote",
        "<blockquote>a<blockquote>b</blockquote></blockquote>",
        "a\n\nb",
        "> a\n>\n> > b",
    ),
    (
        "code",
        "<pre><code class='language-py'>if a:\n    b_c  *d*\n\n\n\ne</code></pre>",
        "if a:\nb_c *d*\n\ne",
        "```py\nif a:\n    b_c  *d*\n\n\n\ne\n```",
    ),
    ("code with a fence", "<pre>a\n```\nb</pre>", "a\n```\nb", "````\na\n```\nb\n````"),
    ("code in a line", "<p>a <code>b_*c*</code></p>", "a b_*c*", "a `b_*c*`"),
    ("rule", "<p>a</p><hr><p>b</p>", "a\n\nb", "a\n\n---\n\nb"),
    # tables
    (
        "table",
        "<table><thead><tr><th>A</th><th>B</th></tr></thead><tr><td>1</td><td>2</td></tr></table>",
        "A | B\n1 | 2",
        "| A | B |\n| --- | --- |\n| 1 | 2 |",
    ),
    (
        "table without head",
        "<table><tr><td>A|a</td><td>B<br>b</td></tr><tr><td>1</td><td>2</td></tr></table>",
        "A|a | B b\n1 | 2",
        "| A\\|a | B b |\n| --- | --- |\n| 1 | 2 |",
    ),
    (
        "table with spans",
        "<table><tr><td colspan=2>A</td><td>B</td></tr>"
        "<tr><td rowspan=2>1</td><td>2</td><td>3</td></tr><tr><td>4</td><td>5</td></tr></table>",
        "A | | B\n1 | 2 | 3\n| 4 | 5",
        "| A |  | B |\n| --- | --- | --- |\n| 1 | 2 | 3 |\n|  | 4 | 5 |",
    ),
    (
        "list in a cell",
        "<table><tr><td><ul><li>a</li><li>b</li></ul></td><td><p>c</p><p>d</p></td></tr></table>",
        "• a • b | c d",
        "| • a • b | c d |\n| --- | --- |",
    ),
    (
        "caption",
        "<table><caption>C</caption><tr><td>1</td><td>2</td></tr></table>",
        "C\n\n1 | 2",
        "C\n\n| 1 | 2 |\n| --- | --- |",
    ),
    (
        "layout table",
        "<table><tr><td><p>a</p></td></tr><tr><td><p>b</p></td></tr></table>",
        "a\n\nb",
        "a\n\nb",
    ),
    (
        "table in a table",
        "<table><tr><td>a</td><td><table><tr><td>1</td><td>2</td></tr></table></td></tr></table>",
        "a\n\n1 | 2",
        "a\n\n| 1 | 2 |\n| --- | --- |",
    ),
    (
        "Blogger picture caption",
        '<table class="tr-caption-container"><tr><td><a href="i.png"><img src="i.png"></a></td>'
        '</tr><tr><td class="tr-caption">C</td></tr></table>',
        "C",
        "C",
    ),
    # cut
    (
        "share buttons",
        '<p>a</p><div class="sharedaddy sd-sharing-enabled">Share <a href="/s">T</a></div>',
        "a",
        "a",
    ),
    ("related posts", '<p>a</p><div id="jp-relatedposts">Related</div>', "a", "a"),
    ("likes", '<p>a</p><div class="wpl-likebox">Like</div>', "a", "a"),
    ("AddToAny", '<p>a</p><div class="addtoany_share_save_container">Share</div>', "a", "a"),
    (
        "Super Socializer",
        '<div class="heateor_sss_sharing_container">Share</div><p>a</p>',
        "a",
        "a",
    ),
    ("Simple Share Buttons", '<p>a</p><div class="ssba ssba-wrap">Share</div>', "a", "a"),
    ("screen reader text", '<p>a <span class="screen-reader-text">(opens)</span></p>', "a", "a"),
    ("script and style", "<style>p{}</style><p>a</p><script>x()</script>", "a", "a"),
    (
        "form",
        "<p>Long enough a text</p><form><label>Mail</label><input><button>Go</button></form>",
        "Long enough a text",
        "Long enough a text",
    ),
    (
        "form around all",
        "<form><p>All of the text</p><input></form>",
        "All of the text",
        "All of the text",
    ),
    ("second copy in noscript", "<p>a</p><noscript>b</noscript><p>c</p>", "a\n\nc", "a\n\nc"),
    ("all in noscript", "<noscript><p>a</p></noscript>", "a", "a"),
]


@pytest.mark.parametrize(
    ("html", "text"),
    [(case[1], case[2]) for case in FRAGMENTS],
    ids=[case[0] for case in FRAGMENTS],
)
def test_text(html: str, text: str) -> None:
    assert read_fragment(html, BASE).text == text


@pytest.mark.parametrize(
    ("html", "markdown"),
    [(case[1], case[3]) for case in FRAGMENTS],
    ids=[case[0] for case in FRAGMENTS],
)
def test_markdown(html: str, markdown: str) -> None:
    assert read_fragment(html, BASE).markdown == markdown


# What only looks like markup is escaped, and nothing else.
ESCAPED = [
    ("a *b* c", r"a \*b\* c"),
    ("5 * 3", "5 * 3"),
    ("snake_case and _b_", r"snake_case and \_b\_"),
    ("# no heading", r"\# no heading"),
    ("#hashtag", "#hashtag"),
    ("1986. A year", r"1986\. A year"),
    ("Room 1. Upstairs", "Room 1. Upstairs"),
    ("- no list", r"\- no list"),
    ("–  dash", "– dash"),
    ("+ no list", r"\+ no list"),
    ("> no quote", r"\> no quote"),
    ("---", r"\---"),
    ("[…] goes on", "[…] goes on"),
    ("[a](b)", r"[a\](b)"),
    ("`a`", r"\`a\`"),
    ("a < b & c", "a < b & c"),
    ("<b> &amp;", r"\<b> \&amp;"),
    ("C:\\dir", "C:\\dir"),
    ("a\\*b", r"a\\\*b"),
]


@pytest.mark.parametrize(("words", "markdown"), ESCAPED, ids=[case[0] for case in ESCAPED])
def test_escapes(words: str, markdown: str) -> None:
    body = read_fragment(f"<p>{escape(words)}</p>", BASE)
    assert body.markdown == markdown
    assert body.text == " ".join(words.split())


def test_an_exclamation_before_a_link_makes_no_picture() -> None:
    assert (
        read_fragment('Wow!<a href="/x">a</a>', BASE).markdown
        == r"Wow\![a](https://site.example/x)"
    )


def test_a_number_in_bold_makes_no_list() -> None:
    assert read_fragment("<p><b>1. First</b></p>", BASE).markdown == "**1. First**"


def test_links_are_absolute_and_in_order() -> None:
    html = (
        '<a href="/a" rel="nofollow">A <b>b</b></a> <a href="#c">c</a> <a href="tel:1">d</a>'
        '<a href="mailto:e@mail.example">e</a> <a href="//other.example/f"><img src="f.png"></a>'
        '<a href=" g\n"><h3>G</h3><p>g</p></a> <a href="http://[">h</a>'
        '<div class="sharedaddy"><a href="/share">s</a></div>'
    )
    assert read_fragment(html, BASE).links == (
        Link("https://site.example/a", "A b", "nofollow"),
        Link("mailto:e@mail.example", "e", None),
        Link("https://other.example/f", "", None),
        Link("https://site.example/post/g", "G g", None),
    )


HOSTILE = [
    ("divisions", "<div>x" * 5000 + "END" + "</div>" * 5000),
    ("divisions and bold", "<div><b>x" * 900 + "END" + "</div>" * 900),
    ("lists", "<ul><li>x" * 400 + "END"),
    ("quotes", "<blockquote>x" * 1000 + "END"),
    ("tables", "<table><tr><td>x" * 1000 + "END"),
    ("spans", "<span>x" * 5000 + "END"),
    ("comments", "x<!---->" * 20000 + "END"),
    ("hidden", "<i hidden>y</i>x" * 5000 + "END"),
    ("angles", "<" * 20000 + " END"),
    ("ampersands", "&" * 20000 + "END"),
    ("line breaks", "x<br>" * 5000 + "END"),
    ("one word", "x" * 300000 + "END"),
    ("wide cell", "<table><tr><td colspan=999999999>x<td rowspan=99999999>END</table>"),
]


@pytest.mark.parametrize("html", [case[1] for case in HOSTILE], ids=[case[0] for case in HOSTILE])
def test_hostile_markup_keeps_its_text(html: str) -> None:
    body = read_fragment(html, BASE)
    assert body.text.endswith("END")
    assert "END" in body.markdown


def test_a_long_body_takes_seconds_at_most() -> None:
    paragraph = "<p>" + "Some words that stand in a paragraph of a usual length. " * 8 + "</p>\n"
    html = paragraph * (1_000_000 // len(paragraph))
    with processor_time(10):
        body = read_fragment(html, BASE)
    assert len(body.text) > 900_000
