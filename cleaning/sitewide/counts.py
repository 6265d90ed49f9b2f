"""Count in how many pages of a source a block stands, in memory that does not grow with the source.

First every block goes into a `Sketch`, a table of fixed size that may count too high and never too
low; then only what may stand in enough pages is counted exactly (`Tally`).
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from cleaning.writing import WrittenBlock

FEWEST_PAGES = 5
"""Below this a block is not looked at: a series of posts, a text in four languages and an
announcement that was posted again all say the same a few times."""
OWN_WORDS = 20
"""A page bears witness only if it says this much beside what repeats."""
SLOTS = 2**22
"""Of the sketch, a byte each. With three million different blocks one in a thousand slots reaches
FEWEST_PAGES by chance, which costs a little memory and decides nothing."""
START, MIDDLE, END = "start", "middle", "end"
_FULL = 255


class Sketch:
    """How many documents have a block, at least: of two blocks in one slot the counts add up."""

    def __init__(self) -> None:
        self._slots = bytearray(SLOTS)

    def add(self, blocks: Sequence[WrittenBlock]) -> None:
        for key in {block.key for block in blocks if block.key}:
            slot = _slot(key)
            self._slots[slot] = min(_FULL, self._slots[slot] + 1)

    def may_repeat(self, block: WrittenBlock) -> bool:
        """Whether the block may stand in FEWEST_PAGES documents; never wrong when it says no."""
        return bool(block.key) and self._slots[_slot(block.key)] >= FEWEST_PAGES

    @property
    def has_repeats(self) -> bool:
        return max(self._slots) >= FEWEST_PAGES


def _slot(key: str) -> int:
    return int(key[:8], 16) % SLOTS


@dataclass(slots=True)
class Tally:
    """Where one block stands in a source; all are numbers of documents, a block counts once in one.

    `witnesses` have OWN_WORDS words of their own, near-duplicates counting once; of these it opens
    or closes `edges`. `settings` are documents that differ in what they have of their own, however
    little that is. `found` have a text that no platform named. `first` and `last` are the smallest
    and the greatest id of the documents.
    """

    first: str
    last: str = ""
    places: Counter[str] = field(default_factory=Counter)
    witnesses: int = 0
    edges: int = 0
    settings: int = 0
    found: int = 0

    @property
    def pages(self) -> int:
        return self.places.total()

    @property
    def place(self) -> str:
        """Where it stands most often."""
        return max((START, END, MIDDLE), key=lambda place: self.places[place])


@dataclass(slots=True)
class Counts:
    """The counts of one source: `add` every document that has text, in the order of their ids."""

    sketch: Sketch
    pages: int = 0
    tallies: dict[str, Tally] = field(default_factory=dict)
    _groups: set[str] = field(default_factory=set)
    _own_texts: set[bytes] = field(default_factory=set)

    def add(
        self,
        document_id: str,
        blocks: Sequence[WrittenBlock],
        *,
        group: str | None,
        is_named: bool,
    ) -> None:
        """Count a document; `group` is that of its near-duplicates, if it has any."""
        self.pages += 1
        may_repeat = [self.sketch.may_repeat(block) for block in blocks]
        if not any(may_repeat):
            return
        own = [b for b, repeats in zip(blocks, may_repeat, strict=True) if not repeats]
        is_witness = sum(block.words for block in own) >= OWN_WORDS and group not in self._groups
        if is_witness and group is not None:
            self._groups.add(group)
        is_setting = self._is_new(own)
        for key, place in _place_each(blocks, may_repeat).items():
            tally = self.tallies.setdefault(key, Tally(document_id))
            tally.last = document_id
            tally.places[place] += 1
            tally.witnesses += is_witness
            tally.edges += is_witness and place != MIDDLE
            tally.settings += is_setting
            tally.found += not is_named

    def _is_new(self, own: Iterable[WrittenBlock]) -> bool:
        keys = "".join(block.key for block in own)
        digest = hashlib.blake2b(keys.encode(), digest_size=8).digest()
        is_new = bool(keys) and digest not in self._own_texts
        self._own_texts.add(digest)
        return is_new


def places_of(repeats: Sequence[bool]) -> list[str]:
    """START for what stands before anything of the document's own, END after it, else MIDDLE."""
    own = [place for place, repeated in enumerate(repeats) if not repeated]
    first, last = (own[0], own[-1]) if own else (len(repeats), len(repeats))
    return [START if p < first else END if p > last else MIDDLE for p in range(len(repeats))]


def _place_each(blocks: Sequence[WrittenBlock], may_repeat: Sequence[bool]) -> dict[str, str]:
    """Where each repeated block stands; of several places in one document an end is told."""
    passable = [not b.key or r for b, r in zip(blocks, may_repeat, strict=True)]
    found: dict[str, str] = {}
    for block, repeated, place in zip(blocks, may_repeat, places_of(passable), strict=True):
        if block.key and repeated and found.get(block.key, MIDDLE) == MIDDLE:
            found[block.key] = place
    return found
