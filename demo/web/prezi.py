"""An organisation's presentations in the shape of Prezi's classic page.

The front page lists them. The transcript stands in the page, or (`is_scripted`) a script fetches it
from `/transcripts/<id>.json` and writes it there, so that only a browser sees it.
"""

from __future__ import annotations

import hashlib
from html import escape

from demo.web.messages import TEXT, Request, Response, data, document, page
from demo.web.model import Post, Site
from demo.web.prose import render

_ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz"
_ID_LENGTH = 12
_ROBOTS = "User-agent: *\nDisallow: /edit/\n"
_VIEWER = """\
const place = document.getElementById("transcript-full-text");
const id = location.pathname.split("/")[1];
fetch(`/transcripts/${id}.json`)
  .then((answer) => answer.json())
  .then((transcript) => { place.innerHTML = transcript.html; });
"""


def prezi_id(post: Post) -> str:
    """The twelve characters that stand for a presentation in its address."""
    number = int.from_bytes(hashlib.sha256(str(post.id).encode()).digest()[:16], "big")
    characters = []
    for _ in range(_ID_LENGTH):
        number, rest = divmod(number, len(_ALPHABET))
        characters.append(_ALPHABET[rest])
    return "".join(characters)


def path_of(post: Post) -> str:
    return f"/{prezi_id(post)}/{post.slug}/"


class Prezi:
    """Answers for one organisation at `base` (no slash at the end)."""

    def __init__(self, site: Site, base: str) -> None:
        self.site = site
        self.base = base
        self._posts = {path_of(post): post for post in site.posts}
        self._transcripts = {
            f"/transcripts/{prezi_id(post)}.json": post for post in site.posts if post.is_scripted
        }

    def answer(self, request: Request) -> Response:
        found = self._answer(request.path)
        if found is None:
            return page(self._page("Not found", "<p>Uh-oh! Nothing here.</p>", "/"), 404)
        return Response(
            found.body, found.content_type, found.status, found.headers, self.site.last_changed
        )

    def _answer(self, path: str) -> Response | None:
        if path == "/robots.txt":
            return document(_ROBOTS, TEXT)
        if path == "/":
            return page(self._list())
        if path == "/viewer.js":
            return document(_VIEWER, "text/javascript; charset=utf-8")
        if path in self._transcripts:
            return data({"html": self._transcripts[path].body})
        if path in self._posts:
            return page(self._presentation(self._posts[path]))
        return None

    def _list(self) -> str:
        entries = "".join(
            f'<li><a href="{path_of(post)}"><img src="" alt=""></a>'
            f'<a href="{path_of(post)}?utm_campaign=share">{escape(post.title)}</a></li>'
            for post in self.site.newest_first
        )
        content = f"<h1>{escape(self.site.tagline)}</h1><ul>{entries}</ul>"
        return self._page(self.site.title, content, "/")

    def _presentation(self, post: Post) -> str:
        author = self.site.author_of(post).name
        content = render(
            "prezi/presentation",
            base=self.base,
            title=escape(post.title),
            description=escape(post.excerpt or "No description"),
            author=escape(author),
            day=f"{post.published.day} {post.published:%B %Y}",
            comments=len(post.visible_comments),
            transcript="" if post.is_scripted else post.body,
        )
        meta = f'<meta property="og:title" content="{escape(post.title)}">'
        return self._page(
            f"{post.title} by {author} on Prezi",
            content,
            path_of(post),
            meta=meta,
            scripts='<script src="/viewer.js"></script>' if post.is_scripted else "",
        )

    def _page(
        self, title: str, content: str, path: str, *, meta: str = "", scripts: str = ""
    ) -> str:
        return render(
            "prezi/page",
            lang=self.site.languages[0],
            head_title=escape(title),
            canonical=self.base + path,
            base=self.base,
            meta=meta,
            content=content,
            scripts=scripts,
        )
