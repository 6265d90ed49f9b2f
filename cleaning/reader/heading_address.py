"""What an address says of the date of its page, and how the page writes dates in numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from urllib.parse import unquote

from cleaning.dates import Order
from cleaning.page import Page
from cleaning.reader.heading_lines import LONGEST_LINE
from cleaning.urls import urlsplit

_DAY_IN_ADDRESS = re.compile(
    r"/((?:19|20)\d\d)([/.-]?)(0[1-9]|1[0-2]|(?<=[/.-])[1-9])\2"
    r"(0[1-9]|[12]\d|3[01]|(?<=[/.-])[1-9])(?=[/+_.-]|$)"
)
_TURNED_IN_ADDRESS = re.compile(r"(?<!\d)(1[3-9]|2\d|3[01])[-_.](0[1-9]|1[0-2])[-_.](20\d\d)(?!\d)")
_MONTH_IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)[/-]?(0[1-9]|1[0-2])(?=[/.-]|$)")
_YEAR_IN_ADDRESS = re.compile(r"(?<!\d)((?:19|20)\d\d)(?=[/_-]|$)")
_NUMBERS = re.compile(r"(?<![\d./-])(\d{1,2})[/-](\d{1,2})[/-](?:(?:19|20)\d\d|\d\d)(?![\d/.-])")


def day_in_address(url: str) -> date | None:
    """Return the day that stands in an address: /2020/05/03/, /20200503-, /13-05-2020."""
    found, turned = _DAY_IN_ADDRESS.search(url), _TURNED_IN_ADDRESS.search(url)
    parts = (
        (found[1], found[3], found[4]) if found else turned and (turned[3], turned[2], turned[1])
    )
    try:
        return date(*map(int, parts)) if parts else None
    except ValueError:
        return None


def month_in_address(url: str) -> tuple[int | None, int | None]:
    """Return the year and the month that stand in an address, None for what does not."""
    month = _MONTH_IN_ADDRESS.search(url)
    if month:
        return int(month[1]), int(month[2])
    year = _YEAR_IN_ADDRESS.search(url)
    return (int(year[1]), None) if year else (None, None)


def order_of(page: Page, languages: Sequence[str]) -> Order:
    """Tell how the page writes dates in numbers: by its language, its other dates, its address."""
    year, month = month_in_address(page.url)
    locale = next(iter(page.head.meta("og:locale")), "").lower().replace("_", "-")
    declared = {language.lower() for language in (*languages, locale)}
    first = second = 0
    for block in page.blocks:
        if len(block.text) <= LONGEST_LINE and "/" in block.text:
            for one, two in _NUMBERS.findall(block.text):
                first, second = first + (int(one) > 12), second + (int(two) > 12)
    is_month_first = second > first or (second == first and "en-us" in declared)
    return Order(is_month_first, year, month)


def words_in_address(url: str) -> set[str]:
    """Return the words in the last part of an address that has any."""
    path = unquote(urlsplit(url).path)
    for part in reversed([part for part in path.split("/") if part]):
        words = {
            word
            for word in re.split(r"[\W_\d]+", part.rsplit(".", 1)[0].casefold())
            if len(word) > 1
        }
        if len(words) >= 2:
            return words
    return set()
