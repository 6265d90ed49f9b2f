"""Find when a page was published and changed, where the page says so."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import islice

from lxml import etree
from lxml.html import HtmlElement

from cleaning.dates import read_date
from cleaning.metadata.datelines import DAY, IN_ENGLISH, Dateline, is_label, read_dateline
from cleaning.metadata.elements import (
    LINE_TAGS,
    first,
    is_aside,
    is_of_an_event,
    is_teaser,
    microdata,
    text_of,
)
from cleaning.metadata.jsonld import Entity
from cleaning.metadata.nearby import line_around, lines_after, lines_before, stamp

_PUBLISHED_METAS = (
    *("article:published_time", "og:article:published_time", "og:published_time"),
    *("datepublished", "parsely-pub-date", "sailthru.date", "publish-date", "publish_date"),
    *("publication_date", "publication-date", "pubdate", "publishdate", "published_time"),
    *("published", "published-date", "published_at", "date_published", "article.published"),
    *("dc.date.issued", "dcterms.issued", "dcterms.date", "citation_publication_date"),
    *("citation_online_date", "citation_date", "prism.publicationdate", "dc.date.created"),
    *("dcterms.created", "dc.date", "date", "datecreated", "created", "article:created"),
)
_MODIFIED_METAS = (
    *("article:modified_time", "og:updated_time", "last-modified", "dcterms.modified"),
    *("datemodified", "dc.date.modified", "lastmod", "revised"),
)
_DAY_IN_ADDRESS = re.compile(
    r"/((?:19|20)\d\d)([/.-]?)(0[1-9]|1[0-2]|(?<=[/.-])[1-9])\2"
    r"(0[1-9]|[12]\d|3[01]|(?<=[/.-])[1-9])(?=[/+_.-]|$)"
)
_ISO = re.compile(r"\s*(?:19|20)\d\d(?:-?[01]\d(?:-?[0-3]\d(?:[T ]\d\d:?\d\d.*)?)?)?\s*", re.DOTALL)
# In JSON-LD only this order is a date of the text; what templates write in words is often today's.
_YEAR_FIRST = re.compile(r"\s*(?:19|20)\d\d")
_ISO_DAY = re.compile(r"\s*(?:19|20)\d\d-[01]\d-[0-3]\d")
_NUMBERS = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-]((?:19|20)\d\d)")
_NAMED_DATE = re.compile(
    r"(?:^|[\s_-])(?:dates?|published|pub-?date|publish|posted|timestamp|datetime|time|dateline"
    r"|publication|author|byline|meta|postdate|entrydate)(?:$|[\s_-])|(?:publish|post|article)\w{0,40}Date"
    r"|(?:^|\s)posted-?on"
)
_YEAR_ALONE = re.compile(r"\s*(?:19|20)\d\d\s*")
_STAMPED = etree.XPath(
    "//time | //abbr[@title] | //*[contains(name(), '-')][contains(name(), 'time')]"
)
# How far from the title a line with a date is looked for, and how long the lines may be.
_LINES_AFTER, _LINES_BEFORE, _LONGEST_LINE = 25, 6, 200
_LONGEST_DATE = 60
_MOST_ELEMENTS = 500
# Some systems show the day of an entry in a heading above it.
_HEADINGS = ("h2", "h3", "h4", "h5", "h6")


Found = tuple[Dateline, str]
"""A date, and in which kind of place it stands."""


@dataclass(frozen=True, slots=True)
class PageDates:
    """What a page says of its dates, as it writes them; `source` is where `published` stands."""

    published: str | None = None
    source: str | None = None
    modified: str | None = None


def find_dates(
    tree: HtmlElement,
    metas: Mapping[str, str],
    main: Entity | None,
    url: str,
    heading: HtmlElement | None,
) -> PageDates:
    """Return the dates of publication and of the last change.

    `heading` is the element with the title. Declared dates come first, then lines near the title,
    then the day in the address, then elements elsewhere that are marked or named as a date. Of
    several dates in microdata the earliest counts: a thread began with its first message. A line
    that says "updated" is never the date of publication. A declared date that is also that of the
    last change gives way to an earlier one near the title: some systems know one date only.
    """
    changed = (main.modified if main else None) or first(metas, _MODIFIED_METAS)
    published, source = _declared(tree, metas, main)
    near = _near_title(heading)
    changed = changed or next((line.raw for line, _ in near if line.is_change), None)
    if published and not (changed and _day(published) == _day(changed)):
        return PageDates(published, source, changed)
    for line, place in near if published else _shown(tree, heading, url, near):
        if line.is_change:
            changed = changed or line.raw
        elif published is None:
            return PageDates(_in_order(line.raw, tree, metas), place, changed)
        else:
            is_earlier = _is_earlier(line.raw, published)
            return PageDates(*((line.raw, place) if is_earlier else (published, source)), changed)
    return PageDates(published, source, changed)


def _declared(
    tree: HtmlElement, metas: Mapping[str, str], main: Entity | None
) -> tuple[str | None, str | None]:
    said = [raw for raw in (main and main.published,) if raw and _YEAR_FIRST.match(raw)]
    for source, dates in (
        ("json-ld", said),
        ("meta", (metas[name] for name in _PUBLISHED_METAS if name in metas)),
        ("microdata", _microdates(tree)),
    ):
        for raw in dates:
            day = _whole_day(raw)
            if day:
                return _in_order(day, tree, metas), source
    return None, None


def _microdates(tree: HtmlElement) -> Iterator[str]:
    """Yield the dates in microdata, the earliest first; the page is searched when one is asked."""
    found = (raw for name in ("datePublished", "dateCreated") for raw in microdata(tree, name))
    yield from sorted(found, key=lambda raw: (not _ISO.fullmatch(raw), raw))


def _whole_day(raw: str) -> str | None:
    """Return `raw` where a machine wrote it, else the day in it."""
    raw = raw.strip()
    if _ISO.fullmatch(raw):
        return raw
    if len(raw) > _LONGEST_DATE:
        return None
    day = DAY.search(raw)
    if day and read_date(day[0]):
        return day[0]
    iso = _ISO_DAY.match(raw)
    return iso[0] if iso else raw if _YEAR_FIRST.match(raw) and read_date(raw) else None


def _shown(
    tree: HtmlElement, heading: HtmlElement | None, url: str, near: list[Found]
) -> Iterator[Found]:
    """Yield the dates outside of declarations, the likeliest first."""
    yield from near
    day = _DAY_IN_ADDRESS.search(url)
    if day:
        yield Dateline("-".join(day[part].zfill(2) for part in (1, 3, 4)), False), "url"
    if not near:  # where the title stands beside a date of change, no other is looked for
        yield from _stamped(tree, heading)
        yield from _named(tree, heading)


def _near_title(heading: HtmlElement | None) -> list[Found]:
    found: list[Found] = []
    for block, text in () if heading is None else _near(heading):
        line = _readable(read_dateline(text))
        if line and not _is_of_another(block, heading):
            found.append((line, "time" if _ISO.fullmatch(line.raw) else "text"))
            if not line.is_change:
                break
    return found


def _near(heading: HtmlElement) -> Iterator[tuple[HtmlElement, str]]:
    """Yield the lines between the title and the text, then those just above the title."""
    label = ""
    for block, line in islice(lines_after(heading), _LINES_AFTER):
        if len(line) > _LONGEST_LINE:
            break  # the text has begun
        yield block, f"{label} {line}"
        label = line if is_label(line) else ""
    yield from islice(lines_before(heading, _LINES_BEFORE), _LINES_BEFORE)


def _stamped(tree: HtmlElement, heading: HtmlElement | None) -> Iterator[Found]:
    for element in _STAMPED(tree)[:_MOST_ELEMENTS]:
        raw = stamp(element)
        if raw and not _is_of_another(element, heading):
            line = read_dateline(_beside(raw, line_around(element)))
            if line:
                yield Dateline(raw, line.is_change), "time"


def _is_of_another(element: HtmlElement, heading: HtmlElement | None) -> bool:
    """Tell whether `element` speaks of another page or of an event."""
    return is_aside(element) or is_teaser(element, heading) or is_of_an_event(element)


def _beside(stamp: str, line: str) -> str:
    """Return the part of a line between two borders in which `stamp` stands, with its label."""
    pieces = line.split(" | ")
    place = next((number for number, piece in enumerate(pieces) if stamp in piece), 0)
    label = pieces[place - 1] if place and is_label(pieces[place - 1]) else ""
    return f"{label} {pieces[place]}"


def _named(tree: HtmlElement, heading: HtmlElement | None) -> Iterator[Found]:
    places = tree.iter(*LINE_TAGS, *_HEADINGS)
    named = (element for element in places if _is_date_name(_names(element)))
    for element in islice(named, _MOST_ELEMENTS):
        text = text_of(element, _LONGEST_DATE)
        if is_aside(element):
            continue
        if len(text) > _LONGEST_DATE:
            text = (element.text or "").strip()
        line = _readable(read_dateline(text, is_named=True))
        if line is None and _YEAR_ALONE.fullmatch(text) and "date" in _names(element):
            line = Dateline(text, False)
        if line and not _is_of_another(element, heading) and _is_apart(element):
            yield line, "text"


def _names(element: HtmlElement) -> str:
    return f"{element.get('class', '')} {element.get('id', '')}"


@lru_cache(maxsize=20_000)  # the elements of a page share few names
def _is_date_name(names: str) -> bool:
    return bool(_NAMED_DATE.search(names))


def _is_apart(element: HtmlElement) -> bool:
    """Tell whether the element stands in no sentence."""
    around = line_around(element)
    return len(around) <= _LONGEST_DATE or read_dateline(around) is not None


def _readable(line: Dateline | None) -> Dateline | None:
    if line is None or _ISO.fullmatch(line.raw) or IN_ENGLISH.match(line.raw):
        return line  # needs no parser to be known as a date
    return line if read_date(line.raw) else None


def _in_order(raw: str, tree: HtmlElement, metas: Mapping[str, str]) -> str:
    """Return a date in numbers as ISO where the page writes the month first."""
    numbers = _NUMBERS.fullmatch(raw)
    if numbers and int(numbers[1]) <= 12 and _is_month_first(tree, metas):
        return f"{numbers[3]}-{int(numbers[1]):02}-{int(numbers[2]):02}"
    return raw


def _is_month_first(tree: HtmlElement, metas: Mapping[str, str]) -> bool:
    root = next(tree.iter("html"), tree)
    declared = f"{root.get('lang', '')} {metas.get('og:locale', '')}".lower().replace("_", "-")
    if "en-us" in declared:
        return True
    others = _NUMBERS.findall(" ".join(tree.itertext()))
    return sum(int(second) > 12 for _, second, _ in others) > sum(
        int(one) > 12 for one, _, _ in others
    )


def _day(raw: str) -> date | None:
    found = read_date(raw)
    return found.value.date() if found else None


def _is_earlier(raw: str, other: str) -> bool:
    one, two = _day(raw), _day(other)
    return one is not None and two is not None and one < two
