"""Read the comments that a page describes for machines in JSON-LD (schema.org ``comment``)."""

import re
from collections.abc import Iterator
from html import escape
from typing import Any
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from cleaning.safe import load_json

from .found import FoundComment, invent_id
from .words import is_removal_notice

_MOST_LEVELS = 100  # of replies; deeper nesting is not written by people
_NUMBER_AT_END = re.compile(r"(?:.*\D)?(\d+)/?$")
_Node = dict[str, Any]


def read_json_ld(tree: HtmlElement) -> tuple[FoundComment, ...]:
    """All comments with a text, answers behind what they answer, in the order of the page."""
    found: list[FoundComment] = []
    known: set[str] = set()
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "").lower():
            for node in _things(_load(script.text or "")):
                _read_below(node, None, found, known, 0)
    return tuple(found)


def _load(source: str) -> object:
    try:
        return load_json(source)
    except (ValueError, RecursionError):
        return None


def _things(value: object) -> Iterator[_Node]:
    """The top nodes of a script: one, a list, or a graph, and what a page is about."""
    if isinstance(value, list):
        for one in value:
            yield from _things(one)
    elif isinstance(value, dict):
        yield value
        for name in ("@graph", "mainEntity", "mainEntityOfPage"):
            if isinstance(value.get(name), list | dict):
                yield from _things(value[name])


def _read_below(
    node: _Node, parent: str | None, found: list[FoundComment], known: set[str], level: int
) -> None:
    for child in _as_list(node.get("comment")):
        if isinstance(child, dict) and level < _MOST_LEVELS:
            comment = _read(child, parent, len(found))
            number = parent
            if comment is not None and comment.native_id not in known:
                found.append(comment)
                number = comment.native_id
                known.add(number or "")
            _read_below(child, number, found, known, level + 1)


def _read(node: _Node, parent: str | None, position: int) -> FoundComment | None:
    text = _text(node.get("text")) or _text(node.get("description")) or ""
    if not text:
        return None
    author = next((a for a in _as_list(node.get("author") or node.get("creator")) if a), None)
    name = _text(author.get("name")) if isinstance(author, dict) else _text(author)
    link = _address(author.get("url")) if isinstance(author, dict) else None
    raw = next((d for n in ("dateCreated", "datePublished") if (d := _text(node.get(n)))), None)
    is_deleted = is_removal_notice(text)
    body = "" if is_deleted else _paragraphs(text)
    return FoundComment(
        native_id=_number(node) or invent_id(name, link, raw, body, is_pingback=False),
        parent_native_id=parent,
        position=position,
        author=name,
        author_url=link,
        published_raw=raw,
        body_html=body,
        is_pingback=False,
        is_by_author=False,
        is_deleted=is_deleted,
    )


def _as_list(value: object) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _text(value: object) -> str | None:
    return value.strip() or None if isinstance(value, str) else None


def _address(value: object) -> str | None:
    text = _text(value)
    try:
        parts = urlsplit(text or "")
    except ValueError:
        return None
    return text if parts.scheme in {"http", "https"} and parts.hostname else None


def _number(node: _Node) -> str | None:
    for name in ("identifier", "@id", "url"):
        value = node.get(name)
        match = _NUMBER_AT_END.fullmatch(str(value)) if isinstance(value, str | int) else None
        if match:
            return match.group(1)
    return None


def _paragraphs(text: str) -> str:
    """The text as markup; some sites put markup into it, most plain text with line breaks."""
    if re.search(r"</?(?:p|br|a|em|strong|div)\b", text, re.IGNORECASE):
        return text
    blocks = (escape(block.strip(), quote=False) for block in re.split(r"\n\s*\n", text))
    return "".join(f"<p>{block.replace(chr(10), '<br>')}</p>" for block in blocks if block)
