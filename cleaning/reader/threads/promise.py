"""Tell groups that cannot be posts from those that are worth reading; cheap beside reading them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from cleaning.page import Page
from cleaning.reader.threads.entry import Entry
from cleaning.reader.threads.layout import Layout, Part
from cleaning.reader.threads.signs import has_profile, is_visitor, weigh


def may_be_posts(layout: Layout, words: Sequence[float], *, is_stated: bool = False) -> bool:
    """Tell whether a group would be posts if all that its parts hold stood where it counts most."""
    page, parts = layout.page, layout.parts
    signs = weigh(layout, [_at_best(part) for part in parts], words, is_stated=is_stated)
    linked = [_by_any_link(page, part) for part in parts]
    return replace(
        signs,
        bodied=1.0,
        authored=1.0,
        is_page=False,
        answers=signs.count,
        profiles=sum(any(has_profile(page, one) for one in ones) for ones in linked) / len(parts),
        visitors=sum(any(is_visitor(page, one) for one in ones) for ones in linked) / len(parts),
    ).are_posts


def _at_best(part: Part) -> Entry:
    times = [time for time in part.times if not time.is_edit]
    time = max(times, key=lambda time: time.has_clock, default=None)
    return Entry(part, time=time, removed=part.runs)


def _by_any_link(page: Page, part: Part) -> list[Entry]:
    links = (element for element in part.elements if page.tags[element] == "a")
    return [Entry(part, author_link=link) for link in links]
