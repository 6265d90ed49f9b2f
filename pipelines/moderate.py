"""The last word on comments, over the whole build: lists, repeats, and the guards."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from scrapy.settings import BaseSettings

from cleaning.moderation import ModerationList
from cleaning.repeats import Repeats, SeenComment
from cleaning.spam import OF_THE_SITE, THRESHOLD, is_telling, model_version
from pipelines.drop_spam_comments import DELETED, SPAM
from pipelines.rows import Row

BLOCKED = "blocked_by_list"
ORPHAN = "comment_without_document"
GONE = "comment_gone"
"""The site lists it no more, and still has the document."""


@dataclass(frozen=True, slots=True)
class Decision:
    """`reason` is None for a comment that stays."""

    reason: str | None
    score: float | None
    details: str | None = None


class Moderator:
    """Counts all comments of a build first (`count`), then decides on each (`decide`).

    Settings: COMMENTS_ALLOW and COMMENTS_BLOCK, the files of the lists; a missing file is an empty
    list.
    """

    def __init__(self, settings: BaseSettings) -> None:
        self.allow = _read_list(settings["COMMENTS_ALLOW"])
        self.block = _read_list(settings["COMMENTS_BLOCK"])
        self.repeats = Repeats()

    def count(self, source: str, row: Row) -> None:
        self.repeats.count(_seen(source, row))

    def decide(self, source: str, row: Row, *, has_document: bool) -> Decision:
        """What becomes of a comment; the order of the rules is their rank."""
        blocked = self.block.match(row["comment_id"], row["_spam_hosts"])
        if blocked:
            return Decision(BLOCKED, row["spam_score"], f"on the list of blocked: {blocked}")
        if row["_taken_out_for"] == DELETED:
            return Decision(DELETED, None, "its author or the site's owner removed it")
        if row["_gone_since"]:
            details = f"the site's list of comments had it no more at {row['_gone_since']}"
            return Decision(GONE, row["spam_score"], details)
        if not has_document:
            return Decision(ORPHAN, row["spam_score"])
        is_guarded = (
            row["is_by_document_author"]
            or OF_THE_SITE in row["_spam_reasons"]
            or self.allow.match(row["comment_id"], row["_spam_hosts"])
        )
        if is_guarded:
            return Decision(None, row["spam_score"])
        return self._judge(source, row)

    def _judge(self, source: str, row: Row) -> Decision:
        reasons = list(row["_spam_reasons"])
        score = row["spam_score"] or 0.0
        # A pingback links elsewhere by its nature, and the same one may go to many posts.
        if row["kind"] != "pingback":
            score, added = self.repeats.raise_score(_seen(source, row), score)
            reasons += added
        is_spam = row["_taken_out_for"] == SPAM or score >= THRESHOLD
        return Decision(SPAM if is_spam else None, score, "; ".join(reasons) or None)


def by_document(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """The comments of one document after the other, in the order in which they come."""
    for _, group in groupby(rows, key=lambda row: row["document_id"]):
        yield list(group)


def quarantined(row: Row) -> Row:
    """The whole comment as it stands in the JSON of quarantine, with what the filter said of it."""
    shown = {name: value for name, value in row.items() if not name.startswith("_")}
    return shown | {
        "body_html": row["_body_html"],
        "spam_reasons": row["_spam_reasons"],
        "spam_model": model_version(),
    }


def _seen(source: str, row: Row) -> SeenComment:
    return SeenComment(
        source=source,
        document_id=row["document_id"],
        text=row["text"] or "",
        hosts=[host for host in row["_spam_hosts"] if is_telling(host)],
        author_key=row["_author_key"],
        is_spam=row["_taken_out_for"] == SPAM,
    )


def _read_list(file: str) -> ModerationList:
    path = Path(file)
    return ModerationList.read(path.read_text("utf-8").splitlines() if path.exists() else [])
