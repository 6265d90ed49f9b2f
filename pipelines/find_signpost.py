"""Tell posts that only point to an article elsewhere."""

from __future__ import annotations

from cleaning.signposts import find_target, find_writer
from crawlers.items import AuthorName, Document, Item
from pipelines.read_byline import kind_of


class FindSignpost:
    """Item pipeline: sets `is_signpost`, the `target_url` that the post sends its reader to,
    and where the text names the writer, the author."""

    def process_item(self, item: Item) -> Item:
        if isinstance(item, Document):
            links = [(link.url, link.text) for link in item.links]
            target = find_target(item.text or "", links, url=item.url)
            # A title that links to another site over an empty body is a signpost too.
            is_bare = item.target_url is not None and not item.text
            item.is_signpost = target is not None or is_bare
            item.target_url = item.target_url or target
            writer = find_writer(item.text or "") if item.is_signpost else None
            if writer:
                # Who lists an article has not written it.
                item.authors = [AuthorName(writer, kind_of(writer))]
                item.author_refs = []
        return item
