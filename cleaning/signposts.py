"""Recognise posts that send their reader to an article on another site."""

from __future__ import annotations

import re
from collections.abc import Sequence
from ipaddress import ip_address

from cleaning.urls import site_of, urlsplit

MAX_WORDS = 400
"""A longer text is an article of its own, even if it names its source."""
INVITATION = re.compile(
    r"\b(?:read|see|find|view|darllen\w*)\b[^.!?\n]{0,60}?"
    r"\b(?:full|whole|original|complete|rest of the|llawn|gwreiddiol)\b[^.!?\n]{0,60}?"
    r"\b(?:article|blog|post|piece|story|report|text|erthygl|here|yma)\b",
    re.IGNORECASE,
)
# A site's name begins with a capital letter: "writes in the morning" names no place.
_NAME = r"(?P<site>[A-Z\d][^\n.,:;!?()]{1,80}?)"
_KIND = r"(?:website|web site|site|blog|magazine|journal|newsletter|newspaper)\b"
WRITES_ON = re.compile(rf"\b(?:[Ww]rites?|[Bb]logs) (?:on|for|in) the {_NAME} {_KIND}")
POST_ON = re.compile(rf"\b(?:[Pp]ost|[Aa]rticle|[Pp]iece|[Rr]eport) (?:on|in) the {_NAME} {_KIND}")
WRITES_FOR = re.compile(rf"\b[Ww]rites? (?:for|in) the {_NAME}(?=[.,:]|$)", re.MULTILINE)
NAMES_NO_SITE = re.compile(
    rf"\bwrites? (?:on|for|in) the\b[^.!?\n]{{1,80}}?\b{_KIND}", re.IGNORECASE
)
SITES = (WRITES_ON, POST_ON, WRITES_FOR)
FROM = re.compile(rf"\A\W*From the {_NAME}:")
"""Says whose text it is, which many posts do that are no signposts."""
WRITER = re.compile(
    r"^[^\w\n]*+(?P<name>[^\W\d_][\w.’'-]*(?: (?:[^\W\d_][\w.’'-]*)){1,3})"
    r" writes? (?:on|for|in) the\b",
    re.MULTILINE,
)
HERE = re.compile(r"\b(?:here|yma|read more|full (?:article|post|story|blog))\b", re.IGNORECASE)
SHARING = re.compile(r"/sharer|/intent/|[/?]share\b|/shareArticle|/pin/create", re.IGNORECASE)
"""Addresses of buttons that share the post itself."""
ADDRESS = re.compile(r"https?://[^\s<>\"]*[^\s<>\".,;:!?)\]’”]")


def find_target(text: str, links: Sequence[tuple[str, str]], *, url: str) -> str | None:
    """The address that a signpost sends its reader to, or None if the text is no signpost.

    `links` are (address, words) in reading order. A signpost is short, invites to read the whole
    elsewhere or names who writes where, and leads to another site than that of its own `url`: by
    the link whose words are the invitation, else by the first one that leads away, else by an
    address that is only written out.
    """
    if len(text.split()) > MAX_WORDS or not _sends_away(text):
        return None
    return first_away(text, links, url)


def first_away(text: str, links: Sequence[tuple[str, str]], url: str) -> str | None:
    """The best address in a text that leads to another site than that of its own `url`."""
    inviting = [target for target, words in links if HERE.search(words)]
    found = [*inviting, *(target for target, _ in links), *ADDRESS.findall(text)]
    return next((target for target in found if leads_away(target, url)), None)


def find_writer(text: str) -> str | None:
    """Who wrote what a signpost points to, where it says "NAME writes on the … website"."""
    found = WRITER.search(text)
    return found.group("name") if found else None


def find_site(text: str) -> str | None:
    """The site, paper or body that a signpost names: "NAME writes on the SITE website".

    >>> find_site("A blog post on the Quarter Lab website: https://lab.example/walk")
    'Quarter Lab'
    """
    found = (match for rule in (*SITES, FROM) if (match := rule.search(text)))
    return next((match["site"] for match in found), None)


def _sends_away(text: str) -> bool:
    return any(rule.search(text) for rule in (INVITATION, *SITES, NAMES_NO_SITE))


def leads_away(target: str, url: str) -> bool:
    """Whether an address is that of another site, and one that may be asked."""
    there, here = urlsplit(target), urlsplit(url)
    if there.scheme not in {"http", "https"} or not there.hostname or SHARING.search(target):
        return False
    # A post must not make us ask the machines of our own network.
    if _is_inside(there.hostname) and not _is_inside(here.hostname or ""):
        return False
    return site_of(target) != site_of(url)


def _is_inside(host: str) -> bool:
    if host == "localhost" or host.endswith((".localhost", ".local", ".internal")):
        return True
    try:
        return not ip_address(host).is_global
    except ValueError:
        return False
