"""Rows with several links, as boards list their topics: which of the links is the title."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

from cleaning.page import Page
from cleaning.reader.heading_author_lines import is_date
from cleaning.reader.heading_lines import may_have_date
from cleaning.reader.threads.cards import PROFILE
from cleaning.reader.threads.times import is_relative

_MOST = 0.6  # of the rows have the column, and a mark of their own
_DISTINCT = 0.9  # of the addresses that titles lead to
_Column = dict[int, int]
"""The link of each row that stands in one place."""


def title_column(
    page: Page, links: Mapping[int, Sequence[int]], address: Callable[[int], str | None]
) -> _Column:
    """Return the links of the column that leads from each row to a page of its own.

    `links` are those of each row, in order. Rows without a mark of their own, a name or a day, are
    no list of what people began: they may be sentences with links.
    """
    columns: dict[tuple[str, ...], _Column] = defaultdict(dict)
    marked = set()
    for row, inside in links.items():
        if any(may_have_date(page.blocks[number].text) for number in page.inside(row)):
            marked.add(row)
        for link in inside:
            if PROFILE.search(page.attributes[link].get("href", "")):
                marked.add(row)
            elif page.text_of(link):
                columns[_path(page, row, link)].setdefault(row, link)
    if len(marked) < _MOST * len(links):
        return {}
    weights = {
        path: _weigh(page, column, address)
        for path, column in columns.items()
        if len(column) >= _MOST * len(links)
    }
    best = max(weights, key=lambda path: weights[path], default=())
    return columns[best] if weights.get(best) else {}


def _path(page: Page, row: int, link: int) -> tuple[str, ...]:
    """The place of a link in its row."""
    path = []
    while link > row:
        path.append(page.signature(link))
        link = page.parents[link]
    return tuple(path)


def _weigh(page: Page, column: _Column, address: Callable[[int], str | None]) -> int:
    """Return how many letters the links of a column have; 0 where they are no titles.

    Titles lead to different pages, and most say what no other does: no "Go to last post", no day.
    """
    texts = (page.text_of(link) for link in column.values())
    words = [text for text in texts if not (is_date(text) or is_relative(text))]
    pages = {address(link) for link in column.values()}
    if len(pages) < _DISTINCT * len(column) or 2 * len(set(words)) < len(column):
        return 0
    return sum(letter.isalpha() for text in words for letter in text)
