"""Weigh what speaks for a group of posts being the comments of a page.

A page repeats much that has an author, a time and a text: teasers of other articles, events,
reviews. Comments show themselves by what stands around them, in any one of several ways.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from lxml.html import HtmlElement

from .declared import is_comment_heading, read_count
from .post import Post
from .posts import is_card
from .scan import Scan
from .words import is_reply_button

_NAMES = re.compile(
    r"comment|kommentar|coment[aá]r|sylw(?:adau)?\b|repl(?:y|ies)|response|discuss|thread|forum"
    r"|feedback|guestbook|answer|message",
    re.IGNORECASE,
)
_WINDOW = 15  # pieces of text before the first post, among which its heading is looked for
_LONGEST_HEADING = 60  # characters
_REPLY_LINK = re.compile(r"replytocom|#respond$|[/?&#=]reply", re.IGNORECASE)
_AVATAR = re.compile(r"avatar|gravatar|profile|userpic|blank\.gif", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was found; ``declared`` is the number in the heading above the group."""

    is_named: bool
    has_heading: bool
    has_replies: bool
    has_phrases: bool
    has_visitors: bool
    has_avatars: bool
    has_form: bool
    declared: int | None

    @property
    def strength(self) -> int:
        strong = (self.is_named, self.has_heading, self.has_replies, self.has_phrases)
        return 2 * sum(strong) + self.has_visitors + self.has_avatars + self.has_form

    def is_enough(self, count: int) -> bool:
        """One good sign is enough for posts that repeat; a single one needs more."""
        is_told = self.is_named or self.has_replies or self.has_phrases
        if count > 1:
            return is_told or (self.has_heading and self.strength >= 3)
        return (is_told or self.has_heading) and self.strength >= 4


def weigh(posts: list[Post], scan: Scan) -> Evidence:
    """Weigh what stands in and around posts that are in page order."""
    first = scan.orders[posts[0].part.element]
    before = [piece for piece in scan.pieces if piece.order < first][-_WINDOW:]
    lines = [piece.text for piece in before if len(piece.text) <= _LONGEST_HEADING]
    above = [h for h in scan.headings if scan.orders[h] < first]
    if above:
        lines.append(" ".join("".join(above[-1].itertext()).split())[:_LONGEST_HEADING])
    counts = [count for line in lines if (count := read_count(line)) is not None]
    links = [_author_rel(post) for post in posts]
    return Evidence(
        is_named=_is_named(posts[0].part.element),
        has_heading=bool(counts) or any(map(is_comment_heading, lines)),
        has_replies=_most(_has_reply(post) for post in posts),
        has_phrases=_most(post.has_phrase for post in posts),
        has_visitors=any("nofollow" in rel or "ugc" in rel for rel in links),
        has_avatars=_most(_has_avatar(post) for post in posts),
        has_form=any(scan.orders[element] > first for element in scan.fields),
        declared=counts[-1] if counts else None,
    )


def are_comments(posts: list[Post], url: str) -> bool:
    """Whether most posts of a group have a text, and are no teasers."""
    whole = [post for post in posts if post.author and (post.body or post.is_pingback)]
    cards = sum(is_card(post, url) for post in whole)
    return len(whole) * 5 >= len(posts) * 3 and cards * 2 < max(len(whole), 1)


def _most(signs: Iterable[bool]) -> bool:
    found = list(signs)
    return sum(found) * 2 >= len(found)


def _is_named(element: HtmlElement) -> bool:
    around = [element, *element.iterancestors()][:4]
    names = (e.get(name) or "" for e in around for name in ("class", "id", "itemtype", "itemprop"))
    return any(_NAMES.search(name) for name in names)


def _has_reply(post: Post) -> bool:
    if any(is_reply_button(piece.text) for piece in post.removed):
        return True
    return any(_REPLY_LINK.search(e.get("href") or "") for e in post.elements if e.tag == "a")


def _has_avatar(post: Post) -> bool:
    images = (element for element in post.elements if element.tag == "img")
    return any(
        _AVATAR.search(f"{i.get('src')} {i.get('class')} {i.get('data-src')}") for i in images
    )


def _author_rel(post: Post) -> str:
    return "" if post.author_link is None else (post.author_link.get("rel") or "").lower()
