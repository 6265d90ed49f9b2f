"""The base spider of all sources on Webflow: listing, sitemap, and the pages of the items."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, ClassVar
from urllib.parse import urljoin

from scrapy.http import Request, Response, TextResponse
from scrapy.utils.response import get_base_url

from crawlers import reasons
from crawlers.archive.records import is_success
from crawlers.items import Document, ListEntry
from crawlers.platforms.base import Result
from crawlers.platforms.page import html_problem
from crawlers.platforms.pdf import FollowsPdfs
from crawlers.platforms.sitemap import FollowsSitemaps
from crawlers.platforms.webflow import item, links, lists
from crawlers.platforms.webflow.visible import visible


class WebflowSpider(FollowsSitemaps, FollowsPdfs):
    """Base of all sources on Webflow; a source's start addresses are its listings.

    `item_paths` are the folders whose items become documents (`("/resources/",)`); left empty, the
    listing's own links tell. `kind` is what its items are. `cards_are_documents` is for a library
    whose items have no page of their own: each card of a listing that leads to another site is
    then a document, known by the address that it leads to.
    """

    platform = "webflow"
    item_paths: ClassVar[tuple[str, ...]] = ()
    kind: ClassVar[str] = "resource"
    cards_are_documents: ClassVar[bool] = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.folders: set[str] = set(self.item_paths)
        self.found: dict[str, str] = {}
        self.asked: set[str] = set()
        self.sitemap_links: list[str] = []
        self.pages_announced = 0
        self.pages_answered = 0

    def phases(self) -> Iterator[Iterable[Request]]:
        yield [
            self.ask(links.without_pages(u), self.parse_page, listing=True) for u in self.start_urls
        ]
        if self.pages_answered < self.pages_announced:
            told = f"the listing says {self.pages_announced} pages, {self.pages_answered} answered"
            self.note(told)
        yield [self.ask(urljoin(self.root, "sitemap.xml"), self.parse_sitemap, probe=True)]
        if not self.folders:
            self.note("no collection list at the start address, and no item_paths")
        self._keep(self.sitemap_links)
        yield self._unasked()

    def _keep(self, urls: Iterable[str]) -> None:
        """Remember the addresses of items of ours."""
        own = (links.own_address(links.join(self.root, url), self.root) for url in urls)
        found = (url for url in own if url and links.folder_of(url) in self.folders)
        self.found.update({links.native_id_of(url): url for url in found})

    def _unasked(self) -> list[Request]:
        """Requests for the items that were found and not asked for yet."""
        new = {i: url for i, url in self.found.items() if i not in self.asked}
        self.asked.update(new)
        return [self.ask(url, self.parse_page) for url in new.values()]

    def named_in_sitemap(self, urls: list[str]) -> None:
        """Webflow leaves the pages of lists out of it."""
        self.sitemap_links += urls

    def listed(self) -> int | None:
        return len(self.found) or None

    # --- HTML ---

    def parse_page(self, response: Response, listing: bool = False) -> Result:
        """A listing or an item's page; only a listing's pager is followed."""
        yield from self.both(response, self.follow_page, self.read_page, listing=listing)

    def follow_page(self, response: Response, listing: bool) -> Result:
        if not is_success(response.status) or not isinstance(response, TextResponse):
            if listing:
                self.note(f"{response.url}: the listing answered http_{response.status}")
            return
        if listing and not self.item_paths:
            self.folders.update(links.item_folders(response))
        self._keep(links.listed(response))
        if self.follow_pdfs and links.is_item(response) and b".pdf" in response.body.lower():
            yield from self.follow_pdfs_in(response.text, get_base_url(response))
        if listing and not links.is_item(response):
            self.pages_answered += 1
            self.pages_announced = max(self.pages_announced, links.announced_pages(response))
            for url in links.next_pages(response):
                yield self.ask(url, self.parse_page, listing=True)
        elif not listing:
            yield from self._unasked()

    def read_page(self, response: Response, listing: bool) -> Result:
        problem = html_problem(response)
        if problem:
            yield self.unreadable(response, *problem)
            return
        assert isinstance(response, TextResponse)
        is_item = links.is_item(response)
        if not listing and not is_item:
            yield self.unreadable(response, reasons.NO_CONTENT_FOUND, "the page names no item")
            return
        tree = visible(response)
        if is_item:
            yield item.document(self, response, tree)
        folders = self.item_paths or links.item_folders(response)
        for entry in lists.entries(self, response, tree, folders):
            if self.cards_are_documents and not is_item and is_away(entry):
                entry.document_native_id = entry.outbound_url
                yield self._document_of(entry)
            yield entry

    def _document_of(self, entry: ListEntry) -> Document:
        return self.document(
            kind=self.kind,
            url=str(entry.outbound_url),
            via="listing",
            native_id=entry.outbound_url,
            title=entry.title,
            body_html=entry.excerpt or "",
            target_url=entry.outbound_url,
        )


def is_away(entry: ListEntry) -> bool:
    """Whether a card has a title and leads nowhere but to another site."""
    return entry.url is None and entry.outbound_url is not None and entry.title is not None
