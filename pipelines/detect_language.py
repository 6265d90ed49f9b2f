"""Which language a document or comment is in."""

from __future__ import annotations

from cleaning.languages import detect_language
from crawlers.items import Discussion, Document, Item


class DetectLanguage:
    """Item pipeline: the main language, and for documents the share of each."""

    def process_item(self, item: Item) -> Item:
        if isinstance(item, Document):
            found = detect_language(item.text or "", item.expected_languages)
            item.language, item.languages = found.code, list(found.shares)
        elif isinstance(item, Discussion):
            for comment in item.comments:
                text = comment.text or ""
                comment.language = detect_language(text, item.expected_languages).code
        return item
