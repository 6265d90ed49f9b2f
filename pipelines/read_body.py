"""Turn the body that a platform names into text, Markdown and links."""

from __future__ import annotations

from cleaning.writing import read_fragment
from crawlers.items import Document, Item, LinkSeen

NAMED = "named"
"""The method of a body that the platform itself names as the content."""


class ReadBody:
    """Item pipeline: the named body whole; what a page holds, its spider has read."""

    def process_item(self, item: Item) -> Item:
        if isinstance(item, Document) and item.body_html is not None:
            read_body(item)
        return item


def read_body(document: Document) -> None:
    """Fill text, markdown, blocks, links and method; the former two are None if there is none."""
    named = read_fragment(document.body_html or "", document.url)
    document.method = NAMED
    document.text, document.markdown = named.text or None, named.markdown or None
    document.blocks = list(named.blocks)
    document.links = [LinkSeen(link.url, link.text, link.rel) for link in named.links]
