"""Read the comments under a post: by the platform's own markup, else by structure alone.

``read_comments`` finds each comment of a page once, in page order, with its place in the thread;
``declared_comments`` reads how many the page itself says there are. Both only read: the tree that
is passed in stays as it is.
"""

from collections.abc import Callable, Mapping

from lxml.html import HtmlElement

from .blogger import read_blogger
from .declared import read_declared
from .found import FoundComment, apart, invent_id
from .general import read_general
from .tree import parse_page
from .wordpress import read_wordpress
from .words import is_relative_date

__all__ = [
    "FoundComment",
    "apart",
    "declared_comments",
    "invent_id",
    "is_relative_date",
    "page_language",
    "read_comments",
]

_READERS: Mapping[str, Callable[[HtmlElement, str], tuple[FoundComment, ...]]] = {
    "wordpress": read_wordpress,
    "blogger": read_blogger,
}


def read_comments(page: str | HtmlElement, platform: str, url: str) -> tuple[FoundComment, ...]:
    """Read the comments that a page shows, in page order.

    ``platform`` names the markup that is looked for first ("wordpress", "blogger"); where that
    finds nothing, and for any other platform, the structure of the page decides. ``url`` is the
    page's address, against which authors' links are made absolute. Comments on further comment
    pages are not on this page, nor are those that a script fetches (Disqus). Pass a tree parsed
    with ``huge_tree``: without it libxml2 loses elements that are nested more than 256 deep.
    """
    tree = parse_page(page)
    if tree is None:
        return ()
    read = _READERS.get(platform)
    return (read(tree, url) if read else ()) or read_general(tree, url)


def declared_comments(page: str | HtmlElement, platform: str) -> int | None:
    """Read how many comments the page says it has ("3 comments:"), None where it says nothing.

    The number counts what the platform counts: with WordPress usually pingbacks too, and comments
    on further comment pages.
    """
    tree = parse_page(page)
    return None if tree is None else read_declared(tree, platform)


def page_language(page: str | HtmlElement) -> str | None:
    """The language that a page says it is in, as a code without region ("de"), else None.

    The region is left out on purpose: "en-US" is what WordPress writes by default, also on sites
    that put the day before the month.
    """
    tree = parse_page(page)
    if tree is None:
        return None
    root = tree if tree.tag == "html" else next(tree.iterancestors("html"), tree)
    code = (root.get("lang") or root.get("xml:lang") or "").replace("_", "-").split("-")[0].strip()
    return code.lower() if code.isalpha() and len(code) in {2, 3} else None
