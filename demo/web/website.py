"""A website on a system of its own: sections, a forum, a sitemap, a feed, and traps."""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from datetime import datetime
from email.utils import format_datetime
from html import escape

from demo.web.messages import RSS, TEXT, Request, Response, document, page
from demo.web.model import Comment, Post, Site
from demo.web.prose import plain_text, render
from demo.web.website_traps import calendar, filters, is_way, way_on, with_session

THREADS = "discussions"
UNLISTED = "/drafts/"
"""A page that asks not to be kept."""
NAMED_BY_FEED = "notes"
"""The section whose pages show no date: only the feed has it."""
_EXCERPT_WORDS = 22
_SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_ROBOTS = "User-agent: *\nDisallow: /login/\n\nSitemap: {base}/sitemap-index.xml.gz\n"


def path_of(post: Post) -> str:
    """The path of a post: below its section, a thread's with its number; pages at the top."""
    if post.kind == "page":
        return f"/{post.slug}/"
    section = post.categories[0]
    return (
        f"/{section}/{post.id}-{post.slug}/" if section == THREADS else f"/{section}/{post.slug}/"
    )


class Website:
    """Answers for one site at `base` (no slash at the end), with its addresses resolved."""

    def __init__(self, site: Site, base: str) -> None:
        self.site = site
        self.base = base
        self._posts = {path_of(post): post for post in (*site.posts, *site.pages)}

    def answer(self, request: Request) -> Response:
        found = self._file(request.path) or self._page(request)
        if found is None:
            return page(self._render("Not found", "<p>There is nothing here.</p>"), 404)
        return Response(
            found.body, found.content_type, found.status, found.headers, self.site.last_changed
        )

    # --- files ---

    def _file(self, path: str) -> Response | None:
        if path == "/robots.txt":
            return document(_ROBOTS.format(base=self.base), TEXT)
        if path == "/style.css":
            return document("body { margin: 0 auto; }", "text/css; charset=utf-8")
        if path == "/feed.xml":
            return document(self._feed(), RSS)
        if path == "/sitemap-index.xml.gz":
            loc = f"<sitemap><loc>{self.base}/sitemap-1.xml.gz</loc></sitemap>"
            return _gzipped(f"<sitemapindex {_SPACE}>{loc}</sitemapindex>")
        if path == "/sitemap-1.xml.gz":
            return _gzipped(f"<urlset {_SPACE}>{self._locations()}</urlset>")
        return None

    def _locations(self) -> str:
        """Stories, guides and pages: the forum and the notes are not in the sitemap."""
        named = [*self._section("stories"), *self._section("guides"), *self.site.pages]
        return "".join(
            f"<url><loc>{self.base}{path_of(post)}</loc>"
            f"<lastmod>{post.last_changed:%Y-%m-%d}</lastmod></url>"
            for post in named
        )

    def _feed(self) -> str:
        posts = [p for p in self.site.newest_first if p.categories[0] in ("stories", NAMED_BY_FEED)]
        entries = "".join(
            f"<item><title>{escape(post.title)}</title><link>{self.base}{path_of(post)}</link>"
            f"<dc:creator>{escape(self.site.author_of(post).name)}</dc:creator>"
            f"<pubDate>{format_datetime(post.published)}</pubDate>"
            f"<description>{escape(_excerpt(post))} …</description></item>"
            for post in posts
        )
        return (
            '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"'
            ' xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>'
            f"<title>{escape(self.site.title)}</title><link>{self.base}/</link>{entries}"
            "</channel></rss>"
        )

    # --- pages ---

    def _page(self, request: Request) -> Response | None:
        path = request.path
        post = self._posts.get(path)
        if post is not None:
            return self._single(post, request)
        if path == "/":
            return page(self._render(self.site.title, self._front(), path=path))
        if path == "/login/":
            return page(self._render("Log in", "<form><input name='name'></form>", path=path))
        if path == UNLISTED:
            text = f"<h1>Drafts</h1>{self.site.pages[0].body}"
            return page(self._render("Drafts", text, '<meta name="robots" content="noindex">\n'))
        if path.startswith("/members/"):
            return page(self._render("Member", "<h1>Member</h1><p>A member of the network.</p>"))
        main = calendar(path) if path.startswith("/events/") else self._listing(request)
        return page(self._render(path.strip("/").title(), main, path=path)) if main else None

    def _front(self) -> str:
        newest = self._cards([p for p in self.site.newest_first if p.categories[0] != THREADS])
        return f"<h1>{self.site.title}</h1><ul>{newest}</ul><p><a href='{UNLISTED}'>Drafts</a></p>"

    def _listing(self, request: Request) -> str | None:
        path, query = request.path, request.query
        if path == "/library/":
            cards = self._cards(self._section("stories") + self._section("guides"))
            return f"<h1>Library</h1>{filters(query)}<ul class='results'>{cards}</ul>"
        section = path.strip("/").split("/")[0]
        posts = self._section(section)
        if not posts or not (path == f"/{section}/" or is_way(path, f"/{section}/")):
            return None
        if section == THREADS:
            return f"<h1>Discussions</h1><ul>{self._threads(posts, request)}</ul>"
        number, size = int(query.get("page", "1")), self.site.posts_per_page
        shown = posts[(number - 1) * size : number * size]
        further = f'<a href="?page={number + 1}">Next</a>' if number * size < len(posts) else ""
        return (
            f"<h1>{section.title()}</h1><ul class='list'>{self._cards(shown)}</ul>{further}"
            f"{way_on(path, f'/{section}/')}"
        )

    def _threads(self, posts: Sequence[Post], request: Request) -> str:
        return "".join(
            f'<li class="thread"><a href="{with_session(path_of(p), request)}">{escape(p.title)}'
            f'</a> <a href="{path_of(p)}">{len(p.comments)} replies</a></li>'
            for p in posts
        )

    def _section(self, name: str) -> list[Post]:
        return [post for post in self.site.newest_first if post.categories[0] == name]

    def _cards(self, posts: Sequence[Post]) -> str:
        return "".join(
            render(
                "website/card",
                link=path_of(post),
                title=escape(post.title),
                excerpt=escape(_excerpt(post)),
            )
            for post in posts
        )

    # --- posts ---

    def _single(self, post: Post, request: Request) -> Response:
        section = post.categories[0] if post.categories else "pages"
        if section == THREADS:
            return page(self._render(post.title, self._thread(post, request), path=request.path))
        name = {"stories": "story", "guides": "guide"}.get(section, "note")
        related = (p for p in self._section("stories") if p is not post)
        main = render(
            f"website/{name}",
            title=escape(post.title),
            author=escape(self.site.author_of(post).name),
            day=f"{post.published:%-d %B %Y}",
            body=post.body,
            comments=self._comments(post),
            related="".join(
                f'<li><a href="{path_of(p)}">{escape(p.title)}</a></li>' for p in related
            ),
        )
        head = self._json_ld(post) if name == "story" else ""
        reserved = (("tdm-reservation", "1"),) if section == NAMED_BY_FEED else ()
        return page(
            self._render(post.title, main, head, request.path, post.language), 200, reserved
        )

    def _json_ld(self, post: Post) -> str:
        said = {
            "@context": "https://schema.org",
            "@type": "Article",
            "headline": post.title,
            "author": {"@type": "Person", "name": self.site.author_of(post).name},
            "datePublished": post.published.isoformat(),
            "dateModified": post.last_changed.isoformat(),
        }
        link = f"{self.base}{path_of(post)}"
        return (
            f'<link rel="canonical" href="{link}">\n<meta property="og:type" content="article">\n'
            f'<script type="application/ld+json">{json.dumps(said)}</script>\n'
        )

    def _thread(self, post: Post, request: Request) -> str:
        size = self.site.comments_per_page
        number = int(request.query.get("page", "1"))
        replies = sorted(post.comments, key=lambda comment: comment.published)
        pages = range(1, (len(replies) + size - 1) // size + 1)
        return render(
            "website/thread",
            title=escape(post.title),
            author=escape(self.site.author_of(post).name),
            time=self._clock(post.published),
            body=post.body,
            replies="".join(map(self._reply, replies[(number - 1) * size : number * size])),
            pages=" ".join(f'<a href="{path_of(post)}?page={n}">{n}</a>' for n in pages),
            path=path_of(post),
        )

    def _comments(self, post: Post) -> str:
        """What readers wrote below a story; these have no ids, unlike the forum's replies."""
        shown = "".join(
            render(
                "website/comment",
                author=escape(one.author),
                iso=one.published.isoformat(),
                time=self._clock(one.published),
                body=one.body,
            )
            for one in post.visible_comments
        )
        count = f"<h2>{len(post.visible_comments)} comments</h2>"
        return f'<section class="comments">{count}<ol>{shown}</ol></section>\n' if shown else ""

    def _reply(self, comment: Comment) -> str:
        return render(
            "website/reply",
            id=comment.id,
            author=escape(comment.author),
            author_url=comment.author_url or "",
            time=self._clock(comment.published),
            body=comment.body,
        )

    def _clock(self, moment: datetime) -> str:
        return f"{moment.astimezone(self.site.zone):%-d %B %Y at %H:%M}"

    def _render(
        self, title: str, main: str, head: str = "", path: str = "/", lang: str = "en"
    ) -> str:
        return render(
            "website/page",
            lang=lang,
            title=escape(title),
            site_title=escape(self.site.title),
            tagline=escape(self.site.tagline),
            head=head,
            base=self.base,
            host=self.base.partition("//")[2],
            main=main,
        )


def _excerpt(post: Post) -> str:
    return " ".join(plain_text(post.body).split()[:_EXCERPT_WORDS])


def _gzipped(xml: str) -> Response:
    # No time in the header, so that the bytes and the ETag stay the same.
    body = gzip.compress(f'<?xml version="1.0" encoding="UTF-8"?>{xml}'.encode(), mtime=0)
    return Response(body, "application/gzip")
