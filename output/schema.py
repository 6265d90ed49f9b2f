"""The contract of the tables: every column with its type, description and whether it may be null.

The folder `source=<name>` that a file lies in says which source its rows belong to, so no file
holds that column. Times are UTC with microseconds. Null means unknown.
"""

import pyarrow as pa

from output.columns import (
    FLAG,
    INT32,
    INT64,
    REAL,
    SCHEMA_VERSION,
    TEXT,
    TIME,
    Column,
    Table,
    list_of,
    required,
    struct_of,
)

__all__ = ["PROVENANCE", "QUALITY", "SCHEMA_VERSION", "TABLES", "Column", "Table"]

TEXTS = list_of(TEXT)
AUTHORS = list_of(struct_of([("name", TEXT), ("kind", TEXT)]))
LANGUAGES = list_of(struct_of([("language", TEXT), ("share", REAL)]))
QUALITY = pa.struct(
    [
        ("method", TEXT),
        ("link_share", REAL),
        ("capital_share", REAL),
        ("repeated_line_share", REAL),
        ("mean_line_length", REAL),
        ("sitewide_removed_share", REAL),
        ("sitewide_left_share", REAL),
    ]
)


PROVENANCE = (
    Column("retrieved_at", TIME, "When the response that this row was read from arrived."),
    Column("warc_file", TEXT, "WARC file of that response, as a path below archive/."),
    Column("warc_offset", INT64, "Byte at which the WARC response record starts in that file."),
    Column("content_sha256", TEXT, "SHA-256 (hex) of the decoded body of the response."),
    Column("extractor", TEXT, "Name and version of the program that read the row."),
    Column(
        "kept_from",
        TEXT,
        "Release that the row was taken from, as its WARC file is lost or changed; mostly null.",
    ),
)

_DOCUMENT_ID = required(
    "document_id", TEXT, "UUIDv5 of the document, the same in every run and on every machine."
)

DOCUMENTS = Table(
    "documents",
    "An article, resource, presentation, PDF or page, in its latest version.",
    (
        _DOCUMENT_ID,
        required("kind", TEXT, "What it is: article, page, resource, presentation, pdf …"),
        required("platform", TEXT, "What the site runs on: wordpress, blogger, webflow …"),
        Column("native_id", TEXT, "Id that the platform itself gives the document."),
        required("url", TEXT, "Address that it was read from."),
        required("canonical_url", TEXT, "The address without tracking and other noise."),
        Column("title", TEXT, "Title, one line of plain text."),
        Column("authors", AUTHORS, "Who wrote it; kind is person, organisation or unknown."),
        Column("publisher", TEXT, "Who published it, as the page says."),
        Column("published", TIME, "When it was published; the start of the span if not exact."),
        Column("published_precision", TEXT, "second, minute, day, month or year."),
        Column(
            "published_from",
            TEXT,
            "Where the date was found: rest, feed, meta …; relative is counted from the capture.",
        ),
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
        Column(
            "quality",
            QUALITY,
            "How the text was found, and measures (shares 0 to 1) of it. The sitewide ones: of its "
            "words, how many were taken out as `boilerplate`, and how many such are left.",
        ),
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
        required("comment_id", TEXT, "UUIDv5 of the comment, the same in every run."),
        _DOCUMENT_ID,
        Column("native_id", TEXT, "Id that the platform itself gives the comment."),
        Column("parent_id", TEXT, "comment_id of the comment that this one answers."),
        Column("position", INT32, "Place among the comments of the document, from 0."),
        Column("kind", TEXT, "comment, or pingback."),
        Column("author", TEXT, "Pseudonym of who wrote it, the same throughout one source."),
        Column("author_url", TEXT, "Address that the author's name links to."),
        Column("is_by_document_author", FLAG, "True when who wrote the document answers."),
        Column(
            "published",
            TIME,
            "When it was written; the start of the span where it is not exact, as of 2 weeks ago.",
        ),
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
    "What a listing (home page, archive, feed, cards below a text) said of a document.",
    (
        required("list_url", TEXT, "Address of the listing."),
        required("position", INT32, "Place in the listing, from 0."),
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
        required("url", TEXT, "Where it leads."),
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
        required("quarantine_id", TEXT, "Id of this quarantined row."),
        required("table", TEXT, "Table that the row was meant for."),
        required("reason", TEXT, "Why it was taken out."),
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
        required("run", TEXT, "Run in which it happened."),
        required("url", TEXT, "Address that was asked for."),
        Column("status", INT32, "HTTP status; null when no answer came."),
        required("outcome", TEXT, "ok, not_modified, http_error, failed …"),
        Column("reason", TEXT, "Why it failed."),
        Column("content_type", TEXT, "Content type as the server stated it."),
        Column("bytes", INT64, "Bytes of the body as they were sent."),
        Column("seconds", REAL, "Seconds from the request to the end of the response."),
        required("fetched_at", TIME, "When the response was complete, or the attempt ended."),
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
        required("run", TEXT, "Name of the run."),
        required("platform", TEXT, "What the site runs on."),
        required("started", TIME, "When the crawl started."),
        Column("finished", TIME, "When it ended; null when it was cut off."),
        required(
            "outcome",
            TEXT,
            "exhausted, truncated, blocked, failed, interrupted, or held: no row rests on it.",
        ),
        Column("reason", TEXT, "Why it ended so."),
        Column("requests", INT64, "Requests sent."),
        Column("responses", INT64, "Responses received."),
        Column("bytes", INT64, "Bytes received."),
        Column("captures", INT64, "Responses archived."),
        Column("documents", INT64, "Documents found."),
        Column("expected_min", INT64, "Fewest documents that the source declares as healthy."),
        Column("expected_max", INT64, "Most documents that the source declares as healthy."),
        Column("listed", INT64, "Documents that the site's own list, feed or sitemap says it has."),
        Column("warc_file", TEXT, "WARC file of the run, as a path below archive/."),
    ),
    sort_by=("run",),
    key=("run",),
)

BOILERPLATE = Table(
    "boilerplate",
    "A block of text that repeats over many documents of a source, and was removed or marked.",
    (
        required("block_id", TEXT, "Hash of its words and links, the same in every release."),
        required("text", TEXT, "The block as it stands in the first of these documents."),
        required("action", TEXT, "removed, or marked: it repeats, and all documents kept it."),
        required("removed_from", INT32, "Number of documents that it was removed from."),
        required("pages", INT32, "Number of documents that it stands in."),
        required("source_pages", INT32, "Number of documents of the source that have text."),
        required("share", REAL, "pages / source_pages, 0 to 1."),
        required("place", TEXT, "Where it mostly stands in a text: start, middle or end."),
        required("why", TEXT, "What was counted, and the thresholds that it met or missed."),
        required("first_document_id", TEXT, "A document that has it: the smallest id of them."),
        required("last_document_id", TEXT, "Another one: the greatest id of them."),
    ),
    sort_by=("block_id",),
    key=("block_id",),
)

TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        *(DOCUMENTS, COMMENTS, LIST_ENTRIES, LINKS, QUARANTINE, BOILERPLATE),
        *(FETCHES, RUNS),
    )
}
