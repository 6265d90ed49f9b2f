"""Read a page of any website into items, by its kind."""

from __future__ import annotations

from collections.abc import Iterator

from lxml.html import HtmlElement
from scrapy.http import HtmlResponse

from crawlers import reasons
from crawlers.items import AuthorName, Document, Item, Unreadable
from crawlers.platforms.base import PlatformSpider
from crawlers.platforms.website import links
from crawlers.platforms.website.authors import authors_of, byline_of, hinted_author, is_author_mark
from crawlers.platforms.website.dates import LONGEST_MARK, is_date_mark
from crawlers.platforms.website.discussion import comments_below, discussion
from crawlers.platforms.website.listing import list_entries, lone_card
from crawlers.platforms.website.meta import (
    forbids,
    licence_of,
    modified_dates,
    published_dates,
    tdm_opt_out,
    title_of,
)
from crawlers.platforms.website.page import Page
from crawlers.platforms.website.signs import PROSE
from crawlers.platforms.website.threads import is_mark
from crawlers.platforms.website.tree import short_text, text_in, words_in

FEWEST_WORDS = 40
"""Words of running text from which on a page that is no article is worth keeping."""


def items(spider: PlatformSpider, response: HtmlResponse, hints: dict[str, str]) -> Iterator[Item]:
    """What a page holds: a document, a discussion with its comments, or the entries of a list."""
    page = Page(spider, response)
    if page.kind == "other" and "published" in hints:
        page.kind = "article"  # for that is what a feed names
    card = lone_card(page) if page.kind == "other" else None
    if card is not None:
        page.entries, page.kind = [[card]], "listing"
    if "noindex" in forbids(response):
        table = "list_entries" if page.kind == "listing" else "documents"
        yield Unreadable(response.url, reasons.NOINDEX, f"a page of the kind {page.kind}", table)
    elif page.kind == "listing":
        yield from list_entries(page)
    elif page.kind == "discussion":
        yield from discussion(page, document(page, hints))
    elif page.kind == "article" or page.signs.prose >= FEWEST_WORDS:
        yield document(page, hints)
        yield from comments_below(page)
    else:
        details = f"{page.signs.prose} words of running text"
        yield spider.unreadable(response, reasons.NO_CONTENT_FOUND, details)


def document(page: Page, hints: dict[str, str]) -> Document:
    spider, head = page.spider, page.head
    places = page.places()
    authors = authors_of(head)
    title = title_of(head, [spider.title])
    hinted = hinted_author(hints)
    byline = byline_of(places) if not authors else None
    outside = links.head_links(page.response, "@rel='canonical'")
    return spider.document(
        kind={"other": "page"}.get(page.kind, page.kind),
        url=page.url,
        via="html",
        canonical_url=_elsewhere(outside, page.root),
        title=title,
        page=page.without(_named_elsewhere(page, places, title)),
        excerpt=head.first("og:description", "description"),
        byline=byline,
        authors=authors or ([AuthorName(hinted)] if hinted and not byline else []),
        categories=head.metas.get("article:section"),
        tags=head.metas.get("article:tag"),
        publisher=head.site_name(),
        published_seen=published_dates(head, hints, page.url, places),
        modified_seen=modified_dates(head, hints, places),
        licence=licence_of(head) or spider.licence,
        tdm_opt_out=tdm_opt_out(page.response, head),
    )


def _elsewhere(canonical: list[str], root: str) -> str | None:
    """The original's address, of a page that says it stands on another site."""
    return next((url for url in canonical if links.own_address(url, root) is None), None)


def _named_elsewhere(
    page: Page, places: list[HtmlElement], title: str | None
) -> Iterator[HtmlElement]:
    """What has a column of its own and is no part of the text: title, byline, date, replies.

    Once the text has begun, a short line that names somebody is part of it, as under a quotation.
    """
    yield from page.signs.thread.posts
    yield from (h1 for h1 in page.tree.iter("h1") if text_in(h1) == title)
    for element in places:
        if element.tag == "p" and len(words_in(element)) >= PROSE:
            return
        is_named = is_date_mark(element) or is_author_mark(element)
        if (is_named and short_text(element, LONGEST_MARK)) or is_mark(element):
            yield element
