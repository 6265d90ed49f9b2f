import lxml.html
import pytest

from cleaning.pruning import cut_unseen, is_hidden, is_plugin_box, text_length

TAGS = [
    ('<div class="sharedaddy sd-sharing-enabled">', False, True),
    ('<div id="jp-relatedposts">', False, True),
    ('<div class="shared-ownership">', False, False),
    ('<div hidden="">', True, False),
    ('<div hidden="" id="S:1">', False, False),
    ('<div style="color: red; DISPLAY : none">', True, False),
    ('<div style="visibility:hidden">', True, False),
    ('<div style="display: block">', False, False),
    ('<span class="screen-reader-text">', True, False),
    ('<div class="entry-content">', False, False),
]


@pytest.mark.parametrize(("tag", "hidden", "box"), TAGS, ids=[case[0] for case in TAGS])
def test_what_an_element_is(tag: str, hidden: bool, box: bool) -> None:
    element = lxml.html.fragment_fromstring(f"{tag}words</div>")
    assert is_hidden(element) is hidden
    assert is_plugin_box(element) is box


CUT = [
    ("text around stays", "<p>a<script>x</script>b</p>", "ab"),
    ("processing instruction", "<p>a<?php x ?>b</p>", "ab"),
    ("button", "<p>a <button>Go</button> b</p>", "a  b"),
    ("hidden part", "<p>Long enough</p><p hidden>x</p>", "Long enough"),
    ("curtain", "<p hidden>All there is to read here</p><p>x</p>", "All there is to read herex"),
    ("small form", "<p>Long enough</p><form>Name <input></form>", "Long enough"),
    ("form as frame", f"<p>a</p><form>{'words ' * 400}</form>", "a" + "words " * 400),
    ("noscript copy", "<p>Long enough</p><noscript>copy</noscript>", "Long enough"),
    ("noscript with the content", "<p>x</p><noscript>Long enough</noscript>", "xLong enough"),
]


@pytest.mark.parametrize(
    ("html", "text"), [case[1:] for case in CUT], ids=[case[0] for case in CUT]
)
def test_cut_unseen(html: str, text: str) -> None:
    tree = lxml.html.fragment_fromstring(html, create_parent="div")
    cut_unseen(tree)
    assert tree.text_content() == text


def test_text_length_leaves_out_blanks_scripts_and_the_tail() -> None:
    tree = lxml.html.fromstring("<div><p>a b\n<b>c</b>d<script>var x</script></p>tail</div>")
    assert text_length(tree[0]) == 4
