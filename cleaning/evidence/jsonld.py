"""The one reader of JSON-LD: what pages describe for machines in the words of schema.org.

Templates write it by hand and plugins cut it: comments and CDATA around it, several objects in one
script, commas before a bracket, line ends inside strings, an end that is missing. All of that is
read; what is beyond repair is passed over.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from lxml.html import HtmlElement

from cleaning.page import Page
from cleaning.safe import DECODER, with_whole_pairs

Thing = dict[str, object]

_WRAPPED_START = re.compile(
    r"(?:\s++|//\s*+(?:<!\[CDATA\[|$)|/\*\s*+<!\[CDATA\[\s*+\*/|<!\[CDATA\[|<!--)*+"
)
# Read backwards: only from the end is it known where this begins.
_WRAPPED_END = re.compile(r"(?:\s++|;|//|>--|>\]\]|/\*\s*+>\]\]\s*+\*/)*+")
_CONTROLS = re.compile(r"[\x00-\x1f]+")
_BETWEEN = re.compile(r"[\s,;]*")
_COMMA_BEFORE_END = re.compile(r",(?=\s*[}\]])")
_HALF = re.compile(r'(?:[,{]\s*+"[^"]*+"\s*+:?|,)\Z')
_LONGEST = 1_000_000  # characters; a catalogue of all products, never the data of a text
_DEEPEST = 12
# Properties whose values are other things than the one that the page is about.
_OF_OTHERS = frozenset(
    {"comment", "suggestedAnswer", "acceptedAnswer", "review", "reviews", "itemListElement"}
    | {"hasPart", "isPartOf", "relatedLink", "citation", "mentions", "about", "associatedArticle"}
    | {"isRelatedTo", "isSimilarTo", "blogPost", "blogPosts", "subjectOf", "event", "events"}
    | {"hasOfferCatalog", "offers", "itemReviewed", "relatedArticle", "significantLink"}
)


@dataclass(frozen=True, slots=True)
class Found:
    """A thing, and whether it stands in a property that names other things than the page's."""

    thing: Thing
    is_of_another: bool


def read_things(page: Page) -> tuple[Found, ...]:
    """Return the things of a page in their order: those of scripts and graphs, and all inside."""
    return tuple(one for root in read_roots(page) for one in _things(root, 0, is_of_another=False))


def read_roots(page: Page) -> tuple[object, ...]:
    """Return the values of all scripts of a page in their order, as they stand there."""
    return _load(tuple(source for kind, source in page.head.scripts if "ld+json" in kind))


def read_graph(tree: HtmlElement) -> Iterator[Thing]:
    """Yield the outermost things of a tree's scripts, of a graph each node for itself."""
    scripts = (one for one in tree.iter("script") if "ld+json" in (one.get("type") or "").lower())
    yield from _nodes(_load(tuple(script.text or "" for script in scripts)), 0)


def _nodes(value: object, depth: int) -> Iterator[Thing]:
    if isinstance(value, list | tuple) and depth <= _DEEPEST:
        for inner in value:
            yield from _nodes(inner, depth + 1)
    elif isinstance(value, dict):
        yield from _nodes(value["@graph"], depth + 1) if "@graph" in value else (value,)


def types_of(thing: Thing) -> tuple[str, ...]:
    """Return the types of a thing by their names, without the address of the vocabulary."""
    raw = thing.get("@type")
    types = raw if isinstance(raw, list) else [raw]
    return tuple(re.split(r"[/#:]", kind)[-1] for kind in types if isinstance(kind, str))


def names_of(value: object, known: dict[str, Thing]) -> Iterator[tuple[str, str]]:
    """Yield (name, type in lower case or "") of persons and organisations, however they stand.

    `known` are things by their `@id`, to which others refer.
    """
    yield from _names(value, known, "", 0)


def _names(
    value: object, known: dict[str, Thing], kind: str, depth: int
) -> Iterator[tuple[str, str]]:
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for inner in value:
            yield from _names(inner, known, kind, depth + 1)
    elif isinstance(value, dict):
        node = value if _has_name(value) else known.get(str(value.get("@id")), value)
        kind = next((found.lower() for found in types_of(node)), kind)
        given = [node.get(part) for part in ("givenName", "additionalName", "familyName")]
        whole = " ".join(part.strip() for part in given if isinstance(part, str) and part.strip())
        yield from _names(node.get("name") or whole, known, kind, depth + 1)
    elif isinstance(value, str) and value.strip():
        yield html.unescape(value).strip(), kind


def _has_name(thing: Thing) -> bool:
    return any(thing.get(name) for name in ("name", "givenName", "familyName"))


def text_of(value: object) -> str | None:
    """Return a text, of several the first, of a thing its value, name or address."""
    if isinstance(value, list):
        return next((text for text in map(text_of, value) if text), None)
    if isinstance(value, dict):
        return text_of([value.get(name) for name in ("@value", "name", "url", "@id")])
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return html.unescape(value).strip() or None if isinstance(value, str) else None


@lru_cache(maxsize=2)  # the readers of one page ask one after the other
def _load(sources: tuple[str, ...]) -> tuple[object, ...]:
    return tuple(v for source in sources if len(source) <= _LONGEST for v in load_json(source))


def load_json(source: str) -> tuple[object, ...]:
    """Return the values of a script, however it was wrapped or cut; those before a fault at least.

    >>> load_json('<!-- {"a": 1,} {"b": [2 -->')
    ({'a': 1}, {'b': [2]})
    """
    text = _CONTROLS.sub(" ", _unwrapped(source))
    if text.startswith(("{&quot;", "[{&quot;", "{ &quot;")):
        text = html.unescape(text)
    values, place = _decode(text)
    if place < len(text):
        mended, _ = _decode(_mend(text[place:]))
        values += mended
    return tuple(with_whole_pairs(list(values), text))


def _unwrapped(source: str) -> str:
    """Cut the comments and marks of CDATA in which a script hides its data from old programs."""
    start = _WRAPPED_START.match(source)
    text = source[start.end() :] if start else source
    end = _WRAPPED_END.match(text[::-1])
    return text[: len(text) - end.end()] if end else text


def _decode(text: str) -> tuple[list[object], int]:
    """Return the values at the start of a text, and the place where the first fault begins."""
    values: list[object] = []
    place = _skip(text, 0)
    while place < len(text):
        try:
            value, end = DECODER.raw_decode(text, place)
        except (ValueError, RecursionError):
            break
        values.append(value)
        place = _skip(text, end)
    return values, place


def _skip(text: str, place: int) -> int:
    between = _BETWEEN.match(text, place)
    return between.end() if between else place


def _mend(text: str) -> str:
    """Take commas before a closing bracket away, and close what the end leaves open."""
    text = _COMMA_BEFORE_END.sub("", text)
    closing: list[str] = []
    is_string = is_escaped = False
    for sign in text:
        if is_string:
            is_string = is_escaped or sign != '"'
            is_escaped = sign == "\\" and not is_escaped
        elif sign == '"':
            is_string = True
        elif sign in "{[":
            closing.append("}" if sign == "{" else "]")
        elif sign in "}]" and closing:
            closing.pop()
    if is_string or closing:
        text = _without_half(text + '"' * is_string)
    return text + "".join(reversed(closing))


def _without_half(text: str) -> str:
    """Cut a property without its value from the end of an open object."""
    return _HALF.sub(lambda half: half[0][0].strip(","), text.rstrip())


def _things(value: object, depth: int, *, is_of_another: bool) -> Iterator[Found]:
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for inner in value:
            yield from _things(inner, depth + 1, is_of_another=is_of_another)
    elif isinstance(value, dict):
        yield Found(value, is_of_another)
        for name, inner in value.items():
            if isinstance(inner, list | dict):
                is_other = is_of_another or name in _OF_OTHERS
                yield from _things(inner, depth + 1, is_of_another=is_other)
