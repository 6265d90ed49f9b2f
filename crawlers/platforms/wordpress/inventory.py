"""Which posts, pages and comments a WordPress site has now, and which of them changed.

The REST API lists them cheaply when asked for a few fields only (`_fields`). What it lists with
another time of change than at the last run, or for the first time, is then fetched by number
(`include`). That is exact where `modified_after` is not: it knows no comments, compares with the
clock of a site that may be set back, and says nothing of what was deleted.

Reference: developer.wordpress.org/rest-api/using-the-rest-api/global-parameters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from crawlers.items import Sighting
from crawlers.platforms.base import PlatformSpider
from crawlers.platforms.entries import sound

Entry = Mapping[str, Any]
FIELDS = {
    "posts": "id,link,modified_gmt",
    "pages": "id,link,modified_gmt",
    # A comment has no time of change: an edited one is found by the next full run.
    "comments": "id,post,link,date_gmt",
}
KINDS = {"posts": "article", "pages": "page", "comments": "comment"}
BATCH = 100
IS_NUMBER = re.compile(r"[0-9]{1,19}")
"""What the API takes for an id; an importer may have put something else there."""


@dataclass(slots=True)
class Collection:
    """What this run was told of one collection.

    `versions` are the times of change by native id, `links` the addresses; `announced` is the
    number that the site said there are, and `pages` the pages that it said so on; `answered` those
    that came. `is_update` tells that only an inventory was read, and what changed is fetched apart.
    `may_hide` is for comments: those below a post with a password are counted and not given.
    """

    may_hide: bool = False

    versions: dict[str, str] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    announced: int = 0
    pages: int | None = None
    answered: set[int] = field(default_factory=set)
    is_update: bool = False
    awaited: set[str] = field(default_factory=set)

    def add(self, entries: Iterable[Entry]) -> None:
        for entry in sound(entries, "id"):
            native_id = str(entry["id"])
            self.versions[native_id] = str(entry.get("modified_gmt") or entry.get("date_gmt") or "")
            self.links[native_id] = str(entry.get("link") or "")
            self.awaited.discard(native_id)

    @property
    def is_complete(self) -> bool:
        has_pages = self.pages is not None and len(self.answered) >= self.pages
        return has_pages and (self.may_hide or len(self.versions) >= self.announced)

    def await_changed(self, held: Mapping[str, str]) -> Iterator[list[str]]:
        """Batches of the ids to fetch, because `held` does not have them as they are now."""
        changed = sorted(filter(IS_NUMBER.fullmatch, self.changed(held)), key=int)
        self.awaited.update(changed)
        for start in range(0, len(changed), BATCH):
            yield changed[start : start + BATCH]

    def changed(self, held: Mapping[str, str]) -> list[str]:
        """The ids whose version is not the one that `held` has."""
        return [i for i, v in self.versions.items() if not v or held.get(i) != v]

    def known_versions(self) -> dict[str, str]:
        """The versions; empty for what was to be fetched and did not come."""
        return {i: "" if i in self.awaited else v for i, v in self.versions.items()}


def sighting(spider: PlatformSpider, what: str, entry: Entry) -> Sighting:
    """That the site has the object, as an inventory tells it."""
    return Sighting(
        platform=spider.platform,
        site=spider.site,
        table="comments" if what == "comments" else "documents",
        native_id=str(entry["id"]),
        document_native_id=str(entry["post"]) if entry.get("post") else None,
        via="rest",
    )
