"""What stands in one post of a discussion: who, when, and the text itself."""

from __future__ import annotations

import copy
import re
from dataclasses import dataclass

import lxml.html
from lxml.html import HtmlElement

from crawlers.platforms.website.threads import (
    AUTHOR_HREF,
    AUTHOR_NAMES,
    BY,
    DATE_TEXT,
    LONGEST_MARK,
    TIME_NAMES,
)
from crawlers.platforms.website.tree import names_of, short_text, text_in, words_in

BODY_NAMES = re.compile(r"body|content|text|message|entry|prose", re.I)
CHROME_NAMES = re.compile(
    r"repl(?:y|ies)-?(?:link|button|to)|actions?|buttons?|toolbar|controls|likes?|votes?|report"
    r"|quote-?(?:link|button)|permalink|share|avatar|badge|rank|signature|post-?count|joined",
    re.I,
)
CHROME_WORDS = re.compile(r"(?:reply|quote|report|like|edit|delete|share|permalink|#?\d+)", re.I)
NAME_END = re.compile(r"\s{0,9}(?:[,|·•–—(]|\s-\s|\bon\s|\bat\s|\b\d|\s{0,9}$)")
CLOCK = re.compile(r",?\s*(?:at\s+)?(\d{1,2}:\d{2}(?::\d{2})?(?:\s*[ap]\.?m\.?)?)", re.I)
NUMBER = re.compile(r"(\d+)\D*$")


@dataclass(frozen=True, slots=True)
class Post:
    native_id: str
    author: str | None
    author_url: str | None
    published: str | None
    body_html: str


def read_post(element: HtmlElement) -> Post:
    author, author_url = author_of(element)
    published = time_of(element)
    body = _body(element, author)
    return Post(_native_id(element), author, author_url, published, body)


def author_of(element: HtmlElement) -> tuple[str | None, str | None]:
    """(name, address of the profile) of who wrote a post."""
    marks = [e for e in element.iter() if isinstance(e.tag, str) and _is_author_mark(e)]
    by = [e for e in element.iter() if isinstance(e.tag, str) and BY.search(_shown(e))]
    if by:
        text = _shown(by[-1])
        name = NAME_END.split(BY.split(text, maxsplit=1)[1], maxsplit=1)[0].strip()
        if name:
            link = next((a for a in by[-1].iter("a") if text_in(a) == name), None)
            return name, link.get("href") if link is not None else None
    for mark in reversed(marks):
        text = text_in(mark)
        if text and len(text) <= LONGEST_MARK / 2 and not DATE_TEXT.search(text):
            inner = mark if mark.tag == "a" else next(mark.iter("a"), mark)
            return text, inner.get("href")
    return None, None


def _shown(mark: HtmlElement) -> str:
    return short_text(mark, LONGEST_MARK)


def _is_author_mark(element: HtmlElement) -> bool:
    if element.tag == "a" and AUTHOR_HREF.search(element.get("href", "")):
        return True
    return bool(AUTHOR_NAMES.search(names_of(element))) and element.tag not in ("img", "svg")


def time_of(element: HtmlElement) -> str | None:
    """When a post was written: machine-readable first, else the first date that a mark shows."""
    for mark in element.iter("time", "abbr", "relative-time", "span", "meta"):
        stamp = mark.get("datetime") or (mark.get("title") if mark.tag == "abbr" else None)
        if stamp:
            return str(stamp)
    marks = [e for e in element.iter() if isinstance(e.tag, str)]
    named = [e for e in marks if TIME_NAMES.search(names_of(e)) or BY.search(_shown(e))]
    for mark in (*named, *marks):
        text = _shown(mark)
        match = DATE_TEXT.search(text)
        if match:
            return _with_clock(text, match)
    return None


def _with_clock(text: str, date: re.Match[str]) -> str:
    clock = CLOCK.match(text, date.end())
    return f"{date[0]} {clock[1]}" if clock else date[0]


def _body(element: HtmlElement, author: str | None) -> str:
    """The text of a post as HTML, without its marks and buttons."""
    rest = copy.deepcopy(element)
    rest.tail = None
    for inner in list(rest.iterdescendants()):
        if isinstance(inner.tag, str) and _is_mark(inner, author):
            inner.drop_tree()
    total = len(words_in(rest))
    for inner in rest.iterdescendants("div", "section", "blockquote", "article", "p", "td"):
        if BODY_NAMES.search(names_of(inner)) and len(words_in(inner)) * 10 >= total * 9:
            rest = inner
    return str(lxml.html.tostring(rest, encoding="unicode", with_tail=False))


def _is_mark(element: HtmlElement, author: str | None) -> bool:
    text = text_in(element)
    if element.tag in ("form", "button", "script", "style", "time", "h1", "h2", "h3", "h4", "img"):
        return element.tag != "img" or not element.get("alt")
    if len(text) > LONGEST_MARK:
        return False
    if CHROME_WORDS.fullmatch(text) or CHROME_NAMES.search(names_of(element)) or BY.match(text):
        return True
    is_named = TIME_NAMES.search(names_of(element)) and DATE_TEXT.search(text)
    return bool(is_named) or (_is_author_mark(element) and (not author or author in text))


def _native_id(element: HtmlElement) -> str:
    """The number in the post's id or anchor, else nothing: then the item pipeline names it."""
    places = (element, *element.iterdescendants("a", "div", "article"))
    for place in places:
        for name in ("data-post-id", "data-id", "id", "name"):
            match = NUMBER.search(place.get(name) or "")
            if match:
                return match[1]
    return ""
