"""Rows and releases for the tests of this package."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

from output.release import ReleaseWriter

NOW = datetime(2026, 3, 14, 9, 26, 53, tzinfo=UTC)
NAME = "20260314T092653Z"
EXHAUSTED: Mapping[str, object] = {"outcome": "exhausted", "reason": None}

Row = dict[str, object]
Tables = Mapping[tuple[str, str], Iterable[Mapping[str, object]]]

PROVENANCE: Row = {
    "retrieved_at": NOW,
    "warc_file": "allotments/20260314T092653Z.warc.gz",
    "warc_offset": 2_147_483_648,
    "content_sha256": "ab" * 32,
    "extractor": "co-production-pipeline 0.1.0",
}


def document_id(number: int) -> str:
    return f"{number:08x}-5ba1-5e57-8d0c-7e57ed0c0de5"


def comment_id(number: int) -> str:
    return f"{number:08x}-c033-5e57-8d0c-7e57ed0c0de5"


def document(number: int, **changes: object) -> Row:
    row: Row = {
        "document_id": document_id(number),
        "kind": "article",
        "platform": "wordpress",
        "native_id": str(number),
        "url": f"http://127.0.0.1/plots/{number}/",
        "canonical_url": f"http://127.0.0.1/plots/{number}/",
        "title": "Sharing the shed keys",
        "authors": [
            {"name": "Nia Probert", "kind": "person"},
            {"name": "The Allotment Circle", "kind": "organisation"},
        ],
        "published": NOW - timedelta(days=number),
        "published_precision": "day",
        "language": "en",
        "languages": ({"language": "en", "share": 0.75}, {"language": "cy", "share": 0.25}),
        "text": f"Plot {number} was dug over by whoever turned up. Diolch, bawb — cŵn hefyd!",
        "is_signpost": False,
        "categories": [],
        "tags": ["digging", "rota"],
        "word_count": 13,
        "quality": {"method": "named", "link_share": 0.0, "mean_line_length": 71},
        "version": 1,
        **PROVENANCE,
    }
    return row | changes


def comment(number: int, of: int = 0, **changes: object) -> Row:
    row: Row = {
        "comment_id": comment_id(number),
        "document_id": document_id(of),
        "position": number,
        "kind": "comment",
        "author": "commenter-0123456789",
        "text": "Could the rota go up by the gate as well?",
        "spam_score": 0.02,
        **PROVENANCE,
    }
    return row | changes


def quarantined(number: int, **changes: object) -> Row:
    row: Row = {
        "quarantine_id": f"{number:08x}-0bad-5e57-8d0c-7e57ed0c0de5",
        "table": "comments",
        "reason": "spam",
        "score": 0.99,
        "row": '{"text": "Cheap spades, click here"}',
        **PROVENANCE,
    }
    return row | changes


def link(of: int = 0, **changes: object) -> Row:
    row: Row = {"document_id": document_id(of), "position": 0, "url": "http://127.0.0.1/rota"}
    return row | changes


def list_entry(position: int, **changes: object) -> Row:
    row: Row = {"list_url": "http://127.0.0.1/", "position": position, **PROVENANCE}
    return row | changes


def boilerplate(number: int, **changes: object) -> Row:
    row: Row = {
        "block_id": f"{number:024x}",
        "text": "Join us at the gate on the first Saturday of the month.",
        "action": "removed",
        "removed_from": 2,
        "pages": 2,
        "source_pages": 2,
        "share": 1.0,
        "place": "end",
        "why": "opens or closes 2 pages",
        "first_document_id": document_id(0),
        "last_document_id": document_id(1),
    }
    return row | changes


def fetch(number: int, **changes: object) -> Row:
    row: Row = {
        "run": NAME,
        "url": f"http://127.0.0.1/plots/{number}/",
        "status": 200,
        "outcome": "ok",
        "fetched_at": NOW + timedelta(seconds=number),
    }
    return row | changes


def run(**changes: object) -> Row:
    row: Row = {"run": NAME, "platform": "wordpress", "started": NOW, "outcome": "exhausted"}
    return row | changes


def every_table(source: str) -> Tables:
    """A few rows for each table of one source."""
    return {
        ("documents", source): [document(0), document(1, published=None, authors=None)],
        ("comments", source): [comment(0), comment(1), comment(2, of=1, position=None)],
        ("list_entries", source): [list_entry(0, document_id=document_id(0)), list_entry(1)],
        ("links", source): [link(), link(comment_id=comment_id(0)), link(of=1)],
        ("quarantine", source): [quarantined(0, document_id=document_id(0))],
        ("boilerplate", source): [boilerplate(0), boilerplate(1, action="marked")],
        ("fetches", source): [fetch(0), fetch(1)],
        ("runs", source): [run()],
    }


def publish(
    data: Path,
    tables: Tables,
    *,
    sources: Iterable[str] = ("allotments", "tool_library"),
    created: datetime = NOW,
    outcomes: Mapping[str, Mapping[str, object]] | None = None,
) -> Path:
    names = list(sources)
    with ReleaseWriter(data, created=created, code_version="0.1.0", sources=names) as writer:
        for (table, source), rows in tables.items():
            writer.write(table, source, rows)
        return writer.publish(outcomes or dict.fromkeys(names, EXHAUSTED))


def write_release(data: Path) -> Path:
    return publish(data, every_table("allotments"), sources=["allotments"])


def many_documents(count: int, words: int = 200) -> Iterator[Row]:
    """Documents whose text hardly compresses."""
    for number in range(count):
        text = " ".join(
            f"{(number * 7919 + word * 104_729) % 1_000_003:x}" for word in range(words)
        )
        yield document(number, text=text)
