"""What the rules see of a comment: lower case, its links apart, the page's own links left out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from urllib.parse import urlsplit

from cleaning.urls import without_www

from .hints import hints_of
from .phrases import PRAISING, PUBLIC, REFERENCE, SHARED_HOSTS, URL, WEB_ADDRESS

TOKEN = re.compile(r"\w+|[^\w\s]+")
"""Runs of letters and digits, and of signs: few different ones, so most have been met before."""
_LONGEST_READ = 6000  # characters; by then a comment has shown what it is
_MOST_LINKS = 100
_MOST_REMEMBERED = 10_000


@dataclass(frozen=True, slots=True)
class Site:
    """An address of the web, in parts; `name` is its host as people say it."""

    host: str
    name: str
    netloc: str
    path: str
    query: str


@dataclass
class SeenComment:
    """A comment as the rules see it.

    ``text`` has no addresses, ``raw`` still has them; both are in lower case. ``links`` and
    ``author_site`` lead to other sites only: links to the page's own site, to public bodies and to
    works of reference are never held against anyone. ``tokens`` are what the text is made of,
    ``different`` each of them once, ``said`` its words of two letters or more, ``words`` how many
    these are, ``hosts`` those of links and of the author's, each once, and ``hinted`` what
    `hints_of` says of all words.
    """

    text: str
    raw: str
    tokens: list[str]
    different: dict[str, None]
    said: list[str]
    words: int
    author: str
    lower_author: str
    author_site: Site | None
    links: tuple[Site, ...]
    hosts: tuple[str, ...]
    hinted: int

    @cached_property
    def is_praising(self) -> bool:
        """Whether it begins as praise that fits any post does."""
        return PRAISING.match(self.text) is not None


def look_at(
    text: str, author: str | None, author_url: str | None, links: Sequence[str], host: str
) -> SeenComment:
    """Take a comment apart for the rules; ``host`` is the page's, in lower case."""
    raw = text[:_LONGEST_READ].lower()
    plain, named = _take_out_addresses(raw)
    tokens = TOKEN.findall(plain)
    different = dict.fromkeys(tokens)
    said = [token for token in tokens if len(token) > 1 and token.isalpha()]
    site = split_address(author_url.lower()) if author_url else None
    if site and _is_harmless(site, host):
        site = None
    outside = _outside([*links, *named], host) if links or named else ()
    name = author.strip() if author else ""
    return SeenComment(
        plain,
        raw,
        tokens,
        different,
        said,
        words=len(said),
        author=name,
        lower_author=name.lower(),
        author_site=site,
        links=outside,
        hosts=_hosts(outside, site) if site or outside else (),
        hinted=hints_of(different.keys(), is_ascii=plain.isascii()),
    )


def _hosts(links: Sequence[Site], author_site: Site | None) -> tuple[str, ...]:
    hosts = [site.host for site in links]
    return tuple(dict.fromkeys([*hosts, author_site.host] if author_site else hosts))


def _take_out_addresses(raw: str) -> tuple[str, list[str]]:
    """The text without addresses, and these: a text names its links again where the markup shows
    the address itself."""
    if "www." in raw:
        parts = URL.split(raw)
    elif "http" in raw:
        parts = WEB_ADDRESS.split(raw)  # finds its beginning faster
    else:
        return raw, []
    return " ".join(parts[::2]), parts[1::2]


def is_word(token: str) -> bool:
    """Whether a token is two letters or more, and nothing else."""
    return len(token) > 1 and token.isalpha()


def _outside(addresses: Sequence[str], host: str) -> tuple[Site, ...]:
    different = list(dict.fromkeys([address.lower() for address in addresses]))
    sites = map(split_address, different[:_MOST_LINKS])
    return tuple(site for site in sites if site and not _is_harmless(site, host))


@lru_cache(maxsize=_MOST_REMEMBERED)
def split_address(address: str) -> Site | None:
    """The parts of an address of the web, None where it cannot be read or is none."""
    try:
        parts = urlsplit(f"http://{address}" if address.startswith("www.") else address)
        host = parts.hostname
    except ValueError:
        return None
    if not host or parts.scheme not in {"http", "https"}:
        return None
    return Site(host, without_www(host), parts.netloc, parts.path, parts.query)


def _is_harmless(site: Site, host: str) -> bool:
    host = without_www(host)
    is_own = host and (
        site.name == host or site.name.endswith(f".{host}") or host.endswith(f".{site.name}")
    )
    return bool(is_own) or _is_public(site.name)


def is_telling(host: str) -> bool:
    """Whether it can be held against a comment that spam elsewhere links to the same host: it
    belongs to somebody, and is neither a public body, a work of reference nor a shared network."""
    name = without_www(host)
    return not _is_public(name) and SHARED_HOSTS.fullmatch(name) is None


@lru_cache(maxsize=_MOST_REMEMBERED)
def _is_public(name: str) -> bool:
    return PUBLIC.search(name) is not None or REFERENCE.search(name) is not None
