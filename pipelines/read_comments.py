"""Find the comments that a page shows."""

from __future__ import annotations

from cleaning.comments import (
    FoundComment,
    apart,
    declared_comments,
    invent_id,
    is_relative_date,
    page_language,
    read_comments,
)
from crawlers.items import Comment, DateSeen, Discussion, Document, Item

COUNTED = {"wordpress", "blogger"}
"""The platforms whose pages say how many comments they have in a form that can be read."""


class ReadComments:
    """Item pipeline: a discussion's page becomes comments, each with an id.

    From there on the build takes them one by one, so what fails costs one comment.
    """

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
    name_nameless(discussion.comments)


def name_nameless(comments: list[Comment]) -> None:
    """Give each comment without an id of its platform one that its content makes."""
    nameless = [comment for comment in comments if not comment.native_id]
    names = apart(_invented(comment) for comment in nameless)
    for comment, name in zip(nameless, names, strict=True):
        comment.native_id = name


def _invented(comment: Comment) -> str:
    raw = comment.published_seen[0].raw if comment.published_seen else None
    # "2 hours ago" is another text at the next visit.
    stable = None if raw and is_relative_date(raw) else raw
    is_pingback = comment.kind == "pingback"
    author, url, body = comment.author, comment.author_url, comment.body_html
    return invent_id(author, url, stable, body, is_pingback=is_pingback)


def _languages(discussion: Discussion) -> tuple[str, ...]:
    """The source's languages, then the page's own: its visible dates may be written in that."""
    expected = discussion.expected_languages
    own = page_language(discussion.page)
    is_new = own is not None and own not in {code.split("-")[0].lower() for code in expected}
    return (*expected, own) if own and is_new else expected


def _as_item(found: FoundComment, discussion: Discussion) -> Comment:
    raw = found.published_raw
    return Comment(
        native_id=found.native_id or "",
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
