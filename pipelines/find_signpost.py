"""Tell posts that only point to an article elsewhere."""

from __future__ import annotations

from cleaning.signposts import find_site, find_target, find_writer
from crawlers.items import AuthorName, Document, Item
from pipelines.read_byline import kind_of


class FindSignpost:
    """Item pipeline: sets `is_signpost`, and the `target_url` that the post sends its reader to.

    Where the text names them, the writer becomes the author and the site the publisher: who lists
    an article has neither written nor published it.
    """

    def process_item(self, item: Item) -> Item:
        if isinstance(item, Document):
            links = [(link.url, link.text) for link in item.links]
            target = find_target(item.text or "", links, url=item.url)
            # A title that links to another site over an empty body is a signpost too.
            is_bare = item.target_url is not None and not item.text
            item.is_signpost = target is not None or is_bare
            item.target_url = item.target_url or target
            if item.is_signpost:
                _name_origin(item)
        return item


def _name_origin(signpost: Document) -> None:
    text = signpost.text or ""
    writer = find_writer(text)
    if writer:
        signpost.authors = [AuthorName(writer, kind_of(writer))]
        signpost.author_refs = []
    signpost.publisher = find_site(text) or signpost.publisher
