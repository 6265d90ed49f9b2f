"""What is written of tables: name, HTML, text, Markdown."""

import pytest

from cleaning.writing import read_fragment

BASE = "https://site.example/post/"

CASES = [
    (
        "rowspan",
        "<table><thead><tr><th rowspan=2>Street</th><th colspan=2>Hours</th></tr><tr><th>"
        "Given</th><th>Taken</th></tr></thead><tbody><tr><td rowspan=2>Mill Lane</td><td>"
        "312</td><td>207</td></tr><tr><td>418</td><td>399</td></tr></tbody></table>",
        "Street | Hours |\n| Given | Taken\nMill Lane | 312 | 207\n| 418 | 399",
        "| Street | Hours |  |\n| --- | --- | --- |\n|  | Given | Taken |\n| Mill Lane | "
        "312 | 207 |\n|  | 418 | 399 |",
    ),
    (
        "tfoot first",
        "<table><tfoot><tr><td>Sum</td><td>3</td></tr></tfoot><tbody><tr><td>a</td><td>"
        "1</td></tr><tr><td>b</td><td>2</td></tr></tbody></table>",
        "a | 1\nb | 2\nSum | 3",
        "| a | 1 |\n| --- | --- |\n| b | 2 |\n| Sum | 3 |",
    ),
    (
        "caption",
        "<table><caption>Cap <b>x</b></caption><tr><th>A</th><th>B</th></tr><tr><td>1</td>"
        "<td>2</td></tr></table>",
        "Cap x\n\nA | B\n1 | 2",
        "Cap **x**\n\n| A | B |\n| --- | --- |\n| 1 | 2 |",
    ),
    (
        "presentation",
        '<table role="presentation"><tr><td><h2>How</h2><p>x y</p></td><td><h2>What</h2><p>'
        "z</p></td></tr></table>",
        "How\n\nx y\n\nWhat\n\nz",
        "## How\n\nx y\n\n## What\n\nz",
    ),
    (
        "ranking table",
        "<table><tr><td>1</td><td>Ayr</td></tr><tr><td>2</td><td>Bury</td></tr></table>",
        "1 | Ayr\n2 | Bury",
        "| 1 | Ayr |\n| --- | --- |\n| 2 | Bury |",
    ),
    (
        "rowspan0",
        "<table><tr><td rowspan=0>A</td><td>1</td></tr><tr><td>2</td></tr></table>",
        "A | 1\n| 2",
        "| A | 1 |\n| --- | --- |\n|  | 2 |",
    ),
    (
        "rowspan over sections",
        "<table><thead><tr><th rowspan=5>A</th><th>B</th></tr></thead><tbody><tr><td>1</td>"
        "<td>2</td></tr></tbody></table>",
        "A | B\n1 | 2",
        "| A | B |\n| --- | --- |\n| 1 | 2 |",
    ),
    (
        "both spans",
        "<table><tr><th colspan=2 rowspan=2>X</th><th>a</th></tr><tr><th>b</th></tr><tr>"
        "<td>1</td><td>2</td><td>3</td></tr></table>",
        "X | | a\n| | b\n1 | 2 | 3",
        "| X |  | a |\n| --- | --- | --- |\n|  |  | b |\n| 1 | 2 | 3 |",
    ),
    (
        "cell pipes and breaks",
        "<table><tr><th>A|b</th><th>c<br>d</th></tr><tr><td><code>x|y</code></td><td><p>"
        "e</p><p>f</p></td></tr></table>",
        "A|b | c d\nx|y | e f",
        "| A\\|b | c d |\n| --- | --- |\n| `x\\|y` | e f |",
    ),
    (
        "caption at end",
        "<table><tr><td>1</td><td>2</td></tr><caption>C</caption></table>",
        "1 | 2\n\nC",
        "| 1 | 2 |\n| --- | --- |\n\nC",
    ),
    (
        "none role",
        "<table role=none><tr><td>left</td><td>right</td></tr></table>",
        "left\n\nright",
        "left\n\nright",
    ),
    (
        "nested layout",
        "<table><tr><td>menu</td><td><table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>"
        "2</td></tr></table></td></tr></table>",
        "menu\n\nA | B\n1 | 2",
        "menu\n\n| A | B |\n| --- | --- |\n| 1 | 2 |",
    ),
    (
        "one row table",
        "<table><tr><td>Tel</td><td>123</td></tr></table>",
        "Tel | 123",
        "| Tel | 123 |\n| --- | --- |",
    ),
    (
        "layout with article",
        '<table><tr><td><a href="/a">A</a><br><a href="/b">B</a></td><td><p>Some words of '
        "a text that goes on for a while in the cell beside the menu.</p><p>Some words of "
        "a text that goes on for a while in the cell beside the menu.</p><p>Some words of "
        "a text that goes on for a while in the cell beside the menu.</p><p>Some words of "
        "a text that goes on for a while in the cell beside the menu.</p><p>Some words of "
        "a text that goes on for a while in the cell beside the menu.</p></td></tr></table>",
        "A\nB\n\nSome words of a text that goes on for a while in the cell beside the "
        "menu.\n\nSome words of a text that goes on for a while in the cell beside the "
        "menu.\n\nSome words of a text that goes on for a while in the cell beside the "
        "menu.\n\nSome words of a text that goes on for a while in the cell beside the "
        "menu.\n\nSome words of a text that goes on for a while in the cell beside the "
        "menu.",
        "[A](https://site.example/a)  \n[B](https://site.example/b)\n\nSome words of a "
        "text that goes on for a while in the cell beside the menu.\n\nSome words of a "
        "text that goes on for a while in the cell beside the menu.\n\nSome words of a "
        "text that goes on for a while in the cell beside the menu.\n\nSome words of a "
        "text that goes on for a while in the cell beside the menu.\n\nSome words of a "
        "text that goes on for a while in the cell beside the menu.",
    ),
    (
        "links in cells",
        '<table><tr><th>N</th><th>L</th></tr><tr><td>a</td><td><a href="/x">x</a></td></tr>'
        "</table>",
        "N | L\na | x",
        "| N | L |\n| --- | --- |\n| a | [x](https://site.example/x) |",
    ),
    (
        "image cells",
        '<table><tr><th>N</th><th>P</th></tr><tr><td>a</td><td><img src="/i.png" alt="I">'
        "</td></tr></table>",
        "N | P\na |",
        "| N | P |\n| --- | --- |\n| a | ![I](https://site.example/i.png) |",
    ),
]


@pytest.mark.parametrize(
    ("html", "text", "markdown"),
    [case[1:] for case in CASES],
    ids=[case[0] for case in CASES],
)
def test_tables(html: str, text: str, markdown: str) -> None:
    body = read_fragment(html, BASE)
    assert (body.text, body.markdown) == (text, markdown)
