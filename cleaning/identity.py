"""Addresses and ids that are the same in every run and on every machine."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable
from urllib.parse import urlsplit, urlunsplit
from uuid import UUID, uuid5

from w3lib.url import canonicalize_url, url_query_cleaner

from cleaning.privacy import mask_contacts
from cleaning.reader.threads.times import is_relative
from cleaning.urls import DEFAULT_PORTS

# Any fixed UUID will do, as long as it never changes: all published ids derive from it.
_NAMESPACE = UUID("6f0c1f52-8a86-5d0e-9f6b-3a3c6a1c7e11")

# Parameters that name a visit, a reply form or a view, never another document.
_VISIT_PARAMETERS = frozenset(
    {"fbclid", "gclid", "replytocom", "like_comment", "showComment", "share"}
)
# Blogger's mobile view; other systems use `m` for a month, which must stay.
_MOBILE_VIEW = re.compile(r"m=[01]?")
# Webflow pages each list of a page by a key of its own: `?681beb97_page=3`.
_LIST_PAGE = re.compile(r"[0-9a-f]{8}_page")


def canonical_url(url: str) -> str:
    """Return the address under which `url` is compared and counted.

    Query sorted, fragment, tracking parameters and default port dropped, escapes normalised
    (rules of `w3lib.url.canonicalize_url`). Scheme, `www.` and the trailing slash stay: whether
    two of them are one document only the site can say. What is no http(s) address comes back
    unchanged but for surrounding blanks.

    >>> canonical_url("HTTPS://Example.org:443/a/?utm_source=x&b=2&a=1#top")
    'https://example.org/a/?a=1&b=2'
    """
    url = url.strip()
    if not re.match(r"https?://", url, re.IGNORECASE):
        return url
    try:
        return canonicalize_url(
            _without_port(url_query_cleaner(url, _visit_names(url), remove=True))
        )
    except ValueError:  # e.g. "http://[broken": still an address to report, but not one to mend
        return url


def _visit_names(url: str) -> list[str]:
    parameters = urlsplit(url).query.split("&")
    return [name for name in (_visit_name(parameter) for parameter in parameters) if name]


def _visit_name(parameter: str) -> str | None:
    name = parameter.partition("=")[0]
    is_visit = (
        name in _VISIT_PARAMETERS
        or name.lower().startswith("utm_")
        or _MOBILE_VIEW.fullmatch(parameter)
        or _LIST_PAGE.fullmatch(name)
    )
    return name if is_visit else None


def _without_port(url: str) -> str:
    parts = urlsplit(url)
    port = DEFAULT_PORTS[parts.scheme]
    return urlunsplit(parts._replace(netloc=parts.netloc.removesuffix(port)))


def document_id(platform: str, site: str, native_id: str | None, url: str) -> str:
    """Return the UUIDv5 of a document: of platform, site and native id, else of its address.

    An address changes when a title is corrected, a native id does not, so the id wins.
    """
    if native_id:
        return str(uuid5(_NAMESPACE, "\n".join((platform, site, native_id))))
    return str(uuid5(_NAMESPACE, canonical_url(url)))


def comment_id(document_id: str, native_id: str) -> str:
    """Return the UUIDv5 of a comment: native ids are unique within the site of a document."""
    return str(uuid5(_NAMESPACE, f"{document_id}\ncomment\n{native_id}"))


def invent_id(
    author: str | None,
    author_url: str | None,
    published_raw: str | None,
    body_html: str,
    *,
    is_pingback: bool,
) -> str:
    """A stable name for what has no id of its own, as pingbacks in some themes.

    Two comments that say the same at the same time have the same one, see `apart`. It goes into the
    tables as it is. Of a person's comment neither name nor contacts are in it, or
    whoever guesses at them could test the guess. "2 hours ago" is another text at the next visit,
    and so no part of it.
    """
    published = None if published_raw and is_relative(published_raw) else published_raw
    parts: tuple[str | None, ...] = (published, mask_contacts(body_html))
    if is_pingback:
        parts = (author, author_url, published, body_html)
    digest = hashlib.sha256("\0".join(part or "" for part in parts).encode()).hexdigest()
    return f"unnamed-{digest[:16]}"


def apart(names: Iterable[str]) -> list[str]:
    """The ids of a page's comments in its order, those that came before with a number behind them.

    >>> apart(["unnamed-7f", "12", "unnamed-7f"])
    ['unnamed-7f', '12', 'unnamed-7f-2']
    """
    seen: Counter[str] = Counter()
    found = []
    for name in names:
        seen[name] += 1
        found.append(name if seen[name] == 1 else f"{name}-{seen[name]}")
    return found
