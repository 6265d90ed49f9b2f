"""By what a block is told from others of a site: its words and its links."""

import hashlib
from collections.abc import Sequence
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from cleaning.page.words import WORD

_BYTES = 12


def words_of(text: str) -> list[str]:
    """Return the words of a text in lower case, as the model of a page has them."""
    return WORD.findall(text.lower())


def block_key(words: Sequence[str], addresses: Sequence[str], url: str) -> str:
    """Return 24 hexadecimal digits, equal for equal words with equal links; "" without words.

    Links that carry the page's own address, as those for sharing and answering do, are left aside.
    """
    if not words:
        return ""
    told = " ".join(words)
    if addresses:
        own = own_part(url)
        told = "\n".join([told, *sorted({a for a in addresses if not _is_own(a, own)})])
    return hashlib.blake2b(told.encode("utf-8", "replace"), digest_size=_BYTES).hexdigest()


@lru_cache(maxsize=64)
def own_part(url: str) -> str:
    """Return the part of an address by which links to its page are told, "" for a front page."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return parts.path.strip("/") or parts.query


def _is_own(address: str, own: str) -> bool:
    return bool(own) and own in unquote(unquote(address))
