"""What one comment cannot tell: links, names and texts that repeat over many places.

A place is a document; a site is a source. One person comments often on one site, so a name counts
over sites only, and a link that many neighbours give (a council, a charity) counts only once some
comment with it is spam by its own words.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

MANY_PLACES = 3
MANY_SITES = 3
LONG_TEXT = 40
"""Characters of a text that people do not write twice by chance."""
ENOUGH_WORDS = 4
SUSPECT_AT_MOST = 0.74
HOST_OF_SPAM, HOST_OF_SPAM_WEIGHT = "it links to {}, as spam in {} does", 0.6
SAME_TEXT, SAME_TEXT_WEIGHT = "the same text stands in {} places", 0.5
SAME_NAME, SAME_NAME_WEIGHT = "the same name links elsewhere on {} sites", 0.3


@dataclass(frozen=True, slots=True)
class SeenComment:
    """What the second pass must know of a comment."""

    source: str
    document_id: str
    text: str
    hosts: Sequence[str]
    author_key: str | None
    is_spam: bool


@dataclass(slots=True)
class Repeats:
    """Counts over all comments of a build: `count` each of them, then `raise_score` of each.

    Kept are hashes and small sets, some hundred bytes for each different host, name and text.
    """

    spam_places: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    text_places: dict[bytes, set[str]] = field(default_factory=lambda: defaultdict(set))
    name_sites: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def count(self, comment: SeenComment) -> None:
        if comment.is_spam:
            for host in comment.hosts:
                self.spam_places[host].add(comment.document_id)
        if len(comment.text) >= LONG_TEXT:
            self.text_places[_digest(comment.text)].add(comment.document_id)
        if comment.author_key and comment.hosts:
            self.name_sites[comment.author_key].add(comment.source)

    def raise_score(self, comment: SeenComment, score: float) -> tuple[float, tuple[str, ...]]:
        """(the score with what repeats, the reasons that were added)."""
        doubt, reasons = 1 - score, []
        for weight, reason in self._found(comment):
            doubt *= 1 - weight
            reasons.append(reason)
        raised = round(1 - doubt, 4) if reasons else score
        if len(comment.text.split()) < ENOUGH_WORDS:
            raised = max(score, min(raised, SUSPECT_AT_MOST))
        return raised, tuple(reasons)

    def _found(self, comment: SeenComment) -> list[tuple[float, str]]:
        found = []
        for host in comment.hosts:
            places = len(self.spam_places.get(host, set()) - {comment.document_id})
            if places >= 2 or (places and not comment.is_spam):
                found.append((HOST_OF_SPAM_WEIGHT, HOST_OF_SPAM.format(host, _count(places))))
                break
        places = len(self.text_places.get(_digest(comment.text), ()))
        if len(comment.text) >= LONG_TEXT and places >= MANY_PLACES:
            found.append((SAME_TEXT_WEIGHT, SAME_TEXT.format(places)))
        sites = len(self.name_sites.get(comment.author_key or "", ()))
        if comment.hosts and sites >= MANY_SITES:
            found.append((SAME_NAME_WEIGHT, SAME_NAME.format(sites)))
        return found


def _count(places: int) -> str:
    return "1 other place" if places == 1 else f"{places} places"


def _digest(text: str) -> bytes:
    return hashlib.sha256(" ".join(text.casefold().split()).encode()).digest()[:12]
