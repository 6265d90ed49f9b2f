"""What is told of a page, cut from it, kept of it, and what stands in where little is found."""

import lxml.html
import numpy as np
import pytest
from numpy.typing import NDArray

from cleaning.boilerplate import KINDS, extract_body
from cleaning.boilerplate.names import AREA_BITS, read_area
from cleaning.pruning import _HIDDEN_CLASSES

STORY = (
    "In spring the tenants of three towers met in the old laundry, listed what the lifts cost them "
    "in time and temper, and wrote with the council's engineer a plan that both could sign."
)
FRAME = """<html><head><title>{title} | Tower News</title>{head}</head><body>
<header><a href="/">Tower News</a><nav><ul><li><a href="/about">About us</a></li>
<li><a href="/all">Everything</a></li></ul></nav></header>
<main>{content}</main>
<footer><p>© 2024 Tower News. All rights reserved.</p></footer></body></html>"""


def _page(content: str, title: str = "Lifts that work", head: str = "") -> str:
    return FRAME.format(title=title, head=head, content=content)


ARTICLE = f"<article><h1>Lifts that work</h1>{f'<p>{STORY}</p>' * 8}</article>"

MANUAL = "<article class='markdown'><h1>Configuration</h1>" + "".join(
    f"<h2 id='s{n}'>Option {n}</h2><p>Sets the number of workers that the server starts, counted "
    f"from {n}. Defaults to {n}.</p><pre><code class='language-python'>config.workers = {n}\n"
    f"config.start()</code></pre><p>See <a href='#s{n + 1}'><code>config.start</code></a>.</p>"
    for n in range(1, 12)
)
THREAD = "<h1>Which lift company?</h1>" + "".join(
    f"<div class='post' id='post-{n}'><div class='username'><a href='/members/{n}'>Tenant {n}</a>"
    f"</div><time>{n} May 2024, 10:2{n}</time><div class='message'><p>Reply {n}. {STORY}</p></div>"
    "<div class='actions'><a href='#'>Quote</a> <a href='#'>Report</a></div></div>"
    for n in range(1, 9)
)
GOODS = "<h1>Garden tools</h1><ul class='products'>" + "".join(
    f"<li class='product-card'><a href='/products/spade-{n}'><img alt='' src='/{n}.jpg'>"
    f"<h3>Spade number {n}</h3></a><span class='price'>£{n}9.00</span>"
    "<button>Add to basket</button></li>"
    for n in range(1, 30)
)
SHOP = "https://shop.example/collections/garden-tools"
OF_A_KIND = {
    "article": (_page(ARTICLE), "https://site.example/blog/2024/05/lifts-that-work"),
    "documentation": (_page(MANUAL, "Configuration"), "https://docs.example/en/latest/reference"),
    "forum": (_page(THREAD, "Which lift company?"), "https://site.example/forum/t/lifts/4711"),
    "collection": (_page(GOODS + "</ul>", "Garden tools"), SHOP),
}


@pytest.mark.parametrize("kind", OF_A_KIND)
def test_the_kind_is_told_from_the_page(kind: str) -> None:
    found = extract_body(*OF_A_KIND[kind])
    assert found.kind == kind
    assert found.confidence is not None
    assert 1 / len(KINDS) < found.confidence < 1


@pytest.mark.parametrize("hint", [None, "poem", 7, ["article"]], ids=str)
def test_what_is_no_kind_is_no_hint(hint: object) -> None:
    page, url = OF_A_KIND["article"]
    assert extract_body(page, url, hints=hint) == extract_body(page, url)


@pytest.mark.parametrize("kind", OF_A_KIND)
def test_text_is_read_and_the_frame_is_not(kind: str) -> None:
    page, url = OF_A_KIND[kind]
    found = extract_body(page, url)
    wanted = {
        "article": [STORY],
        "documentation": ["Option 7", "config.workers = 7", "Sets the number of workers"],
        "forum": [f"Reply {n}. {STORY}" for n in range(1, 9)],
        "collection": [f"Spade number {n}" for n in range(1, 30)],
    }[kind]
    assert [words for words in wanted if words not in found.text] == []
    assert [words for words in ("About us", "All rights reserved") if words in found.text] == []


CUT = {
    "script": "<script>var lost = 'CUT';</script>",
    "style": "<style>.lost { content: 'CUT' }</style>",
    "template": "<template><p>CUT</p></template>",
    "navigation": "<nav><ul><li><a href='/x'>CUT</a></li><li><a href='/y'>More</a></li></ul></nav>",
    "cookie banner": "<div class='cookie-consent' role='dialog'><p>We use cookies: CUT</p>"
    "<button>Accept all</button></div>",
    "share bar": "<div class='social-share'><a href='#'>CUT</a><a href='#'>Tweet</a></div>",
    "related posts": "<aside class='related-posts'><h3>Related posts</h3><ul>"
    "<li><a href='/1'>CUT</a></li><li><a href='/2'>Bins</a></li></ul></aside>",
    "newsletter box": "<div class='newsletter-signup'><h3>Subscribe to our newsletter</h3>"
    "<form><label>Your email CUT</label><input name='email'><button>Sign up</button></form></div>",
    "hidden by attribute": "<p hidden>CUT</p>",
    "hidden by style": "<div style='display: none'><p>CUT</p></div>",
    "hidden by class": "<span class='screen-reader-text'>CUT</span>",
}


@pytest.mark.parametrize("place", ["inside", "behind"])
@pytest.mark.parametrize("box", CUT)
def test_what_is_certainly_no_content_is_cut(box: str, place: str) -> None:
    content = {
        "inside": ARTICLE.replace("</h1>", f"</h1>{CUT[box]}"),
        "behind": ARTICLE + CUT[box],
    }[place]
    found = extract_body(_page(content), "https://site.example/blog/lifts")
    assert "CUT" not in found.text
    assert "CUT" not in found.markdown
    assert found.text.count(STORY) == 8


HIDING = ["hidden", "style='display:none'", "style='visibility: hidden'", "aria-hidden='true'"]


@pytest.mark.parametrize(
    "attribute", HIDING + [f"class='a {name}'" for name in sorted(_HIDDEN_CLASSES)]
)
def test_every_way_of_hiding_is_seen(attribute: str) -> None:
    element = lxml.html.fromstring(f"<div {attribute}>Menu</div>")
    assert read_area(element, dict(element.items())) & AREA_BITS["hidden"]
    plain = lxml.html.fromstring("<div class='main' style='color: red'>Menu</div>")
    assert not read_area(plain, dict(plain.items())) & AREA_BITS["hidden"]


SIGNS = {
    "heading": ("<h2>What it cost</h2>", "What it cost", "## What it cost"),
    "list": ("<ul><li>Oil</li><li>Rope</li></ul>", "Oil\nRope", "- Oil\n- Rope"),
    "numbered list": ("<ol><li>Ask</li><li>Sign</li></ol>", "Ask\nSign", "1. Ask\n2. Sign"),
    "table": (
        "<table><tr><th>Tower</th><th>Lifts</th></tr><tr><td>East</td><td>2</td></tr></table>",
        "Tower | Lifts\nEast | 2",
        "| Tower | Lifts |\n| --- | --- |\n| East | 2 |",
    ),
    "quote": (f"<blockquote><p>{STORY}</p></blockquote>", STORY, f"> {STORY}"),
    "code": ("<pre>lift = 1\n  stop()</pre>", "lift = 1", "```\nlift = 1\n  stop()\n```"),
    "link": ("<p>See <a href='/plan'>the plan</a> too.</p>", "See the plan too.", "[the plan]("),
    "emphasis": (
        "<p>They said <em>no</em> and <b>no</b> again.</p>",
        "They said no and no again.",
        "They said *no* and **no** again.",
    ),
}


@pytest.mark.parametrize("sign", SIGNS)
def test_structure_stays_in_markdown_and_text_has_the_same_blocks(sign: str) -> None:
    html, text, markdown = SIGNS[sign]
    paragraph = f"<p>{STORY}</p>"
    content = f"<article><h1>Lifts</h1>{paragraph * 3}{html}{paragraph * 3}</article>"
    found = extract_body(_page(content), "https://site.example/blog/lifts", hints="article")
    assert text in found.text
    assert markdown in found.markdown


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("10&nbsp;May&#8239;2024", "10 May 2024"),
        ("cafe&#769; and co&shy;production", "café and coproduction"),
        ("“It’s ours”, they said", "“It’s ours”, they said"),
    ],
    ids=["NBSP and narrow NBSP", "NFC and soft hyphen", "curly quotes"],
)
def test_characters_are_normalised(html: str, expected: str) -> None:
    content = ARTICLE.replace("</h1>", f"</h1><p>{html}. {STORY}</p>")
    assert f"{expected}. In spring" in extract_body(_page(content), "https://a.example/b").text


# --- Where our own reading finds next to nothing ----------------------------------------------


def _judge_nothing(table: NDArray[np.float32]) -> NDArray[np.float64]:
    """The first segment alone, whatever stands in it."""
    return np.where(np.arange(len(table)) == 0, 1.0, 1e-9)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("".join(f"<p>Tower {n}. {STORY}</p>" for n in range(40)), "trafilatura"),
        ("".join(f"<p>Notice {n}</p>" for n in range(15)), "fallback"),
    ],
    ids=["prose", "lines too few for trafilatura"],
)
def test_quality_says_what_stood_in(
    content: str, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cleaning.boilerplate.judge", _judge_nothing)
    monkeypatch.setattr("cleaning.boilerplate.even_out", lambda _, probabilities: probabilities)
    if expected == "fallback":  # a page of which the chosen segment would be a fair share
        monkeypatch.setattr("cleaning.boilerplate._LEAST_SHARE", 1.0)
    found = extract_body(f"<body><p>Hi</p>{content}</body>", "https://site.example/x")
    assert found.quality == expected
    assert ("Tower 39. In spring" if expected == "trafilatura" else "Notice 14") in found.text


def test_a_page_without_any_segment_is_given_whole() -> None:
    found = extract_body("<div>" * 3000 + STORY + "</div>" * 3000, "https://site.example/x")
    assert (found.quality, found.kind, found.confidence) == ("whole page", None, None)
    assert STORY in found.text
