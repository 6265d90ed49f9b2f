"""The rules: what a person who reads a comment would hold against it, and how much.

A rule's weight is an opinion that stands before any data. What a rule really weighs beside the
others and beside the words of a comment is learnt (`features.tsv`); the opinion goes in as one more
measure, and is all there is for offers that the labelled comments hardly show. A rule whose weight
reaches the threshold decides alone.
"""

from collections.abc import Callable
from dataclasses import dataclass

from . import phrases, reasons
from .view import SeenComment

_VERY_SHORT = 4  # words
_LONGEST_PRAISE = 60  # words; longer comments say something
_LONGEST_HOME_PATH = 12  # characters; "/blog/" is a home, "/2019/best-shoes-for-sale" is not


def _author_is_deep(comment: SeenComment) -> bool:
    site = comment.author_site
    if site is None or phrases.PROFILE_HOSTS.search(site.hostname or ""):
        return False
    is_deep = len(site.path.strip("/")) > _LONGEST_HOME_PATH or bool(site.query)
    is_citing = phrases.EXCERPT.match(comment.text) is not None
    return is_deep and not is_citing and not _author_is_profile(comment)


def _author_is_profile(comment: SeenComment) -> bool:
    site = comment.author_site
    if site is None or phrases.PROFILE_HOSTS.search(site.hostname or ""):
        return False
    is_odd_host = (site.hostname or "").replace(".", "").isdigit() or ":" in site.netloc
    return is_odd_host or bool(phrases.PROFILE_PATH.search(f"{site.path}?{site.query}"))


def _author_is_phrase(comment: SeenComment) -> bool:
    # islower() is False for scripts without cases: they are never held against anyone.
    return comment.author.islower() and len(comment.author.split()) >= 3


def _is_praise(comment: SeenComment) -> bool:
    return comment.words <= _LONGEST_PRAISE and bool(
        phrases.PRAISING.match(comment.text) and phrases.GENERIC_WORDS.search(comment.text)
    )


def _preaches(comment: SeenComment) -> bool:
    if not phrases.HOLY.are_in(comment.text, comment.hinted):
        return False
    words = set(phrases.HOLY_WORD.findall(comment.text))
    return len(words) >= 2 and phrases.GOES_ELSEWHERE.search(comment.text) is not None


def _tells_of_reunion(comment: SeenComment) -> bool:
    if not phrases.REUNION.are_in(comment.text, comment.hinted):
        return False
    others = (phrases.PARTNER, phrases.WAY_OF_CONTACT)
    return all(pattern.search(comment.text) for pattern in others)


def _has_markup(comment: SeenComment) -> bool:
    raw = comment.raw
    has_sign = "[" in raw or "<" in raw or "href" in raw
    return has_sign and phrases.LINK_MARKUP.search(raw) is not None


def _has_repeated_mail(comment: SeenComment) -> bool:
    if comment.raw.count("@") < 2:
        return False
    mails = phrases.MAIL.findall(comment.raw)
    return len(mails) > len(set(mails))


@dataclass(frozen=True, slots=True)
class Rule:
    """A reason, how much it weighs (0 to 1) and when it holds."""

    reason: str
    weight: float
    holds: Callable[[SeenComment], bool]


def _says(reason: str, weight: float, *wanted: phrases.Phrases) -> Rule:
    def holds(comment: SeenComment) -> bool:
        return any(phrase.are_in(comment.text, comment.hinted) for phrase in wanted)

    return Rule(reason, weight, holds)


RULES: tuple[Rule, ...] = (
    _says(reasons.DRUGS, 0.85, phrases.DRUG_OFFER),
    _says(reasons.DRUG_NAMED, 0.5, phrases.POTENCY_DRUG),
    _says(reasons.GAMBLING, 0.6, phrases.GAMBLING_OFFER),
    _says(reasons.ADULT, 0.6, phrases.ADULT_OFFER),
    _says(reasons.MAGIC, 0.65, phrases.MAGIC_OFFER),
    Rule(reasons.DEVOTION, 0.75, _preaches),
    Rule(reasons.REUNION, 0.65, _tells_of_reunion),
    _says(reasons.CRIME, 0.6, phrases.CRIME_OFFER),
    _says(reasons.LOANS, 0.5, phrases.LOAN_OFFER),
    _says(reasons.ORDERED_WORK, 0.5, phrases.WORK_OFFER),
    _says(reasons.SERVICES, 0.5, phrases.BUSINESS_OFFER, phrases.FIRM_OFFER),
    _says(reasons.TESTIMONY, 0.4, phrases.TESTIMONIAL),
    _says(reasons.CONTACT_OFFER, 0.5, phrases.CONTACT_THEM),
    _says(reasons.SEE_MORE, 0.35, phrases.SEE_THERE),
    Rule(reasons.REPEATED_MAIL, 0.3, _has_repeated_mail),
    Rule(reasons.MARKUP, 0.5, _has_markup),
    Rule(reasons.MANY_LINKS, 0.25, lambda c: len({site.hostname for site in c.links}) >= 3),
    Rule(reasons.MOSTLY_LINKS, 0.2, lambda c: bool(c.links) and 1 < c.words <= 6 * len(c.links)),
    Rule(reasons.BARE_LINK, 0.1, lambda c: bool(c.links) and c.words <= 1),
    Rule(reasons.SHORT, 0.05, lambda c: c.words <= _VERY_SHORT),
    Rule(reasons.PRAISE, 0.3, lambda c: not c.links and _is_praise(c)),
    Rule(reasons.PRAISE_WITH_LINK, 0.4, lambda c: bool(c.links) and _is_praise(c)),
    Rule(
        reasons.HOST_SELLS,
        0.55,
        lambda c: any(phrases.SOLD_BY_HOST.search(host) for host in c.hosts),
    ),
    Rule(reasons.DEEP_AUTHOR_URL, 0.6, _author_is_deep),
    Rule(reasons.PROFILE_AUTHOR_URL, 0.65, _author_is_profile),
    Rule(
        reasons.AUTHOR_SELLS,
        0.5,
        lambda c: phrases.SOLD_BY_NAME.search(c.author.lower()) is not None,
    ),
    Rule(
        reasons.PATH_SELLS,
        0.3,
        lambda c: any(phrases.SOLD_BY_PATH.search(site.path) for site in c.links),
    ),
    Rule(
        reasons.CHEAP_DOMAIN,
        0.45,
        lambda c: any(phrases.CHEAP_TLD.search(host) for host in c.hosts),
    ),
    Rule(reasons.LINK, 0.35, lambda c: bool(c.links)),
    _says(reasons.OWN_SITE, 0.4, phrases.MY_SITE),
    _says(reasons.SITE_TALK, 0.35, phrases.ABOUT_THE_SITE),
    Rule(reasons.AUTHOR_IS_PHRASE, 0.4, _author_is_phrase),
    Rule(
        reasons.AUTHOR_IS_RUN_TOGETHER,
        0.3,
        lambda c: bool(phrases.RUN_TOGETHER.fullmatch(c.author)),
    ),
    Rule(reasons.AUTHOR_IS_LINK, 0.6, lambda c: phrases.URL.search(c.author.lower()) is not None),
)
