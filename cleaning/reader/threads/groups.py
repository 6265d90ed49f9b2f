"""Find the parts of a page that repeat and each hold a mark: what may be posts.

From each mark (a time, a name) the way leads up through the elements around it. Where two marks of
one kind meet, the elements one step below are parts that repeat; where one meets an element that
another has come through, a part is nested in a part. How many steps up that is, is the same for all
posts of a template, so the marks of one kind vote.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from cleaning.page import Page

_LISTS = frozenset({"ol", "ul"})
_TOP = frozenset({"body", "html", "main", "form"})
_MOST_LEVELS = 4  # different heights of one kind of mark that are tried
_HIGHEST = 24  # steps from a mark to its post


@dataclass(slots=True, eq=False)
class Box:
    """A part that may be a post: elements side by side, and the blocks in them."""

    element: int
    end: int
    """One beyond its last element."""
    first: int
    last: int
    outer: int | None = None
    """The place in the group of the box that it stands in."""


@dataclass(slots=True, eq=False)
class Group:
    """Boxes of one kind in the order of the page. `marks` is how many marks led to them."""

    boxes: list[Box]
    marks: int
    is_stated: bool = False
    """Whether the markup itself calls them comments."""


def boxes_of(page: Page, elements: Iterable[int]) -> list[Box]:
    """Return the boxes of elements in the order of the page, each with the one around it."""
    boxes: list[Box] = []
    around: list[int] = []
    for element in elements:
        while around and boxes[around[-1]].end <= element:
            around.pop()
        outer = around[-1] if around else None
        around.append(len(boxes))
        boxes.append(
            Box(element, page.ends[element], page.first[element], page.last[element], outer)
        )
    return boxes


def climb(page: Page, marks: Sequence[int], titles: Sequence[int]) -> Iterator[Group]:
    """Yield groups of parts around marks of one kind, whose elements are in order of the page.

    No part holds one of `titles`: what holds the title of the page is more than a post.
    """
    for level in _levels(page, marks):
        tops = [top for mark in marks if (top := _above(page, mark, level)) is not None]
        tags = Counter(page.tags[top] for top in set(tops))
        if not tags:
            continue
        tag = tags.most_common(1)[0][0]
        if tag in _TOP:
            continue
        elements = {top for top in tops if page.tags[top] == tag}
        for title in titles:
            for top in [top for top in elements if page.holds(top, title)]:
                elements.discard(top)
                elements |= _below(page, top, title, marks)
        if len(elements) > 1:
            yield Group(boxes_of(page, sorted(elements)), len(marks))


def _below(page: Page, top: int, title: int, marks: Sequence[int]) -> set[int]:
    """The largest part in `top` that holds its mark and not the title."""
    mark = next((mark for mark in marks if page.holds(top, mark)), None)
    if mark is None or page.holds(mark, title):
        return set()
    while not page.holds(page.parents[mark], title):
        mark = page.parents[mark]
    return {mark}


def gain(group: Group, words: Sequence[float]) -> float:
    """How much a group explains: many parts with many words of their own."""
    own = [words[box.last] - words[box.first] for box in group.boxes]
    for box in group.boxes:
        if box.outer is not None:
            own[box.outer] -= words[box.last] - words[box.first]
    return sum(math.sqrt(max(count, 0)) for count in own)


def _levels(page: Page, marks: Sequence[int]) -> list[int]:
    """The heights at which marks of one kind meet, the commonest first."""
    votes: Counter[int] = Counter()
    for one, other in pairwise(marks):
        up, down = steps(page, one, other)
        if up == down and up > 0:
            votes[up - 1] += 1
        elif 0 < up < down:
            votes[up] += 1  # the other is nested in what stands around the one
        elif up > down > 0:
            votes[down - 1] += 1  # the one was nested, the other no more
    return [level for level, _ in votes.most_common(_MOST_LEVELS) if level <= _HIGHEST]


def steps(page: Page, one: int, other: int) -> tuple[int, int]:
    """How many steps up two elements meet."""
    parents, depths = page.parents, page.depths
    up = down = 0
    while depths[one] > depths[other]:
        one = parents[one]
        up += 1
    while depths[other] > depths[one]:
        other = parents[other]
        down += 1
    while one != other:
        one, other = parents[one], parents[other]
        up += 1
        down += 1
    return up, down


def _above(page: Page, element: int, level: int) -> int | None:
    if page.depths[element] <= level:
        return None
    for _ in range(level):
        element = page.parents[element]
    return element


def widen(page: Page, group: Group, words: Sequence[float]) -> None:
    """Let boxes grow to the elements beside them, where a post is several side by side.

    Headers that repeat before bodies are boxes without a text; their posts reach to the next
    header. Where the text stands before the first box and not behind the last, it is the byline
    that stands below the text.
    """
    runs: dict[int, list[Box]] = {}
    for box in group.boxes:
        runs.setdefault(page.parents[box.element], []).append(box)
    for parent, boxes in runs.items():
        if any(page.tags[child] == "dt" for child in page.children(parent)):
            _take_terms(page, parent, group, boxes)
        elif len(boxes) > 1:
            _widen(page, parent, boxes, words)


def _take_terms(page: Page, parent: int, group: Group, boxes: list[Box]) -> None:
    """Make a box of each term of a list and what describes it, as old templates print comments."""
    children = list(page.children(parent))
    starts = [place for place, child in enumerate(children) if page.tags[child] == "dt"]
    stops = [*starts[1:], len(children)]
    made = boxes_of(page, [children[start] for start in starts])
    for box, start, stop in zip(made, starts, stops, strict=True):
        _span(page, box, children[start], children[stop - 1])
    gone = {id(box) for box in boxes}
    kept = [box for box in group.boxes if id(box) not in gone]
    group.boxes = sorted([*kept, *made], key=lambda box: box.element)


def _widen(page: Page, parent: int, boxes: list[Box], words: Sequence[float]) -> None:
    gaps = [words[b.first] - words[a.last] for a, b in pairwise(boxes)]
    inside = sum(words[box.last] - words[box.first] for box in boxes)
    filled = sum(gap > 0 for gap in gaps)
    if filled * 3 < len(gaps) * 2 or sum(gaps) < inside:
        return
    children = list(page.children(parent))
    places = {child: place for place, child in enumerate(children)}
    at = [places[box.element] for box in boxes]
    step = Counter(b - a for a, b in pairwise(at)).most_common(1)[0][0]
    if step < 2:
        return
    before = _run(children, at, -1)
    behind = _run(children, at, 1)
    lead = _alike(before, page, words)
    trail = _alike(behind, page, words)
    if trail >= lead:
        stops = [*at[1:], min(at[-1] + step, len(children))]
        for box, start, stop in zip(boxes, at, stops, strict=True):
            _span(page, box, children[start], children[stop - 1])
    else:
        starts = [max(at[0] - step + 1, 0), *[place + 1 for place in at[:-1]]]
        for box, start, stop in zip(boxes, starts, at, strict=True):
            _span(page, box, children[start], children[stop])


def _run(children: list[int], at: list[int], way: int) -> list[int | None]:
    """The neighbours of the boxes on one side, None beyond the last."""
    found: list[int | None] = []
    for place in at:
        beside = place + way
        found.append(children[beside] if 0 <= beside < len(children) else None)
    return found


def _alike(beside: list[int | None], page: Page, words: Sequence[float]) -> float:
    """How alike the neighbours are: of one kind, and with words, the outermost too."""
    signatures = Counter(None if e is None else page.signature(e) for e in beside)
    edge = beside[0] if beside[-1] is not None and beside[0] is None else beside[-1]
    (kind, count) = signatures.most_common(1)[0]
    has_edge = edge is not None and page.signature(edge) == kind and None not in beside
    filled = sum(e is not None and words[page.last[e]] > words[page.first[e]] for e in beside)
    return count / len(beside) + filled / len(beside) + has_edge


def _span(page: Page, box: Box, first: int, last: int) -> None:
    box.element, box.end = first, page.ends[last]
    box.first, box.last = page.first[first], page.last[last]


def split(page: Page, group: Group) -> list[Group]:
    """Part boxes that have nothing in common: neither place nor name, nor one in the other."""
    roots = list(range(len(group.boxes)))

    def root(place: int) -> int:
        while roots[place] != place:
            roots[place] = roots[roots[place]]
            place = roots[place]
        return place

    seen: dict[object, int] = {}
    for place, box in enumerate(group.boxes):
        if box.outer is not None:
            roots[root(place)] = root(box.outer)
        parent = page.parents[box.element]
        keys: list[object] = [parent]
        if page.tags[parent] in _LISTS:  # a list of replies can stand beside what they answer
            keys.append(page.parents[parent])
        if not page.signature(box.element).endswith("."):
            keys.append(page.signature(box.element))
        for key in keys:
            if key in seen:
                roots[root(place)] = root(seen[key])
            else:
                seen[key] = place
    parts: dict[int, list[int]] = {}
    for place, box in enumerate(group.boxes):
        parts.setdefault(root(place), []).append(box.element)
    if len(parts) == 1:
        return [group]
    return [Group(boxes_of(page, elements), group.marks) for elements in parts.values()]
