"""Tell posts that only point to an article elsewhere."""

from __future__ import annotations

from cleaning.signposts import find_target
from crawlers.items import Document, Item


class FindSignpost:
    """Item pipeline: sets `is_signpost` and the `target_url` that the post sends its reader to."""

    def process_item(self, item: Item) -> Item:
        if isinstance(item, Document):
            links = [(link.url, link.text) for link in item.links]
            target = find_target(item.text or "", links, url=item.url)
            # A title that links to another site over an empty body is a signpost too.
            is_bare = item.target_url is not None and not item.text
            item.is_signpost = target is not None or is_bare
            item.target_url = item.target_url or target
        return item
