"""The balance of a run's pages: each that came is a document, a list, comments or a row of
quarantine, and what the site's own lists name was asked for. Only what is left over is told.

It looks at captures and at the records that they gave, and knows nothing of how pages are read. Two
captures of one document give records of one key, so what was merged is no loss.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from cleaning.urls import SHOWN, page_key, site_of
from crawlers.archive.records import PAGE_CALLBACKS
from pipelines.crawl_rows import RunSummary
from pipelines.extracts import Extracts

GAVE = (
    "SELECT json_extract(call, '$[0]'), (SELECT COUNT(*) FROM records AS r"  # noqa: S608
    " WHERE (r.warc_file, r.warc_offset) = (made_file, made_offset))"
    " FROM captures WHERE run = ? AND json_extract(call, '$[1]')"
    f" IN ({','.join('?' * len(PAGE_CALLBACKS))}) ORDER BY warc_file, warc_offset"
)
"""(address, number of records) of each page that a run saw."""
LISTED = """
    SELECT json_extract(r.row, '$.list_url'), json_extract(r.row, '$.url')
    FROM records AS r JOIN captures AS c
    ON (r.warc_file, r.warc_offset) = (c.made_file, c.made_offset)
    WHERE r.kind = 'list_entries' AND c.run = ? AND json_extract(r.row, '$.url') IS NOT NULL
"""
"""(address of the list, address that it names) of each entry that a run saw."""
ADDRESSES = """
    SELECT DISTINCT json_extract(row, '$.url') FROM records
    WHERE kind = 'documents' AND json_extract(row, '$.url') IS NOT NULL
"""
"""The addresses under which documents were seen."""


@dataclass(frozen=True, slots=True)
class Balance:
    """`empty` are the pages that came and gave nothing, of `pages` in all; `unasked` the first of
    the `unasked_count` pages that lists name, and that were never asked for."""

    pages: int
    empty: Sequence[str] = ()
    unasked: Sequence[str] = ()
    unasked_count: int = 0

    @property
    def remark(self) -> str | None:
        """What is left over, in one line; None where the balance closes."""
        parts = []
        if self.empty:
            parts.append(f"{len(self.empty)} of {self.pages} pages gave nothing{_few(self.empty)}")
        if self.unasked_count:
            what = "page" if self.unasked_count == 1 else "pages"
            were = "was" if self.unasked_count == 1 else "were"
            parts.append(
                f"{self.unasked_count} {what} named by the site's own lists {were} never asked for"
                f"{_few(self.unasked)}"
            )
        return f"page balance: {'; '.join(parts)}" if parts else None


def balance(run: RunSummary, extracts: Extracts, asked: Collection[str]) -> Balance:
    """The balance of one run; `asked` are the addresses that any run of the source asked for."""
    captures = list(extracts.query(GAVE, (run.name, *PAGE_CALLBACKS)))
    told = run.said.get("never_asked") or {}
    known = {page_key(url) for url in (*asked, *told.get("left_out", ()))}
    known.update(page_key(url) for (url,) in extracts.query(ADDRESSES))
    named = {page_key(url): url for url in told.get("first", ())}
    listed = {
        key: url
        for list_url, url in extracts.query(LISTED, (run.name,))
        if site_of(list_url) == site_of(url) and (key := page_key(url)) not in known
    }
    return Balance(
        len(captures),
        [url for url, records in captures if not records],
        list((named | listed).values()),
        int(told.get("count", 0)) + len(listed.keys() - named.keys()),
    )


def _few(urls: Sequence[str]) -> str:
    more = ", …" if len(urls) > SHOWN else ""
    return f" ({', '.join(urls[:SHOWN])}{more})"
