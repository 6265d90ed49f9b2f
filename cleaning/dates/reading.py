"""Read a string that states a date, as precisely as it is written, and no more."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

from dateparser.date import DateDataParser

from cleaning.dates.clocks import find_clock, read_zone
from cleaning.dates.written import FIRST_YEAR, LAST_YEAR, Order, find_written_dates
from cleaning.lexicon import known_languages, lexicon
from cleaning.text import normalise_text

Precision = Literal["second", "minute", "day", "month", "year"]

# Longer texts are sentences, and those are no dates.
_LONGEST = 80
_BASE = datetime(2049, 12, 31)  # noqa: DTZ001  (dateparser compares it with naive dates)

_ISO = re.compile(
    r"(?P<day>\d{4}-?\d\d-?\d\d)"
    r"(?:[T ](?P<hour>\d\d):?(?P<minute>\d\d)(?::?(?P<second>\d\d))?(?:[.,](?P<part>\d{1,9}))?"
    r" ?(?P<zone>Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?)?",
    re.IGNORECASE,
)
_EPOCH = re.compile(r"1\d{9}|\d{12,13}")
_YEAR_MONTH = re.compile(r"(\d{4})[-/](0[1-9]|1[0-2])")
_YEAR = re.compile(r"\d{4}")
_BODY_DATE = re.compile(r"\s*(?:\(([^()\n]{4,40})\)|\[([^\[\]\n]{4,40})\]|([^\n]{6,50})(?:\n|$))")
_WORD = re.compile(r"\w+")
# What systems write where they know no date: the epochs of Unix, Windows, Excel, .NET, and ends.
_PLACEHOLDERS = frozenset(
    date.fromisoformat(day)
    for day in (
        *("1970-01-01", "1969-12-31", "1970-01-02", "1900-01-01", "1899-12-30", "1899-12-31"),
        *("1901-01-01", "1904-01-01", "1601-01-01", "1753-01-01", "0001-01-01", "1980-01-01"),
        *("2099-12-31", "2100-01-01", "2099-01-01", "9999-12-31", "2038-01-19", "2999-12-31"),
    )
)


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A moment in UTC, and how much of it was stated: the parts below `precision` are filler."""

    value: datetime
    precision: Precision


@dataclass(frozen=True, slots=True)
class Stated:
    """A date as a text states it: the day as written, whatever the zone, and the clock if any."""

    day: date
    precision: Precision
    clock: time | None = None
    zone: tzinfo | None = None
    is_open: bool = False

    def place(self, zone: tzinfo | None) -> PartialDate:
        """Return the moment in UTC; `zone` is where a clock without one stood, None if unknown.

        Midnight away from Greenwich is how systems write a day of which they know no time: it
        stays that day.
        """
        own = self.zone or zone
        if self.clock is None or own is None:
            precision = self.precision if self.clock is None else "day"
            return PartialDate(datetime.combine(self.day, time(), UTC), precision)
        moment = datetime.combine(self.day, self.clock, own)
        if self.clock == time() and self.zone is not None and moment.utcoffset() != timedelta():
            return PartialDate(datetime.combine(self.day, time(), UTC), "day")
        return PartialDate(moment.astimezone(UTC), self.precision)


def read_date(
    raw: str, *, timezone: str | None = None, languages: Sequence[str] = ()
) -> PartialDate | None:
    """Return the date that `raw` states, or None where it states none.

    Understood are ISO 8601, RFC 822, seconds and milliseconds since 1970, and visible text in any
    language of the lexicon; `languages` (codes such as "cy" or "en-US") decide between two
    meanings of a word, and others than the lexicon's are read where they name them. Day comes
    before month in numbers, except for "en-US" or where a weekday says otherwise. Relative texts
    ("2 hours ago") and dates without a year are not dates: see `read_relative`.

    A clock time without offset is local to `timezone` (an IANA name; an unknown one raises
    `zoneinfo.ZoneInfoNotFoundError`). Where that is unknown, the time cannot be placed and only
    the day is kept, as 00:00 UTC.
    """
    zone = ZoneInfo(timezone) if timezone else None
    stated = read_stated(raw, languages)
    try:
        return stated.place(zone) if stated else None
    except OverflowError:
        return None


def read_stated(
    raw: str, languages: Sequence[str] = (), order: Order | None = None
) -> Stated | None:
    """Return what `read_date` reads, before a zone moves it; `order` is for dates in numbers."""
    text = normalise_text(raw).replace("\n", " ")
    if len(text) > _LONGEST or not any(map(str.isdigit, text)):
        return None
    order = order or Order(is_month_first="en-US" in languages)
    found = _read_machine(text) or _read_visible(text, tuple(languages), order)
    return found if found and FIRST_YEAR <= found.day.year <= LAST_YEAR else None


def is_placeholder(day: date) -> bool:
    """Tell whether a day is one that systems write where they know none."""
    return day in _PLACEHOLDERS


def find_date(text: str) -> str | None:
    """Return the date that opens a body's text, as written there, or None.

    Either in brackets ("(March 2020) Hello everyone") or alone on the first line. What such a
    date means is unknown (of the event, of the first version), so it never becomes the date of
    publication.
    """
    found = _BODY_DATE.match(text)
    if not found:
        return None
    raw = next(part for part in found.groups() if part is not None).strip()
    is_bare_number = found[3] is not None and not re.search(r"\d\W+\d|[^\W\d]", raw)
    return raw if not is_bare_number and read_date(raw) else None


def _read_machine(text: str) -> Stated | None:
    try:
        if iso := _ISO.fullmatch(text):
            return _from_iso(iso)
        if _EPOCH.fullmatch(text):
            moment = datetime(1970, 1, 1, tzinfo=UTC)
            moment += timedelta(milliseconds=int(text) * (1000 if len(text) == 10 else 1))
            return Stated(moment.date(), "second", moment.time(), UTC)
        if month := _YEAR_MONTH.fullmatch(text):
            return Stated(date(int(month[1]), int(month[2]), 1), "month")
        if _YEAR.fullmatch(text):
            return Stated(date(int(text), 1, 1), "year")
    except (ValueError, OverflowError):  # "2019-02-30", "0000-00-00": well-formed, but no date
        return None
    return None


def _from_iso(iso: re.Match[str]) -> Stated:
    day = date.fromisoformat(iso["day"])
    if iso["minute"] is None:
        return Stated(day, "day")
    part = int(f"{iso['part'][:6]:0<6}") if iso["part"] else 0
    clock = time(int(iso["hour"]), int(iso["minute"]), int(iso["second"] or 0), part)
    return Stated(day, "second" if iso["second"] else "minute", clock, read_zone(iso["zone"]))


@lru_cache(maxsize=4096)
def _read_visible(text: str, languages: tuple[str, ...], order: Order) -> Stated | None:
    dates = find_written_dates(text, languages, order)
    if not dates:
        return _read_foreign(text, languages)
    written = dates[0]
    around = f"{text[: written.start]} | {text[written.end :]}"
    inner = text[written.start : written.end]
    clock = find_clock(around) or (find_clock(inner) if ":" in inner else None)
    if clock and ":" not in inner:
        around = f"{around[: clock.start]} {around[clock.end :]}"
    if len(dates) > 1 or not is_frame(around):
        return None
    if written.day is None:
        return Stated(written.first_day, "month")
    if clock is None:
        return Stated(written.first_day, "day", is_open=written.is_open)
    precision: Precision = "second" if clock.has_seconds else "minute"
    return Stated(written.first_day, precision, clock.value, clock.zone, written.is_open)


def is_frame(text: str) -> bool:
    """Tell whether nothing stands beside a date but weekdays, labels and small words."""
    return not _WORD.search(_frame().sub(" ", text))


@lru_cache(maxsize=1)
def _frame() -> re.Pattern[str]:
    words = lexicon()
    labels = ("published", "updated", "on", "at", "of", "oclock", "am", "pm")
    return re.compile(rf"(?<!\w)(?:{words.source('weekdays', *labels)})\.?(?!\w)", re.IGNORECASE)


def _read_foreign(text: str, languages: tuple[str, ...]) -> Stated | None:
    """Read a date in languages that the lexicon does not have, as dateparser does."""
    codes = [code.split("-")[0].lower() for code in languages]
    codes = [code for code in dict.fromkeys(codes) if code not in known_languages()]
    if not codes:
        return None
    try:
        found = _parser(tuple(codes)).get_date_data(text)
    except (ValueError, OverflowError):  # dateparser lets numbers through that no calendar has
        return None
    if found.date_obj is None:
        return None
    value: datetime = found.date_obj
    match found.period:
        case "time":
            return Stated(value.date(), "minute", value.time(), value.tzinfo)
        case "month":
            return Stated(value.date().replace(day=1), "month")
        case "year":
            return Stated(value.date().replace(month=1, day=1), "year")
        case _:
            return Stated(value.date(), "day")


@lru_cache(maxsize=64)
def _parser(codes: tuple[str, ...]) -> DateDataParser:
    settings = {
        "PARSERS": ["absolute-time"],  # leaves out relative times and bare numbers
        "DATE_ORDER": "DMY",
        "PREFER_LOCALE_DATE_ORDER": False,
        "REQUIRE_PARTS": ["year"],
        "RETURN_TIME_AS_PERIOD": True,
        "RELATIVE_BASE": _BASE,
        "PREFER_DATES_FROM": "past",
        "PREFER_DAY_OF_MONTH": "first",
        "PREFER_MONTH_OF_YEAR": "first",
        "TIMEZONE": "UTC",  # else the machine's
    }
    try:
        return DateDataParser(languages=list(codes), settings=settings)
    except ValueError:  # a language that dateparser does not know either
        return DateDataParser(languages=["en"], settings=settings)
