"""Running heads and feet, and page numbers: what stands at the edge of many pages.

A line is one of them if it comes back on other pages at the same height: with the same words, or
with numbers that count on as the pages do. So a slide's title is none, nor are "Table 1" and
"Table 3" at the top of two pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from cleaning.pdf.lines import Segment

EDGE = 0.15
"""The share of a page's height, above and below, in which heads and feet stand."""
SAME_HEIGHT = 0.012
"""The share of a page's height by which the height of a running line may vary."""
FEWEST_PAGES = 3
OUTER_EDGE = 0.1
"""Nearer to the edge than this, two pages are enough for a line of words."""
MOST_APART = 4
"""Pages between one and the next: left and right pages may differ, first pages of chapters have
none."""
LARGE = 1.3
"""Times the usual size: a line this large is a slide's title, unless most pages have it."""
NUMBER = re.compile(r"\d+|(?<![^\W\d_])[ivxlc]+(?![^\W\d_])", re.IGNORECASE)
ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


@dataclass(frozen=True, slots=True)
class Place:
    """A line at the edge of a page; `numbers` are those in it."""

    page: int
    height: float
    size: float
    numbers: tuple[int, ...]
    segment: Segment


def without_furniture(
    pages: list[list[Segment]], heights: list[float], usual: float
) -> list[list[Segment]]:
    """The pages' segments without running lines. `usual` is the size of the text in points."""
    groups: dict[str, list[Place]] = {}
    for page, (found, height) in enumerate(zip(pages, heights, strict=True)):
        for segment in found:
            middle = (segment.top + segment.bottom) / 2 / (height or 1)
            if not EDGE < middle < 1 - EDGE:
                words, numbers = _masked(segment.text)
                place = Place(page, middle, segment.size, numbers, segment)
                groups.setdefault(words, []).append(place)
    running: set[int] = set()
    for words, group in groups.items():
        for chain in _chains(group):
            if _is_running(chain, len(pages), usual, has_words=any(c.isalpha() for c in words)):
                running |= {id(place.segment) for place in chain}
    return [[s for s in found if id(s) not in running] for found in pages]


def _masked(text: str) -> tuple[str, tuple[int, ...]]:
    """(the words with numbers as "#", the numbers)."""
    words = NUMBER.sub("#", text.casefold())
    return words, tuple(_value(n) for n in NUMBER.findall(text.casefold()))


def _value(number: str) -> int:
    if number.isdecimal():
        return int(number)
    values = [ROMAN[c] for c in number]
    following = [*values[1:], 0]
    return sum(-v if v < n else v for v, n in zip(values, following, strict=True))


def _chains(group: list[Place]) -> Iterable[list[Place]]:
    """The places at one height whose numbers stay or count on with the pages."""
    chains: list[list[Place]] = []
    for place in group:
        for chain in chains:
            if any(_goes_with(one, place) for one in chain[-2:]):
                chain.append(place)
                break
        else:
            chains.append([place])
    return chains


def _goes_with(one: Place, other: Place) -> bool:
    apart = other.page - one.page
    return (
        0 < apart <= MOST_APART
        and abs(other.height - one.height) <= SAME_HEIGHT
        and all(b == a or b - a == apart for a, b in zip(one.numbers, other.numbers, strict=True))
    )


def _is_running(chain: list[Place], pages: int, usual: float, *, has_words: bool) -> bool:
    if any(place.size > LARGE * usual for place in chain):
        return len(chain) > max(FEWEST_PAGES, 0.6 * pages)
    counts = len({place.numbers for place in chain}) > 1
    is_outer = all(not OUTER_EDGE < place.height < 1 - OUTER_EDGE for place in chain)
    fewest = 2 if is_outer and (has_words or counts) else FEWEST_PAGES
    return len(chain) >= fewest
