"""Judge whether a comment is spam: a trained model of its words, and rules that one can follow.

A linear model over n-grams says what words, author's name and links are like; a small one on top
weighs that score, the rules that hold and a few measures. README.md tells how it was trained and
what was measured. `THRESHOLD` is what quarantine takes: the trainer moves the scores so that in
cross-validation grouped by site fewer than 2 real comments in 1,000 reach it. No rule names a site
or a person, and nothing looks at the language or the script.

It sees what one comment says; the same link under many posts is for a later pass.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from . import reasons
from .guards import (
    ENOUGH_WORDS,
    OF_THE_SITE,
    SUSPECT_AT_MOST,
    THRESHOLD,
    final_score,
    is_citing,
    is_of_the_site,
)
from .measures import measure
from .model import shipped_model
from .rules import Rule, held_rules
from .view import SeenComment, is_telling, look_at

__all__ = [
    "ENOUGH_WORDS",
    "OF_THE_SITE",
    "SUSPECT_AT_MOST",
    "SUSPECT_FROM",
    "THRESHOLD",
    "Band",
    "Verdict",
    "is_telling",
    "judge_comment",
    "model_version",
    "reasons",
]

SUSPECT_FROM = 0.25
WORDS_SHOWN = 4

Band = Literal["quarantined", "suspect", "clean"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a comment is spam, how sure that is (0 to 1), and what speaks for it."""

    is_spam: bool
    score: float
    reasons: tuple[str, ...]

    @property
    def band(self) -> Band:
        """A ``suspect`` comment stays, and its score tells."""
        if self.is_spam:
            return "quarantined"
        return "suspect" if self.score >= SUSPECT_FROM else "clean"


def model_version() -> str:
    """What a verdict can be traced to: a digest of the tables of weights."""
    return shipped_model().version


def judge_comment(
    text: str,
    *,
    author: str | None,
    author_url: str | None,
    links: Sequence[str],
    page_host: str,
    is_by_author: bool = False,
    is_pingback: bool = False,
) -> Verdict:
    """Judge one comment; what the post's author or the site's own people wrote is never spam.

    ``text`` is the plain text of the body and ``links`` the addresses it links to; an address that
    cannot be read counts as none. Links to ``page_host``, to hosts above and below it, to public
    bodies and to works of reference are never held against a comment. A bare link, a very short
    text and a comment whose author's link is ``page_host`` are suspect at the most. A pingback is
    by its nature a link to another site, and is spam only where its excerpt makes an offer.
    """
    if is_by_author:
        return Verdict(is_spam=False, score=0.0, reasons=())
    host = page_host.lower()
    author_site = None if is_citing(text, is_pingback) else author_url
    comment = look_at(text, author, author_site, links, host)
    held = held_rules(comment)
    score, because = _weigh(comment, held)
    score = final_score(
        score, held, comment, author_url=author_url, page_host=host, is_pingback=is_pingback
    )
    if is_of_the_site(author_url, host):
        because = (*because, OF_THE_SITE)
    return Verdict(score >= THRESHOLD, score, (*(rule.reason for rule in held), *because))


def _weigh(comment: SeenComment, held: list[Rule]) -> tuple[float, tuple[str, ...]]:
    """The model's score, and the reason that the n-grams give for it."""
    model = shipped_model()
    ngram_score = model.ngrams.score(comment)
    score = round(model.score(ngram_score, measure(comment, held)), 6)
    if score < SUSPECT_FROM or ngram_score <= 0:
        return score, ()
    words = model.ngrams.strongest_words(comment, WORDS_SHOWN)
    return score, (reasons.words_of_adverts(words) if words else reasons.like_adverts(),)
