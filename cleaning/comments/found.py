"""What a reader of comments hands back, whatever the platform."""

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from cleaning.privacy import mask_contacts


@dataclass(frozen=True, slots=True)
class FoundComment:
    """A comment as the page shows it, nothing judged and nothing cleaned.

    ``native_id`` and ``parent_native_id`` are the platform's bare numbers ("136", not
    "comment-136"); ``position`` counts from 0 in the order of the page. ``published_raw`` is the
    most machine-readable form that the page has: ISO 8601, else epoch milliseconds, else the
    visible text. ``body_html`` is the inside of the comment's body, without its replies and
    buttons; a deleted comment keeps its place in the tree and has none.
    """

    native_id: str | None
    parent_native_id: str | None
    position: int
    author: str | None
    author_url: str | None
    published_raw: str | None
    body_html: str
    is_pingback: bool
    is_by_author: bool
    is_deleted: bool


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
    whoever guesses at them could test the guess.
    """
    parts: tuple[str | None, ...] = (published_raw, mask_contacts(body_html))
    if is_pingback:
        parts = (author, author_url, published_raw, body_html)
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
