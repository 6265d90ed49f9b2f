"""What the rules see of a comment: lower case, its links apart, the page's own links left out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import SplitResult, urlsplit

from .phrases import PUBLIC, REFERENCE, URL, WORD, hints_of

_LONGEST_READ = 6000  # characters; by then a comment has shown what it is
_MOST_LINKS = 100


@dataclass(frozen=True)
class SeenComment:
    """A comment as the rules see it.

    ``text`` has no addresses, ``raw`` still has them; both are in lower case. ``links`` and
    ``author_site`` lead to other sites only: links to the page's own site, to public bodies and to
    works of reference are never held against anyone. ``blocks`` is what
    stands between blanks in the text, ``said`` are the
    words of the text, ``hinted`` is what `hints_of` says of all of them together.
    """

    text: str
    raw: str
    blocks: list[str]
    said: list[str]
    author: str
    author_site: SplitResult | None
    links: tuple[SplitResult, ...]
    hinted: int

    @cached_property
    def words(self) -> int:
        """How many words the text has."""
        return len(self.said)

    @cached_property
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
    outside = (split_address(address) for address in list(addresses)[:_MOST_LINKS])
    site = split_address(author_url.lower()) if author_url else None
    said = WORD.findall(plain)
    return SeenComment(
        text=plain,
        raw=raw,
        blocks=plain.split(),
        said=said,
        author=(author or "").strip(),
        author_site=site if site and not _is_harmless(site, host) else None,
        links=tuple(part for part in outside if part and not _is_harmless(part, host)),
        hinted=_hints_of_all(dict.fromkeys(said)),
    )


def split_address(address: str) -> SplitResult | None:
    """The parts of an address of the web, None where it cannot be read or is none."""
    try:
        parts = urlsplit(f"http://{address}" if address.startswith("www.") else address)
        return parts if parts.hostname and parts.scheme in {"http", "https"} else None
    except ValueError:
        return None


def name_of(site: SplitResult) -> str:
    """The host of a site as people say it."""
    return (site.hostname or "").removeprefix("www.")


def _is_harmless(address: SplitResult, host: str) -> bool:
    site = name_of(address)
    if PUBLIC.search(site) or REFERENCE.search(site):
        return True
    host = host.removeprefix("www.")
    return bool(host) and (site == host or site.endswith(f".{host}") or host.endswith(f".{site}"))


def _hints_of_all(words: Iterable[str]) -> int:
    hinted = 0
    for word in words:
        hinted |= hints_of(word)
    return hinted
