"""Which addresses are pages of a site, and which of them are the same page.

A site answers to http and https, with and without www, with and without a session's number in the
address: one page must not be fetched, nor counted as a document, once for each.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import quote_plus, unquote_plus, urlunsplit

from scrapy.http import TextResponse
from scrapy.utils.response import get_base_url
from w3lib.url import safe_url_string

from cleaning.page import Page
from cleaning.urls import DEFAULT_PORTS, site_of, urljoin, urlsplit

NO_PAGE = re.compile(
    r"""/(?:log-?in|log-?out|sign-?in|sign-?up|register|logon|account|cart|basket|checkout|admin)
        (?:/|$|\.(?:php|aspx?|html?)$)
    |/(?:wp-admin|wp-json|wp-content|wp-includes|wp-login|xmlrpc|cgi-bin|cdn-cgi)\b
    |/feed/?$
    |\.(?:jpe?g|png|gif|svg|webp|ico|bmp|tiff?|mp[34]|m4[av]|mov|avi|webm|ogg|wav|zip|gz|rar|7z|exe
        |dmg|docx?|xlsx?|pptx?|od[tsp]|csv|ics|vcf|css|js|json|xml|rss|atom|pdf|epub|woff2?|ttf)$
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""Paths that hold no page for readers, or none that a harvest should ask for."""
SESSION = re.compile(
    r"(?:php|asp|j|net)?sess(?:ion)?_?(?:id)?|sid|zenid|oscsid|cfid|cftoken|aspsessionid\w*", re.I
)
SESSION_IN_PATH = re.compile(r";(?:jsessionid|sid|phpsessid)=[^/?#]*|/\([SXF]\([^)/]*\)\)", re.I)
"""Java's and others' path parameters, and the brackets of ASP.NET."""
VISIT = re.compile(
    r"utm_\w+|fbclid|gclid|mc_[ce]id|_ga|srsltid|replytocom|like_comment|share|ref_src|print", re.I
)
"""Parameters that say how somebody came, or show the same page in another dress."""
INDEX = re.compile(r"/(?:index|default|home)\.(?:html?|php|aspx?|jsp|cfm)$", re.IGNORECASE)
PAGE_NUMBER = re.compile(r"page|paged|pg|p|seite|start|offset|pagenum(?:ber)?", re.IGNORECASE)
PAGE_IN_PATH = re.compile(r"/(?:comment-)?page[/-]?\d+/?$")
OFFSET_NAMES = frozenset({"topic", "board"})
OFFSET = re.compile(r"(\d+)\.(?:\d+|msg\d+)")
"""A thread or list of SMF, and the number of the first post that is shown, or of any in it."""
PLAIN = re.compile(r"(?:[a-z0-9_.-]+/?)*+")
"""A path that is in its one form as it stands."""
FEED_TYPES = ("application/rss+xml", "application/atom+xml")


def own_address(url: str, root: str) -> str | None:
    """The one form of an address of the site, with scheme and host of `root`; None elsewhere.

    Fragment, session and visit go, parameters are sorted. Whether a path ends in a slash is left
    as it is, for some servers answer to only one form (`same_page` tells that they are one).

    >>> own_address("http://www.hall.example/a;jsessionid=9?b=2&sid=7&a=1#top", "https://hall.example/")
    'https://hall.example/a?a=1&b=2'
    """
    origin = root[: root.find("/", len("https://")) + 1]
    if origin and url.startswith(origin) and PLAIN.fullmatch(url, len(origin)):
        return url
    try:
        parts, home = urlsplit(safe_url_string(url.strip())), urlsplit(root)
        if parts.scheme not in DEFAULT_PORTS or site_of(url.strip()) != site_of(root):
            return None
    except ValueError:  # such as an unfinished IPv6 address
        return None
    path = re.sub(r"/{2,}", "/", SESSION_IN_PATH.sub("", parts.path)) or "/"
    kept = [(k, v) for k, v in _query(parts.query) if not _is_passing(k)]
    kept.sort(key=lambda pair: (pair[0], pair[1] or ""))
    return urlunsplit((home.scheme, home.netloc, path, _encoded(kept), ""))


def root_of(url: str, root: str) -> str:
    """`root`, or that of another host: a site may have moved since its pages were archived."""
    parts = urlsplit(url)
    return root if own_address(url, root) else urlunsplit((parts.scheme, parts.netloc, "/", "", ""))


def _is_passing(name: str) -> bool:
    return bool(SESSION.fullmatch(name) or VISIT.fullmatch(name))


def _query(query: str) -> list[tuple[str, str | None]]:
    """The parameters; one without "=" has no value, and some servers know it only so."""
    parts = (part.partition("=") for part in query.split("&") if part)
    return [
        (unquote_plus(name), unquote_plus(value) if sign else None) for name, sign, value in parts
    ]


def _encoded(parameters: Iterable[tuple[str, str | None]]) -> str:
    return "&".join(
        quote_plus(name) if value is None else f"{quote_plus(name)}={quote_plus(value)}"
        for name, value in parameters
    )


def has_session(url: str) -> bool:
    """Whether an address holds a visitor's session."""
    parts = urlsplit(url)
    names = (name for name, _ in _query(parts.query))
    return bool(SESSION_IN_PATH.search(parts.path)) or any(SESSION.fullmatch(n) for n in names)


def same_page(url: str) -> str:
    """A key that is equal for the forms of one address on one site: path and query."""
    parts = urlsplit(url)
    return f"{INDEX.sub('/', parts.path).rstrip('/')}?{parts.query}"


def is_page(url: str, allow: tuple[str, ...] = (), deny: tuple[str, ...] = ()) -> bool:
    """Whether an own address may hold a page that is wanted; the prefixes are of paths."""
    path = urlsplit(url).path
    if NO_PAGE.search(path) or path.startswith(deny):
        return False
    return not allow or path.startswith(allow)


def first_page(url: str) -> str:
    """The address of a list or thread without the number of its page."""
    parts = urlsplit(url)
    kept = [(k, _first(k, v)) for k, v in _query(parts.query) if not is_page_number(k, v)]
    return urlunsplit(parts._replace(path=PAGE_IN_PATH.sub("/", parts.path), query=_encoded(kept)))


def _first(name: str, value: str | None) -> str | None:
    """The value of a parameter on the first page: some name a thread and a place in it by one."""
    place = OFFSET.fullmatch(value) if value and name.lower() in OFFSET_NAMES else None
    return f"{place[1]}.0" if place else value


def pages_comments(page: Page) -> bool:
    """Whether the page before or after has other comments of the same text, not its next part."""
    return any(
        "comment" in attributes.get("href", "").partition("#")[2].lower()
        for attributes in (page.attributes[element] for element in page.having("rel"))
        if attributes["rel"].lower() in {"prev", "next"}
    )


def is_page_number(name: str, value: str | None) -> bool:
    """Whether a parameter pages through something; `?p=123` may as well name an entry."""
    if value is None or not value.isdecimal():
        return False
    return bool(PAGE_NUMBER.fullmatch(name)) and name.lower() != "p"


def page_links(response: TextResponse) -> Iterator[str]:
    """Every address that a page links to, absolute, as it stands there."""
    base = get_base_url(response)
    for href in response.xpath("//a/@href | //area/@href").getall():
        yield urljoin(base, href.strip())


def head_links(response: TextResponse, xpath: str) -> list[str]:
    """The absolute addresses of those `link` elements to which an XPath condition applies."""
    base = get_base_url(response)
    found = response.xpath(f"//link[{xpath}]/@href").getall()
    return [urljoin(base, href.strip()) for href in found]


def feed_links(response: TextResponse) -> list[str]:
    """The feeds that a page announces; those of comments lead to no other page."""
    types = " or ".join(f"@type='{name}'" for name in FEED_TYPES)
    urls = head_links(response, f"contains(@rel, 'alternate') and ({types})")
    return [url for url in urls if "comment" not in url]
