"""The things that a page describes for machines in JSON-LD (schema.org)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from lxml.html import HtmlElement

Thing = dict[str, Any]

CONTROLS = re.compile(r"[\x00-\x1f]")


def things(tree: HtmlElement) -> Iterator[Thing]:
    """What the scripts of a page describe, in their order; of a graph each node for itself.

    Templates put fields between quotes as they are: line ends in a string do no harm, a quote in
    one breaks its script, and that is passed over.
    """
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or ""):
            continue
        try:
            value = json.loads(CONTROLS.sub(" ", script.text or ""))
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
