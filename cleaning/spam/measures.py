"""Readable measures of a comment, for the small model on top of the n-grams.

None looks at the language, the script or the topic, and none names a site. A measure has no reason
of its own: many of them, like the number of links, say little alone.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import log1p

from cleaning.urls import without_www

from . import phrases
from .rules import Rule, opinion
from .view import SeenComment, Site

_LONG_WORD = re.compile(r"[^\W\d_]{5,}")
_LAST_ADDRESS = re.compile(r"(?:https?://|www\.)\S{1,500}\Z")
_SMILE = re.compile(r"[:;]-?[)(dp]")
_QUOTES = re.compile(r"\A\s*>|@\w")
_SIGNS_OF_CODE = ("{", "}", "<", ">", "=", ";", "`", "()")
_PHONE = re.compile(r"\d[\d ()-]{8,}\d")
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
    """Only for comments with a link."""
    return Shape(
        comment,
        frozenset([site.name for site in comment.links]),
        frozenset([word for word in comment.different if len(word) >= 5 and word.isalpha()]),
        frozenset(_LONG_WORD.findall(comment.lower_author)),
        comment.is_praising,
    )


def _names(words: Iterable[str], hosts: Iterable[str]) -> bool:
    named = "\n".join(hosts)
    return any(word in named for word in words)


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
        "ends with an address": _ends_with_an_address(comment.raw),
        "short with a link": comment.words < 25,
        "praise with a link": shape.is_praise,
    }


def _is_named(link: Site, words: frozenset[str]) -> bool:
    return len(link.path) > 1 and sum([word in link.path for word in words]) >= 2


def _ends_with_an_address(raw: str) -> bool:
    last = raw.rsplit(maxsplit=1)[-1:]
    return bool(last) and _LAST_ADDRESS.search(last[0]) is not None


def _author_site(shape: Shape) -> dict[str, Value]:
    site = shape.comment.author_site
    if site is None:
        return {}
    return {
        "author links": True,
        "author's link named by the author": _names(shape.author_words, [site.name]),
        "author's link named in the text": _names(shape.text_words, [site.name]),
        "author's link repeated in the text": site.name in shape.hosts,
        "author's link is a network": phrases.PROFILE_HOSTS.search(site.name) is not None,
        "author's link, depth": log1p(len(site.path.strip("/") + site.query)),
        "author's link with praise": shape.is_praise,
    }


def _hosts(shape: Shape) -> dict[str, Value]:
    hosts = shape.comment.hosts
    return {
        "host with a digit": any(_DIGIT.search(host) for host in hosts),
        "host with a hyphen": any("-" in host for host in hosts),
        "host with a long name": any(len(without_www(host).split(".")[0]) >= 15 for host in hosts),
        "host in .com": any(host.endswith(".com") for host in hosts),
    }


OF_LINKS: tuple[Callable[[Shape], dict[str, Value]], ...] = (_links, _author_site, _hosts)
"""Nothing to measure where no link leads to another site, the author's included."""


def _author(comment: SeenComment) -> dict[str, Value]:
    name = comment.author
    if not name:
        return {}
    words = len(name.split())
    is_lower = name.islower()
    return {
        "author of one word": words == 1,
        "author of three words": words >= 3,
        "author in lower case": is_lower,
        "author in capitals": name.isupper(),
        "author with a digit": _DIGIT.search(name) is not None,
        "author in two cases": bool(_TWO_CASES.search(name) and not _OF_CLANS.search(name)),
        "author one long word": is_lower and words == 1 and len(name) >= 9,
    }


def _text(comment: SeenComment) -> dict[str, Value]:
    text, words, different = comment.text, comment.words, comment.different
    has_phone = _has_phone(comment)
    values: dict[str, Value] = {
        "words": log1p(words),
        "fewer than ten words": words < 10,
        "different words": len(different) / (len(comment.tokens) + 1),
        "telephone number": has_phone,
        "telephone number and link": has_phone and bool(comment.links),
        "asks": "?" in text,
        "exclaims": text.count("!") >= 3,
        "code": any(sign in text for sign in _SIGNS_OF_CODE),
        "smiles": (":" in text or ";" in text) and _SMILE.search(text) is not None,
        "says I": "i" in different,
        "says you": _share(comment, "you", "your"),
        "says we": _share(comment, "we", "our", "us"),
        "ends as a sentence": text.rstrip().endswith((".", "!", "?", ")")),
    }
    if "@" in comment.raw:
        values["mail address"] = phrases.MAIL_SIGN.search(comment.raw) is not None
    if "@" in text or ">" in text:
        values["quotes or names someone"] = _QUOTES.search(text) is not None
    return values


def _share(comment: SeenComment, *words: str) -> float:
    said, different = comment.said, comment.different
    return sum([said.count(word) for word in words if word in different]) / (comment.words + 5)


def _has_phone(comment: SeenComment) -> bool:
    # A number is one run of digits or several, so that most texts need no look at the whole.
    has_digits = any(map(str.isdigit, comment.different))
    return has_digits and _PHONE.search(comment.text) is not None


def measure(comment: SeenComment, held: list[Rule]) -> dict[str, float]:
    """Features of the small model by name: the rules that hold, their opinion, and the measures.

    What is not named is 0: a comment without links has no measures of links.
    """
    values: dict[str, float] = {rule.reason: 1.0 for rule in held}
    values["opinion of the rules"] = opinion(held)
    values.update(_author(comment))
    values.update(_text(comment))
    if comment.hosts:
        shape = _shape_of(comment)
        for part in OF_LINKS:
            values.update(part(shape))
    return values
