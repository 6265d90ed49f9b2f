"""One clock for each host, which all crawls of a harvest go by.

Scrapy spaces the requests of one crawl. Sources can share a host (the API of a service where
several blogs live), and a harvest crawls them beside each other: to that host they are one crawler.
"""

from __future__ import annotations

from scrapy import Request, Spider
from scrapy.core.downloader import Downloader, Slot

_last_asked: dict[str, float] = {}
"""When each host was last asked by any crawl of this process, by the monotonic clock."""


class SharedSlot(Slot):
    """A crawl's queue for a host, whose `lastseen` all crawls share. It only moves forward."""

    __slots__ = ("host",)

    def __init__(self, host: str, own: Slot) -> None:
        self.host = host
        super().__init__(own.concurrency, own.delay, own.jitter)

    @property
    def lastseen(self) -> float:
        return _last_asked.get(self.host, 0.0)

    @lastseen.setter
    def lastseen(self, moment: float) -> None:
        _last_asked[self.host] = max(moment, self.lastseen)


class SharingDownloader(Downloader):
    """Scrapy's downloader with shared slots; each crawl keeps its own queue and its own delays."""

    def _get_slot(self, request: Request, spider: Spider | None = None) -> tuple[str, Slot]:
        known = self.get_slot_key(request) in self.slots
        key, slot = super()._get_slot(request)
        if not known:
            slot = self.slots[key] = SharedSlot(key, slot)
        return key, slot
