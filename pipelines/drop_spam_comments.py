"""Take spam out of discussions; it goes to quarantine whole, with its reasons."""

from __future__ import annotations

from cleaning.spam import judge_comment
from cleaning.urls import host_of, without_www
from crawlers.items import Comment, Discussion, Item

SPAM = "spam"
DELETED = "deleted_comment"


class DropSpamComments:
    """Item pipeline: splits a discussion into the comments that stay and what is taken out."""

    def process_item(self, item: Item) -> Item:
        if isinstance(item, Discussion):
            for comment in item.comments:
                judge(comment, item)
            item.taken_out = [c for c in item.comments if c.taken_out_for]
            item.comments = [c for c in item.comments if not c.taken_out_for]
        return item


def judge(comment: Comment, discussion: Discussion) -> None:
    """Note on a comment its score with reasons, and whether it does not stay."""
    if comment.is_deleted:
        comment.taken_out_for = DELETED
        return
    page = host_of(discussion.document_url or discussion.url) or discussion.site
    # A pingback is by its nature a link to another site, which is not held against it.
    own_url = comment.author_url if comment.kind == "pingback" else None
    author_url = None if own_url else comment.author_url
    links = [link.url for link in comment.links if link.url != own_url]
    verdict = judge_comment(
        comment.text or "",
        author=comment.author,
        author_url=author_url,
        links=links,
        page_host=page,
        is_by_author=comment.is_by_document_author,
        is_pingback=comment.kind == "pingback",
    )
    comment.spam_score, comment.spam_reasons = verdict.score, verdict.reasons
    comment.taken_out_for = SPAM if verdict.is_spam else None
    # All of them, for a maintainer may block a domain whose pingbacks are a nuisance.
    every = [*links, comment.author_url or ""]
    hosts = {host_of(url) for url in every} - {"", without_www(page)}
    comment.spam_hosts = tuple(sorted(hosts))
