"""Choose among candidates by the sum of what speaks for and against each."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

_WEIGHTS = Path(__file__).with_name("heading.json")


# Whoever says a thing from outside of the page: its source's selectors, feeds and lists.
_TOLD = frozenset({"selector", "feed", "list"})
LOST = -99.0
"""The weight of what cannot be the value, whatever speaks for it."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A value that a field could have: who says so, how strongly, and why it was not taken.

    `weight` is the sum of the weights of its `signs`; `element` is where it stands, None for the
    page as a whole; `lost` is empty for the one that was taken.
    """

    value: str
    origin: str
    weight: float
    signs: tuple[str, ...] = ()
    element: int | None = None
    lost: str = ""


@lru_cache(maxsize=1)
def _tables() -> Mapping[str, Mapping[str, float]]:
    tables: dict[str, dict[str, float]] = json.loads(_WEIGHTS.read_text(encoding="utf-8"))
    return tables


def weigh(field: str, signs: Collection[str]) -> float:
    """Return the sum of the weights that `heading.json` gives the signs of a field.

    The table was fitted to pages whose fields people marked (`benchmarks/heading_fit.py`); a sign
    that it does not have counts nothing. Below 0 more speaks against a value than for it.
    """
    table = _tables()[field]
    return table.get("bias", 0.0) + sum(_weight(table, sign) for sign in signs)


def _weight(table: Mapping[str, float], sign: str) -> float:
    """Return the weight of a sign; "feed 0.8" without one is 0.8 of what "feed" has."""
    if sign in table:
        return table[sign]
    origin, _, strength = sign.rpartition(" ")
    return table[origin] * float(strength) if origin in _TOLD else 0.0
