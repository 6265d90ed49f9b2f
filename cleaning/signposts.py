"""Recognise posts that send their reader to an article on another site."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

MAX_WORDS = 400
"""A longer text is an article of its own, even if it names its source."""
INVITATION = re.compile(
    r"\b(?:read|see|find|view|darllen\w*)\b[^.!?\n]{0,60}?"
    r"\b(?:full|whole|original|complete|rest of the|llawn|gwreiddiol)\b[^.!?\n]{0,60}?"
    r"\b(?:article|blog|post|piece|story|report|text|erthygl|here|yma)\b",
    re.IGNORECASE,
)
WRITES_ON = re.compile(r"\bwrites? (?:on|for|in) the\b|\bblog post on the\b", re.IGNORECASE)
WRITER = re.compile(
    r"^\W*(?P<name>[^\W\d_][\w.’'-]*(?: (?:[^\W\d_][\w.’'-]*)){1,3}) writes? (?:on|for|in) the\b",
    re.MULTILINE,
)
HERE = re.compile(r"\b(?:here|yma|read more|full (?:article|post|story|blog))\b", re.IGNORECASE)


def find_target(text: str, links: Sequence[tuple[str, str]], *, url: str) -> str | None:
    """The address that a signpost sends its reader to, or None if the text is no signpost.

    `links` are (address, words) in reading order. A signpost is short, invites to read the whole
    elsewhere or names who writes where, and links to another site than that of its own `url`. The
    link whose words
    are the invitation wins, else the first one that leads away.
    """
    if len(text.split()) > MAX_WORDS or not (INVITATION.search(text) or WRITES_ON.search(text)):
        return None
    away = [(target, words) for target, words in links if _leads_away(target, url)]
    inviting = [target for target, words in away if HERE.search(words)]
    return next(iter(inviting or [target for target, _ in away]), None)


def find_writer(text: str) -> str | None:
    """Who wrote what a signpost points to, where it says "NAME writes on the … website"."""
    found = WRITER.search(text)
    return found.group("name") if found else None


def _leads_away(target: str, url: str) -> bool:
    try:
        there, here = urlsplit(target), urlsplit(url)
    except ValueError:
        return False
    if there.scheme not in {"http", "https"} or not there.netloc:
        return False
    return there.netloc.removeprefix("www.") != here.netloc.removeprefix("www.")
