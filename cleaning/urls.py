"""Join and split addresses that strangers wrote, by the names that `urllib.parse` has for it.

There both raise ValueError at what is no address, such as "http://[" for an unfinished IPv6
address, and one such link would cost the list in which it stands.
"""

from urllib.parse import SplitResult
from urllib.parse import urljoin as _join
from urllib.parse import urlsplit as _split

DEFAULT_PORTS = {"http": ":80", "https": ":443"}
SHOWN = 5
"""Addresses that a report names of many."""


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


def without_www(host: str) -> str:
    """Return a host in lower case and without a `www.` in front."""
    return host.lower().removeprefix("www.")


def host_of(url: str) -> str:
    """Return the host of an address without its port and a `www.` in front; "" where it has none.

    >>> host_of("https://www.Example.org:8080/a")
    'example.org'
    """
    return without_www(urlsplit(url).hostname or "")


def site_of(url: str) -> str:
    """Return the host of an address with its port, unless that is the usual one.

    >>> site_of("https://me@www.Example.org:8080/a"), site_of("https://example.org:443/")
    ('example.org:8080', 'example.org')
    """
    parts = urlsplit(url)
    netloc = parts.netloc.rpartition("@")[2]
    return without_www(netloc.removesuffix(DEFAULT_PORTS.get(parts.scheme, "")))


def page_key(url: str) -> str:
    """Return the address without what differs between two forms of it that mostly are one page:
    scheme, `www.`, fragment, and the slash at its end.

    >>> page_key("https://www.Example.org/a/?b=1#top")
    'example.org/a?b=1'
    """
    parts = urlsplit(url)
    query = f"?{parts.query}" if parts.query else ""
    return f"{site_of(url)}{parts.path.rstrip('/')}{query}"
