"""Comments and answers that a page describes for machines in JSON-LD."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any
from urllib.parse import urlsplit

from cleaning.evidence.jsonld import Thing, names_of, read_roots, text_of, types_of
from cleaning.page import Page

_MOST_LEVELS = 100  # of replies; deeper nesting is not written by people
_NUMBER_AT_END = re.compile(r"(?:.*\D)?(\d+)/?$")
_ANSWERS = ("comment", "acceptedAnswer", "suggestedAnswer")
_FORUMS = frozenset({"DiscussionForumPosting", "Question", "QAPage", "Conversation"})
"""Types whose comments and answers are posts of a discussion (schema.org)."""
_BREAK = re.compile(r"<(?:br|/p|/div|/li)\b[^<>]*+>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-z][^<>]*+>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Told:
    """A comment as JSON-LD tells it; `parent` is the place in the list of what it answers.

    `is_post` tells that it belongs to a discussion, and not to a text.
    """

    text: str
    author: str | None
    author_url: str | None
    published: str | None
    native_id: str | None
    parent: int | None
    is_post: bool


def told_comments(page: Page) -> list[Told]:
    """Return all comments with a text and an author or a time, answers behind what they answer.

    Without either it is an answer of a FAQ, which is the page's own.
    """
    found: list[Told] = []
    seen: set[tuple[str | None, str]] = set()
    for root in read_roots(page):
        for thing in _things(root, 0):
            is_forum = not _FORUMS.isdisjoint(types_of(thing))
            _read_below(thing, None, found, seen, 0, is_forum)
    return found


def _things(value: object, level: int) -> Iterator[Thing]:
    """The top things of a script: one, a list, or a graph, and what a page is about."""
    if isinstance(value, list) and level < _MOST_LEVELS:
        for one in value:
            yield from _things(one, level + 1)
    elif isinstance(value, dict) and level < _MOST_LEVELS:
        yield value
        for name in ("@graph", "mainEntity", "mainEntityOfPage"):
            if isinstance(value.get(name), list | dict):
                yield from _things(value[name], level + 1)


def _read_below(
    thing: Thing,
    parent: int | None,
    found: list[Told],
    seen: set[tuple[str | None, str]],
    level: int,
    is_forum: bool,
) -> None:
    for name in _ANSWERS:
        for child in _as_list(thing.get(name)):
            if not isinstance(child, dict) or level >= _MOST_LEVELS:
                continue
            told = _read(child, parent, is_forum)
            place = parent
            if told is not None and (told.native_id, told.text) not in seen:
                seen.add((told.native_id, told.text))
                place = len(found)
                found.append(told)
            _read_below(child, place, found, seen, level + 1, is_forum)


def _read(thing: Thing, parent: int | None, is_post: bool) -> Told | None:
    text = _string(thing.get("text")) or _string(thing.get("description"))
    writer = thing.get("author") or thing.get("creator")
    author = next((name for name, _ in names_of(writer, {})), None)
    published = text_of([thing.get("dateCreated"), thing.get("datePublished")])
    if not text or not (author or published):
        return None
    first = next((one for one in _as_list(writer) if one), None)
    return Told(
        text=_plain(text),
        author=author,
        author_url=_address(first.get("url")) if isinstance(first, dict) else None,
        published=published,
        native_id=_number(thing),
        parent=parent,
        is_post=is_post,
    )


def _as_list(value: object) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _string(value: object) -> str | None:
    return value.strip() or None if isinstance(value, str) else None


def _address(value: object) -> str | None:
    text = _string(value)
    try:
        parts = urlsplit(text or "")
    except ValueError:
        return None
    return text if parts.scheme in {"http", "https"} and parts.hostname else None


def _number(thing: Thing) -> str | None:
    for name in ("identifier", "@id", "url"):
        value = thing.get(name)
        match = _NUMBER_AT_END.fullmatch(str(value)) if isinstance(value, str | int) else None
        if match:
            return match[1]
    return None


def _plain(text: str) -> str:
    """The text without markup; some sites put markup into it, most plain text with line breaks."""
    if _BREAK.search(text) or re.search(r"</?(?:p|a|em|strong|div)\b", text, re.IGNORECASE):
        text = _TAG.sub("", _BREAK.sub("\n", text))
    return unescape(text).strip()
