"""Lay the posts of a group side by side: what stands in the same place of each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from cleaning.page import Page
from cleaning.reader.threads.groups import Box, Group
from cleaning.reader.threads.times import Time

_ROWS = frozenset({"odd", "even", "alt", "alternate", "first", "last"})
_NUMBERED = re.compile(r"([a-z_-]+)\d+", re.IGNORECASE)
_CELLS = frozenset({"td", "th", "dd", "dt"})
_DIGITS = re.compile(r"\d+")
_HIGHEST = 40  # levels within a post that are told apart


@dataclass(slots=True, eq=False)
class Run:
    """A text within one element of one block; `places` are those in `Block.pieces`."""

    block: int
    element: int
    text: str
    slot: int
    places: list[int]
    plain: str = ""
    weight: float = 0.0


@dataclass(slots=True, eq=False)
class Part:
    """What stands in one box and in none that is nested in it."""

    box: Box
    elements: list[int] = field(default_factory=list)
    blocks: list[int] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    times: list[Time] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Layout:
    """The parts of a group. `slots` numbers the places in them by tags and classes from the top."""

    page: Page
    parts: list[Part]
    slots: dict[int, int]
    """The slot of each element."""
    names: list[str]
    """What classes, ids and properties say of a slot and those around it, innermost first."""

    def chain(self, part: Part, element: int) -> Iterator[int]:
        """Yield an element and those around it within a part."""
        start = part.box.element
        for _ in range(_HIGHEST):
            if element < start:
                return
            yield element
            if element == start:
                return
            element = self.page.parents[element]


def plain(text: str) -> str:
    """Return a line for comparing it with others: numbers and capitals do not matter."""
    return _DIGITS.sub("0", text.casefold())


def lay_out(page: Page, group: Group, times: list[Time]) -> Layout:
    parts = [Part(box) for box in group.boxes]
    owners = _own_elements(parts)
    names: list[str] = []
    slots = _slots(page, parts, names)
    layout = Layout(page, parts, slots, names)
    for time in times:
        owner = owners.get(time.element)
        if owner is not None:
            parts[owner].times.append(time)
    for part in parts:
        _read_blocks(layout, part)
    _weigh(parts)
    return layout


def _own_elements(parts: list[Part]) -> dict[int, int]:
    starts = {part.box.element: place for place, part in enumerate(parts)}
    owners: dict[int, int] = {}
    for part in parts:
        if part.box.outer is not None:
            continue
        around: list[int] = []
        for element in range(part.box.element, part.box.end):
            while around and parts[around[-1]].box.end <= element:
                around.pop()
            begun = starts.get(element)
            if begun is not None:
                around.append(begun)
            owners[element] = around[-1]
            parts[around[-1]].elements.append(element)
    return owners


def _slots(page: Page, parts: list[Part], names: list[str]) -> dict[int, int]:
    known: dict[tuple[int, str, str, int], int] = {}
    slots: dict[int, int] = {}
    tags, parents, attributes = page.tags, page.parents, page.attributes
    for part in parts:
        inside = slots.keys()
        places: dict[int, int] = {}  # of cells in a row, of descriptions behind a term
        for element in part.elements:
            tag = tags[element]
            parent = parents[element]
            above = slots[parent] if parent in inside and parent >= part.box.element else -1
            said = attributes[element]
            own = _first_class(said.get("class", "")) if said else ""
            if own is None:
                own = _name_of_id(said)
            place = 0
            if tag in _CELLS:
                place = places.get(parent, 0)
                places[parent] = place + 1
            key = (above, tag, own, place)
            slot = known.get(key)
            if slot is None:
                slot = known[key] = len(names)
                names.append(_name(page, element) + (" | " + names[above] if above >= 0 else ""))
            slots[element] = slot
    return slots


@lru_cache(maxsize=20_000)
def _first_class(classes: str) -> str | None:
    """The first class that is not that of every second row, without numbers."""
    first = next((name for name in classes.split() if name not in _ROWS), None)
    return None if first is None else _DIGITS.sub("", first)


def _name_of_id(attributes: Mapping[str, str]) -> str:
    """What stands in an id before its number."""
    numbered = _NUMBERED.fullmatch(attributes.get("id", ""))
    return numbered[1] if numbered else ""


def _name(page: Page, element: int) -> str:
    attributes = page.attributes[element]
    if not attributes:
        return page.tags[element]
    said = (attributes.get(name, "") for name in ("class", "id", "itemprop", "rel"))
    return f"{page.tags[element]} {' '.join(said)}"


def _read_blocks(layout: Layout, part: Part) -> None:
    page, slots = layout.page, layout.slots
    elements = set(part.elements)
    for number in range(part.box.first, part.box.last):
        block = page.blocks[number]
        if block.element not in elements and block.element >= part.box.element:
            continue  # of a nested post
        runs: list[Run] = []
        for place, (text, element) in enumerate(block.pieces):
            if element not in elements:
                continue
            if runs and runs[-1].element == element:
                runs[-1].text += text
                runs[-1].places.append(place)
            else:
                runs.append(Run(number, element, text, slots[element], [place]))
        kept = False
        for run in runs:
            run.text = " ".join(run.text.split())
            if run.text:
                kept = True
                run.plain = plain(run.text)
                part.runs.append(run)
        if kept or (runs and not block.text):
            part.blocks.append(number)


def _weigh(parts: list[Part]) -> None:
    """What several posts say in the same words weighs as much as if one said it."""
    counts = Counter((run.slot, run.plain) for part in parts for run in part.runs)
    for part in parts:
        for run in part.runs:
            run.weight = (run.text.count(" ") + 1) / counts[run.slot, run.plain]
