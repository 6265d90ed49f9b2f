"""Judge whether a comment is spam, from rules that a reader can follow.

Each rule that holds says why in words and adds its weight; weights combine as independent pieces
of evidence, ``1 - (1 - w1)(1 - w2)…``, so the score grows with each and never passes 1. The
threshold is set so that on labelled comments fewer than 2 real ones in 1,000 are lost. No rule
names a site or a person, and none looks at the language or the script.

A rule sees what one comment says; the same link under many posts is for a later pass.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from . import reasons
from .rules import RULES
from .view import look_at

__all__ = ["THRESHOLD", "Verdict", "judge_comment", "reasons"]

THRESHOLD = 0.75
ENOUGH_WORDS = 4
"""With fewer words besides its links, a comment says too little to be convicted."""
SUSPECT_AT_MOST = 0.74

_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a comment is spam, how sure that is (0 to 1), and which rules held."""

    is_spam: bool
    score: float
    reasons: tuple[str, ...]


def judge_comment(
    text: str,
    *,
    author: str | None,
    author_url: str | None,
    links: Sequence[str],
    page_host: str,
    is_by_author: bool = False,
) -> Verdict:
    """Judge one comment; the author of the post is never spam.

    ``text`` is the plain text of the body and ``links`` the addresses it links to; an address that
    cannot be read counts as none. Links to ``page_host``, to hosts above and below it and to
    public bodies are never held against a comment. A bare link or a very short text is suspect at
    the most.
    """
    if is_by_author:
        return Verdict(is_spam=False, score=0.0, reasons=())
    comment = look_at(text, author, author_url, links, page_host.lower())
    held = [rule for rule in RULES if rule.holds(comment)]
    doubt = 1.0
    for rule in held:
        doubt *= 1 - rule.weight
    score = round(1 - doubt, 4)
    if len(_ADDRESS.sub(" ", text).split()) < ENOUGH_WORDS:
        score = min(score, SUSPECT_AT_MOST)
    return Verdict(score >= THRESHOLD, score, tuple(rule.reason for rule in held))
