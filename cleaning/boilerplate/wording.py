"""Figures of the words of a segment: sentences, prices, dates, words of controls and of consent."""

import math
import re
import string
from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from cleaning.boilerplate.names import AREA_BITS
from cleaning.boilerplate.segments import Page, Segment

PRICE = re.compile(r"[$€£¥₹]\s?\d|\d\s?(?:€|£|kr|zł|USD|EUR|GBP)(?!\w)")
DATE = re.compile(
    r"\b(?:19|20)\d\d\b|\b\d{1,2}[:/.]\d\d\b|\bago\b"
    r"|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b",
    re.IGNORECASE,
)
_RIGHTS = re.compile(r"©|\(c\)|all rights reserved|copyright", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?…:;。]['\"”’)\]]*$")
# Words of controls, of the frame of a site, and of consent to cookies.
_FRAMING = """
    login log sign signin signup register account subscribe newsletter email inbox share
    tweet facebook twitter linkedin instagram youtube pinterest whatsapp follow us cart
    basket checkout wishlist add buy quick view compare filter filters sort by clear apply
    reply report quote like likes permalink flag edit read more learn less show all load
    next previous prev back home menu search skip content contact about careers help support
    faq download app related recommended popular trending latest advertisement sponsored ad
    close open toggle print save copy link loading submit cancel ok select choose views
    replies votes posted joined member posts ago min minutes terms rights reserved copyright
    language currency
"""
_CONSENTING = """
    cookie cookies consent privacy policy personal data advertising advertisements ads
    partners vendors preferences settings accept reject device tracking processing purposes
    opt browser analytics targeted third parties collected
"""
_FRAME_WORDS = frozenset(_FRAMING.split())
_CONSENT_WORDS = frozenset(_CONSENTING.split())
_CONTROL_WORDS = _FRAME_WORDS | {"up", "in", "out", "now", "to", "here"}
_DIGITS, _CAPITALS = string.digits.encode(), string.ascii_uppercase.encode()
_CLICKED = AREA_BITS["button"] | AREA_BITS["a"]
_LONGEST_CONTROL = 4  # words
_LINKED = 0.9  # of the characters of a link
_READ = 1000  # characters of a segment that are looked at for digits and capitals


def of_wording(
    page: Page,
    words: tuple[list[str], ...],
    counts: NDArray[np.float64],
    lengths: NDArray[np.float64],
    links: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Return a row for each segment; `words`, `counts`, `lengths` and `links` are per segment."""
    copies = Counter(segment.text for segment in page.segments)
    known: dict[str, tuple[float, ...]] = {}
    rows = []
    for segment, found in zip(page.segments, words, strict=True):
        text = segment.text
        row = known.get(text)
        if row is None:
            row = known[text] = _of_text(text, found, copies[text])
        rows.append(row)
    table = np.array(rows, float)
    consent = np.convolve(table[:, 5] * counts, np.ones(9), "same")[: len(counts)]
    around = np.convolve(counts, np.ones(9), "same")[: len(counts)]
    near = consent / np.maximum(around, 1)
    return np.column_stack([np.log1p(counts), links, lengths / np.maximum(counts, 1), table, near])


def find_controls(page: Page, words: Sequence[Sequence[str]]) -> NDArray[np.bool_]:
    """Tell which segments are links or buttons that say nothing but "Sign up" or "Read more"."""
    pairs = zip(page.segments, words, strict=True)
    return np.array([_is_control(segment, found) for segment, found in pairs], bool)


def _is_control(segment: Segment, words: Sequence[str]) -> bool:
    if not 0 < len(words) <= _LONGEST_CONTROL:
        return False
    is_linked = segment.link_characters >= _LINKED * len(segment.text)
    is_clicked = is_linked or bool(segment.frame.area & _CLICKED)
    return is_clicked and all(map(_CONTROL_WORDS.__contains__, words))


def _of_text(text: str, words: list[str], copies: int) -> tuple[float, ...]:
    start, number = text[:_READ], max(len(words), 1)
    digits, capitals = _count_signs(start)
    return (
        _SENTENCE_END.search(text[-20:]) is not None,
        text.count(",") / number,
        digits / len(start),
        capitals / len(start),
        sum(map(_FRAME_WORDS.__contains__, words)) / number,
        sum(map(_CONSENT_WORDS.__contains__, words)) / number,
        PRICE.search(start) is not None,
        DATE.search(start) is not None,
        _RIGHTS.search(start) is not None,
        math.log(copies),
        text[0].islower(),
        "|" in text or "»" in text,
    )


def _count_signs(text: str) -> tuple[int, int]:
    """Return the numbers of digits and of capitals."""
    if not text.isascii():
        return sum(map(str.isdigit, text)), sum(map(str.isupper, text))
    characters = text.encode()  # many times faster
    digits = len(characters) - len(characters.translate(None, _DIGITS))
    return digits, len(characters) - len(characters.translate(None, _CAPITALS))
