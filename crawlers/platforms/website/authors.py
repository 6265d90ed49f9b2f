"""Who wrote a page: JSON-LD, metas, and elements that are named for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml.html import HtmlElement

from crawlers.items import AuthorName
from crawlers.platforms.website.meta import Head
from crawlers.platforms.website.tree import names_of, short_text

KINDS = {"Person": "person", "Organization": "organisation", "Corporation": "organisation"}
NAMED = re.compile(r"(?:^|[\s_-])(?:author|byline|writer|by-?line|contributor)(?:$|[\s_-]|s$|name)")
NO_NAMES = {"admin", "administrator", "webmaster", "web team", "editor", "guest", "root", "user"}
LONGEST = 80
"""Characters of a byline; more is an author's biography."""
MAIL_NAME = re.compile(r"^\S+@\S+\s+\((.+)\)$")
"""RSS gives authors as "mail (name)"."""


def authors_of(head: Head) -> list[AuthorName]:
    """The authors that the page declares, in JSON-LD or metas."""
    declared = [a for a in _declared(head.main.get("author"), head.graph) if _is_name(a.name)]
    if not declared:
        metas = (*head.metas.get("author", []), *head.metas.get("article:author", []))
        metas += (*head.metas.get("dc.creator", []), *head.metas.get("citation_author", []))
        declared = [AuthorName(name) for name in metas if _is_name(name)]
    return list({a.name.casefold(): a for a in declared}.values())


def _declared(value: Any, graph: list[dict[str, Any]]) -> Iterator[AuthorName]:
    for one in value if isinstance(value, list) else [value]:
        node = one
        if isinstance(one, dict) and "name" not in one and "@id" in one:
            node = next((n for n in graph if n.get("@id") == one["@id"] and n.get("name")), one)
        if isinstance(node, str):
            yield AuthorName(node.strip())
        elif isinstance(node, dict) and isinstance(node.get("name"), str):
            yield AuthorName(node["name"].strip(), KINDS.get(str(node.get("@type")), "unknown"))


def _is_name(name: str) -> bool:
    is_address = "://" in name or "@" in name or name.startswith("/")
    return bool(name.strip()) and not is_address and name.strip().casefold() not in NO_NAMES


def byline_of(places: list[HtmlElement]) -> str | None:
    """The shortest text that an element named for the author shows, outside of lists."""
    for element in places:
        if is_author_mark(element):
            text = short_text(element, LONGEST)
            if text and _is_name(text):
                return text
    return None


def is_author_mark(element: HtmlElement) -> bool:
    """Whether an element is named for the author."""
    return element.get("rel") == "author" or bool(NAMED.search(names_of(element)))


def hinted_author(hints: dict[str, str]) -> str | None:
    """The author that a feed names."""
    raw = hints.get("author", "").strip()
    match = MAIL_NAME.match(raw)
    name = match[1] if match else raw
    return name if _is_name(name) else None
