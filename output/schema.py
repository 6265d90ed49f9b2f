"""The contract of the tables: every column with its type, description and whether it may be null.

The folder `source=<name>` that a file lies in says which source its rows belong to, so no file
holds that column. Times are UTC with microseconds. Null means unknown.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import pyarrow as pa

# Raise the first number when a column goes or changes its meaning, the second when one is added.
SCHEMA_VERSION = "1.0"

TEXT = pa.string()
TIME = pa.timestamp("us", tz="UTC")
INT32 = pa.int32()
INT64 = pa.int64()
REAL = pa.float64()
FLAG = pa.bool_()


def _list_of(type_: pa.DataType) -> pa.DataType:
    # The Parquet format calls the child "element"; another name would not come back as written.
    return pa.list_(pa.field("element", type_, nullable=False))


def _struct(required: Sequence[tuple[str, pa.DataType]]) -> pa.DataType:
    return pa.struct([pa.field(name, type_, nullable=False) for name, type_ in required])


TEXTS = _list_of(TEXT)
AUTHORS = _list_of(_struct([("name", TEXT), ("kind", TEXT)]))
LANGUAGES = _list_of(_struct([("language", TEXT), ("share", REAL)]))
QUALITY = pa.struct(
    [
        ("method", TEXT),
        ("link_share", REAL),
        ("capital_share", REAL),
        ("repeated_line_share", REAL),
        ("mean_line_length", REAL),
    ]
)


@dataclass(frozen=True)
class Column:
    """One column; `nullable=False` means that every row must have a value."""

    name: str
    type: pa.DataType
    description: str
    nullable: bool = True

    @property
    def field(self) -> pa.Field:
        """The Arrow field, with the description in its metadata."""
        metadata = {"description": self.description}
        return pa.field(self.name, self.type, nullable=self.nullable, metadata=metadata)


@dataclass(frozen=True)
class Table:
    """One table: rows of a source are sorted by `sort_by` (nulls first).

    `key` is unique within a source, and over all sources together where `is_key_global`; an empty
    key promises nothing.
    """

    name: str
    description: str
    columns: tuple[Column, ...]
    sort_by: tuple[str, ...]
    key: tuple[str, ...] = ()
    is_key_global: bool = False

    @cached_property
    def arrow_schema(self) -> pa.Schema:
        """The schema of every file of this table, with descriptions in the metadata."""
        metadata = {
            "table": self.name,
            "schema_version": SCHEMA_VERSION,
            "description": self.description,
        }
        return pa.schema([column.field for column in self.columns], metadata=metadata)

    @cached_property
    def by_name(self) -> dict[str, Column]:
        """The columns by their name."""
        return {column.name: column for column in self.columns}


def _required(name: str, type_: pa.DataType, description: str) -> Column:
    return Column(name, type_, description, nullable=False)


PROVENANCE = (
    Column("retrieved_at", TIME, "When the response that this row was read from arrived."),
    Column("warc_file", TEXT, "WARC file of that response, as a path below archive/."),
    Column("warc_offset", INT64, "Byte at which the WARC response record starts in that file."),
    Column("content_sha256", TEXT, "SHA-256 (hex) of the decoded body of the response."),
    Column("extractor", TEXT, "Name and version of the program that read the row."),
)

_DOCUMENT_ID = _required(
    "document_id", TEXT, "UUIDv5 of the document, the same in every run and on every machine."
)

DOCUMENTS = Table(
    "documents",
    "An article, resource, presentation, PDF or page, in its latest version.",
    (
        _DOCUMENT_ID,
        _required("kind", TEXT, "What it is: article, page, resource, presentation, pdf …"),
        _required("platform", TEXT, "What the site runs on: wordpress, blogger, webflow …"),
        Column("native_id", TEXT, "Id that the platform itself gives the document."),
        _required("url", TEXT, "Address that it was read from."),
        _required("canonical_url", TEXT, "The address without tracking and other noise."),
        Column("title", TEXT, "Title, one line of plain text."),
        Column("authors", AUTHORS, "Who wrote it; kind is person, organisation or unknown."),
        Column("publisher", TEXT, "Who published it, as the page says."),
        Column("published", TIME, "When it was published; the start of the span if not exact."),
        Column("published_precision", TEXT, "second, minute, day, month or year."),
        Column("published_from", TEXT, "Where the date was found: rest, feed, meta, json-ld …"),
        Column("modified", TIME, "When the site says that it was last changed."),
        Column("body_date_raw", TEXT, "Date that opens the text, as written; not interpreted."),
        Column("language", TEXT, "Main language of the text, ISO 639-1."),
        Column("languages", LANGUAGES, "Every language found and its share (0 to 1) of the text."),
        Column("text", TEXT, "The content as plain text, blocks parted by an empty line."),
        Column("markdown", TEXT, "The same content as Markdown."),
        Column("excerpt", TEXT, "Summary that the site itself gives."),
        Column("is_signpost", FLAG, "True when it only points to a document elsewhere."),
        Column("target_url", TEXT, "Where a signpost points."),
        Column("categories", TEXTS, "Categories that the site gives it."),
        Column("tags", TEXTS, "Tags that the site gives it."),
        Column("word_count", INT32, "Number of words in `text`."),
        Column("quality", QUALITY, "How the text was found, and measures (shares 0 to 1) of it."),
        Column("near_duplicate_group", TEXT, "Smallest document_id among near-duplicates."),
        Column("comments_declared", INT32, "Number of comments that the page says it has."),
        Column("comments_captured", INT32, "Number of comments that were read from it."),
        Column("licence", TEXT, "Licence that the page or its source states."),
        Column("tdm_opt_out", FLAG, "True when the site reserves text and data mining."),
        Column("first_seen", TIME, "When it was first retrieved."),
        Column("last_seen", TIME, "When it was last retrieved or confirmed unchanged."),
        Column("last_changed", TIME, "When its content was last seen to differ."),
        Column("version", INT32, "Number of different contents seen so far, from 1."),
        Column("gone_since", TIME, "When it was found gone; null while it exists."),
        *PROVENANCE,
    ),
    sort_by=("document_id",),
    key=("document_id",),
    is_key_global=True,
)

COMMENTS = Table(
    "comments",
    "A comment on a document that was not judged to be spam.",
    (
        _required("comment_id", TEXT, "UUIDv5 of the comment, the same in every run."),
        _DOCUMENT_ID,
        Column("native_id", TEXT, "Id that the platform itself gives the comment."),
        Column("parent_id", TEXT, "comment_id of the comment that this one answers."),
        Column("position", INT32, "Place among the comments of the document, from 0."),
        Column("kind", TEXT, "comment, or pingback."),
        Column("author", TEXT, "Pseudonym of who wrote it, the same throughout one source."),
        Column("author_url", TEXT, "Address that the author's name links to."),
        Column("is_by_document_author", FLAG, "True when who wrote the document answers."),
        Column("published", TIME, "When it was written; the start of the span if not exact."),
        Column("published_precision", TEXT, "second, minute, day, month or year."),
        Column("text", TEXT, "The comment as plain text, mail addresses and phones masked."),
        Column("language", TEXT, "Language of the text, ISO 639-1."),
        Column("spam_score", REAL, "How much it looks like spam, 0 to 1."),
        *PROVENANCE,
    ),
    sort_by=("document_id", "position", "comment_id"),
    key=("comment_id",),
    is_key_global=True,
)

LIST_ENTRIES = Table(
    "list_entries",
    "What a listing (home page, archive, feed) said of a document.",
    (
        _required("list_url", TEXT, "Address of the listing."),
        _required("position", INT32, "Place in the listing, from 0."),
        Column("document_id", TEXT, "The document, where it is known."),
        Column("url", TEXT, "Address that the entry links to."),
        Column("title", TEXT, "Title in the listing."),
        Column("excerpt", TEXT, "Teaser in the listing."),
        Column("is_truncated", FLAG, "True when the teaser breaks off."),
        Column("outbound_url", TEXT, "Address on another site that the entry points to."),
        *PROVENANCE,
    ),
    sort_by=("list_url", "position", "url"),
)

LINKS = Table(
    "links",
    "A link out of a document or out of one of its comments.",
    (
        _DOCUMENT_ID,
        Column("comment_id", TEXT, "The comment that holds the link; null for the document."),
        Column("position", INT32, "Place among the links of that text, from 0."),
        _required("url", TEXT, "Where it leads."),
        Column("host", TEXT, "Host of that address."),
        Column("text", TEXT, "Words that are linked."),
        Column("rel", TEXT, "The rel attribute: nofollow, ugc, license …"),
        Column("is_internal", FLAG, "True when it stays on the site."),
        *PROVENANCE,
    ),
    sort_by=("document_id", "comment_id", "position"),
)

QUARANTINE = Table(
    "quarantine",
    "A row that was taken out, whole, and why.",
    (
        _required("quarantine_id", TEXT, "Id of this quarantined row."),
        _required("table", TEXT, "Table that the row was meant for."),
        _required("reason", TEXT, "Why it was taken out."),
        Column("score", REAL, "Score on which that was decided, 0 to 1."),
        Column("details", TEXT, "What spoke for it, in words."),
        Column("row", TEXT, "The whole row as JSON."),
        Column("document_id", TEXT, "The document that it is, or belongs to."),
        *PROVENANCE,
    ),
    sort_by=("table", "reason", "quarantine_id"),
    key=("quarantine_id",),
)

FETCHES = Table(
    "fetches",
    "An HTTP exchange, or an attempt at one.",
    (
        _required("run", TEXT, "Run in which it happened."),
        _required("url", TEXT, "Address that was asked for."),
        Column("status", INT32, "HTTP status; null when no answer came."),
        _required("outcome", TEXT, "ok, not_modified, http_error, failed …"),
        Column("reason", TEXT, "Why it failed."),
        Column("content_type", TEXT, "Content type as the server stated it."),
        Column("bytes", INT64, "Bytes of the body as they were sent."),
        Column("seconds", REAL, "Seconds from the request to the end of the response."),
        _required("fetched_at", TIME, "When the response was complete, or the attempt ended."),
        Column("origin", TEXT, "network, or cache."),
        Column("callback", TEXT, "Spider callback that the response was meant for."),
        Column("warc_file", TEXT, "WARC file of the response, as a path below archive/."),
        Column("warc_offset", INT64, "Byte at which its WARC record starts in that file."),
    ),
    sort_by=("run", "fetched_at", "url", "warc_offset"),
)

RUNS = Table(
    "runs",
    "One crawl of a source.",
    (
        _required("run", TEXT, "Name of the run."),
        _required("platform", TEXT, "What the site runs on."),
        _required("started", TIME, "When the crawl started."),
        Column("finished", TIME, "When it ended; null when it was cut off."),
        _required("outcome", TEXT, "exhausted, truncated, blocked, failed or interrupted."),
        Column("reason", TEXT, "Why it ended so."),
        Column("requests", INT64, "Requests sent."),
        Column("responses", INT64, "Responses received."),
        Column("bytes", INT64, "Bytes received."),
        Column("captures", INT64, "Responses archived."),
        Column("documents", INT64, "Documents found."),
        Column("expected_min", INT64, "Fewest documents that the source declares as healthy."),
        Column("expected_max", INT64, "Most documents that the source declares as healthy."),
        Column("warc_file", TEXT, "WARC file of the run, as a path below archive/."),
    ),
    sort_by=("run",),
    key=("run",),
)

TABLES: dict[str, Table] = {
    table.name: table
    for table in (DOCUMENTS, COMMENTS, LIST_ENTRIES, LINKS, QUARANTINE, FETCHES, RUNS)
}
