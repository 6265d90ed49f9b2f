"""Read what a feed says of each page that it names."""

from __future__ import annotations

from collections.abc import Iterator

from cleaning.text import ends_cut
from cleaning.writing import read_fragment
from crawlers.items import ListEntry
from crawlers.platforms.base import PlatformSpider
from crawlers.platforms.website import links
from crawlers.platforms.website.discovery import Named


def feed_entries(spider: PlatformSpider, url: str, entries: list[Named]) -> Iterator[ListEntry]:
    """What a feed says of each page that it names."""
    root = links.root_of(url, spider.root)
    for position, entry in enumerate(entries):
        excerpt = _plain(entry.excerpt)
        yield _entry(spider, root, url, position, entry.url, entry.title, excerpt)


def _entry(
    spider: PlatformSpider,
    root: str,
    list_url: str,
    position: int,
    url: str,
    title: str | None,
    excerpt: str,
) -> ListEntry:
    own = links.own_address(url, root)
    return ListEntry(
        platform=spider.platform,
        site=spider.site,
        list_url=list_url,
        position=position,
        url=own or url,
        title=title or None,
        excerpt=excerpt or None,
        is_truncated=ends_cut(excerpt),
        outbound_url=None if own else url,
    )


def _plain(html: str | None) -> str:
    return " ".join(read_fragment(html, "").text.split()) if html else ""
