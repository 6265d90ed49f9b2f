"""What stands above the model: offers that rules name twice, and comments it may not convict."""

from collections.abc import Iterable
from math import exp
from operator import and_

from . import phrases, reasons
from .measures import opinion
from .rules import RULES
from .view import SeenComment, name_of, split_address

THRESHOLD = 0.75
SUSPECT_AT_MOST = 0.74
ENOUGH_WORDS = 4
"""With fewer words besides its links, a comment says too little to be convicted."""

_OFFERS = {
    reasons.DRUGS,
    reasons.GAMBLING,
    reasons.ADULT,
    reasons.MAGIC,
    reasons.DEVOTION,
    reasons.REUNION,
    reasons.CRIME,
    reasons.LOANS,
    reasons.ORDERED_WORK,
    reasons.SERVICES,
    reasons.TESTIMONY,
    reasons.CONTACT_OFFER,
}
_IS_OFFER = tuple(rule.reason in _OFFERS for rule in RULES)
_PLAIN = _OFFERS | {reasons.MARKUP, reasons.CHEAP_DOMAIN, reasons.MOSTLY_LINKS}
"""What the rules may decide on without the model."""
_IS_PLAIN = tuple(rule.reason in _PLAIN for rule in RULES)


def is_citing(text: str, is_pingback: bool) -> bool:
    """Whether a comment is a blog's notice that it cites the page: a link is its nature."""
    return is_pingback or phrases.EXCERPT.match(text) is not None


def final_score(
    score: float,
    held: tuple[bool, ...],
    comment: SeenComment,
    *,
    author_url: str | None,
    page_host: str,
    is_pingback: bool,
) -> float:
    """The model's score after the guards; ``held`` are the rules that hold, in their order.

    Plain rules that by their own weights come to the threshold decide alone, for the comments that
    a model is trained on hardly show some kinds of spam. A pingback without an offer, a bare
    link, a very short text, and a comment whose author's link is the page's own site, stay.
    """
    evidence = _evidence(map(and_, held, _IS_PLAIN))
    if evidence >= THRESHOLD:
        score = max(score, evidence)
    is_kept = (
        (is_citing(comment.text, is_pingback) and not any(map(and_, held, _IS_OFFER)))
        or len(comment.blocks) < ENOUGH_WORDS
        or _is_of_the_site(author_url, page_host)
    )
    return min(score, SUSPECT_AT_MOST) if is_kept else score


def _evidence(held: Iterable[bool]) -> float:
    # Rounded, for two weights of a half come to the threshold exactly.
    return round(1 - exp(-opinion(held)), 6)


def _is_of_the_site(author_url: str | None, page_host: str) -> bool:
    site = split_address(author_url.lower()) if author_url and page_host else None
    return site is not None and name_of(site) == page_host.removeprefix("www.")
