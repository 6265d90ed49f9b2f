"""The base spider of any website: sitemaps, feeds, and a walk along its own links."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, ClassVar

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.http import HtmlResponse, Request, Response
from scrapy.robotstxt import RobotParser
from scrapy.utils.response import get_base_url

from cleaning.urls import urljoin, urlsplit
from crawlers.archive.records import is_success
from crawlers.ledger import Held
from crawlers.outcome import DEPTH, MANY_ADDRESSES, SESSION
from crawlers.platforms.base import Result
from crawlers.platforms.page import as_html, html_problem
from crawlers.platforms.pdf import FollowsPdfs, is_pdf
from crawlers.platforms.sitemap import STRETCH, gathered, read_sitemap
from crawlers.platforms.slim import MOST_LINKS
from crawlers.platforms.website import html, links
from crawlers.platforms.website.directives import forbids
from crawlers.platforms.website.discovery import (
    SITEMAPS,
    Named,
    named_in_sitemap,
    outline_feed,
    read_feed,
)
from crawlers.platforms.website.listing import feed_entries
from crawlers.platforms.website.traps import Traps

PAGE_LIMIT = "page limit"
"""The cause of requests that a source's own limit prevented; it makes a run truncated."""


class WebsiteSpider(FollowsPdfs):
    """Base of all sources on a system of their own.

    `allow` and `deny` are prefixes of paths: what a page must begin with (that of `root` where
    none is given), and what it must not. `max_pages` limits the pages that are asked for in a run,
    `max_depth` the links between the start, a sitemap or a feed and a page; the next page of the
    same list is no deeper.
    """

    platform = "website"
    allow: ClassVar[tuple[str, ...]] = ()
    deny: ClassVar[tuple[str, ...]] = ()
    max_pages: ClassVar[int] = 5000
    max_depth: ClassVar[int] = 10

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.traps = Traps()
        self.sitemaps: list[str] = []
        self.feeds: list[str] = []
        self.has_sitemap = False
        self.is_walking = False
        self.asked = 0
        self.depths: dict[str, int] = {}
        self.waiting: dict[str, Named] = {}
        self.left_out: set[str] = set()

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> WebsiteSpider:
        spider = super().from_crawler(crawler, *args, **kwargs)
        assert isinstance(spider, cls)
        crawler.signals.connect(spider.robots_parsed, signal=signals.robots_parsed)
        return spider

    def robots_parsed(self, robotparser: RobotParser, request: Request) -> None:
        """Keep the sitemaps that robots.txt names; Scrapy has fetched it before any page."""
        parser = getattr(robotparser, "rp", None)
        self.sitemaps += [urljoin(request.url, url) for url in getattr(parser, "sitemaps", ())]

    def phases(self) -> Iterator[Iterable[Request]]:
        yield [self._page(Named(url), 0) for url in self.start_urls]
        yield self._once(self.sitemaps, self.parse_sitemap)
        for name in SITEMAPS:
            if self.has_sitemap:
                break
            yield self._once([urljoin(self.root, name)], self.parse_sitemap)
        yield self._once(self.feeds, self.parse_feed)
        self.is_walking = True
        named = list(self.waiting.items())
        self.waiting.clear()
        yield [r for key, n in named for r in self._within_limits(n, self.depths[key])]

    def _once(self, urls: Iterable[str], callback: Any) -> list[Request]:
        own = (links.own_address(url, self.root) for url in urls)
        return [self.ask(url, callback, probe=True) for url in dict.fromkeys(own) if url]

    def _page(self, named: Named, depth: int) -> Request:
        self.asked += 1
        self.depths.setdefault(links.same_page(named.url), depth)
        return self.ask(
            named.url,
            self.parse_page,
            priority=-depth,
            version=named.modified,
            hints=named.hints(),
        )

    # --- which pages are asked for ---

    def _see(self, named: Named, depth: int) -> Iterator[Request]:
        """Ask for a page, now or when the walk begins, if it is of the site and new."""
        own = links.own_address(named.url, self.root)
        allow = self.allow or (urlsplit(self.root).path,)
        if own is None or not links.is_page(own, allow, self.deny):
            return
        if not depth:
            self.named.add([own])
        key = links.same_page(own)
        page = Named(own, author=named.author, published=named.published, modified=named.modified)
        if key in self.waiting:
            self.waiting[key] = _with_hints(self.waiting[key], page)
            self.depths[key] = min(depth, self.depths[key])
        if key in self.depths:
            return
        self.depths[key] = depth
        if not self.is_walking:
            self.waiting[key] = page
        else:
            yield from self._within_limits(page, depth)

    def _within_limits(self, named: Named, depth: int) -> Iterator[Request]:
        trap = self.traps.admit(named.url) if depth else None
        if trap is None and depth > self.max_depth:
            trap = DEPTH
        if trap is None and self.asked >= self.max_pages:
            trap = PAGE_LIMIT
        if trap is None:
            yield self._page(named, depth)
        else:
            self.leave_out(trap, named.url)

    def leave_out(self, cause: str, url: str) -> None:
        """Count an address that is not asked for; the first of its cause is noted."""
        if not self.failures[cause]:
            self.note(f"{cause}: left out {url} and others like it")
        self.failures[cause] += 1
        self.named.leave_out(url)
        if url in self.memory.held:
            self.left_out.add(url)

    def misses(self, held: Held) -> bool:
        # Which pages of a place without end are asked for can differ from run to run.
        return held.url not in self.left_out

    # --- sitemaps and feeds ---

    def parse_sitemap(self, response: Response) -> Result:
        """A sitemap index, or a part of it."""
        yield from self.both(response, self.follow_sitemap, None)

    def follow_sitemap(self, response: Response) -> Result:
        if not is_success(response.status):
            return
        kind, entries = read_sitemap(response)
        found = named_in_sitemap((yield from gathered(entries)), response.url)
        self.has_sitemap = self.has_sitemap or bool(kind)
        if kind == "index":
            yield from self._once((part.url for part in found), self.parse_sitemap)
        for number, page in enumerate(found if kind == "urlset" else ()):
            if links.own_address(page.url, self.root) is None:
                self.named.add([page.url])  # a sitemap that names another site's pages is a fault
            yield from self._see(page, 0)
            if number % STRETCH == 0:
                yield None

    def parse_feed(self, response: Response) -> Result:
        """An RSS or Atom feed: what it says of each page helps to read that page."""
        yield from self.both(response, self.follow_feed, self.read_feed)

    def follow_feed(self, response: Response) -> Result:
        entries, problem = outline_feed(response)
        if problem:
            self.note(f"{response.url}: {problem[0]}")
        for number, entry in enumerate(entries):
            yield from self._see(entry, 0)
            if number % STRETCH == 0:
                yield None

    def read_feed(self, response: Response) -> Result:
        entries, problem = read_feed(response)
        if problem:
            yield self.unreadable(response, *problem)
        yield from feed_entries(self, response.url, entries)

    # --- pages ---

    def parse_page(self, response: Response, hints: dict[str, str] | None = None) -> Result:
        """Any page of the site; `hints` is what a sitemap or feed said of it."""
        page = as_html(response)
        yield from self.both(page, self.follow_page, self.read_page, hints=hints or {})

    def follow_page(self, response: Response, hints: dict[str, str]) -> Result:
        here = links.own_address(response.url, self.root)
        if here is None or not is_success(response.status):
            return
        if not isinstance(response, HtmlResponse):
            return
        depth = self._depth_of(response, here)
        if not self.is_walking:
            self.feeds += links.feed_links(response)
            self.sitemaps += links.head_links(response, "@rel='sitemap'")
        if "nofollow" in forbids(response):
            return
        if self.follow_pdfs and b".pdf" in response.body.lower():
            yield from self.follow_pdfs_in(response.text, get_base_url(response))
        for number, url in enumerate(links.page_links(response)):
            if number == MOST_LINKS:
                self.leave_out(MANY_ADDRESSES, response.url)
                break
            if number % STRETCH == 0:
                yield None
            own = links.own_address(url, self.root)
            if own is None:
                continue
            if links.has_session(url):
                self.leave_out(SESSION, url)
            is_next = links.first_page(own) == links.first_page(here)
            yield from self._see(Named(own), max(1, depth + (not is_next)))

    def _depth_of(self, response: Response, here: str) -> int:
        """How deep a page lies; a redirect's target is as deep as what led to it."""
        earlier = response.meta.get("redirect_urls", []) if response.request else []
        own = (links.own_address(url, self.root) for url in (response.url, *earlier))
        known = [self.depths.get(links.same_page(url)) for url in own if url]
        depth = min((d for d in known if d is not None), default=0)
        return self.depths.setdefault(links.same_page(here), depth)

    def read_page(self, response: Response, hints: dict[str, str]) -> Result:
        if is_pdf(response):
            yield from self.read_pdf(response)
            return
        problem = html_problem(response)
        if problem:
            yield self.unreadable(response, *problem)
            return
        assert isinstance(response, HtmlResponse)
        yield from html.items(self, response, hints)


def _with_hints(first: Named, second: Named) -> Named:
    """What a sitemap and a feed say of the same page."""
    return Named(
        first.url,
        author=first.author or second.author,
        published=first.published or second.published,
        modified=first.modified or second.modified,
    )
