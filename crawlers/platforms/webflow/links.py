"""Which addresses of a Webflow site lead to what.

Every collection list of a page is paged by a key of its own, `?681beb97_page=2`, and any page that
shows the list answers to it. The library stands on each item's page too, so following the pager
everywhere would ask for items × pages. It is followed from the listing's own address only, one
key at a time; from all other addresses the keys are taken off.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlencode, urlunsplit

from scrapy.http import TextResponse

from cleaning.urls import site_of, urljoin, urlsplit

PAGE_KEY = re.compile(r"^[0-9a-f]{8}_page$")
ITEM_MARK = "html[data-wf-collection][data-wf-item-slug]"
NEXT = "a.w-pagination-next::attr(href)"
NUMBER = re.compile(r"[0-9]{1,6}")
PAGE_COUNT = re.compile(r"[0-9]{1,6}\s*/\s*([0-9]{1,6})\s*$")


def join(base: str, href: str | None) -> str | None:
    """The absolute http(s) address of a link; None for any other and for what is no address."""
    if not href or href.strip().startswith("#"):
        return None
    url = urljoin(base, href.strip())
    return url if urlsplit(url).scheme in {"http", "https"} else None


def without_pages(url: str) -> str:
    """The address without fragment and without the pages of any list.

    >>> without_pages("https://a.example/library?681beb97_page=3&topic=care#list")
    'https://a.example/library?topic=care'
    """
    parts = urlsplit(url)
    kept = [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not is_key(k)]
    return urlunsplit((parts.scheme, parts.netloc, parts.path, urlencode(kept), ""))


def is_key(name: str) -> bool:
    return PAGE_KEY.fullmatch(name) is not None


def page_numbers(url: str) -> dict[str, int]:
    """The page of each list that an address asks for, by the list's key."""
    found = parse_qsl(urlsplit(url).query)
    return {k: int(v) for k, v in found if is_key(k) and NUMBER.fullmatch(v)}


def next_pages(response: TextResponse) -> list[str]:
    """The next page of each list of a listing: of all on its first page, then of the same list.

    Only higher numbers count, so that no pager can lead in circles.
    """
    here = page_numbers(response.url)
    found: dict[str, None] = {}
    base = without_pages(response.url)
    for href in response.css(NEXT).getall():
        for key, number in page_numbers(join(response.url, href) or "").items():
            if (not here or key in here) and number > here.get(key, 1):
                found[f"{base}{'&' if '?' in base else '?'}{key}={number}"] = None
    return list(found)


def announced_pages(response: TextResponse) -> int:
    """How many pages the longest list of a page says it has ("1 / 9"); 1 where none says."""
    counts = response.css(".w-page-count::text").getall()
    return max((int(m[1]) for c in counts if (m := PAGE_COUNT.search(c))), default=1)


def own_address(url: str | None, root: str) -> str | None:
    """An item's one address on the host of `root`: its path alone; None for another site's.

    Item pages take no parameters, and http, https and www are forms of the same site.
    """
    if url is None or site_of(url) != site_of(root):
        return None
    home = urlsplit(root)
    return urlunsplit((home.scheme, home.netloc, urlsplit(url).path.rstrip("/") or "/", "", ""))


def native_id_of(url: str) -> str:
    """`resources/a-toolkit` of `https://library.example/resources/a-toolkit?681beb97_page=2`."""
    return urlsplit(url).path.strip("/")


def folder_of(url: str) -> str:
    """The folder that an item's address stands in, with slashes on both ends."""
    return urlsplit(url).path.rstrip("/").rpartition("/")[0] + "/"


def is_item(response: TextResponse) -> bool:
    """Whether this is the own page of a collection's item."""
    return bool(response.css(ITEM_MARK))


def listed(response: TextResponse) -> Iterator[str]:
    """The addresses on the same site that the items of all lists of a page lead to, each once."""
    seen = set()
    for href in response.css(".w-dyn-item a::attr(href), a.w-dyn-item::attr(href)").getall():
        url = own_address(join(response.url, href), response.url)
        if url and url not in seen:
            seen.add(url)
            yield url


def item_folders(response: TextResponse) -> tuple[str, ...]:
    """The folder of a page's collection: an item's own, or that of what a listing lists.

    What stands below the listing's own address wins; else the folder with the most items, for
    menus and footers are lists too.
    """
    if is_item(response):
        return (folder_of(response.url),)
    counts = Counter(folder_of(url) for url in listed(response))
    del counts["/"]
    below = urlsplit(response.url).path.rstrip("/") + "/"
    return (below,) if below in counts else tuple(f for f, _ in counts.most_common(1))
