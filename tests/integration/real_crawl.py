"""A crawl of the real WordPress, and what each way of crawling it can know by nature."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from output.schema import TABLES
from tests.harvesting import scrapy
from tests.wordpress.site import BLOCK_THEME, CLASSIC_THEME, RealWordPress
from tests.wordpress.truth import Post, Truth

SOURCE = "commons_notes"
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Case:
    """A way to crawl it: whether the REST API answers, and which theme shows the pages."""

    name: str
    has_rest: bool
    theme: str

    @property
    def is_classic(self) -> bool:
        return self.theme == CLASSIC_THEME


CASES = (
    Case("rest", True, BLOCK_THEME),
    Case("html-of-blocks", False, BLOCK_THEME),
    Case("html-of-a-classic-theme", False, CLASSIC_THEME),
)


@dataclass(frozen=True)
class Crawl:
    """What `scrapy harvest` came to; `truth` is what stood in the site."""

    case: Case
    truth: Truth
    base_url: str
    data: Path
    exit_code: int
    output: str

    @cached_property
    def tables(self) -> dict[str, list[Row]]:
        """All rows of all tables of the release."""
        return {name: pq.read_table(self.data / "latest" / name).to_pylist() for name in TABLES}

    @cached_property
    def documents(self) -> dict[int, Row]:
        """Rows of documents by WordPress's ids."""
        return {int(row["native_id"]): row for row in self.tables["documents"]}

    @cached_property
    def comments(self) -> dict[int, Row]:
        """Rows of comments by WordPress's ids."""
        return {int(row["native_id"]): row for row in self.tables["comments"]}

    @property
    def public(self) -> list[Post]:
        """The posts and pages whose body everybody may read."""
        return [post for post in (*self.truth.posts, *self.truth.pages) if post.is_public]

    def document(self, key: str) -> Row:
        """The row of the post or page called `key`."""
        return self.documents[self.truth.post(key).id]

    def comments_below(self, post: Post) -> list[Row]:
        """The rows of the comments of a post, by position."""
        own = self.documents[post.id]["document_id"]
        rows = [row for row in self.tables["comments"] if row["document_id"] == own]
        return sorted(rows, key=lambda row: int(row["position"]))


def crawl(case: Case, site: RealWordPress, data: Path) -> Crawl:
    """Harvest the site as it is now, with the names of commenters, so that they can be compared."""
    done = scrapy(
        "harvest",
        SOURCE,
        data=data,
        SCRAPY_SETTINGS_MODULE="tests.integration.settings",
        TEST_WORDPRESS=site.base_url,
        HARVEST_KEEP_NAMES="1",
    )
    output = done.stdout + done.stderr
    return Crawl(case, site.truth, site.base_url, data, done.returncode, output)


def one_line(text: str | None) -> str:
    """A text with one blank between its words."""
    return " ".join((text or "").split())
