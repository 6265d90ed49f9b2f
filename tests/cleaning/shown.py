"""Posts of a page as plain values, for tests of the reader of threads."""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from cleaning.evidence import find_evidence
from cleaning.page import read_page_model
from cleaning.reader.threads import Thread, find_threads, text_of

SAMPLES = Path(__file__).parents[3] / "shared" / "samples"
URL = "https://allotment.example/2021/05/beans/"


@dataclass(frozen=True, slots=True)
class Shown:
    """A post with its words; `parent` is the place of what it answers."""

    author: str | None
    author_url: str | None
    published: str | None
    native_id: str | None
    parent: int | None
    text: str
    is_by_author: bool
    is_deleted: bool
    is_pingback: bool


def threads_of(page: str, url: str = URL) -> list[Thread]:
    model = read_page_model(page, url)
    return find_threads(model, find_evidence(model))


def shown(page: str, url: str = URL) -> list[Shown]:
    """Return the posts of all threads of a page, words in one line."""
    model = read_page_model(page, url)
    return [
        Shown(
            *(post.author, post.author_url, post.published, post.native_id, post.parent),
            " ".join(text_of(model, post).split()),
            *(post.is_by_author, post.is_deleted, post.is_pingback),
        )
        for thread in find_threads(model, find_evidence(model))
        for post in thread.posts
    ]


def sample(name: str) -> str:
    """Return a saved page, which is not part of the repository."""
    path = SAMPLES / name
    if not path.is_file():
        pytest.skip(f"saved page {name} is not beside the repository (../shared/samples)")
    content = path.read_bytes()
    plain = gzip.decompress(content) if name.endswith(".gz") else content
    return plain.decode("utf-8", "replace")


def counted_pages() -> list[tuple[str, int]]:
    """Return saved pages with the number of comments that they declare."""
    index = SAMPLES / "comments" / "index.json"
    if not index.is_file():
        return [("comments/index.json", 0)]
    pages = json.loads(index.read_text(encoding="utf-8"))
    return [(f"comments/{page['file']}", page["comments"]) for page in pages]
