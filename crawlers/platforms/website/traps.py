"""Recognise places in a site that have no end, and allow only so much of them.

A calendar has a page for every month, a filter one for every combination of its choices, a wrong
relative link one for every time it is followed. What a sitemap or a feed names is no trap, for the
site counted it itself; these rules are for links that a walk meets.
"""

from __future__ import annotations

import re
from collections import Counter
from urllib.parse import parse_qsl

from cleaning.urls import urlsplit
from crawlers.outcome import CALENDAR, ENDLESS_LIST, ENDLESS_PATH, FACETS
from crawlers.platforms.website.links import PAGE_IN_PATH, is_page_number

BOUNDS: dict[str, int] = {CALENDAR: 24, FACETS: 20, ENDLESS_LIST: 300, ENDLESS_PATH: 0}
"""How many addresses of one place are asked for: two years of months name what is on, some pages
of results what nothing else does, and the longest list of a small site has some hundred pages."""
MOST_SEGMENTS = 12
LONGEST = 500
"""Characters of path and query."""

DAY = re.compile(r"(?:19|20)\d{2}-\d{1,2}(?:-\d{1,2})?|(?:19|20)\d{2}/\d{1,2}/\d{1,2}")
CALENDAR_WORD = re.compile(
    r"(?:^|/)(?:calendars?|events?|agenda|diary|whats-?on|kalender|calendario|calendrier|calendr"
    r"|digwyddiadau)(?:/|$)",
    re.I,
)
MONTH = re.compile(r"/(?:19|20)\d{2}(?:/\d{1,2})?(?:/\d{1,2})?/?$")
CALENDAR_PARAMETER = re.compile(
    r"(?:cal_?)?(?:month|week|day|date)|(?:event|tribe-bar)-?date|ical|cal", re.I
)
IDENTITY = re.compile(
    r"(?:\w*_)?(?:id|article|story|item|node|slug|page_id)|\w+id|t|f|p|topic|thread", re.I
)
"""Parameters by which systems without readable addresses name a page."""
VIEW = re.compile(
    r"sort\w*|order\w*|dir|filter\w*|view|per_?page|limit|q|s|query|search|display|layout|format|lang"
    r"|facets?|tags?|topics?|categor(?:y|ies)|type",
    re.I,
)


class Traps:
    """Which trap an address leads into, once the place has had what it is allowed."""

    def __init__(self) -> None:
        self.taken: Counter[tuple[str, str]] = Counter()

    def admit(self, url: str) -> str | None:
        """None where the address may be asked for (and is counted), else the trap's name."""
        found = find_trap(url)
        if found is None:
            return None
        self.taken[found] += 1
        return found[0] if self.taken[found] > BOUNDS[found[0]] else None


def find_trap(url: str) -> tuple[str, str] | None:
    """(kind of trap, the place that it is counted for) of an address, or None.

    >>> find_trap("https://hall.example/events/2020-03-17/")
    ('calendar', '/events')
    """
    parts = urlsplit(url)
    query = parse_qsl(parts.query, keep_blank_values=True)
    if is_endless(parts.path) or len(parts.path) + len(parts.query) > LONGEST:
        return ENDLESS_PATH, ""
    place = calendar_place(parts.path, [name for name, _ in query])
    if place is not None:
        return CALENDAR, place
    names = [n for n, v in query if not is_page_number(n, v)]
    if is_faceted(names):
        return FACETS, parts.path
    if len(names) < len(query) or PAGE_IN_PATH.search(parts.path):
        kept = "&".join(f"{n}={v}" for n, v in query if n in names)
        return ENDLESS_LIST, f"{PAGE_IN_PATH.sub('/', parts.path)}?{kept}"
    return None


def is_endless(path: str) -> bool:
    """Whether a path says the same again: three times a segment, or a run of them twice over."""
    segments = [segment for segment in path.split("/") if segment]
    if len(segments) > MOST_SEGMENTS:
        return True
    if max(Counter(segments).values(), default=0) >= 3:
        return True
    pairs = [tuple(segments[i : i + 2]) for i in range(len(segments) - 1)]
    return any(pairs[i] == pairs[i + 2] and len(set(pairs[i])) > 1 for i in range(len(pairs) - 2))


def calendar_place(path: str, names: list[str]) -> str | None:
    """The calendar that an address is a page of, or None.

    `/2020/03/` is an archive of months that had entries, unless something calls it a calendar.
    """
    if any(CALENDAR_PARAMETER.fullmatch(name) for name in names):
        return path
    last = path.rstrip("/").rpartition("/")[2]
    if DAY.fullmatch(last):
        return path.rstrip("/").rpartition("/")[0]
    if CALENDAR_WORD.search(path) and MONTH.search(path):
        return MONTH.sub("", path)
    return None


def is_faceted(names: list[str]) -> bool:
    """Whether a query, page number aside, chooses from a page and does not name one."""
    others = [name for name in names if not IDENTITY.fullmatch(name)]
    return len(others) > 1 or any(VIEW.fullmatch(name.rstrip("[]")) for name in others)
