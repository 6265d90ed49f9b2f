"""What all forms of a Blogger blog (pages, feeds, sitemap) ask of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from html import escape

from demo.web.model import Comment, Post, Site

_DAYS = {
    "en": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
    "cy": ["Llun", "Mawrth", "Mercher", "Iau", "Gwener", "Sadwrn", "Sul"],
}
_MONTHS = {
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    "cy": [
        "Ionawr",
        "Chwefror",
        "Mawrth",
        "Ebrill",
        "Mai",
        "Mehefin",
        "Gorffennaf",
        "Awst",
        "Medi",
        "Hydref",
        "Tachwedd",
        "Rhagfyr",
    ],
}


@dataclass(frozen=True, slots=True)
class Blog:
    """A Blogger blog at an address. `base` has no slash at its end."""

    site: Site
    base: str

    def local(self, moment: datetime) -> datetime:
        return moment.astimezone(self.site.zone)

    def path(self, post: Post) -> str:
        if post.kind == "page":
            return f"/p/{post.slug}.html"
        return f"/{self.local(post.published):%Y/%m}/{post.slug}.html"

    def link(self, post: Post) -> str:
        return self.base + self.path(post)

    def comment_link(self, post: Post, comment: Comment) -> str:
        """The permalink; its `showComment` is the exact time in milliseconds since 1970, UTC."""
        milliseconds = round(comment.published.timestamp() * 1000)
        return f"{self.link(post)}?showComment={milliseconds}#c{comment.id}"

    def body(self, post: Post) -> str:
        return post.body.strip()

    def comments(self, post: Post) -> list[Comment]:
        """All comments, also removed ones (they keep their place), oldest first."""
        return sorted(post.comments, key=lambda comment: comment.published)

    def declared(self, post: Post) -> int:
        return len(post.comments) + post.uncounted_comments

    def iso(self, moment: datetime) -> str:
        """Blogger's times: local, milliseconds, offset."""
        return self.local(moment).isoformat(timespec="milliseconds")

    def day(self, moment: datetime) -> str:
        """`Wednesday, 4 July 2018`, in the blog's locale."""
        local, locale = self.local(moment), self.site.locale
        name = _DAYS[locale][local.weekday()]
        day = f"Dydd {name}" if locale == "cy" else name
        return f"{day}, {local.day} {_MONTHS[locale][local.month - 1]} {local.year}"

    def clock(self, moment: datetime) -> str:
        """The visible time of a comment. English has a narrow no-break space before am and pm."""
        local, locale = self.local(moment), self.site.locale
        day = f"{local.day} {_MONTHS[locale][local.month - 1]} {local.year}"
        if locale == "cy":
            return f"{day}, {local:%H:%M}"
        return f"{day} at {int(f'{local:%I}')}:{local:%M}\u202f{f'{local:%p}'.lower()}"


def author_html(comment: Comment) -> str:
    """A commenter's name, linked to the profile where there is one."""
    name = escape(comment.author)
    if comment.author_url is None:
        return name
    return f'<a href="{escape(comment.author_url)}" rel="nofollow">{name}</a>'
