"""Dates that elements of a page are named for.

What a text mentions is no date of the text: an element counts only if its name, or that of what it
stands in, says that it shows when something was published or changed.
"""

from __future__ import annotations

import re

from lxml.html import HtmlElement

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


def shows_date(places: list[HtmlElement]) -> bool:
    """Whether an element that is named for it shows a date, other than that of a change."""
    return any(_has_date(e) and not _is_change(e) for e in places if is_date_mark(e))


def _has_date(element: HtmlElement) -> bool:
    stamp = element.get("datetime") or element.get("content")
    return bool(stamp or DATE_TEXT.search(short_text(element, LONGEST_MARK)))


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
