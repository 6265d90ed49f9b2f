"""Make posts and threads of the groups that were read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from urllib.parse import urljoin, urlsplit

from cleaning.page import Page
from cleaning.reader.threads.entry import Entry
from cleaning.reader.threads.finding import Candidate
from cleaning.reader.threads.links import link_parents, number_entries
from cleaning.reader.threads.model import COMMENTS, DISCUSSION, Post, Thread
from cleaning.reader.threads.signs import WINDOW
from cleaning.reader.threads.words import (
    is_author_badge,
    is_cancel,
    is_comment_heading,
    is_removal_notice,
    read_count,
)

_BY_AUTHOR = re.compile(
    r"bypostauthor|by-?author|blog-author|is-author|author-comment", re.IGNORECASE
)
_COMMENT = re.compile(r"comment|kommentar|coment[aá]r|sylw", re.IGNORECASE)
_MAIL = re.compile(r"mail", re.IGNORECASE)
_LONG_BLOCK = 10  # words of a paragraph
_FEW_WORDS, _MANY_WORDS = 20, 60
_MOST_DATED = 0.6
_STRONGEST = 16.0


def make_thread(page: Page, candidate: Candidate) -> Thread:
    is_dated = not candidate.group.is_stated and candidate.signs.timed >= _MOST_DATED
    entries = [
        entry
        for place, entry in enumerate(candidate.entries)
        if _is_whole(entry, must_have_time=is_dated and (place > 0 or entry.author is None))
    ]
    numbers = number_entries(page, entries)
    parents = _kept_parents(page, candidate.entries, entries, numbers)
    posts = tuple(
        make_post(page, entry, number, parent)
        for entry, number, parent in zip(entries, numbers, parents, strict=True)
    )
    signs = candidate.signs
    first = min((entry.part.box.first for entry in entries), default=0)
    return Thread(
        posts=posts,
        kind=COMMENTS if _are_comments(page, candidate, first) else DISCUSSION,
        declared=signs.declared,
        strength=min(1.0, signs.strength / _STRONGEST),
        furniture=tuple(_furniture(page, candidate, first)),
    )


def _is_whole(entry: Entry, *, must_have_time: bool) -> bool:
    """Tell whether a part has a text and a mark; beside many with a time, one of its own."""
    if entry.is_pingback or is_deleted(entry):
        return True
    if must_have_time and entry.time is None:
        return False
    return bool(entry.body) and (entry.time is not None or entry.author is not None)


def _kept_parents(
    page: Page, entries: Sequence[Entry], kept: Sequence[Entry], numbers: Sequence[str | None]
) -> list[int | None]:
    """Parents among the kept entries; what answered a part that is none answers nothing."""
    places = {id(entry): place for place, entry in enumerate(kept)}
    by_entry = {id(entry): number for entry, number in zip(kept, numbers, strict=True)}
    parents = link_parents(page, entries, [by_entry.get(id(entry)) for entry in entries])
    found: list[int | None] = []
    for entry, parent in zip(entries, parents, strict=True):
        if id(entry) in places:
            above = None if parent is None else places.get(id(entries[parent]))
            found.append(above)
    return found


def make_post(page: Page, entry: Entry, number: str | None, parent: int | None) -> Post:
    body = tuple(sorted({run.block for run in entry.body}))
    gone = is_deleted(entry)
    out = [run for run in entry.removed if run.block in body]
    kept = {above for run in entry.body for above in _up_to(page, run.element, entry)}
    without = {run.element for run in out} - kept
    return Post(
        element=entry.part.box.element,
        blocks=tuple(entry.part.blocks),
        body=() if gone else body,
        without=frozenset(without),
        out=frozenset((run.block, place) for run in out for place in run.places),
        author=entry.author,
        author_url=_address(page, entry.author_link),
        published=entry.time.raw if entry.time else None,
        native_id=number,
        parent=parent,
        is_by_author=_is_by_author(page, entry),
        is_deleted=gone,
        is_pingback=entry.is_pingback,
    )


def _up_to(page: Page, element: int, entry: Entry) -> Iterator[int]:
    while element > entry.part.box.element:
        yield element
        element = page.parents[element]
    yield element


def _address(page: Page, link: int | None) -> str | None:
    """The absolute http(s) address of an author; None for anchors, other schemes, broken ones."""
    href = "" if link is None else page.attributes[link].get("href", "").strip()
    if not href or href.startswith("#"):
        return None
    try:
        address = urljoin(page.head.base or page.url, href)
        parts = urlsplit(address)
    except ValueError:  # such as an unclosed bracket
        return None
    if parts.scheme in {"http", "https"}:
        return address if parts.hostname else None
    return address if not parts.scheme and not page.url else None


def is_deleted(entry: Entry) -> bool:
    if entry.has_deleted_name:
        return True
    text = " ".join(run.text for run in entry.body)
    return bool(text) and is_removal_notice(text)


def _is_by_author(page: Page, entry: Entry) -> bool:
    names = (name for element in entry.part.elements[:3] for name in page.class_of(element))
    if any(_BY_AUTHOR.fullmatch(name.strip("\"'")) for name in names):
        return True
    attributes = page.attributes[entry.part.box.element]
    if "bypostauthor" in attributes or any(is_author_badge(run.text) for run in entry.removed):
        return True
    classes = (page.attributes[e].get("class", "") for e in entry.part.elements)
    return any("blog-author" in names for names in classes)


def _are_comments(page: Page, candidate: Candidate, first: int) -> bool:
    """Tell comments below a text of its own from posts that are the text themselves."""
    above = sum(
        len(block.words)
        for block in page.blocks[_title(page, first) : first]
        if len(block.words) >= _LONG_BLOCK and block.linked * 2 < len(block.text)
    )
    is_called = candidate.signs.called > 0
    is_framed = candidate.signs.has_heading or _has_guest_form(page)
    if is_called and is_framed:
        return above >= _FEW_WORDS
    return (is_called or is_framed) and above >= _MANY_WORDS


def _title(page: Page, first: int) -> int:
    """The block of the first title above the posts; what stands before it is of the site."""
    titles = [page.first[e] for e in page.tagged("h1")]
    return min((title for title in titles if title < first), default=0)


def _has_guest_form(page: Page) -> bool:
    """Tell whether a form for comments asks for a mail address, as none does of members."""
    for field in page.tagged("textarea"):
        form = next((e for e in page.around(field) if page.tags[e] == "form"), None)
        if form is None or not any(_says(page, e, _COMMENT) for e in (field, form)):
            continue
        if any(
            page.tags[e] == "input" and _says(page, e, _MAIL) for e in range(form, page.ends[form])
        ):
            return True
    return False


def _says(page: Page, element: int, pattern: re.Pattern[str]) -> bool:
    return any(pattern.search(value) for value in page.attributes[element].values())


def _furniture(page: Page, candidate: Candidate, first: int) -> list[int]:
    """Headings that count, and the form below with what invites to write."""
    own = {number for entry in candidate.entries for number in entry.part.blocks}
    found = set()
    for number in range(max(0, first - WINDOW), first):
        text = page.blocks[number].text
        if text and len(text) <= 80 and (read_count(text) is not None or is_comment_heading(text)):
            found.add(number)
    field = next((e for e in page.tagged("textarea") if page.first[e] >= first), None)
    if field is not None:
        form = next((e for e in page.around(field) if page.tags[e] == "form"), field)
        found.update(page.inside(form))
    for block in page.blocks[first:]:
        if block.text and len(block.text) <= 60 and is_cancel(block.text):
            found.add(block.number)
    return sorted(found - own)
