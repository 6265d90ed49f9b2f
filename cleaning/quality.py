"""Figures that tell running text from menus, lists of links and shouting."""

import re
from collections import Counter
from dataclasses import dataclass

# A word is letters and digits, with hyphens and apostrophes inside: "co-production", "gyda'i".
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+(?:['’\-‑][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class TextQuality:
    """Shares from 0 to 1, and characters a line; all 0 for an empty text."""

    link_share: float
    capital_share: float
    repeated_line_share: float
    mean_line_length: float


def word_count(text: str) -> int:
    """Return the number of words; "co-production" is one, an address none.

    >>> word_count("Co-production isn't new: 2 words_or 3?")
    7
    """
    return len(_WORD.findall(_ADDRESS.sub(" ", text)))


def text_quality(text: str, link_characters: int) -> TextQuality:
    """Measure `text`, of which `link_characters` stand inside links.

    `link_share` is of all characters but line ends, `capital_share` of the letters that have
    cases, `repeated_line_share` of the lines that stood before already, and `mean_line_length` is
    in characters of the lines that are not empty.
    """
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if not lines:
        return TextQuality(0.0, 0.0, 0.0, 0.0)
    characters = sum(map(len, lines))
    capitals, smalls = sum(map(str.isupper, text)), sum(map(str.islower, text))
    repeated = sum(count - 1 for count in Counter(lines).values())
    return TextQuality(
        link_share=min(1.0, max(0, link_characters) / characters),
        capital_share=capitals / (capitals + smalls) if capitals + smalls else 0.0,
        repeated_line_share=repeated / len(lines),
        mean_line_length=characters / len(lines),
    )
