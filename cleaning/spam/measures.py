"""Readable measures of a comment, for the small model on top of the n-grams.

None looks at the language, the script or the topic, and none names a site. A measure has no reason
of its own: many of them, like the number of links, say little alone.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import compress
from math import log, log1p
from urllib.parse import SplitResult

from . import phrases
from .rules import RULES
from .view import SeenComment, name_of

_LONG_WORD = re.compile(r"[^\W\d_]{5,}")
_LAST_ADDRESS = re.compile(r"(?:https?://|www\.)\S+\s*\Z")
_SMILE = re.compile(r"[:;]-?[)(dp]")
_QUOTES = re.compile(r"\A\s*>|@\w")
_CODE = re.compile(r"[{}<>=;`]|\(\)")
_PHONE = re.compile(r"\+?\d[\d ()-]{8,}\d")
_TWO_CASES = re.compile(r"[a-z][A-Z]")
_OF_CLANS = re.compile(r"Ma?c[A-Z]")
_DIGIT = re.compile(r"\d")

Value = float | bool


@dataclass(frozen=True, slots=True)
class Shape:
    """What several measures need: hosts in the text, words that could name a site."""

    comment: SeenComment
    hosts: frozenset[str]
    text_words: frozenset[str]
    author_words: frozenset[str]
    is_praise: bool


def _shape_of(comment: SeenComment) -> Shape:
    has_link = bool(comment.hosts)
    return Shape(
        comment,
        frozenset(name_of(site) for site in comment.links),
        frozenset(_LONG_WORD.findall(comment.text)) if has_link else frozenset(),
        frozenset(_LONG_WORD.findall(comment.author.lower())) if has_link else frozenset(),
        has_link and phrases.PRAISING.match(comment.text) is not None,
    )


def _names(words: Iterable[str], hosts: Iterable[str]) -> bool:
    return any(word in host for host in hosts for word in words)


def _links(shape: Shape) -> dict[str, Value]:
    comment, links = shape.comment, shape.comment.links
    if not links:
        return {}
    return {
        "links": log1p(len(links)),
        "one link": len(links) == 1,
        "links to two sites": len(shape.hosts) >= 2,
        "links per word": min(1.0, 8 * len(links) / (comment.words + 1)),
        "links to a front page": any(len(link.path) <= 2 and not link.query for link in links),
        "links to an inner page": any(len(link.path) > 12 for link in links),
        "links to a page named by a phrase": any(link.path.count("-") >= 3 for link in links),
        "link named in the text": _names(shape.text_words, shape.hosts),
        "page named in the text": any(_is_named(link, shape.text_words) for link in links),
        "link named by the author": _names(shape.author_words, shape.hosts),
        "ends with an address": _LAST_ADDRESS.search(comment.raw) is not None,
        "short with a link": comment.words < 25,
        "praise with a link": shape.is_praise,
    }


def _is_named(link: SplitResult, words: frozenset[str]) -> bool:
    return sum(word in link.path for word in words) >= 2


def _author(shape: Shape) -> dict[str, Value]:
    name = shape.comment.author
    words = len(name.split())
    return {
        "author of one word": words == 1,
        "author of three words": words >= 3,
        "author in lower case": name.islower(),
        "author in capitals": name.isupper(),
        "author with a digit": _DIGIT.search(name) is not None,
        "author in two cases": bool(_TWO_CASES.search(name) and not _OF_CLANS.search(name)),
        "author one long word": words == 1 and name.islower() and len(name) >= 9,
    }


def _author_site(shape: Shape) -> dict[str, Value]:
    site = shape.comment.author_site
    if site is None:
        return {}
    host = name_of(site)
    return {
        "author links": True,
        "author's link named by the author": _names(shape.author_words, [host]),
        "author's link named in the text": _names(shape.text_words, [host]),
        "author's link repeated in the text": host in shape.hosts,
        "author's link is a network": phrases.PROFILE_HOSTS.search(host) is not None,
        "author's link, depth": log1p(len(site.path.strip("/") + site.query)),
        "author's link with praise": shape.is_praise,
    }


def _hosts(shape: Shape) -> dict[str, Value]:
    hosts = shape.comment.hosts
    if not hosts:
        return {}
    return {
        "host with a digit": any(_DIGIT.search(host) for host in hosts),
        "host with a hyphen": any("-" in host for host in hosts),
        "host with a long name": any(
            len(host.removeprefix("www.").split(".")[0]) >= 15 for host in hosts
        ),
        "host in .com": any(host.endswith(".com") for host in hosts),
    }


def _text(shape: Shape) -> dict[str, Value]:
    comment, text, said = shape.comment, shape.comment.text, shape.comment.said
    words, has_mail = comment.words, "@" in comment.raw and phrases.MAIL.search(comment.raw)
    has_phone = _PHONE.search(text) is not None
    blanks = comment.blocks
    return {
        "words": log1p(words),
        "fewer than ten words": words < 10,
        "different words": len(set(blanks)) / (len(blanks) + 1),
        "mail address": bool(has_mail),
        "telephone number": has_phone,
        "telephone number and link": has_phone and bool(comment.links),
        "asks": "?" in text,
        "exclaims": text.count("!") >= 3,
        "code": _CODE.search(text) is not None,
        "quotes or names someone": _QUOTES.search(text) is not None,
        "smiles": _SMILE.search(text) is not None,
        "says I": "i" in blanks,
        "says you": (said.count("you") + said.count("your")) / (words + 5),
        "says we": sum(map(said.count, ("we", "our", "us"))) / (words + 5),
        "ends as a sentence": text.rstrip().endswith((".", "!", "?", ")")),
    }


PARTS: tuple[Callable[[Shape], dict[str, Value]], ...] = (
    _links,
    _author,
    _author_site,
    _hosts,
    _text,
)


def held_rules(comment: SeenComment) -> tuple[bool, ...]:
    """Which of the rules hold, in their order."""
    return tuple(rule.holds(comment) for rule in RULES)


_EVIDENCE = tuple(-log(1 - rule.weight) for rule in RULES)
_REASONS = tuple(rule.reason for rule in RULES)


def opinion(held: Iterable[bool]) -> float:
    """What the rules' own weights come to, as independent pieces of evidence; 0 or more."""
    return sum(compress(_EVIDENCE, held))


def measure(comment: SeenComment, held: tuple[bool, ...]) -> dict[str, float]:
    """Features of the small model by name: the rules that hold, their opinion, and the measures.

    What is not named is 0: a comment without links has no measures of links.
    """
    shape = _shape_of(comment)
    values: dict[str, float] = dict.fromkeys(compress(_REASONS, held), 1.0)
    values["opinion of the rules"] = opinion(held)
    for part in PARTS:
        values.update(part(shape))
    return values
