"""Find the dates that a text writes, in any language of the lexicon, with one pattern."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from cleaning.dates.clocks import CLOCK, ZONE
from cleaning.lexicon import lexicon

FIRST_YEAR, LAST_YEAR = 1900, 2100
# "3/7/19" means 2019 and "3/7/75" 1975, whenever the program runs.
_FIRST_OF_1900 = 50

_YEAR = r"(?:1[89]|20|21)\d\d"
_SHORT = rf"(?:{_YEAR}|['’]?\d\d)(?![\d:])(?!['’]?\w*[-/]\d)"


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date between `start` and `end` of a text; `day` is None where month and year stand alone.

    `is_open` says that day and month could change places: the order was taken from the caller.
    `has_short_year` says that the century was not written.
    """

    start: int
    end: int
    year: int
    month: int
    day: int | None
    is_open: bool = False
    has_short_year: bool = False

    @property
    def first_day(self) -> date:
        """The day, or the first of the month."""
        return date(self.year, self.month, self.day or 1)


@dataclass(frozen=True, slots=True)
class Order:
    """What decides where a date in numbers can be read in several ways.

    `is_month_first` is what the page or the language does; `year` and `month` are known from
    elsewhere, such as the address.
    """

    is_month_first: bool = False
    year: int | None = None
    month: int | None = None


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    words = lexicon()
    month = rf"(?:{words.source('months')})(?![^\W\d_])\.?"
    of = rf"(?:\s+(?:{words.source('of')})\s*|\s+|\s*[-/,.]\s*)"
    th = rf"(?:{words.source('ordinals')})?"
    return re.compile(
        rf"""(?<![\w.,/:-])(?:
        (?P<ymd>(?P<y1>{_YEAR})(?P<s1>[-/.])\s?(?P<m1>\d\d?)(?P=s1)\s?(?P<d1>\d\d?)(?!\d|[-/.]\d)
            (?:T\d\d:?\d\d(?::?\d\d)?(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)?)?)
        |(?P<dmy>(?P<d2>\d\d?){th}(?:{of}|(?=[^\W\d]))(?P<m2>{month})(?:{of}|(?=\d))(?P<y2>{_SHORT}))
        |(?P<mdy>(?P<m3>{month})[\s-]\s*(?P<d3>\d\d?)(?!\d){th}(?:,|\s|-|\.)\s*
            (?:{CLOCK}\s+(?:{ZONE}\s+)?)?(?P<y3>{_SHORT}))
        |(?P<yxd>(?P<y4>{_YEAR})\.?[\s-]+(?P<m4>{month})[\s-]+(?P<d4>\d\d?)(?!\d))
        |(?P<nnn>(?P<n1>\d\d?)(?P<s5>[./-])\s?(?P<n2>\d\d?)(?P=s5)\s?(?P<y5>{_YEAR}|\d\d)(?![\d:]|[-/.]\d))
        |(?P<my>(?P<m6>{month})(?:{of})(?P<y6>{_YEAR})(?![\d-]))
        )"""
        r"|(?<!\d)(?P<cjk>(?P<y7>\d{4})\s?[年년]\s?(?P<m7>\d\d?)\s?[月월](?:\s?(?P<d7>\d\d?)\s?[日号號일]?)?)",
        re.IGNORECASE | re.VERBOSE,
    )


_NUMBER = re.compile(r"\d+")


def _may_hold_date(text: str) -> bool:
    """Tell whether a look for dates could find one; cheap. A year has four digits, or two and a
    day or month beside it."""
    numbers = _NUMBER.findall(text)
    longest = max(map(len, numbers), default=0)
    return longest > 3 or (longest > 1 and len(numbers) > 1)


@lru_cache(maxsize=1)
def _weekday_before() -> re.Pattern[str]:
    return re.compile(
        rf"(?<!\w)(?P<weekday>{lexicon().source('weekdays')})\.?[\s,(]*$", re.IGNORECASE
    )


def find_written_dates(
    text: str, languages: Sequence[str] = (), order: Order | None = None
) -> list[WrittenDate]:
    """Return the dates in `text` in their order; those that no calendar has are left out.

    Months are read in any language; where two languages mean two months by one word, the first of
    `languages` decides. Of day and month in numbers the day comes first, unless only the other
    order is a date, a weekday before it fits the other only, or `order` says so.
    """
    if not _may_hold_date(text):
        return []
    return list(_read_all(text, tuple(languages), order or Order()))


def _read_all(text: str, languages: tuple[str, ...], order: Order) -> Iterator[WrittenDate]:
    for found in _pattern().finditer(text):
        written = _read(found, text, languages, order)
        if written is not None and FIRST_YEAR <= written.year <= LAST_YEAR:
            yield written


def _read(
    found: re.Match[str], text: str, languages: tuple[str, ...], order: Order
) -> WrittenDate | None:
    kind = found.lastgroup if found.lastgroup in _PLACES else None
    kind = kind or next(name for name in _PLACES if found[name] is not None)
    if kind == "nnn":
        return _in_numbers(found, text, languages, order)
    y, m, d = _PLACES[kind]
    month = found[m].rstrip(".").casefold()
    number = int(month) if month.isdecimal() else month_number(month, languages)
    day = found[d] if d else None
    return _made(found, found[y], number, int(day) if day else None)


_PLACES = {
    "ymd": ("y1", "m1", "d1"),
    "dmy": ("y2", "m2", "d2"),
    "mdy": ("y3", "m3", "d3"),
    "yxd": ("y4", "m4", "d4"),
    "nnn": ("y5", "n1", "n2"),
    "my": ("y6", "m6", ""),
    "cjk": ("y7", "m7", "d7"),
}


def month_number(form: str, languages: Sequence[str]) -> int:
    """Return 1 to 12 for a name of a month, in `languages` first, else in English, else in any."""
    form = " ".join(form.split())
    for words in (lexicon(*languages, "en") if languages else lexicon("en"), lexicon()):
        if form in words.months:
            return words.months[form]
    return 0


def _made(
    found: re.Match[str],
    year: str,
    month: int,
    day: int | None,
    *,
    is_open: bool = False,
) -> WrittenDate | None:
    digits = year.lstrip("'’")
    is_short = len(digits) == 2
    number = int(digits) + (0 if not is_short else 1900 if int(digits) >= _FIRST_OF_1900 else 2000)
    if not _is_day(number, month, day or 1):
        return None
    return WrittenDate(found.start(), found.end(), number, month, day, is_open, is_short)


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _in_numbers(
    found: re.Match[str], text: str, languages: tuple[str, ...], order: Order
) -> WrittenDate | None:
    one, two, three = found["n1"], found["n2"], found["y5"]
    readings = [_made(found, three, int(two), int(one)), _made(found, three, int(one), int(two))]
    if len(three) == 2:
        if len(one) == len(two) == 1 and found["s5"] != "/":
            return None  # "1.2.17" is a number of a version or a chapter
        if len(one) == 2:
            readings.append(_made(found, one, int(two), int(three)))
    known = [reading for reading in readings if reading is not None]
    if found["s5"] == "." and len(three) == 4 and readings[0]:
        known = [readings[0]]  # nobody writes the month first with dots
    fitting = [reading for reading in known if _fits(reading, order)] or known[:2]
    fitting = _by_weekday(fitting, text, found.start(), languages)
    if not fitting:
        return None
    month_first = readings[1]
    is_turned = order.is_month_first and month_first is not None and month_first in fitting
    first = month_first if is_turned and month_first is not None else fitting[0]
    is_open = len({reading.first_day for reading in fitting}) > 1
    return first if not is_open else _open(first)


def _open(written: WrittenDate) -> WrittenDate:
    parts = (written.start, written.end, written.year, written.month, written.day)
    return WrittenDate(*parts, is_open=True, has_short_year=written.has_short_year)


def _fits(written: WrittenDate, order: Order) -> bool:
    return order.year in (None, written.year) and order.month in (None, written.month)


def _by_weekday(
    readings: list[WrittenDate], text: str, start: int, languages: tuple[str, ...]
) -> list[WrittenDate]:
    """Keep the readings that fall on the weekday which stands before them, if any does."""
    before = _weekday_before().search(text[max(0, start - 30) : start])
    if before is None or len(readings) < 2:
        return readings
    form = " ".join(before["weekday"].casefold().split())
    weekdays = lexicon(*languages, "en").weekdays if languages else lexicon("en").weekdays
    number = weekdays.get(form, lexicon().weekdays.get(form))
    return [r for r in readings if r.first_day.weekday() == number] or readings
