"""Find the transcript of a presentation, and its lines.

A transcript is what stands on the slides, in the order of the presentation. Its lines are kept as
they are: list items, paragraphs, `<br>`, and also line ends within a text of the HTML, because the
server writes the text of a slide as its author typed it; beside a tag they are the template's.
"""

from __future__ import annotations

import copy
import re
from html import escape
from typing import Any

from lxml import etree, html
from scrapy.http import TextResponse

from cleaning.page.tags import HEADINGS
from crawlers.platforms.prezi.interface import END, HEADING, is_interface
from crawlers.platforms.words import SKIPPED, visible_text

CONTAINERS = (
    "#transcript-full-text",
    ".transcript-full-text",
    "[itemprop=transcript]",
    "#transcript",
    ".transcript-content",
)
"""Best first. The first one is known of the classic page, the others are what its kin would be."""
PARAGRAPHS = re.compile(r"\n{2,}")


def find_transcript(response: TextResponse) -> str | None:
    """The transcript as HTML without a line of the interface, or None if the page has none."""
    for selector in CONTAINERS:
        for found in response.css(selector):
            body = clean(found.root)
            if body is not None:
                return body
    return between_headings(visible_text(response.selector.root))


def clean(element: Any) -> str | None:
    """A transcript's element as HTML: its lines broken, the interface cut; None if that is all."""
    kept = copy.deepcopy(element)
    kept.tail = None
    for child in list(kept.iterdescendants(etree.Element)):
        if _is_foreign(child):
            child.drop_tree()
    for child in list(kept.iter(etree.Element)):
        _break_lines(child)
    if not kept.text_content().strip():
        return None
    return str(html.tostring(kept, encoding="unicode"))


def _is_foreign(element: Any) -> bool:
    if element.tag in SKIPPED:
        return True
    text = element.text_content()
    is_heading = element.tag in HEADINGS and HEADING.match(text.strip()) is not None
    return is_heading or is_interface(text)


def _break_lines(element: Any) -> None:
    """Put `<br>` in place of the line ends in an element's own text, and drop interface lines."""
    children = list(element)
    element.text, lines = _broken(element.text)
    for place, line in enumerate(lines):
        element.insert(place, line)
    for child in children:
        child.tail, lines = _broken(child.tail)
        for place, line in enumerate(lines, start=element.index(child) + 1):
            element.insert(place, line)


def _broken(text: str | None) -> tuple[str | None, list[Any]]:
    """(the text up to its first line end, and a `<br>` with each further line).

    An empty line between two lines is kept; blanks at the ends are only blanks.
    """
    if not text or not text.strip():
        return text, []
    lines = [line.strip() for line in text.strip().splitlines()]
    lines = [line for line in lines if not is_interface(line)]
    if not lines:
        return None, []
    lines[0] = text[: -len(text.lstrip())][:1] + lines[0]
    lines[-1] += text[len(text.rstrip()) :][:1]
    breaks = [html.Element("br") for _ in lines[1:]]
    for line_end, line in zip(breaks, lines[1:], strict=True):
        line_end.tail = line
    return lines[0], breaks


def between_headings(text: str) -> str | None:
    """What stands between "Transcript of …" and "Full transcript", as HTML.

    For a page whose markup names no transcript, but shows one.
    """
    lines = text.split("\n")
    start = next((n for n, line in enumerate(lines) if HEADING.match(line)), None)
    if start is None:
        return None
    stop = next((n for n in range(start + 1, len(lines)) if END.fullmatch(lines[n])), None)
    if stop is None:
        return None
    kept = "\n".join(line for line in lines[start + 1 : stop] if not is_interface(line)).strip("\n")
    paragraphs = (escape(p, quote=False).replace("\n", "<br>") for p in PARAGRAPHS.split(kept) if p)
    return "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs) or None
