"""A source that yields the items that a page describes in JSON: any field may be anything."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from scrapy.http import Response

from crawlers.items import (
    AuthorName,
    Comment,
    DateSeen,
    Discussion,
    Document,
    Item,
    LinkSeen,
    ListEntry,
    Sighting,
    Term,
    Unreadable,
)
from crawlers.platforms.base import PlatformSpider

KINDS: dict[str, Any] = {
    cls.__name__: cls
    for cls in (
        *(AuthorName, Comment, DateSeen, Discussion, Document, LinkSeen, ListEntry, Sighting),
        *(Term, Unreadable),
    )
}


class AnythingSpider(PlatformSpider):
    platform = "anything"
    name = "anything"
    title = "Anything"
    start_urls = ["https://anything.example/"]
    expected_documents = (0, 5000)

    def parse_page(self, response: Response) -> Iterator[Item]:
        for told in json.loads(response.body):
            yield made(told)


def made(told: Any) -> Any:
    """A list or an object as the items that it stands for; all else is itself."""
    if isinstance(told, list):
        return [made(one) for one in told]
    if isinstance(told, dict) and told.get("is") in KINDS:
        fields = {name: made(value) for name, value in told.items() if name != "is"}
        return KINDS[str(told["is"])](**fields)
    return told
