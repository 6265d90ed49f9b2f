"""Bring titles, names and excerpts to one line of plain text."""

from __future__ import annotations

from cleaning.text import read_line
from crawlers.items import AuthorName, Discussion, Document, Item, ListEntry, Term


class TidyFields:
    """Item pipeline: tags removed, entities decoded, blanks normalised; nothing left is None."""

    def process_item(self, item: Item) -> Item:
        if isinstance(item, Document):
            tidy_document(item)
        elif isinstance(item, ListEntry):
            item.title, item.excerpt = read_line(item.title), read_line(item.excerpt)
        elif isinstance(item, Term):
            item.name = read_line(item.name) or item.name
        elif isinstance(item, Discussion):
            for comment in item.comments:
                comment.author = read_line(comment.author)
        return item


def tidy_document(document: Document) -> None:
    document.title = read_line(document.title)
    document.excerpt = read_line(document.excerpt)
    document.byline = read_line(document.byline)
    document.categories = _lines(document.categories)
    document.tags = _lines(document.tags)
    names = [(read_line(author.name), author.kind) for author in document.authors]
    document.authors = [AuthorName(name, kind) for name, kind in names if name]


def _lines(values: list[str] | None) -> list[str] | None:
    if values is None:
        return None
    return [line for value in values if (line := read_line(value))]
