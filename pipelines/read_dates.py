"""When it was published: one UTC time with its precision and its origin."""

from __future__ import annotations

from datetime import timedelta

from cleaning.dates import PartialDate, find_date, read_date, read_relative
from crawlers.items import DateSeen, Discussion, Document, Item

RELATIVE = "relative"
"""The origin of a date that the page tells from where its visitor stands."""
SHOWN = ("text", "time", "html")
"""Origins of what is written for people: interfaces for machines tell no such dates."""


class ReadDates:
    """Item pipeline: the first date that can be read, in the order in which the spider trusts them.

    A date that is stated goes before one that only the moment of the capture makes one ("2 hours
    ago", "23 April"). A date that the text mentions is kept as `body_date_raw` and never taken for
    the publication.
    """

    def process_item(self, item: Item) -> Item:
        if isinstance(item, Document):
            date_document(item)
        elif isinstance(item, Discussion):
            for comment in item.comments:
                found = find_published(comment.published_seen, item)
                if found:
                    comment.published = found[0].value
                    comment.published_precision = found[0].precision
                    comment.is_relative = found[1] == RELATIVE
        return item


def date_document(document: Document) -> None:
    found = find_published(document.published_seen, document)
    if found:
        document.published = found[0].value
        document.published_precision = found[0].precision
        document.published_from = found[1]
        document.is_relative = found[1] == RELATIVE
    zone, languages = document.timezone, document.expected_languages
    modified = first_date(document.modified_seen, zone, languages)
    document.modified = modified[0].value if modified else None
    document.body_date_raw = find_date(document.text or "")


def find_published(
    seen: list[DateSeen], item: Document | Discussion
) -> tuple[PartialDate, str] | None:
    stated = first_date(seen, item.timezone, item.expected_languages)
    if stated and not _may_be_clock(stated, item):
        return stated
    relative = first_relative(seen, item)
    return (relative, RELATIVE) if relative else stated


def first_date(
    seen: list[DateSeen], timezone: str | None, languages: tuple[str, ...]
) -> tuple[PartialDate, str] | None:
    for date in seen:
        found = read_date(date.raw, timezone=timezone, languages=languages)
        if found:
            return found, date.origin
    return None


def first_relative(seen: list[DateSeen], item: Document | Discussion) -> PartialDate | None:
    if item.seen_at is None:
        return None
    zone, languages = item.timezone, item.expected_languages
    for date in seen:
        if date.origin in SHOWN:
            found = read_relative(date.raw, item.seen_at, timezone=zone, languages=languages)
            if found:
                return found
    return None


def _may_be_clock(stated: tuple[PartialDate, str], item: Document | Discussion) -> bool:
    """Whether a date in words is the day of the visit, which some forums show on every page."""
    date, origin = stated
    if origin != "text" or item.seen_at is None or date.precision in ("month", "year"):
        return False
    return abs(date.value - item.seen_at) <= timedelta(days=1, hours=14)
