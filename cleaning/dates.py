"""Read dates as precisely as they are written, and no more.

Nothing here depends on today's date, on the locale or on the time zone of the machine.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

from dateparser.date import DateDataParser

from cleaning.text import normalise_text

Precision = Literal["second", "minute", "day", "month", "year"]

_DEFAULT_LANGUAGES = ("en", "cy", "es", "de", "fr")
# No page of interest is older, and what lies beyond is a placeholder or a misread number.
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
# What dateparser is given: longer texts are sentences, and those are no dates.
_LONGEST = 80
# "3/7/19" means 2019 and "3/7/75" 1975, whenever the program runs.
_BASE = datetime(2049, 12, 31)  # noqa: DTZ001  (dateparser compares it with naive dates)

_ISO = re.compile(
    r"(?P<day>\d{4}-\d\d-\d\d)"
    r"(?:[T ](?P<minute>\d\d:\d\d)(?P<second>:\d\d)?(?:[.,](?P<part>\d{1,9}))?"
    r" ?(?P<zone>Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?)?",
    re.IGNORECASE,
)
_EPOCH_MILLISECONDS = re.compile(r"\d{12,13}")
_RFC_822 = re.compile(r"(?:[A-Za-z]{3}, ?)?\d{1,2} [A-Za-z]{3} \d{4} \d\d:\d\d(?::\d\d)?(?: .+)?")
_YEAR_MONTH = re.compile(r"(\d{4})[-/](0[1-9]|1[0-2])")
_YEARS = re.compile(r"\d{4} ?[-/–] ?\d{2,4}")
_CLOCK_WITH_SECONDS = re.compile(r"\d:\d\d:\d\d")

_LEAD = re.compile(
    r"^(?:(?:last )?(?:posted|published|updated|modified|written|created|date)(?: on)?"
    r"|(?:publicado|actualizado)(?: el)?|fecha|(?:veröffentlicht|aktualisiert)(?: am)?|datum"
    r"|(?:publié|mis à jour)(?: le)?|(?:cyhoeddwyd|diweddarwyd)(?: ar)?|dyddiad)\b ?:? ?",
    re.IGNORECASE,
)
_ORDINAL = re.compile(
    r"\b(\d{1,2})(?:st|nd|rd|th|af|ail|il|ydd|fed|eg|ed|ain|er|º|ª)\b(?: of| o(?= ))?", re.I
)
_FRENCH_CLOCK = re.compile(r"\b(\d{1,2}) ?h ?(\d\d)\b")
_WELSH_WEEKDAY = re.compile(
    r"^(?:dydd (?:llun|mawrth|mercher|iau|gwener|sadwrn|sul)|llun|mercher|iau|gwener|sadwrn|sul"
    r"|mawrth(?=,? \d{1,2} [^\W\d]))\b,? ?",
    re.IGNORECASE,
)
_WELSH_CLOCK = re.compile(r"(?<=\d) ?(?:(yb)|yh|yp)\b|(?<=\d) ?(?:(y\.b\.)|y\.[hp]\.)", re.I)
# dateparser 1.4 does not know the mutated forms that follow "o", and takes "Awst" (August) for
# the time zone AWST. "Mai" it reads right.
_WELSH_MONTHS = {
    "ionawr": "January",
    "chwefror": "February",
    "mawrth": "March",
    "fawrth": "March",
    "ebrill": "April",
    "fai": "May",
    "mehefin": "June",
    "fehefin": "June",
    "gorffennaf": "July",
    "orffennaf": "July",
    "awst": "August",
    "medi": "September",
    "fedi": "September",
    "hydref": "October",
    "tachwedd": "November",
    "dachwedd": "November",
    "rhagfyr": "December",
    "ragfyr": "December",
}
_WELSH_MONTH = re.compile(rf"\b(?:{'|'.join(_WELSH_MONTHS)})\b", re.IGNORECASE)

_BODY_DATE = re.compile(r"\s*(?:\(([^()\n]{4,40})\)|\[([^\[\]\n]{4,40})\]|([^\n]{6,50})(?:\n|$))")


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A moment in UTC, and how much of it was stated: the parts below `precision` are filler."""

    value: datetime
    precision: Precision


def read_date(
    raw: str, *, timezone: str | None = None, languages: Sequence[str] = ()
) -> PartialDate | None:
    """Return the date that `raw` states, or None where it states none.

    Understood are ISO 8601, RFC 822, epoch milliseconds, and visible text in `languages` (codes
    such as "cy" or "en-US"; English always, and the project's languages where none is given).
    Day comes before month in numbers, except for "en-US". Relative texts ("2 hours ago") and
    dates without a year are not dates.

    A clock time without offset is local to `timezone` (an IANA name; an unknown one raises
    `zoneinfo.ZoneInfoNotFoundError`). Where that is unknown, the time cannot be placed and only
    the day is kept, as 00:00 UTC.
    """
    zone = ZoneInfo(timezone) if timezone else None
    text = normalise_text(raw).replace("\n", " ")
    if len(text) > _LONGEST or not re.search(r"\d", text):
        return None
    found = _read_machine_date(text) or _read_visible_date(text, tuple(languages))
    if found is None or not _FIRST_YEAR <= found[0].year <= _LAST_YEAR:
        return None
    return _place(*found, zone)


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


def _read_machine_date(text: str) -> tuple[datetime, Precision] | None:
    try:
        if iso := _ISO.fullmatch(text):
            return _from_iso(iso)
        if _EPOCH_MILLISECONDS.fullmatch(text):
            return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=int(text)), "second"
        if _RFC_822.fullmatch(text):
            return parsedate_to_datetime(text), _clock_precision(text)
        if month := _YEAR_MONTH.fullmatch(text):
            return datetime(int(month[1]), int(month[2]), 1, tzinfo=UTC), "month"
    except (ValueError, OverflowError):  # "2019-02-30", "0000-00-00": well-formed, but no date
        return None
    return None


def _from_iso(iso: re.Match[str]) -> tuple[datetime, Precision]:
    if iso["minute"] is None:
        return datetime.fromisoformat(iso["day"]), "day"
    zone = "+00:00" if (iso["zone"] or "").upper() in ("Z", "UTC", "GMT") else iso["zone"] or ""
    part = f".{iso['part'][:6]:0<6}" if iso["part"] else ""
    clock = iso["minute"] + (iso["second"] or ":00") + part
    value = datetime.fromisoformat(f"{iso['day']}T{clock}{zone}")
    return value, "second" if iso["second"] else "minute"


def _place(value: datetime, precision: Precision, zone: ZoneInfo | None) -> PartialDate:
    if precision in ("second", "minute"):
        if value.tzinfo is not None:
            return PartialDate(value.astimezone(UTC), precision)
        if zone is not None:
            return PartialDate(value.replace(tzinfo=zone).astimezone(UTC), precision)
        precision = "day"
    day = value.replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=UTC)
    return PartialDate(day, precision)


@lru_cache(maxsize=4096)
def _read_visible_date(text: str, languages: tuple[str, ...]) -> tuple[datetime, Precision] | None:
    text = _without_habits(_LEAD.sub("", text))
    if _YEARS.fullmatch(text):
        return None
    try:
        found = _parser(languages).get_date_data(text)
    except (ValueError, OverflowError):  # dateparser lets numbers through that no calendar has
        return None
    if found.date_obj is None:
        return None
    value: datetime = found.date_obj
    match found.period:
        case "time":
            return value, _clock_precision(text)
        case "month":
            return value.replace(day=1), "month"
        case "year":
            return value.replace(month=1, day=1), "year"
        case _:
            return value, "day"


def _clock_precision(text: str) -> Precision:
    return "second" if _CLOCK_WITH_SECONDS.search(text) else "minute"


def _without_habits(text: str) -> str:
    """Rewrite what dateparser does not read: ordinals, Welsh months and French clocks."""
    text = _ORDINAL.sub(r"\1", _WELSH_WEEKDAY.sub("", text))
    text = _WELSH_MONTH.sub(lambda month: _WELSH_MONTHS[month[0].lower()], text)
    text = _WELSH_CLOCK.sub(lambda half: " am" if half[1] or half[2] else " pm", text)
    return _FRENCH_CLOCK.sub(r"\1:\2", text)


@lru_cache(maxsize=64)
def _parser(languages: tuple[str, ...]) -> DateDataParser:
    codes = [code.split("-")[0].lower() for code in languages] or list(_DEFAULT_LANGUAGES)
    is_month_first = "en-US" in languages
    settings = {
        "PARSERS": ["absolute-time"],  # leaves out relative times and bare numbers
        "DATE_ORDER": "MDY" if is_month_first else "DMY",
        "PREFER_LOCALE_DATE_ORDER": False,
        "REQUIRE_PARTS": ["year"],
        "RETURN_TIME_AS_PERIOD": True,
        "RELATIVE_BASE": _BASE,
        "PREFER_DATES_FROM": "past",
        "PREFER_DAY_OF_MONTH": "first",
        "PREFER_MONTH_OF_YEAR": "first",
        "TIMEZONE": "UTC",  # else the machine's
    }
    return DateDataParser(languages=list(dict.fromkeys([*codes, "en"])), settings=settings)
