"""Tell a line that only says when something was written from a sentence that mentions a date."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from cleaning.dates import Order, WrittenDate, find_written_dates
from cleaning.lexicon import lexicon
from cleaning.lexicon.patterns import alternatives
from cleaning.page import Block, Page
from cleaning.page.words import WORD

LONGEST_LINE = 200
_BORDER = re.compile(r"[|·•⋅∙●/–—→]|\s-\s")
_BRACKETS = re.compile(r"\([^()]*\)")
_WORD = re.compile(r"\w+")
_WORDLESS = re.compile(r"[\W\d_]*")
_CLOCK = re.compile(
    r"\b[0-2]?\d[:.h][0-5]\d(?:[:.][0-5]\d)?(?:\s*[ap]\.?m\b\.?)?|\b[01]?\d\s*[ap]\.?m\b\.?"
    r"|\b(?:UTC|GMT|BST|CET|CEST|MEZ|MESZ|[ECMP][SD]?T|Z|Uhr|yb|yh)\b(?:\s*[+-]\d\d?(?::?\d\d)?)?",
    re.IGNORECASE,
)
_TIME = re.compile(r"\b[0-2]?\d[:.h][0-5]\d|\b[01]?\d\s*[ap]\.?m\b", re.IGNORECASE)
_OPENS = 60  # characters of a text in which a day opens it
_NEAR = 40  # characters between "posted on" and the day
_LONGEST_STATEMENT = 700
_MOST_WORDS = 16  # beside the date: a name, a section, a number of comments
_MOST_IN_NAME = 6
_SIGNS = " ,.;:@()\n"
_DIGIT = re.compile(r"\d")
_YEARLIKE = re.compile(
    r"(?:1[89]|20|21)\d\d|\d[./-]\s?\d|['’]\d\d"
    r"|\b\d\d?(?:st|nd|rd|th|\.)?[ -][^\W\d]{3,12}\.?[ ,-]+\d\d(?!\d)"
)


@dataclass(frozen=True, slots=True)
class Dateline:
    """A date in a line, how it is written there, and what the line says of it."""

    written: WrittenDate
    raw: str
    is_change: bool
    is_labelled: bool
    is_whole: bool
    """Whether nothing but labels, clocks and bylines stands beside it."""
    is_mention: bool = False
    """Whether the line says other things too, so that it may only speak of that day."""


def line_of(page: Page, block: Block) -> str:
    """Return the text of a block in which elements with no text between them are set apart.

    The layout tells them apart: a label and its value, two linked names. `|` stands between them;
    beside text of the block itself they are part of its sentence.
    """
    has_own = any(
        element == block.element and any(map(str.isalnum, text)) for text, element in block.pieces
    )
    border = " " if has_own else " | "
    parts: list[str] = []
    last = block.element
    for text, element in block.pieces:
        if text == "\n":
            parts.append(" | ")
        elif not text.strip():
            parts.append(" ")
        else:
            is_apart = bool(parts) and element != last and not page.holds(last, element)
            parts.append(
                (border if is_apart or (parts and not has_own and element != last) else "") + text
            )
            last = element
    pieces = (" ".join(piece.split()) for piece in "".join(parts).split("|"))
    return " | ".join(filter(None, pieces))


def may_have_date(text: str) -> bool:
    """Tell whether a look for dates could find one; cheap."""
    if _DIGIT.search(text) and _YEARLIKE.search(text):
        return True
    return "年" in text or "년" in text


def beside_day(line: str) -> str:
    """Return what a short line says beside the one day in it, borders included; "" without one."""
    dates = find_written_dates(line) if may_have_date(line) else []
    if len(dates) != 1 or dates[0].day is None:
        return ""
    pieces = (line[: dates[0].start] + " | " + line[dates[0].end :]).split("|")
    return " | ".join(piece.strip(" ,;:·—–-") for piece in pieces if not _is_bare(piece))


@lru_cache(maxsize=1)
def _frame() -> re.Pattern[str]:
    names = ("published", "updated", "on", "at", "of", "oclock", "am", "pm", "read_time")
    words = lexicon()
    # Those of two letters are words of other languages ("to"), unless a sign follows.
    weekdays = alternatives(day for day in words.weekdays if len(day) > 2)
    short = alternatives(day for day in words.weekdays if len(day) == 2)
    return re.compile(
        rf"(?<!\w)(?:{words.source(*names)}|{weekdays}|{short}(?=[.,])"
        r"|(?:this |the |in )?(?:post|message|page|article|topic|thread)"
        r"(?: (?:was|has been|is))?|first|last|originally|zuletzt|en)\.?(?!\w)",
        re.IGNORECASE,
    )


@lru_cache(maxsize=1)
def _byline() -> re.Pattern[str]:
    source = lexicon().source("by", "weak_by", "author")
    return re.compile(
        rf"(?:(?:^\W*|[|·•⋅–—]\s*)(?:{source})|\b(?:posted|written|published|started|asked|created"
        r"|edited|reviewed|updated) by)(?:\s|\s*[:：])",
        re.IGNORECASE,
    )


@lru_cache(maxsize=1)
def _opening() -> re.Pattern[str]:
    """What opens a line that says of the text itself when it was written."""
    label = rf"(?:{lexicon().source('published')}|started)"
    return re.compile(
        rf"(?:^|[|·•⋅–—])[^\w|·•⋅–—]*+{label}(?:\s*+[:：\d]|\s++(?:by|on|in)\s)", re.IGNORECASE
    )


def read_dateline(
    line: str,
    *,
    is_named: bool = False,
    languages: tuple[str, ...] = (),
    order: Order | None = None,
) -> Dateline | None:
    """Return the date for which `line` stands, or which it only mentions, or None.

    Beside the date there may be what announces it, a clock, and what is set apart by a border
    (`|`, `·`, a dash) or announced as a byline. Two clocks or days are a span: that of an event.
    A line that an element names as a date (`is_named`) may say a few words more. Of a day of
    publication and a later one of change the first counts.
    """
    if len(line) > LONGEST_LINE or not may_have_date(line):
        return None
    line = _without_second(line, languages, order)
    dates = find_written_dates(line, languages, order)
    if not dates or len(dates) > 3:
        return None
    found = _read_each(line, dates, is_named=is_named)
    found = [one for one in found if not one.is_mention] or found[:1]
    plain = [one for one in found if not one.is_change]
    if len(plain) > 1 and not any(one.is_labelled for one in plain):
        return None
    labelled = [one for one in plain if one.is_labelled]
    return next(iter(labelled or plain or found), None)


def _read_each(line: str, dates: list[WrittenDate], *, is_named: bool) -> list[Dateline]:
    words = lexicon()
    change, other, said = (words.pattern(n) for n in ("updated", "other_dates", "published"))
    starts = [0] + [one.end for one in dates[:-1]]
    ends = [one.start for one in dates[1:]] + [len(line)]
    found: list[Dateline] = []
    for written, start, end in zip(dates, starts, ends, strict=True):
        before, after = line[start : written.start], line[written.end : end]
        near = before[-60:]
        is_after = end == len(line) and not before.strip(_SIGNS)
        is_change = bool(change.search(near)) or (is_after and bool(change.search(after)))
        if other.search(near) and not said.search(near) and not is_change:
            continue
        is_lenient = is_named or bool(_opening().search(line))
        is_whole = is_framed(before, after)
        few = len(_WORD.findall(before)) + len(_WORD.findall(after)) <= _MOST_WORDS
        is_labelled = bool(said.search(near))
        if len(_TIME.findall(f"{before} {after}")) > 1 and not is_labelled:
            continue
        if written.day is None and not (is_whole and _is_alone(before, after)):
            continue  # a list of the months of an archive, a sentence
        is_mention = not (few and (is_whole or is_lenient))
        if is_mention and is_sentence(line):
            continue
        raw = line[written.start : written.end]
        found.append(Dateline(written, raw, is_change, is_labelled, is_whole, is_mention))
    return found


def is_sentence(line: str) -> bool:
    """Tell whether a line is one of running text, which mentions days without standing for them."""
    return line.rstrip("\"'”’)").endswith((".", "!", "?", "。")) and len(_WORD.findall(line)) >= 6


def _is_alone(before: str, after: str) -> bool:
    return not any(map(str.isdigit, f"{before}{after}")) and "(" not in after


def _without_second(line: str, languages: tuple[str, ...], order: Order | None) -> str:
    """Cut a day in brackets that stands beside one outside: "3 May 2020 (edited 5 May 2020)"."""
    if "(" not in line:
        return line
    rest = _BRACKETS.sub(lambda part: " " if may_have_date(part[0]) else part[0], line)
    return rest if find_written_dates(rest, languages, order) else line


def read_statement(
    text: str, languages: tuple[str, ...] = (), order: Order | None = None
) -> Dateline | None:
    """Return the date in a longer text that says when it was posted, or that opens with a day.

    "This entry was posted on Monday, 3 May 2020 at 9:46 pm and is filed under ..."
    """
    if len(text) <= _LONGEST_STATEMENT:
        for label in lexicon().pattern("published").finditer(text):
            near = text[label.end() : label.end() + _NEAR + 20]
            for written in find_written_dates(near, languages, order):
                if written.day and written.start <= _NEAR:
                    return _moved(near, written, is_labelled=True)
    start = text[:_OPENS]
    dates = find_written_dates(start, languages, order)
    if dates and dates[0].day and dates[0].start <= 25 and len(dates) == 1:
        return _moved(start, dates[0], is_labelled=False)
    return None


def _moved(text: str, written: WrittenDate, *, is_labelled: bool) -> Dateline:
    raw = text[written.start : written.end]
    return Dateline(written, raw, False, is_labelled, is_whole=False, is_mention=True)


@lru_cache(maxsize=8)
def first_words(*names: str) -> frozenset[str]:
    """Return the first words of all phrases of these kinds; a letter each in unspaced scripts."""
    return frozenset(WORD.findall(phrase)[0] for phrase in lexicon().of(*names))


def may_be_label(words: list[str]) -> bool:
    """Tell whether the words of a block could be a label; cheap."""
    return 0 < len(words) <= 6 and words[0] in first_words("published", "updated", "other_dates")


def is_label(line: str) -> bool:
    """Tell whether a line only announces what follows: "Last updated:", "Published on"."""
    if len(line) > 30 or not any(map(str.isalpha, line)):
        return False
    return lexicon().is_phrase(line, "published", "updated", "other_dates")


def is_framed(before: str, after: str) -> bool:
    """Tell whether around a date there are only labels, clocks, bylines, and what is set apart."""
    return _is_frame(before, is_before=True) and _is_frame(after)


def _is_frame(text: str, *, is_before: bool = False) -> bool:
    if len(_CLOCK.findall(text)) > 2:
        return False
    if _is_bare(text):
        return True
    text = _CLOCK.sub(" ", text)
    byline = next(reversed(list(_byline().finditer(text))), None)
    if byline and (is_before or not text[: byline.start()].strip(_SIGNS)):
        name = text[byline.end() :]
        return len(_WORD.findall(name)) <= _MOST_IN_NAME or bool(_BORDER.search(name))
    pieces = _BORDER.split(text)
    return len(pieces) > 1 and _is_bare(pieces[-1] if is_before else pieces[0])


def _is_bare(text: str) -> bool:
    return bool(_WORDLESS.fullmatch(_frame().sub(" ", _CLOCK.sub(" ", text))))
