"""Figures of the segments of a page, by which content is told from boilerplate.

All are of structure, length, place, repetition and generic words; none of a site. The order of the
columns is that of the weights in `segments.json`: change one, and `benchmarks/extraction_fit.py`
has to fit the weights again.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cleaning.boilerplate.names import AREA_BITS, AREAS, NAME_GROUPS
from cleaning.boilerplate.segments import Frame, Page
from cleaning.boilerplate.wording import of_wording

Group = tuple[int, int, int, int]

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_WORD = re.compile(r"\w+")
_LONG_WORDS, _LONG_LINKS = 15, 0.3  # running text: so many words, and no more of them linked
_HIGHEST = 40  # frames looked at around a segment; more are nesting without meaning
_TAGS = (
    *("h1", "h2", "h3", "h4", "h5", "h6", "p", "li", "td", "th", "pre", "dt", "dd"),
    *("figcaption", "div", "button", "summary", "label", "blockquote", "article", "section"),
)
_TAG_NUMBERS = {tag: place for place, tag in enumerate(_TAGS)}
_OTHER_TAG = 30
_LEVELS = (0, 1, 2, 4, 6)
_NOT_READ = AREA_BITS["nav"] | AREA_BITS["footer"] | AREA_BITS["hidden"]


@dataclass(frozen=True, slots=True)
class Figures:
    """The features of each segment (rows), and what the judge of kinds needs besides.

    `groups` are those of `repeated_frames`.
    """

    table: NDArray[np.float32]
    words: tuple[list[str], ...]
    word_counts: NDArray[np.float64]
    link_shares: NDArray[np.float64]
    is_long: NDArray[np.bool_]
    groups: dict[int, Group]


def measure(page: Page, title_words: Sequence[str]) -> Figures:
    """Return the figures of a page with at least one segment; `title_words` are its title's."""
    segments = page.segments
    words = tuple(_WORD.findall(segment.text.lower()) for segment in segments)
    counts = np.array([len(found) for found in words], float)
    lengths = np.array([len(segment.text) for segment in segments], float)
    links = np.array([segment.link_characters for segment in segments], float) / lengths
    is_long = (counts >= _LONG_WORDS) & (links < _LONG_LINKS)
    groups = repeated_frames(page)
    columns = np.column_stack(
        [
            of_wording(page, words, counts, lengths, links),
            _of_place(page, words, counts, is_long, frozenset(title_words)),
            _of_neighbours(page, counts, links, is_long),
            _of_repetition(page, counts, lengths),
            _of_frames(page, groups),
            _of_names(page),
        ]
    )
    return Figures(columns.astype(np.float32), words, counts, links, is_long, groups)


def _of_place(
    page: Page,
    words: tuple[list[str], ...],
    counts: NDArray[np.float64],
    is_long: NDArray[np.bool_],
    title: frozenset[str],
) -> NDArray[np.float64]:
    number, total = len(counts), max(counts.sum(), 1)
    order = np.arange(number)
    anchor = _find_title(page, words, title)
    long_words = np.cumsum(np.where(is_long, counts, 0))
    likeness = [len(title.intersection(found)) / max(len(set(found)), 1) for found in words]
    return np.column_stack(
        [
            counts / total,
            (np.cumsum(counts) - counts) / total,
            order / number,
            np.full(number, np.log1p(number)),
            np.full(number, np.log1p(total)),
            np.clip(order - anchor, -30, 30),
            order < anchor,
            likeness,
            [segment.frame.depth for segment in page.segments],
            long_words / max(long_words[-1], 1),
            np.full(number, long_words[-1] / total),
            [_TAG_NUMBERS.get(s.frame.element.tag, _OTHER_TAG) for s in page.segments],
        ]
    )


def _find_title(page: Page, words: tuple[list[str], ...], title: frozenset[str]) -> int:
    """Return the number of the segment that is likest to the title, else of the first heading."""
    best, place, heading = 0.3, None, None
    for number, (segment, found) in enumerate(zip(page.segments, words, strict=True)):
        tag = segment.frame.element.tag
        if tag == "h1" and heading is None and not segment.frame.area & _NOT_READ:
            heading = number
        if title and 1 <= len(found) <= 30 and (tag in HEADINGS or tag in ("div", "p")):
            own = set(found)
            likeness = len(own & title) / len(own | title) * (1.2 if tag in HEADINGS else 1)
            if likeness > best:
                best, place = likeness, number
    return place if place is not None else heading or 0


def _of_neighbours(
    page: Page,
    counts: NDArray[np.float64],
    links: NDArray[np.float64],
    is_long: NDArray[np.bool_],
) -> NDArray[np.float64]:
    number = len(counts)
    heads = np.array([s.frame.element.tag in HEADINGS for s in page.segments], float)
    tags = np.array(
        [_TAG_NUMBERS.get(s.frame.element.tag, _OTHER_TAG) for s in page.segments], float
    )
    frames = np.array([id(segment.frame) for segment in page.segments])
    columns = []
    for step in (-3, -2, -1, 1, 2, 3):
        place = np.arange(number) + step
        inside = (place >= 0) & (place < number)
        place = np.clip(place, 0, number - 1)
        columns += [
            np.where(inside, np.log1p(counts[place]), -1),
            np.where(inside, links[place], -1),
            np.where(inside, (tags if abs(step) == 1 else heads)[place], -1),
            inside & (frames[place] == frames),
        ]
    sums = np.concatenate([[0.0], np.cumsum(np.where(is_long, counts, 0))])
    order = np.arange(number)
    columns.append(np.log1p(sums[order] - sums[np.maximum(order - 8, 0)]))
    columns.append(np.log1p(sums[np.minimum(order + 9, number)] - sums[order + 1]))
    sums = np.concatenate([[0.0], np.cumsum(links)])
    low, high = np.maximum(order - 5, 0), np.minimum(order + 6, number)
    columns.append((sums[high] - sums[low]) / (high - low))
    return np.column_stack(columns)


def _of_repetition(
    page: Page, counts: NDArray[np.float64], lengths: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Segments whose elements have the same names are of one sort: all prices, all menu lines."""
    numbers: dict[tuple[str, str], int] = {}
    sorts = np.array(
        [
            numbers.setdefault(
                (s.frame.signature, s.frame.parent.signature if s.frame.parent else ""),
                len(numbers),
            )
            for s in page.segments
        ]
    )
    linked = np.array([s.link_characters for s in page.segments], float)
    many = np.bincount(sorts)[sorts]
    words, characters = np.bincount(sorts, counts)[sorts], np.bincount(sorts, lengths)[sorts]
    linked = np.bincount(sorts, linked)[sorts]
    total = max(counts.sum(), 1)
    return np.column_stack([np.log(many), words / many, linked / characters, words / total])


def _of_frames(page: Page, groups: dict[int, Group]) -> NDArray[np.float64]:
    """Figures of the elements around a segment, and of the nearest and largest repeated ones."""
    numbers = {id(frame): number for number, frame in enumerate(page.frames)}
    parents = np.array([numbers[id(frame.parent or frame)] for frame in page.frames])
    total = max(page.root.characters, 1)
    own = _of_each_frame(page, total)
    start = np.array([numbers[id(segment.frame)] for segment in page.segments])
    columns = []
    place = start
    for level in range(_LEVELS[-1] + 1):
        if level in _LEVELS:
            columns.append(own[place])
        place = parents[place]
    return np.hstack([*columns, _of_groups(page, groups, start, parents, total)])


def _of_each_frame(page: Page, total: int) -> NDArray[np.float64]:
    sums = [(frame.characters, frame.link_characters, frame.segments) for frame in page.frames]
    characters, linked, segments = np.array(sums, float).T
    return np.column_stack(
        [
            np.log1p(characters),
            characters / total,
            linked / np.maximum(characters, 1),
            np.log1p(segments),
            characters / np.maximum(segments, 1) / 100,
        ]
    )


def _of_groups(
    page: Page,
    groups: dict[int, Group],
    start: NDArray[np.int64],
    parents: NDArray[np.int64],
    total: int,
) -> NDArray[np.float64]:
    """Go up from all segments at once; `start` are the numbers of their frames."""
    none = (0, -1, 0, 0)
    sums = np.array([groups.get(id(frame), none) for frame in page.frames], float)
    nearest = np.full((len(start), 5), -1.0)  # the level at which it stands, and its sums
    largest = nearest.copy()
    place = start
    for level in range(_HIGHEST):
        here = np.column_stack([np.full(len(start), level), sums[place]])
        is_near = (nearest[:, 0] < 0) & (here[:, 1] > 0)
        nearest[is_near] = here[is_near]
        is_larger = (here[:, 1] >= 3) & (here[:, 2] > largest[:, 2])
        largest[is_larger] = here[is_larger]
        if not place.any():  # all have come to the root
            break
        place = parents[place]
    return np.hstack([_of_group(nearest, total), _of_group(largest, total)])


def _of_group(found: NDArray[np.float64], total: int) -> NDArray[np.float64]:
    level, number, characters, linked, segments = found.T
    of_some = np.column_stack(
        [
            level,
            np.log(np.maximum(number, 1)),
            characters / total,
            linked / np.maximum(characters, 1),
            characters / np.maximum(number, 1) / 100,
            segments / np.maximum(number, 1),
        ]
    )
    return np.where(level[:, None] < 0, -1.0, of_some)


def repeated_frames(page: Page) -> dict[int, Group]:
    """Return, by `id` of a frame, its like siblings: number, characters, linked ones, segments."""
    groups: dict[int, Group] = {}
    for frame in page.frames:
        for alike in frame.children.values():
            if len(alike) > 1:
                sums = (
                    len(alike),
                    sum(one.characters for one in alike),
                    sum(one.link_characters for one in alike),
                    sum(one.segments for one in alike),
                )
                groups.update((id(one), sums) for one in alike)
    return groups


def _of_names(page: Page) -> NDArray[np.int64]:
    near = [_names_near(segment.frame) for segment in page.segments]
    return np.column_stack(
        [
            _bits([s.frame.area for s in page.segments], len(AREAS)),
            _bits([s.area for s in page.segments], len(AREAS)),
            _bits(near, len(NAME_GROUPS)),
            _bits([s.frame.names_above for s in page.segments], len(NAME_GROUPS)),
            _bits([s.names for s in page.segments], len(NAME_GROUPS)),
        ]
    )


def _names_near(frame: Frame) -> int:
    found = 0
    for _, above in zip(range(3), frame.line(), strict=False):
        found |= above.names
    return found


def _bits(values: Sequence[int], width: int) -> NDArray[np.int64]:
    return (np.array(values, np.int64)[:, None] >> np.arange(width)) & 1
