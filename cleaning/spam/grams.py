"""n-grams of a comment: words (1–2) and characters (2–3) of text, author's name and links.

Each n-gram begins with the field that it stands in: ``t:`` text, ``a:`` author's name, ``l:`` a
link, the author's included. In character n-grams ``_`` is the border of a token; none spans two
tokens. Runs of digits are one ``0``, and what holds an ``@`` is left out, so that neither a number
nor a mail address can be told from n-grams.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import itemgetter

from .view import TOKEN, SeenComment, Site, is_word

FIELDS = "tal"
WORD = re.compile(r"[^\W\d_]{2,}")
_DIGITS = re.compile(r"\d+")
_LONGEST_TOKEN = 60  # characters; in scripts without blanks a token is a whole sentence
_SHORTEST, _LONGEST = 2, 3


def _cut(size: int) -> Callable[[str], Sequence[str]]:
    """Cuts every piece out of a string of that size, at once: three times as fast as one by one."""
    return itemgetter(
        *(
            slice(start, start + length)
            for length in range(_SHORTEST, _LONGEST + 1)
            for start in range(size - length + 1)
        )
    )


_PIECES = {size: _cut(size) for size in range(3, _LONGEST_TOKEN + 3)}
"""By the size of a token with its borders, so three characters or more."""


@dataclass(frozen=True, slots=True)
class Grams:
    """What a comment is scored by, each thing once, so that repeating gains nothing.

    ``words`` are single words by field, other tokens of the text among them; ``pairs`` are
    neighbouring words of the text; ``tokens`` are what character n-grams are taken of, by field.
    """

    words: Mapping[str, Iterable[str]]
    pairs: Iterable[tuple[str, str]]  # with repetitions, for few of them are weighed
    tokens: Mapping[str, Iterable[str]]


def read_grams(comment: SeenComment) -> Grams:
    """The words, pairs of words and tokens of a comment."""
    different, said = comment.different, comment.said
    if "@" in comment.text:
        found = TOKEN.findall(_without_mail(comment.text))
        different, said = dict.fromkeys(found), [one for one in found if is_word(one)]
    words: dict[str, Iterable[str]] = {"t": different}
    tokens: dict[str, Iterable[str]] = {"t": different}
    if comment.author:
        words["a"] = dict.fromkeys(WORD.findall(_without_mail(comment.lower_author)))
        tokens["a"] = dict.fromkeys(comment.lower_author.split())
    sites = _addresses(comment)
    if sites:
        words["l"] = dict.fromkeys(WORD.findall(_without_mail(" ".join(sites))))
        tokens["l"] = dict.fromkeys(sites)
    return Grams(words, pairwise(said), tokens)


def word_grams(comment: SeenComment) -> list[str]:
    """Words of every field, and pairs of neighbours in the text, each once."""
    grams = read_grams(comment)
    words = [f"{field}:{w}" for field, ws in grams.words.items() for w in ws if is_word(w)]
    return [*words, *(f"t:{one} {other}" for one, other in dict.fromkeys(grams.pairs))]


def character_grams(comment: SeenComment) -> list[str]:
    """Character n-grams of every field, token by token."""
    return [
        f"{field}:{piece}"
        for field, tokens in read_grams(comment).tokens.items()
        for token in tokens
        for piece in pieces_of(token)
    ]


def pieces_of(token: str) -> Sequence[str]:
    """The character n-grams of one token."""
    if "@" in token or not _may_be_weighed(token):
        return ()
    plain = token if token.isalpha() else _DIGITS.sub("0", token)
    bordered = f"_{plain[:_LONGEST_TOKEN]}_"
    return _PIECES[len(bordered)](bordered)


def _may_be_weighed(token: str) -> bool:
    """Whether it may have a Latin letter; those of other scripts are weighed in no n-gram."""
    return token.isascii() or (min(token) < "\u0250" or "\u1e00" <= max(token) <= "\u20bf")


def _without_mail(text: str) -> str:
    return " ".join(t for t in text.split() if "@" not in t) if "@" in text else text


def _addresses(comment: SeenComment) -> list[str]:
    sites = [_address(link) for link in comment.links]
    return sites if comment.author_site is None else [*sites, _address(comment.author_site)]


def _address(site: Site) -> str:
    query = f"?{site.query}" if site.query else ""
    return f"{site.name}{site.path.rstrip('/')}{query}"
