"""Where a run of text begins and ends, against what the name of an element says."""

from __future__ import annotations

from lxml.html import HtmlElement

from cleaning.page.model import Block
from cleaning.page.styles import stands_apart
from cleaning.text import BLOCK_TAGS

BORDERS = BLOCK_TAGS | {"button", "summary", "label", "legend", "hr"}
"""Elements that stand on lines of their own."""
# Where a word that can be pressed is a word of the sentence.
_PROSE_BOXES = frozenset({"p", "dd", "blockquote", "figcaption"})
_BOUNDS = frozenset({"button", "label"})
MAY_RUN_ON = _BOUNDS | {"noscript"}
_PUNCTUATION = (".", ",", ";", "!", "?", ")", "…", "。", "、", "，")


def runs_on(element: HtmlElement, tag: str, block: Block | None, around: str) -> bool:
    """Tell whether an element that is mostly a box stands within a sentence here.

    `block` is the run of text that is open before it, `around` the name of the box around both.
    """
    if tag == "noscript":
        return block is not None
    if tag not in _BOUNDS:
        return False
    after = (element.tail or "").strip()
    if not after:
        return False
    has_begun = block is not None and any(text and not text.isspace() for text, _ in block.pieces)
    goes_on = after[0].islower() or after.startswith(_PUNCTUATION)
    return (around in _PROSE_BOXES and any(map(str.isalpha, after))) or (goes_on and has_begun)


def is_source(element: HtmlElement, around: str) -> bool:
    """Tell whether a `cite` ends a quote: a line that says whose it is."""
    return around == "blockquote" and not (element.tail or "").strip()


def is_box_in_line(element: HtmlElement, style: str) -> bool:
    """Tell whether an element stands apart from its neighbours in a line.

    A letter that is set as a box, to be moved by itself, is still a letter of its word.
    """
    return stands_apart(style) and (len(element) > 0 or len((element.text or "").strip()) > 1)


def is_shadow(template: HtmlElement) -> bool:
    """Tell whether a template is shown as the content of the element that it stands in."""
    return template.get("shadowrootmode") is not None or template.get("shadowroot") is not None
