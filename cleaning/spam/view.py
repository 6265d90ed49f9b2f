"""What the rules see of a comment: lower case, its links apart, the page's own links left out."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from .phrases import PUBLIC, URL, WORD

_LONGEST_READ = 6000  # characters; by then a comment has shown what it is


@dataclass(frozen=True, slots=True)
class SeenComment:
    """A comment as the rules see it.

    ``text`` has no addresses, ``raw`` still has them; both are in lower case. ``links`` and
    ``author_site`` lead to other sites only: links to the page's own site and to public bodies are
    never held against anyone.
    """

    text: str
    raw: str
    words: int
    author: str
    author_site: SplitResult | None
    links: tuple[SplitResult, ...]

    @property
    def hosts(self) -> tuple[str, ...]:
        """The hosts that the text and the author's name link to."""
        sites = self.links if self.author_site is None else (*self.links, self.author_site)
        return tuple(site.hostname or "" for site in sites)


def look_at(
    text: str, author: str | None, author_url: str | None, links: Sequence[str], host: str
) -> SeenComment:
    """Take a comment apart for the rules; ``host`` is the page's, in lower case."""
    raw = text[:_LONGEST_READ].lower()
    has_address = "http" in raw or "www." in raw
    plain = URL.sub(" ", raw) if has_address else raw
    # A text names its links again where the markup shows the address itself.
    named = URL.findall(raw) if has_address else ()
    addresses = dict.fromkeys([*(link.lower() for link in links), *named])
    outside = (_split(address) for address in addresses)
    site = _split(author_url.lower()) if author_url else None
    return SeenComment(
        text=plain,
        raw=raw,
        words=len(WORD.findall(plain)),
        author=(author or "").strip(),
        author_site=site if site and not _is_own(site, host) else None,
        links=tuple(part for part in outside if part and not _is_own(part, host)),
    )


def _split(address: str) -> SplitResult | None:
    try:
        parts = urlsplit(f"http://{address}" if address.startswith("www.") else address)
        return parts if parts.hostname and parts.scheme in {"http", "https"} else None
    except ValueError:
        return None


def _is_own(address: SplitResult, host: str) -> bool:
    site = (address.hostname or "").removeprefix("www.")
    if PUBLIC.search(site):
        return True
    host = host.removeprefix("www.")
    return bool(host) and (site == host or site.endswith(f".{host}") or host.endswith(f".{site}"))
