"""Number posts, and tell which answers which."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from cleaning.page import Page
from cleaning.reader.threads.entry import Entry

_ID = re.compile(r"(?:.*[-_a-z])?(\d+)", re.IGNORECASE)
_HEX_ID = re.compile(r"(?:[a-z]+[-_])?([0-9a-f]{8}[0-9a-f-]{4,32})", re.IGNORECASE)
_LINK_ID = re.compile(
    r"(?:#|[?&;]replytocom=|[?&;](?:comment|post|reply)_?id=|[?&;]p=)[a-z_-]*+(\d++)(?=#|$)",
    re.IGNORECASE,
)
_ID_ATTRIBUTES = ("data-comment-id", "data-commentid", "data-comment", "data-post-id", "data-id")
_PARENT_ATTRIBUTES = ("data-parent-id", "data-parentid", "data-parent", "data-comment-parent")
_DEPTH = re.compile(r"(?:depth|level|indent)[-_]?(\d+)\W*", re.IGNORECASE)
_MARGIN = re.compile(r"(?:margin|padding)-left\s*:\s*(\d+)", re.IGNORECASE)
_LISTS = frozenset({"ol", "ul", "dl", "div", "details", "blockquote"})
_LONGEST_ID = 64


def number_entries(page: Page, entries: Sequence[Entry]) -> list[str | None]:
    """The ids of posts from the first place that has a different one for at least half."""
    for read in (_from_id, _from_inner_id, _from_data, _from_link):
        found = [read(page, entry) for entry in entries]
        known = [number for number in found if number]
        if len(known) * 2 >= len(entries) and len(set(known)) == len(known):
            return [number or _from_link(page, e) for number, e in zip(found, entries, strict=True)]
    return [None] * len(entries)


def _from_id(page: Page, entry: Entry) -> str | None:
    return _read_id(page.attributes[entry.part.box.element].get("id"))


def _from_inner_id(page: Page, entry: Entry) -> str | None:
    elements = entry.part.elements
    for name in ("id", "name"):
        for element in elements:
            if name == "name" and page.tags[element] != "a":
                continue
            number = _read_id(page.attributes[element].get(name))
            if number:
                return number
    return None


def _from_data(page: Page, entry: Entry) -> str | None:
    for name in _ID_ATTRIBUTES:
        for element in entry.part.elements:
            value = page.attributes[element].get(name, "").strip()
            if value and len(value) <= _LONGEST_ID:
                return value
    return None


def _from_link(page: Page, entry: Entry) -> str | None:
    for element in entry.part.elements:
        if page.tags[element] == "a":
            match = _LINK_ID.search(page.attributes[element].get("href", ""))
            if match:
                return match[1]
    return None


def _read_id(value: str | None) -> str | None:
    found = _ID.fullmatch(value or "") or _HEX_ID.fullmatch(value or "")
    return found[1] if found else None


def link_parents(
    page: Page, entries: Sequence[Entry], numbers: Sequence[str | None]
) -> list[int | None]:
    """Return the place of what each post answers.

    What an attribute or a link states comes first, then a depth that a class states, an indent, the
    post that it stands in, and the list beside a post.
    """
    places = {number: place for place, number in enumerate(numbers) if number}
    nested = _nested(page, entries)
    depths = _depths(page, entries)
    ladder = _ladder(depths) if depths else nested
    found: list[int | None] = []
    for place, entry in enumerate(entries):
        stated = next((p for p in _stated(page, entry, places) if p != place), None)
        found.append(ladder[place] if stated is None else stated)
    return found


def _stated(page: Page, entry: Entry, places: dict[str, int]) -> Iterator[int]:
    for element in entry.part.elements[:3]:
        for name in _PARENT_ATTRIBUTES:
            value = page.attributes[element].get(name, "")
            for number in (_read_id(value), value):
                if number in places:
                    yield places[number]


def _nested(page: Page, entries: Sequence[Entry]) -> list[int | None]:
    ends = {entry.part.box.element: place for place, entry in enumerate(entries)}
    beside: dict[int, dict[int, int | None]] = {}
    found: list[int | None] = []
    for entry in entries:
        outer = entry.part.box.outer
        if (
            outer is not None
            and _is_broken(page, entry)
            and not _has_list(page, entry, outer, entries)
        ):
            outer = found[outer]
        found.append(_beside(page, entry, ends, beside) if outer is None else outer)
    return found


def _is_broken(page: Page, entry: Entry) -> bool:
    """Whether a tag lost its blank ("<liclass …>"), which makes what follows stand in it."""
    tag = page.tags[entry.part.box.element]
    return tag.startswith("li") and tag != "li" and tag != "link"


def _has_list(page: Page, entry: Entry, outer: int, entries: Sequence[Entry]) -> bool:
    top = entries[outer].part.box.element
    element = page.parents[entry.part.box.element]
    while element > top:
        if page.tags[element] in ("ol", "ul"):
            return True
        element = page.parents[element]
    return False


def _beside(
    page: Page, entry: Entry, places: dict[int, int], known: dict[int, dict[int, int | None]]
) -> int | None:
    """A list of replies can stand behind the post instead of in it."""
    holder = page.parents[entry.part.box.element]
    if page.tags[holder] not in _LISTS:
        return None
    parent = page.parents[holder]
    if parent not in known:
        known[parent] = _posts_before(page, parent, places)
    return known[parent].get(holder)


def _posts_before(page: Page, parent: int, places: dict[int, int]) -> dict[int, int | None]:
    """For each list in an element the post that stands right before it."""
    before: int | None = None
    found: dict[int, int | None] = {}
    for child in page.children(parent):
        if child in places:
            before = places[child]
        elif page.tags[child] in _LISTS:
            found[child] = before
        elif page.tags[child] != "br":
            before = None
    return found


def _depths(page: Page, entries: Sequence[Entry]) -> list[int] | None:
    """How deep each post is, by a class, a margin, or the width of an empty cell or picture."""
    for read in (_class_depth, _margin, _spacer):
        found = [read(page, entry) for entry in entries]
        known = [depth for depth in found if depth is not None]
        if len(known) * 2 >= len(entries) and len(set(known)) > 1:
            return [depth or 0 for depth in found]
    return None


def _class_depth(page: Page, entry: Entry) -> int | None:
    for element in entry.part.elements[:2]:
        names = page.class_of(element)
        if page.tags[element].startswith("liclass"):
            names = list(page.attributes[element])
        for name in names:
            match = _DEPTH.fullmatch(name)
            if match:
                return int(match[1])
    return None


def _margin(page: Page, entry: Entry) -> int | None:
    total: int | None = None
    around = [page.parents[entry.part.box.element], *entry.part.elements[:3]]
    for element in around:
        match = _MARGIN.search(page.attributes[element].get("style", ""))
        if match:
            total = (total or 0) + int(match[1])
    return 0 if total is None else total


def _spacer(page: Page, entry: Entry) -> int | None:
    for element in entry.part.elements:
        attributes = page.attributes[element]
        is_empty = page.tags[element] == "img" or (
            page.tags[element] == "td" and not page.text_of(element)
        )
        value = attributes.get("indent") or attributes.get("width", "") if is_empty else ""
        value = value.removesuffix("px")
        if value.isdigit():
            return int(value)
    return None


def _ladder(depths: Sequence[int]) -> list[int | None]:
    """What is deeper answers the last one that is less deep."""
    open_at: list[tuple[int, int]] = []
    found: list[int | None] = []
    for place, depth in enumerate(depths):
        while open_at and open_at[-1][0] >= depth:
            open_at.pop()
        found.append(open_at[-1][1] if open_at else None)
        open_at.append((depth, place))
    return found
