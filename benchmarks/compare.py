"""What every comparison of this folder is made of."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from benchmarks.serving import Row

WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Target:
    """Something that was wanted and what was measured.

    `notes` tell what a reader must know of a target that is met, and what is wrong with one that is
    not.
    """

    name: str
    wanted: str
    measured: str
    is_met: bool
    notes: tuple[str, ...] = ()

    def __str__(self) -> str:
        lines = [f"{self.name}: wanted {self.wanted}, measured {self.measured}", *self.notes]
        return "\n  ".join(lines)


def word_f1(one: str, other: str) -> float:
    """2 * overlap / (words of one + words of other) over multisets of lower-cased words; 0 to 1.

    Two texts without a word are equal: 1.
    """
    mine, theirs = Counter(WORD.findall(one.lower())), Counter(WORD.findall(other.lower()))
    words = mine.total() + theirs.total()
    return 2 * (mine & theirs).total() / words if words else 1.0


def repeated(values: Iterable[object]) -> list[str]:
    """The values that occur more than once."""
    return sorted(str(value) for value, count in Counter(values).items() if count > 1)


def difference(wanted: set[str], found: set[str]) -> tuple[str, ...]:
    """In words, what is missing and what is too much."""
    missing, extra = sorted(wanted - found), sorted(found - wanted)
    notes = [f"missing: {', '.join(missing)}"] if missing else []
    return (*notes, f"not wanted: {', '.join(extra)}") if extra else tuple(notes)


def nothing_twice(name: str, documents: Sequence[Row], comments: Sequence[Row]) -> Target:
    """Whether every document, address and comment stands once."""
    twice = [
        *repeated(row["document_id"] for row in documents),
        *repeated(row["url"] for row in documents),
        *repeated(row["canonical_url"] for row in documents),
        *repeated(row["comment_id"] for row in comments),
    ]
    return Target(name, "nothing twice", f"{len(twice)} twice", not twice, tuple(twice))


def right_languages(name: str, documents: Sequence[Row], truth: dict[str, str | None]) -> Target:
    """Whether every document whose native id is in `truth` has the language that it says."""
    judged = [row for row in documents if row["native_id"] in truth]
    wrong = [
        f"{row['url']}: {row['language']}, in truth {truth[row['native_id']]}"
        for row in judged
        if row["language"] != truth[row["native_id"]]
    ]
    counts = Counter(truth[row["native_id"]] or "none" for row in judged)
    shown = ", ".join(f"{count} {code}" for code, count in sorted(counts.items()))
    measured = f"{len(judged) - len(wrong)} of {len(judged)} ({shown})"
    return Target(name, "all right", measured, not wrong and bool(judged), tuple(wrong))
