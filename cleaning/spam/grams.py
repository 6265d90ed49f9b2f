"""n-grams of a comment: words (1–2) and characters (2–5) of text, author's name and links.

Each n-gram begins with the field that it stands in: ``t:`` text, ``a:`` author's name, ``l:`` a
link, the author's included. In character n-grams ``_`` is the border of a word; none spans two
words. Runs of digits are one ``0``, and what holds an ``@`` is left out, so that neither a number
nor a mail address can be told from n-grams.
"""

import re
from collections.abc import Iterable
from itertools import pairwise
from urllib.parse import SplitResult

from .view import SeenComment, name_of

FIELDS = "tal"
WORD = re.compile(r"[^\W\d_]{2,}")
_DIGITS = re.compile(r"\d+")
_LONGEST_TOKEN = 60  # characters; in scripts without blanks a token is a whole sentence
_SHORTEST, _LONGEST = 2, 5


def word_grams(comment: SeenComment) -> list[str]:
    """Words of every field, and pairs of neighbours in the text, each once."""
    return [f"{field}:{gram}" for field, grams in words_by_field(comment) for gram in grams]


def words_by_field(comment: SeenComment) -> list[tuple[str, Iterable[str]]]:
    """Every word n-gram once, with its field."""
    said = comment.said
    if "@" in comment.text:
        said = WORD.findall(_without_mail(comment.text))
    pairs = [f"{one} {two}" for one, two in pairwise(said)]
    found: list[tuple[str, Iterable[str]]] = [("t", dict.fromkeys(said + pairs))]
    if comment.author:
        found.append(("a", dict.fromkeys(WORD.findall(_without_mail(comment.author.lower())))))
    sites = _addresses(comment)
    if sites:
        words = WORD.findall(_without_mail(" ".join(sites)))
        found.append(("l", dict.fromkeys(words)))
    return found


def character_grams(comment: SeenComment) -> list[str]:
    """Character n-grams of every field, token by token."""
    return [gram for field, token in tokens(comment) for gram in grams_of_token(field, token)]


def tokens(comment: SeenComment) -> Iterable[tuple[str, str]]:
    """What stands between blanks, with its field; each once, so that repeating gains nothing."""
    found = [("t", token) for token in comment.blocks]
    found += [("a", token) for token in comment.author.lower().split()]
    found += [("l", site) for site in _addresses(comment)]
    return dict.fromkeys(found)


def grams_of_token(field: str, token: str) -> list[str]:
    """The character n-grams of one token, with its field."""
    return [f"{field}:{gram}" for gram in pieces_of(token)]


def pieces_of(token: str) -> list[str]:
    """The character n-grams of one token."""
    if "@" in token:
        return []
    bordered = f"_{_DIGITS.sub('0', token)[:_LONGEST_TOKEN]}_"
    ends = range(len(bordered) + 1)
    return [
        bordered[end - length : end]
        for length in range(_SHORTEST, _LONGEST + 1)
        for end in ends[length:]
    ]


def _without_mail(text: str) -> str:
    return " ".join(t for t in text.split() if "@" not in t) if "@" in text else text


def _addresses(comment: SeenComment) -> list[str]:
    sites = [_address(link) for link in comment.links]
    return sites if comment.author_site is None else [*sites, _address(comment.author_site)]


def _address(site: SplitResult) -> str:
    query = f"?{site.query}" if site.query else ""
    return f"{name_of(site)}{site.path.rstrip('/')}{query}"
