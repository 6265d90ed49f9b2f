"""The heading of a page: title, authors, dates, publisher, licence, each with what was considered.

All that a page, its platform and its lists say (`cleaning.evidence`) and all that it shows (lines
near the title, named elements, the address) are candidates. The signs of each are summed with the
weights of `heading.json`, and the heaviest counts if it is heavy enough: null means unknown.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

from cleaning.bylines import Author
from cleaning.continuity import plain
from cleaning.dates import Precision
from cleaning.evidence.model import PUBLISHER, Evidence
from cleaning.page import Page
from cleaning.reader.heading_authors import AuthorReader, Group
from cleaning.reader.heading_date_ranks import Found
from cleaning.reader.heading_dates import DateReader
from cleaning.reader.heading_licence import find_licence
from cleaning.reader.heading_places import Places
from cleaning.reader.heading_relative import RelativeLine, find_relative_line
from cleaning.reader.heading_titles import find_title_element, rank_titles
from cleaning.reader.ranking import Candidate
from cleaning.text import read_line

_Value = TypeVar("_Value", Group, Found)
_LONGEST_BYLINE = 250  # characters of a block that is nothing but a byline
_MOST_LINES = 6  # of a byline
_BELOW_OTHERS, _TOO_LITTLE = "another says more", "too little speaks for it"


@dataclass(frozen=True, slots=True)
class HeadingDate:
    """A date of the page: the moment in UTC with its precision, and how and where it is written.

    `day` is the day as written, whatever the time zone; `origin` is "json-ld", "meta",
    "microdata", "time", "text" (a line that is shown), "url", "feed", "list", "selector" or the
    name of a platform.
    """

    value: datetime
    precision: Precision
    day: date
    raw: str
    origin: str


@dataclass(frozen=True, slots=True)
class Heading:
    """What a page says of itself; None or empty where it says nothing.

    `published_relative` is what a page without a date shows of one ("3 days ago"), which only the
    moment of the visit makes a date. `contributors` took photographs, edited, translated: what is
    in `Author.part`. `candidates` are by field ("title", "authors", "published", "modified"), the
    heaviest first. `title_blocks` and `byline_blocks` are numbers of the page's blocks that show
    the title, the authors and the date.
    """

    title: str | None = None
    authors: tuple[Author, ...] = ()
    contributors: tuple[Author, ...] = ()
    published: HeadingDate | None = None
    published_relative: str | None = None
    modified: HeadingDate | None = None
    publisher: str | None = None
    licence: str | None = None
    title_element: int | None = None
    title_blocks: tuple[int, ...] = ()
    byline_blocks: tuple[int, ...] = ()
    candidates: dict[str, tuple[Candidate, ...]] = field(default_factory=dict)


def read_heading(
    page: Page,
    evidence: Sequence[Evidence],
    *,
    languages: Sequence[str] = (),
    site_names: Sequence[str] = (),
    posts: Iterable[range] = (),
    timezone: str | None = None,
) -> Heading:
    """Return what a page says of itself.

    `languages` are what the source declares, in which it writes ("cy", "en-US"); `site_names` what
    the site is known as besides what the page says; `posts` are ranges of blocks of comments, posts
    and entries, whose authors and dates are not the page's; a clock without a zone is local to
    `timezone` (an IANA name), and where that is unknown only the day counts.
    """
    titles = rank_titles(page, evidence, site_names)
    chosen = next((one for one in titles if not one.lost), None)
    title = chosen.value if chosen else None
    element = find_title_element(page, title, titles)
    places = Places(page, element, posts)
    dates = DateReader(page, places, evidence, languages).read()
    groups = AuthorReader(page, places, evidence, site_names, title).read()
    zone = ZoneInfo(timezone) if timezone else None
    group, author_marks = _first(groups)
    published_ones = dates.ranked(page, evidence, is_change=False)
    published, published_marks = _first(published_ones)
    relative = None if published else find_relative_line(page, places)
    modified, modified_marks = _first(dates.ranked(page, evidence, is_change=True))
    shown = [one for _, one in groups if group and one.authors == group.authors]
    dated = [one for _, one in published_ones if published and _are_same(one, published)]
    return Heading(
        title=title,
        authors=group.authors if group else (),
        contributors=_contributors(groups, group),
        published=_dated(published, zone),
        published_relative=relative.raw if relative else None,
        modified=_dated(modified, zone),
        publisher=_publisher(evidence),
        licence=find_licence(page, evidence),
        title_element=element,
        title_blocks=_title_blocks(page, element, title),
        byline_blocks=_byline_blocks(page, [*shown, *dated, modified, relative]),
        candidates={
            "title": tuple(
                one if one is chosen else replace(one, lost=one.lost or _BELOW_OTHERS)
                for one in titles
            ),
            "authors": author_marks,
            "published": published_marks,
            "modified": modified_marks,
        },
    )


def _first(
    ranked: Sequence[tuple[Candidate, _Value]],
) -> tuple[_Value | None, tuple[Candidate, ...]]:
    """Return the heaviest value if it is heavy enough, and why each of the others was not taken."""
    best: _Value | None = None
    marks: list[Candidate] = []
    for candidate, value in ranked:
        if candidate.lost:
            marks.append(candidate)
        elif best is not None:
            marks.append(replace(candidate, lost=_BELOW_OTHERS))
        elif candidate.weight < 0:
            marks.append(replace(candidate, lost=_TOO_LITTLE))
        else:
            best = value
            marks.append(candidate)
    return best, tuple(marks)


def _are_same(one: Found, other: Found) -> bool:
    """Tell whether a line shows the day that counts, whoever states that."""
    return not one.lost and one.stated.day == other.stated.day


def _dated(found: Found | None, zone: ZoneInfo | None) -> HeadingDate | None:
    if found is None:
        return None
    try:
        placed = found.stated.place(zone)
    except OverflowError:
        return None
    return HeadingDate(placed.value, placed.precision, found.stated.day, found.raw, found.origin)


def _contributors(
    groups: Sequence[tuple[Candidate, Group]], chosen: Group | None
) -> tuple[Author, ...]:
    found: dict[tuple[str, str], Author] = {}
    for candidate, group in groups:
        if group is chosen or "near title" in " ".join(candidate.signs) or not group.authors:
            for author in group.others:
                found.setdefault((author.name, author.part), author)
    return tuple(found.values())


def _publisher(evidence: Sequence[Evidence]) -> str | None:
    said = [one for one in evidence if one.says == PUBLISHER and one.value]
    best = max(said, key=lambda one: one.weight, default=None)
    return read_line(best.value) if best else None


def _title_blocks(page: Page, element: int | None, title: str | None) -> tuple[int, ...]:
    if element is None or not title:
        return ()
    wanted = plain(title)
    inside = page.inside(element)
    texts = {number: plain(page.blocks[number].text) for number in inside}
    around = [number for number, text in texts.items() if text and text in wanted]
    return tuple(around or inside)


def _byline_blocks(
    page: Page, found: Sequence[Group | Found | RelativeLine | None]
) -> tuple[int, ...]:
    numbers: set[int] = set()
    for one in found:
        if one is None or one.element is None:
            continue
        inside = _lines_of(page, one, one.element) or page.inside(one.element)
        short = {n for n in inside if len(page.blocks[n].text) <= _LONGEST_BYLINE}
        if len(short) <= _MOST_LINES:  # else the element holds more than a byline
            numbers |= short
    return tuple(sorted(numbers))


def _lines_of(page: Page, one: Group | Found | RelativeLine, element: int) -> list[int]:
    """The lines right in an element that show a value: they may stand beside the text itself."""
    words = [author.name for author in one.authors] if isinstance(one, Group) else [one.raw]
    lines = (page.blocks[n] for n in page.inside(element))
    return [b.number for b in lines if b.element == element and any(w in b.text for w in words)]
