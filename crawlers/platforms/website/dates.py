"""Dates that elements of a page are named for.

What a text mentions is no date of the text: an element counts only if its name, or that of what it
stands in, says that it shows when something was published or changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from crawlers.items import DateSeen
from crawlers.platforms.website.threads import DATE_TEXT
from crawlers.platforms.website.tree import names_of, short_text

LONGEST_MARK = 80
"""Characters of an element that shows a date and hardly anything else."""
DATE_NAMES = re.compile(
    r"(?:^|[\s_-])(?:date|dates|datetime|published|publish|posted|pubdate|datepublished|submitted"
    r"|timestamp|byline|meta|dateline)(?:$|[\s_-])"
)
MODIFIED_NAMES = re.compile(r"modified|updated|changed|reviewed", re.I)
NO_DATE_NAMES = re.compile(r"event|deadline|expir|start|end-?date|comment", re.I)


def marked_dates(places: list[HtmlElement]) -> Iterator[tuple[DateSeen, bool]]:
    """The dates that elements are named for, and whether each is that of a change; exact first."""
    marked = [e for e in places if is_date_mark(e)]
    for element in marked:
        stamp = element.get("datetime") or element.get("content")
        if stamp:
            yield DateSeen("time", stamp), _is_change(element)
    for element in marked:
        date = DATE_TEXT.search(short_text(element, LONGEST_MARK))
        if date and not element.get("datetime"):
            yield DateSeen("text", date[0]), _is_change(element)


def is_date_mark(element: HtmlElement) -> bool:
    """Whether an element's name, or that of what it stands in, says that it shows a date."""
    near = [element, *(a for _, a in zip(range(2), element.iterancestors(), strict=False))]
    if any(NO_DATE_NAMES.search(names_of(e)) for e in near):
        return False
    if element.tag == "time":
        in_head = any(a.tag == "header" for a in element.iterancestors())
        return in_head or "pubdate" in element.attrib or any(_is_named(e) for e in near)
    return _is_named(element)


def _is_named(element: HtmlElement) -> bool:
    return bool(DATE_NAMES.search(names_of(element))) or "datemodified" in names_of(element)


def _is_change(element: HtmlElement) -> bool:
    return bool(MODIFIED_NAMES.search(f"{names_of(element)} {short_text(element, LONGEST_MARK)}"))
