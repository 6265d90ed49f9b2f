"""Discussions: repeated posts, each with an author and a time.

Every forum has markup of its own; what they share is that the posts are siblings of one kind, that
each says who wrote it and when, and that none leads on to a page of its own, as the entries of a
listing do.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml.html import HtmlElement

from crawlers.platforms.website.tree import names_of, short_text, siblings, text_in, words_in

HEADINGS = ("h1", "h2", "h3", "h4")
AUTHOR_NAMES = re.compile(
    r"author|user|member|poster|nick|profile|avatar|byline|posted-?by|added-?by|creator", re.I
)
AUTHOR_HREF = re.compile(
    r"/(?:users?|members?|memberlist|profiles?|people|u|authors?|accounts?)(?:[/?.=]|$)|[?&]u(?:id)?=",
    re.I,
)
BY = re.compile(
    r"\b(?:added|posted|written|started|asked|answered|replied|reply|comment(?:ed)?|said|created)"
    r"\s+by:?\s+",
    re.I,
)
TIME_NAMES = re.compile(r"date|time|posted|ago\b|published|when", re.I)
MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
DATE_TEXT = re.compile(
    rf"\b\d{{1,2}}(?:st|nd|rd|th)?\s+{MONTH},?\s+\d{{2,4}}\b|\b{MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}\b"
    r"|\b\d{1,4}[-/.]\d{1,2}[-/.]\d{2,4}\b|\b\d+\s+(?:minute|hour|day|week|month|year)s?\s+ago\b",
    re.I,
)
FEWEST_WORDS = 6
"""Words of a post besides the marks; less is an entry of a list of members or of versions."""
NESTED = re.compile(r"(?:^|[\s_-])(?:comment|post|reply|message|answer)(?:$|[\s_-])", re.I)
LONGEST_MARK = 120
"""Characters of an element that holds the marks of a post and not its text."""


@dataclass(frozen=True, slots=True)
class Thread:
    """The posts of a page in order, and the words in them."""

    posts: tuple[HtmlElement, ...] = ()
    words: int = 0


def find_thread(elements: list[HtmlElement]) -> Thread:
    """The largest group of posts among the elements of a page's content; it may be of one."""
    best = Thread()
    for group in siblings(elements, 1):
        if len(group) == 1 and not is_single_post(group[0]):
            continue
        posts = [element for element in group if is_post(element)]
        if len(posts) * 2 < len(group) or not posts or _are_cards(posts):
            continue
        total = sum(len(words_in(post)) for post in posts)
        if total > best.words:
            best = Thread(tuple(posts), total)
    return best


def is_post(element: HtmlElement) -> bool:
    """Whether an element says something, and who said it and when."""
    text = text_in(element)
    if len(text.split()) < FEWEST_WORDS:
        return False
    return _has_author(element, text) and _has_time(element, text)


def is_single_post(element: HtmlElement) -> bool:
    """Whether an element without others of its kind is a reply: it is called one, and says "by"."""
    return bool(NESTED.search(element.get("class", ""))) and any(map(is_mark, element.iter()))


def is_mark(element: HtmlElement) -> bool:
    """Whether an element says who added something and when, and no more."""
    if not isinstance(element.tag, str):
        return False
    text = short_text(element, LONGEST_MARK)
    return bool(BY.search(text)) and _has_time(element, text)


def _has_author(element: HtmlElement, text: str) -> bool:
    if BY.search(text):
        return True
    return any(
        AUTHOR_NAMES.search(names_of(e)) or (e.tag == "a" and AUTHOR_HREF.search(e.get("href", "")))
        for e in element.iter()
        if isinstance(e.tag, str)
    )


def _has_time(element: HtmlElement, text: str) -> bool:
    if DATE_TEXT.search(text):
        return True
    return any(
        e.tag == "time" or e.tag == "relative-time" or "datetime" in e.attrib
        for e in element.iter()
        if isinstance(e.tag, str)
    )


def _are_cards(posts: list[HtmlElement]) -> bool:
    """Whether most of them have a heading that leads on, or hardly a word that does not."""
    return sum(map(_is_card, posts)) * 2 > len(posts)


def _is_card(post: HtmlElement) -> bool:
    for heading in post.iter(*HEADINGS):
        links = [*heading.iter("a"), *(a for a in heading.iterancestors("a") if _is_in(a, post))]
        if any(_leads_on(a.get("href", "")) for a in links):
            return True
    linked = sum(len(words_in(a)) for a in post.iter("a") if _leads_on(a.get("href", "")))
    return linked * 2 > len(words_in(post))


def _is_in(element: HtmlElement, post: HtmlElement) -> bool:
    return element is post or any(a is post for a in element.iterancestors())


def _leads_on(href: str) -> bool:
    # A post's heading leads to its own place in the page ("#p42", "?p=42#p42"), if anywhere.
    return bool(href) and "#" not in href and not AUTHOR_HREF.search(href)
