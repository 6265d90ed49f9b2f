"""Read a discussion: its first post as a document, the others as comments of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from crawlers.items import AuthorName, Comment, DateSeen, Discussion, Document
from crawlers.platforms.website import links
from crawlers.platforms.website.page import Page
from crawlers.platforms.website.posts import Post, author_of, read_post, time_of
from crawlers.platforms.website.threads import is_mark
from crawlers.platforms.website.tree import names_of, words_in

COMMENT_NAMES = re.compile(r"(?:^|[\s_-])(?:comments?|responses|kommentare?|sylwadau)(?:$|[\s_-])")
FEWEST_WORDS = 25
"""Words in one element before the posts, from which on it is the text that they answer to."""


def discussion(page: Page, made: Document) -> Iterator[Document | Discussion]:
    """`made`, with the first post for its text, and the others.

    Where the first one stands outside of the list of posts, it is what is left of the page. On the
    further pages of a thread there are comments only.
    """
    posts = [read_post(element) for element in page.signs.thread.posts]
    opener: Post | None = None
    if links.first_page(page.url) == page.url:
        if not posts or opens_outside(page):
            _open_outside(made, page)
        else:
            opener, posts = posts[0], posts[1:]
            _open_with(made, opener)
        yield made
    if posts:
        yield _discussion(page, posts, opener)


def comments_below(page: Page) -> Iterator[Discussion]:
    """The page of an article for the comment reader, where anything speaks of comments."""
    described = any(node.get("comment") for node in page.head.graph)
    if described or page.signs.thread.posts or any(map(_is_of_comments, page.tree.iter())):
        yield page.spider.discussion(page.url, "html", page=page.tree, document_url=page.url)


def _is_of_comments(element: HtmlElement) -> bool:
    return isinstance(element.tag, str) and bool(COMMENT_NAMES.search(names_of(element)))


def opens_outside(page: Page) -> bool:
    """Whether running text stands before the posts."""
    first = page.signs.thread.posts[0]
    around = {id(ancestor) for ancestor in first.iterancestors()}
    for element in page.elements:
        if element is first:
            return False
        is_text = element.tag in ("p", "blockquote", "div") and id(element) not in around
        if is_text and len(words_in(element)) >= FEWEST_WORDS:
            return True
    return False


def _open_with(made: Document, opener: Post) -> None:
    made.body_html, made.page = opener.body_html, None
    if opener.author:
        made.authors, made.byline = [AuthorName(opener.author)], None
    if opener.published:
        made.published_seen.insert(0, DateSeen("time", opener.published))


def _open_outside(made: Document, page: Page) -> None:
    """Read who wrote the text before the posts; the body is looked for in a page without them."""
    mark = next((e for e in page.places() if is_mark(e)), None)
    if mark is None:
        return
    author, _ = author_of(mark)
    if author:
        made.authors, made.byline = [AuthorName(author)], None
    when = time_of(mark)
    if when:
        made.published_seen.append(DateSeen("text", when))


def _discussion(page: Page, posts: list[Post], opener: Post | None) -> Discussion:
    spider = page.spider
    url = links.first_page(page.url)
    return spider.discussion(
        url=page.url,
        via="html",
        comments=[_comment(post, position, url, opener) for position, post in enumerate(posts)],
        document_url=url,
    )


def _comment(post: Post, position: int, url: str, opener: Post | None) -> Comment:
    return Comment(
        native_id=post.native_id,
        document_native_id=None,
        document_url=url,
        position=position,
        author=post.author,
        author_url=post.author_url,
        is_by_document_author=bool(opener and post.author and post.author == opener.author),
        published_seen=[DateSeen("html", post.published)] if post.published else [],
        body_html=post.body_html,
    )
