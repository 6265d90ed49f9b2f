"""What a site says of its own pages: sitemaps with their times, and feeds."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import feedparser
from lxml import etree
from scrapy.http import Response

from cleaning.safe import sound_xml
from cleaning.urls import urljoin
from crawlers import reasons
from crawlers.platforms.page import Problem, body_problem

SITEMAPS = ("sitemap.xml", "sitemap_index.xml", "sitemap-index.xml")
"""Usual names, where neither robots.txt nor the start page gives one."""
FEEDS = {"rss", "feed", "rdf"}
"""Root elements: RSS 0.9 and 2.0, Atom, RSS 1.0."""
SAID = {
    "link": "url",
    "creator": "author",
    "author": "author",
    "pubDate": "published",
    "published": "published",
    "issued": "published",
    "date": "modified",
    "updated": "modified",
    "modified": "modified",
}
"""What an entry's elements say, in any namespace: RSS, Atom 0.3 and 1.0, Dublin Core."""


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


def named_in_sitemap(entries: list[dict[str, str]], base: str) -> list[Named]:
    """The pages of a sitemap's entries, those that changed last first.

    A time counts only where not all are the same: many systems write the time of the sitemap.
    """
    days = {entry["lastmod"][:10] for entry in entries if entry.get("lastmod")}
    named = [
        Named(_joined(base, entry["loc"]), modified=entry.get("lastmod") if len(days) > 1 else None)
        for entry in entries
    ]
    return sorted((n for n in named if n.url), key=lambda n: n.modified or "", reverse=True)


def _joined(base: str, url: str) -> str:
    return url if url.startswith(("https://", "http://")) else urljoin(base, url)


def read_feed(response: Response) -> tuple[list[Named], Problem | None]:
    """The entries of an RSS or Atom feed, in its order, or why there are none."""
    problem = body_problem(response)
    if problem and problem[0] != reasons.NOT_HTML:
        return [], problem
    # As a stream, for feedparser takes a short text as the address or the name of a file to open.
    found = feedparser.parse(
        io.BytesIO(sound_xml(response.body)),
        response_headers={"content-location": response.url},
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    if not found.version:
        return [], (reasons.NOT_A_FEED, None)
    return list(_entries(found, response.url)), None


def outline_feed(response: Response) -> tuple[list[Named], Problem | None]:
    """The addresses that an RSS or Atom feed names, with authors and times, or why there are none.

    What a crawl needs, by lxml: feedparser takes a second for a megabyte, and is for the build.
    """
    problem = body_problem(response)
    if problem and problem[0] != reasons.NOT_HTML:
        return [], problem
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    root = etree.fromstring(sound_xml(response.body).lstrip(), parser)
    if root is None or etree.QName(root).localname.lower() not in FEEDS:
        return [], (reasons.NOT_A_FEED, None)
    return list(_outlined(root, response.url)), None


def _outlined(root: Any, base: str) -> Iterator[Named]:
    for entry in root.iter("{*}item", "{*}entry"):
        said: dict[str, str] = {}
        for child in entry.iterchildren(etree.Element):
            name = etree.QName(child).localname
            value = _link_of(child) if name == "link" else " ".join(child.itertext()).strip()
            if name in SAID and value:
                said.setdefault(SAID[name], value)
        url = urljoin(base, said.get("url", "")) if said.get("url") else ""
        if not url:
            continue
        published, modified = said.get("published"), said.get("modified")
        yield Named(
            url,
            author=said.get("author"),
            published=published,
            modified=modified if modified != published else None,
        )


def _link_of(link: Any) -> str | None:
    """The address of a `link` of Atom or RSS, if it leads to the page itself."""
    if link.get("href") is None:
        return str(link.text or "").strip()
    return str(link.get("href")).strip() if link.get("rel", "alternate") == "alternate" else None


def _entries(feed: Any, base: str) -> Iterator[Named]:
    for entry in feed.entries:
        url = urljoin(base, entry.get("link") or "") if entry.get("link") else ""
        if not url:
            continue
        published, changed = entry.get("published"), entry.get("updated")
        yield Named(
            url,
            title=entry.get("title") or None,
            excerpt=entry.get("summary") or None,
            author=entry.get("author") or None,
            published=published,
            # feedparser gives the time of publication for a time of change that is not there.
            modified=changed if changed != published else None,
        )
