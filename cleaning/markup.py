"""Turn the HTML that a platform names as the content into plain text and Markdown.

Both come from one cut tree and have the same blocks, one after the other with an empty line
between them. In text, list items stand on lines of their own without bullet or number, the cells
of a table row are separated by " | ", and nothing else is added. Markdown is CommonMark with the
tables of GFM: the first row of a table is its head, a line break in a cell becomes a blank.
"""

import copy
from dataclasses import dataclass
from html import escape
from typing import Any

import lxml.html
from bs4 import BeautifulSoup, Tag
from lxml import etree
from lxml.html import HtmlElement

from cleaning.blocks import ADDRESS_LINE, PARAGRAPH_BREAK, shape_blocks
from cleaning.pruning import cut_unseen, strip_unseen
from cleaning.text import BLOCK_TAGS, normalise_text, strip_tags
from cleaning.writers import write_markdown, write_text

# The converter recurses three frames a level, and Python stops at 1,000.
_MAX_DEPTH = 100
_BORDER = f"<{PARAGRAPH_BREAK}></{PARAGRAPH_BREAK}>"
_BORDER_TAGS = BLOCK_TAGS | {"br", PARAGRAPH_BREAK, ADDRESS_LINE}
_VOID_TAGS = frozenset({"br", "hr", "img", "wbr"})
_ATTRIBUTES = {
    "a": ("href",),
    "img": ("alt", "src"),
    "li": ("value",),
    "pre": ("class",),
    "code": ("class",),
}


@dataclass(frozen=True, slots=True)
class Link:
    """A link in the content: its absolute http(s) or mailto address, its words and its `rel`."""

    url: str
    text: str
    rel: str | None


@dataclass(frozen=True, slots=True)
class Body:
    """A content as plain text, as Markdown, and its links in reading order."""

    text: str
    markdown: str
    links: tuple[Link, ...]


class _Element(Tag):
    """An element that finds its parents in a plain loop: markdownify asks for those of each one."""

    def find_parent(self, name: Any = None, *args: Any, **kwargs: Any) -> Tag | None:
        if not isinstance(name, str) or args or kwargs:
            return super().find_parent(name, *args, **kwargs)
        parent = self.parent
        while parent is not None and parent.name != name:
            parent = parent.parent
        return parent


def read_fragment(html: str | HtmlElement, base_url: str) -> Body:
    """Convert all of a content; what is content was decided by whoever named it.

    `html` is a fragment (or a whole document) as text, or an element, which is not changed.
    Relative addresses are resolved against `base_url`. Only what no reader sees and the boxes of
    share, like and related-posts plugins are cut (`cleaning.pruning`). Never raises for broken
    HTML. Elements nested deeper than 100 levels are flattened to blocks; beyond 2,048 levels,
    where the parser gives up, only the text and its paragraphs remain.
    """
    tree = _parse(html) if isinstance(html, str) else _wrap(copy.deepcopy(html))
    cut_unseen(tree)
    return _convert(tree, base_url)


def read_cut_tree(root: HtmlElement, base_url: str) -> Body:
    """Convert, in place, a tree without forms, hidden parts and boxes of plugins.

    Otherwise as `read_fragment`, which looks for those and works on a copy.
    """
    tree = _wrap(root)
    strip_unseen(tree)
    return _convert(tree, base_url)


def _convert(tree: HtmlElement, base_url: str) -> Body:
    shape_blocks(tree, base_url)
    soup = BeautifulSoup(_serialise(tree), "lxml", element_classes={Tag: _Element})
    return Body(
        text=normalise_text(write_text(soup)),
        markdown=write_markdown(soup),
        links=_read_links(tree),
    )


def _parse(html: str) -> HtmlElement:
    tree, is_whole = _parse_once(html)
    return tree if is_whole else _parse_once(strip_tags(html, gap="<p>"))[0]


def _parse_once(html: str) -> tuple[HtmlElement, bool]:
    parser = lxml.html.HTMLParser(encoding="utf-8", huge_tree=True)
    # NUL ends a text for C libraries, half a surrogate pair cannot be encoded.
    source = html.replace("\0", "").encode("utf-8", "ignore")
    tree = lxml.html.document_fromstring(b"<html><body><div>" + source, parser=parser)
    return tree, not any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log)


def _wrap(tree: HtmlElement) -> HtmlElement:
    tree.tail = None
    root = lxml.html.Element("div")
    root.append(tree)
    return root


def _read_links(tree: HtmlElement) -> tuple[Link, ...]:
    return tuple(
        Link(url=link.get("href"), text=_link_text(link), rel=link.get("rel"))
        for link in tree.iter("a")
        if link.get("href")
    )


def _link_text(link: HtmlElement) -> str:
    has_blocks = any(inner.tag in _BORDER_TAGS for inner in link.iterdescendants())
    return " ".join((" " if has_blocks else "").join(link.itertext()).split())


def _serialise(tree: HtmlElement) -> str:
    """Write `tree` as HTML; below the greatest depth blocks are borders and nothing else."""
    parts: list[str] = []
    depth = 0
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        if event == "start":
            depth += 1
            parts += _opening(element, depth), escape(element.text or "", quote=False)
        else:
            parts += _closing(element, depth), escape(element.tail or "", quote=False)
            depth -= 1
    return "".join(parts)


def _opening(element: HtmlElement, depth: int) -> str:
    if depth > _MAX_DEPTH:
        return _BORDER if element.tag in _BORDER_TAGS else ""
    return "" if element.tag == "wbr" else f"<{element.tag}{_attributes(element)}>"


def _closing(element: HtmlElement, depth: int) -> str:
    if depth > _MAX_DEPTH:
        return _BORDER if element.tag in _BORDER_TAGS else ""
    return "" if element.tag in _VOID_TAGS else f"</{element.tag}>"


def _attributes(element: HtmlElement) -> str:
    names = _ATTRIBUTES.get(element.tag, ())
    values = ((name, element.get(name)) for name in names)
    return "".join(f' {name}="{escape(value)}"' for name, value in values if value)
