"""How a WordPress site is discovered, from its best interface down."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, ClassVar
from urllib.parse import urljoin, urlsplit

from scrapy import Request
from scrapy.http import Response, TextResponse

from crawlers.platforms.base import Result
from crawlers.platforms.page import html_problem
from crawlers.platforms.pdf import FollowsPdfs, is_pdf
from crawlers.platforms.sitemap import sitemap_addresses
from crawlers.platforms.wordpress import html, links, rest, wordpress_com

PER_PAGE = 100
"""The most that the API gives at once."""
EMBED = "author,wp:term"
PUBLIC_API = "https://public-api.wordpress.com"


class WordPressSpider(FollowsPdfs):
    """Base of all sources on WordPress.

    `content_types` are the post types that become documents (as `single-<type>` in the body class).
    `pingbacks` makes the crawl read every post's HTML although the API answers, for the API lists
    no pingbacks. `public_api` is the address of WordPress.com's API.
    """

    platform = "wordpress"
    content_types: ClassVar[tuple[str, ...]] = ("post", "page")
    pingbacks: ClassVar[bool] = False
    public_api: str = PUBLIC_API

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.api: str | None = None
        self.on_wordpress_com = False
        self.posts_answered = False
        self.comments_answered = False
        self.announced = 0
        self.counted = 0
        self.sitemap_links: list[str] = []
        self.front_links: list[str] = []

    def extra_domains(self) -> list[str]:
        return [*super().extra_domains(), urlsplit(self.public_api).hostname or ""]

    def phases(self) -> Iterator[Iterable[Request]]:
        yield [self.ask(url, self.parse_page, as_list=True) for url in self.start_urls]
        for requests in self._apis():
            yield requests
            if self.posts_answered:
                break
        for name in links.SITEMAPS:
            yield [self.ask(urljoin(self.root, name), self.parse_sitemap)]
            if self.sitemap_links:
                break
        yield self._pages(self.sitemap_links)
        if self._must_walk():
            yield [self.ask(u, self.parse_page, walk=True) for u in [self.root, *self.front_links]]
        if self.posts_answered and (self.pingbacks or not self.comments_answered):
            yield [self.ask(url, self.parse_page) for url in self.known.values()]

    def _must_walk(self) -> bool:
        """Whether neither API nor sitemap gave what there is."""
        if not self.posts_answered and not self.sitemap_links:
            self.note("no API and no sitemap: walking through the archives")
            return True
        if self.counted < self.announced:
            self.note(f"the API announced {self.announced} entries and gave {self.counted}")
            return not self.sitemap_links
        return False

    def _apis(self) -> Iterator[list[Request]]:
        """The first requests to each API that the site may have."""
        if self.on_wordpress_com:
            self.api = f"{self.public_api}/wp/v2/sites/{self.site}/"
            yield self._first_of_api()
            yield [
                self.ask(url, self.parse_wordpress_com, what=what, page=1)
                for what, url in wordpress_com.first_pages(self.public_api, self.site)
            ]
            return
        root = self.api or urljoin(self.root, "wp-json/")
        self.api = root + "wp/v2/"
        yield self._first_of_api()

    def _first_of_api(self) -> list[Request]:
        return [self._api_page(what, 1) for what in ("posts", "pages", "comments")]

    def _api_page(self, what: str, page: int) -> Request:
        embed = f"&_embed={EMBED}" if what in {"posts", "pages"} else ""
        mark = "&" if "?" in str(self.api) else "?"
        url = f"{self.api}{what}{mark}per_page={PER_PAGE}&page={page}{embed}"
        return self.ask(url, self.parse_api, what=what, page=page)

    # --- REST ---

    def parse_api(self, response: Response, what: str, page: int) -> Result:
        """A page of the REST API's posts, pages, comments, users, categories or tags."""
        yield from self.both(response, self.follow_api, self.read_api, what=what, page=page)

    def follow_api(self, response: Response, what: str, page: int) -> Result:
        entries, problem = rest.entries(response)
        if problem:
            if not rest.is_past_end(response, page):
                self.note(f"{response.url}: {problem[0]}")
            return
        self._note_answer(what)
        if what in {"posts", "pages"}:
            self.counted += len(entries)
            self.announced += rest.total(response) if page == 1 else 0
            self._know(e.get("link") for e in entries)
            for entry in entries:
                yield from self.follow_signpost(rest.body_of(entry), entry.get("link") or "")
                yield from self.follow_pdfs_in(rest.body_of(entry), entry.get("link") or self.root)
        total = rest.total_pages(response)
        if page == 1 and total:
            yield from (self._api_page(what, n) for n in range(2, total + 1))
        elif total is None and entries:
            yield self._api_page(what, page + 1)
        if page == 1 and what == "posts" and not rest.has_names(entries):
            yield from (self._api_page(term, 1) for term in ("users", "categories", "tags"))

    def _note_answer(self, what: str) -> None:
        if what == "posts":
            self.posts_answered = True
        elif what == "comments":
            self.comments_answered = True

    def _know(self, urls: Iterable[str | None]) -> None:
        self.known.update({links.same_page(u): u for u in urls if u})

    def read_api(self, response: Response, what: str, page: int) -> Result:
        entries, problem = rest.entries(response)
        if problem:
            yield self.unreadable(response, *problem)
            return
        for entry in entries:
            yield from rest.items(self, what, entry, response.url)

    # --- WordPress.com's own API, version 1.1 ---

    def parse_wordpress_com(self, response: Response, what: str, page: int) -> Result:
        """A page of `posts` or `comments` of WordPress.com's API 1.1."""
        yield from self.both(
            response, self.follow_wordpress_com, self.read_wordpress_com, what=what, page=page
        )

    def follow_wordpress_com(self, response: Response, what: str, page: int) -> Result:
        value, problem = wordpress_com.entries(response, what)
        if problem:
            self.note(f"{response.url}: {problem[0]}")
            return
        self._note_answer(what)
        if what == "posts":
            self._know(e.get("URL") for e in value)
            for entry in value:
                yield from self.follow_signpost(entry.get("content"), entry.get("URL") or "")
                yield from self.follow_pdfs_in(entry.get("content"), entry.get("URL") or self.root)
        url = wordpress_com.next_page(response, what, page)
        if url:
            yield self.ask(url, self.parse_wordpress_com, what=what, page=page + 1)

    def read_wordpress_com(self, response: Response, what: str, page: int) -> Result:
        value, problem = wordpress_com.entries(response, what)
        if problem:
            yield self.unreadable(response, *problem)
            return
        for entry in value:
            yield from wordpress_com.items(self, what, entry, response.url)

    # --- sitemaps ---

    def parse_sitemap(self, response: Response) -> Result:
        """A sitemap index, or a part of it."""
        yield from self.both(response, self.follow_sitemap, None)

    def follow_sitemap(self, response: Response) -> Result:
        if response.status != 200:
            return
        kind, found = sitemap_addresses(response)
        if kind == "index":
            for url in found:
                if not links.TAXONOMY_SITEMAP.search(url):
                    yield self.ask(urljoin(response.url, url), self.parse_sitemap)
        elif kind == "urlset":
            self.sitemap_links += [u for u in found if links.is_page(u, self.root)]

    # --- HTML ---

    def _pages(self, urls: Iterable[str]) -> list[Request]:
        """Requests for the pages that no better interface gave."""
        return [self.ask(u, self.parse_page) for u in urls if links.same_page(u) not in self.known]

    def parse_page(self, response: Response, as_list: bool = False, walk: bool = False) -> Result:
        """Any page of the site: its body class tells a post or page from an archive."""
        yield from self.both(response, self.follow_page, self.read_page, as_list=as_list, walk=walk)

    def follow_page(self, response: Response, as_list: bool, walk: bool) -> Result:
        if response.status != 200 or not isinstance(response, TextResponse):
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
            yield from self.follow_pdfs_in(body, response.url)
        if walk:
            yield from self._walk(response)
        elif as_list and links.is_archive(links.body_classes(response)):
            following = links.next_page(response)
            if following and links.is_page(following, self.root):
                yield self.ask(following, self.parse_page, as_list=True)
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
        problem = html_problem(response)
        if problem:
            yield self.unreadable(response, *problem)
            return
        assert isinstance(response, TextResponse)
        yield from html.items(self, response, self.content_types)

    def parse_comment_page(self, response: Response) -> Result:
        """A `/comment-page-N/`: comments only, for its post is another page."""
        yield from self.both(response, None, self.read_comment_page)

    def read_comment_page(self, response: Response) -> Result:
        problem = html_problem(response)
        if problem:
            yield self.unreadable(response, *problem)
            return
        assert isinstance(response, TextResponse)
        yield from html.discussion(self, response)
