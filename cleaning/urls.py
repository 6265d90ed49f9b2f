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
