"""The dates that a page could be of, and how each stands to the others and to the page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from cleaning.dates import Stated
from cleaning.evidence.model import KIND, Evidence
from cleaning.page import Page
from cleaning.reader.heading_address import month_in_address
from cleaning.reader.ranking import LOST, Candidate, weigh

_TEXT_KINDS = re.compile(r"\w*(?:Article|Posting|Report|Question|Recipe|HowTo)$")
_LIST_KINDS = frozenset({"ItemList", "CollectionPage", "Product", "ProductGroup", "Offer", "Event"})
_STATED = re.compile(r"named line|labelled|meta|json-ld|microdata|platform|selector")
SHOWN = ("time", "text")
_MOST = 60  # dates on a page; more are a calendar


@dataclass(slots=True)
class Found:
    """A date that the page could be of, with all who say it."""

    stated: Stated
    raw: str
    origin: str
    element: int | None = None
    signs: set[str] = field(default_factory=set)
    lost: str = ""


Key = tuple[date, str]


@dataclass(slots=True)
class PageDates:
    """All dates of a page by day and precision, and those that cannot be its own."""

    published: dict[Key, Found] = field(default_factory=dict)
    modified: dict[Key, Found] = field(default_factory=dict)
    lost: list[Found] = field(default_factory=list)

    def add(self, found: Found, *, is_change: bool) -> None:
        """Take a date; several who say the same one speak for it together."""
        group = self.modified if is_change else self.published
        if found.lost or len(group) > _MOST:
            self.lost.append(found)
            return
        is_month = found.stated.precision in ("month", "year")
        known = group.setdefault((found.stated.day, "month" if is_month else "day"), found)
        known.signs |= found.signs
        known.element = found.element if known.element is None else known.element
        if known.stated.clock is None and found.stated.clock is not None:
            known.stated, known.raw = found.stated, found.raw

    def ranked(
        self, page: Page, evidence: Sequence[Evidence], *, is_change: bool
    ) -> list[tuple[Candidate, Found]]:
        """Return the dates of publication, or of change, the likeliest first."""
        group = self.modified if is_change else self.published
        _compare(self, group, page, evidence)
        ranked = [(_candidate(found), found) for found in group.values()]
        ranked += [] if is_change else [(_candidate(found), found) for found in self.lost]
        return sorted(ranked, key=lambda pair: -pair[0].weight)


def _candidate(found: Found) -> Candidate:
    signs = tuple(sorted(found.signs))
    weight = weigh("published", signs) if not found.lost else LOST
    day = found.stated.day.isoformat()
    return Candidate(day, found.origin, weight, signs, found.element, found.lost)


def _page_signs(page: Page, evidence: Sequence[Evidence]) -> set[str]:
    """Return what sort of page it is: those of texts have dates, those of goods and lists none."""
    kinds = {one.value or "" for one in evidence if one.says == KIND}
    kinds |= {kind.rpartition(".")[2] for kind in page.head.meta("og:type")}
    signs = {"of a list or product"} if not _LIST_KINDS.isdisjoint(kinds) else set()
    if any(map(_TEXT_KINDS.match, kinds)) or "article" in kinds:
        signs.add("of a text")
    path = page.url.split("//")[-1].partition("/")[2].strip("/")
    if page.url and not path:
        signs.add("of a front page")
    return signs


def _compare(
    dates: PageDates, group: dict[Key, Found], page: Page, evidence: Sequence[Evidence]
) -> None:
    """Add to each date how it stands to the others, to the address and to the page."""
    page_signs = _page_signs(page, evidence) if group else set()
    days = sorted(day for day, precision in group if precision == "day")
    changed = sorted(day for (day, _), one in dates.modified.items() if one.origin not in SHOWN)
    in_microdata = sorted(day for (day, _), one in group.items() if "microdata 0.9" in one.signs)
    year, month = month_in_address(page.url)
    for (day, precision), found in group.items():
        found.signs |= page_signs
        if precision == "month":
            is_stated = any(_STATED.match(sign) for sign in found.signs)
            found.signs.add("month stated" if is_stated else "month only")
        if len(days) > 1 and day == days[0]:
            found.signs.add("earliest")
        if len(days) > 1 and day == days[-1]:
            found.signs.add("latest")
        if len(days) == 1 or len(group) == 1:
            found.signs.add("only one")
        if changed and day > changed[-1] and group is dates.published:
            found.signs.add("after the last change")
        if "microdata 0.9" in found.signs and in_microdata and day > in_microdata[0]:
            found.signs.add("later in microdata")
        if (day, "day") in dates.modified and group is dates.published:
            found.signs.add("changed that day")
        for other, one in group.items():
            if other[1] == "day" and abs((day - other[0]).days) == 1:
                is_shown = "url" in one.signs or one.origin in SHOWN
                side = "after" if day > other[0] else "before"
                found.signs.add(f"a day {side} {'a shown' if is_shown else 'a declared'} one")
        if month and (year, month) == (day.year, day.month):
            found.signs.add("as in address")
        elif year:
            found.signs.add("not as in address")
