"""What is written of lists, quotes and terms: name, HTML, text, Markdown."""

import pytest

from cleaning.writing import read_fragment

BASE = "https://site.example/post/"

CASES = [
    (
        "details",
        "<details><summary>Who?</summary><p>Anyone.</p></details>",
        "Who?\n\nAnyone.",
        "**Who?**\n\nAnyone.",
    ),
    (
        "details text",
        "<details><summary>Who <b>can</b>?</summary>Anyone.</details>",
        "Who can?\n\nAnyone.",
        "**Who can?**\n\nAnyone.",
    ),
    (
        "quote src",
        "<blockquote><p>Nothing about us.</p><footer>— <cite>Report</cite></footer></blockquote>",
        "Nothing about us.\n\n— Report",
        "> Nothing about us.\n>\n> — Report",
    ),
    (
        "ol value",
        "<ol><li value=10>a<li>b<li value=17>c</ol><ol reversed><li>x<li>y</ol><ol "
        "reversed start=9><li>x<li>y</ol><ol start=0><li>z</ol>",
        "a\nb\nc\n\nx\ny\n\nx\ny\n\nz",
        "10. a\n11. b\n17. c\n\n2. x\n1. y\n\n9. x\n8. y\n\n0. z",
    ),
    (
        "dl",
        "<dl><dt>Hour</dt><dd>What <i>any</i>.</dd><dt>Broker</dt><dd><p>Who</p><p>two</p>"
        "</dd></dl>",
        "Hour\n\nWhat any.\n\nBroker\n\nWho\n\ntwo",
        "**Hour**\n\nWhat *any*.\n\n**Broker**\n\nWho\n\ntwo",
    ),
    (
        "ul text",
        "<ul>The cooks asked:<li>A second oven</li></ul>",
        "The cooks asked:\n\nA second oven",
        "The cooks asked:\n\n- A second oven",
    ),
    (
        "nested ol",
        '<ol start="5"><li>Ring<ul><li>twice</li></ul></li><li>Wait</li></ol>',
        "Ring\ntwice\nWait",
        "5. Ring\n   - twice\n6. Wait",
    ),
    (
        "nest p",
        "<ul><li><p>a</p><p>b</p><ul><li>c</li></ul></li><li>d<blockquote>q</blockquote>"
        "</li><li>e<pre>x\n  y</pre></li></ul>",
        "a\n\nb\n\nc\n\nd\n\nq\n\ne\n\nx\ny",
        "- a\n\n  b\n\n  - c\n\n- d\n\n  > q\n\n- e\n\n  ```\n  x\n    y\n  ```",
    ),
    ("two same lists", "<ol><li>a</ol><ol><li>b</ol>", "a\n\nb", "1. a\n\n1. b"),
    (
        "details open",
        "<details open><summary><h3>Q?</h3></summary>A.</details>",
        "Q?\n\nA.",
        "**Q?**\n\nA.",
    ),
    (
        "nested details",
        "<details><summary>Q</summary><details><summary>R</summary><p>s</p></details></details>",
        "Q\n\nR\n\ns",
        "**Q**\n\n**R**\n\ns",
    ),
    (
        "quote cite line",
        "<blockquote>Words.<cite>Anne, 2019</cite></blockquote><blockquote><p>W</p>"
        "</blockquote><cite>Ben</cite>",
        "Words.\n\nAnne, 2019\n\nW\n\nBen",
        "> Words.\n>\n> Anne, 2019\n\n> W\n\nBen",
    ),
    ("quote br", "<blockquote>a<br>b<br><br>c</blockquote>", "a\nb\n\nc", "> a  \n> b\n>\n> c"),
    (
        "quote list",
        "<blockquote><ul><li>a</li><li>b</li></ul><p>c</p></blockquote>",
        "a\nb\n\nc",
        "> - a\n> - b\n>\n> c",
    ),
    (
        "list quote code",
        "<ol><li>a<pre>x</pre>b</li><li>c</li></ol>",
        "a\n\nx\n\nb\n\nc",
        "1. a\n\n   ```\n   x\n   ```\n\n   b\n\n2. c",
    ),
    ("two quotes", "<blockquote>a</blockquote><blockquote>b</blockquote>", "a\n\nb", "> a\n\n> b"),
    ("ol type", "<ol type=a start=3><li>c<li>d</ol>", "c\nd", "3. c\n4. d"),
    ("ol zero neg", "<ol start=-1><li>a<li>b<li>c</ol>", "a\nb\nc", "0. a\n0. b\n1. c"),
    (
        "ol value in reversed",
        "<ol reversed><li value=7>a<li>b<li value=2>c</ol>",
        "a\nb\nc",
        "7. a\n6. b\n2. c",
    ),
    (
        "ol nested value",
        "<ol><li value=3>a<ol start=7><li>b</ol></li><li>c</ol>",
        "a\nb\nc",
        "3. a\n   7. b\n4. c",
    ),
    (
        "ol with text between",
        "<ol><li>a</ol><p>t</p><ol start=2><li>b</ol>",
        "a\n\nt\n\nb",
        "1. a\n\nt\n\n2. b",
    ),
    (
        "br in link",
        "<p><a href='/x'>a<br>b</a><br>c</p>",
        "a\nb\nc",
        "[a  \nb](https://site.example/x)  \nc",
    ),
    ("br in li", "<ul><li>a<br>b</li></ul>", "a\nb", "- a  \n  b"),
    (
        "dl div",
        "<dl><div><dt>A</dt><dd>1</dd></div><div><dt>B</dt><dd>2</dd><dd>3</dd></div></dl>",
        "A\n\n1\n\nB\n\n2\n\n3",
        "**A**\n\n1\n\n**B**\n\n2\n\n3",
    ),
    (
        "dl links",
        "<dl><dt><a href='/x'>A</a></dt><dd><ul><li>1</li></ul></dd></dl>",
        "A\n\n1",
        "[A](https://site.example/x)\n\n- 1",
    ),
    (
        "checkbox list",
        "<ul><li><input type=checkbox checked> done</li><li><label><input type=checkbox> "
        "todo</label></li></ul>",
        "done\ntodo",
        "- done\n- todo",
    ),
    ("list tab", "<ul role=list><li>a<li>b</ul><menu><li>c</menu>", "a\nb\n\nc", "- a\n- b\n\n- c"),
    ("a around li", "<ul><a href=/x><li>a</li></a></ul>", "a", "- [a](https://site.example/x)"),
]


@pytest.mark.parametrize(
    ("html", "text", "markdown"),
    [case[1:] for case in CASES],
    ids=[case[0] for case in CASES],
)
def test_lists(html: str, text: str, markdown: str) -> None:
    body = read_fragment(html, BASE)
    assert (body.text, body.markdown) == (text, markdown)
