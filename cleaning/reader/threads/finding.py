"""Gather the groups of parts that may be threads, read the fullest, and keep those that are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from cleaning.evidence import Evidence
from cleaning.page import Page
from cleaning.page.names import NAME_GROUPS, read_names
from cleaning.page.tags import HEADINGS
from cleaning.reader.threads.entry import Entry
from cleaning.reader.threads.fields import read_entries
from cleaning.reader.threads.groups import Group, boxes_of, climb, gain, split, widen
from cleaning.reader.threads.layout import Layout, lay_out
from cleaning.reader.threads.promise import may_be_posts
from cleaning.reader.threads.signs import Signs, weigh, with_cards
from cleaning.reader.threads.stated import stated_groups
from cleaning.reader.threads.times import Time, find_times
from cleaning.reader.threads.words import is_bare_count, is_comment_heading, is_saying, read_count

_MOST_MARKED = 0.75  # of the parts have a name and a time, else there may be better ones
_MOST_TRIED = 6  # groups that are read in full
_MOST_TITLES = 3  # headings of the first level; with more they are no titles of the page
_STATED = 1.3  # so much more counts what the markup itself calls a comment
_PINGBACKS = frozenset({"pingback", "trackback"})
_POSTS = 1 << NAME_GROUPS.index("comment") | 1 << NAME_GROUPS.index("message")
_AUTHOR = 1 << NAME_GROUPS.index("author")
_NAMING = frozenset({"cite", "a", "b", "strong", "span", "dt", "p", "div", "td", "li", "h3", "h4"})
_LONGEST_NAME = _LONGEST_HEADING = 60
_HEADINGS = HEADINGS - {"h1"}
_LINES = frozenset({"div", "p", "section", "header"})
_NEAR = 12  # blocks below a heading


@dataclass(slots=True, eq=False)
class Candidate:
    """A group that was read."""

    group: Group
    layout: Layout
    entries: list[Entry]
    signs: Signs


@dataclass(slots=True, eq=False)
class Search:
    """What all groups of a page are looked at with."""

    page: Page
    words: list[float]
    """Words before each block; those of links count for nothing."""
    times: list[Time]
    barriers: list[int]
    """Elements that no post holds: the title, the field to write in."""


def find_candidates(page: Page, evidence: Sequence[Evidence]) -> list[Candidate]:
    """Return the groups of a page that are posts, none within another's."""
    search = Search(page, words_before(page), find_times(page), _barriers(page))
    stated = list(_completed(search, _without_titles(search, stated_groups(page, evidence))))
    groups = stated + list(_completed(search, _around_times(search)))
    for group in groups:
        group.is_stated = group.is_stated or any(_opens(group, other) for other in stated)
    found = _accepted(search, groups)
    if not found:
        found = _accepted(search, list(_completed(search, _around_names(search))))
    if not found:
        found = _accepted(search, list(_singles(search)))
    return found


def _without_titles(search: Search, groups: list[Group]) -> Iterator[Group]:
    """Leave out what holds the title of the page: it is more than a comment, whatever its name."""
    for group in groups:
        kept = [
            box.element
            for box in group.boxes
            if not any(box.element <= barrier < box.end for barrier in search.barriers)
        ]
        if kept:
            yield Group(boxes_of(search.page, kept), len(kept), is_stated=True)


def _opens(group: Group, stated: Group) -> bool:
    """Whether a group is another with one part more before it: a question and its answers."""
    inner = {box.element for box in stated.boxes}
    more = [box.element for box in group.boxes if box.element not in inner]
    return len(group.boxes) == len(inner) + 1 and len(more) == 1 and more[0] < min(inner)


def words_before(page: Page) -> list[float]:
    own = (
        len(block.words) * (1 - block.linked / len(block.text)) if block.text else 0
        for block in page.blocks
    )
    return [0, *accumulate(own)]


def _barriers(page: Page) -> list[int]:
    titles, fields = page.tagged("h1"), page.tagged("textarea")
    found = titles if len(titles) <= _MOST_TITLES else []
    return [*found, *(fields if len(fields) == 1 else [])]


def _around_times(search: Search) -> Iterator[Group]:
    """Groups around times that look alike, by their names and by the nearest around them."""
    page = search.page
    kinds: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for time in search.times:
        own, above = page.signature(time.element), page.signature(page.parents[time.element])
        kinds[page.tags[time.element],].append(time.element)
        kinds[own, above, time.label].append(time.element)
    for marks in {tuple(sorted(set(found))) for found in kinds.values()}:
        if len(marks) > 1:
            yield from climb(page, marks, search.barriers)


def _around_names(search: Search) -> Iterator[Group]:
    """Groups around names, for posts that show no time."""
    page = search.page
    kinds: dict[str, list[int]] = defaultdict(list)
    for element, names in enumerate(page.names):
        if names & _AUTHOR and page.tags[element] in _NAMING:
            kinds[page.signature(element)].append(element)
    for block in page.blocks:
        if 0 < len(block.text) <= _LONGEST_NAME and is_saying(block.text):
            kinds[page.tags[block.element]].append(block.element)
    for marks in {tuple(sorted(set(found))) for found in kinds.values()}:
        if len(marks) > 1:
            yield from climb(page, marks, search.barriers)


def _singles(search: Search) -> Iterator[Group]:
    """The one part with a time below a heading of comments."""
    page = search.page
    for block in page.blocks:
        if not 0 < len(block.text) <= _LONGEST_HEADING:
            continue
        tag = page.tags[block.element]
        if tag not in _HEADINGS and not (tag in _LINES and is_bare_count(block.text)):
            continue
        if read_count(block.text) != 1 and not is_comment_heading(block.text):
            continue
        near = range(block.number + 1, block.number + _NEAR)
        time = next((time for time in search.times if time.block in near), None)
        if time is not None:
            barriers = [*search.barriers, block.element]
            box = time.element
            while not any(page.holds(page.parents[box], barrier) for barrier in barriers):
                box = page.parents[box]
            if box:
                yield Group(boxes_of(page, [box]), 1)


def _completed(search: Search, groups: Iterator[Group] | list[Group]) -> Iterator[Group]:
    for whole in groups:
        for group in [whole] if whole.is_stated else split(search.page, whole):
            widen(search.page, group, search.words)
            if len(group.boxes) > 1 or group.is_stated:
                yield group


def _accepted(search: Search, groups: list[Group]) -> list[Candidate]:
    ranked = sorted(groups, key=lambda g: -_worth(search, g))
    accepted: list[Candidate] = []
    doubtful: list[Candidate] = []
    seen: set[tuple[int, ...]] = set()
    tried = 0
    for group in ranked:
        elements = tuple(box.element for box in group.boxes)
        if elements in seen or tried >= _MOST_TRIED:
            continue
        seen.add(elements)
        if any(_overlap(group, other.group) for other in accepted):
            continue
        tried += 1
        candidate = read_group(search, group)
        if candidate is None:
            continue
        signs = candidate.signs
        if min(signs.authored, signs.timed) >= _MOST_MARKED or group.is_stated:
            accepted.append(candidate)
        else:
            doubtful.append(candidate)
    for candidate in doubtful:
        if not any(_overlap(candidate.group, other.group) for other in accepted):
            accepted.append(candidate)
    return accepted


def _worth(search: Search, group: Group) -> float:
    return gain(group, search.words) * (_STATED if group.is_stated else 1)


def _overlap(one: Group, other: Group) -> bool:
    """Whether parts of two groups share a block; both are in the order of the page."""
    mine = [(box.first, box.last) for box in one.boxes if box.outer is None]
    theirs = [(box.first, box.last) for box in other.boxes if box.outer is None]
    here = there = 0
    while here < len(mine) and there < len(theirs):
        if mine[here][1] <= theirs[there][0]:
            here += 1
        elif theirs[there][1] <= mine[here][0]:
            there += 1
        else:
            return True
    return False


def read_group(search: Search, group: Group) -> Candidate | None:
    """Read a group in full, unless it turns out to be no posts."""
    group = with_undated(search.page, group)
    layout = lay_out(search.page, group, search.times)
    if not may_be_posts(layout, search.words, is_stated=group.is_stated):
        return None
    entries = read_entries(layout)
    signs = weigh(layout, entries, search.words, is_stated=group.is_stated)
    if not signs.are_posts:
        return None
    signs = with_cards(signs, search.page, entries)
    return Candidate(group, layout, entries, signs) if signs.are_posts else None


def with_undated(page: Page, group: Group) -> Group:
    """Add what is like the boxes and shows no time, as pingbacks and openers may.

    Beside the boxes all list items and what shares a class, before them what has the same classes.
    """
    known = {box.element for box in group.boxes}
    if any(page.ends[box.element] != box.end for box in group.boxes):
        return group
    found = set(known)
    for parent in {page.parents[element] for element in known}:
        beside = [child for child in page.children(parent) if child in known]
        tag = page.tags[beside[0]]
        classes = {name for child in beside for name in page.class_of(child)}
        for child in page.children(parent):
            own = set(page.class_of(child))
            is_alike = not own.isdisjoint(_PINGBACKS if group.is_stated else classes)
            if page.tags[child] == tag and (is_alike or (tag == "li" and not group.is_stated)):
                found.add(child)
    names = frozenset.intersection(*(frozenset(page.class_of(element)) for element in known))
    if len(names) > 1 or any(read_names(name)[0] & _POSTS for name in names):
        tags, start = {page.tags[element] for element in known}, min(known)
        found |= {
            element
            for element in page.tagged(*tags)
            if element < start and names <= set(page.class_of(element))
        }
    added = [e for e in found - known if page.last[e] > page.first[e]]
    if not added:
        return group
    return Group(boxes_of(page, sorted(known.union(added))), group.marks, group.is_stated)
