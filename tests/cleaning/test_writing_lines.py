"""What is written of lines, headings, links and emphasis: name, HTML, text, Markdown."""

import pytest

from cleaning.writing import read_fragment

BASE = "https://site.example/post/"

CASES = [
    (
        "pilcrow",
        '<h2>Who<a class="headerlink" href="#who">¶</a></h2><h3><a href="#x">#</a> How</h3>'
        '<h2><a href="#t">Linked title</a></h2>',
        "Who\n\nHow\n\nLinked title",
        "## Who\n\n### How\n\n## Linked title",
    ),
    (
        "br in strong",
        "<p><strong>Date<br></strong>4 May<br><em>Place<br></em>Hall</p>",
        "Date\n4 May\nPlace\nHall",
        "**Date**  \n4 May  \n*Place*  \nHall",
    ),
    ("br both", "<p><b>a<br>b</b><br/>\n c</p>", "a\nb\nc", "**a  \nb**  \nc"),
    (
        "block spans",
        '<h2><span style="display:block">Part two</span><span style="display:block">Who '
        'pays</span></h2><p><b style="display: block;">Place</b>Old bakery</p>',
        "Part two Who pays\n\nPlace\n\nOld bakery",
        "## Part two Who pays\n\n**Place**\n\nOld bakery",
    ),
    (
        "flex",
        '<div style="display:flex;justify-content:space-between"><span>Monday</span><span>'
        'nine</span></div><p>the <span style="display:inline-block">gate</span><span '
        'style="display:inline-block">or</span></p><p><span style="display:inline-block">'
        'C</span><span style="display:inline-block">o</span></p>',
        "Monday nine\n\nthe gate or\n\nCo",
        "Monday nine\n\nthe gate or\n\nCo",
    ),
    (
        "button",
        "<p>Every <button>hour credit</button> is worth, and a <button>broker</button>.</p>"
        "<p><button>Copy</button> <button>Print</button></p>",
        "Every hour credit is worth, and a broker.",
        "Every hour credit is worth, and a broker.",
    ),
    (
        "label",
        "<p>Every <label for=x>hour credit</label> is worth</p>",
        "Every hour credit is worth",
        "Every hour credit is worth",
    ),
    (
        "q",
        "<p>He said <q>a <b>b</b></q>, <q> c </q>.</p>",
        'He said "a b", "c" .',
        'He said "a **b**", "c" .',
    ),
    (
        "bold link",
        '<p><b>x <a href="/y">y</a>:</b>z <a href="/y"><b>w</b></a></p>',
        "x y:z w",
        "**x [y](https://site.example/y)**:z [**w**](https://site.example/y)",
    ),
    (
        "wbr",
        "<p>neigh<wbr>bourhood calls it</p>",
        "neighbourhood calls it",
        "neighbourhood calls it",
    ),
    ("tilde", "<p>~5 to ~6 and ~a~</p>", "~5 to ~6 and ~a~", "~5 to ~6 and ~a\\~"),
    (
        "anchors",
        '<h2 id=a><a class="anchor" href="#a" aria-hidden="true"><svg></svg></a>One</h2>'
        '<h2>Two <a href="#b" title="Permalink">#</a></h2><h2>Three<a '
        'href="https://site.example/post/#c">¶</a></h2><h2><span class="mw-headline">'
        'Four</span><a href="#d">§</a></h2><h3>Five<a href="#e">🔗</a></h3><h3>C#</h3><p>'
        'See § 4 and <a href="#f">note 3</a> <a href="#g">↩</a></p><h3>Six <a href="#x">'
        "Link</a></h3>",
        "One\n\nTwo\n\nThree\n\nFour\n\nFive\n\nC#\n\nSee § 4 and note 3\n\nSix Link",
        "## One\n\n## Two\n\n## Three\n\n## Four\n\n### Five\n\n### C#\n\nSee § 4 and note "
        "3\n\n### Six Link",
    ),
    (
        "br in em mid",
        "<p><em>a<br></em><em>b</em> c<strong><br>d</strong></p>",
        "a\nb c\nd",
        "*a  \nb* c  \n**d**",
    ),
    ("br before block", "<div>a<br><div>b</div>c<br></div>", "a\n\nb\n\nc", "a\n\nb\n\nc"),
    (
        "br heading cell",
        "<h2>a<br>b</h2><table><tr><td>a<br>b</td><td>c</td></tr></table>",
        "a b\n\na b | c",
        "## a b\n\n| a b | c |\n| --- | --- |",
    ),
    (
        "block em",
        '<p>a <em style="display:block">b</em> c</p><a style="display:block" href="/x">'
        'd</a><a style="display:block" href="/y">e</a>',
        "a\n\nb\n\nc\n\nd\n\ne",
        "a\n\n*b*\n\nc\n\n[d](https://site.example/x)\n\n[e](https://site.example/y)",
    ),
    (
        "grid",
        '<div style="display:grid"><b>a</b><b>b</b></div><div style="display:inline-flex">'
        '<i>c</i><i>d</i></div><span style="display: table-cell">e</span><span '
        'style="display: table-cell">f</span>',
        "a b\n\nc d\n\ne\n\nf",
        "**a b**\n\n*c d*\n\ne\n\nf",
    ),
    ("li flex", '<ul style="display:flex"><li>a</li><li>b</li></ul>', "a\nb", "- a\n- b"),
    ("hr", "<hr><p>a</p><hr><hr><p>b</p><hr>", "a\n\nb", "a\n\n---\n\nb"),
    (
        "hard text",
        "<p>a * b _c_ # d</p><p>1) x</p><p>+ y</p><p>&lt;div&gt; &amp;copy;</p><p>"
        "http://a_b_c.example/_x_</p>",
        "a * b _c_ # d\n\n1) x\n\n+ y\n\n<div> &copy;\n\nhttp://a_b_c.example/_x_",
        "a * b \\_c\\_ # d\n\n1\\) x\n\n\\+ y\n\n\\<div> \\&copy;\n\nhttp://a_b_c.example/\\_x\\_",
    ),
    (
        "address",
        "<address>12 Mill Lane<br>Upper Ferry</address>",
        "12 Mill Lane\nUpper Ferry",
        "12 Mill Lane  \nUpper Ferry",
    ),
    (
        "underline",
        "<p><u>a</u> <ins>b</ins> <mark>c</mark> <small>d</small> <abbr title=x>e</abbr></p>",
        "a b c d e",
        "a b c d e",
    ),
    (
        "p in a",
        "<a href='/x'><p>a</p><p>b</p></a><p><a href='/y'>c</a></p>",
        "a\n\nb\n\nc",
        "[a](https://site.example/x)\n\nb\n\n[c](https://site.example/y)",
    ),
    ("heading link para", "<h2><a href='/x'>T</a></h2>", "T", "## [T](https://site.example/x)"),
    ("role heading", "<div role=heading aria-level=3>T</div><p>x</p>", "T\n\nx", "### T\n\nx"),
    ("entities", "<p>a&nbsp;&nbsp;b &lt;c&gt; &#8217; &shy;d</p>", "a b <c> ’ d", "a b \\<c> ’ d"),
    ("cjk emphasis", "<p>他说<b>「你好」</b>然后</p>", "他说「你好」然后", "他说**「你好」**然后"),
    (
        "shadow",
        "<div><template shadowrootmode=open><p>in</p></template><p>light</p></div>",
        "in\n\nlight",
        "in\n\nlight",
    ),
    ("number heading", "<h2>2. Two</h2><p>2. two</p>", "2. Two\n\n2. two", "## 2. Two\n\n2\\. two"),
]


@pytest.mark.parametrize(
    ("html", "text", "markdown"),
    [case[1:] for case in CASES],
    ids=[case[0] for case in CASES],
)
def test_lines(html: str, text: str, markdown: str) -> None:
    body = read_fragment(html, BASE)
    assert (body.text, body.markdown) == (text, markdown)
