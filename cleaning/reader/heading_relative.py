"""A time near the title that is told from where its visitor stands: "Posted 3 days ago"."""

from __future__ import annotations

from dataclasses import dataclass

from cleaning.lexicon import lexicon
from cleaning.page import Block, Page
from cleaning.page.tags import HEADINGS
from cleaning.reader.heading_lines import is_framed, line_of
from cleaning.reader.heading_places import Places
from cleaning.reader.threads.times import LONGEST_AGO, find_relative

_BEFORE, _AFTER = 3, 6  # blocks around the title, or less where running text begins


@dataclass(frozen=True, slots=True)
class RelativeLine:
    """A time as a line has it, and the element of that line."""

    raw: str
    element: int


def find_relative_line(page: Page, places: Places) -> RelativeLine | None:
    """Return the time that a line near the title shows, or None.

    Beside it there may be labels, a byline, and what is set apart by a border: running text that
    mentions such a time says nothing of the page.
    """
    title = places.title_block
    if title is None:
        return None
    end = min(title + _AFTER + 1, places.text_starts)
    for block in page.blocks[max(title - _BEFORE, 0) : end]:
        if block.number != title and 4 < len(block.text) <= LONGEST_AGO:
            found = _read(page, block)
            if found and not _is_elsewhere(places, block.element):
                return RelativeLine(found, block.element)
    return None


def _read(page: Page, block: Block) -> str | None:
    if page.tags[block.element] in HEADINGS:
        return None
    line = line_of(page, block)
    found = find_relative(line)
    if found is None:
        return None
    before, after = line[: found.start()], line[found.end() :]
    is_other = lexicon().pattern("updated", "other_dates").search(before)
    return found[0] if is_framed(before, after) and not is_other else None


def _is_elsewhere(places: Places, element: int) -> bool:
    return (
        places.is_in_post(element)
        or places.is_of_others(element)
        or places.is_aside(element)
        or places.is_teaser(element)
    )
