"""Turn the bodies of comments into text and links."""

from __future__ import annotations

from cleaning.writing import read_fragment
from crawlers.items import Discussion, Item, LinkSeen


class ReadCommentTexts:
    """Item pipeline: each comment's body to text and links; what a page shows is read already."""

    def process_item(self, item: Item) -> Item:
        if isinstance(item, Discussion):
            for comment in item.comments:
                if comment.text is not None:
                    continue
                body = read_fragment(comment.body_html, item.document_url or item.url)
                comment.text = body.text or None
                comment.links = [LinkSeen(link.url, link.text, link.rel) for link in body.links]
        return item
