"""What nobody sees is no text; what a reader can open, or sees as faint, small or moved, is."""

import pytest

from cleaning.page import read_page_model
from cleaning.page.names import AREA_BITS
from cleaning.writing import read_fragment

URL = "https://site.example/post"
PLAIN = "<p>Plain words about the garden that everybody sees here and reads at length.</p>"
SPAM = "<a href='https://win.example/'>WIN</a> tonight"

UNSEEN = [
    'style="position:absolute; left:-9999px; top:0"',
    'style="position:absolute;left:-10000px"',
    'style="position: fixed; top: -2000px"',
    'style="position:absolute;right:-9999em"',
    'style="margin-left:-9999px"',
    'style="margin: 0 0 0 -9999px"',
    'style="font-size:0px"',
    'style="font-size:0"',
    'style="font-size: 0em"',
    'style="FONT-SIZE:0PX !important"',
    'style="font:0/0 a"',
    'style="font-size:1px"',
    'style="opacity:0"',
    'style="opacity: 0.0;"',
    'style="opacity:0%"',
    'style="filter:alpha(opacity=0)"',
    'style="clip: rect(0,0,0,0); position:absolute"',
    'style="clip:rect(1px 1px 1px 1px);position:absolute"',
    'style="clip-path: inset(50%)"',
    'style="clip-path:inset(100%)"',
    'style="clip-path:circle(0)"',
    'style="text-indent:-9999px"',
    'style="text-indent:-999em"',
    'style="text-indent:100%;white-space:nowrap;overflow:hidden"',
    'style="width:0;height:0;overflow:hidden"',
    'style="height:0px; overflow:hidden"',
    'style="width:1px;height:1px;overflow:hidden"',
    'style="max-height:0;overflow:hidden"',
    'style="display:none"',
    'style="visibility:hidden"',
    'style="visibility: collapse"',
    "hidden",
    'hidden=""',
    'hidden="hidden"',
    'class="sr-only"',
    'style="color:#fff;background-color:#fff"',
    'style="left:-5000px;position:absolute"',
    'style="position:absolute;left:-200vw"',
    'style="transform:translateX(-9999px)"',
    'style="left: 9999px; position:absolute"',
    'style="position:absolute;top:-999px;left:-999px"',
    'style="overflow:hidden;width:0"',
    'style="position:absolute;clip:rect(0 0 0 0);height:1px;width:1px;margin:-1px;border:0"',
]

SEEN = [
    'style="opacity:0.85"',
    'style="font-size:0.9em"',
    'style="position:relative;left:-4px"',
    'style="padding-left:2em;text-indent:-2em"',
    'style="margin-left:-50px"',
    'style="left:50%;margin-left:-480px;position:absolute;width:960px"',
    'style="height:100px;overflow:hidden"',
    'style="width:100%;overflow:hidden"',
    'style="opacity:1"',
    'style="font-size:12px"',
    'style="font-size:small"',
    'style="top:12000px;position:absolute"',
    'style="clip:auto"',
    'style="clip:rect(0px,200px,100px,0px)"',
    'style="clip-path:inset(5%)"',
    'style="display:block"',
    'style="visibility:visible"',
    'hidden="false"',
    'style="text-indent:2em"',
    'style="max-height:200px;overflow:hidden"',
    'style="color:#fff;background:#000"',
    'style="margin-top:-20px"',
    'style="line-height:1"',
    'style="opacity:0;transform:translateY(20px)"',
    'style="opacity:0" data-w-id="1"',
    'style="opacity:0" class="animate-in"',
    'style="height:0;padding-bottom:56%;overflow:hidden"',
    'style="transform:translate3d(-1200px,0,0)"',
    'style="top:-5px;position:relative"',
    'style="position:absolute;left:0;top:0"',
    'style="min-height:0;overflow:hidden"',
    'style="letter-spacing:0"',
    'style="background:url(a.png) no-repeat -9999px 0"',
    'style="border-width:0;overflow:hidden"',
]

# Closed when the page loads, and opened by a click.
CLOSED = [
    'hidden="until-found"',
    'role="tabpanel" hidden',
    'role="tabpanel" style="display:none"',
    'role="region" style="display: none"',
    'role="region" hidden="until-found"',
    'class="accordion-content" style="display:none"',
    'id="p1" hidden',
    'aria-labelledby="h2" class="collapse" style="display:none"',
    'class="faq-answer" style="height:0;overflow:hidden"',
]


@pytest.mark.parametrize("attributes", UNSEEN)
def test_what_nobody_sees_is_no_text_and_no_link(attributes: str) -> None:
    box = read_fragment(f"{PLAIN}<div {attributes}><p>{SPAM}</p></div>{PLAIN}", URL)
    assert (box.text.count("Plain"), "WIN" in box.text, box.links) == (2, False, ())
    line = read_fragment(f"{PLAIN}<p>Words <span {attributes}>{SPAM}</span> and more</p>", URL)
    assert (line.text.endswith("Words and more"), line.links) == (True, ())


@pytest.mark.parametrize("attributes", SEEN)
def test_what_is_faint_small_or_moved_is_text(attributes: str) -> None:
    assert "WIN" in read_fragment(f"{PLAIN}<div {attributes}><p>{SPAM}</p></div>", URL).text


@pytest.mark.parametrize("attributes", CLOSED)
def test_what_a_click_opens_is_text(attributes: str) -> None:
    opener = '<button aria-controls="p1">Open</button><h2 id="h2">Q</h2><p>x</p>'
    html = f"{PLAIN}{opener}<div {attributes}><p>{SPAM}</p></div>{PLAIN}"
    assert "WIN" in read_fragment(html, URL).text


# Hidden, with something on the page that opens it or not.
OPENED = [
    ("tab by link", "<a href='#two'>Two</a><div id='two' style='display:none'>P</div>", True),
    ("target", "<h3><a data-target='#c'>Q</a></h3><div id='c' style='display:none'>P</div>", True),
    ("button", "<div><button aria-expanded='false'>Q</button></div><div hidden>P</div>", True),
    ("details", "<details><summary>Q</summary><p>P</p></details>", True),
    ("faq", "<h3 class='faq-q'>Q</h3><div class='faq-a' style='display:none'>P</div>", True),
    ("spoiler", "<div class='spoiler' style='display:none'>P</div>", True),
    ("slide", "<div class='carousel-item' style='display:none'>P</div>", True),
    ("streamed", "<div hidden id='S:0'>P</div>", True),
    ("draft", "<div hidden><p>P</p></div>", False),
    ("old box", "<div style='display:none'><p>P</p></div>", False),
    ("menu", "<button aria-controls='m'>Menu</button><ul id='m' class='menu' hidden>P</ul>", False),
    ("dialogue", "<a href='#d'>Log in</a><div id='d' role='dialog' hidden>P</div>", False),
    ("modal", "<h2 id='t'>T</h2><div class='modal' aria-labelledby='t' hidden>P</div>", False),
    ("paragraph before", "<p>Words</p><div hidden>P</div>", False),
]  # fmt: skip


@pytest.mark.parametrize(("html", "is_text"), [c[1:] for c in OPENED], ids=[c[0] for c in OPENED])
def test_what_opens_a_hidden_part(html: str, is_text: bool) -> None:
    lines = read_fragment(f"{PLAIN}{html}{PLAIN}", URL).text.split("\n")
    assert ("P" in lines) is is_text


ALOUD = [
    ("icon", "<p>Call <i aria-hidden='true'>phone</i> us</p>", "Call us"),
    ("for eyes", "<p><b aria-hidden='true'>***</b> <i class='sr-only'>three</i></p>", "***"),
    ("paragraph", "<p aria-hidden='true'>Thursday 3 May</p>", "Thursday 3 May"),
    ("letters grow again", "<div style='font-size:0'><p style='font-size:13px'>a</p></div>", "a"),
]


@pytest.mark.parametrize(("html", "text"), [c[1:] for c in ALOUD], ids=[c[0] for c in ALOUD])
def test_what_is_for_eyes_and_what_for_ears(html: str, text: str) -> None:
    assert read_fragment(f"{PLAIN}{html}", URL).text.split("\n\n")[1:] == [text]


def _hidden(html: str) -> int:
    page = read_page_model(html, URL)
    return sum(bool(page.areas[block.element] & AREA_BITS["hidden"]) for block in page.blocks)


def test_a_page_behind_a_curtain_is_no_hidden_page() -> None:
    assert _hidden(f"<body style='visibility:hidden'>{PLAIN}<div hidden>x</div>") == 1
    assert _hidden(f"<div style='opacity:0'>{PLAIN * 3}</div>{PLAIN}") == 0
    assert _hidden(f"<div aria-hidden='true'>{PLAIN * 3}</div>{PLAIN}") == 0


def test_many_parts_that_fade_in_are_seen_and_one_is_not() -> None:
    faint = "<div style='opacity:0'><p>Faded in</p></div>"
    assert _hidden(PLAIN * 3 + faint) == 1
    assert _hidden(PLAIN * 9 + faint * 4) == 0
