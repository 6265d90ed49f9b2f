"""Find phrases fast: words that a phrase cannot do without are looked up first.

Most comments hold none of them, and looking words up takes a fraction of the time that patterns
take. Hints change no answer: without them the same phrases would be found.
"""

from __future__ import annotations

import re
from collections.abc import KeysView
from functools import reduce
from operator import or_


class Saying:
    """One pattern, and for each part that it cannot do without the words that can fill it.

    The words of a part stand between bars: whole words, as a pattern has them between ``\\b``. A
    text that holds none of them cannot match. The rarest part comes first; a pattern that is open
    at both ends has none and is always tried. ``literal`` is a piece of text that no match is
    without.
    """

    __slots__ = ("find", "first", "literal", "needs")

    def __init__(self, pattern: str, *parts: str, literal: str = "") -> None:
        self.find = re.compile(pattern).search
        self.literal = literal
        self.first = _bit_of(parts[0]) if parts else _ALWAYS
        self.needs = sum({_bit_of(part) for part in parts}) or _ALWAYS


class Phrases:
    """Any of some sayings; where none of the hints in `firsts` is, none of them can be."""

    __slots__ = ("_tries", "firsts", "sayings")

    def __init__(self, *sayings: Saying) -> None:
        self.sayings = sayings
        self.firsts = reduce(or_, (one.first for one in sayings))
        self._tries = tuple((one.needs, one.literal, one.find) for one in sayings)

    def are_in(self, text: str, hinted: int) -> bool:
        """Whether one of them is in a text in lower case, given the hints of its words."""
        if hinted & self.firsts:
            for needs, literal, find in self._tries:
                if hinted & needs == needs and literal in text and find(text):
                    return True
        return False


_ALWAYS = 1
BEYOND_ASCII = "\0"
"""The part that any text with a letter beyond ASCII fills."""
_PARTS: dict[str, int] = {}
_HINTING: dict[str, int] = {}
"""Every word that hints at something, with one bit for each part that it can fill."""


def _bit_of(part: str) -> int:
    """The bit that stands for a part; equal parts share one."""
    if part not in _PARTS:
        bit = _PARTS[part] = 2 << len(_PARTS)
        for word in part.split("|"):
            _HINTING[word] = _HINTING.get(word, 0) | bit
    return _PARTS[part]


def hints_of(words: KeysView[str], *, is_ascii: bool) -> int:
    """What the words of a text in lower case hint at, all together; a word is a run of ``\\w``."""
    always = _ALWAYS if is_ascii else _ALWAYS | _PARTS.get(BEYOND_ASCII, 0)
    return reduce(or_, map(_HINTING.__getitem__, words & _HINTING.keys()), always)
