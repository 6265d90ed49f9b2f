"""What a whole page fills in a document, and what it leaves as the spider said it."""

from __future__ import annotations

from typing import Any

import lxml.html
import pytest

from crawlers.items import AuthorName, DateSeen, Document, WholePage
from pipelines.read_metadata import ReadMetadata

HEAD = (
    "<title>Keys | The Hall</title><meta name='author' content='Nia Rees'>"
    "<meta property='og:site_name' content='The Hall'>"
    "<meta property='article:published_time' content='2019-05-03'>"
    "<link rel='license' href='https://hall.example/licence'>"
)
BODY = "<h1>Keys</h1><p>Last updated 4 July 2020</p><p>Whose are they?</p>"


def read(head: str = HEAD, body: str = BODY, **said: Any) -> Document:
    tree = lxml.html.document_fromstring(f"<html><head>{head}</head><body>{body}</body></html>")
    fields = {"platform": "website", "site": "hall.example", "kind": "article", "via": "html"}
    document = Document(
        url="https://hall.example/keys", whole_page=WholePage(tree), **(fields | said)
    )
    assert ReadMetadata().process_item(document) is document
    return document


def test_what_is_missing_is_filled() -> None:
    found = read()
    assert (found.title, found.publisher) == ("Keys", "The Hall")
    assert found.authors == [AuthorName("Nia Rees")]
    assert found.published_seen == [DateSeen("meta", "2019-05-03")]
    assert [date.raw for date in found.modified_seen] == ["4 July 2020"]
    assert found.licence == "https://hall.example/licence"
    assert found.whole_page is None, "it is let go of"


@pytest.mark.parametrize(
    ("name", "said", "kept"),
    [
        ("title", "The keys", "The keys"),
        ("authors", [AuthorName("Ifor Hale")], [AuthorName("Ifor Hale")]),
        ("publisher", "A Press", "A Press"),
        ("licence", "of the source", "https://hall.example/licence"),
    ],
    ids=["title", "authors", "publisher", "the page knows its own licence"],
)
def test_what_the_spider_said(name: str, said: Any, kept: Any) -> None:
    assert getattr(read(**{name: said}), name) == kept


def test_a_byline_that_the_spider_gives_is_enough() -> None:
    assert read(byline="By Ifor Hale").authors == []


@pytest.mark.parametrize(
    ("raw", "read_as"),
    [
        ("10. Februar 2019", "2019-02-10"),
        ("3 May 2019", "3 May 2019"),
    ],
    ids=["in another language", "in the source's"],
)
def test_a_date_is_left_in_words_that_can_be_read(raw: str, read_as: str) -> None:
    body = f"<h1>Keys</h1><p class='date'>{raw}</p>"
    found = read(head="", body=body, expected_languages=("en",))
    assert [date.raw for date in found.published_seen] == [read_as]


def test_a_page_that_declares_nothing_leaves_everything_open() -> None:
    found = read(head="", body="<p>On 3 May 2019 Nia Rees met us.</p>")
    assert (found.title, found.publisher, found.licence) == (None, None, None)
    assert (found.authors, found.published_seen, found.modified_seen) == ([], [], [])
