"""Elements that are named for the author of a page, and the author that a feed names."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from crawlers.platforms.website.tree import names_of

NAMED = re.compile(r"(?:^|[\s_-])(?:author|byline|writer|by-?line|contributor)(?:$|[\s_-]|s$|name)")
NO_NAMES = {"admin", "administrator", "webmaster", "web team", "editor", "guest", "root", "user"}
MAIL_NAME = re.compile(r"^[^\s@]+@\S+\s+\((.+)\)$")
"""RSS gives authors as "mail (name)"."""


def is_author_mark(element: HtmlElement) -> bool:
    """Whether an element is named for the author."""
    return element.get("rel") == "author" or bool(NAMED.search(names_of(element)))


def hinted_author(hints: dict[str, str]) -> str | None:
    """The author that a feed names."""
    raw = hints.get("author", "").strip()
    match = MAIL_NAME.match(raw)
    name = match[1] if match else raw
    return name if _is_name(name) else None


def _is_name(name: str) -> bool:
    is_address = "://" in name or "@" in name or name.startswith("/")
    return bool(name.strip()) and not is_address and name.strip().casefold() not in NO_NAMES
