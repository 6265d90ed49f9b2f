"""What the reader makes of a page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from cleaning.reader.entries import Entry
from cleaning.reader.heading import Heading
from cleaning.writing import Body, Link, WrittenBlock

ARTICLE, PAGE, DISCUSSION, LISTING, NOTHING = "article", "page", "discussion", "listing", "nothing"
"""What a page is: a text that was published, another text, a discussion, a list of other pages, or
nothing that a reader would look for."""


@dataclass(frozen=True, slots=True)
class PostReading:
    """A post of a discussion, or a comment below a text.

    `parent` is the post that it answers. `published` is the
    most machine-readable form that the page has: ISO 8601, else epoch milliseconds, else its words.
    """

    body: Body
    author: str | None
    author_url: str | None
    published: str | None
    native_id: str | None
    parent: PostReading | None
    is_by_author: bool = False
    is_deleted: bool = False
    is_pingback: bool = False


def _empty() -> Body:
    return Body("", "", ())


@dataclass(frozen=True)
class PageReading:
    """A page as read: its text with blocks and links, what it is, and all that it says besides.

    `text`, `markdown`, `links` and `blocks` hold what a reader came for: the text, and the posts
    and entries where the page is made of these; `own` holds the text alone, without posts. `kinds`
    are the probabilities of `cleaning.reader.kinds.KINDS`, `kind` is one of the constants above.
    `method` is how the text was found: "reader", "trafilatura" or "empty". `roles`
    has the role of each block with text (number, role), `words` how many words have which role.
    """

    url: str
    kind: str
    kinds: Mapping[str, float]
    own: Body
    method: str
    heading: Heading
    comments: tuple[PostReading, ...] = ()
    posts: tuple[PostReading, ...] = ()
    comments_declared: int | None = None
    entries: tuple[Entry, ...] = ()
    cards: tuple[Entry, ...] = ()
    """The entries that stand beside a text and say something of other pages."""
    notice: str | None = None
    """The title of what stands in the place of a page ("Page not found"), None for a page."""
    roles: tuple[tuple[int, str], ...] = ()
    words: Mapping[str, int] = field(default_factory=dict)
    write: Callable[[], Body] = field(default=_empty, compare=False, repr=False)
    """Writes all that a reader came for; most callers want `own` alone."""

    @property
    def text(self) -> str:
        return self.whole.text

    @property
    def markdown(self) -> str:
        return self.whole.markdown

    @property
    def links(self) -> tuple[Link, ...]:
        return self.whole.links

    @property
    def blocks(self) -> tuple[WrittenBlock, ...]:
        return self.whole.blocks

    @cached_property
    def whole(self) -> Body:
        return self.write()
