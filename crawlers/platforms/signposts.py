"""Follow posts that only point to an article on another site: one page for each, and no further.

A source asks for it with `follow_signposts = True`. Whether a post is a signpost is decided in the
build (`cleaning.signposts`); a crawl only has to find what is worth fetching, so it goes by the
same words with lighter rules: a page too many costs no more than its fetch. It is asked for as
politely as any other (its host's robots.txt, delays), once in a run and not again when it fails.
It becomes a document of its own, of the platform "website" or, where it is one, "pdf": its `url`
is the `target_url` of the post that points to it, also where the site then redirected to another
address.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from parsel import Selector
from scrapy.http import Response, TextResponse

from cleaning.reader import read_page
from cleaning.signposts import INVITATION, MAX_WORDS, first_away, leads_away
from cleaning.urls import urljoin, urlsplit
from crawlers.items import AuthorName, Document, Item, Unreadable
from crawlers.platforms.filling import dates, fill_body, published
from crawlers.platforms.page import html_problem, is_pdf, model_of, pdf_problem
from crawlers.platforms.words import visible_text

PLATFORM = "website"
MAX_BYTES = 60_000
"""Of HTML; a longer body is an article of its own, and is not even parsed."""
ELSEWHERE = re.compile(
    r"\b(?:writes?|blogs) (?:on|for|in) the\b|\b(?:post|article|piece|report) (?:on|in) the\b",
    re.IGNORECASE,
)
NO_TEXT = "script, style, form, .sharedaddy, .jp-relatedposts"


def find_target(body: str | None, url: str, title_link: str | None = None) -> str | None:
    """The address that a post's body (HTML) sends its reader to, or None if it sends nowhere.

    `title_link` is where its author made the title lead (Blogger): a post without a body then
    sends its reader there.
    """
    found = _find_in(body or "", url)
    if title_link and leads_away(title_link, url) and (found or is_bare(body)):
        return title_link
    return found


def _find_in(body: str, url: str) -> str | None:
    if not body or len(body) > MAX_BYTES:
        return None
    part = Selector(text=body)
    part.css(NO_TEXT).drop()
    text = visible_text(part.root)
    if len(text.split()) > MAX_WORDS or not (INVITATION.search(text) or ELSEWHERE.search(text)):
        return None
    links = [
        (urljoin(url, link.attrib["href"].strip()), str(link.xpath("string()").get()))
        for link in part.css("a[href]")
    ]
    return first_away(text, links, url)


def is_bare(body: str | None) -> bool:
    """Whether a body has neither a word nor a medium, so that a linked title is all of the post."""
    part = Selector(text=body or "<p></p>")
    return not part.css("iframe, embed, video, audio, object") and not (
        part.xpath("normalize-space()").get()
    )


def items(response: Response, target: str, languages: tuple[str, ...]) -> Iterator[Item]:
    """The document of a page that a signpost led to; `target` is the address that it gave."""
    problem = pdf_problem(response) if is_pdf(response) else html_problem(response)
    if problem:
        reason, details = problem
        yield Unreadable(target, reason, details)
    elif is_pdf(response):
        yield pdf_document(response, target, languages)
    elif isinstance(response, TextResponse):
        yield document(response, target, languages)


def document(response: TextResponse, target: str, languages: tuple[str, ...]) -> Document:
    page = model_of(response)
    page.url = target
    reading = read_page(page, languages=languages)
    heading = reading.heading
    descriptions = page.head.meta("og:description", "description")
    made = Document(
        platform=PLATFORM,
        site=urlsplit(target).hostname or "",
        kind="article",
        url=target,
        via="html",
        canonical_url=_canonical(response),
        title=heading.title,
        authors=[AuthorName(author.name, author.kind) for author in heading.authors],
        publisher=heading.publisher,
        licence=heading.licence,
        published_seen=published(heading),
        modified_seen=dates(heading.modified),
        excerpt=descriptions[0] if descriptions else None,
        expected_languages=languages,
    )
    fill_body(made, reading)
    return made


def pdf_document(response: Response, target: str, languages: tuple[str, ...]) -> Document:
    return Document(
        platform="pdf",
        site=urlsplit(target).hostname or "",
        kind="pdf",
        url=target,
        via="html",
        canonical_url=response.url,
        pdf=response.body,
        expected_languages=languages,
    )


def _canonical(response: TextResponse) -> str:
    href = response.css("link[rel=canonical]::attr(href)").get()
    return urljoin(response.url, href.strip()) if href else response.url
