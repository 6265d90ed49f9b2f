"""Blogger's feeds of posts and of comments, as Atom elements."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Sequence
from urllib.parse import urlencode

from demo.web.blogger_blog import Blog
from demo.web.blogger_formats import ATOM, GD, SEARCH, THR, add, link
from demo.web.blogger_pages import REMOVED
from demo.web.model import Comment, Post
from demo.web.prose import broken_lines, plain_text

_TITLE_LENGTH = 50


class Feeds:
    """The feeds of one blog."""

    def __init__(self, blog: Blog) -> None:
        self.blog = blog
        self._blog_tag = f"tag:blogger.com,1999:blog-{blog.site.blog_id}"

    def posts(self, posts: Sequence[Post], path: str, query: dict[str, str]) -> ET.Element:
        """A feed of posts, `start-index` and `max-results` applied."""
        start, size = self._window(query)
        feed = self._feed(self._blog_tag, self.blog.site.title, path, len(posts), start, size)
        for label in sorted({label for post in posts for label in post.categories}):
            add(feed, ATOM, "category", term=label)
        if start + size <= len(posts):
            self._next(feed, path, query, start + size)
        for post in posts[start - 1 : start - 1 + size]:
            feed.append(self._post(post))
        return feed

    def comments(
        self, pairs: Sequence[tuple[Post, Comment]], path: str, title: str, query: dict[str, str]
    ) -> ET.Element:
        """A feed of comments, newest first."""
        start, size = self._window(query)
        newest = sorted(pairs, key=lambda pair: pair[1].published, reverse=True)
        tag = f"{self._blog_tag}.comments"
        feed = self._feed(tag, title, path, len(newest), start, size)
        if start + size <= len(newest):
            self._next(feed, path, query, start + size)
        for post, comment in newest[start - 1 : start - 1 + size]:
            feed.append(self._comment(post, comment))
        return feed

    def _window(self, query: dict[str, str]) -> tuple[int, int]:
        """`start-index` (from 1) and the size of the page.

        Blogger may give less than `max-results` asks for; `rel=next` is what counts.
        """
        most = self.blog.site.feed_page
        asked = _number(query.get("max-results"), most)
        return max(1, _number(query.get("start-index"), 1)), max(1, min(asked, most))

    def _feed(
        self, tag: str, title: str, path: str, total: int, start: int, size: int
    ) -> ET.Element:
        feed = ET.Element(f"{{{ATOM}}}feed")
        add(feed, ATOM, "id", tag)
        add(feed, ATOM, "updated", self.blog.iso(self.blog.site.last_changed))
        add(feed, ATOM, "title", title, type="text")
        add(feed, ATOM, "subtitle", self.blog.site.tagline, type="html")
        own = self.blog.base + path
        link(feed, "http://schemas.google.com/g/2005#feed", own)
        link(feed, "self", own)
        link(feed, "alternate", f"{self.blog.base}/", "text/html")
        self._author(feed, self.blog.site.authors[0].name, str(self.blog.site.authors[0].id))
        add(feed, ATOM, "generator", "Blogger", version="7.00", uri="http://www.blogger.com")
        add(feed, SEARCH, "totalResults", str(total))
        add(feed, SEARCH, "startIndex", str(start))
        add(feed, SEARCH, "itemsPerPage", str(size))
        return feed

    def _next(self, feed: ET.Element, path: str, query: dict[str, str], start: int) -> None:
        site = self.blog.site
        address = self.blog.base + path
        if site.next_host == "blogger":
            tail = path.removeprefix("/feeds/")
            address = f"https://www.blogger.com/feeds/{site.blog_id}/{tail}"
        kept = {key: value for key, value in query.items() if key != "start-index"}
        size = query.get("max-results", str(site.feed_page))
        parameters = kept | {"start-index": str(start), "max-results": size}
        link(feed, "next", f"{address}?{urlencode(parameters)}")

    def _post(self, post: Post) -> ET.Element:
        blog = self.blog
        entry = ET.Element(f"{{{ATOM}}}entry")
        add(entry, ATOM, "id", f"{self._blog_tag}.post-{post.id}")
        add(entry, ATOM, "published", blog.iso(post.published))
        add(entry, ATOM, "updated", blog.iso(post.last_changed))
        for label in post.categories:
            add(entry, ATOM, "category", scheme="http://www.blogger.com/atom/ns#", term=label)
        add(entry, ATOM, "title", post.title, type="text")
        add(entry, ATOM, "content", blog.body(post), type="html")
        feed = f"{blog.base}/feeds/{post.id}/comments/default"
        link(entry, "replies", feed, title="Post Comments")
        link(
            entry,
            "replies",
            f"{blog.link(post)}#comment-form",
            "text/html",
            f"{blog.declared(post)} Comments",
        )
        own = f"https://www.blogger.com/feeds/{blog.site.blog_id}/posts/default/{post.id}"
        link(entry, "edit", own)
        link(entry, "self", own)
        link(entry, "alternate", blog.link(post), "text/html", post.title)
        author = blog.site.author_of(post)
        self._author(entry, author.name, str(author.id))
        add(entry, THR, "total", str(blog.declared(post)))
        return entry

    def _comment(self, post: Post, comment: Comment) -> ET.Element:
        blog = self.blog
        text = REMOVED if comment.is_deleted else broken_lines(comment.body)
        line = plain_text(text)
        title = f"{line[:_TITLE_LENGTH]}..." if len(line) > _TITLE_LENGTH else line
        entry = ET.Element(f"{{{ATOM}}}entry")
        add(entry, ATOM, "id", f"{self._blog_tag}.post-{comment.id}")
        add(entry, ATOM, "published", blog.iso(comment.published))
        add(entry, ATOM, "updated", blog.iso(comment.published))
        add(entry, ATOM, "title", title, type="text")
        add(entry, ATOM, "content", text, type="html")
        comments = f"https://www.blogger.com/feeds/{blog.site.blog_id}/{post.id}/comments/default"
        link(entry, "edit", f"{comments}/{comment.id}")
        link(entry, "self", f"{comments}/{comment.id}")
        link(entry, "alternate", blog.comment_link(post, comment), "text/html", "")
        if comment.parent is not None:
            # The only place of the parent comment; thr:in-reply-to below is always the post.
            link(entry, "related", f"{comments}/{comment.parent}?v=2")
        profile = (comment.author_url or "").rpartition("/")[2]
        # The page says "Unknown" for an account without a name, the feed says "Anonymous".
        name = "Anonymous" if comment.author == "Unknown" else comment.author
        self._author(entry, name, profile)
        add(
            entry,
            THR,
            "in-reply-to",
            href=blog.link(post),
            type="text/html",
            ref=f"{self._blog_tag}.post-{post.id}",
            source=f"https://www.blogger.com/feeds/{blog.site.blog_id}/posts/default/{post.id}",
        )
        if comment.is_deleted:
            add(entry, GD, "extendedProperty", name="blogger.contentRemoved", value="true")
        add(entry, GD, "extendedProperty", name="blogger.itemClass", value="pid-1683198298")
        add(
            entry,
            GD,
            "extendedProperty",
            name="blogger.displayTime",
            value=blog.clock(comment.published),
        )
        return entry

    def _author(self, parent: ET.Element, name: str, profile: str) -> None:
        author = add(parent, ATOM, "author")
        add(author, ATOM, "name", name)
        if profile:
            add(author, ATOM, "uri", f"https://www.blogger.com/profile/{profile}")
        # Blogger shows this address for everybody.
        add(author, ATOM, "email", "noreply@blogger.com")


def _number(raw: str | None, default: int) -> int:
    return int(raw) if raw and raw.isdecimal() else default
