"""Turn the bytes of a PDF into text, Markdown, links, title, authors and dates."""

from __future__ import annotations

from cleaning.bylines import read_byline
from cleaning.pdf import PdfProblem, read_pdf, telling_link_text
from crawlers.items import AuthorName, DateSeen, Document, Item, LinkSeen, Unreadable

METHOD = "pdf"
ORIGIN = "pdf"
"""Where the dates come from: they say when the file was made, and of nothing else."""


class ReadPdf:
    """Item pipeline: a PDF that cannot be read becomes an `Unreadable`, with its reason."""

    def process_item(self, item: Item) -> Item:
        if isinstance(item, Document) and item.pdf is not None:
            return read_document(item, item.pdf)
        return item


def read_document(document: Document, data: bytes) -> Document | Unreadable:
    """Fill the document from its bytes, and let go of these; or say why it cannot be read."""
    try:
        content = read_pdf(data, document.url)
    except PdfProblem as problem:
        return Unreadable(
            url=document.url,
            reason=problem.reason,
            details=problem.details,
            platform=document.platform,
            site=document.site,
            native_id=document.native_id,
        )
    document.pdf = None
    document.method = METHOD
    document.text, document.markdown = content.text, content.markdown
    document.links = [LinkSeen(link.url, link.text, link.rel) for link in content.links]
    # The words of a link were written for the page it stands in: the file's own title is better.
    document.title = content.title or telling_link_text(document.title)
    if content.author:
        document.authors = [AuthorName(a.name, a.kind) for a in read_byline(content.author)]
    document.published_seen += [DateSeen(ORIGIN, date) for date in [content.created] if date]
    document.modified_seen += [DateSeen(ORIGIN, date) for date in [content.modified] if date]
    return document
