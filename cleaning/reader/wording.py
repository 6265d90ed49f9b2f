"""Figures of the words of a block: sentences, prices, dates, words of controls and of consent."""

import math
import re
import string
from collections import Counter
from collections.abc import Sequence

import numpy as np

from cleaning.page import Block
from cleaning.reader.boxes import Floats

PRICE = re.compile(r"[$€£¥₹]\s?\d|\d\s?(?:€|£|kr|zł|USD|EUR|GBP|元|円)(?!\w)")
_DATE_IN_NUMBERS = re.compile(r"\b(?:19|20)\d\d\b|\b\d{1,2}[:/.]\d\d\b|\d[年月日]")
_DATE_IN_WORDS = re.compile(
    r"\bago\b|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b", re.IGNORECASE
)
_MONTHS = frozenset(
    {"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"}
)
_RIGHTS = ("©", "(c)", "all rights reserved", "copyright")
_SENTENCE_END = re.compile(r"[.!?…:;。！？：；।]['\"”’)\]»」』）]*$")
_COMMAS = ",，、،;；"
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
FRAME_WORDS = frozenset(_FRAMING.split())
CONSENT_WORDS = frozenset(_CONSENTING.split())
CONTROL_WORDS = FRAME_WORDS | {"up", "in", "out", "now", "to", "here"}
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")
_DIGITS, _CAPITALS = string.digits.encode(), string.ascii_uppercase.encode()
_READ = 1000  # characters of a block that are looked at for digits and capitals


def of_wording(blocks: Sequence[Block]) -> Floats:
    """Return a row of figures for each block, by its words alone."""
    copies = Counter(block.text for block in blocks)
    known: dict[str, tuple[float, ...]] = {}
    rows = []
    for block in blocks:
        row = known.get(block.text)
        if row is None:
            row = known[block.text] = _of_text(block.text, block.words, copies[block.text])
        rows.append(row)
    return np.array(rows, float)


SENTENCE, FRAME, CONSENT, PRICED, DATED, QUESTION = 0, 4, 5, 6, 7, 13
"""Columns of `of_wording` that other figures are made of."""


def _of_text(text: str, words: list[str], copies: int) -> tuple[float, ...]:
    start, number = text[:_READ], max(len(words), 1)
    digits, capitals = _count_signs(start)
    lowered = start.lower()
    return (
        _SENTENCE_END.search(text[-20:]) is not None,
        sum(map(text.count, _COMMAS)) / number,
        digits / len(start),
        capitals / len(start),
        sum(map(FRAME_WORDS.__contains__, words)) / number,
        sum(map(CONSENT_WORDS.__contains__, words)) / number,
        digits > 0 and PRICE.search(start) is not None,
        (digits > 0 and _DATE_IN_NUMBERS.search(start) is not None) or _is_told(start, words),
        any(map(lowered.__contains__, _RIGHTS)),
        math.log(copies),
        text[0].islower(),
        "|" in text or "»" in text,
        text[-1] in "…»›→" or text.endswith("..."),
        "?" in text,
        text[0] in "•·-–—*©→",
    )


def _is_told(start: str, words: Sequence[str]) -> bool:
    """Tell whether a text tells a date in words; whether it could, shows by the words first."""
    may_be = "ago" in words or not _MONTHS.isdisjoint([word[:3] for word in words])
    return may_be and _DATE_IN_WORDS.search(start) is not None


def _count_signs(text: str) -> tuple[int, int]:
    """Return the numbers of digits and of capitals."""
    others = "" if text.isascii() else "".join(_BEYOND_ASCII.findall(text))
    characters = text.encode("ascii", "ignore")  # many times faster
    digits = len(characters) - len(characters.translate(None, _DIGITS))
    capitals = len(characters) - len(characters.translate(None, _CAPITALS))
    return digits + sum(map(str.isdigit, others)), capitals + sum(map(str.isupper, others))
