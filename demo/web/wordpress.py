"""A WordPress site, self-hosted or on WordPress.com: which address shows what."""

from __future__ import annotations

import re

from demo.web.deck import deck_pdf
from demo.web.messages import (
    PDF,
    PIXEL,
    RSS,
    TEXT,
    XML,
    Request,
    Response,
    document,
    page,
    redirect,
)
from demo.web.model import Post, Site
from demo.web.wp_blog import Blog, Listing
from demo.web.wp_comments import CommentPages
from demo.web.wp_feeds import FEED_POSTS, comments_feed, posts_feed, sitemap, sitemap_address
from demo.web.wp_pages import Pages
from demo.web.wp_rest import ROOT_REL, Rest
from demo.web.wpcom import PublicApi

_PAGED = re.compile(r"^(?P<path>/.*?)page/(?P<number>\d+)/$")
_COMMENT_PAGED = re.compile(r"^(?P<path>/.*?)comment-page-(?P<number>\d+)/$")


class WordPress:
    """Answers for one site at `base` (no slash at the end), with its addresses resolved."""

    def __init__(self, site: Site, base: str) -> None:
        self.site = site
        self.blog = Blog(site, base)
        self.is_wpcom = site.platform == "wordpress.com"
        root = f"{base}/wp-json/"
        # A closed API is often still announced; WordPress.com never announces its own.
        self._pages = Pages(self.blog, None if self.is_wpcom else root)
        self._rest = Rest(self.blog, f"{root}wp/v2/")
        self._api = PublicApi(self.blog)
        self._posts = {self.blog.path(post): post for post in self.blog.everything()}
        self._decks = {deck.path: deck for deck in site.decks}
        self._listings = {listing.path: listing for listing in self.blog.listings()}

    def answer(self, request: Request) -> Response:
        response = (
            self._file(request)
            or self._rest_answer(request)
            or self._feed(request)
            or self._html(request)
        )
        if response is None:
            return page(self._pages.not_found(), 404)
        return Response(
            response.body,
            response.content_type,
            response.status,
            response.headers + self._links(),
            self.site.last_changed,
        )

    def _links(self) -> tuple[tuple[str, str], ...]:
        root = f"<{self.blog.base}/wp-json/>; {ROOT_REL}"
        return () if self.is_wpcom else (("Link", root),)

    def _file(self, request: Request) -> Response | None:
        if request.path == "/robots.txt":
            sitemap_line = sitemap_address(self.blog)
            lines = [
                "User-agent: *",
                "Disallow: /wp-admin/",
                "Allow: /wp-admin/admin-ajax.php",
                "",
                *([f"Sitemap: {sitemap_line}", ""] if sitemap_line else []),
            ]
            return document("\n".join(lines), TEXT)
        if request.path.endswith(".xml"):
            found = sitemap(self.blog, request.path)
            return document(found, XML) if found else None
        if request.path == "/wp-login.php":
            return page("<html><head><title>Log in</title></head><body></body></html>")
        if request.path in self._decks:
            return Response(deck_pdf(self._decks[request.path]), PDF)
        if request.path.startswith("/wp-content/") and request.path.endswith(".png"):
            return Response(PIXEL, "image/png")
        if request.path.startswith("/wp-content/") and request.path.endswith(".css"):
            return document("body { font-family: serif; }\n", "text/css")
        return None

    def _rest_answer(self, request: Request) -> Response | None:
        if self.is_wpcom:
            return self._api.answer(request)
        if "rest_route" in request.query:
            return self._rest.answer(request.query["rest_route"], request)
        if request.path == "/wp-json" or request.path.startswith("/wp-json/"):
            return self._rest.answer(request.path.removeprefix("/wp-json"), request)
        return None

    def _feed(self, request: Request) -> Response | None:
        if not request.path.endswith("/feed/"):
            return None
        blog, path = self.blog, request.path.removesuffix("feed/")
        if path == "/comments/":
            pairs = [(post, one) for post in self.site.posts for one in blog.comments(post)]
            title = f"Comments for {self.site.title}"
            return document(comments_feed(blog, request.path, pairs, title, f"{blog.base}/"), RSS)
        post = self._posts.get(path)
        if post is not None:
            pairs = [(post, one) for one in blog.comments(post)]
            title = f"Comments on: {blog.title(post)}"
            return document(comments_feed(blog, request.path, pairs, title, blog.link(post)), RSS)
        listing = self._listings.get(path)
        return self._listing_feed(request, listing) if listing else None

    def _listing_feed(self, request: Request, listing: Listing) -> Response | None:
        number = _page_number(request.query.get("paged", "1"))
        shown = listing.posts[(number - 1) * FEED_POSTS : number * FEED_POSTS]
        if not shown and number > 1:
            return None
        title = self.site.title if listing.path == "/" else f"{listing.title} – {self.site.title}"
        return document(posts_feed(self.blog, request.path, title, shown), RSS)

    def _html(self, request: Request) -> Response | None:
        for key in ("p", "page_id"):
            if key in request.query and request.path == "/":
                return self._from_shortlink(request.query[key])
        found = _COMMENT_PAGED.match(request.path)
        if found:
            return self._single(found["path"], int(found["number"]))
        if request.path in self._posts:
            return self._single(request.path, None)
        paged = _PAGED.match(request.path)
        path, number = (paged["path"], int(paged["number"])) if paged else (request.path, 1)
        listing = self._listings.get(path)
        if listing is not None:
            return self._archive(listing, number)
        if f"{request.path}/" in {*self._posts, *self._listings}:
            return redirect(f"{self.blog.base}{request.path}/")
        return None

    def _from_shortlink(self, number: str) -> Response | None:
        for post in self._posts.values():
            if str(post.id) == number:
                return redirect(self.blog.link(post))
        return None

    def _single(self, path: str, comment_page: int | None) -> Response | None:
        post: Post | None = self._posts.get(path)
        if post is None:
            return None
        comments = CommentPages(self.blog, post)
        number = comments.first_shown if comment_page is None else comment_page
        if not 1 <= number <= comments.last:
            return None
        html = self._pages.single(post, number)
        return page(html, headers=(("Link", f"<{self.blog.shortlink(post)}>; rel=shortlink"),))

    def _archive(self, listing: Listing, number: int) -> Response | None:
        last = max(1, -(-len(listing.posts) // self.site.posts_per_page))
        if not 1 <= number <= last:
            return None
        return page(self._pages.archive(listing, number))


def _page_number(raw: str) -> int:
    return int(raw) if raw.isdecimal() and int(raw) > 0 else 1
