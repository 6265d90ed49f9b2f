"""Addresses of links, pictures and media, absolute and fit for a line of Markdown."""

import re
from collections import deque
from functools import lru_cache
from urllib.parse import urljoin

from cleaning.page.model import Page

_LINE_ENDS = re.compile(r"[\t\r\n]")
# What joining changes in an address: blanks, dots, signs that open nothing. All other addresses
# need no more than the site before them; joining takes as long as all else of a link.
_ODD = re.compile(r"[\s\[\]\\]|/\.|[?#](?:$|#)")
_WHOLE = re.compile(r"https?://[\w.-]")
_KNOWN = re.compile(r"(?:https?://|mailto:)[^\s]", re.IGNORECASE)
# Where those that load late keep the address of a picture, beside a blank one in `src`.
_LATE = ("data-src", "data-lazy-src", "data-original", "data-orig-file", "data-full-url")
_LATE_SETS = ("data-srcset", "data-lazy-srcset")
_MEDIA_SOURCES = ("data-src", "data-lazy-src", "src", "data")


def base_of(page: Page) -> str:
    """Return what the page's relative addresses are resolved against: `<base href>` or its own."""
    if not page.head.base:
        return page.url
    return absolute(page.head.base, page.url) or page.url


@lru_cache(maxsize=5_000)
def absolute(url: str | None, base: str) -> str | None:
    """Return `url` as an absolute http(s) or mailto address, or None for any other kind."""
    if url is None or not url.strip() or url.strip().startswith("#"):
        return None
    if not _ODD.search(url):
        if _WHOLE.match(url):
            return url
        if url[0] == "/" and url[1:2] != "/" and _origin(base):
            return _origin(base) + url
    try:
        joined = urljoin(base, _LINE_ENDS.sub("", url.strip()))
    except ValueError:  # "http://[": nothing that anyone could follow
        return None
    return joined.replace(" ", "%20") if _KNOWN.match(joined) else None


@lru_cache(maxsize=64)
def _origin(base: str) -> str:
    try:
        site = urljoin(base, "/")[:-1]
    except ValueError:
        return ""
    return site if _KNOWN.match(site) else ""


def picture_address(page: Page, element: int, base: str) -> str | None:
    """Return the address of an `img`, wherever the page keeps it."""
    own = page.attributes[element]
    given = [own.get(name) for name in _LATE]
    sets = [own.get(name) for name in _LATE_SETS]
    found = _first(
        [*given, *map(_largest, sets), own.get("src"), _largest(own.get("srcset"))], base
    )
    if found:
        return found
    # The parser takes what follows a `source` for a part of it.
    picture = next(page.nodes[element].iterancestors("picture"), None)
    if picture is None:
        return None
    sources = list(picture.iter("source"))
    names = ("data-srcset", "srcset", "data-src", "src")
    return _first([_largest(source.get(name)) for source in sources for name in names], base)


def media_address(page: Page, element: int, base: str) -> str | None:
    """Return the address of what an `iframe`, `video`, `audio`, `object` or `embed` shows."""
    media = page.nodes[element]
    own = [media.get(name) for name in _MEDIA_SOURCES]
    links = [link.get("href") for link in media.iterdescendants("a")]
    inner = [source.get("src") for source in media.iterdescendants("source", "embed", "iframe")]
    # WordPress counts its players in the source ("?_=1"); the link inside has the plain address.
    found = next((address for address in (*own, *links, *inner) if address), None)
    return absolute(found, base)


def destination(url: str) -> str:
    """Return `url` so that no sign in it ends the target of a link in Markdown."""
    if url.count("(") != url.count(")"):
        url = url.replace("(", "%28").replace(")", "%29")
    return url.replace("<", "%3C").replace(">", "%3E").replace("\\", "%5C")


def _first(given: list[str | None], base: str) -> str | None:
    return next((found for url in given if (found := absolute(url, base))), None)


def _largest(candidates: str | None) -> str | None:
    """Return the address of the largest picture of a `srcset` ("a.jpg 480w, b.jpg 960w").

    An address may hold commas, but not end with one.
    """
    best, width = None, -1.0
    words = deque((candidates or "").split())
    while words:
        url, size = words.popleft(), ""
        if not url.endswith(",") and words:
            size, _, rest = words.popleft().partition(",")
            if rest:
                words.appendleft(rest)
        this = _number(size.rstrip("wx"))
        if url.strip(",") and this > width:
            best, width = url.rstrip(","), this
    return best


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0
