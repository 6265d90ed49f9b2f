"""Take site-wide boilerplate out of the documents of each source, once all of them are there.

This comes after the merge, and so after the comparison of contents: that a block became known as
boilerplate, because other pages repeat it, is no new version of a document.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, groupby

from cleaning.duplicates import group_near_duplicates
from cleaning.languages import detect_language
from cleaning.sitewide import (
    Counts,
    Sketch,
    Verdict,
    explain,
    is_reported,
    judge,
    shorten,
)
from cleaning.writing import WrittenBlock, join_body, unpack_blocks
from pipelines.contain import blame
from pipelines.extracts import Sorter
from pipelines.measure_text import measure
from pipelines.read_body import NAMED
from pipelines.rows import Row

REMOVED, MARKED = "removed", "marked"
Signatures = dict[str, list[tuple[str, bytes]]]
"""MinHash by document id, of each source."""


def remove_sitewide(
    sorter: Sorter, languages: Mapping[str, Sequence[str]], signatures: Signatures
) -> Signatures:
    """Shorten the rows of `documents` and `links` in the sorter, and add those of `boilerplate`.

    `languages` has every source and the languages that it declares. Returns the signatures of the
    documents as they are now. Rows pass through one at a time; kept are hashes and counts, and the
    text of each block that is reported. A document without blocks (a PDF) takes no part. Raises
    SourceError.
    """
    groups = near_duplicates(signatures)
    now: Signatures = {}
    for source, declared in languages.items():
        current = dict(signatures[source])
        with blame(source):
            for document_id, signature in _remove_from(sorter, source, declared, groups):
                current.pop(document_id, None)
                if signature is not None:
                    current[document_id] = bytes.fromhex(signature)
        now[source] = list(current.items())
    return now


def near_duplicates(signatures: Signatures) -> Mapping[str, str]:
    """The group of each document that has near-duplicates, over all sources.

    A document that two sources have is no duplicate of itself.
    """
    found: dict[str, bytes] = {}
    for one in signatures.values():
        for document_id, signature in one:
            found.setdefault(document_id, signature)
    return group_near_duplicates(list(found.items()))


def _remove_from(
    sorter: Sorter, source: str, languages: Sequence[str], groups: Mapping[str, str]
) -> Iterator[tuple[str, str | None]]:
    """The new signature (hex) of each document of a source that became shorter."""
    sketch = Sketch()
    for _, blocks in _contents(sorter, source):
        sketch.add(blocks)
    if not sketch.has_repeats:
        return
    counts = Counts(sketch)
    for row, blocks in _contents(sorter, source):
        group = groups.get(row["document_id"])
        counts.add(row["document_id"], blocks, group=group, is_named=_is_named(row))
    report = _Report(counts)
    for document, links in _with_links(sorter, source):
        blocks = unpack_blocks(document.row["blocks"])
        verdict = judge(blocks, counts, is_named=_is_named(document.row))
        report.note(blocks, verdict)
        if verdict.removed:
            signature = _shorten(document.row, links, blocks, verdict, languages)
            sorter.replace("links", [(link.number, link.row) for link in links])
            yield document.row["document_id"], signature
        if verdict.removed or verdict.repeated_words:
            _note_shares(document.row, blocks, verdict)
            sorter.replace("documents", [(document.number, document.row)])
    sorter.add("boilerplate", source, report.rows())


def _contents(sorter: Sorter, source: str) -> Iterator[tuple[Row, list[WrittenBlock]]]:
    for row in sorter.rows("documents", source):
        if row.get("blocks"):
            yield row, unpack_blocks(row["blocks"])


def _is_named(row: Row) -> bool:
    return bool(row["quality"]) and row["quality"]["method"] == NAMED


@dataclass(slots=True)
class _Numbered:
    """A row of the sorter under its number there; None takes it out."""

    number: int
    row: Row | None


@dataclass(slots=True)
class _Document:
    number: int
    row: Row


def _with_links(sorter: Sorter, source: str) -> Iterator[tuple[_Document, list[_Numbered]]]:
    """Each document that has blocks, with its own links; both tables are in the order of its id."""
    all_links = sorter.numbered("links", source)
    grouped = groupby(all_links, key=lambda numbered: str(numbered[1]["document_id"]))
    group = next(grouped, None)
    for number, row in sorter.numbered("documents", source):
        document_id = row["document_id"]
        while group is not None and group[0] < document_id:
            group = next(grouped, None)
        links: list[_Numbered] = []
        if group is not None and group[0] == document_id:
            links = [_Numbered(n, link) for n, link in group[1] if link["comment_id"] is None]
        if row.get("blocks"):
            yield _Document(number, row), links


def _shorten(
    row: Row,
    links: list[_Numbered],
    blocks: Sequence[WrittenBlock],
    verdict: Verdict,
    languages: Sequence[str],
) -> str | None:
    """Take blocks out of a row and its links, measure it anew, and return its signature.

    What was read from the whole text stays: authors, dates, and whether it is a signpost.
    """
    kept = shorten(blocks, verdict.removed)
    short = join_body([blocks[place] for place in kept])
    row["text"], row["markdown"], row["blocks"] = short.text, short.markdown, None
    found = detect_language(short.text, languages)
    row["language"] = found.code
    row["languages"] = [{"language": c, "share": s} for c, s in found.shares] or None
    measures = measure(short.text, sum(len(link.text) for link in short.links))
    row["word_count"] = measures.word_count
    row["quality"] = (row["quality"] or {}) | measures.quality
    _renumber(links, _places_of_links(blocks, kept))
    return measures.signature


def _places_of_links(blocks: Sequence[WrittenBlock], kept: Sequence[int]) -> list[int]:
    """The places, among all links of a document, of those that stay."""
    starts = [0, *accumulate(len(block.links) for block in blocks)]
    return [n for place in kept for n in range(starts[place], starts[place + 1])]


def _renumber(links: list[_Numbered], kept: Sequence[int]) -> None:
    positions = {place: position for position, place in enumerate(kept)}
    for place, link in enumerate(links):
        if place not in positions:
            link.row = None
        elif link.row is not None:
            link.row["position"] = positions[place]


def _note_shares(row: Row, blocks: Sequence[WrittenBlock], verdict: Verdict) -> None:
    words = sum(block.words for block in blocks)
    left = words - verdict.removed_words
    row["quality"] = (row["quality"] or {}) | {
        "sitewide_removed_share": verdict.removed_words / words if words else 0.0,
        "sitewide_left_share": verdict.repeated_words / left if left else 0.0,
    }


@dataclass(slots=True)
class _Report:
    """The rows of `boilerplate` of one source."""

    counts: Counts
    removed: dict[str, int] = field(default_factory=dict)
    """From how many documents each block was removed."""
    blocks: dict[str, WrittenBlock] = field(default_factory=dict)
    """Each as it first stood."""

    def note(self, blocks: Sequence[WrittenBlock], verdict: Verdict) -> None:
        for key in {blocks[place].key for place in verdict.removed}:
            if key:
                self.removed[key] = self.removed.get(key, 0) + 1
        for block in blocks:
            tally = self.counts.tallies.get(block.key) if block.key else None
            if tally is None:
                continue
            if block.key in self.removed or is_reported(tally, self.counts.pages):
                self.blocks.setdefault(block.key, block)

    def rows(self) -> Iterator[Row]:
        for key, block in self.blocks.items():
            tally, removed = self.counts.tallies[key], self.removed.get(key, 0)
            yield {
                "block_id": key,
                "text": block.text,
                "action": REMOVED if removed else MARKED,
                "removed_from": removed,
                "pages": tally.pages,
                "source_pages": self.counts.pages,
                "share": tally.pages / self.counts.pages,
                "place": tally.place,
                "why": explain(block, tally, self.counts.pages, removed=removed),
                "first_document_id": tally.first,
                "last_document_id": tally.last,
            }
