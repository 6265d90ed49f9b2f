"""Read sitemaps (sitemaps.org protocol), plain or gzipped, and follow them through their parts."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator
from itertools import islice

from scrapy.http import Response
from scrapy.utils.gz import gunzip
from scrapy.utils.sitemap import Sitemap

from cleaning.urls import urljoin
from crawlers.archive.records import is_success
from crawlers.platforms.base import PlatformSpider, Result
from crawlers.wholeness import GZIP

STRETCH = 500
"""Addresses that are looked at before other crawls have their turn."""
MAX_SIZE = 64 * 1024 * 1024
"""Bytes of an unpacked sitemap; the protocol allows 50 MB."""
MOST_ENTRIES = 50_000
"""The protocol allows no more in one file; the rest of a longer one is left unread."""
KINDS = {"sitemapindex": "index", "urlset": "urlset"}
Entry = dict[str, str]


def read_sitemap(response: Response) -> tuple[str, Iterator[Entry]]:
    """("index", "urlset" or "" for anything else; its entries, each with `loc` at least).

    The entries are read when they are taken, for 50,000 at once hold up other crawls. Entities are
    not resolved, so a bomb of them stays small.
    """
    body = response.body
    if body.startswith(GZIP):
        try:
            body = gunzip(body, max_size=MAX_SIZE)
        except (OSError, EOFError, ValueError):  # no gzip, cut, or more than MAX_SIZE
            return "", iter(())
    # Scrapy's reader raises an error on a body that is no XML at all.
    if not re.search(rb"<(?:\w+:)?(?:urlset|sitemapindex)\b", body[:5000]):
        return "", iter(())
    sitemap = Sitemap(body)
    entries = islice(sitemap, MOST_ENTRIES)
    return KINDS.get(sitemap.type, ""), (entry for entry in entries if entry.get("loc"))


def gathered(entries: Iterator[Entry]) -> Generator[None, None, list[Entry]]:
    """Return all entries, and pause after each STRETCH of them for other crawls."""
    found: list[Entry] = []
    while stretch := list(islice(entries, STRETCH)):
        found += stretch
        yield None
    return found


def sitemap_addresses(response: Response) -> Generator[None, None, tuple[str, list[str]]]:
    """Return ("index", "urlset" or "" for anything else; the addresses in it), with pauses."""
    kind, entries = read_sitemap(response)
    return kind, [entry["loc"] for entry in (yield from gathered(entries))]


class FollowsSitemaps(PlatformSpider):
    """The base of spiders for which a sitemap's addresses are all that it says."""

    def parse_sitemap(self, response: Response) -> Result:
        """A sitemap index, or a part of it."""
        yield from self.both(response, self.follow_sitemap, None)

    def follow_sitemap(self, response: Response) -> Result:
        if not is_success(response.status):
            return
        kind, found = yield from sitemap_addresses(response)
        if kind == "index":
            # The parts can be told apart by their query alone (`sitemap.xml?page=2`): keep it.
            for url in filter(None, (urljoin(response.url, url) for url in found)):
                yield self.ask(url, self.parse_sitemap)
        for start in range(0, len(found), STRETCH) if kind == "urlset" else ():
            self.named_in_sitemap(found[start : start + STRETCH])
            yield None

    def named_in_sitemap(self, urls: list[str]) -> None:
        """Remember some of the pages that a sitemap names."""
        raise NotImplementedError
