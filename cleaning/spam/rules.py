"""The rules: what a person who reads a comment would hold against it, and how much.

A rule's weight is an opinion that stands before any data. What a rule really weighs beside the
others and beside the words of a comment is learnt (`features.tsv`); the opinion goes in as one more
measure, and is all there is for offers that the labelled comments hardly show. A rule whose weight
reaches the threshold decides alone.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from math import log

from . import offers, phrases, pointers, reasons
from .hints import Phrases
from .view import SeenComment

_VERY_SHORT = 4  # words
_LONGEST_PRAISE = 60  # words; longer comments say something
_LONGEST_HOME_PATH = 12  # characters; "/blog/" is a home, "/2019/best-shoes-for-sale" is not


def _author_is_deep(comment: SeenComment) -> bool:
    site = comment.author_site
    if site is None or phrases.PROFILE_HOSTS.search(site.host):
        return False
    is_deep = len(site.path.strip("/")) > _LONGEST_HOME_PATH or bool(site.query)
    is_citing = phrases.EXCERPT.match(comment.text) is not None
    return is_deep and not is_citing and not _author_is_profile(comment)


def _author_is_profile(comment: SeenComment) -> bool:
    site = comment.author_site
    if site is None or phrases.PROFILE_HOSTS.search(site.host):
        return False
    is_odd_host = site.host.replace(".", "").isdigit() or ":" in site.netloc
    return is_odd_host or bool(phrases.PROFILE_PATH.search(f"{site.path}?{site.query}"))


def _author_is_phrase(comment: SeenComment) -> bool:
    # islower() is False for scripts without cases: they are never held against anyone.
    return comment.author.islower() and len(comment.author.split()) >= 3


def _author_is_link(comment: SeenComment) -> bool:
    author = comment.lower_author
    return "." in author and phrases.URL.search(author) is not None


def _is_praise(comment: SeenComment) -> bool:
    return (
        comment.words <= _LONGEST_PRAISE
        and comment.is_praising
        and phrases.GENERIC_WORDS.search(comment.text) is not None
    )


def _preaches(comment: SeenComment) -> bool:
    if not pointers.GOES_ELSEWHERE.are_in(comment.text, comment.hinted):
        return False
    return len(set(offers.HOLY_WORD.findall(comment.text))) >= 2


def _tells_of_reunion(comment: SeenComment) -> bool:
    if not offers.REUNION.are_in(comment.text, comment.hinted):
        return False
    others = (offers.PARTNER, pointers.WAY_OF_CONTACT)
    return all(pattern.search(comment.text) for pattern in others)


def _has_markup(comment: SeenComment) -> bool:
    raw = comment.raw
    may_have = "href" in raw or "</a>" in raw or ("[" in raw and ("url" in raw or "link" in raw))
    return may_have and phrases.LINK_MARKUP.search(raw) is not None


def _has_repeated_mail(comment: SeenComment) -> bool:
    if comment.raw.count("@") < 2:
        return False
    mails = phrases.MAIL.findall(comment.raw)
    return len(mails) > len(set(mails))


def _has_look_alikes(comment: SeenComment) -> bool:
    # One may be a unit: "5 μm".
    if comment.text.isascii():
        return False
    words = " ".join([token for token in comment.different if not token.isascii()])
    return len(phrases.LOOK_ALIKES.findall(words)) >= 2


@dataclass(frozen=True)
class Rule:
    """A reason, how much it weighs (0 to 1) and when it holds.

    Where ``hints`` is not 0, it can hold for a text only that hints at one of these.
    """

    reason: str
    weight: float
    holds: Callable[[SeenComment], bool]
    hints: int = 0

    @cached_property
    def evidence(self) -> float:
        """The weight such that independent pieces of evidence add up."""
        return -log(1 - self.weight)


def _says(reason: str, weight: float, *wanted: Phrases) -> Rule:
    saying = Phrases(*(one for phrase in wanted for one in phrase.sayings))
    return Rule(
        reason,
        weight,
        lambda comment: saying.are_in(comment.text, comment.hinted),
        saying.firsts,
    )


OF_THE_TEXT: tuple[Rule, ...] = (
    _says(reasons.DRUGS, 0.85, offers.DRUG_OFFER),
    _says(reasons.DRUG_NAMED, 0.5, offers.POTENCY_DRUG),
    _says(reasons.GAMBLING, 0.6, offers.GAMBLING_OFFER),
    _says(reasons.ADULT, 0.6, offers.ADULT_OFFER),
    _says(reasons.MAGIC, 0.65, offers.MAGIC_OFFER),
    Rule(reasons.DEVOTION, 0.75, _preaches, pointers.GOES_ELSEWHERE.firsts),
    Rule(reasons.REUNION, 0.65, _tells_of_reunion, offers.REUNION.firsts),
    _says(reasons.CRIME, 0.6, offers.CRIME_OFFER),
    _says(reasons.LOANS, 0.5, offers.LOAN_OFFER),
    _says(reasons.ORDERED_WORK, 0.5, offers.WORK_OFFER),
    _says(reasons.SERVICES, 0.5, offers.BUSINESS_OFFER, offers.FIRM_OFFER),
    _says(reasons.TESTIMONY, 0.4, offers.TESTIMONIAL),
    _says(reasons.CONTACT_OFFER, 0.5, pointers.CONTACT_THEM),
    _says(reasons.SEE_MORE, 0.35, pointers.SEE_THERE),
    Rule(reasons.REPEATED_MAIL, 0.3, _has_repeated_mail),
    Rule(reasons.MARKUP, 0.5, _has_markup),
    Rule(reasons.LOOK_ALIKES, 0.4, _has_look_alikes),
    Rule(reasons.SHORT, 0.05, lambda c: c.words <= _VERY_SHORT),
    Rule(reasons.PRAISE, 0.3, lambda c: not c.links and _is_praise(c)),
    _says(reasons.OWN_SITE, 0.4, pointers.MY_SITE),
    _says(reasons.SITE_TALK, 0.35, pointers.ABOUT_THE_SITE),
)
OF_THE_AUTHOR: tuple[Rule, ...] = (
    Rule(
        reasons.AUTHOR_SELLS, 0.5, lambda c: phrases.SOLD_BY_NAME.search(c.lower_author) is not None
    ),
    Rule(reasons.AUTHOR_IS_PHRASE, 0.4, _author_is_phrase),
    Rule(
        reasons.AUTHOR_IS_RUN_TOGETHER,
        0.3,
        lambda c: bool(phrases.RUN_TOGETHER.fullmatch(c.author)),
    ),
    Rule(reasons.AUTHOR_IS_LINK, 0.6, _author_is_link),
)
OF_LINKS: tuple[Rule, ...] = (
    Rule(reasons.MANY_LINKS, 0.25, lambda c: len({site.host for site in c.links}) >= 3),
    Rule(reasons.MOSTLY_LINKS, 0.2, lambda c: bool(c.links) and 1 < c.words <= 6 * len(c.links)),
    Rule(reasons.BARE_LINK, 0.1, lambda c: bool(c.links) and c.words <= 1),
    Rule(reasons.PRAISE_WITH_LINK, 0.4, lambda c: bool(c.links) and _is_praise(c)),
    Rule(
        reasons.HOST_SELLS,
        0.55,
        lambda c: any(phrases.SOLD_BY_HOST.search(host) for host in c.hosts),
    ),
    Rule(reasons.DEEP_AUTHOR_URL, 0.6, _author_is_deep),
    Rule(reasons.PROFILE_AUTHOR_URL, 0.65, _author_is_profile),
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
)
"""None of these can hold where there is no link to another site, the author's included."""
RULES = (*OF_THE_TEXT, *OF_THE_AUTHOR, *OF_LINKS)


def held_rules(comment: SeenComment) -> list[Rule]:
    """The rules that hold, in their order."""
    rules = _BY_KIND[bool(comment.author), bool(comment.hosts)]
    hinted = comment.hinted
    return [
        rule for rule in rules if (not rule.hints or hinted & rule.hints) and rule.holds(comment)
    ]


_BY_KIND = {
    (has_author, has_links): (
        *OF_THE_TEXT,
        *(OF_THE_AUTHOR if has_author else ()),
        *(OF_LINKS if has_links else ()),
    )
    for has_author in (False, True)
    for has_links in (False, True)
}
"""What is worth a look: nothing of a group can hold where there is nothing to look at."""


def opinion(held: list[Rule]) -> float:
    """What the rules' own weights come to, as independent pieces of evidence; 0 or more."""
    return sum([rule.evidence for rule in held])
