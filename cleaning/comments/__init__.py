"""Read the comments under a post as the platform's own markup names them.

``read_comments`` finds each comment of a page once, in page order, with its place in the thread;
``declared_comments`` reads how many the page itself says there are. Both only read: the tree that
is passed in stays as it is.
"""

from collections.abc import Callable, Mapping

from lxml.html import HtmlElement

from .blogger import read_blogger
from .declared import read_declared
from .found import FoundComment
from .tree import parse_page
from .wordpress import read_wordpress

__all__ = ["FoundComment", "declared_comments", "read_comments"]

_READERS: Mapping[str, Callable[[HtmlElement, str], tuple[FoundComment, ...]]] = {
    "wordpress": read_wordpress,
    "blogger": read_blogger,
}


def read_comments(page: str | HtmlElement, platform: str, url: str) -> tuple[FoundComment, ...]:
    """Read the comments that a page shows, in page order.

    ``platform`` is "wordpress" or "blogger" (any other raises ValueError); ``url`` is the page's
    address, against which authors' links are made absolute. Comments on further comment pages are
    not on this page. Pass a tree parsed with ``huge_tree``: without it libxml2 loses elements that
    are nested more than 256 deep.
    """
    if platform not in _READERS:
        raise ValueError(f"no reader of comments for platform {platform!r}")
    tree = parse_page(page)
    return () if tree is None else _READERS[platform](tree, url)


def declared_comments(page: str | HtmlElement, platform: str) -> int | None:
    """Read how many comments the page says it has ("3 comments:"), None where it says nothing.

    The number counts what the platform counts: with WordPress usually pingbacks too, and comments
    on further comment pages. Raises ValueError for an unknown platform.
    """
    if platform not in _READERS:
        raise ValueError(f"no reader of comments for platform {platform!r}")
    tree = parse_page(page)
    return None if tree is None else read_declared(tree, platform)
