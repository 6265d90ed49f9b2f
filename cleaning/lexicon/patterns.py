"""Phrases to one pattern that reads a text once, whatever their number."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType

_SLOT = re.compile(r"\{\w+\}")
_ANY_BLANKS = r"\s*+"
_UNSPACED = "\u0e00-\u0e7f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
# A word ends at a border of words, but in scripts without blanks anywhere.
BEFORE, AFTER = (
    rf"(?:(?<!\w)|(?<=[{_UNSPACED}]))",
    rf"(?:(?!\w)|(?<=[{_UNSPACED}])|(?=[{_UNSPACED}]))",
)

_NONE: Mapping[str, str] = MappingProxyType({})

_Trie = dict[str, "_Trie"]


def alternatives(phrases: Iterable[str], slots: Mapping[str, str] = _NONE) -> str:
    """Return the source of a pattern for any of `phrases`, the longest that fits first.

    Common beginnings are shared, so that each character is looked at about once. Blanks match any
    run of blanks, apostrophes both kinds; `slots` are the patterns for `{n}` and its like. Between
    a number and a unit the blank may be missing ("5m ago"). No phrase begins with a blank, so what
    a run of blanks has taken is never given back.
    """
    trie: _Trie = {}
    for phrase in sorted(phrases):
        node = trie
        for token in _tokens(phrase, slots):
            node = node.setdefault(token, {})
        node[""] = {}
    return _source(trie) if trie else r"(?!)"


def _tokens(phrase: str, slots: Mapping[str, str]) -> list[str]:
    tokens: list[str] = []
    place = 0
    for slot in _SLOT.finditer(phrase):
        between = phrase[place : slot.start()]
        is_counted = slot[0] == "{unit}" and phrase[: slot.start()].endswith("{n} ")
        tokens += [_ANY_BLANKS] if is_counted else map(_escape, between)
        tokens.append(slots[slot[0]])
        place = slot.end()
    return tokens + [_escape(sign) for sign in phrase[place:]]


def _escape(sign: str) -> str:
    return {" ": r"\s++", "'": "['’]"}.get(sign) or re.escape(sign)


def _source(node: _Trie) -> str:
    is_end = "" in node
    branches = [token + _source(rest) for token, rest in node.items() if token]
    if not branches:
        return ""
    one = branches[0] if len(branches) == 1 and not is_end else f"(?:{'|'.join(branches)})"
    return f"{one}?" if is_end else one
