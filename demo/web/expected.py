"""The ground truth of a demo site: what a faultless crawl and build would know of it."""

from __future__ import annotations

from collections.abc import Mapping
from html import unescape
from html.parser import HTMLParser
from typing import Any

from demo.web.deck import lines_of
from demo.web.model import Comment, Deck, Post, Site, address_of, load_site, resolve
from demo.web.prezi import path_of, prezi_id
from demo.web.prose import plain_text
from demo.web.webflow import path_of_item
from demo.web.website import path_of as path_of_page
from demo.web.wp_blog import Blog


def expected(site: str | Site, addresses: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Everything that `site` really says, in plain Python.

    Args:
        site: a name of `demo/content`, or a `Site`.
        addresses: what `serve` yields; without it, the sites stand under names of `.example`.

    Returns:
        `{"site", "platform", "title", "languages", "timezone", "posts", "pages", "files"}`.
        Posts, pages and files are lists of dicts, oldest first (see demo/README.md for their keys).
        Times are aware, UTC.
    """
    known = addresses or {}
    truth = resolve(load_site(site) if isinstance(site, str) else site, known)
    base = address_of(truth.name, known)
    return {
        "site": truth.name,
        "platform": truth.platform,
        "title": truth.title,
        "languages": list(truth.languages),
        "timezone": truth.timezone,
        "posts": [_post(truth, post, base) for post in reversed(truth.newest_first)],
        "pages": [_post(truth, page, base) for page in truth.pages],
        "files": [_file(deck, base) for deck in truth.decks],
    }


def _file(deck: Deck, base: str) -> dict[str, Any]:
    lines = [line for slide in deck.slides for line in lines_of(slide)]
    return {
        "kind": "pdf",
        "url": base + deck.path,
        "title": deck.title,
        "authors": [deck.author],
        "published": deck.created,
        "slides": len(deck.slides),
        "words": " ".join(words for words, _ in lines).split(),
        "links": [url for _, url in lines if url],
    }


def _post(site: Site, post: Post, base: str) -> dict[str, Any]:
    account = site.author_of(post)
    names = {term.slug: term.name for term in (*site.categories, *site.tags)}
    shown = [] if post.password else [c for c in post.comments if _is_shown(site, c)]
    shown.sort(key=lambda comment: comment.published)
    return {
        "id": _native_id(site, post),
        "kind": post.kind,
        "slug": post.slug,
        "url": base + _path(site, post),
        "title": post.title or None,
        "account": {"slug": account.slug, "name": account.name},
        "authors": list(post.byline) or [post.writer or account.name],
        "byline": list(post.byline),
        "published": post.published,
        "modified": post.last_changed,
        "body_date": post.body_date,
        "language": post.language,
        "words": [] if post.password else plain_text(post.body).split(),
        "embeds": [] if post.password else _embeds(post.body),
        "excerpt": post.excerpt,
        "categories": [names.get(slug, slug) for slug in post.categories],
        "tags": [names.get(slug, slug) for slug in post.tags],
        "is_protected": post.password is not None,
        "is_scripted": post.is_scripted,
        "is_signpost": post.is_signpost,
        "writer": post.writer,
        "target": post.target,
        "republished_from": post.republished_from,
        "comments_declared": len(shown) + post.uncounted_comments,
        "comments": [_comment(site, comment, shown, at) for at, comment in enumerate(shown)],
    }


def _native_id(site: Site, post: Post) -> int | str:
    if site.platform == "webflow":
        return path_of_item(site, post).strip("/")
    return prezi_id(post) if site.platform == "prezi" else post.id


def _is_shown(site: Site, comment: Comment) -> bool:
    # WordPress hides a deleted comment, Blogger shows that there was one.
    return site.platform == "blogger" or not comment.is_deleted


def _comment(site: Site, comment: Comment, shown: list[Comment], position: int) -> dict[str, Any]:
    return {
        "id": comment.id,
        "parent": comment.parent,
        "is_orphan": comment.parent not in {None, *(one.id for one in shown)},
        "shown_parent": _shown_parent(site, comment, shown),
        "position": position,
        "author": comment.author,
        "author_url": comment.author_url,
        "published": comment.published,
        "kind": comment.kind,
        "is_spam": comment.is_spam,
        "is_deleted": comment.is_deleted,
        "is_by_author": comment.is_by_author,
        "words": unescape(plain_text(comment.body)).split(),
    }


def _shown_parent(site: Site, comment: Comment, shown: list[Comment]) -> int | None:
    """The parent that the nesting of the HTML shows: none in a flat list, an ancestor too deep."""
    by_id = {one.id: one for one in shown}
    line: list[Comment] = []
    above = by_id.get(comment.parent) if comment.parent else None
    while above is not None:
        line.insert(0, above)
        above = by_id.get(above.parent) if above.parent else None
    if site.platform == "website" or (site.platform == "blogger" and site.comment_form == "old"):
        return None
    nested = line if site.platform == "blogger" else line[: site.thread_depth - 1]
    return nested[-1].id if nested else None


def _path(site: Site, post: Post) -> str:
    if site.platform == "prezi":
        return path_of(post)
    if site.platform == "webflow":
        return path_of_item(site, post)
    if site.platform == "website":
        return path_of_page(post)
    if site.platform != "blogger":
        return Blog(site, "").path(post)
    if post.kind == "page":
        return f"/p/{post.slug}.html"
    return f"/{post.published.astimezone(site.zone):%Y/%m}/{post.slug}.html"


class _Embeds(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        source = dict(attrs).get("src")
        if tag in ("iframe", "embed", "video", "audio") and source:
            self.found.append(source)


def _embeds(html: str) -> list[str]:
    reader = _Embeds()
    reader.feed(html)
    return reader.found
