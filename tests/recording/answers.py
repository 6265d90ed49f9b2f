"""Download handlers that answer in this process: from a recipe's site, or from a WARC file.

Both stand in for http and https, so that a source's spider runs as it is, with its real addresses,
and nothing can reach a network.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import cast
from urllib.parse import SplitResult, urlsplit

from scrapy.core.downloader.handlers.base import BaseDownloadHandler
from scrapy.crawler import Crawler
from scrapy.exceptions import CannotResolveHostError
from scrapy.http import Headers, Request, Response
from scrapy.responsetypes import responsetypes

from crawlers.archive import Capture, read_response, scan
from crawlers.platforms.base import PlatformSpider
from demo.web.messages import Request as SiteRequest
from demo.web.messages import Response as SiteResponse
from demo.web.messages import SiteApp
from demo.web.server import APPS
from demo.web.wordpress import WordPress
from tests.recording.paths import demo_path, recorded_body
from tests.recording.recipe import base_address, make_site, read_recipe

PUBLIC_API = "public-api.wordpress.com"
"""WordPress.com answers for all its sites from here; the demo's site knows these paths itself."""
ANSWER_FROM = "ANSWER_FROM"
"""The setting that names the file: a recipe or a WARC file."""


class AnswerFromSite(BaseDownloadHandler):
    """What the recipe's site says; its own hosts and WordPress.com's API are the only ones."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        recipe = read_recipe(Path(crawler.settings[ANSWER_FROM]))
        self.base = urlsplit(base_address(cast(type[PlatformSpider], crawler.spidercls)))
        site = make_site(recipe, self.base.geturl())
        self.app: SiteApp = APPS.get(site.platform, WordPress)(site, self.base.geturl())
        self.refused, self.absent = recipe.refuse, recipe.absent
        self.paths = recipe.paths
        self.hosts = {self.base.netloc, *recipe.hosts}

    async def download_request(self, request: Request) -> Response:
        parts = urlsplit(request.url)
        if parts.netloc not in {*self.hosts, PUBLIC_API}:
            raise CannotResolveHostError(f"{parts.netloc} is not in the recipe")
        if parts.path.startswith(self.refused or "\0"):
            refusal = SiteResponse(b"<html><body>Forbidden</body></html>", status=403)
            return _as_scrapy(request, refusal)
        path = self._path_of_site(parts)
        if path is None or parts.path.startswith(self.absent or "\0"):
            return _as_scrapy(request, SiteResponse(b"Not Found", status=404))
        target = f"{path}?{parts.query}" if parts.query else path
        answer = self.app.answer(SiteRequest.of(target))
        return _as_scrapy(request, replace(answer, body=recorded_body(answer.body, self.paths)))

    def _path_of_site(self, parts: SplitResult) -> str | None:
        """The path as the demo's site knows it, or None of what lies beside it on its host."""
        path = parts.path
        if path != "/robots.txt" and parts.netloc in self.hosts:
            if not f"{path}/".startswith(f"{self.base.path}/"):
                return None
            path = path.removeprefix(self.base.path) or "/"
        return demo_path(path, self.paths)


def _as_scrapy(request: Request, answer: SiteResponse) -> Response:
    lines = [*answer.headers, *answer.validators(), ("Content-Type", answer.content_type)]
    return _response(request, answer.status, lines, answer.body)


class AnswerFromRecord(BaseDownloadHandler):
    """What the WARC file holds; for any other address there is no host."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.file = Path(crawler.settings[ANSWER_FROM])
        captures = (entry for entry in scan(self.file) if isinstance(entry, Capture))
        self.offsets = {c.url: c.offset for c in captures if c.status is not None}

    async def download_request(self, request: Request) -> Response:
        if request.url not in self.offsets:
            raise CannotResolveHostError(f"{request.url} is not in {self.file.name}")
        return _response(request, *read_response(self.file, self.offsets[request.url]))


def _response(request: Request, status: int, lines: list[tuple[str, str]], body: bytes) -> Response:
    headers = Headers()
    for name, value in lines:
        headers.appendlist(name, value)
    cls = responsetypes.from_args(headers=headers, url=request.url, body=body)
    return cls(request.url, status=status, headers=headers, body=body)
