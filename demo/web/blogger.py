"""A Blogger blog: which address shows what."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from datetime import datetime

from demo.web.blogger_blog import Blog
from demo.web.blogger_feeds import Feeds
from demo.web.blogger_formats import to_atom, to_json, to_rss
from demo.web.blogger_pages import Pages
from demo.web.messages import (
    ATOM,
    PIXEL,
    RSS,
    TEXT,
    XML,
    Request,
    Response,
    data,
    document,
    page,
    redirect,
)
from demo.web.model import Post, Site

_FRONT_POSTS = 3
_XML = "<?xml version='1.0' encoding='UTF-8'?>"
_SPACE = "xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'"
_FEED = re.compile(r"^/feeds/(?:(?P<blog>\d+)/)?(?P<rest>.+?)/default(?P<label>/-/[^/]+)?/?$")
_ARCHIVE = re.compile(r"^/\d{4}(/\d{2})?/$")
# RFC 9309 groups: advertising is let in, all others keep away from /search.
_ROBOTS = (
    "User-agent: Mediapartners-Google\nDisallow: \n\n"
    "User-agent: *\nDisallow: /search\nAllow: /\n\nSitemap: {base}/sitemap.xml\n"
)


class Blogger:
    """Answers for one blog at `base` (no slash at the end), with its addresses resolved."""

    def __init__(self, site: Site, base: str) -> None:
        self.site = site
        self.blog = Blog(site, base)
        self._pages = Pages(self.blog)
        self._feeds = Feeds(self.blog)
        self._posts = {self.blog.path(post): post for post in (*site.posts, *site.pages)}

    def answer(self, request: Request) -> Response:
        response = self._file(request) or self._feed(request) or self._html(request)
        if response is None:
            return page(self._pages.not_found(), 404)
        return Response(
            response.body,
            response.content_type,
            response.status,
            response.headers,
            self.site.last_changed,
        )

    def _file(self, request: Request) -> Response | None:
        if request.path == "/robots.txt":
            return document(_ROBOTS.format(base=self.blog.base), TEXT)
        if request.path == "/sitemap.xml":
            return document(self._sitemap(request.query.get("page")), XML)
        if request.path == "/sitemap-pages.xml":
            return document(self._urlset(self.site.pages), XML)
        if request.path.endswith(".png"):
            return Response(PIXEL, "image/png")
        return None

    def _sitemap(self, number: str | None) -> str:
        if self.site.sitemap == "index" and number is None:
            loc = f"<loc>{self.blog.base}/sitemap.xml?page=1</loc>"
            return f"{_XML}<sitemapindex {_SPACE}><sitemap>{loc}</sitemap></sitemapindex>"
        return self._urlset(self.site.newest_first)

    def _urlset(self, posts: Sequence[Post]) -> str:
        urls = "".join(
            f"<url><loc>{self.blog.link(post)}</loc>"
            f"<lastmod>{post.last_changed:%Y-%m-%dT%H:%M:%SZ}</lastmod></url>"
            for post in posts
        )
        return f"{_XML}<urlset {_SPACE}>{urls}</urlset>"

    def _feed(self, request: Request) -> Response | None:
        found = _FEED.match(request.path)
        if found is None:
            return None
        rest, first, label = found["rest"], found["blog"], found["label"]
        if rest in ("posts", "pages"):
            return self._posts_feed(rest, request, label)
        if rest == "comments" and first in (None, str(self.site.blog_id)):
            return self._comments_feed(None, request)
        number = rest.removesuffix("/comments") if "/" in rest else (first or "")
        post = next((one for one in self._posts.values() if str(one.id) == number), None)
        is_comments = rest == "comments" or rest.endswith("/comments")
        return self._comments_feed(post, request) if post and is_comments else None

    def _posts_feed(self, kind: str, request: Request, label: str | None) -> Response:
        posts = list(self.site.pages) if kind == "pages" else self.site.newest_first
        if label is not None:
            posts = [post for post in posts if label.removeprefix("/-/") in post.categories]
        posts = [post for post in posts if _is_within(post, request.query)]
        path = f"/feeds/{kind}/default{label or ''}"
        return _formatted(self._feeds.posts(posts, path, request.query), request)

    def _comments_feed(self, post: Post | None, request: Request) -> Response:
        chosen = self.site.posts if post is None else (post,)
        pairs = [(one, comment) for one in chosen for comment in one.comments]
        title = self.site.title if post is None else f"{self.site.title}: {post.title}"
        path = f"/feeds/{post.id}/comments/default" if post else "/feeds/comments/default"
        feed = self._feeds.comments(pairs, path, f"Comments on {title}", request.query)
        return _formatted(feed, request)

    def _html(self, request: Request) -> Response | None:
        path, query = request.path, request.query
        post = self._posts.get(path)
        if post is not None:
            number = query.get("commentPage", "1")
            is_mobile = query.get("m") == "1"
            comment_page = int(number) if number.isdecimal() else 1
            return page(self._pages.single(post, comment_page, is_mobile=is_mobile))
        if path == "/":
            posts = self.site.newest_first
            older = posts[_FRONT_POSTS - 1] if len(posts) > _FRONT_POSTS else None
            return page(self._pages.listing(posts[:_FRONT_POSTS], path, older))
        if path == "/search" or path.startswith("/search/label/"):
            return page(self._search(request))
        if _ARCHIVE.match(path):
            return self._archive(path)
        if _ARCHIVE.match(f"{path}/"):
            return redirect(f"{self.blog.base}{path}/")
        return None

    def _archive(self, path: str) -> Response | None:
        posts = [post for post in self.site.newest_first if self.blog.path(post).startswith(path)]
        return page(self._pages.listing(posts, path)) if posts else None

    def _search(self, request: Request) -> str:
        """What robots.txt forbids. It answers, so that a crawler that comes here is seen."""
        posts = self.site.newest_first
        label = request.path.removeprefix("/search").removeprefix("/label/")
        if label:
            posts = [post for post in posts if label in post.categories]
        limit = request.query.get("updated-max")
        if limit:
            before = datetime.fromisoformat(limit.replace(" ", "+"))
            posts = [post for post in posts if post.published < before]
        older = posts[_FRONT_POSTS - 1] if len(posts) > _FRONT_POSTS else None
        return self._pages.listing(posts[:_FRONT_POSTS], request.path, older)


def _is_within(post: Post, query: dict[str, str]) -> bool:
    """`published-min` and `updated-min` count, the maxima do not (Google Data API)."""
    limits = (("published", post.published), ("updated", post.last_changed))
    for name, moment in limits:
        lower, upper = query.get(f"{name}-min"), query.get(f"{name}-max")
        if lower and moment < _moment(lower):
            return False
        if upper and moment >= _moment(upper):
            return False
    return True


def _moment(raw: str) -> datetime:
    # A plus sign in a query that nobody encoded arrives as a space.
    return datetime.fromisoformat(raw.replace(" ", "+"))


def _formatted(feed: ET.Element, request: Request) -> Response:
    form = request.query.get("alt", "atom")
    if form == "json":
        return data(to_json(feed))
    return document(to_rss(feed), RSS) if form == "rss" else document(to_atom(feed), ATOM)
