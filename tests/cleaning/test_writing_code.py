"""What is written of code: name, HTML, text, Markdown."""

import pytest

from cleaning.writing import read_fragment

BASE = "https://site.example/post/"

CASES = [
    ("tabs in pre", "<pre>\na\tb\n\tc\n</pre>", "a b\nc", "```\na\tb\n\tc\n```"),
    (
        "pre of divs",
        "<pre><div>if a:</div><div>    b</div><div><br></div><div>c</div></pre>",
        "if a:\nb\n\nc",
        "```\nif a:\n    b\n\nc\n```",
    ),
    (
        "pre of divs nl",
        "<pre><div>if a:\n</div><div>    b\n</div><div>\n</div><div>c\n</div></pre>",
        "if a:\nb\n\nc",
        "```\nif a:\n    b\n\nc\n```",
    ),
    (
        "pre span lines",
        "<pre><code><span class=line>if a:</span>\n<span class=line>    b</span>\n<span "
        "class=line></span>\n<span class=line>c</span></code></pre>",
        "if a:\nb\n\nc",
        "```\nif a:\n    b\n\nc\n```",
    ),
    (
        "pre leading indent spans",
        "<pre><span>    </span><span>a</span>\n<span>  </span>b</pre>",
        "a\nb",
        "```\n    a\n  b\n```",
    ),
    ("pre br", "<pre>a<br>  b<br><br>c</pre>", "a\nb\n\nc", "```\na\n  b\n\nc\n```"),
    (
        "gutter table",
        '<table><tr><td class="linenos"><pre>1\n2</pre></td><td class="code"><pre><span>'
        "def</span> a:\n    b</pre></td></tr></table>",
        "def a:\nb",
        "```\ndef a:\n    b\n```",
    ),
    (
        "gutter div",
        "<div><pre>1\n2</pre><pre>def a:\n    b</pre></div>",
        "def a:\nb",
        "```\ndef a:\n    b\n```",
    ),
    (
        "gutter spans",
        "<pre><span class=ln>1</span>def a:\n<span class=ln>2</span>    b\n<span class=ln>"
        "3</span>c</pre>",
        "def a:\nb\nc",
        "```\ndef a:\n    b\nc\n```",
    ),
    (
        "syntaxhighlighter",
        '<div><table><tr><td class="gutter"><div>1</div><div>2</div></td><td class="code">'
        "<div class=container><div><code>def</code> <code>a:</code></div><div><code>"
        "&nbsp;&nbsp;&nbsp;&nbsp;</code><code>b</code></div></div></td></tr></table></div>",
        "def a:\nb",
        "```\ndef a:\n    b\n```",
    ),
    (
        "row per line",
        '<table><tr><td data-line-number=1></td><td class="blob-code"><span>def</span> '
        "a:</td></tr><tr><td data-line-number=2></td><td class=blob-code>    b</td></tr>"
        "</table>",
        "def a:\nb",
        "```\ndef a:\n    b\n```",
    ),
    (
        "short code",
        "<p>Type <code>x</code>, <code>l`s</code> and <kbd>Alt</kbd><kbd> </kbd><kbd>"
        "Space</kbd> by<code> </code>hand <code>a</code> <code>b</code></p>",
        "Type x, l`s and Alt Space by hand a b",
        "Type `x`, ``l`s`` and `Alt Space` by hand `a` `b`",
    ),
    ("prewrap", "<p style='white-space: pre-wrap'>a\nb</p>", "a\nb", "a  \nb"),
    (
        "shortcode",
        '<p>[vc_row full_width="stretch_row"][vc_column]</p><p>[/vc_column]Words '
        '[sic][/vc_row]</p><pre>[vc_row a="b"]</pre>',
        'Words [sic]\n\n[vc_row a="b"]',
        'Words [sic]\n\n```\n[vc_row a="b"]\n```',
    ),
    (
        "mono",
        "<div style='white-space:pre;font-family:monospace'>a\n   b</div>",
        "a\nb",
        "```\na\n   b\n```",
    ),
    ("xmp", "<xmp>a\n  <b></xmp>", "a\n<b>", "```\na\n  <b>\n```"),
    (
        "pre with language",
        "<pre class='brush: js'>a</pre><div class='highlight-source-python'><pre>b</pre>"
        "</div><pre><code class='lang-js hljs'>c</code></pre><pre lang='css'>d</pre>",
        "a\n\nb\n\nc\n\nd",
        "```js\na\n```\n\n```\nb\n```\n\n```js\nc\n```\n\n```\nd\n```",
    ),
    (
        "gutter ol code",
        "<pre><ol><li>def a:</li><li>    b</li></ol></pre>",
        "def a:\nb",
        "```\ndef a:\n    b\n```",
    ),
    (
        "code li lines",
        "<ol class=code><li><code>a = 1</code></li><li><code>  b = 2</code></li></ol>",
        "a = 1\nb = 2",
        "1. `a = 1`\n2. `b = 2`",
    ),
    (
        "gutter float",
        "<div class=code><div class=gutter>1\n2\n3</div><pre>a\n  b\nc</pre></div>",
        "a\nb\nc",
        "```\na\n  b\nc\n```",
    ),
    (
        "gutter spans block",
        '<pre><span style="display:block"><span>1</span>a</span><span '
        'style="display:block"><span>2</span>  b</span></pre>',
        "a\nb",
        "```\na\n  b\n```",
    ),
    (
        "figure code",
        "<figure><pre>a</pre><figcaption>Listing 1</figcaption></figure>",
        "a\n\nListing 1",
        "```\na\n```\n\nListing 1",
    ),
    (
        "code in link",
        '<p><a href="/x"><code>f()</code></a> and <code><a href="/y">g()</a></code></p>',
        "f() and g()",
        "[`f()`](https://site.example/x) and [`g()`](https://site.example/y)",
    ),
    (
        "code in bold",
        "<p><b><code>f()</code></b> <i>a <code>b</code></i></p>",
        "f() a b",
        "**`f()`** *a `b`*",
    ),
    ("long code block inline", "<p>x <code>a\nb</code> y</p>", "x a b y", "x `a b` y"),
    ("code multi line", "<code>a<br>b<br>c</code>", "a\nb\nc", "`a`  \n`b`  \n`c`"),
    ("var", "<p><var>x</var> <samp>out</samp> <tt>t</tt></p>", "x out t", "x `out` `t`"),
]


@pytest.mark.parametrize(
    ("html", "text", "markdown"),
    [case[1:] for case in CASES],
    ids=[case[0] for case in CASES],
)
def test_code(html: str, text: str, markdown: str) -> None:
    body = read_fragment(html, BASE)
    assert (body.text, body.markdown) == (text, markdown)
