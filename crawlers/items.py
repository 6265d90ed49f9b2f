"""What a spider says of a page, and what the item pipelines add to it.

A spider fills the fields above the line "cleaned", as raw as the page has them; the item pipelines
fill the others. Nothing here is a row yet: `pipelines.rows` turns finished items into rows.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from cleaning.writing import WrittenBlock

Via = Literal["rest", "feed", "html", "listing"]
"""The interface that an item came through. When two tell of the same document in one run, the one
named first here wins and the others only fill what it leaves open."""

VIA_RANK: dict[str, int] = {"rest": 0, "feed": 1, "html": 2, "listing": 3}


@dataclass(slots=True)
class DateSeen:
    """A date as a page has it: `origin` says where (rest, feed, meta, json-ld, time, text)."""

    origin: str
    raw: str


@dataclass(slots=True)
class AuthorName:
    name: str
    kind: str = "unknown"


@dataclass(slots=True)
class LinkSeen:
    """A link out of a body, absolute, in the order of the page."""

    url: str
    text: str
    rel: str | None = None


@dataclass(slots=True)
class Document:
    """An article, page, resource, presentation or PDF.

    `native_id` is the platform's own number or key for it. `body_html` is the part that an
    interface or a platform names as the content; where none does, the spider gives what the reader
    of pages found (`text`, `markdown`, `links`, `method`). Of a PDF the bytes are in `pdf`, until
    they are read. The `*_refs` are native ids whose names another capture holds (see `Term`).
    `seen_at` is when the page was fetched (with a zone): a replay knows it, and a spider does not.
    """

    platform: str
    site: str
    kind: str
    url: str
    via: Via
    native_id: str | None = None
    canonical_url: str | None = None
    title: str | None = None
    body_html: str | None = None
    pdf: bytes | None = None
    excerpt: str | None = None
    byline: str | None = None
    authors: list[AuthorName] = field(default_factory=list)
    author_refs: list[str] = field(default_factory=list)
    categories: list[str] | None = None
    category_refs: list[str] = field(default_factory=list)
    tags: list[str] | None = None
    tag_refs: list[str] = field(default_factory=list)
    publisher: str | None = None
    published_seen: list[DateSeen] = field(default_factory=list)
    modified_seen: list[DateSeen] = field(default_factory=list)
    timezone: str | None = None
    seen_at: datetime | None = None
    expected_languages: tuple[str, ...] = ()
    comments_declared: int | None = None
    licence: str | None = None
    tdm_opt_out: bool | None = None
    # cleaned
    text: str | None = None
    markdown: str | None = None
    blocks: list[WrittenBlock] = field(default_factory=list)
    links: list[LinkSeen] = field(default_factory=list)
    method: str | None = None
    published: datetime | None = None
    published_precision: str | None = None
    published_from: str | None = None
    is_relative: bool = False
    """Whether `published` was counted from the moment of the capture."""
    modified: datetime | None = None
    body_date_raw: str | None = None
    is_signpost: bool = False
    target_url: str | None = None
    language: str | None = None
    languages: list[tuple[str, float]] = field(default_factory=list)
    word_count: int | None = None
    quality: dict[str, float] = field(default_factory=dict)
    signature: str | None = None


@dataclass(slots=True)
class Comment:
    """A comment or pingback as a page, feed or API has it.

    `native_id` is unique in its site; where the platform gives none it is empty, until the item
    pipeline makes one of the content.
    """

    native_id: str
    document_native_id: str | None
    document_url: str | None
    parent_native_id: str | None = None
    position: int | None = None
    kind: str = "comment"
    author: str | None = None
    author_ref: str | None = None
    author_url: str | None = None
    is_by_document_author: bool = False
    is_deleted: bool = False
    published_seen: list[DateSeen] = field(default_factory=list)
    body_html: str = ""
    # cleaned
    published: datetime | None = None
    published_precision: str | None = None
    is_relative: bool = False
    """Whether `published` was counted from the moment of the capture."""
    text: str | None = None
    links: list[LinkSeen] = field(default_factory=list)
    language: str | None = None
    spam_score: float | None = None
    spam_reasons: tuple[str, ...] = ()
    spam_hosts: tuple[str, ...] = ()
    """Hosts that it links to, its author's own included; other than the page's."""
    author_key: str | None = None
    """Equal for equal names over all sources, and tells nothing of the name."""
    taken_out_for: str | None = None
    """The reason for which it does not stay, or None."""


@dataclass(slots=True)
class Discussion:
    """Comments that one capture holds; `seen_at` as in `Document`."""

    platform: str
    site: str
    url: str
    via: Via
    comments: list[Comment] = field(default_factory=list)
    document_native_id: str | None = None
    document_url: str | None = None
    timezone: str | None = None
    seen_at: datetime | None = None
    expected_languages: tuple[str, ...] = ()
    # cleaned
    taken_out: list[Comment] = field(default_factory=list)


@dataclass(slots=True)
class ListEntry:
    """What a listing said of a document: the entry at `position` (from 0) of `list_url`."""

    platform: str
    site: str
    list_url: str
    position: int
    url: str | None = None
    document_native_id: str | None = None
    title: str | None = None
    excerpt: str | None = None
    is_truncated: bool = False
    outbound_url: str | None = None


@dataclass(slots=True)
class Sighting:
    """That a document or comment still is as the interface `via` last told of it.

    `table` is "documents" or "comments"; the latter need `document_native_id`.
    """

    platform: str
    site: str
    table: Literal["documents", "comments"]
    native_id: str
    via: Via
    document_native_id: str | None = None


@dataclass(slots=True)
class Term:
    """The name behind a native id that documents refer to: an author, category or tag."""

    kind: Literal["author", "category", "tag"]
    native_id: str
    name: str


@dataclass(slots=True)
class Unreadable:
    """What could not be read; `reason` is one of the constants of `crawlers.reasons`.

    Platform, site and native id are given where it is known which document it is.
    """

    url: str
    reason: str
    details: str | None = None
    table: str = "documents"
    platform: str | None = None
    site: str | None = None
    native_id: str | None = None


Item = Document | Discussion | ListEntry | Sighting | Term | Unreadable
