"""Read posts that are laid side by side: who wrote each, when, and what."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import pairwise

from cleaning.reader.threads.authors import read_authors
from cleaning.reader.threads.bodies import body_slots, element_at, read_body, read_pingback
from cleaning.reader.threads.chrome import Chrome, find_chrome
from cleaning.reader.threads.entry import Entry
from cleaning.reader.threads.layout import Layout
from cleaning.reader.threads.times import Time
from cleaning.reader.threads.words import is_other_label, is_pingback_label

_BODY = re.compile(
    r"(?:comment|reply|message|msg|post|answer)s?[-_]?(?:user[-_]?)?(?:content|text|body|message|main)"
    r"(?![-_]?(?:head|foot|meta|title|inner|wrap))|e-content|bbwrapper|messagetext",
    re.IGNORECASE,
)
_EDITED = re.compile(r"edit|modif", re.IGNORECASE)
_JOINED = re.compile(r"join|regist|member|since|inscri|dabei|birth|seen|activ|locat", re.IGNORECASE)
_SENTENCE = 4  # words


def read_entries(layout: Layout) -> list[Entry]:
    entries = [Entry(part) for part in layout.parts]
    for entry in entries:
        _read_sort(layout, entry)
    _read_times(layout, entries)
    chrome = find_chrome(layout)
    slots = body_slots(layout, chrome)
    bodies = {
        id(e): element_at(layout, e.part, slots[layout.slots[e.part.box.element]]) for e in entries
    }
    for entry in entries:
        if _is_mentioned(layout, entry, bodies[id(entry)], chrome):
            entry.time = None
    read_authors(layout, entries, chrome, {k: v for k, v in bodies.items() if v is not None})
    for entry in entries:
        if entry.is_pingback:
            read_pingback(layout, entry, chrome)
        else:
            read_body(layout, entry, bodies[id(entry)], chrome)
    return entries


def _is_mentioned(layout: Layout, entry: Entry, body: int | None, chrome: Chrome) -> bool:
    """Whether the time stands in a sentence of the text."""
    time, page = entry.time, layout.page
    if time is None or time.is_unseen or body == entry.part.box.element:
        return False
    if body is None:
        around = layout.chain(entry.part, time.element)
        body = next((e for e in around if _BODY.search(page.attributes[e].get("class", ""))), None)
    if body is None or body == entry.part.box.element:
        return False
    beside = (run for run in entry.part.runs if run.block == time.block and run not in chrome)
    words = sum(run.text.count(" ") + 1 for run in beside)
    return words >= _SENTENCE and page.holds(body, time.element)


def _read_sort(layout: Layout, entry: Entry) -> None:
    attributes = layout.page.attributes
    names = attributes[entry.part.box.element].get("class", "").lower()
    if "{" not in names:
        names += " ".join(attributes[entry.part.box.element])
    entry.is_pingback = "pingback" in names or "trackback" in names
    entry.is_pingback |= any(is_pingback_label(run.text) for run in entry.part.runs[:2])
    entry.has_deleted_name = any(
        "deleted-comment" in attributes[e].get("class", "") for e in entry.part.elements
    )


def _read_times(layout: Layout, entries: list[Entry]) -> None:
    """Choose the place that shows the time of a post: one in each, in order, not of a profile."""
    slots: dict[tuple[int, str], list[tuple[int, Time]]] = defaultdict(list)
    for place, entry in enumerate(entries):
        seen = set()
        for time in entry.part.times:
            if time.is_edit:
                continue
            key = (layout.slots[time.element], time.label)
            if key not in seen:
                seen.add(key)
                slots[key].append((place, time))
    ranked = sorted(slots, key=lambda key: -_time_score(layout, key, slots[key], len(entries)))
    for key in ranked:
        if _time_score(layout, key, slots[key], len(entries)) <= 0:
            break
        for place, time in slots[key]:
            if entries[place].time is None:
                entries[place].time = time


def _time_score(
    layout: Layout, key: tuple[int, str], times: list[tuple[int, Time]], count: int
) -> float:
    slot, label = key
    names = layout.names[slot].split(" | ")[:3]
    score = 2.0 * len(times) / count + 0.6 * _order([time for _, time in times])
    score += 0.3 * sum(time.is_machine for _, time in times) / len(times)
    score += 0.3 * sum(time.has_clock for _, time in times) / len(times)
    if is_other_label(label) or any(_JOINED.search(name) for name in names[:2]):
        score -= 2.5
    elif label:
        score -= 0.3
    if any(_EDITED.search(name) for name in names):
        score -= 2.5
    if any(name.startswith("blockquote") for name in layout.names[slot].split(" | ")):
        score -= 1
    return score


def _order(times: list[Time]) -> float:
    """The share of neighbours that do not go against the order of most."""
    days = [time.day for time in times]
    pairs = [(a, b) for a, b in pairwise(days) if a and b]
    if not pairs:
        return 0.5
    up, down = sum(a <= b for a, b in pairs), sum(a >= b for a, b in pairs)
    return max(up, down) / len(pairs)
