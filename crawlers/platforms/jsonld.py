"""The things that a page describes for machines in JSON-LD (schema.org)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml.html import HtmlElement

from cleaning.safe import load_json

Thing = dict[str, Any]


def things(tree: HtmlElement) -> Iterator[Thing]:
    """What the scripts of a page describe, in their order; of a graph each node for itself.

    Templates put fields between quotes as they are: line ends in a string do no harm, a quote in
    one breaks its script, and that is passed over.
    """
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or ""):
            continue
        try:
            value = load_json(script.text or "")
        except (ValueError, RecursionError):
            continue
        yield from _nodes(value)


def _nodes(value: Any) -> Iterator[Thing]:
    if isinstance(value, list):
        for inner in value:
            yield from _nodes(inner)
    elif isinstance(value, dict):
        if "@graph" in value:
            yield from _nodes(value["@graph"])
        else:
            yield value


def types_of(thing: Thing) -> list[str]:
    """Its types by their names; a thing can be of several."""
    raw = thing.get("@type")
    return [t for t in (raw if isinstance(raw, list) else [raw]) if isinstance(t, str)]
