"""How a WordPress site's APIs are asked: the REST API of its own, and WordPress.com's."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any
from urllib.parse import urljoin, urlsplit

from scrapy import Request
from scrapy.http import Response

from crawlers.items import Item
from crawlers.ledger import Held
from crawlers.platforms.base import Result
from crawlers.platforms.entries import Entry, Table, follow_each, read_each, sound
from crawlers.platforms.page import Problem
from crawlers.platforms.pdf import FollowsPdfs
from crawlers.platforms.wordpress import links, rest, wordpress_com
from crawlers.platforms.wordpress.inventory import FIELDS, KINDS, Collection, sighting

PER_PAGE = 100
"""The most that the API gives at once."""
EMBED = "author,wp:term"
PUBLIC_API = "https://public-api.wordpress.com"


class WordPressApiSpider(FollowsPdfs):
    """What a WordPress source asks the APIs, and what it learns from them.

    `public_api` is the address of WordPress.com's API.
    """

    platform = "wordpress"
    public_api: str = PUBLIC_API

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.api: str | None = None
        self.on_wordpress_com = False
        self.posts_answered = False
        self.comments_answered = False
        self.collections = {what: Collection(may_hide=what == "comments") for what in FIELDS}

    def extra_domains(self) -> list[str]:
        return [*super().extra_domains(), urlsplit(self.public_api).hostname or ""]

    def misses(self, held: Held) -> bool:
        # The API gave it, or it is a list of which nothing changed.
        is_list = json.loads(held.cb_kwargs).get("as_list", False)
        return links.same_page(held.url) not in self.known and not is_list

    def count(self) -> tuple[int, int]:
        """How many posts and pages the API announced, and how many it gave."""
        both = (self.collections["posts"], self.collections["pages"])
        return sum(c.announced for c in both), sum(len(c.versions) for c in both)

    def apis(self) -> Iterator[list[Request]]:
        """The first requests to each API that the site may have."""
        if self.on_wordpress_com:
            self.api = f"{self.public_api}/wp/v2/sites/{self.site}/"
            yield self._first_of_api()
            yield [
                self.ask(url, self.parse_wordpress_com, probe=True, what=what, page=1)
                for what, url in wordpress_com.first_pages(self.public_api, self.site)
            ]
            return
        root = self.api or urljoin(self.root, "wp-json/")
        self.api = root + "wp/v2/"
        yield self._first_of_api()

    def _first_of_api(self) -> list[Request]:
        return [self._first_page(what) for what in FIELDS]

    def _first_page(self, what: str) -> Request:
        """The first page of a collection, or of its inventory where that is cheaper.

        A server that can say "not modified" needs no inventory.
        """
        whole = self._api_page(what, 1)
        if KINDS[what] not in self.memory.inventories or self.memory.has_validators(whole.url):
            return whole
        self.collections[what].is_update = True
        return self._inventory_page(what, 1)

    def _inventory_page(self, what: str, page: int) -> Request:
        query = f"per_page={PER_PAGE}&page={page}&_fields={FIELDS[what]}"
        return self.ask(self._api_url(what, query), self.parse_inventory, what=what, page=page)

    def changed_entries(self) -> Iterator[Request]:
        """Requests for what the inventories list as new or changed."""
        for what, collection in self.collections.items():
            if collection.is_update:
                held = self.memory.inventories[KINDS[what]]
                for batch in collection.await_changed(held):
                    query = f"per_page={PER_PAGE}&include={','.join(batch)}{_embedding(what)}"
                    yield self.ask(
                        self._api_url(what, query), self.parse_api, what=what, page=1, changed=True
                    )

    def is_up_to_date(self) -> bool:
        """Whether inventories told of all posts and pages, so that no sitemap need."""
        both = (self.collections["posts"], self.collections["pages"])
        return all(c.is_update and c.is_complete for c in both)

    def with_comments(self) -> list[str]:
        """The pages to read for their comments: all, or where the API has comments and only
        pingbacks are missing, those that changed."""
        posts = self.collections["posts"]
        if not (posts.is_update and self.comments_answered):
            return list(self.known.values())
        held = self.memory.inventories["article"]
        return [posts.links[native_id] for native_id in posts.changed(held)]

    def listed(self) -> int | None:
        return self.count()[0] or None

    def complete_inventories(self) -> dict[str, dict[str, str]]:
        return {
            KINDS[what]: collection.known_versions()
            for what, collection in self.collections.items()
            if collection.is_complete
        }

    def _api_page(self, what: str, page: int) -> Request:
        query = f"per_page={PER_PAGE}&page={page}{_embedding(what)}"
        url = self._api_url(what, query)
        return self.ask(url, self.parse_api, probe=page == 1, what=what, page=page)

    def _api_url(self, what: str, query: str) -> str:
        return f"{self.api}{what}{'&' if '?' in str(self.api) else '?'}{query}"

    # --- REST ---

    def parse_api(self, response: Response, what: str, page: int, changed: bool = False) -> Result:
        """A page of the REST API's posts, pages, comments, users, categories or tags.

        `changed` marks an answer that holds some of them only: those that were asked for.
        """
        yield from self.both(
            response, self.follow_api, self.read_api, what=what, page=page, changed=changed
        )

    def follow_api(self, response: Response, what: str, page: int, changed: bool) -> Result:
        entries, problem = rest.entries(response)
        if problem:
            if not rest.is_past_end(response, page):
                self.note(f"{response.url}: {problem[0]}")
            return
        self._note_answer(what)
        if what in FIELDS:
            self._note_entries(what, entries, None if changed else response, page)
        if what in {"posts", "pages"}:
            yield from follow_each(
                sound(entries, rest.ID), lambda e: self._follow_entry(e, "link"), self.note
            )
        total = None if changed else rest.total_pages(response)
        if page == 1 and total:
            yield from (self._api_page(what, n) for n in range(2, total + 1))
        elif total is None and entries and not changed:
            yield self._api_page(what, page + 1)
        if page == 1 and what == "posts" and not rest.has_names(sound(entries, rest.ID)):
            yield from (self._api_page(term, 1) for term in ("users", "categories", "tags"))

    def _follow_entry(self, entry: Entry, link: str) -> Iterator[Request]:
        """What a post or page leads to; its address stands under the name `link`."""
        body, url = rest.body_of(entry), entry.get(link) or ""
        yield from self.follow_signpost(body, url)
        yield from self.follow_pdfs_in(body, url or self.root)

    def _note_entries(
        self, what: str, entries: list[Any], listing: Response | None, page: int
    ) -> None:
        collection = self.collections[what]
        collection.add(entries)
        if listing:
            collection.answered.add(page)
        if listing and page == 1:
            collection.announced, collection.pages = rest.total(listing), rest.total_pages(listing)
        if what != "comments":
            self._know(e.get("link") for e in sound(entries, rest.ID))

    def parse_inventory(self, response: Response, what: str, page: int) -> Result:
        """A page of a collection with a few fields only."""
        yield from self.both(
            response, self.follow_inventory, self.read_inventory, what=what, page=page
        )

    def follow_inventory(self, response: Response, what: str, page: int) -> Result:
        entries, problem = rest.entries(response)
        if problem:
            self.note(f"{response.url}: {problem[0]}")
            return
        self._note_answer(what)
        self._note_entries(what, entries, response, page)
        if page == 1:
            last = rest.total_pages(response) or 1
            yield from (self._inventory_page(what, n) for n in range(2, last + 1))

    def read_inventory(self, response: Response, what: str, page: int) -> Result:
        found = rest.entries(response)
        yield from self._read_each(response, found, what, lambda e: [sighting(self, what, e)])

    def _read_each(
        self,
        response: Response,
        found: tuple[list[Any], Problem | None],
        what: str,
        read: Callable[[Entry], Iterable[Item]],
        id_name: str = rest.ID,
    ) -> Result:
        """What `read` makes of each entry of a list, or why there are none."""
        entries, problem = found
        if problem:
            yield self.unreadable(response, *problem)
        table: Table = "comments" if what == "comments" else "documents"
        yield from read_each(response.url, entries, id_name, read, table)

    def _note_answer(self, what: str) -> None:
        if what == "posts":
            self.posts_answered = True
        elif what == "comments":
            self.comments_answered = True

    def _know(self, urls: Iterable[Any]) -> None:
        self.known.update({links.same_page(u): u for u in urls if u and isinstance(u, str)})

    def read_api(self, response: Response, what: str, page: int, changed: bool) -> Result:
        read = partial(rest.items, self, what, url=response.url)
        yield from self._read_each(response, rest.entries(response), what, read)

    # --- WordPress.com's own API, version 1.1 ---

    def parse_wordpress_com(self, response: Response, what: str, page: int) -> Result:
        """A page of `posts` or `comments` of WordPress.com's API 1.1."""
        yield from self.both(
            response, self.follow_wordpress_com, self.read_wordpress_com, what=what, page=page
        )

    def follow_wordpress_com(self, response: Response, what: str, page: int) -> Result:
        value, problem = wordpress_com.entries(response, what)
        if problem:
            self.note(f"{response.url}: {problem[0]}")
            return
        self._note_answer(what)
        if what == "posts":
            posts = sound(value, wordpress_com.ID)
            self._know(e.get("URL") for e in posts)
            yield from follow_each(posts, lambda e: self._follow_entry(e, "URL"), self.note)
        url = wordpress_com.next_page(response, what, page)
        if url:
            yield self.ask(url, self.parse_wordpress_com, what=what, page=page + 1)

    def read_wordpress_com(self, response: Response, what: str, page: int) -> Result:
        found = wordpress_com.entries(response, what)
        read = partial(wordpress_com.items, self, what, url=response.url)
        yield from self._read_each(response, found, what, read, wordpress_com.ID)


def _embedding(what: str) -> str:
    return f"&_embed={EMBED}" if what in {"posts", "pages"} else ""
