"""When it was published: one UTC time with its precision and its origin."""

from __future__ import annotations

from cleaning.dates import PartialDate, find_date, read_date
from crawlers.items import DateSeen, Discussion, Document, Item


class ReadDates:
    """Item pipeline: the first date that can be read, in the order in which the spider trusts them.

    A date that the text mentions is kept as `body_date_raw` and never taken for the publication.
    """

    def process_item(self, item: Item) -> Item:
        if isinstance(item, Document):
            date_document(item)
        elif isinstance(item, Discussion):
            for comment in item.comments:
                found = first_date(comment.published_seen, item.timezone, item.expected_languages)
                if found:
                    comment.published = found[0].value
                    comment.published_precision = found[0].precision
        return item


def date_document(document: Document) -> None:
    zone, languages = document.timezone, document.expected_languages
    found = first_date(document.published_seen, zone, languages)
    if found:
        document.published = found[0].value
        document.published_precision = found[0].precision
        document.published_from = found[1]
    modified = first_date(document.modified_seen, zone, languages)
    document.modified = modified[0].value if modified else None
    document.body_date_raw = find_date(document.text or "")


def first_date(
    seen: list[DateSeen], timezone: str | None, languages: tuple[str, ...]
) -> tuple[PartialDate, str] | None:
    for date in seen:
        found = read_date(date.raw, timezone=timezone, languages=languages)
        if found:
            return found, date.origin
    return None
