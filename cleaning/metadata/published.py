"""Find when a page was published, where the page says so."""

import re
from collections.abc import Iterator, Mapping
from itertools import chain, islice

from lxml import etree
from lxml.html import HtmlElement

from cleaning.dates import read_date
from cleaning.metadata.elements import LINE_TAGS, is_aside, microdata, text_of
from cleaning.metadata.jsonld import Entity

_METAS = (
    *("article:published_time", "og:article:published_time", "datepublished", "parsely-pub-date"),
    *("sailthru.date", "publish-date", "publication_date", "pubdate", "publishdate"),
    *("published_time", "dc.date.issued", "dcterms.issued", "citation_publication_date"),
    *("citation_online_date", "dc.date", "date"),
)
_DAY_IN_ADDRESS = re.compile(
    r"/((?:19|20)\d\d)[/-](0?[1-9]|1[0-2])[/-](0?[1-9]|[12]\d|3[01])(?=/|-|$)"
)
_ISO = re.compile(r"\s*(?:19|20)\d\d(?:-?[01]\d(?:-?[0-3]\d)?)?(?!\d)")
_AMERICAN = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-]((?:19|20)\d\d)")
_NAMED_DATE = re.compile(
    r"(?:^|[\s_-])(?:date|dates|published|pubdate|publish-?date|post-?date|entry-?date|posted-on|"
    r"posted|timestamp|datetime|time|dateline|publication|author|byline|meta)(?:$|[\s_-])"
    r"|(?:publish|post|article)\w*Date"
)
_MONTHS = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)[a-z]*\.?"
# A whole day: month day year, day month year in any language, or in numbers.
_DAY = re.compile(
    rf"{_MONTHS}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+(?:19|20)\d\d\b"
    r"|\b\d{1,2}(?:st|nd|rd|th|\.)?(?:\s+|-)[^\W\d]{3,12}\.?(?:\s+|-|,\s*)(?:19|20)\d\d\b"
    r"|\b\d{1,2}[./-]\d{1,2}[./-](?:19|20)\d\d\b|\b(?:19|20)\d\d[./-]\d\d[./-]\d\d\b",
    re.IGNORECASE,
)
_CHANGED = re.compile(r"updat|modif|reviewed|edited", re.IGNORECASE)
# How far from the title a line with a date is looked for, and how long the lines may be.
_LINES_AFTER, _LINES_BEFORE, _LONGEST_LINE = 25, 6, 200
_LONGEST_DATE = 60


def find_published(
    tree: HtmlElement, metas: Mapping[str, str], main: Entity | None, url: str
) -> tuple[str | None, str | None]:
    """Return the date as the page writes it, and which kind of place said so.

    Of several dates in microdata or `time` elements before the text the earliest counts: a thread
    began with its first message. A line that says "updated" counts only where no other does.
    """
    is_american = _is_american(tree, metas)
    if main and main.published and _ISO.match(main.published):
        return main.published, "json-ld"
    declared = (metas[name] for name in _METAS if name in metas)
    for source, dates in (
        ("meta", declared),
        ("microdata", _earliest_first(microdata(tree, "datePublished"))),
        ("time", _times(tree)),
        ("text", chain(_named_dates(tree), _datelines(tree))),
    ):
        found = _first_date(dates)
        if found:
            return _whole_day(found, is_american=is_american), source
    day = _DAY_IN_ADDRESS.search(url)
    return ("-".join(part.zfill(2) for part in day.groups()), "url") if day else (None, None)


def _first_date(dates: Iterator[str]) -> str | None:
    changed: str | None = None
    for date in dates:
        if _is_date(date):
            if not _CHANGED.search(date):
                return date
            changed = changed or date
    return changed


def _is_date(raw: str) -> bool:
    if _ISO.match(raw):
        return True
    day = _DAY.search(raw) if len(raw) <= _LONGEST_DATE else None
    return day is not None and read_date(day[0]) is not None


def _whole_day(raw: str, *, is_american: bool) -> str:
    day = None if _ISO.match(raw) else _DAY.search(raw)
    if day is None:
        return raw.strip()
    numbers = _AMERICAN.fullmatch(day[0])
    if numbers and is_american and int(numbers[1]) <= 12:
        return f"{numbers[3]}-{int(numbers[1]):02}-{int(numbers[2]):02}"
    return day[0]


def _is_american(tree: HtmlElement, metas: Mapping[str, str]) -> bool:
    root = next(tree.iter("html"), tree)
    declared = f"{root.get('lang', '')} {metas.get('og:locale', '')}".lower().replace("_", "-")
    return "en-us" in declared


def _earliest_first(dates: Iterator[str]) -> Iterator[str]:
    found = list(islice(dates, 100))
    yield from sorted(date for date in found if _ISO.match(date))
    yield from found


def _times(tree: HtmlElement) -> Iterator[str]:
    for time in tree.iter("time", "relative-time", "abbr"):
        if not is_aside(time):
            yield time.get("datetime") or (time.get("title") or "" if time.tag == "abbr" else "")


def _named_dates(tree: HtmlElement) -> Iterator[str]:
    for element in tree.iter(*LINE_TAGS):
        names = f"{element.get('class', '')} {element.get('id', '')}"
        if len(names) > 1 and _NAMED_DATE.search(names) and not is_aside(element):
            text = text_of(element)
            if 4 <= len(text) <= _LONGEST_DATE:
                yield text


def _datelines(tree: HtmlElement) -> Iterator[str]:
    """Yield short lines that stand between the title and the text, then those just above it."""
    heading = next((h for h in tree.iter("h1") if text_of(h)), None)
    if heading is None:
        return
    for line in islice(_lines_after(heading), _LINES_AFTER):
        if len(line) > _LONGEST_LINE:
            break  # the text has begun
        yield line
    yield from islice(_lines_before(heading), _LINES_BEFORE)


def _lines_after(heading: HtmlElement) -> Iterator[str]:
    for above in chain([heading], heading.iterancestors(etree.Element)):
        for sibling in above.itersiblings(etree.Element):
            yield from _lines(sibling)


def _lines_before(heading: HtmlElement) -> Iterator[str]:
    for above in chain([heading], islice(heading.iterancestors(etree.Element), 3)):
        for sibling in above.itersiblings(etree.Element, preceding=True):
            yield from reversed(list(islice(_lines(sibling), _LINES_BEFORE)))


def _lines(element: HtmlElement) -> Iterator[str]:
    for inner in element.iter(etree.Element):
        pieces = (None if inner.tag in ("script", "style") else inner.text, inner.tail)
        yield from (" ".join(piece.split()) for piece in pieces if piece and not piece.isspace())
