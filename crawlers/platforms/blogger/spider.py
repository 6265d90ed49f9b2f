"""The base spider of all sources on Blogger: feeds, sitemap, and the walk through archives."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any
from urllib.parse import urljoin

from scrapy.http import Request, Response, TextResponse
from scrapy.utils.response import get_base_url

from crawlers.archive.records import is_success
from crawlers.items import Unreadable
from crawlers.ledger import Held
from crawlers.platforms.base import Result
from crawlers.platforms.blogger import feed, html, links
from crawlers.platforms.pdf import FollowsPdfs
from crawlers.platforms.reading import read_comment_page, read_html
from crawlers.platforms.sitemap import FollowsSitemaps


class BloggerSpider(FollowsSitemaps, FollowsPdfs):
    """Base of all sources on Blogger.

    It asks no other host than the blog's own: where a feed's next page is announced on
    www.blogger.com, the same page is asked for from the blog. The feeds are asked for without
    `max-results`, for the pages that Blogger makes by default (25 entries) are those it has ready.
    """

    platform = "blogger"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.posts_answered = False
        self.announced: int | None = None
        self.posts: set[str] = set()
        self.feed_posts: set[str] = set()
        self.found: dict[str, tuple[links.Kind, str]] = {}
        self.followed: tuple[links.Kind, ...] = ()

    def phases(self) -> Iterator[Iterable[Request]]:
        yield [self.ask(url, self.parse_page) for url in self.start_urls]
        yield [self._feed_page(f"feeds/{what}/default", what) for what in feed.KINDS]
        if not self.posts_answered:
            # A blog can redirect its feed to another service; this asks for the blog's own.
            yield [self._feed_page("feeds/posts/default?redirect=false", "posts")]
        yield [self.ask(urljoin(self.root, "sitemap.xml"), self.parse_sitemap, probe=True)]
        self.followed = ("article", "page")
        yield self._unread()
        if not self._is_complete():
            self.followed = ("article", "page", "archive")
            yield [self.ask(self.root, self.parse_page), *self._unread()]
        if self.announced is not None and len(self.posts) < self.announced:
            self.note(f"the feed announced {self.announced} posts, {len(self.posts)} were found")

    def _is_complete(self) -> bool:
        """Whether as many posts were found as the feed says there are."""
        return self.announced is not None and len(self.posts) >= self.announced

    def _feed_page(self, path: str, what: str) -> Request:
        return self.ask(urljoin(self.root, path), self.parse_feed, probe=True, what=what)

    def _unread(self) -> list[Request]:
        """Requests for the pages that were seen so far."""
        return list(self._follow(self.found.values()))

    def _follow(self, found: Iterable[tuple[links.Kind, str]]) -> Iterator[Request]:
        """Requests for those of the kinds that this phase follows and that no feed gave whole."""
        for kind, url in found:
            if kind in self.followed and links.same_page(url) not in self.known:
                yield self.ask(url, self.parse_page)

    def misses(self, held: Held) -> bool:
        return links.same_page(held.url) not in self.known

    def listed(self) -> int | None:
        return self.announced

    def complete_inventories(self) -> dict[str, dict[str, str]]:
        # What a feed does not give whole is read from its page, and so is in `posts` too.
        listed = self.feed_posts if self.is_listed_whole() else set()
        return {"article": dict.fromkeys(listed, "")} if listed else {}

    def is_listed_whole(self) -> bool:
        """Whether the feed alone gave as many posts as it says there are."""
        return self.announced is not None and len(self.feed_posts) >= self.announced

    # --- feeds ---

    def parse_feed(self, response: Response, what: str) -> Result:
        """A page of the feed of `posts` or `pages`."""
        yield from self.both(response, self.follow_feed, self.read_feed, what=what)

    def follow_feed(self, response: Response, what: str) -> Result:
        outline, problem = feed.outline(response)
        if outline is None:
            # Many blogs have no pages, and so no feed of them.
            if what == "posts" and problem:
                self.note(f"{response.url}: {problem[0]}")
            return
        if what == "posts":
            self.posts_answered = True
            self.announced = max(outline.total or 0, self.announced or 0)
            self.feed_posts.update(e.native_id for e in outline.entries if e.native_id)
            self.posts |= self.feed_posts
        for entry in outline.entries:
            yield from self._follow_entry(entry)
            yield from self.follow_pdfs_in(entry.body, entry.url or self.root)
        following = links.feed_page(response.url, outline.following)
        if following and outline.entries:
            yield self.ask(following, self.parse_feed, what=what)

    def _follow_entry(self, entry: feed.Entry) -> Iterator[Request]:
        own = links.own_address(entry.url, self.root) if entry.url else None
        if own and entry.is_whole:
            self.known[links.same_page(own)] = own
            yield from self.follow_signpost(entry.body, own, entry.title_link)
        elif own:
            yield self.ask(own, self.parse_page)
        if entry.native_id and entry.replies != 0:
            yield self._comments(entry.native_id, entry.url, entry.author_url)

    def read_feed(self, response: Response, what: str) -> Result:
        _, problem = feed.outline(response)
        if problem:
            yield self.unreadable(response, *problem)
            return
        yield from feed.documents(self, response, what)

    def _comments(self, post_id: str, post_url: str | None, author: str | None) -> Request:
        return self.ask(
            urljoin(self.root, f"feeds/{post_id}/comments/default"),
            self.parse_comments,
            probe=True,
            post_id=post_id,
            post_url=post_url,
            post_author=author,
        )

    def parse_comments(
        self, response: Response, post_id: str, post_url: str | None, post_author: str | None
    ) -> Result:
        """A page of the feed of one post's comments; `post_author` is its author's profile."""
        yield from self.both(
            response,
            self.follow_comments,
            self.read_comments,
            post_id=post_id,
            post_url=post_url,
            post_author=post_author,
        )

    def follow_comments(self, response: Response, **post: Any) -> Result:
        outline, _ = feed.outline(response)
        own = links.own_address(post["post_url"] or "", self.root)
        if own and (outline is None or not all(e.is_whole for e in outline.entries)):
            # A blog can close or shorten its comments' feed and still show them in its pages.
            yield self.ask(own, self.parse_page)
        if outline is None:
            return
        following = links.feed_page(response.url, outline.following)
        if following and outline.entries:
            yield self.ask(following, self.parse_comments, **post)

    def read_comments(self, response: Response, **post: Any) -> Result:
        _, problem = feed.outline(response)
        if problem:
            yield Unreadable(response.url, *problem, table="comments")
            return
        yield feed.discussion(self, response, **post)

    # --- sitemaps ---

    def named_in_sitemap(self, urls: list[str]) -> None:
        found = list(links.own_links(urls, self.root))
        self.named.add(url for kind, url in found if kind in {"article", "page"})
        self._keep(found)

    def _keep(self, found: Iterable[tuple[links.Kind, str]]) -> list[tuple[links.Kind, str]]:
        """Remember the pages that were seen; returns those that are new."""
        new = [(kind, url) for kind, url in found if links.same_page(url) not in self.found]
        self.found.update({links.same_page(url): (kind, url) for kind, url in new})
        return new

    # --- HTML ---

    def parse_page(self, response: Response) -> Result:
        """Any page of the blog: its address tells a post or page from an archive."""
        yield from self.both(response, self.follow_page, self.read_page)

    def follow_page(self, response: Response) -> Result:
        if not is_success(response.status) or not isinstance(response, TextResponse):
            return
        yield from self._follow(self._keep(links.page_links(response, self.root)))
        if html.kind_of(self, response):
            yield from self._follow_post(response)

    def _follow_post(self, response: TextResponse) -> Iterator[Request]:
        native_id = html.native_id_of(response)
        if self.follow_pdfs and b".pdf" in response.body.lower():
            body, _ = html.body_and_title_link(self, response, native_id)
            yield from self.follow_pdfs_in(body, get_base_url(response))
        if native_id:
            if html.kind_of(self, response) == "article":
                self.posts.add(native_id)
            url = links.permalink(response.url)
            if self.follow_signposts:
                body, title_link = html.body_and_title_link(self, response, native_id)
                yield from self.follow_signpost(body, url, title_link)
            yield self._comments(native_id, url, html.author_url(response))
        if links.ANY_COMMENT_PAGE in response.body:
            for url in links.comment_pages(response, self.root):
                yield self.ask(url, self.parse_comment_page)

    def read_page(self, response: Response) -> Result:
        yield from read_html(self, response, partial(html.items, self))

    def parse_comment_page(self, response: Response) -> Result:
        """A `?commentPage=N`: comments only, for its post is another page."""
        yield from self.both(response, None, self.read_comment_page)

    def read_comment_page(self, response: Response) -> Result:
        yield from read_comment_page(self, response, links.permalink, html.native_id_of)
