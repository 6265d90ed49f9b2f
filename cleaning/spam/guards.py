"""What stands above the model: offers that rules name twice, and comments it may not convict."""

from math import exp

from cleaning.urls import without_www

from . import phrases, reasons
from .rules import Rule, opinion
from .view import SeenComment, split_address

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
_PLAIN = _OFFERS | {reasons.MARKUP, reasons.CHEAP_DOMAIN, reasons.MOSTLY_LINKS}
"""What the rules may decide on without the model."""


OF_THE_SITE = "its author's link is this site itself, so it stays"
"""Stands among the reasons, so that what looks at the whole build later keeps the comment too."""


def is_citing(text: str, is_pingback: bool) -> bool:
    """Whether a comment is a blog's notice that it cites the page: a link is its nature."""
    return is_pingback or phrases.EXCERPT.match(text) is not None


def final_score(
    score: float,
    held: list[Rule],
    comment: SeenComment,
    *,
    author_url: str | None,
    page_host: str,
    is_pingback: bool,
) -> float:
    """The model's score after the guards; ``held`` are the rules that hold.

    Plain rules that by their own weights come to the threshold decide alone, for the comments that
    a model is trained on hardly show some kinds of spam. A pingback without an offer, a bare
    link, a very short text, and a comment whose author's link is the page's own site, stay.
    """
    plain = [rule for rule in held if rule.reason in _PLAIN]
    if plain:
        # Rounded, for two weights of a half come to the threshold exactly.
        evidence = round(1 - exp(-opinion(plain)), 6)
        score = max(score, evidence) if evidence >= THRESHOLD else score
    if score <= SUSPECT_AT_MOST:
        return score
    is_kept = (
        (is_citing(comment.text, is_pingback) and not _OFFERS.intersection(_reasons(held)))
        or len(comment.text.split()) < ENOUGH_WORDS
        or is_of_the_site(author_url, page_host)
    )
    return SUSPECT_AT_MOST if is_kept else score


def _reasons(held: list[Rule]) -> list[str]:
    return [rule.reason for rule in held]


def is_of_the_site(author_url: str | None, page_host: str) -> bool:
    """Whether a comment's author is one of the site's own people, by the author's link."""
    site = split_address(author_url.lower()) if author_url and page_host else None
    return site is not None and site.name == without_www(page_host)
