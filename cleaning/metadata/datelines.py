"""Tell a line that only says when something was written from a sentence that mentions a date."""

import re
from dataclasses import dataclass

LONGEST_LINE = 160

_YEAR = r"(?:19|20)\d\d"
_ORDINALS = r"(?:st|nd|rd|th|er|º|ª|\.|af|ail|il|ydd|fed|eg|ed|ain)"
_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)[a-z]*\.?"
IN_ENGLISH = re.compile(
    r"(?:\d{1,2}\s+)?(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b",
    re.IGNORECASE,
)
# A whole day: as a machine writes it, month day year, day month year in any language, in numbers.
DAY = re.compile(
    rf"\b{_YEAR}-[01]\d-[0-3]\d(?:[T ][0-2]\d:?[0-5]\d(?::?[0-5]\d)?(?:[.,]\d+)?"
    rf"(?: ?(?:Z|UTC|[+-]\d\d:?\d\d))*)?(?![\d-])"
    rf"|\b{_MONTH}\s+\d{{1,2}}{_ORDINALS}?,?\s+{_YEAR}\b"
    rf"|\b\d{{1,2}}{_ORDINALS}?(?:\s+(?:o|of|de)\s+|\s+|-)[^\W\d]{{3,12}}\.?"
    rf"(?:\s+del?\s+|\s+|-|,\s*){_YEAR}\b"
    rf"|\b\d{{1,2}}[./-]\d{{1,2}}[./-]{_YEAR}\b|\b{_YEAR}[./-]\d{{1,2}}[./-]\d{{1,2}}\b",
    re.IGNORECASE,
)
_CHANGE = re.compile(
    r"updat|modif|review|edited|revis|changed|actualizad|aktualisiert|geändert|stand\b"
    r"|mis(?:e)? à jour|diweddar",
    re.IGNORECASE,
)
# A clock, its half of the day and its zone.
_CLOCK = re.compile(
    r"\b[0-2]?\d[:.h][0-5]\d(?:[:.][0-5]\d)?(?:\s{0,4}[ap]\.?m\b\.?)?|\b[01]?\d\s{0,4}[ap]\.?m\b\.?"
    r"|\b(?:UTC|GMT|BST|CET|CEST|[ECMP][SD]?T|Z|Uhr|yb|yh)\b(?:\s{0,4}[+-]\d\d?(?::?\d\d)?)?",
    re.IGNORECASE,
)
# What announces a date, what stands between it and its clock, and how long the reading takes.
_FRAME = re.compile(
    r"\b(?:(?:first |last |originally |page |article |date |story |post ){0,6}"
    r"(?:posted|published|publication|publish|released?|created|written|asked|started|added|dated"
    r"|updated?|modified|reviewed|revised|edited|changed|date)(?: date)?"
    r"|zuletzt|publicad[oa]|actualizad[oa]|fecha|veröffentlicht|aktualisiert|erstellt|geändert|stand|datum"
    r"|publiée?|mise? à jour|modifiée?|cyhoeddwyd|diweddarwyd|postiwyd|dyddiad"
    r"|(?:this )?(?:post|message|page|article|topic|thread) (?:was|has been|is)"
    r"|on|at|the|el|le|à|am|den|vom|um|a las|ar"
    r"|\d{1,9}\s{0,4}-?(?:min|mins|minutes?|minuten)\.?(?: (?:to )?read)?"
    r"|(?:mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun)(?:day|nesday|sday|rsday|urday)?"
    r"|lunes|martes|miércoles|jueves|viernes|sábado|domingo"
    r"|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag"
    r"|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
    r"|(?:dd?ydd )?(?:lun|fercher|wener|llun|mawrth|mercher|iau|gwener|sadwrn|sul))\b",
    re.IGNORECASE,
)
_BYLINE = re.compile(
    r"(?:^\W*|[|·•⋅–—]\s*)(?:by|von|par|por|gan|autore?r?:|author:?)\s"
    r"|\b(?:posted|written|published|started|asked|created|edited|reviewed|updated) by\s",
    re.IGNORECASE,
)
# What opens a line that says of the text itself when it was written.
_OPENING = re.compile(
    r"(?:^|[|·•⋅–—])\W{0,9}(?:first |originally )?"
    r"(?:posted|published|written|started|asked|created)"
    r"(?:\s{0,4}:|\s{1,4}(?:by|on|in)\s|\s{1,4}\d)",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"\([^()]*\)")
_BORDER = re.compile(r"[|·•⋅∙●/–—→]|\s-\s")
_WORD = re.compile(r"\w+")
_WORDLESS = re.compile(r"[\W\d_]*")
_MOST_WORDS = 16  # beside the date: a name, a section, a number of comments
_MOST_IN_NAME = 6
_SIGNS = " ,.;:@()\n"


@dataclass(frozen=True, slots=True)
class Dateline:
    """A date as the line writes it, and whether it is said to be that of a change."""

    raw: str
    is_change: bool


def read_dateline(line: str, *, is_named: bool = False) -> Dateline | None:
    """Return the date for which `line` stands, or None where it only mentions one, or none.

    Beside the date there may be what announces it, a clock, and what is set apart by a border
    (`|`, `·`, a dash) or announced as a byline. Two clocks or days are a span: that of an event.
    A line that an element names as a date (`is_named`) may say a few words more. Of a day of
    publication and a later one of change the first counts.
    """
    if len(line) > LONGEST_LINE:
        return None
    line = _without_second(line)
    days = list(DAY.finditer(line))
    if not days or len(days) > 2:
        return None
    ends = [day.start() for day in days[1:]] + [len(line)]
    starts = [0] + [day.end() for day in days[:-1]]
    found: list[Dateline] = []
    for day, start, end in zip(days, starts, ends, strict=True):
        before, after = line[start : day.start()], line[day.end() : end]
        is_change = bool(_CHANGE.search(before)) or bool(
            end == len(line) and not before.strip() and _CHANGE.search(after)
        )
        is_lenient = is_named or bool(_OPENING.search(line))
        if not (is_lenient or (_is_frame(before, is_before=True) and _is_frame(after))):
            return None
        if len(_WORD.findall(before)) + len(_WORD.findall(after)) > _MOST_WORDS:
            return None
        found.append(Dateline(day[0], is_change))
    if len(found) == 2 and not found[1].is_change and not found[0].is_change:
        return None
    return next((one for one in found if not one.is_change), found[0])


def _without_second(line: str) -> str:
    """Cut a day in brackets that stands beside one outside: "3 May 2020 (edited 5 May 2020)"."""
    rest = _BRACKETS.sub(lambda inside: " " if DAY.search(inside[0]) else inside[0], line)
    return rest if DAY.search(rest) else line


def is_label(line: str) -> bool:
    """Tell whether a line only announces what follows: "Last updated:", "Published on"."""
    return len(line) <= 30 and bool(_FRAME.search(line)) and _is_bare(line)


def _is_frame(text: str, *, is_before: bool = False) -> bool:
    if len(_CLOCK.findall(text)) > 2:
        return False
    if _is_bare(text):
        return True
    text = _CLOCK.sub(" ", text)
    byline = next(reversed(list(_BYLINE.finditer(text))), None)
    if byline and (is_before or not text[: byline.start()].strip(_SIGNS)):
        name = text[byline.end() :]
        return len(_WORD.findall(name)) <= _MOST_IN_NAME or bool(_BORDER.search(name))
    pieces = _BORDER.split(text)
    return len(pieces) > 1 and _is_bare(pieces[-1] if is_before else pieces[0])


def _is_bare(text: str) -> bool:
    return bool(_WORDLESS.fullmatch(_FRAME.sub(" ", _CLOCK.sub(" ", text))))
