"""What stands in the test WordPress: the answers that a crawl of it is compared with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Literal
from zoneinfo import ZoneInfo

TIMEZONE = ZoneInfo("Europe/London")

Kind = Literal["post", "page"]
Status = Literal["publish", "draft", "private"]
CommentKind = Literal["comment", "pingback", "trackback"]
CommentState = Literal["1", "0", "spam"]

APPROVED: CommentState = "1"
WAITING: CommentState = "0"
SPAM: CommentState = "spam"


@dataclass(frozen=True, slots=True)
class Author:
    """A user of the site; `login` is also the slug of the author's archive."""

    login: str
    name: str
    id: int = 0


@dataclass(frozen=True, slots=True)
class Post:
    """A post or a page as its author wrote it.

    `key` names it in this package, `title` is the plain text that readers see (`typed_title` what
    was typed, where WordPress shows it in other signs), `content` the markup that was stored,
    `published` the local time of the site. `phrases` are plain texts of the body, in reading order;
    each stands within one block. `id`, `url` and `modified` (UTC) are WordPress's own.
    """

    key: str
    title: str
    content: str
    published: datetime
    kind: Kind = "post"
    status: Status = "publish"
    slug: str = ""
    typed_title: str = ""
    excerpt: str = ""
    password: str = ""
    author: str = "noreen"
    categories: tuple[str, ...] = ("News",)
    tags: tuple[str, ...] = ()
    parent: str | None = None
    language: str = "en"
    is_sticky: bool = False
    phrases: tuple[str, ...] = ()
    id: int = 0
    url: str = ""
    modified: datetime | None = None

    @property
    def published_utc(self) -> datetime:
        """The moment of publication, in UTC."""
        return self.published.astimezone(UTC)

    @property
    def is_public(self) -> bool:
        """Whether everybody may read the body."""
        return self.status == "publish" and not self.password


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment; `post` and `parent` are keys, `post_id`, `parent_id` and `id` WordPress's own.

    `login` is the user who wrote it, None for a guest; `published` is in UTC.
    """

    key: str
    post: str
    author: str
    content: str
    published: datetime
    parent: str | None = None
    login: str | None = None
    email: str = ""
    author_url: str = ""
    kind: CommentKind = "comment"
    state: CommentState = APPROVED
    phrases: tuple[str, ...] = ()
    id: int = 0
    post_id: int = 0
    parent_id: int = 0


@dataclass(frozen=True, slots=True)
class Truth:
    """Everything in the site, what nobody may see included."""

    version: str
    authors: tuple[Author, ...]
    posts: tuple[Post, ...]
    pages: tuple[Post, ...]
    comments: tuple[Comment, ...]

    @property
    def published_posts(self) -> tuple[Post, ...]:
        """Posts that the REST API counts: the published ones, the protected one among them."""
        return tuple(post for post in self.posts if post.status == "publish")

    @property
    def public_posts(self) -> tuple[Post, ...]:
        """Posts whose body everybody may read."""
        return tuple(post for post in self.posts if post.is_public)

    @property
    def public_comments(self) -> tuple[Comment, ...]:
        """Approved comments, pingbacks and trackbacks on posts and pages that all may read."""
        readable = {post.key for post in (*self.posts, *self.pages) if post.is_public}
        return tuple(c for c in self.comments if c.state == APPROVED and c.post in readable)

    @property
    def hidden_phrases(self) -> tuple[str, ...]:
        """Texts that no reader may ever see: of drafts, private and protected posts and of
        comments that wait, are spam, or stand below such a post."""
        public = set(self.public_comments)
        posts = (post for post in (*self.posts, *self.pages) if not post.is_public)
        comments = (comment for comment in self.comments if comment not in public)
        of_posts = tuple(phrase for post in posts for phrase in post.phrases)
        return of_posts + tuple(phrase for comment in comments for phrase in comment.phrases)

    def post(self, key: str) -> Post:
        """The post or page called `key`. Raises KeyError where there is none."""
        return {post.key: post for post in (*self.posts, *self.pages)}[key]

    def author(self, login: str) -> Author:
        """The user called `login`. Raises KeyError where there is none."""
        return {author.login: author for author in self.authors}[login]

    def comments_of(self, key: str) -> tuple[Comment, ...]:
        """The public comments below the post or page called `key`, oldest first."""
        comments = [comment for comment in self.public_comments if comment.post == key]
        return tuple(sorted(comments, key=lambda comment: (comment.published, comment.id)))


def read_gmt(text: str) -> datetime | None:
    """WordPress's "2021-07-01 09:30:00" in UTC as an aware datetime; None for a draft's zeros."""
    if text.startswith("0000"):
        return None
    return datetime.strptime(text, "%Y-%m-%d %H:%M:%S").replace(tzinfo=UTC)


def with_answer(post: Post, answer: Mapping[str, Any]) -> Post:
    """`post` with what WordPress said of it."""
    return replace(
        post,
        id=answer["id"],
        slug=answer["slug"],
        url=answer["url"],
        modified=read_gmt(answer["modified_gmt"]),
    )


def with_ids(truth: Truth, answer: Mapping[str, Any]) -> Truth:
    """`truth` with the identities that WordPress gave while it was filled."""
    comments = (
        replace(
            comment,
            id=answer["comments"][comment.key],
            post_id=answer["posts"][comment.post]["id"],
            parent_id=answer["comments"][comment.parent] if comment.parent else 0,
        )
        for comment in truth.comments
    )
    return Truth(
        version=answer["version"],
        authors=tuple(replace(a, id=answer["authors"][a.login]) for a in truth.authors),
        posts=tuple(with_answer(post, answer["posts"][post.key]) for post in truth.posts),
        pages=tuple(with_answer(page, answer["posts"][page.key]) for page in truth.pages),
        comments=tuple(comments),
    )
