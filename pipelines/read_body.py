"""Turn a document's body into text, Markdown and links."""

from __future__ import annotations

from cleaning.boilerplate import extract_body
from cleaning.markup import read_fragment
from crawlers.items import Document, Item, LinkSeen

NAMED = "named"
"""The method of a body that the platform itself names as the content."""


class ReadBody:
    """Item pipeline: the named body whole, else what `cleaning.boilerplate` finds in the page."""

    def process_item(self, item: Item) -> Item:
        if isinstance(item, Document):
            read_body(item)
        return item


def read_body(document: Document) -> None:
    """Fill text, markdown, links and method; text and markdown are None where there is none."""
    if document.body_html is not None:
        named = read_fragment(document.body_html, document.url)
        document.method = NAMED
        text, markdown, links = named.text, named.markdown, named.links
    elif document.page is not None:
        found = extract_body(document.page, document.url)
        document.method = found.quality
        text, markdown, links = found.text, found.markdown, found.links
    else:
        return
    document.text, document.markdown = text or None, markdown or None
    document.links = [LinkSeen(link.url, link.text, link.rel) for link in links]
