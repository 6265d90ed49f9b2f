"""A source whose parser fails in the way that the page's body names."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

from scrapy.http import Response

from crawlers.items import Document, Item
from crawlers.platforms.base import PlatformSpider


class BrittleSpider(PlatformSpider):
    platform = "brittle"
    name = "brittle"
    title = "Brittle"
    start_urls = ["https://brittle.example/"]
    expected_documents = (1, 10)

    def parse_page(self, response: Response) -> Iterator[Item]:
        order = response.body.decode()
        if order == "raise":
            raise KeyError("nothing of that name")
        if order == "recurse":
            self._deeper(0)
        if order == "sleep":
            time.sleep(600)
        if order == "exit":
            os._exit(3)
        if order == "swallow":
            self._swallow_memory()
        if order == "spin":
            self._spin()
        if order.startswith(("killed ", "crashed ")):
            how, _, folder = order.partition(" ")
            self._end_once_more(how, Path(folder))
            order = "read at last"
        yield Document(
            platform=self.platform,
            site=self.site,
            kind="page",
            url=response.url,
            via="html",
            title=order,
            body_html=f"<p>{order}</p>",
        )

    def _deeper(self, level: int) -> int:
        return self._deeper(level + 1) + 1

    @staticmethod
    def _spin() -> None:
        while True:
            sum(range(10_000))

    @staticmethod
    def _end_once_more(how: str, folder: Path) -> None:
        """End this process as long as there is a file in the folder, and take one away."""
        for file in sorted(folder.iterdir())[:1]:
            file.unlink()
            if how == "killed":
                os.kill(os.getpid(), signal.SIGKILL)
            os._exit(3)

    @staticmethod
    def _swallow_memory() -> None:
        held = []
        while True:
            held.append(bytearray(64 * 1024 * 1024))
