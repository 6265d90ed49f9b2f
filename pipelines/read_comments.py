"""Read the comments that a page shows, and the text of every comment."""

from __future__ import annotations

from cleaning.comments import (
    FoundComment,
    declared_comments,
    invent_id,
    page_language,
    read_comments,
)
from cleaning.markup import read_fragment
from crawlers.items import Comment, DateSeen, Discussion, Document, Item, LinkSeen

COUNTED = {"wordpress", "blogger"}
"""The platforms whose pages say how many comments they have in a form that can be read."""


class ReadComments:
    """Item pipeline: a discussion's page becomes comments, each with text and links."""

    def process_item(self, item: Item) -> Item:
        if isinstance(item, Discussion):
            read_discussion(item)
        elif isinstance(item, Document) and item.page is not None:
            if item.comments_declared is None and item.platform in COUNTED:
                item.comments_declared = declared_comments(item.page, item.platform)
            item.page = None
        return item


def read_discussion(discussion: Discussion) -> None:
    if discussion.page is not None:
        found = read_comments(discussion.page, discussion.platform, discussion.url)
        discussion.expected_languages = _languages(discussion)
        discussion.comments += [_as_item(comment, discussion) for comment in found]
        discussion.page = None
    for comment in discussion.comments:
        body = read_fragment(comment.body_html, discussion.document_url or discussion.url)
        comment.text = body.text or None
        comment.links = [LinkSeen(link.url, link.text, link.rel) for link in body.links]


def _languages(discussion: Discussion) -> tuple[str, ...]:
    """The source's languages, then the page's own: its visible dates may be written in that."""
    expected = discussion.expected_languages
    own = page_language(discussion.page)
    is_new = own is not None and own not in {code.split("-")[0].lower() for code in expected}
    return (*expected, own) if own and is_new else expected


def _as_item(found: FoundComment, discussion: Discussion) -> Comment:
    native_id = found.native_id or invent_id(
        found.author,
        found.author_url,
        found.published_raw,
        found.body_html,
        is_pingback=found.is_pingback,
    )
    raw = found.published_raw
    return Comment(
        native_id=native_id,
        document_native_id=discussion.document_native_id,
        document_url=discussion.document_url,
        parent_native_id=found.parent_native_id,
        position=found.position,
        kind="pingback" if found.is_pingback else "comment",
        author=found.author,
        author_url=found.author_url,
        is_by_document_author=found.is_by_author,
        is_deleted=found.is_deleted,
        published_seen=[DateSeen("html", raw)] if raw else [],
        body_html=found.body_html,
    )
