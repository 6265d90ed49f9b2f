"""Read what a page declares about itself, where its platform names nothing in it."""

from __future__ import annotations

from cleaning.dates import read_date
from cleaning.metadata import PageMetadata, read_metadata
from cleaning.text import read_line
from crawlers.items import AuthorName, DateSeen, Document, Item, WholePage

DECLARED = {"json-ld", "meta"}
"""Where a page says for machines when it was published: trusted more than what a feed says."""
FORMS = {"year": "%Y", "month": "%Y-%m"}
"""How a date of less than a day is written."""


class ReadMetadata:
    """Item pipeline: fills title, authors, dates, publisher and licence from the whole page.

    What the spider has said of them stays, but for the licence: a page knows its own better than
    its source does.
    """

    def process_item(self, item: Item) -> Item:
        if isinstance(item, Document) and item.whole_page is not None:
            whole, item.whole_page = item.whole_page, None
            names = [whole.site_name] if whole.site_name else []
            fill(item, whole, read_metadata(whole.tree, item.url, names))
        return item


def fill(document: Document, whole: WholePage, found: PageMetadata) -> None:
    document.title = document.title or found.title
    if document.title and document.page is not None and document.page is not whole.tree:
        cut_title(document)
    if not document.authors and not document.byline:
        hinted = [AuthorName(whole.hinted_author)] if whole.hinted_author else []
        document.authors = [AuthorName(a.name, a.kind) for a in found.authors] or hinted
    languages = document.expected_languages
    if found.published:
        seen = DateSeen(found.published_from or "text", readable(found.published, languages))
        document.published_seen.insert(place_of(seen, document.published_seen), seen)
    if found.modified:
        document.modified_seen.insert(0, DateSeen("page", readable(found.modified, languages)))
    document.publisher = document.publisher or found.publisher
    document.licence = found.licence or document.licence


def readable(raw: str, languages: tuple[str, ...]) -> str:
    """A date as it stands there, or as ISO where it is written in none of these languages.

    A page in another language than its source declares still says when it was published.
    """
    found = None if read_date(raw, languages=languages) else read_date(raw)
    if found is None:
        return raw
    return found.value.strftime(FORMS.get(found.precision, "%Y-%m-%d"))


def place_of(date: DateSeen, seen: list[DateSeen]) -> int:
    """Where a page's own date stands among those that the spider has seen, the surest first.

    Before what is visible text, and where the page declares it for machines, before a feed's.
    """
    after = {"feed", "text"} if date.origin in DECLARED else {"text"}
    return next((n for n, other in enumerate(seen) if other.origin in after), len(seen))


def cut_title(document: Document) -> None:
    """Take the title out of the page in which the body is looked for: it has its own column."""
    for heading in list(document.page.iter("h1")):
        if read_line(heading.text_content()) == document.title:
            heading.drop_tree()
