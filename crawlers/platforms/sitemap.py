"""Read sitemaps (sitemaps.org protocol), plain or gzipped."""

from __future__ import annotations

import re

from scrapy.http import Response
from scrapy.utils.gz import gunzip
from scrapy.utils.sitemap import Sitemap

GZIP = b"\x1f\x8b"
MAX_SIZE = 64 * 1024 * 1024
"""Bytes of an unpacked sitemap; the protocol allows 50 MB."""
KINDS = {"sitemapindex": "index", "urlset": "urlset"}


def sitemap_addresses(response: Response) -> tuple[str, list[str]]:
    """("index", "urlset" or "" for anything else; the addresses in it).

    Entities are not resolved, so a bomb of them stays small.
    """
    body = response.body
    if body.startswith(GZIP):
        try:
            body = gunzip(body, max_size=MAX_SIZE)
        except (OSError, EOFError):
            return "", []
    # Scrapy's reader raises an error on a body that is no XML at all.
    if not re.search(rb"<(?:\w+:)?(?:urlset|sitemapindex)\b", body[:5000]):
        return "", []
    sitemap = Sitemap(body)
    return KINDS.get(sitemap.type, ""), [entry["loc"] for entry in sitemap if entry.get("loc")]
