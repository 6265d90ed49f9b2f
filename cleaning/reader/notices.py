"""Tell what stands in the place of a page: that it is not there, closed, or for members only."""

from __future__ import annotations

from collections.abc import Iterator

from cleaning.lexicon import lexicon
from cleaning.page import Page
from cleaning.page.names import AREA_BITS
from cleaning.reader.heading_titles import SURE_BORDER

_MOST_WORDS = 200
"""A text of this length says more than that, whatever it is called."""
_ASIDE = AREA_BITS["hidden"] | AREA_BITS["dialog"] | AREA_BITS["nav"]


def notice_of(page: Page, words: int) -> str | None:
    """Return the title of a notice that was sent in the place of a page, None for a page.

    Servers send them with status 200 too. `words` is how long its text is. A text about such a
    notice has a title that says more ("Why people land on \u201cpage not found\u201d").
    """
    if words > _MOST_WORDS:
        return None
    phrases = lexicon()
    return next((line for line in _titles(page) if phrases.is_phrase(line, "notice")), None)


def _titles(page: Page) -> Iterator[str]:
    headings = (e for e in page.tagged("h1") if not page.areas[e] & _ASIDE)
    lines = [line for e in headings if (line := page.text_of(e).strip())]
    yield from lines if len(lines) == 1 else ()
    yield from SURE_BORDER.split(page.head.title or "")[:1]
