"""Find where a page shows times: those that it states for machines, and those in words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache

from cleaning.dates import counted_source, find_written_dates
from cleaning.lexicon import lexicon
from cleaning.page import Block, Page
from cleaning.reader.threads.words import last_words, may_hold

_WORDS = lexicon()
_MONTH = rf"(?:{_WORDS.source('months')})(?!\w)\.?"
_TH = rf"(?:{_WORDS.source('ordinals')})?"
_NOON = rf"(?:\s?(?:{_WORDS.source('am', 'pm', 'oclock')})(?!\w))?"
_CLOCK = rf"\d{{1,2}}\s?[:.h]\s?\d\d(?::\d\d)?{_NOON}"
_BETWEEN = rf"(?:[\s,|/@·•–—-]|(?<!\w)(?:{_WORDS.source('at', 'on')})(?!\w)){{0,6}}"


@cache
def _clock_before() -> re.Pattern[str]:
    return re.compile(rf"({_CLOCK}){_BETWEEN}$", re.IGNORECASE)


@cache
def _clock_after() -> re.Pattern[str]:
    return re.compile(rf"{_BETWEEN}{_CLOCK}", re.IGNORECASE)


@cache
def _yearless() -> re.Pattern[str]:
    return re.compile(
        rf"{_CLOCK}{_BETWEEN}(?:{_MONTH}\s+\d\d?|\d\d?{_TH}\s+{_MONTH})(?!\w)"
        rf"|(?<!\w)(?:{_MONTH}\s+\d\d?|\d\d?{_TH}\s+{_MONTH}){_BETWEEN}{_CLOCK}",
        re.IGNORECASE,
    )


@cache
def _ago() -> re.Pattern[str]:
    named = _WORDS.source("yesterday", "today")
    return re.compile(
        rf"(?<!\w)(?:{counted_source()}|(?:{named}),?{_BETWEEN}{_CLOCK})(?!\w)", re.IGNORECASE
    )


@cache
def _edited() -> re.Pattern[str]:
    return re.compile(rf"\W*(?:{_WORDS.source('updated')})(?!\w)", re.IGNORECASE)


_DIGIT = re.compile(r"\d")
_AGO = ("ago", "yesterday", "today")
LONGEST_AGO = 80  # characters of a line that tells a time without a number ("an hour ago")
_MACHINE = re.compile(
    r"\s*(\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?: ?(?:UTC|GMT|Z|[+-]\d\d:?\d\d))?)?)"
    r"\s*"
)
_EPOCH = re.compile(r"\s*(\d{10}|\d{13})\s*")
_EPOCH_LINK = re.compile(r"showComment(?:=|%3D)(\d{12,14})", re.IGNORECASE)
_DATED = ("datetime", "content", "data-datetime", "data-date-string", "title", "data-time")
_EPOCHS = ("data-timestamp", "data-time", "data-utime", "data-date", "data-created")
_DATA_KEYS = frozenset(name for name in _DATED + _EPOCHS if name.startswith("data-"))
_CREATED = frozenset({"datepublished", "datecreated", "commenttime"})
_KEYS = frozenset(_DATED + _EPOCHS)
_LONGEST = 170  # characters of a line that shows a time
_LONGEST_PIECE = 60
_MOST_WORDS = 14  # around a date that is not merely mentioned
_PLACES = frozenset({"body", "html", "main", "form"})


@dataclass(slots=True, eq=False)
class Time:
    """A time that a page shows: `raw` in its best form, in `element` of `block`.

    `pieces` are the places in `Block.pieces` that show it and nothing else. `label` is the word
    before a colon that stands before it ("joined"), `day` (year, month, day) where
    it is known.
    """

    element: int
    block: int
    raw: str
    is_machine: bool
    pieces: tuple[int, ...] = ()
    label: str = ""
    day: tuple[int, ...] = ()
    has_clock: bool = False
    is_edit: bool = False
    """Whether it is when something was changed."""
    is_unseen: bool = False
    """Whether it stands in a `meta`: `element` is what that stands in."""


def find_times(page: Page) -> list[Time]:
    """Return the times of a page in its order."""
    found = _stated(page)
    inside: dict[int, Time] = {}
    for time in found:
        if time.is_unseen:
            continue
        for element in range(time.element, min(page.ends[time.element], time.element + 8)):
            inside[element] = time
    ago = last_words(*_AGO)
    for block in page.blocks:
        size = len(block.text)
        if size > 5 and (
            _DIGIT.search(block.text)
            or (
                size <= LONGEST_AGO
                and not ago.isdisjoint(block.words)
                and _ago().search(block.text)
            )
        ):
            found += _in_words(block, inside)
    for time in found:
        if time.block < len(page.blocks) and not time.is_unseen:
            time.is_edit = _edited().match(page.blocks[time.block].text) is not None
    return sorted(found, key=lambda time: (time.block, time.element))


def _stated(page: Page) -> list[Time]:
    found = []
    last = -1
    told = [e for e in page.having("href") if "showComment" in page.attributes[e]["href"]]
    for element in sorted({*page.having(*_KEYS), *told}):
        attributes = page.attributes[element]
        raw = _machine(page.tags[element], attributes) if element >= last else None
        if raw is None:
            continue
        if _is_short(page, element):
            last = page.ends[element]
            found.append(_machine_time(page, element, raw))
        elif not _DATA_KEYS.isdisjoint(attributes) and page.tags[element] not in _PLACES:
            found.append(replace(_machine_time(page, element, raw), is_unseen=True))
    for parent, attributes in page.marks:
        if attributes["itemprop"].lower() in _CREATED:
            match = _MACHINE.fullmatch(attributes.get("content", ""))
            if match:
                found.append(replace(_machine_time(page, parent, match[1]), is_unseen=True))
    return found


def _machine_time(page: Page, element: int, raw: str) -> Time:
    return Time(element, page.first[element], raw, True, (), "", _day_of(raw), True)


def _day_of(raw: str) -> tuple[int, ...]:
    if raw.isdigit():
        raw = _from_seconds(raw[:10])
    return tuple(int(part) for part in raw[:10].split("-"))


def _machine(tag: str, attributes: Mapping[str, str]) -> str | None:
    for name in _DATED:
        value = attributes.get(name)
        if value and (match := _MACHINE.fullmatch(value)):
            return match[1]
    for name in _EPOCHS:
        match = _EPOCH.fullmatch(attributes.get(name, ""))
        if match:
            return match[1] if len(match[1]) == 13 else _from_seconds(match[1])
    link = _EPOCH_LINK.search(attributes.get("href", "")) if tag == "a" else None
    return link[1] if link else None


def _from_seconds(epoch: str) -> str:
    return datetime.fromtimestamp(int(epoch), UTC).isoformat()


def _is_short(page: Page, element: int) -> bool:
    if page.tags[element] in _PLACES or page.tags[element] == "article":
        return False
    return page.last[element] - page.first[element] <= 2 and len(page.text_of(element)) <= 90


def _in_words(block: Block, inside: dict[int, Time]) -> list[Time]:
    """Times in the words of a block: anywhere in a short one, else pieces that are nothing else."""
    if len(block.text) > _LONGEST:
        found = [_in_piece(block, place, inside) for place in range(len(block.pieces))]
        return [time for time in found if time]
    text, starts = _joined(block)
    line = _Line(text)
    if not line.is_found or len(text.split()) - len(line.raw.split()) > _MOST_WORDS:
        return []
    places = [
        place
        for place, (piece, _) in enumerate(block.pieces)
        if starts[place] < line.end and starts[place] + len(piece) > line.start
    ]
    element = block.pieces[places[0]][1]
    stated = inside.get(element)
    if stated is not None:
        return []
    return [_made(block, element, line, tuple(places))]


def _joined(block: Block) -> tuple[str, list[int]]:
    """The text of a block with a blank between elements, and where each piece begins in it."""
    text, starts = "", []
    for piece, _ in block.pieces:
        if text and not text[-1].isspace() and piece[:1].isalnum() and text[-1].isdigit():
            text += " "
        starts.append(len(text))
        text += piece
    return text, starts


def _in_piece(block: Block, place: int, inside: dict[int, Time]) -> Time | None:
    text, element = block.pieces[place]
    if len(text) > _LONGEST_PIECE or element == block.element or element in inside:
        return None
    if not _DIGIT.search(text):
        return None
    line = _Line(text)
    if not line.is_found or len(text) - len(line.raw) > 20:
        return None
    return _made(block, element, line, (place,))


def _made(block: Block, element: int, line: _Line, places: tuple[int, ...]) -> Time:
    return Time(
        element, block.number, line.raw, False, places, line.label, line.day, line.has_clock
    )


class _Line:
    """The first date of a line."""

    __slots__ = ("day", "end", "has_clock", "is_found", "label", "raw", "start")

    def __init__(self, text: str) -> None:
        self.day: tuple[int, ...] = ()
        self.label = self.raw = ""
        self.is_found = self.has_clock = False
        self.start = self.end = 0
        dates = find_written_dates(text)
        written = next((date for date in dates if date.day is not None), None)
        if written is not None:
            self.day = (written.year, written.month, written.day or 1)
            self._take(text, *_with_clock(text, written.start, written.end))
        elif match := find_relative(text):
            self._take(text, *match.span())

    def _take(self, text: str, start: int, end: int) -> None:
        self.is_found = True
        self.start, self.end = start, end
        self.raw = " ".join(text[start:end].split())
        self.has_clock = _CLOCK_IN.search(self.raw) is not None
        label = _LABEL.search(text[:start])
        self.label = label[1].strip().lower() if label else ""


def find_relative(text: str) -> re.Match[str] | None:
    """Return where a line shows a time without its year, or from where its visitor stands."""
    match = _yearless().search(text) if _CLOCK_IN.search(text) else None
    is_short = len(text) <= LONGEST_AGO
    return match or (_ago().search(text) if is_short and may_hold(text, *_AGO) else None)


def _with_clock(text: str, start: int, end: int) -> tuple[int, int]:
    """A date, and the time of the day that stands behind or before it."""
    behind = _clock_after().match(text, end)
    if behind:
        return start, behind.end()
    before = _clock_before().search(text[max(0, start - 40) : start])
    return (start - len(before[0]) if before else start), end


_CLOCK_IN = re.compile(r"\d\s?[:.h]\s?\d\d")
_LABEL = re.compile(r"(?<![^\W\d_])((?:[^\W\d_]++ )?[^\W\d_]++):\W*+$")


def is_relative(raw: str) -> bool:
    """Tell whether a time is told from the day of the visit ("2 hours ago")."""
    return not find_written_dates(raw) and _ago().search(raw) is not None
