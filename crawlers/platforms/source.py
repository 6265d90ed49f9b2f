"""What a source declares of itself, and what holds where it does not."""

from __future__ import annotations

from datetime import date, timedelta
from typing import ClassVar

from scrapy import Spider


class Source(Spider):
    """What a source declares.

    It sets `name` (its file's name), `title`, `start_urls`, `languages`, `every`,
    `expected_documents`, and where known `licence`, `terms`, `timezone` and `site`.
    """

    platform: ClassVar[str]
    title: str
    start_urls: list[str]
    languages: ClassVar[tuple[str, ...]] = ("en",)
    """ISO 639-1 codes of the languages that the site writes in, the most usual first."""
    every: ClassVar[timedelta] = timedelta(days=7)
    """How often a scheduled harvest crawls it."""
    full_every: ClassVar[timedelta] = timedelta(days=28)
    """How often one of its crawls takes nothing for granted but the server's own 304."""
    expected_documents: ClassVar[tuple[int, int]]
    """The least and the most documents that a healthy crawl finds."""
    licence: ClassVar[str | None] = None
    terms: ClassVar[str] = ""
    """What the site says of reuse, or that nobody has looked."""
    timezone: ClassVar[str | None] = None
    """IANA zone of the times that its pages show; None where unknown."""
    checked_live: ClassVar[date | None] = None
    """When someone last saw this source work against the real site; None if nobody has."""
    retired: ClassVar[date | None] = None
    """When the source was given up: it is crawled no more, its rows stay, and it counts nowhere as
    failing."""
    follow_signposts: ClassVar[bool] = False
    """Whether to fetch the one page on another site that a post sends its reader to."""
    root: str = ""
    """The address that the site's own paths begin with, slash at its end; its host's root unless
    set."""
    site: str = ""
    """What identifies the site in ids, whatever address it is served from: its host, with the path
    where several sites share one, for each of them counts its posts from 1."""
