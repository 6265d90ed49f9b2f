"""What the reader of threads hands on: posts as ranges of blocks."""

from dataclasses import dataclass

COMMENTS, DISCUSSION = "comments", "discussion"


@dataclass(frozen=True, slots=True)
class Post:
    """What one person wrote at one time: a comment, a post of a forum, an answer.

    `element` is its box, or the first of the elements that make it up; -1 where only data of the
    page tell of it. `blocks` are all blocks that are its own, in order, those of nested posts left
    out; `body` those of its text; `without` elements that stand in blocks of the text and are none
    (a name, a time, a button); `out` says the same exactly, as (block, place in `Block.pieces`) of
    each piece that is no text. `said` is its text where no block of the page holds it.

    `published` is the most machine-readable form of its time: ISO 8601, else milliseconds since
    1970, else the text as shown. `parent` is the place in `Thread.posts` of what it answers.
    """

    element: int
    blocks: tuple[int, ...]
    body: tuple[int, ...]
    without: frozenset[int] = frozenset()
    out: frozenset[tuple[int, int]] = frozenset()
    author: str | None = None
    author_url: str | None = None
    published: str | None = None
    native_id: str | None = None
    parent: int | None = None
    is_by_author: bool = False
    is_deleted: bool = False
    is_pingback: bool = False
    said: str | None = None


@dataclass(frozen=True, slots=True)
class Thread:
    """Posts in the order of the page.

    `kind` is "comments" (below a text of its own) or "discussion" (the posts are the text).
    `declared` is the number of posts that the page states. `strength` between 0 and 1 says how sure
    it is that this is a thread. `furniture` are blocks that belong to the thread and to no post:
    headings that count, forms, "cancel reply".
    """

    posts: tuple[Post, ...]
    kind: str
    declared: int | None = None
    strength: float = 0.0
    furniture: tuple[int, ...] = ()
