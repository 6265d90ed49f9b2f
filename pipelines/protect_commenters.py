"""Commenters are private people: pseudonyms for names, masks for mail addresses and numbers."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any

from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from cleaning.privacy import Pseudonyms, mask_contacts
from crawlers.items import Comment, Discussion, Item, Rejected

KEY_FILE = "pseudonym.key"
KEY_BYTES = 32
NO_NAMES = {"anonymous", "unknown", "guest", "anónimo", "desconocido", "anonym", "unbekannt"}
"""What platforms show for commenters without a name: nobody's, so they stay as they are."""


class ProtectCommenters:
    """Item pipeline, off where HARVEST_KEEP_NAMES is set.

    The key lies in `<HARVEST_DATA>/pseudonym.key`, is made once and never leaves the machine; who
    keeps it keeps the same pseudonyms.
    """

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
            for comment in item.comments:
                self._protect(comment)
            for rejected in item.rejected:
                self._protect_row(rejected)
        return item

    def _protect(self, comment: Comment) -> None:
        # A pingback's author is the title of the site that linked here, which is no person.
        if comment.kind != "pingback":
            comment.author = self._pseudonym(comment.author)
            comment.author_url = None
        comment.text = mask_contacts(comment.text) if comment.text else comment.text
        comment.links = [link for link in comment.links if not link.url.startswith("mailto:")]

    def _protect_row(self, rejected: Rejected) -> None:
        row: dict[str, Any] = rejected.row
        row["author"] = self._pseudonym(row["author"])
        row["author_url"] = None
        row["text"] = mask_contacts(row["text"]) if row["text"] else row["text"]
        row["body_html"] = mask_contacts(row["body_html"])
        row["links"] = [link for link in row["links"] if not link["url"].startswith("mailto:")]

    def _pseudonym(self, author: str | None) -> str | None:
        if author is None or author.casefold() in NO_NAMES:
            return author
        return self.pseudonyms.name(self.source, author)


def read_key(data: Path) -> bytes:
    """The installation's secret key, made at the first call. Raises OSError if it cannot be."""
    file = data / KEY_FILE
    if not file.exists():
        data.mkdir(parents=True, exist_ok=True)
        fresh = file.with_suffix(f".{os.getpid()}.tmp")
        fresh.touch(mode=0o600)
        fresh.write_bytes(secrets.token_bytes(KEY_BYTES))
        try:
            # Of two processes that make one at the same time, the first wins.
            os.link(fresh, file)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return file.read_bytes()
