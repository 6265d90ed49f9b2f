"""Headings, lists and paragraphs from the lines of a region."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from cleaning.pdf.columns import Region
from cleaning.pdf.lines import BULLETS, Segment
from cleaning.pdf.tables import Table
from cleaning.pdf.words import Word

LARGER = 1.15
"""Times the usual size: a heading."""
SAME_LEVEL = 1.06
"""Times the size: headings of one level."""
LONGEST_HEADING, LONGEST_BOLD = 180, 90
"""Characters."""
INDENT = 0.8
"""In ems: a first line set in."""
DEEPEST_HEADING = 6

BULLET = re.compile(rf"[{re.escape(BULLETS)}\ue000-\uf8ff]{{1,2}}|o")
"""Symbol fonts may give a glyph two characters; Word's second level is the letter "o"."""
NUMBERED = re.compile(r"(\d{1,2})[.)]")
LETTERED = re.compile(r"\((?:[a-z]|[ivx]{1,4}|\d{1,2})\)|[a-z]\)")
SENTENCE_END = re.compile(r"[.!?:…][\"'”’)\]]*$")


@dataclass(slots=True)
class Block:
    """A heading (`level` 1 to 6), list item (`number` None for a bullet) or paragraph.

    `breaks` are the places in `lines` after which the author ended the line; `turns` those of lines
    that are the first on another page, with its number; `marked` is an item's first line with its
    mark, which a heading keeps. `is_open` says that the text runs to the
    end of its last line, and so perhaps goes on in the next region.
    """

    kind: str
    page: int
    lines: list[Segment]
    level: int = 0
    number: int | None = None
    breaks: set[int] = field(default_factory=set)
    turns: dict[int, int] = field(default_factory=dict)
    is_open: bool = False
    marked: Segment | None = None

    @property
    def size(self) -> float:
        return self.lines[0].size

    @property
    def text(self) -> str:
        return " ".join(line.text for line in self.lines)


@dataclass(slots=True)
class PlacedTable:
    page: int
    table: Table


Placed = Block | PlacedTable


def usual_size(lines: Iterable[Segment]) -> float:
    """The size of most characters, in points to the half."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size * 2) / 2] += len(line.text)
    return max(sizes, key=lambda size: (sizes[size], -size)) if sizes else 10.0


def blocks_of(
    pages: Iterable[tuple[int, list[Region]]], usual: float, leading: dict[int, float]
) -> list[Placed]:
    """All blocks in order; `leading` is the distance of baselines by size, in points."""
    found: list[Placed] = []
    for page, regions in pages:
        for region in regions:
            if isinstance(region, Table):
                found.append(PlacedTable(page, region))
                continue
            for block in _Reader(page, region, leading).blocks():
                last = found[-1] if found else None
                if isinstance(last, Block) and _runs_on(last, block):
                    _append(last, block)
                else:
                    found.append(block)
    _name_headings(found, usual)
    return found


def _append(block: Block, other: Block) -> None:
    count = len(block.lines)
    if other.page != (max(block.turns.values()) if block.turns else block.page):
        block.turns[count] = other.page
    block.lines += other.lines
    block.breaks |= {count + place for place in other.breaks}
    block.is_open = other.is_open


def _runs_on(one: Block, other: Block) -> bool:
    """Whether a text goes on in the next column or on the next page."""
    first, last = other.lines[0].words[0].text, one.lines[-1].text
    return (
        one.is_open
        and one.kind in {"paragraph", "item"}
        and other.kind == "paragraph"
        and abs(one.size - other.size) < 0.5
        and not SENTENCE_END.search(last)
        and (first[:1].islower() or last.endswith("-"))
    )


class _Reader:
    """Reads the blocks of one region."""

    def __init__(self, page: int, lines: list[Segment], leading: dict[int, float]) -> None:
        self.page, self.lines, self.leading = page, lines, leading
        self.left = min(line.left for line in lines)
        self.right = max(line.right for line in lines)
        self.marks: list[float] = []

    def blocks(self) -> Iterator[Block]:
        block: Block | None = None
        for place, line in enumerate(self.lines):
            if block is not None and not self._begins(block, place):
                if self._was_ended(self.lines[place - 1], line):
                    block.breaks.add(len(block.lines) - 1)
                block.lines.append(line)
                continue
            if block is not None:
                yield block
            block = self._open(line)
        if block is not None:
            block.is_open = self.right - block.lines[-1].right < 8 * block.size
            yield block

    def _open(self, line: Segment) -> Block:
        mark = _mark(line)
        if mark is None or len(line.words) == 1:
            return Block("paragraph", self.page, [line])
        numbered = NUMBERED.fullmatch(mark.text)
        level = self._level(mark.left)
        kept = line.words if LETTERED.fullmatch(mark.text) else line.words[1:]
        number = int(numbered[1]) if numbered else None
        return Block("item", self.page, [Segment(kept)], level, number, marked=line)

    def _level(self, left: float) -> int:
        """How deep a list item is nested, by the place of its mark."""
        while self.marks and self.marks[-1] > left + 2:
            self.marks.pop()
        if not self.marks or self.marks[-1] < left - 2:
            self.marks.append(left)
        return len(self.marks)

    def _begins(self, block: Block, place: int) -> bool:
        """Whether the line at `place` begins a new block."""
        one, line = self.lines[place - 1], self.lines[place]
        size = max(one.size, line.size)
        if abs(one.size - line.size) > 0.08 * size or one.is_bold != line.is_bold:
            return True
        distance = line.baseline - one.baseline
        usual = self.leading.get(round(line.size), 1.25 * line.size)
        if distance > 1.25 * usual + 0.5 or distance < -size:
            return True
        if _mark(line) is not None and (
            block.kind == "item" or self._was_ended(one, line) or SENTENCE_END.search(one.text)
        ):
            return True
        if block.kind == "item":
            return line.left < block.lines[0].left - INDENT * size
        return self._is_set_in(block, place) or (
            self._was_ended(one, line) and bool(SENTENCE_END.search(one.text)) and self._is_full()
        )

    def _is_set_in(self, block: Block, place: int) -> bool:
        """Whether the line opens a paragraph by standing further in (or out) than the one before.

        Where the lines that follow stay as far in, it is the first line that hangs out.
        """
        one, line = self.lines[place - 1], self.lines[place]
        step, em = line.left - one.left, INDENT * line.size
        if abs(step) < em or self._is_centred(one) or self._is_centred(line):
            return False
        if step < 0:
            return len(block.lines) > 1
        follower = self.lines[place + 1] if place + 1 < len(self.lines) else None
        return follower is None or follower.left < line.left - em / 2

    def _is_centred(self, line: Segment) -> bool:
        before, after = line.left - self.left, self.right - line.right
        return before > line.size and abs(before - after) < 0.5 * line.size

    def _was_ended(self, one: Segment, line: Segment) -> bool:
        """Whether the next line's first word would have fitted on the line before."""
        first = line.words[0]
        room = self.right - one.right
        if self._is_centred(one):
            room *= 2
        return room > first.right - first.left + 1.0 * one.size

    def _is_full(self) -> bool:
        """Whether the region's lines mostly run to its edge, as those of paragraphs do."""
        width = self.right - self.left
        full = sum(line.right - self.left > 0.8 * width for line in self.lines)
        return len(self.lines) > 3 and full > 0.6 * len(self.lines)


def _mark(line: Segment) -> Word | None:
    """The word that marks a list item."""
    word = line.words[0]
    if BULLET.fullmatch(word.text) and (word.text != "o" or _stands_apart(line)):
        return word
    return word if NUMBERED.fullmatch(word.text) or LETTERED.fullmatch(word.text) else None


def _stands_apart(line: Segment) -> bool:
    """Whether the first word is as far from the second as a mark is from its text."""
    return len(line.words) > 1 and line.words[1].left - line.words[0].right > 0.6 * line.size


def _name_headings(found: list[Placed], usual: float) -> None:
    """Tell headings from paragraphs, and their levels by size; bold lines are the lowest level."""
    large = [b for b in found if isinstance(b, Block) and _is_large(b, usual)]
    sizes: list[float] = []
    for size in sorted({b.size for b in large}, reverse=True):
        if not sizes or sizes[-1] / size > SAME_LEVEL:
            sizes.append(size)
    for block in large:
        place = sum(size / block.size > SAME_LEVEL for size in sizes)
        _head(block, place + 1)
    for placed, follower in pairwise(found):
        if isinstance(placed, Block) and _is_bold_heading(placed, follower, usual):
            _head(placed, len(sizes) + 1)


def _head(block: Block, level: int) -> None:
    block.kind, block.level = "heading", min(level, DEEPEST_HEADING)
    if block.marked is not None:
        block.lines[0] = block.marked


def _is_large(block: Block, usual: float) -> bool:
    text = block.text
    if block.number is not None and block.size >= LARGER * usual and block.lines[0].is_bold:
        return len(text) <= LONGEST_HEADING
    return (
        block.kind == "paragraph"
        and block.size >= LARGER * usual
        and len(text) <= LONGEST_HEADING
        and any(c.isalpha() for c in text)
        and not (text.endswith(".") and not text.endswith("..") and block.size < 1.5 * usual)
    )


def _is_bold_heading(block: Block, follower: Placed, usual: float) -> bool:
    text = block.text
    return (
        (block.kind == "paragraph" or block.number is not None)
        and len(block.lines) < 3
        and not block.breaks
        and all(line.is_bold for line in block.lines)
        and block.size >= 0.95 * usual
        and len(text) <= LONGEST_BOLD
        and any(c.isalpha() for c in text)
        and not re.search(r"[.,;]$", text)
        and not (isinstance(follower, Block) and follower.lines[0].is_bold)
    )
