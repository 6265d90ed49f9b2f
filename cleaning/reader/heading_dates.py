"""When a page was published and changed: all that says so, weighed together."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cleaning.dates import (
    Precision,
    Stated,
    find_written_dates,
    is_placeholder,
    read_stated,
)
from cleaning.evidence.model import MODIFIED, PUBLISHED, Evidence
from cleaning.lexicon import lexicon
from cleaning.page import Block, Page
from cleaning.page.names import NAME_GROUPS
from cleaning.reader.heading_address import day_in_address, order_of
from cleaning.reader.heading_date_ranks import Found, PageDates
from cleaning.reader.heading_lines import (
    LONGEST_LINE,
    Dateline,
    is_label,
    is_sentence,
    line_of,
    may_be_label,
    may_have_date,
    read_dateline,
    read_statement,
)
from cleaning.reader.heading_places import Places

_META_NAMES = 1 << NAME_GROUPS.index("meta") | 1 << NAME_GROUPS.index("author")
_DATE_NAME = re.compile(
    r"(?:^|[\s_-])(?:dates?|datum|fecha|dyddiad|published|pub-?date|publish|posted|timestamp"
    r"|datetime|time|dateline|publication|postdate|entrydate)(?:$|[\s_-])|(?:publish|post|article)\w{0,40}?Date"
    r"|(?:^|\s)posted-?on"
)
_EVENT_NAME = re.compile(
    r"(?<![a-z])events?(?![a-z])|deadline|expir|(?:start|end)[-_]?(?:date|time)|comment|response"
    r"|member|joined|copyright",
    re.IGNORECASE,
)
_STAMPS = ("datetime", "ts", "data-time", "data-timestamp", "data-date", "title")
_WHOLE = frozenset({"main", "body", "article"})
_MOST = 60  # candidates on a page


class DateReader:
    """Reads the dates of one page."""

    def __init__(
        self, page: Page, places: Places, evidence: Sequence[Evidence], languages: Sequence[str]
    ) -> None:
        self.page, self.places, self.evidence = page, places, evidence
        own = page.head.language
        self.languages = tuple(dict.fromkeys([*languages, *([own] if own else [])]))
        self.order = order_of(page, self.languages)
        self.dates = PageDates()
        self.timed = {e for e, tag in enumerate(page.tags) if tag == "abbr" or "time" in tag}

    def read(self) -> PageDates:
        for one in self.evidence:
            if one.says in (PUBLISHED, MODIFIED) and one.value:
                self._take_evidence(one)
        self._take_address()
        self._take_lines()
        return self.dates

    def _take_evidence(self, one: Evidence) -> None:
        value = one.value or ""
        stated = read_stated(value, self.languages, self.order) or self._inside(value)
        if stated is None or is_placeholder(stated.day):
            return
        if one.element is not None and self._shown_otherwise(one.element, stated):
            return
        sign = f"{_source(one)} {one.weight:.1f}"
        if one.origin == "json-ld" and not value.strip()[:4].isdigit():
            sign = "json-ld in words"
        found = Found(stated, value, one.origin, one.element, {sign})
        if one.element is not None:
            found.lost = self._reason(one.element)
            found.signs.add(f"marked {self._place_of(one.element)}")
        self.dates.add(found, is_change=one.says == MODIFIED)

    def _inside(self, value: str) -> Stated | None:
        """Return the one date inside a value that says more than that."""
        dates = find_written_dates(value[:200], self.languages, self.order)
        if len(dates) != 1:
            return None
        return Stated(dates[0].first_day, "day" if dates[0].day else "month")

    def _shown_otherwise(self, element: int, stated: Stated) -> bool:
        """Tell whether the text of a stamped element shows a day that its stamp contradicts."""
        shown = find_written_dates(self.page.text_of(element)[:80], self.languages, self.order)
        return bool(shown and shown[0].day) and abs((shown[0].first_day - stated.day).days) == 1

    def _take_address(self) -> None:
        day = day_in_address(self.page.url)
        if day:
            stated = Stated(day, "day")
            self.dates.add(
                Found(stated, stated.day.isoformat(), "url", None, {"url"}), is_change=False
            )

    def _take_lines(self) -> None:
        label = ""
        for block in self.page.blocks:
            text = block.text
            if len(text) > LONGEST_LINE:
                self._take_statement(block)
            if len(text) > LONGEST_LINE or not text:
                label = ""
                continue
            if may_have_date(text) or self._has_stamp(block.pieces):
                line = line_of(self.page, block)
                self._take_line(block.number, block.element, f"{label} {line}".strip())
                label = ""
            else:
                label = text if may_be_label(block.words) and is_label(text) else ""

    def _take_statement(self, block: Block) -> None:
        """Take the day that opens a text, or on which it says that it was posted."""
        if not may_have_date(block.text[:700]):
            return
        dateline = read_statement(block.text, self.languages, self.order)
        if dateline is None or is_placeholder(dateline.written.first_day):
            return
        place = self._place_of(block.element)
        kind = "posted on" if dateline.is_labelled else "opens text"
        stated = Stated(dateline.written.first_day, "day")
        reason = self._reason(block.element)
        signs = {f"{kind} {place}"}
        self.dates.add(
            Found(stated, dateline.raw, "text", block.element, signs, reason), is_change=False
        )

    def _has_stamp(self, pieces: list[tuple[str, int]]) -> bool:
        return bool(self.timed) and any(self._stamp(element) for _, element in pieces)

    def _stamp(self, element: int) -> Stated | None:
        """Return the time that an element, or what it stands in, is marked with for machines."""
        for around in (element, self.page.parents[element]):
            if around in self.timed:
                values = (self.page.attributes[around].get(name, "") for name in _STAMPS)
                for value in values:
                    stated = read_stated(value, self.languages, self.order) if value else None
                    if stated and not is_placeholder(stated.day):
                        return stated
        return None

    def _take_line(self, number: int, element: int, line: str) -> None:
        block = self.page.blocks[number]
        inner = next((e for t, e in block.pieces if may_have_date(t)), element)
        stamps = [(e, s) for _, e in block.pieces if (s := self._stamp(e))]
        is_named = self._is_named(inner) or self._is_named(element)
        dateline = read_dateline(
            line, is_named=is_named, languages=self.languages, order=self.order
        )
        if stamps and not may_have_date(line) and not is_sentence(line):
            self._take_stamp(stamps[0], line, block.element)
            return
        if dateline is None or (dateline.is_mention and dateline.written.has_short_year):
            return
        stated = self._stated(line, dateline)
        if is_placeholder(stated.day):
            return
        place = self._place_of(element)
        signs = self._line_signs(dateline, place, is_named=is_named)
        if block.linked * 2 > len(block.text):
            signs.add("linked")
        if stamps:
            signs.add(f"in time {place}")
            if stamps[0][1].day == stated.day:
                stated = stamps[0][1]
        reason = self._reason(inner) or self._beside_event(number)
        found = Found(stated, dateline.raw, "time" if stamps else "text", element, signs, reason)
        self.dates.add(found, is_change=dateline.is_change)

    def _beside_event(self, number: int) -> str:
        """Return why not, where lines around say where something takes place or what it costs."""
        blocks, words = self.page.blocks, lexicon()
        before = blocks[number - 1].text if number else ""
        is_other = len(before) <= 40 and words.is_phrase(before, "other_dates")
        around = (block.text[:40] for block in blocks[max(number - 2, 0) : number + 3])
        labels = [text.split(":")[0] for text in around if text]
        is_event = any(words.is_phrase(label, "event") for label in labels)
        return "of an event or a member" if is_other or is_event else ""

    def _take_stamp(self, stamp: tuple[int, Stated], line: str, element: int) -> None:
        """Take a time whose text is relative ("2 years ago")."""
        signs = {f"stamp alone {self._place_of(element)}"}
        is_change = bool(
            re.search(r"updat|modif|edit|diweddar|aktualis|actualiz|mis à jour", line, re.I)
        )
        found = Found(stamp[1], line[:80], "time", stamp[0], signs, self._reason(stamp[0]))
        self.dates.add(found, is_change=is_change)

    def _stated(self, line: str, dateline: Dateline) -> Stated:
        """Return the date of a line with its clock, if that can be read."""
        parts = (line, line[max(line.find(dateline.raw), 0) :]) if ":" in line else ()
        for part in parts:
            whole = read_stated(part, self.languages, self.order)
            if whole and whole.day == dateline.written.first_day:
                return whole
        written = dateline.written
        precision: Precision = "day" if written.day else "month"
        return Stated(written.first_day, precision, is_open=written.is_open)

    def _line_signs(self, dateline: Dateline, place: str, *, is_named: bool) -> set[str]:
        kinds = {"mention": dateline.is_mention, "line": dateline.is_whole}
        kind = next((kind for kind, is_so in kinds.items() if is_so), "lenient")
        signs = {f"{'named ' if is_named else ''}{kind} {place}"}
        if dateline.is_labelled and not dateline.is_mention:
            signs.add("labelled")
        if dateline.written.has_short_year:
            signs.add("short year")
        return signs

    def _is_named(self, element: int) -> bool:
        page = self.page
        for around in (element, page.parents[element]):
            attributes = page.attributes[around]
            names = f"{attributes.get('class', '')} {attributes.get('id', '')}"
            if page.names[around] & _META_NAMES or (names != " " and _DATE_NAME.search(names)):
                return True
        return False

    def _place_of(self, element: int) -> str:
        if self.places.is_aside(element):
            return "aside"
        if self.places.is_teaser(element):
            return "in a teaser"
        distance = self.places.distance(element)
        if distance is None:
            return "without title"
        if distance < 0:
            return "above title" if distance >= -6 else "far above"
        if self.page.first[element] > self.places.text_starts:
            return "in text or after"
        return "below title" if distance <= 4 else "before text" if distance <= 12 else "far below"

    def _reason(self, element: int) -> str:
        if self.places.is_in_post(element):
            return "of a post or comment"
        if self.places.is_of_others(element) or self.places.is_beside(element):
            return "of another page or person"
        return "of an event or a member" if self._is_event(element) else ""

    def _is_event(self, element: int) -> bool:
        page = self.page
        for around, _ in zip(page.around(element), range(3), strict=False):
            attributes = page.attributes[around]
            if page.tags[around] in _WHOLE or not attributes:
                continue
            names = (attributes.get(name, "") for name in ("class", "id", "itemprop"))
            if any(name and _EVENT_NAME.search(name) for name in names):
                return True
        return False


def _source(one: Evidence) -> str:
    known = ("json-ld", "meta", "microdata", "selector", "feed", "list")
    return one.origin if one.origin in known else "platform"
