"""Make items safe to clean, to store and to publish, whatever a stranger wrote into them."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import is_dataclass, replace
from functools import cache
from operator import is_
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from cleaning.safe import safe_address, safe_line, safe_text
from crawlers.items import Item, LinkSeen

TEXTS = {"body_html", "text", "markdown", "excerpt", "details", "signature"}
"""Fields that may be as long as they like; of a link, `text` is a line."""
ADDRESSES = {"url", "site", "list_url", "canonical_url", "document_url", "author_url"} | {
    *("target_url", "outbound_url", "native_id", "document_native_id", "parent_native_id"),
    *("author_ref", "author_refs", "category_refs", "tag_refs", "spam_hosts"),
}
PARSED = {"pdf"}
"""What is still to be read: bytes."""


def make_safe(item: Item) -> Item:
    """Replace every string of an item, in place, by one that UTF-8 and a terminal can take.

    Names, titles, addresses and ids are cut where they are longer than any that is one
    (`cleaning.safe`). It is done where an item leaves the spider and where it leaves the last
    pipeline. Raises TypeError for a field that holds something else than it is declared to.
    """
    _visit(item)
    return item


def _visit(thing: Any) -> Any:
    """Make the strings of a dataclass safe, in place; of a frozen one return a safe copy."""
    is_link = isinstance(thing, LinkSeen)
    cls: Any = type(thing)
    safe: dict[str, Any] = {}
    for name, hint in _hints(cls):
        value = getattr(thing, name)
        if not _fits(value, hint):
            raise TypeError(f"{name}: {str(value)[:80]!r} is {type(value).__name__}, not {hint}")
        safe[name] = _safe(value, safe_line if is_link and name == "text" else _way(name))
    changed = {name: value for name, value in safe.items() if value is not getattr(thing, name)}
    if cls.__dataclass_params__.frozen:
        return replace(thing, **changed) if changed else thing
    for name, value in changed.items():
        setattr(thing, name, value)
    return thing


@cache
def _parts(hint: Any) -> tuple[Any, tuple[Any, ...]]:
    return get_origin(hint), get_args(hint)


@cache
def _hints(cls: Any) -> tuple[tuple[str, Any], ...]:
    return tuple((n, hint) for n, hint in get_type_hints(cls).items() if n not in PARSED)


def _fits(value: Any, hint: Any) -> bool:
    """Whether a value is of a type as the items declare it."""
    if hint is str:
        return isinstance(value, str)
    kind, inner = _parts(hint)
    if kind in (Union, UnionType):
        return any(_fits(value, one) for one in inner)
    if kind is Literal:
        return isinstance(value, str) and value in inner
    if kind is list or (kind is tuple and inner[-1] is Ellipsis):
        return isinstance(value, kind) and all(_fits(one, inner[0]) for one in value)
    if kind is tuple:
        return isinstance(value, tuple) and all(map(_fits, value, inner))
    if kind is dict:
        return isinstance(value, dict) and all(_fits(one, inner[1]) for one in value.values())
    if hint is float:
        return isinstance(value, (int, float)) and math.isfinite(value)
    return isinstance(value, hint) and (hint is bool or not isinstance(value, bool))


def _way(name: str) -> Callable[[str], str]:
    if name in TEXTS:
        return safe_text
    return safe_address if name in ADDRESSES else safe_line


def _safe(value: Any, way: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        safe = way(value)
        # A string of lxml's holds the tree that it came from.
        return safe if type(safe) is str else str.__str__(safe)
    if isinstance(value, (list, tuple)):
        made = [_safe(inner, way) for inner in value]
        return value if all(map(is_, made, value)) else type(value)(made)
    if isinstance(value, dict):
        return {_safe(name, way): _safe(inner, way) for name, inner in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        return _visit(value)
    return value
