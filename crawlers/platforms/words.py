"""The words of a tree as a reader sees them: inline tags never part a word, blocks always do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from cleaning.page.tags import HEADINGS

SKIPPED = {"script", "style", "noscript", "template", "button", "form", "svg", "iframe", "head"}
"""Elements whose text is no text of the page."""
INLINE = {
    *("a", "abbr", "b", "cite", "code", "del", "em", "font", "i", "ins", "kbd", "label", "mark"),
    *("q", "s", "small", "span", "strong", "sub", "sup", "time", "u", "var"),
}
PARAGRAPHS = HEADINGS | {"p", "ol", "ul", "section", "article"}
"""Elements with an empty line before and after them; of other blocks only the line ends."""


BREAK, LINE, PARAGRAPH = "\x1d", "\x1e", "\x1f"
"""Stand for `<br>`, the border of a block and that of a paragraph until all are known."""
BLANKS = re.compile(r"\s+")
"""Borders are blanks, too."""


def visible_text(root: Any) -> str:
    """The lines of a tree in order, an empty line between paragraphs."""
    text = BLANKS.sub(_line_ends, "".join(_parts(root)))
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _line_ends(blanks: re.Match[str]) -> str:
    if not any(border in blanks[0] for border in (BREAK, LINE, PARAGRAPH)):
        return blanks[0]
    has_gap = PARAGRAPH in blanks[0] or blanks[0].count(BREAK) > 1
    return "\n\n" if has_gap else "\n"


def _parts(root: Any) -> Iterator[str]:
    """Text and borders; not recursive, for trees can be deep."""
    walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, node in walk:
        if event == "start" and node.tag in SKIPPED:
            walk.skip_subtree()
        elif event == "start":
            yield BREAK if node.tag == "br" else _border(node)
            yield node.text or ""
        elif node is not root:
            yield _border(node) if event == "end" and node.tag != "br" else ""
            yield node.tail or ""


def _border(element: Any) -> str:
    if element.tag in INLINE or element.tag in SKIPPED:
        return ""
    return PARAGRAPH if element.tag in PARAGRAPHS else LINE
