"""Measures by which an analyst can filter, and the signature for near-duplicates."""

from __future__ import annotations

from cleaning.duplicates import signature
from cleaning.quality import text_quality, word_count
from crawlers.items import Document, Item


class MeasureText:
    """Item pipeline: word count, quality figures, MinHash signature (as hex)."""

    def process_item(self, item: Item) -> Item:
        if isinstance(item, Document) and item.text:
            measure(item, item.text)
        return item


def measure(document: Document, text: str) -> None:
    quality = text_quality(text, sum(len(link.text) for link in document.links))
    document.word_count = word_count(text)
    document.quality = {
        "link_share": quality.link_share,
        "capital_share": quality.capital_share,
        "repeated_line_share": quality.repeated_line_share,
        "mean_line_length": quality.mean_line_length,
    }
    minhash = signature(text)
    document.signature = minhash.hex() if minhash else None
