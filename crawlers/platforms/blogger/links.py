"""Which addresses of a Blogger blog lead to what.

Blogger gives every blog the same addresses, whatever its template: `/2019/07/a-title.html` is a
post, `/p/a-title.html` a page, `/2019/` and `/2019/07/` are archives. `/search` (labels, and the
Older and Newer links) is forbidden by the robots.txt of every blog, and so has no kind here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Literal
from urllib.parse import parse_qs, urlunsplit

from scrapy.http import TextResponse

from cleaning.urls import site_of, urljoin, urlsplit

Kind = Literal["article", "page", "archive"]

SHAPES: tuple[tuple[re.Pattern[str], Kind], ...] = (
    (re.compile(r"\d{4}/(?:0[1-9]|1[0-2])/[^/]+\.html"), "article"),
    (re.compile(r"p/[^/]+\.html"), "page"),
    # The last form is that of blogs whose archives are by week or of before 2006.
    (
        re.compile(r"\d{4}/(?:(?:0[1-9]|1[0-2])/(?:\d{2}/)?)?|\d{4}_\d{2}_\d{2}_archive\.html"),
        "archive",
    ),
)
"""Paths below the blog's root, to be matched whole."""
BLOGSPOT = re.compile(r"([^.]+)\.blogspot\.[a-z.]+$")
QUERY_IN_PATH = re.compile(r"%3f.*", re.IGNORECASE | re.DOTALL)
COMMENT_PAGE = re.compile(r"[?&]commentPage=(\d+)")
ANY_COMMENT_PAGE = b"commentPage="


def permalink(url: str) -> str:
    """The address without query and fragment, for on Blogger these only show it in another way.

    `?m=1` is the mobile view, `?showComment=` and `#comment-form` are places in the page. Saved
    copies of a blog have the query in the file's name (`%3F`) and name a folder's `index.html`.

    >>> permalink("http://Blog.example/2019/07/a.html?m=1#comment-form")
    'http://blog.example/2019/07/a.html'
    """
    parts = urlsplit(url)
    path = QUERY_IN_PATH.sub("", parts.path)
    path = path.removesuffix("index.html") if path.endswith("/index.html") else path
    return urlunsplit((parts.scheme, parts.netloc.lower(), path or "/", "", ""))


def own_address(url: str, root: str) -> str | None:
    """The permalink on the blog's own host as `root` gives it; None for an address elsewhere.

    A blog answers to http and https, with and without www, and blogspot.com also under the
    domains of countries (blogspot.co.uk): one post must not be fetched once for each.
    """
    parts, home = urlsplit(permalink(url)), urlsplit(root)
    if parts.scheme not in {"http", "https"} or _site_key(url) != _site_key(root):
        return None
    return urlunsplit((home.scheme, home.netloc, parts.path, "", ""))


def _site_key(url: str) -> str:
    blogspot = BLOGSPOT.match(site_of(url))
    return f"{blogspot[1]}.blogspot" if blogspot else site_of(url)


def same_page(url: str) -> str:
    """A key that is equal for the forms of one address on one blog: its path."""
    return urlsplit(permalink(url)).path


def kind_of(url: str, root: str) -> Kind | None:
    """What an address of the blog shows; None for the front page and for what is not its own."""
    own = own_address(url, root)
    home = urlsplit(root).path.rstrip("/") + "/"
    if own is None or not (path := urlsplit(own).path).startswith(home):
        return None
    below = path.removeprefix(home)
    return next((kind for shape, kind in SHAPES if shape.fullmatch(below)), None)


def page_links(response: TextResponse, root: str) -> Iterator[tuple[Kind, str]]:
    """Every post, page and archive that a page links to, once; archive menus are `<option>`s."""
    found = (h.strip() for h in response.xpath("//a/@href | //option/@value").getall())
    yield from own_links((urljoin(response.url, href) for href in found if href), root)


def own_links(urls: Iterable[str], root: str) -> Iterator[tuple[Kind, str]]:
    """Those of the addresses that the blog has a kind for, each once."""
    seen = set()
    for url in urls:
        own, kind = own_address(url, root), kind_of(url, root)
        if own and kind and own not in seen:
            seen.add(own)
            yield kind, own


def comment_pages(response: TextResponse, root: str) -> list[str]:
    """The addresses of the other pages of a post's comments, in templates of the old form."""
    here = own_address(response.url, root) or permalink(response.url)
    numbers = {}
    for href in response.xpath("//a[contains(@href, 'commentPage=')]/@href").getall():
        url, match = urljoin(response.url, href), COMMENT_PAGE.search(href)
        if match and same_page(url) == same_page(here):
            numbers[int(match[1])] = f"{here}?commentPage={int(match[1])}"
    return [url for _, url in sorted(numbers.items()) if url != response.url]


def feed_page(url: str, following: str | None) -> str | None:
    """The address of a feed's next page: that of this page with the query of its `rel=next`.

    The link itself may lead to www.blogger.com or back to http; the feed is the same one. None
    where it does not lead forward, so that no feed can go in circles.
    """
    if not following:
        return None
    parts, query = urlsplit(url), urlsplit(following).query
    if _start_index(query) <= _start_index(parts.query):
        return None
    return urlunsplit((parts.scheme, parts.netloc, parts.path, query, ""))


def _start_index(query: str) -> int:
    raw = parse_qs(query).get("start-index", ["1"])[-1]
    return int(raw) if raw.isdecimal() else 1
