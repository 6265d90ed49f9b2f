"""The pages that a site's own lists name, to tell at a run's end which were never asked for."""

from __future__ import annotations

from collections.abc import Iterable

from cleaning.urls import SHOWN, page_key

MOST = 20_000
"""Addresses that are remembered; a sitemap may name as many as it likes."""
MOST_LEFT_OUT = 1000


class NamedPages:
    """Addresses by their key, in the order in which they were named."""

    def __init__(self) -> None:
        self._named: dict[str, str] = {}
        self._left_out: dict[str, str] = {}

    def add(self, urls: Iterable[str]) -> None:
        for url in urls:
            if len(self._named) < MOST:
                self._named.setdefault(page_key(url), url)

    def leave_out(self, url: str) -> None:
        """Note a page that is not asked for, for a reason that the outcome tells anyway."""
        if len(self._left_out) < MOST_LEFT_OUT:
            self._left_out.setdefault(page_key(url), url)

    def never_asked(self, asked: Iterable[str]) -> dict[str, object]:
        """How many of the pages are not in `asked` (`count`), the `first` of them, and what was
        `left_out`."""
        known = {page_key(url) for url in asked} | self._left_out.keys()
        left = [url for key, url in self._named.items() if key not in known]
        return {
            "count": len(left),
            "first": left[:SHOWN],
            "left_out": list(self._left_out.values()),
        }
