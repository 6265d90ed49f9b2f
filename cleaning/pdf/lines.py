"""Which words stand in one line without a gap between them, and which lines are one row."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from copy import copy
from dataclasses import dataclass, field
from itertools import groupby, pairwise

from cleaning.pdf.words import Word

GAP = 1.5
"""In ems: the widest blank inside a line. Justified text stays below it, columns do not."""
FAR_GAP = 4.0
"""In ems: the widest blank between the mark of a list item, or a number, and its text."""
GLUE = 0.12
"""In ems: pieces closer than this are one word, cut by a change of font or by kerning."""
LEVEL = 0.35
"""In ems: how far the baselines of one line may differ (small raised figures)."""
BULLETS = "•◦▪▫‣⁃●○■□▶►➢➤✓✔❖·∙–—-*§"
MARK = re.compile(
    rf"(?:[{re.escape(BULLETS)}\ue000-\uf8ff]{{1,2}}|o|\(?(?:\d{{1,2}}|[a-z]|[ivx]{{1,4}})[.)]|\d+(?:\.\d+)+\.?)"
)
"""What may open a list item or a numbered heading, and stand apart from its text."""
LEADER = re.compile(r"[.…]{4,}|(?:[.…]\s?){4,}|_{4,}")
DOTS = re.compile(r"[.…]+|_{4,}")
"""Dots and lines that lead the eye to a page number, or wait for a pen."""


@dataclass(slots=True)
class Segment:
    """Words in one line without a gap; the smallest thing that has a place in a layout."""

    words: list[Word] = field(default_factory=list)

    @property
    def left(self) -> float:
        return min(w.left for w in self.words)

    @property
    def right(self) -> float:
        return max(w.right for w in self.words)

    @property
    def top(self) -> float:
        return min(w.top for w in self.words)

    @property
    def bottom(self) -> float:
        return max(w.bottom for w in self.words)

    @property
    def baseline(self) -> float:
        return _main(self.words).baseline

    @property
    def size(self) -> float:
        return _main(self.words).size

    @property
    def order(self) -> int:
        return self.words[0].order

    @property
    def text(self) -> str:
        parts = (w.text if w.is_glued else " " + w.text for w in self.words)
        return "".join(parts).strip()

    @property
    def is_bold(self) -> bool:
        return all(w.bold for w in self.words if any(c.isalnum() for c in w.text))


def _main(words: list[Word]) -> Word:
    """The word whose size and baseline are the line's: the longest of the usual size."""
    return max(words, key=lambda w: len(w.text) * w.size)


def segments(words: Iterable[Word]) -> list[Segment]:
    """The words as segments, in the order of the file."""
    found: list[Segment] = []
    for word in map(copy, _without_leaders(words)):
        word.text = LEADER.sub(" ", word.text).strip()
        if found and word.text and _goes_on(found[-1].words, word):
            _append(found[-1], word)
        elif word.text:
            found.append(Segment([word]))
    return _joined_in_rows(found)


def _without_leaders(words: Iterable[Word]) -> Iterator[Word]:
    """The words but for dots that lead the eye, written as one or each for itself."""
    for is_dots, run in groupby(words, key=lambda w: bool(DOTS.fullmatch(w.text))):
        found = list(run)
        if not is_dots or sum(len(w.text) for w in found) < 4:
            yield from found


def _goes_on(words: list[Word], word: Word) -> bool:
    last = words[-1]
    em = max(last.size, word.size)
    if abs(word.baseline - last.baseline) > LEVEL * em:
        return False
    gap = word.left - last.right
    widest = FAR_GAP if len(words) == 1 and MARK.fullmatch(last.text) else GAP
    return -0.5 * em <= gap <= widest * em


def _append(segment: Segment, word: Word) -> None:
    last = segment.words[-1]
    if word.order != last.order + 1:
        word.is_glued = word.left - last.right < GLUE * min(word.size, last.size)
    same_look = (last.bold, last.italic, last.link) == (word.bold, word.italic, word.link)
    if word.is_glued and same_look and abs(last.size - word.size) < 0.1 * last.size:
        last.text += word.text
        last.right = max(last.right, word.right)
        last.order = word.order
    else:
        segment.words.append(word)


def _joined_in_rows(found: list[Segment]) -> list[Segment]:
    """Segments that touch although the file draws other things between them."""
    rows = rows_of(found)
    result: list[Segment] = []
    for row in rows:
        merged = [row[0]]
        for segment in row[1:]:
            last = merged[-1].words
            gap, em = segment.left - last[-1].right, max(last[-1].size, segment.words[0].size)
            is_mark = len(last) == 1 and MARK.fullmatch(last[0].text)
            if -0.5 * em <= gap <= (FAR_GAP if is_mark else 0.5) * em:
                for word in segment.words:
                    _append(merged[-1], word)
            else:
                merged.append(segment)
        result += merged
    return sorted(result, key=lambda s: s.order)


def rows_of(found: Iterable[Segment]) -> list[list[Segment]]:
    """The segments by rows from top to bottom, each from left to right."""
    rows: list[list[Segment]] = []
    for segment in sorted(found, key=lambda s: (s.baseline, s.left)):
        if rows and abs(segment.baseline - rows[-1][0].baseline) <= LEVEL * min(
            segment.size, rows[-1][0].size
        ):
            rows[-1].append(segment)
        else:
            rows.append([segment])
    return [sorted(row, key=lambda s: s.left) for row in rows]


def lines_of(found: Iterable[Segment]) -> list[Segment]:
    """The rows as one segment each."""
    return [Segment([w for segment in row for w in segment.words]) for row in rows_of(found)]


def usual_leading(lines: Iterable[list[Segment]]) -> dict[int, float]:
    """By size in points, rounded: the usual distance between the baselines of one paragraph."""
    distances: dict[int, list[float]] = {}
    for region in lines:
        for one, other in pairwise(region):
            distance = other.baseline - one.baseline
            if abs(one.size - other.size) < 0.5 and 0.8 < distance / one.size < 2.2:
                distances.setdefault(round(one.size), []).append(distance)
    # The paragraph's own lines are closer than its neighbours'; where paragraphs have one line
    # each, there is nothing closer.
    return {size: sorted(found)[len(found) // 4] for size, found in distances.items()}
