"""Times of the day beside a date, and the names of time zones."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

from cleaning.lexicon import lexicon
from cleaning.lexicon.patterns import alternatives

# Names by hours east of Greenwich. Left out is what several zones are called by (IST).
_ZONES = (
    (-10.0, "hst"),
    (-9.0, "akst"),
    (-8.0, "akdt pst"),
    (-7.0, "pdt mst"),
    (-6.0, "mdt cst"),
    (-5.0, "cdt est"),
    (-4.0, "edt ast"),
    (-3.0, "brt"),
    (0.0, "z utc ut gmt wet"),
    (1.0, "bst west cet mez"),
    (2.0, "cest mesz eet sast cat"),
    (3.0, "eest msk eat trt"),
    (5.0, "pkt"),
    (7.0, "wib ict"),
    (8.0, "awst hkt sgt pht"),
    (9.0, "jst kst"),
    (9.5, "acst"),
    (10.0, "aest"),
    (10.5, "acdt"),
    (11.0, "aedt"),
    (12.0, "nzst"),
    (13.0, "nzdt"),
)
_OFFSETS = {name: hours for hours, names in _ZONES for name in names.split()}
# Names that leave out whether clocks are put forward.
_REGIONS = {
    "et": "America/New_York",
    "ct": "America/Chicago",
    "mt": "America/Denver",
    "pt": "America/Los_Angeles",
}
_NAMES = alternatives({*_OFFSETS, *_REGIONS})
CLOCK = r"[0-2]?\d[:.h][0-5]\d(?:[:.][0-5]\d(?:[.,]\d{1,9})?)?"
ZONE = rf"(?:(?:{_NAMES})(?!\w)\s?(?:[+-]\d\d?(?::?\d\d)?)?|[+-]\d\d(?::?\d\d)?)"
_PARTS = re.compile(r"(\d\d?)\s?[:.h]\s?(\d\d)(?:[:.](\d\d)(?:[.,](\d{1,9}))?)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of the day between `start` and `end` of a text; `zone` None where none is written."""

    start: int
    end: int
    value: time
    zone: tzinfo | None
    has_seconds: bool


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    words = lexicon()
    am, pm, oclock = (words.source(name) for name in ("am", "pm", "oclock"))
    return re.compile(
        rf"(?<![\d:.])(?P<clock>\d\d?\s?h\s?\d\d(?!\d)|{CLOCK}(?![\d])|\d\d?(?=\s?(?:{am}|{pm})(?!\w)))"
        rf"\s?(?:(?P<am>(?:{am})(?!\w))|(?P<pm>(?:{pm})(?!\w))|(?:{oclock})(?!\w))?"
        rf"(?:\s?\(?(?P<zone>{ZONE}|[A-Z][a-z]+/[A-Z][A-Za-z_]+)\)?)?",
        re.IGNORECASE,
    )


def find_clock(text: str) -> Clock | None:
    """Return the first time of the day in a text that stands beside a date.

    >>> find_clock("at 9:41 pm BST").value.isoformat()
    '21:41:00'
    """
    for found in _pattern().finditer(text):
        value = _value(found["clock"], is_pm=bool(found["pm"]), is_am=bool(found["am"]))
        if value is not None:
            has_seconds = len(re.findall(r"\d+", found["clock"])) > 2
            return Clock(found.start(), found.end(), value, read_zone(found["zone"]), has_seconds)
    return None


def _value(clock: str, *, is_pm: bool, is_am: bool) -> time | None:
    parts = _PARTS.match(clock)
    hour = int(parts[1] if parts else clock)
    if is_pm or is_am:
        hour = hour % 12 + 12 * is_pm if hour <= 12 else hour
    part = int(f"{parts[4][:6]:0<6}") if parts and parts[4] else 0
    try:
        return time(hour, int(parts[2]) if parts else 0, int(parts[3] or 0) if parts else 0, part)
    except ValueError:
        return None


def read_zone(name: str | None) -> tzinfo | None:
    """Return the zone of "CEST", "+02:00", "UTC+2", "ET" or "Europe/London", None if unknown."""
    if not name:
        return None
    if "/" in name:
        try:
            return ZoneInfo(name)
        except (KeyError, ValueError, OSError):
            return None
    parts = re.fullmatch(r"([A-Za-z]*)\s?(?:([+-])(\d\d?):?(\d\d)?)?", name)
    if parts is None:
        return None
    word = parts[1].lower()
    if word in _REGIONS:
        return ZoneInfo(_REGIONS[word])
    hours = _OFFSETS.get(word, 0.0)
    if parts[3]:
        east = int(parts[3]) + int(parts[4] or 0) / 60
        hours += -east if parts[2] == "-" else east
    return timezone(timedelta(hours=hours)) if abs(hours) < 24 else None
