"""What stands before and behind the names in a byline: "Written by", "photos by", "on 3 May"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from cleaning.bylines.names import Part, has_head, is_person
from cleaning.dates import find_written_dates, is_frame
from cleaning.lexicon import known_languages, lexicon
from cleaning.lexicon.patterns import alternatives

_PARTS: dict[Part, str] = {
    "photographs": "photographs_by",
    "illustration": "illustrated_by",
    "editing": "edited_by",
    "translation": "translated_by",
    "film": "filmed_by",
}
_SIGNS = " \t\n,.;:|·•–—-"
# "Recipe by", "A guide to buses by": whatever it is, a person follows.
_ANY_BY = re.compile(r"(?:[\w'’&-]+\s+){1,5}by:?\s+(?=[A-Z])")
_OTHER_JOINTS = frozenset({"y", "e", "und", "et", "and", "&"})
_LATER_TIME = re.compile(
    r"\b[0-2]?\d[:.h][0-5]\d\b|\b\d+ ?(?:min|comments?)\b.*|\s\d+ [a-z]+$", re.IGNORECASE
)
_FOR_WHOM = re.compile(r"(?<!\s)\s++(?:for|pour|für|para|per|voor)\s++(?=[A-Z])")


@lru_cache(maxsize=1)
def _leads() -> list[tuple[re.Pattern[str], Part]]:
    """Patterns of leads; those that also are whole labels want a colon or a capital behind."""
    words = lexicon()
    found: list[tuple[re.Pattern[str], Part]] = []
    for part, name in _PARTS.items():
        found.append((_compiled(words.source(name)), part))
    found.append((_compiled(words.source("by", "author")), "author"))
    return found


def _compiled(source: str) -> re.Pattern[str]:
    article = r"(?:(?:an?|the|ein|eine|un|une|una)\s++)?"
    end = r"(?:(?![\w'’-])|(?<=[\u3040-\uffff]))"
    return re.compile(rf"\A\W*+{article}(?:{source}){end}\s*+[:：]?\s*+", re.IGNORECASE)


@lru_cache(maxsize=1)
def _weak_lead() -> re.Pattern[str]:
    """ "Von" and "Gan" also open names, so they are a lead only where a whole name follows."""
    weak = lexicon().source("weak_by")
    return re.compile(rf"\A\W*+(?:{weak})\b\s*+:?\s*+(?=\S++ \S)", re.IGNORECASE)


def strip_lead(piece: str) -> tuple[Part | None, str, frozenset[str]]:
    """Return what those named did (None: unsaid), the rest, and the words for "and"."""
    return *strip_plain_lead(piece), _joints(piece)


def strip_plain_lead(piece: str) -> tuple[Part | None, str]:
    """Return what those named did (None: unsaid), and the rest."""
    for pattern, part in _leads():
        lead = pattern.match(piece)
        if lead and (lead.end() == len(piece) or not piece[lead.end()].islower() or ":" in lead[0]):
            return part, piece[lead.end() :].strip()
        if lead and part == "author" and _is_by(lead[0]):
            return part, piece[lead.end() :].strip()
    any_by = _ANY_BY.match(piece)
    if any_by and is_person(" ".join(piece[any_by.end() :].split()[:2]).strip(_SIGNS)):
        return "author", piece[any_by.end() :].strip()
    weak = _weak_lead().match(piece)
    if weak and piece[weak.end() : weak.end() + 1].isupper() and not _opens_name(piece):
        return "author", piece[weak.end() :].strip()
    return None, piece.strip()


def _is_by(lead: str) -> bool:
    return lead.strip(_SIGNS).casefold().split(" ")[-1] in {"by", "gan", "por", "von", "par"}


def _opens_name(piece: str) -> bool:
    """Tell whether a capital "Von", "Di" or "De" begins the name itself: "Di Marsden"."""
    first, _, rest = piece.strip().partition(" ")
    return first.casefold() in {"di", "de", "da", "van"} and first[0].isupper() and " " not in rest


@lru_cache(maxsize=64)
def _language_of(lead: str) -> str:
    for code in known_languages():
        if lead in lexicon(code).of("by", "weak_by", "author"):
            return code
    return ""


def _joints(piece: str) -> frozenset[str]:
    """Return the words for "and" that a byline with this lead may use."""
    match = _weak_lead().match(piece) or _leads()[-1][0].match(piece)
    lead = " ".join(match[0].strip(_SIGNS).casefold().split()) if match else ""
    code = _language_of(lead) if lead else ""
    own = lexicon(code).of("and") if code else frozenset()
    return own | _OTHER_JOINTS


@lru_cache(maxsize=1)
def _later_part() -> re.Pattern[str]:
    groups = "|".join(rf"(?P<{part}>{lexicon().source(name)})" for part, name in _PARTS.items())
    author = lexicon().source("by")
    return re.compile(
        rf"(?:[,;.&]|\s(?:and|und|et|y|e|a|ac|en|i)|\s(?=[\u3040-\uffff]))\s*(?:{groups}|(?P<author>{author}))(?!\w)\s*:?\s*",
        re.IGNORECASE,
    )


def starts_part(names: str, part: Part) -> Iterator[tuple[Part, str]]:
    """Split names where the line turns to what others did: "Ann Example, photographs by Bo"."""
    place, own = 0, part
    for turn in _later_part().finditer(names):
        yield own, names[place : turn.start()]
        own = next(name for name in (*_PARTS, "author") if turn[name])
        place = turn.end()
    yield own, names[place:]


@lru_cache(maxsize=1)
def _after_name() -> re.Pattern[str]:
    words = lexicon()
    source = words.source("after_name", "on", "at", "published", "updated", "weekdays", "read_time")
    return re.compile(rf"(?:^|[\s,])(?:{source})\.?$", re.IGNORECASE)


@lru_cache(maxsize=1)
def _said_after() -> list[re.Pattern[str]]:
    """What goes on after a name without a date: "Ann Example in News", "Ann Example says"."""
    words = lexicon()
    labels = words.source("updated", "published", "says", "read_time")
    buttons = {word for word in words.of("control") if " " not in word and "{" not in word}
    pressed = alternatives(buttons)
    return [
        re.compile(rf"\s(?:{labels})(?!\w)", re.IGNORECASE),
        re.compile(r"\s(?:in|en|dans|em|auf|bei)\s++(?=[A-Z])"),
        re.compile(rf"(?<!\s)\s++(?:{pressed})$", re.IGNORECASE),
    ]


def without_date_before(piece: str) -> str:
    """Return what follows a date that opens a piece: "3 May 2019 by Ann Example"."""
    dates = find_written_dates(piece)
    if dates and is_frame(piece[: dates[0].start]):
        return piece[dates[0].end :].strip(_SIGNS)
    return piece


def cut_rest(names: str) -> str:
    """Return names without what follows them: dates and their labels, reading times, for whom."""
    names = _without_said(names.strip())
    dates = find_written_dates(names)
    if dates:
        before, after = names[: dates[0].start], names[dates[-1].end :]
        names = before if re.search(r"[^\W\d_]", _trimmed(before)) else after
    names = _LATER_TIME.sub("", names)
    names = _trimmed(names)
    whom = _FOR_WHOM.search(names)
    if whom and not has_head(names[: whom.start()]):
        names = names[: whom.start()]
    return _without_said(names).strip(_SIGNS.replace(".", ""))


def _without_said(names: str) -> str:
    for pattern in _said_after():
        said = pattern.search(names)
        if said and is_person(names[: said.start()]) and not _is_two(names, said.start()):
            names = names[: said.start()]
    return names


def _is_two(names: str, place: int) -> bool:
    """Tell whether "en" or "in" stands between two persons."""
    return is_person(" ".join(names[place:].split()[1:]))


def _trimmed(names: str) -> str:
    while True:
        shorter = _after_name().sub("", names.rstrip(_SIGNS.replace(".", ""))).rstrip(" ,;:|–—-")
        if shorter == names or is_person(names):
            return names
        names = shorter
