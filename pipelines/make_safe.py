"""Make items safe to clean, to store and to publish, whatever a stranger wrote into them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from typing import Any

from cleaning.safe import safe_address, safe_line, safe_text
from crawlers.items import Item

TEXTS = {"body_html", "text", "markdown", "excerpt", "details", "signature"}
"""Fields that may be as long as they like; of a link, `text` is a line."""
ADDRESSES = {"url", "site", "list_url", "canonical_url", "document_url", "author_url"} | {
    *("target_url", "outbound_url", "native_id", "document_native_id", "parent_native_id"),
    *("author_ref", "author_refs", "category_refs", "tag_refs", "spam_hosts"),
}
PARSED = {"page", "whole_page", "pdf"}
"""What is still to be read: trees and bytes."""


def make_safe(item: Item) -> Item:
    """Replace every string of an item, in place, by one that UTF-8 and a terminal can take.

    Names, titles, addresses and ids are cut where they are longer than any that is one
    (`cleaning.safe`). It is done where an item leaves the spider and where it leaves the last
    pipeline.
    """
    _visit(item)
    return item


def _visit(thing: Any) -> None:
    is_link = hasattr(thing, "rel")
    for field in fields(thing):
        if field.name not in PARSED:
            value = getattr(thing, field.name)
            new = _safe(value, safe_line if is_link and field.name == "text" else _way(field.name))
            if new is not value:
                setattr(thing, field.name, new)


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
        return type(value)(_safe(inner, way) for inner in value)
    if isinstance(value, dict):
        return {_safe(name, way): _safe(inner, way) for name, inner in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        _visit(value)
    return value
