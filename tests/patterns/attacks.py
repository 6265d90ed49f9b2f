"""Inputs that are likely to be slow for a pattern, made from its own parse tree.

What makes a pattern slow is a repeat that can end in many places while what follows it fails, or
one that is begun anew at each place of the input. So for each repeat of a pattern: what leads up to
it, then what it repeats, many times; the same without what leads up to it; and what leads up to it,
many times. The characters are those that the pattern itself names, and one of each usual class.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import Any

_parser: Any = import_module("re._parser")

USUAL = "a1 A\n-._\u00e9"
MOST_CHARACTERS = 24
MOST_SAMPLES = 14
LEAST_REPEATS = 16
"""A repeat that ends before is a constant."""
ENDS = ("", "\0", "\n!", " x")
"""What may follow, so that the rest of a pattern fails."""
REPEATS = {"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"}
CATEGORIES: dict[str, Callable[[str], bool]] = {
    "CATEGORY_DIGIT": str.isdecimal,
    "CATEGORY_SPACE": str.isspace,
    "CATEGORY_WORD": lambda c: c.isalnum() or c == "_",
    "CATEGORY_NOT_DIGIT": lambda c: not c.isdecimal(),
    "CATEGORY_NOT_SPACE": lambda c: not c.isspace(),
    "CATEGORY_NOT_WORD": lambda c: not (c.isalnum() or c == "_"),
}


@dataclass(frozen=True, slots=True)
class Attack:
    """`lead`, then `unit` again and again, then `end`."""

    lead: str
    unit: str
    end: str

    def text(self, size: int) -> str:
        """The attack in about so many characters."""
        return self.lead + self.unit * max(1, size // len(self.unit)) + self.end


def attacks(pattern: re.Pattern[Any]) -> list[Attack]:
    """The attacks on a pattern, each once."""
    text = pattern.pattern
    text = text.decode("latin-1") if isinstance(text, bytes) else text
    flags = pattern.flags & ~(0 if isinstance(pattern.pattern, str) else re.UNICODE)
    tree = _parser.parse(text, flags)
    maker = _Maker(tree)
    found: dict[Attack, None] = {}
    for lead, unit in maker.pumps():
        for end in ENDS:
            if unit:
                found[Attack(lead, unit, end)] = None
    return list(found)


class _Maker:
    def __init__(self, tree: Any) -> None:
        self.tree = tree
        named = dict.fromkeys(c for c in _literals(tree))
        self.characters = list(dict.fromkeys([*USUAL, *named]))[:MOST_CHARACTERS]
        self.groups: dict[int, str] = {}

    def pumps(self) -> Iterator[tuple[str, str]]:
        """(what leads up, what is repeated)."""
        for lead, body in self._repeats(self.tree, ""):
            samples = self._samples(body)
            for unit in samples:
                yield lead, unit
                yield "", unit
                yield "", lead + unit
                yield lead, unit + samples[0]
            yield "", lead
        whole = self._sample(self.tree, "a")
        yield "", whole
        yield "", whole[:-1]

    def _repeats(self, tree: Any, lead: str) -> Iterator[tuple[str, Any]]:
        """Every repeat without a near end: (what leads up to it, what it repeats)."""
        for operator, value in tree:
            name = str(operator)
            if name in REPEATS:
                if int(value[1]) >= LEAST_REPEATS:
                    yield lead, value[2]
                yield from self._repeats(value[2], lead)
            for part in _parts(name, value):
                yield from self._repeats(part, lead)
            lead += self._sample([(operator, value)], "a")

    def _samples(self, tree: Any) -> list[str]:
        found = dict.fromkeys(self._sample(tree, c) for c in self.characters)
        return [text for text in found if text][:MOST_SAMPLES] or [""]

    def _sample(self, tree: Any, wanted: str) -> str:
        """A text that the tree matches, with `wanted` where a class allows it."""
        return "".join(self._sample_one(str(operator), value, wanted) for operator, value in tree)

    def _sample_one(self, name: str, value: Any, wanted: str) -> str:
        if name == "LITERAL":
            return chr(value)
        if name in {"IN", "NOT_LITERAL", "ANY"}:
            candidates = [wanted, *self.characters]
            return next((c for c in candidates if _accepts(name, value, c)), "")
        if name in REPEATS:
            return self._sample(value[2], wanted) * max(1, int(value[0]))
        if name == "BRANCH":
            number = self.characters.index(wanted) if wanted in self.characters else 0
            return self._sample(value[1][number % len(value[1])], wanted)
        if name == "SUBPATTERN":
            text = self._sample(value[-1], wanted)
            self.groups[value[0]] = text
            return text
        if name == "ATOMIC_GROUP":
            return self._sample(value, wanted)
        return self.groups.get(value, "") if name == "GROUPREF" else ""


def _parts(name: str, value: Any) -> list[Any]:
    """The trees inside of a node, but for what is repeated."""
    if name == "BRANCH":
        return list(value[1])
    if name in {"SUBPATTERN", "ASSERT", "ASSERT_NOT"}:
        return [value[-1]]
    if name == "ATOMIC_GROUP":
        return [value]
    return [part for part in value[1:] if part] if name == "GROUPREF_EXISTS" else []


def _literals(tree: Any) -> Iterator[str]:
    for operator, value in tree:
        name = str(operator)
        if name in {"LITERAL", "NOT_LITERAL"}:
            yield chr(value)
        elif name == "IN":
            yield from (chr(v if o == "LITERAL" else v[0]) for o, v in _named(value))
        elif name in REPEATS:
            yield from _literals(value[2])
        for part in _parts(name, value):
            yield from _literals(part)


def _named(items: Any) -> Iterator[tuple[str, Any]]:
    return ((str(o), v) for o, v in items if str(o) in {"LITERAL", "RANGE"})


def _accepts(name: str, value: Any, character: str) -> bool:
    if name == "ANY":
        return character != "\n"
    if name == "NOT_LITERAL":
        return ord(character) != int(value)
    is_negated = str(value[0][0]) == "NEGATE"
    return is_negated != any(_is_in(str(o), v, character) for o, v in value)


def _is_in(name: str, value: Any, character: str) -> bool:
    if name == "LITERAL":
        return ord(character) == int(value)
    if name == "RANGE":
        return int(value[0]) <= ord(character) <= int(value[1])
    return name == "CATEGORY" and CATEGORIES[str(value)](character)
