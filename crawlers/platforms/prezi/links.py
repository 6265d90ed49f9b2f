"""Which addresses of Prezi are presentations.

`/{id}/{slug}/` (classic), `/p/{id}/{slug}/` (since 2017), `/v/{id}/{slug}/` (video) and
`/view/{token}/` (shared). An id has 12 characters: digits, lower-case letters, "-" and "_".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlunsplit

from parsel import Selector
from scrapy.http import TextResponse

from cleaning.urls import urljoin, urlsplit

SHAPES = (
    re.compile(r"/(?:p|v)/(?:(?:edit|embed|present)/)?([a-z0-9_-]{12})(?:/[^/]*)?/?"),
    re.compile(r"/view/([A-Za-z0-9_-]{12,40})/?"),
    re.compile(r"/([a-z0-9_-]{12})(?:/[^/]+)?/?"),
)
"""Paths, to be matched whole."""
WORDS = {"presentation", "integrations", "organization", "testimonials", "partnerships"}
"""Words of twelve letters that begin addresses of other pages."""


def native_id(url: str) -> str | None:
    """The id in the address of a presentation; None for any other page.

    >>> native_id("https://prezi.com/p/abcd1234-efg/a-title/")
    'abcd1234-efg'
    """
    path = urlsplit(url).path
    found = next((m[1] for shape in SHAPES if (m := shape.fullmatch(path))), None)
    return None if found in WORDS else found


def permalink(url: str) -> str:
    """The address without query and fragment, which only show it in another way."""
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc.lower(), parts.path or "/", "", ""))


def presentations(response: TextResponse) -> Iterator[tuple[str, Selector]]:
    """(permalink, link element) of each presentation of the same host that a page links to, once.

    Where a picture and a title lead to the same one, the element is the one that has words.
    """
    found: dict[str, Selector] = {}
    host = urlsplit(response.url).netloc
    for link in response.css("body a[href]"):
        url = permalink(urljoin(response.url, link.attrib["href"].strip()))
        if urlsplit(url).netloc != host or native_id(url) is None:
            continue
        if url not in found or not found[url].xpath("normalize-space()").get():
            found[url] = link
    yield from found.items()
