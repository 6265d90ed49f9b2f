"""Fill a document with what the reader found on its page."""

from __future__ import annotations

from collections.abc import Sequence

from cleaning.reader import Heading, HeadingDate, PageReading
from cleaning.writing import Body
from crawlers.items import DateSeen, Document, LinkSeen

DECLARED = {"json-ld", "meta"}
"""Where a page says for machines when it was published: trusted more than what a feed says."""
FORMS = {"year": "%Y", "month": "%Y-%m", "day": "%Y-%m-%d"}
"""How a date of no more than a day is written."""


def published(heading: Heading, seen: Sequence[DateSeen] = ()) -> list[DateSeen]:
    """The page's own date among those that others name, or what it shows of one."""
    relative = heading.published_relative
    return dates(heading.published, seen) + ([DateSeen("text", relative)] if relative else [])


def dates(found: HeadingDate | None, seen: Sequence[DateSeen] = ()) -> list[DateSeen]:
    """The page's own date among those that others name: first where it is declared for machines."""
    own = []
    if found:
        form = FORMS.get(found.precision)
        raw = found.day.strftime(form) if form else found.value.isoformat(timespec=_clock(found))
        own = [DateSeen(found.origin, raw)]
    return [*own, *seen] if own and own[0].origin in DECLARED else [*seen, *own]


def _clock(found: HeadingDate) -> str:
    return "minutes" if found.precision == "minute" else "seconds"


def fill_body(made: Document, reading: PageReading) -> None:
    """Give a document the text that the reader found."""
    made.method = reading.method
    fill(made, reading.own)


def fill(made: Document, body: Body) -> None:
    made.text, made.markdown = body.text or None, body.markdown or None
    made.blocks = list(body.blocks)
    made.links = [LinkSeen(link.url, link.text, link.rel) for link in body.links]
