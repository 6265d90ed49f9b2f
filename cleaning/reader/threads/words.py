"""What short lines around posts mean, in any language of the lexicon."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from cleaning.lexicon import lexicon
from cleaning.lexicon.patterns import alternatives
from cleaning.page.words import WORD

_WORDS = lexicon()
_BUTTONS = ("reply", "control", "cancel", "more", "says", "waiting", "comment")
_LONGEST_BUTTON = 60
_LONGEST_NOTICE = 120
_LONGEST_SAYING = 90
_FIRST_EMOJI = "\u2600"  # below are arrows, lines and shapes, of which buttons are made
_SAYS = _WORDS.source("says")
_AT = _WORDS.source("on", "at")
_COMMENT = _WORDS.source("comment")
_SLOT = re.compile(r"\{\w+\}")
_NUMBER = r"(\d{1,3}(?:[.,'\s]\d{3}){1,3}|\d+)"
_SAID_BY = _WORDS.source("said_by", "quoted", "by")


@cache
def last_words(*names: str) -> frozenset[str]:
    """Return the last word of each phrase of these kinds; what has none of them holds no phrase."""
    phrases = (_SLOT.sub(" ", phrase) for phrase in _WORDS.of(*names))
    return frozenset(WORD.findall(phrase)[-1] for phrase in phrases)


def may_hold(text: str, *names: str) -> bool:
    """Tell whether a line could hold a phrase of these kinds as whole words; cheap."""
    return not last_words(*names).isdisjoint(WORD.findall(text.lower()))


@cache
def _behind_name() -> tuple[re.Pattern[str], ...]:
    """What stands behind a name, the last first."""
    return (
        re.compile(r"(?<![\s…:,(|·•–—>»«-])[\s…:,(|·•–—>»«-]++$"),
        re.compile(r"\.{2,3}$"),
        re.compile(
            rf"(?<!\w)(?:{_SAYS})(?:\s++(?:{_AT}))?$|(?<!\s)\s++(?:{_AT})$",
            re.IGNORECASE,
        ),
        re.compile(r"(?<![\s,(|·•–—»-])[\s,(|·•–—»-]++$"),
    )


@cache
def _before_name() -> re.Pattern[str]:
    return re.compile(rf"^\W*(?:(?:{_SAID_BY})(?!\w))\s*:?\s*", re.IGNORECASE)


@cache
def _saying() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{_SAYS})(?!\w)", re.IGNORECASE)


@cache
def _verb() -> re.Pattern[str]:
    return re.compile(rf"\W*(?:{_SAYS})(?:\s+(?:{_AT}))?\W*", re.IGNORECASE)


@cache
def _saying_by() -> re.Pattern[str]:
    return re.compile(rf"^\W*(?:{_WORDS.source('said_by')})(?!\w)", re.IGNORECASE)


@cache
def _deleted() -> re.Pattern[str]:
    plain = (notice for notice in _WORDS.of("deleted") if "{" not in notice)
    notices = alternatives(notice for notice in plain if notice.count(" ") > 1)
    return re.compile(rf"\W*(?:{notices})(?!\w)[^.]{{0,40}}\W*$", re.IGNORECASE)


@cache
def _pingback() -> re.Pattern[str]:
    return re.compile(rf"\W*(?:{_WORDS.source('pingback')})(?!\w)", re.IGNORECASE)


@cache
def _weekdays() -> re.Pattern[str]:
    return re.compile(rf"[\W\d_]*(?:{_WORDS.source('weekdays')})[\W\d_]*", re.IGNORECASE)


@cache
def _at_start() -> re.Pattern[str]:
    return re.compile(rf"\W*{_NUMBER}\s*(?:{_COMMENT})(?!\w)", re.IGNORECASE)


@cache
def _beside() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w.,]){_NUMBER}\s++(?:{_COMMENT})(?!\w)", re.IGNORECASE)


@cache
def _after() -> re.Pattern[str]:
    return re.compile(rf"\W*(?:{_COMMENT})\s*[(\[:]\s*{_NUMBER}\s*[)\]]?\W*", re.IGNORECASE)


@cache
def _one() -> re.Pattern[str]:
    return re.compile(rf"\W*(?:{_WORDS.source('one')})\s+(?:{_COMMENT})(?!\w)", re.IGNORECASE)


@cache
def _none() -> re.Pattern[str]:
    return re.compile(rf"\W*(?:{_WORDS.source('none')})\s+(?:{_COMMENT})(?!\w)", re.IGNORECASE)


@cache
def _alone() -> re.Pattern[str]:
    return re.compile(rf"\W*(?:\w+ ){{0,2}}(?:{_COMMENT})\W*(?:(?:{_AT}|to|zu|sur|ar)\b.*)?", re.I)


@cache
def _bare() -> re.Pattern[str]:
    return re.compile(
        rf"\W*(?:{_NUMBER}\s*(?:{_COMMENT})|(?:{_COMMENT})\s*[(\[:]\s*{_NUMBER})\W*", re.IGNORECASE
    )


_QUOTE = re.compile(r"[“”„«»\"‟]")


@lru_cache(maxsize=4096)
def is_button(text: str) -> bool:
    """Tell whether a short line is a button or a word of the theme, and nothing that was said.

    >>> is_button("↳ Reply (3)"), is_button("Reply to me by Friday, please. I need it.")
    (True, False)
    """
    if len(text) > _LONGEST_BUTTON:
        return False
    return is_sign(text) or _WORDS.is_phrase(text, *_BUTTONS) or bool(_verb().fullmatch(text))


def is_sign(text: str) -> bool:
    """Tell whether a line has nothing but numbers and punctuation ("#12", "|"): no emoji."""
    return not any(letter.isalpha() or letter >= _FIRST_EMOJI for letter in text)


@lru_cache(maxsize=4096)
def is_reply_button(text: str) -> bool:
    return _WORDS.is_phrase(text, "reply")


@lru_cache(maxsize=4096)
def is_cancel(text: str) -> bool:
    """Tell whether a line invites to write or to stop writing ("Leave a Reply", "Cancel reply")."""
    return _WORDS.is_phrase(text, "leave", "cancel", "more")


def is_pingback_label(text: str) -> bool:
    return _pingback().match(text) is not None


@lru_cache(maxsize=4096)
def is_author_badge(text: str) -> bool:
    """Tell whether a line says that the writer of the page wrote this too ("Autor")."""
    return len(text) < 30 and _WORDS.is_phrase(text, "is_author")


@lru_cache(maxsize=4096)
def is_profile(text: str) -> bool:
    """Tell whether a line is a rank, or a label of a profile ("Well-known member", "Joined:")."""
    return len(text) < 40 and _WORDS.is_phrase(text, "joined", "posts", "location", "rank")


@lru_cache(maxsize=4096)
def is_other_label(text: str) -> bool:
    """Tell whether a label says that a day is not that of writing ("Joined", "Last edited by")."""
    return bool(text) and _WORDS.is_phrase(text, "joined", "updated", "other_dates", "edited_by")


@lru_cache(maxsize=4096)
def is_byline(text: str) -> bool:
    """Tell whether a line stands before a name or a day of writing ("Posted by:")."""
    return len(text) < 40 and _WORDS.is_phrase(text, "said_by", "by", "author", "published")


def is_removal_notice(text: str) -> bool:
    """Tell whether a text only says that a post was there."""
    if len(text) > _LONGEST_NOTICE:
        return False
    return _WORDS.is_phrase(text, "deleted") or _deleted().match(text) is not None


@lru_cache(maxsize=4096)
def is_recent(text: str) -> bool:
    """Tell whether a heading stands above what was last said anywhere on the site."""
    return _WORDS.is_phrase(text, "recent")


@lru_cache(maxsize=4096)
def read_name(text: str) -> str | None:
    """Return a name without what the theme says around it ("Posted by Ann", "Ann schrieb am").

    >>> read_name("Added by Ann Example on"), read_name("says:")
    ('Ann Example', None)
    """
    name = _before_name().sub("", text)
    for rest in _behind_name():
        name = rest.sub("", name)
    name = name.strip(" ,;:|·•–—-»«>").lstrip()
    if not any(map(str.isalpha, name)) or is_button(name) or _weekdays().fullmatch(name):
        return None
    return name


def is_saying(text: str) -> bool:
    """Tell whether a line says that somebody says something ("sagt:", "Added by")."""
    if len(text) > _LONGEST_SAYING or not may_hold(text, "says", "said_by"):
        return False
    return _saying().search(text) is not None or _saying_by().match(text) is not None


def read_count(heading: str) -> int | None:
    """Return the number of posts that a heading tells.

    >>> read_count("3 thoughts on “10 ways to listen”"), read_count("Comments on “10 ways”")
    (3, None)
    """
    text = _QUOTE.split(heading, maxsplit=1)[0]
    if _none().match(text):
        return 0
    if _one().match(text):
        return 1
    match = _at_start().match(text) or _after().fullmatch(text) or _beside().search(text)
    return int(re.sub(r"\D", "", match[1])) if match else None


def is_bare_count(heading: str) -> bool:
    """Tell whether a heading tells a number of posts and nothing else."""
    return _bare().fullmatch(heading) is not None or _one().fullmatch(heading) is not None


def is_comment_heading(line: str) -> bool:
    """Tell whether a line is the heading of comments without a number ("Kommentare:")."""
    return _alone().fullmatch(line) is not None
