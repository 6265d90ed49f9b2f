"""Raised and lowered letters: "10⁶" is not 106, and a note's number no digit of a price."""

import re

_RAISED = str.maketrans("0123456789+-−=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ")
_LOWERED = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")
_FIGURES = frozenset("0123456789")
_SIGNS = frozenset("+-−=(),;–")
_MARKS = {"tm": "™", "sm": "℠", "(r)": "®", "(c)": "©", "r": "®"}
_COUNTED = re.compile(r"(?:^|\D)\d{1,3}$")
_ORDINALS = frozenset("eaoº")  # "1e", "2a", "3o"; a note would be told by other letters
_ROMAN = re.compile(r"(?:^|[^A-Za-z])[IVXLCDM]+$")
SUP, SUB = "sup", "sub"
PLAIN, DIGITS, SIGN, BRACKET, MARK = "plain", "digits", "sign", "bracket", "mark"


def how_raised(tag: str, words: str, before: str) -> str:
    """Tell how a `sup` or `sub` with these words is written behind the text `before` it.

    `DIGITS` have signs of their own in Unicode. Ordinals and abbreviations ("1st", "XXe", "Mme")
    are `PLAIN`, as is what nothing stands before or what has brackets of its own ("[1]"). Before
    all else a `SIGN` is written ("x^k", "x~k"), with a `BRACKET` around several words.
    """
    words = " ".join(words.split())
    if _are_digits(words.replace(" ", "")) or (tag == SUP and words in ("n", "i")):
        return DIGITS
    if not before or before[-1].isspace() or not words or not words[0].isalnum():
        return PLAIN
    if tag == SUP and words.isalpha():
        if words.lower() in ("tm", "sm") or (words == "R" and before[-1].islower()):
            return MARK
        if _COUNTED.search(before) or _ROMAN.search(before) or len(words) > 1:
            return PLAIN if len(words) > 1 or words.lower() in _ORDINALS else SIGN
    return SIGN if words.isalnum() else BRACKET


def _are_digits(words: str) -> bool:
    rest = set(words) - _SIGNS
    return words in ("+", "-", "−") or (bool(rest) and rest <= _FIGURES)


def raise_text(tag: str, how: str, words: str) -> str:
    """Return `words` as `how_raised` says that they are written."""
    if how == DIGITS:
        return words.translate(_RAISED if tag == SUP else _LOWERED)
    if how == MARK:
        return _MARKS.get(words.lower(), words)
    sign = "^" if tag == SUP else "~"
    if how == BRACKET:
        return f"{sign}({words})"
    return f"{sign}{words}" if how == SIGN else words
