"""Read the entities of schema.org that a page declares in JSON-LD."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml.html import HtmlElement

from cleaning.bylines import Author, Kind
from cleaning.safe import load_json

# What can be the thing that a page is about, and what usually is.
_TEXT_TYPES = re.compile(
    r"(?:\w*Article|\w*Posting|Report|Question|Review|Recipe|HowTo|Course|WebPage|QAPage|\w*Page)$"
)
_MAIN_TYPES = re.compile(r"(?:\w*Article|\w*Posting|Report|Question|Recipe|HowTo)$")
_LONGEST_SCRIPT = 1_000_000  # characters; a catalogue of all products, never the data of a text
_DEEPEST = 12
_KINDS: dict[str, Kind] = {
    **dict.fromkeys(("Organization", "NewsMediaOrganization", "Corporation"), "organisation"),
    "Person": "person",
}


@dataclass(frozen=True, slots=True)
class Entity:
    """A text that JSON-LD describes; names and dates as written there."""

    kind: str
    headline: str | None
    authors: tuple[Author, ...]
    published: str | None
    modified: str | None
    publisher: str | None
    licence: str | None


def read_entities(tree: HtmlElement) -> tuple[Entity, ...]:
    """Return the texts that the JSON-LD of `tree` describes, the likeliest subject first.

    Broken JSON is passed over: a page is not wrong because its plugin is.
    """
    nodes = [node for root in _documents(tree) for node in _nodes(root, 0)]
    named = {str(node["@id"]): node for node in nodes if "@id" in node and "name" in node}
    found = [_entity(node, named) for node in nodes if _TEXT_TYPES.match(_kind(node))]
    return tuple(sorted(found, key=_unlikeliness))


def _unlikeliness(entity: Entity) -> tuple[bool, bool]:
    return not _MAIN_TYPES.match(entity.kind), not (entity.authors or entity.published)


def _documents(tree: HtmlElement) -> Iterator[object]:
    for script in tree.iter("script"):
        source = script.text
        is_data = "ld+json" in (script.get("type") or "").lower()
        if is_data and source and len(source) <= _LONGEST_SCRIPT:
            try:
                yield load_json(source.strip().rstrip(";"))
            except (ValueError, RecursionError):
                continue


def _nodes(value: object, depth: int) -> Iterator[dict[str, object]]:
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for inner in value:
            yield from _nodes(inner, depth + 1)
    elif isinstance(value, dict):
        yield value
        for name, inner in value.items():
            if isinstance(inner, list | dict) and name not in ("comment", "suggestedAnswer"):
                yield from _nodes(inner, depth + 1)


def _kind(node: dict[str, object]) -> str:
    kind = node.get("@type")
    first = kind[0] if isinstance(kind, list) and kind else kind
    return str(first or "")


def _entity(node: dict[str, object], named: dict[str, dict[str, object]]) -> Entity:
    return Entity(
        kind=_kind(node),
        headline=_text(node.get("headline") or node.get("name")),
        authors=tuple(_names(node.get("author") or node.get("creator"), named)),
        published=_text(node.get("datePublished") or node.get("dateCreated")),
        modified=_text(node.get("dateModified")),
        publisher=next((who.name for who in _names(node.get("publisher"), named)), None),
        licence=_text(node.get("license")),
    )


def _names(
    value: object, named: dict[str, dict[str, object]], kind: Kind = "unknown"
) -> Iterator[Author]:
    if isinstance(value, list):
        for inner in value:
            yield from _names(inner, named, kind)
    elif isinstance(value, dict):
        node = value if "name" in value else named.get(str(value.get("@id")), value)
        name = node.get("name")
        yield from _names(name, {}, _KINDS.get(_kind(node), kind)) if name is not None else ()
    elif isinstance(value, str) and value.strip():
        yield Author(value.strip(), kind)


def _text(value: object) -> str | None:
    return value.strip() or None if isinstance(value, str) else None
