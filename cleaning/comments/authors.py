"""Tell who wrote a post: a short line near the time, often linked, bold, or named as such."""

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from .post import PARAGRAPHS, TEXT_NAMES, TEXT_PROPS, Post, is_outside, link_of, plain, up_to
from .scan import Piece
from .words import (
    find_date,
    is_author_badge,
    is_button,
    is_pingback_label,
    is_saying,
    read_name,
)

_AUTHOR_NAME = re.compile(
    r"author|user|member|poster|nick|byline|commenter|posted-?by|added-?by|creator|autor|auteur"
    r"|(?:^|[-_ ])(?:fn|vcard|name)(?:$|[-_ ])",
    re.IGNORECASE,
)
PROFILE = re.compile(
    r"/(?:users?|members?|profiles?|people|u|authors?|accounts?)(?:[/?.=]|$)|[?&]u(?:id)?=|profile",
    re.IGNORECASE,
)
_ABOUT_AUTHOR = re.compile(r"title|role|rank|status|badge|joined|since|group|level|count", re.I)
_NAME_ATTRIBUTES = ("data-author", "data-author-name", "data-username", "data-user-name")
OF_VISITORS = frozenset({"nofollow", "ugc", "external"})
_NAMING_TAGS = frozenset({"cite", "b", "strong", "address", "h3", "h4", "h5", "h6", "dt", "th"})
_LONGEST_NAME = 60
_NEAR = 4  # pieces of text between a time and its author


def read_author(post: Post, labels: set[str], url: str) -> None:
    """Set the author of a post, and the link that leads to them."""
    candidates = list(_candidates(post, labels, url))
    stated = _stated_author(post)
    same = [candidate for candidate in candidates if candidate[1] == stated]
    candidates = same or candidates
    if not candidates:
        post.author = stated
        return
    _, post.author, post.author_piece = max(candidates, key=lambda c: (c[0], -c[2].order))
    index = post.pieces.index(post.author_piece)
    following = post.pieces[index + 1].text if index + 1 < len(post.pieces) else ""
    post.has_phrase = is_saying(post.author_piece.text) or _is_verb(following)
    link = link_of(post.author_piece, post.part.element)
    if link is not None and "#" not in (link.get("href") or ""):
        post.author_link = link


def _stated_author(post: Post) -> str | None:
    """The name that forum software writes beside the post for its own scripts."""
    for name in _NAME_ATTRIBUTES:
        for element in post.elements:
            value = " ".join((element.get(name) or "").split())
            if value and len(value) <= _LONGEST_NAME and not value.isdigit():
                return value
    return None


def _candidates(post: Post, labels: set[str], url: str) -> Iterator[tuple[int, str, Piece]]:
    marked = set(post.mark.pieces) if post.mark else set()
    places = [index for index, piece in enumerate(post.pieces) if piece in marked]
    for index, piece in enumerate(post.pieces):
        if piece in marked:
            found = _name_beside_date(piece.text)
            if found:
                yield 4, found, piece
            continue
        name = read_name(piece.text) if len(piece.text) <= _LONGEST_NAME else None
        if name is None or is_author_badge(piece.text) or is_pingback_label(piece.text):
            continue
        following = post.pieces[index + 1].text if index + 1 < len(post.pieces) else ""
        is_said = _is_verb(following) or name != piece.text.strip(" ,;:|·•–—-»«>").lstrip()
        score = _score(piece, post, url) + 2 * is_said
        score += (index == 0) + _closeness(index, places)
        score -= 3 * (plain(piece.text) in labels)
        yield score, name, piece


def _is_verb(text: str) -> bool:
    """Whether a line goes on after a name: "says:", "wrote on 3 May 2019"."""
    span = find_date(text)
    words = text[: span[0]].strip() if span else text
    return is_saying(words) and is_button(words)


def _name_beside_date(text: str) -> str | None:
    """The name in a line such as "Ann wrote on 3 May 2019" or "3 May 2019 by Ann"."""
    span = find_date(text)
    if span is None:
        return None
    return read_name(text[: span[0]]) or read_name(text[span[1] :])


def _closeness(index: int, places: list[int]) -> int:
    if not places:
        return 0
    gap = min(abs(index - place) for place in places)
    is_before = index < places[0]
    return (2 if gap <= _NEAR else -1) + is_before


def _score(piece: Piece, post: Post, url: str) -> int:
    score = 0
    dated = set() if post.mark is None else {post.mark.element}
    for depth, element in enumerate(up_to(piece.element, post.part.element)):
        if depth > 3:
            break
        names = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('rel') or ''}"
        prop = (element.get("itemprop") or "").lower()
        if prop in {"author", "name", "creator"}:
            score += 5
        if depth < 2 and _ABOUT_AUTHOR.search(names):
            score -= 4
        if _AUTHOR_NAME.search(names):
            score += 4 if depth < 2 else 2
        if element.tag in _NAMING_TAGS:
            score += 2
        if element.tag in PARAGRAPHS and dated.isdisjoint(element.iter()):
            score -= 6 if _is_prose(element) else 1
        if prop in TEXT_PROPS or TEXT_NAMES.search(names):
            score -= 3
        if element.tag == "a":
            score += _score_link(element, url)
    return score


def _score_link(link: HtmlElement, url: str) -> int:
    href = link.get("href") or ""
    if not OF_VISITORS.isdisjoint((link.get("rel") or "").lower().split()):
        return 3
    if href.startswith("#") or not href:
        return 0
    if PROFILE.search(href):
        return 3
    return 2 if is_outside(href, url) else 0


def _is_prose(paragraph: HtmlElement) -> bool:
    return len("".join(paragraph.itertext()).split()) > 8
