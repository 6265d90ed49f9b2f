"""Join and split addresses that strangers wrote, by the names that `urllib.parse` has for it.

There both raise ValueError at what is no address, such as "http://[" for an unfinished IPv6
address, and one such link would cost the list in which it stands.
"""

from urllib.parse import SplitResult
from urllib.parse import urljoin as _join
from urllib.parse import urlsplit as _split


def urljoin(base: str, url: str) -> str:
    """Return the absolute address of `url` on the page `base`; "" for what is none.

    >>> urljoin("https://example.org/a/", "b"), urljoin("https://example.org/", "http://[")
    ('https://example.org/a/b', '')
    """
    try:
        return _join(base, url)
    except ValueError:
        return ""


def urlsplit(url: str) -> SplitResult:
    """Return the parts of an address; what is none is all path."""
    try:
        return _split(url)
    except ValueError:
        return SplitResult("", "", url, "", "")


def site_of(url: str) -> str:
    """Return the host of an address with its port, without a `www.` in front.

    >>> site_of("https://www.Example.org:8080/a")
    'example.org:8080'
    """
    return urlsplit(url).netloc.lower().removeprefix("www.")


def page_key(url: str) -> str:
    """Return the address without what differs between two forms of it that mostly are one page:
    scheme, `www.`, fragment, and the slash at its end.

    >>> page_key("https://www.Example.org/a/?b=1#top")
    'example.org/a?b=1'
    """
    parts = urlsplit(url)
    query = f"?{parts.query}" if parts.query else ""
    return f"{site_of(url)}{parts.path.rstrip('/')}{query}"
