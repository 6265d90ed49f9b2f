"""What a demo site says, before any platform has given it a shape.

Each file `demo/content/<site>.toml` is one site. The platforms render it, `expected` compares with
it, so a page and its ground truth cannot drift apart.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

CONTENT = Path(__file__).parent.parent / "content"

_ADDRESS_TOKEN = re.compile(r"\{([a-z_]+)\}")


@dataclass(frozen=True, slots=True)
class Author:
    """An account of the site. It publishes; it is not always who wrote."""

    id: int
    slug: str
    name: str


@dataclass(frozen=True, slots=True)
class Term:
    """A category or a tag (on Blogger both are labels)."""

    id: int
    slug: str
    name: str


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment of a post. Times are UTC; `parent` is the id of the comment that it answers."""

    id: int
    author: str
    published: datetime
    body: str
    parent: int | None = None
    author_url: str | None = None
    kind: str = "comment"
    is_spam: bool = False
    is_deleted: bool = False
    is_by_author: bool = False


@dataclass(frozen=True, slots=True)
class Post:
    """A post or a page. `body` is HTML; `{base}` and `{<site>}` in it stand for addresses."""

    id: int
    slug: str
    title: str
    author: str
    published: datetime
    body: str
    kind: str = "post"
    language: str = "en"
    modified: datetime | None = None
    excerpt: str | None = None
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    password: str | None = None
    # What the body itself says of who wrote it and when: the ground truth for bylines.
    byline: tuple[str, ...] = ()
    body_date: str | None = None
    # A signpost lists what somebody else (`writer`, where named) wrote at another address.
    is_signpost: bool = False
    writer: str | None = None
    target: str | None = None
    republished_from: str | None = None
    # Prezi: only a browser, which runs the page's script, sees the body.
    is_scripted: bool = False
    # Comments that the platform counts but never shows (Blogger: "3 comments", 2 shown).
    uncounted_comments: int = 0
    comments: tuple[Comment, ...] = ()

    @property
    def last_changed(self) -> datetime:
        return self.modified or self.published

    @property
    def visible_comments(self) -> tuple[Comment, ...]:
        """Comments that were not deleted, oldest first."""
        kept = (comment for comment in self.comments if not comment.is_deleted)
        return tuple(sorted(kept, key=lambda comment: comment.published))


@dataclass(frozen=True, slots=True)
class Slide:
    """A slide of a deck. A line that begins with "- " is a point, and `words <address>` a link;
    a cell "<" is one with the cell to its left."""

    heading: str
    lines: tuple[str, ...] = ()
    table: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Deck:
    """A PDF that a post links. `title_written` is what its program wrote as its title, `footer`
    stands below every slide."""

    path: str
    title: str
    title_written: str
    author: str
    created: datetime
    footer: str
    slides: tuple[Slide, ...]


@dataclass(frozen=True, slots=True)
class Site:
    """A whole site and the forms in which its platform shows it (see demo/README.md)."""

    name: str
    platform: str
    title: str
    tagline: str
    languages: tuple[str, ...]
    timezone: str
    authors: tuple[Author, ...]
    posts: tuple[Post, ...]
    pages: tuple[Post, ...] = ()
    decks: tuple[Deck, ...] = ()
    categories: tuple[Term, ...] = ()
    tags: tuple[Term, ...] = ()
    host: str = ""
    blog_id: int = 0
    # WordPress
    theme: str = "genesis"
    permalink: str = "/{slug}/"
    posts_per_page: int = 10
    pagination: str = "genesis"
    has_next_link: bool = True
    excerpts: str = "cut"
    sitemap: str = "core"
    has_yoast: bool = False
    rest: str = "open"
    rest_users: str = "open"
    rest_omits: tuple[str, ...] = ()
    comments_per_page: int = 50
    first_comment_page: str = "oldest"
    thread_depth: int = 5
    # Blogger
    comment_form: str = "threaded"
    locale: str = "en"
    feed_page: int = 25
    next_host: str = "own"
    # Webflow: the items' folder, which is also the listing; slugs that the listing leaves out and
    # the sitemap names; slugs whose page has paragraphs instead of a rich text.
    item_folder: str = "resources"
    unlisted: tuple[str, ...] = ()
    plain_pages: tuple[str, ...] = ()

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @property
    def newest_first(self) -> list[Post]:
        return sorted(self.posts, key=lambda post: post.published, reverse=True)

    @property
    def last_changed(self) -> datetime:
        """The newest of all times in the site: what `Last-Modified` says."""
        times = [post.last_changed for post in (*self.posts, *self.pages)]
        times += [comment.published for post in self.posts for comment in post.comments]
        return max(times)

    def author_of(self, post: Post) -> Author:
        return next(author for author in self.authors if author.slug == post.author)


def site_names() -> list[str]:
    """Names of all sites of `demo/content`, sorted."""
    return sorted(path.stem for path in CONTENT.glob("*.toml"))


def load_site(name: str) -> Site:
    """Read `demo/content/<name>.toml`.

    Raises:
        FileNotFoundError: there is no such site.
        TypeError: the file has a key that the model does not know.
    """
    table = tomllib.loads((CONTENT / f"{name}.toml").read_text(encoding="utf-8"))
    return Site(
        name=name,
        authors=tuple(Author(**row) for row in table.pop("authors")),
        categories=tuple(Term(**row) for row in table.pop("categories", ())),
        tags=tuple(Term(**row) for row in table.pop("tags", ())),
        posts=tuple(_read_post(row, "post") for row in table.pop("posts")),
        pages=tuple(_read_post(row, "page") for row in table.pop("pages", ())),
        decks=tuple(_read_deck(row) for row in table.pop("decks", ())),
        **_tuples(table.pop("site")),
        **table,
    )


def resolve(site: Site, addresses: Mapping[str, str]) -> Site:
    """Put addresses in place of `{base}` (the site itself) and `{<other site>}` everywhere.

    A site that is not among `addresses` stands under a reserved name (RFC 2606).
    """

    def fill(text: str) -> str:
        return _ADDRESS_TOKEN.sub(
            lambda match: address_of(site.name if match[1] == "base" else match[1], addresses), text
        )

    def fill_post(post: Post) -> Post:
        comments = (
            replace(one, author_url=one.author_url and fill(one.author_url))
            for one in post.comments
        )
        target = post.target and fill(post.target)
        return replace(post, body=fill(post.body), target=target, comments=tuple(comments))

    posts, pages = tuple(map(fill_post, site.posts)), tuple(map(fill_post, site.pages))
    return replace(site, posts=posts, pages=pages)


def address_of(name: str, addresses: Mapping[str, str]) -> str:
    """The base address of the site `name`, without a slash at its end."""
    return addresses.get(name, f"http://{name.replace('_', '-')}.example")


def _read_post(row: dict[str, Any], kind: str) -> Post:
    comments: Iterable[dict[str, Any]] = row.pop("comments", ())
    read = tuple(Comment(**_utc(comment)) for comment in comments)
    return Post(**_tuples(_utc(row)), kind=kind, comments=read)


def _read_deck(row: dict[str, Any]) -> Deck:
    slides = [_tuples(slide) for slide in row.pop("slides")]
    for slide in slides:
        slide["table"] = tuple(map(tuple, slide.get("table", ())))
    return Deck(**_utc(row), slides=tuple(Slide(**slide) for slide in slides))


def _utc(row: dict[str, Any]) -> dict[str, Any]:
    return {
        key: value.astimezone(UTC) if isinstance(value, datetime) else value
        for key, value in row.items()
    }


def _tuples(row: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}
