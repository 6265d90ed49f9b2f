"""Tell what a theme writes around posts: labels, profiles, buttons, times."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

from cleaning.page.names import NAME_GROUPS
from cleaning.reader.threads.cards import PROFILE
from cleaning.reader.threads.layout import Layout, Run
from cleaning.reader.threads.times import Time
from cleaning.reader.threads.words import (
    is_author_badge,
    is_button,
    is_byline,
    is_profile,
    read_name,
)

LONGEST_LABEL = 40
"""Characters of a label."""
_AUTHOR = 1 << NAME_GROUPS.index("author")


@dataclass(frozen=True, slots=True)
class Chrome:
    """Runs, by id, that no writer of a post wrote."""

    labels: set[int]
    """What stands in every post: labels, and pairs of a label and a value."""
    pairs: set[int]
    """Of these the pairs."""
    buttons: set[int]
    times: set[int]

    def __contains__(self, run: Run) -> bool:
        return id(run) in self.labels or id(run) in self.buttons or id(run) in self.times

    def is_header(self, run: Run) -> bool:
        return id(run) in self.labels or id(run) in self.times


def find_chrome(layout: Layout) -> Chrome:
    parts = layout.parts
    counts: Counter[tuple[int, str]] = Counter()
    heads: Counter[tuple[int, str]] = Counter()
    for part in parts:
        counts.update({(run.slot, run.plain) for run in part.runs if _is_short(run)})
        heads.update({(run.slot, head) for run in part.runs if (head := _label(run))})
    often = max(3, len(parts) * 17 // 20)
    labels: set[int] = set()
    pairs: set[int] = set()
    buttons: set[int] = set()
    for part in parts:
        before: Run | None = None
        for run in part.runs:
            is_often = _is_short(run) and counts[run.slot, run.plain] >= often
            is_pair = (head := _label(run)) and heads[run.slot, head] >= often
            if is_pair and read_name(run.text) == run.text:
                pairs.add(id(run))
            is_label = is_often and run.text.endswith(":") and not is_byline(run.text)
            if is_label or _describes(layout, before, run, labels):
                pairs.add(id(run))
            before = run
            if is_often or is_pair or is_profile(run.text):
                labels.add(id(run))
            elif is_button(run.text) or is_author_badge(run.text):
                buttons.add(id(run))
    return Chrome(labels, pairs, buttons, _times_shown(layout))


def _describes(layout: Layout, before: Run | None, run: Run, labels: set[int]) -> bool:
    """Whether a line is the value of the label before it."""
    if before is None or id(before) not in labels or is_byline(before.text):
        return False
    tags = layout.page.tags[before.element], layout.page.tags[run.element]
    return tags == ("dt", "dd") or (before.text.endswith(":") and before.block == run.block)


def _is_short(run: Run) -> bool:
    return len(run.text) <= LONGEST_LABEL


def _label(run: Run) -> str:
    """The label of a pair of a label and a value ("Location: Leith"), else nothing."""
    head, colon, _ = run.plain.partition(":")
    return head if colon and len(head) <= 24 and len(run.text) < 160 else ""


def _times_shown(layout: Layout) -> set[int]:
    found = set()
    for part in layout.parts:
        by_block = defaultdict(list)
        for run in part.runs:
            by_block[run.block].append(run)
        for time in part.times:
            blocks = (time.block,) if time.pieces else (time.block, time.block + 1)
            for block in blocks:
                found |= {id(run) for run in by_block[block] if _shows(layout, time, run)}
    return found


def _shows(layout: Layout, time: Time, run: Run) -> bool:
    if time.is_unseen:
        return False
    if time.pieces:
        return bool(set(time.pieces) & set(run.places)) and (len(run.text) - len(time.raw) <= 40)
    return layout.page.holds(time.element, run.element) and not _says_who(layout, time, run)


def _says_who(layout: Layout, time: Time, run: Run) -> bool:
    """Whether a line within a time is a name: "Submitted by Ann on 5 May" can be one element."""
    page, element = layout.page, run.element
    while element > time.element:
        if page.names[element] & _AUTHOR or PROFILE.search(
            page.attributes[element].get("href", "")
        ):
            return True
        element = page.parents[element]
    return False
