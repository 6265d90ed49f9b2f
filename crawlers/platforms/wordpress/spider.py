"""How a WordPress site is discovered, from its best interface down."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any, ClassVar

from scrapy import Request
from scrapy.http import Response, TextResponse
from scrapy.utils.response import get_base_url

from cleaning.urls import urljoin
from crawlers.archive.records import is_success
from crawlers.platforms.base import Result
from crawlers.platforms.pdf import is_pdf
from crawlers.platforms.reading import read_comment_page, read_html
from crawlers.platforms.sitemap import STRETCH, sitemap_addresses
from crawlers.platforms.wordpress import html, links
from crawlers.platforms.wordpress.api import WordPressApiSpider


class WordPressSpider(WordPressApiSpider):
    """Base of all sources on WordPress.

    `content_types` are the post types that become documents (as `single-<type>` in the body class).
    `pingbacks` makes the crawl read every post's HTML although the API answers, for the API lists
    no pingbacks. `public_api` is the address of WordPress.com's API.
    """

    content_types: ClassVar[tuple[str, ...]] = ("post", "page")
    pingbacks: ClassVar[bool] = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sitemap_links: list[str] = []
        self.front_links: list[str] = []
        self.list_pages: list[Request] = []
        self.has_asked_apis = False

    def phases(self) -> Iterator[Iterable[Request]]:
        yield [self.ask(url, self.parse_page, as_list=True) for url in self.start_urls]
        self.has_asked_apis = True
        for requests in self.apis():
            yield requests
            if self.posts_answered:
                break
        changed = list(self.changed_entries())
        yield changed
        if changed or not self.is_up_to_date():
            # The further pages of a list are asked for only where something in it can have moved.
            yield self.list_pages
        for name in () if self.is_up_to_date() else links.SITEMAPS:
            yield [self.ask(urljoin(self.root, name), self.parse_sitemap, probe=True)]
            if self.sitemap_links:
                break
        yield self._pages(self.sitemap_links)
        if self._must_walk():
            yield [self.ask(u, self.parse_page, walk=True) for u in [self.root, *self.front_links]]
        if self.posts_answered and (self.pingbacks or not self.comments_answered):
            yield [self.ask(url, self.parse_page) for url in self.with_comments()]

    def _must_walk(self) -> bool:
        """Whether neither API nor sitemap gave what there is."""
        if not self.posts_answered and not self.sitemap_links:
            self.note("no API and no sitemap: walking through the archives")
            return True
        announced, counted = self.count()
        if counted < announced:
            self.note(f"the API announced {announced} entries and gave {counted}")
            return not self.sitemap_links
        return False

    def listed(self) -> int | None:
        return super().listed() or len(self.sitemap_links) or None

    # --- sitemaps ---

    def parse_sitemap(self, response: Response) -> Result:
        """A sitemap index, or a part of it."""
        yield from self.both(response, self.follow_sitemap, None)

    def follow_sitemap(self, response: Response) -> Result:
        if not is_success(response.status):
            return
        kind, found = yield from sitemap_addresses(response)
        if kind == "index":
            content = (url for url in found if not links.TAXONOMY_SITEMAP.search(url))
            parts = (urljoin(response.url, url) for url in content)
            yield from (self.ask(url, self.parse_sitemap) for url in parts if url)
        for start in range(0, len(found), STRETCH) if kind == "urlset" else ():
            pages = [u for u in found[start : start + STRETCH] if links.is_page(u, self.root)]
            self.sitemap_links += pages
            self.named.add(pages)
            yield None

    # --- HTML ---

    def _pages(self, urls: Iterable[str]) -> list[Request]:
        """Requests for the pages that no better interface gave."""
        return [self.ask(u, self.parse_page) for u in urls if links.same_page(u) not in self.known]

    def parse_page(self, response: Response, as_list: bool = False, walk: bool = False) -> Result:
        """Any page of the site: its body class tells a post or page from an archive."""
        yield from self.both(response, self.follow_page, self.read_page, as_list=as_list, walk=walk)

    def follow_page(self, response: Response, as_list: bool, walk: bool) -> Result:
        if not is_success(response.status) or not isinstance(response, TextResponse):
            return
        if as_list:
            self.front_links += links.page_links(response, self.root)
            self.api = self.api or links.api_root(response)
            self.on_wordpress_com = self.on_wordpress_com or links.is_wordpress_com(response)
        links_pdf = self.follow_pdfs and b".pdf" in response.body.lower()
        is_wanted = self.follow_signposts or links_pdf
        if is_wanted and not links.is_archive(links.body_classes(response)):
            body = next((b for s in html.BODY if (b := response.css(s).get())), None)
            yield from self.follow_signpost(body, links.permalink(response.url))
            yield from self.follow_pdfs_in(body, get_base_url(response))
        if walk:
            yield from self._walk(response)
        elif as_list and links.is_archive(links.body_classes(response)):
            following = links.next_page(response)
            if following and links.is_page(following, self.root):
                request = self.ask(following, self.parse_page, as_list=True)
                if self.memory.inventories and not self.has_asked_apis:
                    self.list_pages.append(request)
                else:
                    yield request
        if links.ANY_COMMENT_PAGE.search(response.body):
            for url in html.comment_pages(response):
                yield self.ask(url, self.parse_comment_page)

    def _walk(self, response: TextResponse) -> Result:
        classes = links.body_classes(response)
        following = links.next_page(response) if links.is_archive(classes) else None
        found = [*([following] if following else []), *links.page_links(response, self.root)]
        for url in found:
            if links.is_page(url, self.root):
                # Archives first: they name posts that nothing else links to.
                yield self.ask(url, self.parse_page, walk=True, priority=int(url == following))

    def read_page(self, response: Response, as_list: bool, walk: bool) -> Result:
        if is_pdf(response):
            yield from self.read_pdf(response)
            return
        read = partial(html.items, self, content_types=self.content_types)
        yield from read_html(self, response, read)

    def parse_comment_page(self, response: Response) -> Result:
        """A `/comment-page-N/`: comments only, for its post is another page."""
        yield from self.both(response, None, self.read_comment_page)

    def read_comment_page(self, response: Response) -> Result:
        yield from read_comment_page(self, response, links.permalink, html.native_id_of)
