"""Take spam out of discussions; it goes to quarantine whole, with its reasons."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any
from urllib.parse import urlsplit

from cleaning.spam import Verdict, judge_comment
from crawlers.items import Comment, Discussion, Item, Rejected

SPAM = "spam"
DELETED = "deleted_comment"


class DropSpamComments:
    """Item pipeline: splits a discussion into the comments that stay and what is taken out."""

    def process_item(self, item: Item) -> Item:
        if isinstance(item, Discussion):
            kept = []
            for comment in item.comments:
                rejected = reject(comment, item)
                if rejected:
                    item.rejected.append(rejected)
                else:
                    kept.append(comment)
            item.comments = kept
        return item


def reject(comment: Comment, discussion: Discussion) -> Rejected | None:
    """Why this comment does not stay, or None; its score is noted on it either way."""
    if comment.is_deleted:
        details = "its author or the site's owner removed it"
        return Rejected("comments", DELETED, as_row(comment), details=details)
    verdict = judge(comment, discussion)
    comment.spam_score, comment.spam_reasons = verdict.score, verdict.reasons
    if not verdict.is_spam:
        return None
    details = "; ".join(verdict.reasons)
    return Rejected("comments", SPAM, as_row(comment), score=verdict.score, details=details)


def judge(comment: Comment, discussion: Discussion) -> Verdict:
    page = discussion.document_url or discussion.url
    # A pingback is by its nature a link to another site, which is not held against it.
    own_url = comment.author_url if comment.kind == "pingback" else None
    return judge_comment(
        comment.text or "",
        author=comment.author,
        author_url=None if own_url else comment.author_url,
        links=[link.url for link in comment.links if link.url != own_url],
        page_host=urlsplit(page).hostname or discussion.site,
        is_by_author=comment.is_by_document_author,
    )


def as_row(comment: Comment) -> dict[str, Any]:
    row = asdict(comment)
    row["published"] = comment.published.isoformat() if comment.published else None
    return row
