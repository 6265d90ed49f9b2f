"""Commenters are private people: pseudonyms for names, masks for mail addresses and numbers."""

from __future__ import annotations

from pathlib import Path

from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from cleaning.privacy import Pseudonyms, mask_address, mask_contacts
from crawlers.items import Comment, Discussion, Item, LinkSeen
from pipelines.pseudonym_key import read_key

NO_NAMES = {"anonymous", "unknown", "guest", "anónimo", "desconocido", "anonym", "unbekannt"}
"""What platforms show for commenters without a name: nobody's, so they stay as they are."""


class ProtectCommenters:
    """Item pipeline, off where HARVEST_KEEP_NAMES is set."""

    def __init__(self, pseudonyms: Pseudonyms, source: str) -> None:
        self.pseudonyms = pseudonyms
        self.source = source

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> ProtectCommenters:
        if crawler.settings.getbool("HARVEST_KEEP_NAMES"):
            raise NotConfigured
        key = read_key(Path(crawler.settings["HARVEST_DATA"]))
        return cls(Pseudonyms(key), crawler.spidercls.name)

    def process_item(self, item: Item) -> Item:
        if isinstance(item, Discussion):
            for comment in [*item.comments, *item.taken_out]:
                self._protect(comment)
        return item

    def _protect(self, comment: Comment) -> None:
        # A pingback's author is the title of the site that linked here, which is no person.
        comment.author_key = self._key_over_sources(comment.author)
        if comment.kind != "pingback":
            comment.author = self._pseudonym(comment.author)
            comment.author_url = None
        comment.text = mask_contacts(comment.text) if comment.text else comment.text
        comment.body_html = mask_contacts(comment.body_html)
        comment.links = [
            LinkSeen(mask_address(link.url), mask_contacts(link.text), link.rel)
            for link in comment.links
            if not link.url.startswith("mailto:")
        ]

    def _key_over_sources(self, author: str | None) -> str | None:
        if author is None or author.casefold() in NO_NAMES:
            return None
        return self.pseudonyms.name("all sources", author)

    def _pseudonym(self, author: str | None) -> str | None:
        if author is None or author.casefold() in NO_NAMES:
            return author
        return self.pseudonyms.name(self.source, author)
