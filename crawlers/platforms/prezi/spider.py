"""The base spider of all sources on Prezi."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import ClassVar

from scrapy.http import Request, Response, TextResponse
from scrapy.settings import BaseSettings

from crawlers.archive.records import is_success
from crawlers.platforms.base import PlatformSpider, Result
from crawlers.platforms.prezi import links, page, rendering
from crawlers.platforms.reading import read_html


class PreziSpider(PlatformSpider):
    """Base of all sources on Prezi.

    `start_urls` are presentations, or pages that list presentations (those of an organisation,
    say), which are followed to what they list and no further: what a presentation links to are
    other people's presentations.

    `needs_rendering` has a browser open each page, if the extra `rendering` is installed;
    `render_domains` are domains besides the page's own host that its scripts may load from; who
    names one has read its robots.txt.
    """

    platform = "prezi"
    needs_rendering: ClassVar[bool] = False
    render_domains: ClassVar[tuple[str, ...]] = ()

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        super().update_settings(settings)
        if cls.needs_rendering and rendering.is_installed():
            rendering.update_settings(settings)

    @property
    def renders(self) -> bool:
        return self.needs_rendering and rendering.is_installed()

    def phases(self) -> Iterator[Iterable[Request]]:
        if self.needs_rendering and not self.renders:
            self.note("the extra `rendering` is not installed: pages are read as they were sent")
        yield [self.ask_page(url) for url in self.start_urls]

    def ask_page(self, url: str) -> Request:
        request = self.ask(url, self.parse_page)
        if self.renders:
            is_presentation = links.native_id(url) is not None
            request.meta.update(
                rendering.meta(self.crawler, self.render_domains, has_transcript=is_presentation)
            )
        return request

    def parse_page(self, response: Response) -> Result:
        """A presentation, or a list of presentations."""
        yield from self.both(response, self.follow_page, self.read_page)

    def follow_page(self, response: Response) -> Result:
        if not is_success(response.status) or not isinstance(response, TextResponse):
            return
        if page.native_id_of(response) is None:
            yield from (self.ask_page(url) for url, _ in links.presentations(response))

    def read_page(self, response: Response) -> Result:
        yield from read_html(self, response, partial(page.items, self))
