"""Who wrote it: the byline in the body before the account that posted it."""

from __future__ import annotations

from cleaning.bylines import find_byline, read_byline
from crawlers.items import AuthorName, Document, Item


class ReadByline:
    """Item pipeline: a byline that opens the body names the authors; the account posted it only."""

    def process_item(self, item: Item) -> Item:
        if isinstance(item, Document):
            name_authors(item)
        return item


def name_authors(document: Document) -> None:
    byline = document.byline or find_byline(document.text or "")
    if byline:
        document.authors = [AuthorName(a.name, a.kind) for a in read_byline(byline)]
        # The account's native id is not that of an author.
        document.author_refs = []
        return
    document.authors = [
        AuthorName(a.name, a.kind if a.kind != "unknown" else kind_of(a.name))
        for a in document.authors
    ]


def kind_of(name: str) -> str:
    """Whether an account's name is that of a person or an organisation, or "unknown"."""
    read = read_byline(name)
    return read[0].kind if len(read) == 1 else "unknown"
