"""What all forms of a WordPress site (pages, REST, feeds, sitemaps) ask of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from demo.web.model import Author, Comment, Post, Site, Term
from demo.web.prose import cut_excerpt, texturise


@dataclass(frozen=True, slots=True)
class Listing:
    """An archive of posts: of an author, a category, a tag, a year or month, or all."""

    path: str
    title: str
    body_class: str
    posts: Sequence[Post]


@dataclass(frozen=True, slots=True)
class Blog:
    """A WordPress site at an address. `base` has no slash at its end."""

    site: Site
    base: str

    def local(self, moment: datetime) -> datetime:
        return moment.astimezone(self.site.zone)

    def path(self, post: Post) -> str:
        if post.kind == "page":
            return f"/{post.slug}/"
        day = self.local(post.published)
        return self.site.permalink.format(
            slug=post.slug, year=f"{day:%Y}", month=f"{day:%m}", day=f"{day:%d}"
        )

    def link(self, post: Post) -> str:
        return self.base + self.path(post)

    def shortlink(self, post: Post) -> str:
        return f"{self.base}/?{'page_id' if post.kind == 'page' else 'p'}={post.id}"

    def author_link(self, author: Author) -> str:
        return f"{self.base}/author/{author.slug}/"

    def term_link(self, term: Term) -> str:
        taxonomy = "category" if term in self.site.categories else "tag"
        return f"{self.base}/{taxonomy}/{term.slug}/"

    def terms(self, post: Post) -> list[Term]:
        """Categories, then tags, in the order of the post."""
        known = {term.slug: term for term in (*self.site.categories, *self.site.tags)}
        return [known[slug] for slug in (*post.categories, *post.tags)]

    def content(self, post: Post) -> str:
        """The body as stored HTML; empty where a password guards it."""
        if post.password:
            return ""
        return texturise(post.body.strip()) + "\n"

    def excerpt(self, post: Post) -> str:
        """The manual excerpt, else the first 55 words and `[&hellip;]`, as one paragraph."""
        if post.password:
            return "<p>There is no excerpt because this is a protected post.</p>\n"
        if post.excerpt is not None:
            return f"<p>{texturise(post.excerpt)}</p>\n"
        text, is_cut = cut_excerpt(self.content(post))
        mark = " [&hellip;]" if is_cut else ""
        return f"<p>{texturise(text.replace('&', '&#038;'))}{mark}</p>\n" if text else ""

    def title(self, post: Post) -> str:
        return f"Protected: {post.title}" if post.password else post.title

    def comments(self, post: Post) -> tuple[Comment, ...]:
        """What readers may see, pingbacks included, oldest first."""
        return () if post.password else post.visible_comments

    def comment_link(self, post: Post, comment: Comment) -> str:
        return f"{self.link(post)}#comment-{comment.id}"

    def everything(self) -> list[Post]:
        return [*self.site.newest_first, *self.site.pages]

    def listings(self) -> list[Listing]:
        """Every archive of the site; the first is the front page."""
        posts = self.site.newest_first
        found = [Listing("/", self.site.title, "home blog", posts)]
        for author in self.site.authors:
            own = [post for post in posts if post.author == author.slug]
            body_class = f"archive author author-{author.slug} author-{author.id}"
            found.append(Listing(f"/author/{author.slug}/", author.name, body_class, own))
        for taxonomy, terms in (("category", self.site.categories), ("tag", self.site.tags)):
            for term in terms:
                own = [post for post in posts if term in self.terms(post)]
                body_class = f"archive {taxonomy} {taxonomy}-{term.slug} {taxonomy}-{term.id}"
                found.append(Listing(f"/{taxonomy}/{term.slug}/", term.name, body_class, own))
        return [*found, *self._dates(posts)]

    def _dates(self, posts: Sequence[Post]) -> list[Listing]:
        groups: dict[str, list[Post]] = {}
        for post in posts:
            day = self.local(post.published)
            for path in (f"/{day:%Y}/", f"/{day:%Y/%m}/"):
                groups.setdefault(path, []).append(post)
        return [
            Listing(path, path.strip("/").replace("/", "-"), "archive date", own)
            for path, own in sorted(groups.items())
        ]


def iso_local(moment: datetime) -> str:
    """WordPress's `date`: local time without any offset."""
    return moment.replace(tzinfo=None, microsecond=0).isoformat()


def iso_utc(moment: datetime) -> str:
    """WordPress's `date_gmt`: UTC without a Z."""
    return iso_local(moment.astimezone(UTC))
