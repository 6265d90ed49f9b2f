"""What is left of a document when some of its blocks go."""

from __future__ import annotations

from collections.abc import Sequence, Set

from cleaning.writing import WrittenBlock


def shorten(blocks: Sequence[WrittenBlock], removed: Set[int]) -> list[int]:
    """Return the places of a document's blocks that stay when those in `removed` go.

    What has no words (pictures, rules, links around pictures) goes where all that stands beside it
    goes.
    """
    fates = [place in removed if block.key else None for place, block in enumerate(blocks)]
    return [place for place, is_out in enumerate(_settle(fates)) if not is_out]


def _settle(fates: Sequence[bool | None]) -> list[bool]:
    """Decide on what has no fate of its own: it goes if all beside it goes, up to both ends."""
    before = _last_known(fates)
    after = _last_known(fates[::-1])[::-1]
    return [
        own if own is not None else {left, right} in ({True}, {True, None})
        for own, left, right in zip(fates, before, after, strict=True)
    ]


def _last_known(fates: Sequence[bool | None]) -> list[bool | None]:
    known: list[bool | None] = []
    last = None
    for fate in fates:
        last = last if fate is None else fate
        known.append(last)
    return known
