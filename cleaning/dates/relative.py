"""Read what a page shows of a time from where its visitor stands: "2 hours ago", "23 April".

The moment of the visit decides what such a text means, and that is given: there is no clock here.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from cleaning.dates.clocks import find_clock
from cleaning.dates.reading import PartialDate, Precision, Stated, is_frame
from cleaning.dates.written import find_written_dates, month_number
from cleaning.lexicon import lexicon
from cleaning.lexicon.patterns import AFTER, BEFORE
from cleaning.text import normalise_text

_LONGEST = 80
_FIRST_YEAR = 1990
"""No page was written before: who counts further back speaks of something else."""
_SECONDS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400, "week": 604800}
_MONTHS = {"month": 1, "year": 12}
_UNITS = (*_SECONDS, *_MONTHS)
_KNOWN: dict[str, Precision] = {"day": "day", "week": "month", "month": "month", "year": "year"}
"""What a count of these units tells; what is shorter than a day tells the day."""
_VAGUE: dict[str, Precision | None] = {
    "day": "month",
    "week": "month",
    "month": "year",
    "year": None,
}
"""What "a few" of them tell."""
_FEW = 3
_LEAP_YEARS = 8  # years between two 29 February, at most


def read_relative(
    raw: str, seen_at: datetime, *, timezone: str | None = None, languages: Sequence[str] = ()
) -> PartialDate | None:
    """Return the date that `raw` tells to a visitor at the moment `seen_at`, or None.

    Understood are times counted back ("1 year 2 days ago"), "yesterday" and "today", and days
    without a year, in any language of the lexicon, with nothing else beside them but labels. A
    text that states its date has none here: that is `read_date`'s.

    How much is known follows from the smallest unit that is named. Hours, minutes and days tell the
    day; weeks and months the month; years the year. Pages round what they count, and servers
    keep them for hours, so a clock time is never counted back. "A few" of a unit tell what the next
    larger one would, and a few years nothing. The span is the one that the text as written leads
    to; what was rounded off can lead into the one before it.

    "Yesterday" and days without a year are as exact as they are written: to the minute where a
    clock stands beside them and `timezone` (as in `read_date`) is known. A day without a year is
    the latest such day up to the visit, or to the day after it, for zones differ. A month before a
    number alone ("Apr 23") may be one of a year, and is no day.
    """
    text = normalise_text(raw).replace("\n", " ")
    if len(text) > _LONGEST or find_written_dates(text):
        return None
    zone = ZoneInfo(timezone) if timezone else None
    try:
        now = seen_at.astimezone(zone or UTC)
        stated = (
            _counted(text, now) or _named(text, now, languages) or _yearless(text, now, languages)
        )
        return stated.place(zone) if stated and stated.day.year >= _FIRST_YEAR else None
    except (OverflowError, ValueError):
        return None


@cache
def counted_source() -> str:
    """Return the source of a pattern for times that are counted back, of any number of units."""
    words = lexicon()
    and_ = rf"(?:(?:{words.source('and')})\s++)?"
    step = rf"\d++\s*+(?:{words.source('units')})"
    before = {phrase for phrase in words.of("ago") if phrase.endswith("{unit}")}
    return (
        rf"(?:(?:{words.filled(before)})(?:\s++{and_}{step}(?!\w)){{0,2}}"
        rf"|(?:{step}(?:,\s*+|\s++){and_}){{0,3}}(?:{words.filled(words.of('ago') - before)}))"
    )


@cache
def _ago() -> re.Pattern[str]:
    return re.compile(rf"{BEFORE}{counted_source()}{AFTER}", re.IGNORECASE)


@cache
def _step() -> re.Pattern[str]:
    words = lexicon()
    few, number, unit = (words.source(name) for name in ("few", "numbers", "units"))
    return re.compile(
        rf"{BEFORE}(?:(?P<digits>\d{{1,6}})\s*+"
        rf"|(?:(?P<few>{few})|(?P<number>{number}))(?:\s++|(?<=['’])))(?P<unit>{unit}){AFTER}",
        re.IGNORECASE,
    )


def _counted(text: str, now: datetime) -> Stated | None:
    found = _ago().search(text)
    if found is None or not is_frame(f"{text[: found.start()]} | {text[found.end() :]}"):
        return None
    moment, least, is_vague = now, "second", False
    for number, unit, is_few in _steps(found[0]):
        moment = _back(moment, number, unit)
        is_vague = is_vague or is_few
        least = unit
    precision = _VAGUE.get(least, "day") if is_vague else _KNOWN.get(least, "day")
    return _span(moment.date(), precision) if precision else None


def _steps(text: str) -> list[tuple[int, str, bool]]:
    """The units that a text counts, the largest first: number, unit, and whether that is vague."""
    words = lexicon()
    found = []
    for step in _step().finditer(text):
        unit = words.units[_plain(step["unit"])]
        if step["few"]:
            found.append((_FEW, unit, True))
        else:
            number = step["digits"] or words.numbers[_plain(step["number"])]
            found.append((int(number), unit, False))
    return sorted(found or _bare(text), key=lambda one: -_UNITS.index(one[1]))


def _bare(text: str) -> list[tuple[int, str, bool]]:
    """The unit of "rok temu" and "years ago", which stands without a number."""
    words = lexicon()
    forms = [_plain(found[0]) for found in words.pattern("units").finditer(text)]
    form = max(forms, key=len, default=None)
    if form is None:
        return []
    is_one = form in words.single_units
    return [(1 if is_one else _FEW, words.units[form], not is_one)]


def _plain(form: str) -> str:
    return " ".join(form.casefold().replace("’", "'").split())


def _back(moment: datetime, number: int, unit: str) -> datetime:
    if unit in _SECONDS:
        return moment - timedelta(seconds=number * _SECONDS[unit])
    months = moment.year * 12 + moment.month - 1 - number * _MONTHS[unit]
    year, month = months // 12, months % 12 + 1
    return moment.replace(year=year, month=month, day=min(moment.day, monthrange(year, month)[1]))


def _span(day: date, precision: Precision) -> Stated:
    """The first day of the span that is known."""
    if precision == "year":
        return Stated(day.replace(month=1, day=1), precision)
    return Stated(day.replace(day=1) if precision == "month" else day, precision)


def _named(text: str, now: datetime, languages: Sequence[str]) -> Stated | None:
    # One language's "yesterday" is another's "here"; beside a clock it is none.
    words = lexicon() if find_clock(text) else lexicon(*languages, "en")
    for name, days in (("yesterday", 1), ("today", 0)):
        if found := words.pattern(name).search(text):
            rest = f"{text[: found.start()]} | {text[found.end() :]}"
            return _clocked(now.date() - timedelta(days=days), rest)
    return None


@cache
def _day_and_month() -> re.Pattern[str]:
    words = lexicon()
    month = rf"(?:{words.source('months')})(?!\w)\.?"
    th, of = rf"(?:{words.source('ordinals')})", rf"(?:(?:{words.source('of')})\s++)?"
    return re.compile(
        rf"(?<![\w.,:/-])(?:(?P<m1>{month})\s++(?P<d1>\d\d?)(?P<th>{th})?(?![\w:])"
        rf"|(?P<d2>\d\d?){th}?\s*+{of}(?P<m2>{month}))"
        r"|(?<!\d)(?P<m3>\d\d?)\s?[月월]\s?(?P<d3>\d\d?)\s?[日号號일]",
        re.IGNORECASE,
    )


def _yearless(text: str, now: datetime, languages: Sequence[str]) -> Stated | None:
    found = _day_and_month().search(text)
    if found is None:
        return None
    rest = f"{text[: found.start()]} | {text[found.end() :]}"
    name = found["m1"] or found["m2"]
    day = int(found["d1"] or found["d2"] or found["d3"])
    month = month_number(name.rstrip(".").casefold(), languages) if name else int(found["m3"])
    if found["m1"] and not found["th"] and not find_clock(rest):
        return None
    latest = _latest(month, day, now.date() + timedelta(days=1))
    return _clocked(latest, rest) if latest else None


def _latest(month: int, day: int, end: date) -> date | None:
    """The latest day of that month and number that is not after `end`."""
    for year in range(end.year, end.year - _LEAP_YEARS - 1, -1):
        if 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]:
            found = date(year, month, day)
            if found <= end:
                return found
    return None


def _clocked(day: date, rest: str) -> Stated | None:
    """A day with the clock that stands beside it, if nothing else does."""
    clock = find_clock(rest)
    if clock:
        rest = f"{rest[: clock.start]} {rest[clock.end :]}"
    if not is_frame(rest):
        return None
    if clock is None:
        return Stated(day, "day")
    return Stated(day, "second" if clock.has_seconds else "minute", clock.value, clock.zone)
