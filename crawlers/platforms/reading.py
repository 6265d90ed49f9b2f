"""What the reader found on a page, as items: the same for every platform's HTML."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from html import escape
from typing import Any

from scrapy.http import Response, TextResponse

from cleaning.identity import apart, invent_id
from cleaning.page import Page
from cleaning.reader import PageReading, PostReading, read_page
from cleaning.reader.entries import Entry
from crawlers.items import (
    AuthorName,
    Comment,
    DateSeen,
    Discussion,
    Document,
    Item,
    LinkSeen,
    ListEntry,
    Unreadable,
)
from crawlers.platforms.base import PlatformSpider
from crawlers.platforms.filling import dates, fill, fill_body, published
from crawlers.platforms.page import html_problem, model_of

Read = Callable[[TextResponse], Iterator[Item]]
FEWEST_WORDS = 25
"""Words before the posts of a discussion, from which on they are the text that these answer to."""


def read_html(spider: PlatformSpider, response: Response, read: Read) -> Iterator[Item]:
    """What `read` makes of a page, or why it cannot be read."""
    problem = html_problem(response)
    if problem:
        yield spider.unreadable(response, *problem)
    elif isinstance(response, TextResponse):
        yield from read(response)


def read_comment_page(
    spider: PlatformSpider,
    response: Response,
    permalink: Callable[[str], str],
    native_id_of: Callable[[TextResponse], str | None],
) -> Iterator[Item]:
    """The comments of a page that has nothing else, for their text stands on another one."""
    problem = html_problem(response)
    if problem:
        yield Unreadable(response.url, *problem, table="comments")
    elif isinstance(response, TextResponse):
        reading, native_id = read_response(spider, response), native_id_of(response)
        yield from comments(spider, reading, permalink(response.url), native_id)


def with_comments(
    spider: PlatformSpider, response: Response, read: Callable[[PageReading], Document]
) -> Iterator[Item]:
    """The document that `read` makes of a page, and the comments below it."""
    reading = read_response(spider, response)
    made = read(reading)
    yield made
    yield from comments(spider, reading, made.url, made.native_id)


def read_response(spider: PlatformSpider, response: Response) -> PageReading:
    """Read a page, with what its source says of all of its pages."""
    return read_model(spider, model_of(response))


def read_model(spider: PlatformSpider, page: Page) -> PageReading:
    """Read the model of a page, with what its source says of all of its pages."""
    return read_page(
        page,
        languages=spider.languages,
        site_names=[spider.title],
        timezone=spider.timezone,
    )


def document(
    spider: PlatformSpider, reading: PageReading, *, url: str, kind: str, **fields: Any
) -> Document:
    """The document of a page; `fields` go first."""
    heading = reading.heading
    known: dict[str, Any] = {
        "title": heading.title,
        "authors": [AuthorName(author.name, author.kind) for author in heading.authors],
        "published_seen": published(heading, fields.pop("published_seen", [])),
        "modified_seen": dates(heading.modified, fields.pop("modified_seen", [])),
        "publisher": heading.publisher,
        "licence": heading.licence or spider.licence,
        "comments_declared": reading.comments_declared,
    }
    made = spider.document(kind=kind, url=url, via="html", **(known | fields))
    fill_body(made, reading)
    return made


def discussion(
    spider: PlatformSpider, reading: PageReading, made: Document, thread_url: str, *, is_first: bool
) -> Iterator[Document | Discussion]:
    """A thread: its first post as the document `made`, and the others as its comments.

    `thread_url` is the address of its first page. Where a text of its own stands before the posts,
    that is the document. On the further pages of a thread (`is_first` is false) there are comments
    only.
    """
    posts, opener = list(reading.posts or reading.comments), None
    if is_first:
        if posts and len((reading.own.text or "").split()) < FEWEST_WORDS:
            opener, posts = posts[0], posts[1:]
            _open_with(made, opener)
        yield made
    if posts:
        found = _as_comments(posts, thread_url, opener)
        yield spider.discussion(reading.url, "html", comments=found, document_url=thread_url)


def _open_with(made: Document, opener: PostReading) -> None:
    fill(made, opener.body)
    if opener.author:
        made.authors = [AuthorName(opener.author)]
    if opener.published:
        made.published_seen.insert(0, DateSeen("time", opener.published))


def comments(
    spider: PlatformSpider,
    reading: PageReading,
    document_url: str,
    document_native_id: str | None = None,
) -> Iterator[Discussion]:
    """The comments below a text, if there are any.

    Who asks knows that the page is a text: with many comments below a short one, the reader cannot.
    """
    found = _as_comments(reading.comments or reading.posts, document_url)
    for comment in found:
        comment.document_native_id = document_native_id
    if found:
        yield spider.discussion(
            reading.url,
            "html",
            comments=found,
            document_native_id=document_native_id,
            document_url=document_url,
        )


def _as_comments(
    posts: Sequence[PostReading], url: str, opener: PostReading | None = None
) -> list[Comment]:
    """Posts as comments, those without a number under one that their content makes."""
    names = apart(post.native_id or _invented(post) for post in posts)
    by_post = {id(post): name for post, name in zip(posts, names, strict=True)}
    made = []
    for position, post in enumerate(posts):
        is_opener = bool(opener and post.author and post.author == opener.author)
        made.append(
            Comment(
                native_id=names[position],
                document_native_id=None,
                document_url=url,
                parent_native_id=by_post.get(id(post.parent)),
                position=position,
                kind="pingback" if post.is_pingback else "comment",
                author=post.author,
                author_url=post.author_url,
                is_by_document_author=post.is_by_author or is_opener,
                is_deleted=post.is_deleted,
                published_seen=[DateSeen("html", post.published)] if post.published else [],
                body_html=_as_html(post.body.text),
                text=post.body.text or None,
                links=[LinkSeen(link.url, link.text, link.rel) for link in post.body.links],
            )
        )
    return made


def _invented(post: PostReading) -> str:
    body = _as_html(post.body.text)
    return invent_id(
        post.author, post.author_url, post.published, body, is_pingback=post.is_pingback
    )


def _as_html(text: str) -> str:
    """Paragraphs, for the rows of what is taken out: the markup itself is in the archive."""
    return "".join(f"<p>{escape(part)}</p>" for part in re.split(r"\n{2,}", text) if part)


def entries(
    spider: PlatformSpider,
    found: Iterable[Entry],
    list_url: str,
    own_form: Callable[[str], str | None],
) -> Iterator[ListEntry]:
    """What a list says of each page that it names; a second link to the same page is no entry.

    `own_form` gives the one form of an address of the site, None for those of others.
    """
    seen: set[str] = set()
    for entry in found:
        own = own_form(entry.url)
        url = own or entry.url
        if url not in seen:
            seen.add(url)
            yield ListEntry(
                platform=spider.platform,
                site=spider.site,
                list_url=list_url,
                position=len(seen) - 1,
                url=url,
                title=entry.title or None,
                excerpt=entry.excerpt or None,
                is_truncated=entry.is_truncated,
                outbound_url=None if own else entry.url,
            )
