"""Dates that the moment of a capture made are the same in every later capture.

A page that said "2 weeks ago" says "3 weeks ago" at the next visit, and its date is no other one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from pipelines.extracts import Stored

COLUMNS = ("published", "published_precision", "published_from")
IS_RELATIVE = "_is_relative"
_PRECISIONS = ("second", "minute", "day", "month", "year")


def steady_dates(captures: Iterable[Stored]) -> list[Stored]:
    """The captures of one thing, in the order of runs and time, with dates that do not depend on
    when it was visited.

    In place of a relative date stands the one that was stated last before, else the one that is
    stated first after. Where none is, it is the finest of the relative ones, and of equals the
    earliest: a page counts in smaller units while a post is young.
    """
    found = list(captures)
    relative = [one for one in found if one.row.get(IS_RELATIVE)]
    if not relative:
        return found
    finest = min(relative, key=_fineness)
    return [
        _with_date(one, _stated_near(found, place) or finest) if one.row.get(IS_RELATIVE) else one
        for place, one in enumerate(found)
    ]


def _fineness(stored: Stored) -> int:
    return _PRECISIONS.index(stored.row["published_precision"])


def _stated_near(found: Sequence[Stored], place: int) -> Stored | None:
    around = [*reversed(found[:place]), *found[place:]]
    return next((one for one in around if _is_stated(one)), None)


def _is_stated(stored: Stored) -> bool:
    return stored.row.get("published") is not None and not stored.row.get(IS_RELATIVE)


def _with_date(stored: Stored, other: Stored) -> Stored:
    date = {name: other.row[name] for name in COLUMNS if name in other.row}
    return replace(stored, row=stored.row | date)
