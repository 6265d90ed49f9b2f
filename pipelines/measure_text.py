"""Measures by which an analyst can filter, and the signature for near-duplicates."""

from __future__ import annotations

from dataclasses import dataclass

from cleaning.duplicates import signature
from cleaning.quality import text_quality, word_count
from crawlers.items import Document, Item


class MeasureText:
    """Item pipeline: word count, quality figures, MinHash signature (as hex)."""

    def process_item(self, item: Item) -> Item:
        if isinstance(item, Document) and item.text:
            found = measure(item.text, sum(len(link.text) for link in item.links))
            item.word_count, item.quality = found.word_count, found.quality
            item.signature = found.signature
        return item


@dataclass(frozen=True, slots=True)
class Measures:
    word_count: int
    quality: dict[str, float]
    signature: str | None
    """None for a text that is too short to have one."""


def measure(text: str, link_characters: int) -> Measures:
    """The measures of a text, of which so many characters stand in links.

    What repeats over its source is not known of a single page: those shares are 0 until
    `pipelines.sitewide` has counted.
    """
    quality = text_quality(text, link_characters)
    minhash = signature(text)
    figures = {
        "link_share": quality.link_share,
        "capital_share": quality.capital_share,
        "repeated_line_share": quality.repeated_line_share,
        "mean_line_length": quality.mean_line_length,
        "sitewide_removed_share": 0.0,
        "sitewide_left_share": 0.0,
    }
    return Measures(word_count(text), figures, minhash.hex() if minhash else None)
