"""Weigh what speaks for a group of parts being posts that people wrote.

A page repeats much that has a name, a time and a text: teasers, events, entries of a log, people
who are quoted. Posts show themselves by what stands in and around them: names, buttons to answer,
profiles of members, a heading that counts, a form.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from cleaning.page import Block, Page
from cleaning.page.tags import HEADINGS
from cleaning.reader.threads.cards import PROFILE, is_card
from cleaning.reader.threads.entry import Entry
from cleaning.reader.threads.layout import Layout
from cleaning.reader.threads.words import (
    is_button,
    is_comment_heading,
    is_recent,
    is_reply_button,
    is_saying,
    is_sign,
    read_count,
)

WINDOW = 15  # blocks before the first post, among which its heading is looked for
_LONGEST_HEADING = 60
_QUOTES = frozenset({"blockquote", "q", "figure"})
_CALLED = re.compile(
    r"comment|kommentar|coment[aá]r|sylw(?:adau)?\b|repl(?:y|ies)(?!.?(?:to|form|button))|response|discuss"
    r"|remark|guestbook|feedback|(?:^|[\s_-])answers?(?:$|[\s_-])",
    re.IGNORECASE,
)
_POSTS = re.compile(
    r"thread|forum|message|msg|(?:^|[\s_-])posts?(?:$|[\s_\d-])|beitrag", re.IGNORECASE
)
_MESSAGE = re.compile(r"(?:^|[\s_-])(?:message|msg)s?(?:$|[\s_\d-])", re.IGNORECASE)
_RECENT = re.compile(r"recent|latest|related|popular", re.IGNORECASE)
_REPLY_LINK = re.compile(r"replytocom|#respond$|[/?&#=]reply|mode=quote|newreply|do=reply", re.I)
_AVATAR = re.compile(r"avatar|gravatar|profile|userpic|blank\.gif", re.IGNORECASE)
_INDENT = re.compile(r"(?:margin|padding)-left\s*:\s*(\d+)", re.IGNORECASE)
_WORD = re.compile(r"(?<![.-])[\w.-](?:[.-]*+\w++)++")
_SUBJECT = re.compile(r"(?:re|aw|sv|antw)\s?:", re.IGNORECASE)
_ID = re.compile(
    r"(?:[a-z_-]*[-_])?(?:comment|kommentar|reply|post|message|msg|p|c)s?[-_]?\d+", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Signs:
    """What was found, most of it as shares of the posts."""

    count: int
    bodied: float
    authored: float
    timed: float
    called: int
    is_message: bool
    named: bool
    numbered: float
    replies: float
    phrases: float
    profiles: float
    visitors: float
    avatars: float
    labelled: float
    has_heading: bool
    has_form: bool
    declared: int | None
    cards: float = 0.0
    buttons: float = 0.0
    stated: bool = False
    quoted: float = 0.0
    is_recent: bool = False
    is_nested: bool = False
    is_page: bool = False
    """Whether one part holds the others, and most of the words: it is the page's text."""
    covers: float = 0.0
    clocks: float = 0.0
    answers: int = 0
    subjects: float = 0.0

    @property
    def strength(self) -> float:
        strong = [self.called > 0, self.has_heading, self.replies >= 0.5, self.phrases >= 0.5]
        strong += [self.profiles >= 0.5, self.numbered >= 0.5, self.covers >= 0.5]
        strong += [self.subjects >= 0.3, self.declared == self.count, self.is_message]
        weak = [self.visitors > 0, self.avatars >= 0.5, self.has_form, self.labelled >= 0.5]
        weak += [self.answers >= 2, self.clocks >= 0.5, self.buttons >= 0.4]
        weak += [self.called > 1, self.named, self.is_nested]
        return 2 * sum(strong) + sum(weak)

    @property
    def is_talk(self) -> bool:
        """Whether anything shows that people answer one another, or that members write."""
        shares = (self.replies, self.phrases, self.profiles, self.labelled, self.avatars)
        others = (self.subjects, self.buttons, self.visitors)
        if self.is_message and min(self.authored, self.timed, self.covers) >= 0.6:
            return True
        return bool(
            self.called or self.has_heading or self.answers > 1 or max(*shares, *others) >= 0.3
        )

    @property
    def are_posts(self) -> bool:
        least = 0.5 if self.stated else 0.6
        if self.bodied < 0.6 or max(self.authored, self.timed) < least or self.cards >= 0.5:
            return False
        if self.is_page and not (self.called or self.stated):
            return False
        if self.declared == 0 or self.is_recent or (self.quoted >= 0.5 and not self.stated):
            return False
        if self.count == 1:
            return self._is_post
        if self.stated:
            return self.strength >= 3
        if self.timed < 0.5:
            is_said = self.phrases >= 0.5 and (self.has_heading or self.replies >= 0.5)
            return is_said and self.strength >= 6
        least = 3 if self.called else 4 if self.has_heading else 5
        return self.is_talk and self.strength >= least

    @property
    def _is_post(self) -> bool:
        """A single part: what is called a comment, or stands under a heading that counts one."""
        is_told = self.declared == 1 or (
            self.has_heading and (self.replies > 0 or self.phrases > 0)
        )
        is_told = is_told or (self.stated and (self.timed > 0 or self.called > 0))
        return is_told and self.strength >= 4


def with_cards(signs: Signs, page: Page, entries: list[Entry]) -> Signs:
    """Add what is dear to know and only speaks against posts."""
    return replace(signs, cards=sum(is_card(page, entry) for entry in entries) / signs.count)


def weigh(
    layout: Layout, entries: list[Entry], words: Sequence[float], *, is_stated: bool = False
) -> Signs:
    """Return what speaks for posts, all but `with_cards`."""
    page = layout.page
    count = len(entries)
    declared, has_heading = _heading(page, entries[0].part.box.first)
    first = entries[0].part.box.element
    return Signs(
        count=count,
        bodied=sum(bool(e.body) or e.is_pingback or e.has_deleted_name for e in entries) / count,
        authored=sum(entry.author is not None for entry in entries) / count,
        timed=sum(entry.time is not None for entry in entries) / count,
        is_message=_is_named(page, first, _MESSAGE, 1),
        called=_is_named(page, first, _CALLED, 4) + _is_named(page, first, _CALLED, 1),
        named=_is_named(page, first, _POSTS, 4),
        is_nested=_is_nested(page, entries),
        is_page=_is_page(entries),
        is_recent=not is_stated and _is_recent(page, entries[0].part.box.first, first),
        numbered=sum(_is_numbered(page, entry) for entry in entries) / count,
        replies=sum(_has_reply(page, entry) for entry in entries) / count,
        phrases=sum(any(is_saying(r.text) for r in entry.removed) for entry in entries) / count,
        profiles=sum(has_profile(page, entry) for entry in entries) / count,
        visitors=sum(is_visitor(page, entry) for entry in entries) / count,
        avatars=sum(_has_avatar(page, entry) for entry in entries) / count,
        labelled=sum(
            sum(":" in run.text and len(run.text) < 60 for run in entry.removed) >= 2
            for entry in entries
        )
        / count,
        has_heading=has_heading,
        has_form=any(field >= first for field in page.tagged("textarea")),
        declared=declared,
        stated=is_stated,
        quoted=sum(page.tags[e.part.box.element] in _QUOTES for e in entries) / count,
        covers=_covers(entries, words),
        clocks=sum(e.time is not None and e.time.has_clock for e in entries) / count,
        answers=_answers(entries),
        subjects=sum(any(_SUBJECT.match(r.text) for r in e.part.runs) for e in entries) / count,
        buttons=sum(
            any(is_button(r.text) and not is_sign(r.text) for r in e.removed) for e in entries
        )
        / count,
    )


def _is_nested(page: Page, entries: list[Entry]) -> bool:
    """Whether some parts stand in others, or are indented by different widths."""
    boxes = [entry.part.box for entry in entries]
    styles = (page.attributes[box.element].get("style", "") for box in boxes)
    widths = {match[1] for style in styles if (match := _INDENT.search(style))}
    return len(widths) > 1 or any(box.outer is not None for box in boxes)


def _is_page(entries: list[Entry]) -> bool:
    holders = {entry.part.box.outer for entry in entries} - {None}
    sizes = [sum(run.text.count(" ") + 1 for run in entry.body) for entry in entries]
    return any(size * 5 >= sum(sizes) * 4 for n, size in enumerate(sizes) if n in holders)


def _covers(entries: list[Entry], words: Sequence[float]) -> float:
    """The share of the page's words that are no links which stand in the parts."""
    boxes = [entry.part.box for entry in entries if entry.part.box.outer is None]
    return sum(words[box.last] - words[box.first] for box in boxes) / max(words[-1], 1)


def _answers(entries: list[Entry]) -> int:
    """How many posts name somebody who wrote another."""
    names = {(entry.author or "").casefold(): entry.author for entry in entries}
    known = {name for name in names if len(name) > 3 and " " not in name}
    found = 0
    for entry in entries:
        own = (entry.author or "").casefold()
        said = {word for run in entry.body for word in _WORD.findall(run.text.casefold())}
        found += bool((said & known) - {own})
    return found


def _heading(page: Page, first: int) -> tuple[int | None, bool]:
    declared, found = None, False
    for block in _before(page, first):
        count = read_count(block.text)
        if count is not None:
            declared, found = count, True
        found = found or is_comment_heading(block.text)
    return declared, found


def _is_recent(page: Page, first: int, element: int) -> bool:
    """Whether it is a widget of what was last said anywhere on the site."""
    if _is_named(page, element, _RECENT, 4):
        return True
    return any(is_recent(block.text) for block in _before(page, first)[-3:])


def _before(page: Page, first: int) -> list[Block]:
    """Short lines before the first post that are no links, unless in a heading."""
    return [
        block
        for block in page.blocks[max(0, first - WINDOW) : first]
        if 0 < len(block.text) <= _LONGEST_HEADING
        and (block.linked * 2 < len(block.text) or page.tags[block.element] in HEADINGS)
    ]


def _is_named(page: Page, element: int, pattern: re.Pattern[str], levels: int) -> bool:
    for place, around in enumerate(page.around(element)):
        if place >= levels or around == 0:
            return False
        attributes = page.attributes[around]
        names = (attributes.get(n, "") for n in ("class", "id", "itemtype", "itemprop"))
        if any(pattern.search(name) for name in names if name):
            return True
    return False


def _is_numbered(page: Page, entry: Entry) -> bool:
    return any(
        _ID.fullmatch(page.attributes[e].get("id", "")) is not None for e in entry.part.elements[:6]
    )


def _has_reply(page: Page, entry: Entry) -> bool:
    if any(is_reply_button(run.text) for run in entry.removed):
        return True
    return any(
        _REPLY_LINK.search(page.attributes[e].get("href", ""))
        for e in entry.part.elements
        if page.tags[e] == "a"
    )


def has_profile(page: Page, entry: Entry) -> bool:
    link = entry.author_link
    return link is not None and PROFILE.search(page.attributes[link].get("href", "")) is not None


def is_visitor(page: Page, entry: Entry) -> bool:
    link = entry.author_link
    rel = "" if link is None else page.attributes[link].get("rel", "").lower()
    return "nofollow" in rel or "ugc" in rel


def _has_avatar(page: Page, entry: Entry) -> bool:
    for element in entry.part.elements:
        if page.tags[element] == "img":
            found = page.attributes[element]
            if _AVATAR.search(f"{found.get('src')} {found.get('class')} {found.get('data-src')}"):
                return True
    return False
