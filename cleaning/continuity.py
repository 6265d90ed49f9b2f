"""Whether what a site says of a thing now is still what it said before, for all that differs.

For the comparison of a source with its last good rows: an edit, a new design or another zone keeps
a value; a notice in place of the text does not.
"""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta

SAME_TIME = timedelta(hours=36)
"""Moments that are no further apart are one: interfaces differ in zone and precision."""
LEAST_KEPT = 0.5
"""The share of a text's passages that an edit keeps."""
_PASSAGE_WORDS = 3
_LETTERS_PER_WORD = 15
"""In a text with longer words than that on average, words are not parted by blanks."""

_WORD = re.compile(r"\w+")
_LETTER = re.compile(r"\w")


def plain(text: str) -> str:
    """A text as texts and titles are compared: without case, punctuation and layout."""
    return " ".join(_WORD.findall(text.casefold()))


def is_title_kept(old: str, new: str) -> bool:
    """Whether one title has the other in it: the site's name came to it, or went.

    >>> is_title_kept("The slow lift", "The slow lift | Postcards")
    True
    """
    one, two = f" {plain(old)} ", f" {plain(new)} "
    return one in two or two in one


def is_text_kept(old: str, new: str) -> bool:
    """Whether a text still has at least half of the passages that it had."""
    one = _passages(old)
    return not one or len(one & _passages(new)) >= LEAST_KEPT * len(one)


def _passages(text: str) -> set[int]:
    """Hashes of all runs of three words, or letters where words are not parted; of a text of few
    words, of its words."""
    words = _WORD.findall(text.casefold())
    if sum(map(len, words)) > _LETTERS_PER_WORD * len(words):
        words = _LETTER.findall(text.casefold())
    size = _PASSAGE_WORDS if len(words) >= 3 * _PASSAGE_WORDS else 1
    return {hash(tuple(words[start : start + size])) for start in range(len(words) - size + 1)}


def is_date_kept(old: tuple[str, str | None], new: tuple[str, str | None]) -> bool:
    """Whether two dates (ISO with zone, precision) can be one."""
    for precision, length in (("year", 4), ("month", 7)):
        if precision in (old[1], new[1]):
            return old[0][:length] == new[0][:length]
    return abs(datetime.fromisoformat(old[0]) - datetime.fromisoformat(new[0])) <= SAME_TIME


def are_names_kept(old: Iterable[str], new: Iterable[str]) -> bool:
    """Whether at least one of those who were named is named still."""
    return not {plain(name) for name in old}.isdisjoint(plain(name) for name in new)
