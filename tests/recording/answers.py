"""Download handlers that answer in this process: from a recipe's site, or from a WARC file.

Both stand in for http and https, so that a source's spider runs as it is, with its real addresses,
and nothing can reach a network.
"""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from scrapy.core.downloader.handlers.base import BaseDownloadHandler
from scrapy.crawler import Crawler
from scrapy.exceptions import CannotResolveHostError
from scrapy.http import Headers, Request, Response
from scrapy.responsetypes import responsetypes

from crawlers.archive import Capture, read_response, scan
from demo.web.blogger import Blogger
from demo.web.messages import Request as SiteRequest
from demo.web.messages import Response as SiteResponse
from demo.web.messages import SiteApp
from demo.web.wordpress import WordPress
from tests.recording.recipe import make_site, read_recipe

PUBLIC_API = "public-api.wordpress.com"
"""WordPress.com answers for all its sites from here; the demo's site knows these paths itself."""
ANSWER_FROM = "ANSWER_FROM"
"""The setting that names the file: a recipe or a WARC file."""


class AnswerFromSite(BaseDownloadHandler):
    """What the recipe's site says; its own host and WordPress.com's API are the only ones."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        start = urlsplit(vars(crawler.spidercls)["start_urls"][0])
        base = f"{start.scheme}://{start.netloc}"
        recipe = read_recipe(Path(crawler.settings[ANSWER_FROM]))
        site = make_site(recipe, base)
        self.refused = recipe.refuse
        self.hosts = {start.netloc, PUBLIC_API}
        self.app: SiteApp = (
            Blogger(site, base) if site.platform == "blogger" else WordPress(site, base)
        )

    async def download_request(self, request: Request) -> Response:
        parts = urlsplit(request.url)
        if parts.netloc not in self.hosts:
            raise CannotResolveHostError(f"{parts.netloc} is not in the recipe")
        if parts.path.startswith(self.refused or "\0"):
            refusal = SiteResponse(b"<html><body>Forbidden</body></html>", status=403)
            return _as_scrapy(request, refusal)
        target = f"{parts.path}?{parts.query}" if parts.query else parts.path
        return _as_scrapy(request, self.app.answer(SiteRequest.of(target)))


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
