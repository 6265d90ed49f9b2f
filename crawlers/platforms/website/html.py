"""Read a page of any website into items, by its kind."""

from __future__ import annotations

from collections.abc import Iterator

from lxml.html import HtmlElement
from scrapy.http import HtmlResponse

from crawlers import reasons
from crawlers.items import DateSeen, Document, Item, Unreadable, WholePage
from crawlers.platforms.base import PlatformSpider
from crawlers.platforms.website import links
from crawlers.platforms.website.authors import hinted_author, is_author_mark
from crawlers.platforms.website.dates import LONGEST_MARK, is_date_mark
from crawlers.platforms.website.discussion import comments_below, discussion
from crawlers.platforms.website.listing import list_entries, lone_card
from crawlers.platforms.website.meta import forbids, tdm_opt_out
from crawlers.platforms.website.page import Page
from crawlers.platforms.website.signs import PROSE
from crawlers.platforms.website.threads import is_mark
from crawlers.platforms.website.tree import short_text, words_in

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
    outside = links.head_links(page.response, "@rel='canonical'")
    return spider.document(
        kind={"other": "page"}.get(page.kind, page.kind),
        url=page.url,
        via="html",
        canonical_url=_elsewhere(outside, page.root),
        whole_page=WholePage(page.own_part(), spider.title, hinted_author(hints)),
        page=page.without(_named_elsewhere(page, places)),
        excerpt=head.first("og:description", "description"),
        categories=head.metas.get("article:section"),
        tags=head.metas.get("article:tag"),
        published_seen=_hinted(hints, "published"),
        modified_seen=_hinted(hints, "modified"),
        tdm_opt_out=tdm_opt_out(page.response, head),
    )


def _elsewhere(canonical: list[str], root: str) -> str | None:
    """The original's address, of a page that says it stands on another site."""
    return next((url for url in canonical if links.own_address(url, root) is None), None)


def _hinted(hints: dict[str, str], name: str) -> list[DateSeen]:
    return [DateSeen("feed", hints[name])] if name in hints else []


def _named_elsewhere(page: Page, places: list[HtmlElement]) -> Iterator[HtmlElement]:
    """What has a column of its own and is no part of the text: byline, date, replies.

    What the title is shows when the whole page is read for it. Once the text has begun, a short
    line that names somebody is part of it, as under a quotation.
    """
    yield from page.signs.thread.posts
    for element in places:
        if element.tag == "p" and len(words_in(element)) >= PROSE:
            return
        is_named = is_date_mark(element) or is_author_mark(element)
        if (is_named and short_text(element, LONGEST_MARK)) or is_mark(element):
            yield element
