"""The download handler of a source that needs rendering: scrapy-playwright's, held to our limits.

Everything of the extra `rendering` is imported when a handler is made, never before.
"""

from __future__ import annotations

import asyncio
import sys
from typing import Any
from urllib.parse import urlsplit

from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadCancelledError, IgnoreRequest
from scrapy.http import Request, Response
from scrapy.utils.misc import build_from_crawler, load_object

from crawlers.addresses import DEFAULT_PORT, PrivateAddressError
from crawlers.download import PublicDownloadHandler, rule_of
from crawlers.platforms.prezi.gateway import Gateway
from crawlers.platforms.prezi.rendering import PAGE, behind

BROWSER = "scrapy_playwright.handler.ScrapyPlaywrightDownloadHandler"
CLOSING = 5
"""Seconds that a page may take to close."""
CHANGED_HEADERS = ("Content-Encoding", "Content-Length", "Transfer-Encoding")
"""What the server said of a body that is no longer the one it sent."""


class OpenInBrowser:
    """One page at a time, within DOWNLOAD_TIMEOUT seconds and DOWNLOAD_MAXSIZE bytes of all it
    loads. The browser reaches the network through a `Gateway` only, unless a deployment has it use
    a proxy of its own, which then has to refuse private addresses.

    Requests without `playwright` in their `meta` are downloaded as any other.
    """

    lazy = False

    def __init__(self, crawler: Crawler) -> None:
        self.inner: Any = build_from_crawler(load_object(BROWSER), crawler)
        self.plain = build_from_crawler(PublicDownloadHandler, crawler)
        self.timeout = crawler.settings.getfloat("DOWNLOAD_TIMEOUT")
        self.largest = crawler.settings.getint("DOWNLOAD_MAXSIZE")
        self.turn = asyncio.Semaphore(1)
        self.gateway = Gateway(rule_of(crawler))
        behind(self.gateway.address, self.inner.config.launch_options)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> OpenInBrowser:
        return cls(crawler)

    async def download_request(self, request: Request) -> Response:
        if not request.meta.get("playwright"):
            return await self.plain.download_request(request)
        async with self.turn:
            await self.gateway.start()
            self.gateway.allowance = self.largest or sys.maxsize
            try:
                response: Response = await asyncio.wait_for(
                    self.inner.download_request(request), self.timeout
                )
            finally:
                await self._close_page(request)
                self._check_address(request)
        return self._checked(request, response)

    def _check_address(self, request: Request) -> None:
        """Raise PrivateAddressError where the page itself was refused, whatever came instead."""
        parts = urlsplit(request.url)
        host, port = parts.hostname or "", parts.port or DEFAULT_PORT.get(parts.scheme, 0)
        if (host, port) in self.gateway.refused:
            raise PrivateAddressError(f"{host} port {port} is not a public address")

    @staticmethod
    async def _close_page(request: Request) -> None:
        # A script that never ends also keeps the page from closing itself.
        page = request.meta.pop(PAGE, None)
        if page is not None and not page.is_closed():
            await asyncio.wait_for(page.close(), CLOSING)

    def _checked(self, request: Request, response: Response) -> Response:
        """The response as the archive may have it; its encoding is that of the new body.

        Raises IgnoreRequest where the page is no longer one of the host that was asked.
        """
        if urlsplit(response.url)[:2] != urlsplit(request.url)[:2]:
            raise IgnoreRequest(f"offsite: the page went on to {response.url[:200]}")
        if self.largest and len(response.body) > self.largest:
            raise DownloadCancelledError(f"the rendered page has {len(response.body)} bytes")
        encoding = getattr(response, "encoding", None)
        for name in CHANGED_HEADERS:
            response.headers.pop(name, None)
        if encoding:
            response.headers["Content-Type"] = f"text/html; charset={encoding}"
        return response

    async def close(self) -> None:
        await self.plain.close()
        await self.inner.close()
        await self.gateway.close()
