"""Finished items as records: rows-to-be, with the key by which captures of one thing meet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from cleaning.identity import canonical_url, comment_id, document_id
from cleaning.urls import site_of, urlsplit
from cleaning.writing import pack_blocks
from crawlers.items import (
    VIA_RANK,
    Comment,
    Discussion,
    Document,
    Item,
    LinkSeen,
    ListEntry,
    Sighting,
    Term,
    Unreadable,
)

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Record:
    """One thing that one capture tells.

    `kind` is a table's name, or "terms"; `rank` the trust in its interface (0 is best); `row` holds
    only JSON values, and under names that begin with "_" what the merge needs; it is empty where
    the capture only tells that the thing is unchanged.
    """

    kind: str
    key: str
    rank: int = 0
    row: Row = field(default_factory=dict)


def records(item: Item) -> Iterator[Record]:
    """The records of an item that has passed through the item pipelines."""
    if isinstance(item, Document):
        yield _document(item)
    elif isinstance(item, Discussion):
        yield from _comments(item)
    elif isinstance(item, ListEntry):
        yield _list_entry(item)
    elif isinstance(item, Term):
        yield Record("terms", f"{item.kind}/{item.native_id}", row={"name": item.name})
    elif isinstance(item, Unreadable):
        yield _unreadable(item)
    elif isinstance(item, Sighting):
        yield _sighting(item)


def _sighting(item: Sighting) -> Record:
    """A record without a row: the merge takes what the same interface told before."""
    own = item.native_id if item.table == "documents" else item.document_native_id
    key = document_id(item.platform, item.site, own, "")
    if item.table == "comments":
        key = f"{key}/{comment_id(key, item.native_id)}"
    return Record(item.table, key, VIA_RANK[item.via])


def _document(item: Document) -> Record:
    key = document_id(item.platform, item.site, item.native_id, item.url)
    row: Row = {
        "document_id": key,
        "kind": item.kind,
        "platform": item.platform,
        "native_id": item.native_id,
        "url": item.url,
        "canonical_url": canonical_url(item.canonical_url or item.url),
        "title": item.title,
        "authors": [asdict(author) for author in item.authors] or None,
        "publisher": item.publisher,
        "published": _iso(item.published),
        "published_precision": item.published_precision,
        "published_from": item.published_from,
        "modified": _iso(item.modified),
        "body_date_raw": item.body_date_raw,
        "language": item.language,
        "languages": [{"language": c, "share": s} for c, s in item.languages] or None,
        "text": item.text,
        "markdown": item.markdown,
        "excerpt": item.excerpt,
        "is_signpost": item.is_signpost,
        "target_url": item.target_url,
        "categories": item.categories,
        "tags": item.tags,
        "word_count": item.word_count,
        "quality": {"method": item.method, **item.quality} if item.method else None,
        "comments_declared": _count(item.comments_declared),
        "licence": item.licence,
        "tdm_opt_out": item.tdm_opt_out,
        "_author_refs": item.author_refs,
        "_category_refs": item.category_refs,
        "_tag_refs": item.tag_refs,
        "_signature": item.signature,
        "_is_relative": item.is_relative,
        "blocks": pack_blocks(item.blocks) if item.text is not None else None,
        "_links": _links(item.links, item.url),
    }
    return Record("documents", key, VIA_RANK[item.via], row)


def _comments(item: Discussion) -> Iterator[Record]:
    rank = VIA_RANK[item.via]
    for comment in [*item.comments, *item.taken_out]:
        row = _comment(comment, item)
        yield Record("comments", f"{row['document_id']}/{row['comment_id']}", rank, row)


def _comment(comment: Comment, item: Discussion) -> Row:
    parent = _document_of(comment, item)
    replied = comment.parent_native_id
    return {
        "document_id": parent,
        "comment_id": comment_id(parent, comment.native_id),
        "native_id": comment.native_id,
        "parent_id": comment_id(parent, replied) if replied else None,
        "kind": comment.kind,
        "author": comment.author,
        "author_url": comment.author_url,
        "is_by_document_author": comment.is_by_document_author,
        "published": _iso(comment.published),
        "published_precision": comment.published_precision,
        "text": comment.text,
        "language": comment.language,
        "spam_score": comment.spam_score,
        "_is_relative": comment.is_relative,
        "_taken_out_for": comment.taken_out_for or "",
        "_spam_reasons": list(comment.spam_reasons),
        "_spam_hosts": list(comment.spam_hosts),
        "_author_key": comment.author_key,
        "_author_ref": comment.author_ref,
        "_body_html": comment.body_html,
        "_links": _links(comment.links, item.url),
    }


def _document_of(comment: Comment, item: Discussion) -> str:
    native_id = comment.document_native_id or item.document_native_id
    url = comment.document_url or item.document_url or item.url
    return document_id(item.platform, item.site, native_id, url)


def _list_entry(item: ListEntry) -> Record:
    known = item.document_native_id
    row: Row = {
        "list_url": item.list_url,
        "position": item.position,
        "document_id": document_id(item.platform, item.site, known, "") if known else None,
        "url": item.url,
        "title": item.title,
        "excerpt": item.excerpt,
        "is_truncated": item.is_truncated,
        "outbound_url": item.outbound_url,
    }
    return Record("list_entries", item.list_url, VIA_RANK["listing"], row)


def _unreadable(item: Unreadable) -> Record:
    known = None
    if item.native_id and item.platform and item.site:
        known = document_id(item.platform, item.site, item.native_id, item.url)
    row: Row = {
        "table": item.table,
        "reason": item.reason,
        "score": None,
        "details": item.details,
        "row": {"url": item.url, "native_id": item.native_id},
        "document_id": known,
    }
    return Record("quarantine", f"{item.table}/{item.reason}/{item.url}", row=row)


def _links(links: list[LinkSeen], url: str) -> list[Row]:
    site = site_of(url)
    return [
        {
            "position": position,
            "url": link.url,
            "host": urlsplit(link.url).hostname,
            "text": link.text or None,
            "rel": link.rel,
            "is_internal": site_of(link.url) == site,
        }
        for position, link in enumerate(links)
    ]


def _count(number: Any) -> int | None:
    """A number of comments; what the table cannot hold is none."""
    return number if isinstance(number, int) and 0 <= number < 2**31 else None


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
