"""What elements that nobody reads say about a page."""

import re

from lxml.html import HtmlElement

from cleaning.page.model import Head

# Data that a reader can use, by the type of its script.
_DATA = re.compile(r"json|math/", re.IGNORECASE)
_MOST_DATA = 2_000_000  # characters of one script


def note(head: Head, element: HtmlElement) -> None:
    """Keep what an element that nobody reads says about the page."""
    tag = element.tag
    if tag == "meta":
        head.metas.append(dict(element.items()))
    elif tag == "link":
        head.links.append(dict(element.items()))
    elif tag == "title":
        head.title = head.title or " ".join((element.text or "").split())
    elif tag == "base":
        head.base = head.base or (element.get("href") or "").strip()
    elif tag == "script":
        kind = (element.get("type") or "").lower()
        source, text = element.get("src"), element.text
        if source:
            head.sources.append(source)
        if text and len(text) <= _MOST_DATA and _DATA.search(kind):
            head.scripts.append((kind, text))
