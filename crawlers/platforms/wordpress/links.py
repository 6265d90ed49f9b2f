"""Which addresses of a WordPress site lead to what."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlunsplit

from scrapy.http import Response, TextResponse
from scrapy.selector import Selector
from scrapy.utils.response import get_base_url

from cleaning.urls import page_key, site_of, urljoin, urlsplit

NO_PAGES = re.compile(
    r"""/(?:wp-admin|wp-login\.php|wp-json|wp-content|wp-includes|xmlrpc\.php|wp-comments-post\.php)
    |/feed(?:/|$)|/(?:embed|trackback|amp)/?$
    |/\d{4}-\d{2}(?:-\d{2})?/?$               # calendars of event plugins: endless
    |\.(?:jpe?g|png|gif|svg|webp|mp[34]|m4a|zip|docx?|xlsx?|pptx?|ics|css|js|xml|rss|pdf)$
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""Paths that hold no post, page or archive of posts."""
PAGE_PARAMETERS = {"p", "page_id", "paged", "author", "cat", "m", "tag"}
"""Query parameters of plain permalinks; an address with any other is a variant of a page."""
COMMENT_PAGE = re.compile(r"/comment-page-(\d+)/?$")
ANY_COMMENT_PAGE = re.compile(rb"/comment-page-\d+")
SITEMAPS = ("wp-sitemap.xml", "sitemap_index.xml", "sitemap.xml")
"""WordPress's own, Yoast's, and the usual name."""
TAXONOMY_SITEMAP = re.compile(
    r"(?:taxonom|users?-|author|category|categories|post_tag|tags?-|news|image|video)[^/]{0,80}\.xml$|"
    r"[?&]taxonomy=",
    re.IGNORECASE,
)
"""Parts of a sitemap index that list archives, not content."""

NEXT_PAGE = (
    "link[rel=next]",
    ".pagination-next a",
    "a.next.page-numbers",
    ".nav-previous a, .wp-block-query-pagination-next",
)
"""In order; `link[rel=next]` only where the body says archive, for on a single post it names the
neighbouring post."""
API_LINK = re.compile(r'<([^<>]+)>;\s{0,9}rel="https://api\.w\.org/"')
NEXT_TEXT = re.compile(r"^\s*(?:next page|older posts|older entries)\b", re.IGNORECASE)


def permalink(url: str) -> str:
    """The address without fragment and without parameters that only show it in another way."""
    parts = urlsplit(url)
    query = "&".join(f"{k}={v}" for k, v in parse_qsl(parts.query) if k in PAGE_PARAMETERS)
    path = COMMENT_PAGE.sub("/", parts.path)
    return urlunsplit((parts.scheme, parts.netloc.lower(), path or "/", query, ""))


def same_page(url: str) -> str:
    """A key that is equal for the forms of one address: scheme, www and end slash left out."""
    return page_key(permalink(url))


def is_page(url: str, root: str) -> bool:
    """Whether an address below `root` may be a post, page or archive."""
    parts, home = urlsplit(url), urlsplit(root)
    if parts.scheme not in {"http", "https"}:
        return False
    if site_of(url) != site_of(root):
        return False
    # With the slash, for /blog-archive/ is another site than /blog/.
    if not f"{parts.path}/".startswith(home.path) or NO_PAGES.search(parts.path):
        return False
    return all(k in PAGE_PARAMETERS for k, _ in parse_qsl(parts.query, keep_blank_values=True))


def body_classes(response: TextResponse) -> set[str]:
    """The classes by which WordPress says what a page shows (archive, single-post, postid-7 …)."""
    return set((response.css("body::attr(class)").get() or "").split())


def is_archive(classes: set[str]) -> bool:
    return bool(classes & {"archive", "blog", "search"})


def next_page(response: TextResponse) -> str | None:
    """The address of an archive's next page, by all the forms that themes give it."""
    for selector in NEXT_PAGE:
        href = response.css(selector).css("::attr(href)").get()
        if href:
            return urljoin(get_base_url(response), href) or None
    for link in response.css("main a, #content a, nav a, .navigation a, body a"):
        if NEXT_TEXT.match(" ".join(link.css("::text").getall())):
            return urljoin(get_base_url(response), link.attrib.get("href", "")) or None
    return None


def page_links(response: TextResponse, root: str) -> Iterator[str]:
    """All addresses on a page that may be posts, pages or archives, each once."""
    seen = set()
    for href in response.css("body a::attr(href)").getall():
        url = permalink(urljoin(get_base_url(response), href.strip()))
        if url not in seen and is_page(url, root):
            seen.add(url)
            yield url


def api_root(response: Response) -> str | None:
    """The REST API's address, as the page announces it in a header or in its head."""
    for header in response.headers.getlist("Link"):
        found = API_LINK.search(header.decode("latin-1"))
        if found:
            return urljoin(response.url, str(found.group(1))) or None
    if isinstance(response, TextResponse):
        href: str | None = response.css('link[rel="https://api.w.org/"]::attr(href)').get()
        return (urljoin(get_base_url(response), href) or None) if href else None
    return None


def is_wordpress_com(response: Response) -> bool:
    """Whether WordPress.com serves this page, also under a domain of its own."""
    host = urlsplit(response.url).hostname or ""
    if host.endswith(".wordpress.com"):
        return True
    generator = (
        Selector(response=response).css("meta[name=generator]::attr(content)").get()
        if isinstance(response, TextResponse)
        else None
    )
    return (generator or "").strip().lower() == "wordpress.com"
