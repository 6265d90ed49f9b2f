"""What is written of pictures, films and addresses: name, HTML, text, Markdown."""

import pytest

from cleaning.writing import read_fragment

BASE = "https://site.example/post/"

CASES = [
    (
        "figure quote",
        "<figure><blockquote><p>Nothing.</p></blockquote><figcaption>Anne</figcaption></figure>",
        "Nothing.\n\nAnne",
        "> Nothing.\n\nAnne",
    ),
    (
        "srcset",
        '<p><img srcset="/480.jpg 480w, /960.jpg 960w" alt="Hall"> x <img '
        'src="data:image/gif;base64,R0" data-original="/o.jpg" alt="O"><picture><source '
        'srcset="/p.webp 1x, /p2.webp 2x"><img alt="P"></picture><img '
        'src="data:image/gif;base64,R" alt="N"><noscript><img src="/n.jpg" alt="N">'
        '</noscript><img data-src="/m.jpg" alt="M"><noscript><img src="/m.jpg?x" alt="M">'
        "</noscript></p>",
        "x",
        "![Hall](https://site.example/960.jpg) x ![O](https://site.example/o.jpg) "
        "![P](https://site.example/p2.webp) ![N](https://site.example/n.jpg) "
        "![M](https://site.example/m.jpg)",
    ),
    (
        "media",
        '<figure><video controls src="/v.mp4"></video></figure><audio><source src="/a.mp3">'
        '</audio><iframe src="https://p.example/e/1"></iframe>',
        "https://site.example/v.mp4\n\nhttps://site.example/a.mp3\n\nhttps://p.example/e/1",
        "https://site.example/v.mp4\n\nhttps://site.example/a.mp3\n\nhttps://p.example/e/1",
    ),
    (
        "base",
        '<base href="/archive/2019/"><p><a href="m.html">m</a> <img src="p.jpg" alt="P"></p>',
        "m",
        "[m](https://site.example/archive/2019/m.html) "
        "![P](https://site.example/archive/2019/p.jpg)",
    ),
    (
        "odd",
        '<p {{ x }} @click="a" :class="{b}">Lamps</p><div {{attrs}} class="b"><p>Rails</p></div>',
        "Lamps\n\nRails",
        "Lamps\n\nRails",
    ),
    (
        "linked picture",
        '<a href="/x"><img src="/i.png" alt="A"></a>',
        "",
        "[![A](https://site.example/i.png)](https://site.example/x)",
    ),
    (
        "noscript pixel",
        '<p>a</p><noscript><img src="/pixel.gif" alt="Q"></noscript><p>b</p>',
        "a\n\nb",
        "a\n\nb",
    ),
    (
        "noscript pixel in a line",
        '<p>a <noscript><img src="/pixel.gif" alt="Q"></noscript>b</p>',
        "a b",
        "a b",
    ),
    (
        "noscript before",
        '<noscript><img src="/i.png" alt="I"></noscript><img class=lazy src="data:x" alt="I">',
        "",
        "![I](https://site.example/i.png)",
    ),
    (
        "noscript behind",
        '<figure><img src="data:x" alt="I"><noscript><img src="/i.png" alt="I"></noscript>'
        "</figure>",
        "",
        "![I](https://site.example/i.png)",
    ),
    (
        "noscript twice",
        '<div><img data-src="/i.png" alt="I"></div><noscript><img src="/i.png" alt="I"></noscript>',
        "",
        "![I](https://site.example/i.png)",
    ),
    (
        "noscript in a box",
        '<img class=l alt=I><div><noscript><img src="/i.png" alt="I"></noscript></div>',
        "",
        "![I](https://site.example/i.png)",
    ),
    (
        "embed",
        "<p>a<embed src=/x>b c</p>d",
        "a\n\nhttps://site.example/x\n\nb c\n\nd",
        "a\n\nhttps://site.example/x\n\nb c\n\nd",
    ),
    (
        "picture sizes",
        '<p><img src="/s.jpg" srcset="/s.jpg 300w, /l.jpg 1200w" alt="A"> <img '
        'data-srcset="/m.jpg 2x" src="/blank.gif" alt="B"> <img loading=lazy src="/c.jpg" '
        'alt="C"> <img alt="no src"> <img src="/d.jpg" alt=""> <img data-lazy-src="/e.jpg" '
        'src="data:image/svg+xml,x" alt="E"> <amp-img src="/f.jpg" alt="F"></amp-img></p>',
        "",
        "![A](https://site.example/s.jpg) ![B](https://site.example/m.jpg) "
        "![C](https://site.example/c.jpg) ![E](https://site.example/e.jpg) "
        "![F](https://site.example/f.jpg)",
    ),
    (
        "figure",
        '<figure><a href="/full.jpg"><img src="/t.jpg" alt="T"></a><figcaption>Words <em>'
        "x</em></figcaption></figure>",
        "Words x",
        "[![T](https://site.example/t.jpg)](https://site.example/full.jpg)\n\nWords *x*",
    ),
    (
        "media2",
        '<video poster="/p.jpg"><source src="/a.webm"><source src="/a.mp4">no video</video>'
        '<object data="/d.swf"></object><embed src="/e.swf"><iframe '
        'data-src="//t.example/x" src="about:blank"></iframe><iframe '
        'src="javascript:void(0)"></iframe><iframe srcdoc="<p>x</p>"></iframe><audio '
        'controls><a href="/z.mp3">z</a></audio><iframe src="https://gtm.example/ns.html" '
        'height="0" width="0" style="display:none;visibility:hidden"></iframe>',
        "https://site.example/a.webm\n\nhttps://site.example/d.swf\n\n"
        "https://site.example/e.swf\n\nhttps://t.example/x\n\nhttps://site.example/z.mp3",
        "https://site.example/a.webm\n\nhttps://site.example/d.swf\n\n"
        "https://site.example/e.swf\n\nhttps://t.example/x\n\nhttps://site.example/z.mp3",
    ),
    (
        "media in text",
        '<p>See <video src="/v.mp4"></video> here.</p><p><a href="/v2.mp4">film</a> <video '
        'src="/v2.mp4"></video></p>',
        "See\n\nhttps://site.example/v.mp4\n\nhere.\n\nfilm",
        "See\n\nhttps://site.example/v.mp4\n\nhere.\n\n[film](https://site.example/v2.mp4)",
    ),
    (
        "base variants",
        '<base href="https://other.example/x/y.html"><a href="z">z</a> <a href="/r">r</a>'
        '<a href="?q=1">q</a><iframe src="v"></iframe>',
        "z rq\n\nhttps://other.example/x/v",
        "[z](https://other.example/x/z) "
        "[r](https://other.example/r)[q](https://other.example/x/y.html?q=1)\n\n"
        "https://other.example/x/v",
    ),
    (
        "odd2",
        '<p {{#if x}} class="a" {%y%} ng-class="{a:b}" v-on:click="f" data-x=\'{"a":1}\' '
        '"stray">Words</p><a {{href}} href="/x">x</a><img {{y}} src="/i.png" alt="I">',
        "Words\n\nx",
        "Words\n\n[x](https://site.example/x) ![I](https://site.example/i.png)",
    ),
]


@pytest.mark.parametrize(
    ("html", "text", "markdown"),
    [case[1:] for case in CASES],
    ids=[case[0] for case in CASES],
)
def test_media(html: str, text: str, markdown: str) -> None:
    body = read_fragment(html, BASE)
    assert (body.text, body.markdown) == (text, markdown)
