"""Compare titles, authors and dates with what people marked, beside trafilatura's.

The marked date is the one that a page shows: where it shows only "Updated ...", that one. "date" is
therefore our date of publication, else that of the last change, as trafilatura has one date for
both; "published" is our date of publication alone, and has no target.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from cleaning.dates import read_date
from cleaning.metadata import PageMetadata

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_GAINING = ("author", "date")  # must gain over trafilatura
_QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"'})


@dataclass(slots=True)
class MetadataScore:
    """By field: whether ours is right, whether theirs is, one entry for each page with a truth.

    `invented` counts, by field, values where the truth names none, ours and theirs; a title stands
    on every page.
    """

    right: dict[str, list[tuple[bool, bool]]] = field(default_factory=dict)
    invented: dict[str, list[tuple[bool, bool]]] = field(default_factory=dict)

    def print_table(self, least_gain: float) -> bool:
        """Print the shares that match exactly; return whether authors and dates gained enough."""
        is_gained = True
        for name, pairs in self.right.items():
            ours, theirs = (sum(pair[side] for pair in pairs) / len(pairs) for side in (0, 1))
            without = self.invented.get(name, [])
            counts = [sum(pair[side] for pair in without) for side in (0, 1)]
            is_enough = name not in _GAINING or ours >= theirs + least_gain
            is_gained &= is_enough
            print(
                f"{name:<14}{len(pairs):>6}{ours:>8.3f}{theirs:>8.3f}"
                f"   where there is none: {counts[0]} and {counts[1]} of {len(without)}"
                f"{'' if is_enough else '  missed'}"
            )
        return is_gained


def score_metadata(
    score: MetadataScore,
    title: str | None,
    author: str | None,
    published: str | None,
    ours: PageMetadata | None,
    theirs: Mapping[str, str | None],
) -> None:
    """Add one page; a truth that is None or empty counts for what was invented."""
    metadata = ours or PageMetadata()
    own_day = day_of(metadata.published)
    rows = {
        "title": (title, metadata.title, theirs.get("title")),
        "author": (
            author,
            ", ".join(author.name for author in metadata.authors),
            theirs.get("author"),
        ),
        "date": (published, own_day or day_of(metadata.modified), theirs.get("date")),
        "published": (published, own_day, theirs.get("date")),
    }
    for name, (truth, own, other) in rows.items():
        if truth:
            pair = (_same(own, truth), _same(other, truth))
            score.right.setdefault(name, []).append(pair)
        else:
            score.invented.setdefault(name, []).append((bool(own), bool(other)))


def day_of(published: str | None) -> str | None:
    """Return a date as the day that the page itself shows, YYYY-MM-DD."""
    if published is None:
        return None
    day = _DAY.match(published)
    if day:
        return day[0]
    found = read_date(published)
    return found.value.date().isoformat() if found else None


def _same(found: str | None, truth: str) -> bool:
    return _plain(found or "") == _plain(truth)


def _plain(text: str) -> str:
    return " ".join(text.translate(_QUOTES).split()).casefold()
