"""Tell posts that only point to an article elsewhere."""

from __future__ import annotations

from cleaning.signposts import find_target
from crawlers.items import Document, Item


class FindSignpost:
    """Item pipeline: sets `is_signpost` and the `target_url` that the post sends its reader to."""

    def process_item(self, item: Item) -> Item:
        if isinstance(item, Document) and item.text:
            links = [(link.url, link.text) for link in item.links]
            target = find_target(item.text, links, site=item.site)
            item.is_signpost = target is not None
            item.target_url = item.target_url or target
        return item
