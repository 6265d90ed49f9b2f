"""The base of spiders whose pages link PDFs: which to follow, and what comes back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar
from urllib.parse import urlsplit, urlunsplit

from scrapy.http import Request, Response

from cleaning.urls import site_of
from crawlers.items import Document, Item
from crawlers.platforms.base import PlatformSpider, Result
from crawlers.platforms.page import pdf_problem
from crawlers.platforms.pdf.links import pdf_links


class FollowsPdfs(PlatformSpider):
    """Follows the PDFs that a site's posts and pages link, from its own host.

    `follow_pdfs` is whether at all; `pdf_hosts` are other hosts to take them from.
    """

    follow_pdfs: ClassVar[bool] = True
    pdf_hosts: ClassVar[tuple[str, ...]] = ()

    def extra_domains(self) -> list[str]:
        return [*super().extra_domains(), *(self.pdf_hosts if self.follow_pdfs else ())]

    def follow_pdfs_in(self, body: str | None, url: str) -> Iterator[Request]:
        """Requests for the PDFs that a body links; relative addresses count from `url`."""
        for link in pdf_links(body or "", url) if self.follow_pdfs else ():
            own = self._own_pdf(link.url)
            if own:
                # After the pages: a crawl that is stopped early has the posts.
                yield self.ask(own, self.parse_pdf, priority=-1, link_text=link.text)

    def _own_pdf(self, url: str) -> str | None:
        """The address if it is to be followed, on the site's own host in the site's own form.

        A site links its files with http and https, with and without www, and each would be
        another document.
        """
        parts, home = urlsplit(url), urlsplit(self.root)
        if site_of(url) == site_of(self.root):
            return urlunsplit((home.scheme, home.netloc, parts.path, parts.query, ""))
        return url if (parts.hostname or "") in self.pdf_hosts else None

    def parse_pdf(self, response: Response, link_text: str | None = None) -> Result:
        """What a link to a PDF led to; `link_text` are the words of that link."""
        yield from self.both(response, None, self.read_pdf, link_text=link_text)

    def read_pdf(self, response: Response, link_text: str | None = None) -> Iterator[Item]:
        problem = pdf_problem(response)
        if problem:
            yield self.unreadable(response, *problem)
        else:
            yield self._pdf(response, link_text)

    def _pdf(self, response: Response, link_text: str | None) -> Document:
        return self.document(
            platform="pdf",
            kind="pdf",
            url=response.url,
            via="html",
            title=link_text,
            pdf=response.body,
            licence=self.licence if self._own_pdf(response.url) else None,
        )
