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
DATE = re.compile(
    r"\b(?:19|20)\d\d\b|\b\d{1,2}[:/.]\d\d\b|\bago\b|\d[年月日]"
    r"|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b",
    re.IGNORECASE,
)
_RIGHTS = re.compile(r"©|\(c\)|all rights reserved|copyright", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?…:;。！？：；।]['\"”’)\]»」』）]*$")
_COMMAS = re.compile("[,，、،;；]")
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


SENTENCE, FRAME, CONSENT = 0, 4, 5
"""Columns of `of_wording` that other figures are made of."""


def _of_text(text: str, words: list[str], copies: int) -> tuple[float, ...]:
    start, number = text[:_READ], max(len(words), 1)
    digits, capitals = _count_signs(start)
    return (
        _SENTENCE_END.search(text[-20:]) is not None,
        len(_COMMAS.findall(text)) / number,
        digits / len(start),
        capitals / len(start),
        sum(map(FRAME_WORDS.__contains__, words)) / number,
        sum(map(CONSENT_WORDS.__contains__, words)) / number,
        PRICE.search(start) is not None,
        DATE.search(start) is not None,
        _RIGHTS.search(start) is not None,
        math.log(copies),
        text[0].islower(),
        "|" in text or "»" in text,
        text[-1] in "…»›→" or text.endswith("..."),
        "?" in text,
        text[0] in "•·-–—*©→",
    )


def _count_signs(text: str) -> tuple[int, int]:
    """Return the numbers of digits and of capitals."""
    if not text.isascii():
        return sum(map(str.isdigit, text)), sum(map(str.isupper, text))
    characters = text.encode()  # many times faster
    digits = len(characters) - len(characters.translate(None, _DIGITS))
    return digits, len(characters) - len(characters.translate(None, _CAPITALS))
