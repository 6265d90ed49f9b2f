"""Give every comment an id, from which on the build takes them one by one."""

from __future__ import annotations

from cleaning.identity import apart, invent_id
from crawlers.items import Comment, Discussion, Item


class ReadComments:
    """Item pipeline: each comment of a discussion has an id.

    From there on the build takes them one by one, so what fails costs one comment.
    """

    def process_item(self, item: Item) -> Item:
        if isinstance(item, Discussion):
            read_discussion(item)
        return item


def read_discussion(discussion: Discussion) -> None:
    name_nameless(discussion.comments)


def name_nameless(comments: list[Comment]) -> None:
    """Give each comment without an id of its platform one that its content makes."""
    nameless = [comment for comment in comments if not comment.native_id]
    names = apart(_invented(comment) for comment in nameless)
    for comment, name in zip(nameless, names, strict=True):
        comment.native_id = name


def _invented(comment: Comment) -> str:
    raw = comment.published_seen[0].raw if comment.published_seen else None
    is_pingback = comment.kind == "pingback"
    author, url, body = comment.author, comment.author_url, comment.body_html
    return invent_id(author, url, raw, body, is_pingback=is_pingback)
