"""What a site says of its own pages: sitemaps with their times, and feeds."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

import feedparser
from scrapy.http import Response
from scrapy.utils.gz import gunzip
from scrapy.utils.sitemap import Sitemap

from crawlers import reasons
from crawlers.platforms.page import Problem, body_problem
from crawlers.platforms.sitemap import GZIP, MAX_SIZE, sitemap_addresses

SITEMAPS = ("sitemap.xml", "sitemap_index.xml", "sitemap-index.xml")
"""Usual names, where neither robots.txt nor the start page gives one."""


@dataclass(frozen=True, slots=True)
class Named:
    """A page that a sitemap or feed names, with what it says of it."""

    url: str
    title: str | None = None
    excerpt: str | None = None
    author: str | None = None
    published: str | None = None
    modified: str | None = None

    def hints(self) -> dict[str, str]:
        """What the page itself may leave out, for its callback."""
        said = {"author": self.author, "published": self.published, "modified": self.modified}
        return {name: value for name, value in said.items() if value}


def read_sitemap(response: Response) -> tuple[str, list[Named]]:
    """("index", "urlset" or ""; its addresses, those that changed last first).

    A time counts only where not all are the same: many systems write the time of the sitemap.
    """
    kind, urls = sitemap_addresses(response)
    if not urls:
        return kind, []
    body = response.body
    plain = gunzip(body, max_size=MAX_SIZE) if body.startswith(GZIP) else body
    times = {e["loc"]: e["lastmod"] for e in Sitemap(plain) if e.get("loc") and e.get("lastmod")}
    if len({time[:10] for time in times.values()}) < 2:
        times = {}
    named = [Named(urljoin(response.url, url), modified=times.get(url)) for url in urls]
    return kind, sorted(named, key=lambda n: n.modified or "", reverse=True)


def read_feed(response: Response) -> tuple[list[Named], Problem | None]:
    """The entries of an RSS or Atom feed, in its order, or why there are none."""
    problem = body_problem(response)
    if problem and problem[0] != reasons.NOT_HTML:
        return [], problem
    # As a stream, for feedparser takes a short text as the address or the name of a file to open.
    found = feedparser.parse(
        io.BytesIO(response.body),
        response_headers={"content-location": response.url},
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    if not found.version:
        return [], (reasons.NOT_A_FEED, None)
    return list(_entries(found, response.url)), None


def _entries(feed: Any, base: str) -> Iterator[Named]:
    for entry in feed.entries:
        if not entry.get("link"):
            continue
        published, changed = entry.get("published"), entry.get("updated")
        yield Named(
            urljoin(base, entry["link"]),
            title=entry.get("title") or None,
            excerpt=entry.get("summary") or None,
            author=entry.get("author") or None,
            published=published,
            # feedparser gives the time of publication for a time of change that is not there.
            modified=changed if changed != published else None,
        )
