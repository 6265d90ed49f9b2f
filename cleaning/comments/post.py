"""A repeated part of a page, taken for what somebody wrote there."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from .groups import Part
from .scan import Mark, Piece

PARAGRAPHS = frozenset({"p", "blockquote", "pre"})
TEXT_PROPS = frozenset({"text", "commenttext", "description", "articlebody", "reviewbody"})
TEXT_NAMES = re.compile(
    r"(?:comment|reply|message|msg|post|answer)s?[-_]?(?:user[-_]?)?(?:content|text|body|message|main)"
    r"(?![-_]?(?:head|foot|meta|title|inner|wrap))|e-content|bbwrapper|messagetext",
    re.IGNORECASE,
)


@dataclass(slots=True, eq=False)
class Post:
    """A part with its own pieces of text, those of nested parts left out."""

    part: Part
    elements: list[HtmlElement]
    pieces: list[Piece]
    author: str | None = None
    author_piece: Piece | None = None
    author_link: HtmlElement | None = None
    has_phrase: bool = False
    is_pingback: bool = False
    has_badge: bool = False
    body: list[Piece] = field(default_factory=list)
    removed: list[Piece] = field(default_factory=list)

    @property
    def mark(self) -> Mark | None:
        return self.part.mark

    @property
    def text(self) -> str:
        return " ".join(piece.text for piece in self.body)


def up_to(element: HtmlElement, root: HtmlElement) -> Iterator[HtmlElement]:
    """An element and those around it below ``root``; ``root`` itself where text stands bare."""
    while element is not root:
        yield element
        above = element.getparent()
        if above is None:
            return
        element = above


def link_of(piece: Piece, root: HtmlElement) -> HtmlElement | None:
    """The link that a piece of text stands in, within a part."""
    around = up_to(piece.element, root)
    return next((element for element in around if element.tag == "a"), None)


def is_outside(href: str, url: str) -> bool:
    """Whether an address leads to another host than the page's."""
    try:
        host = urlsplit(urljoin(url, href)).hostname
    except ValueError:
        return False
    return host is not None and host != urlsplit(url).hostname


def plain(text: str) -> str:
    """A line for comparing it with others: numbers and capitals do not matter."""
    return re.sub(r"\d+", "0", text.casefold())
