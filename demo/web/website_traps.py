"""The places of a website that have no end, or nearly none: calendar, filters, a link that repeats.

All of them do end here, after some hundred addresses, so that a test can walk to their end and a
crawler that goes there is seen in the log.
"""

from __future__ import annotations

import re
from hashlib import sha256
from itertools import chain
from urllib.parse import urlencode

from demo.web.messages import Request

FIRST_YEAR, LAST_YEAR = 2012, 2026
LONGEST_WAY = 30
"""How often `more/` can be followed."""
CHOICES = {
    "topic": ("keys", "leases", "money", "roofs"),
    "format": ("paper", "film"),
    "order": ("newest", "title"),
}

_MONTH = re.compile(r"^/events/(\d{4})/(\d{2})/$")
_DAY = re.compile(r"^/events/(\d{4})-(\d{2})-(\d{2})/$")


def calendar(path: str) -> str | None:
    """The main part of a page of the calendar, or None where `path` is none."""
    if path == "/events/":
        return _month(2019, 6)
    if found := _DAY.match(path):
        return f"<h1>{found[0]}</h1><p>Nothing is planned for this day.</p>"
    found = _MONTH.match(path)
    if found and FIRST_YEAR <= int(found[1]) <= LAST_YEAR and 1 <= int(found[2]) <= 12:
        return _month(int(found[1]), int(found[2]))
    return None


def _month(year: int, month: int) -> str:
    number = year * 12 + month - 1
    near = ((n // 12, n % 12 + 1) for n in (number - 1, number + 1))
    links = (
        f'<a href="/events/{y}/{m:02}/">{y}-{m:02}</a>'
        for y, m in near
        if FIRST_YEAR <= y <= LAST_YEAR
    )
    days = (f'<td><a href="/events/{year}-{month:02}-{d:02}/">{d}</a></td>' for d in (1, 15))
    return (
        f"<h1>Events in {year}-{month:02}</h1><table class='calendar'><tr>{''.join(days)}</tr>"
        f"</table><p>{' '.join(links)}</p>"
    )


def filters(query: dict[str, str]) -> str:
    """The choices of the library, each a link that adds one to what is chosen."""
    chosen = {name: value for name, value in query.items() if name in CHOICES}
    pairs = chain.from_iterable(((n, v) for v in values) for n, values in CHOICES.items())
    links = (
        f'<a href="/library/?{urlencode(chosen | {name: value})}">{value}</a>'
        for name, value in pairs
    )
    return f"<div class='filters'>{' '.join(links)}</div>"


def way_on(path: str, start: str) -> str:
    """A relative link that leads from the listing at `start` to itself, one segment deeper."""
    depth = path.removeprefix(start).count("more/")
    return '<p><a href="more/">More of this</a></p>' if depth < LONGEST_WAY else ""


def is_way(path: str, start: str) -> bool:
    return re.fullmatch(rf"{re.escape(start)}(?:more/){{1,{LONGEST_WAY}}}", path) is not None


def with_session(link: str, request: Request) -> str:
    """The address with the session of a visitor without cookies, one for each page it stands on."""
    number = sha256(request.path.encode()).hexdigest()[:26]
    return f"{link}{'&' if '?' in link else '?'}PHPSESSID={number}"
