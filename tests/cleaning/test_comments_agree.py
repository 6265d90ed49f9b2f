"""A page, its feed and its API tell the same of a comment; a page's visible times can be read.

Read from saved pages and mirrored sites that are not part of the repository.
"""

import json
import re
import tarfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import feedparser
import pytest

from cleaning.comments import FoundComment, page_language, read_comments
from cleaning.markup import read_fragment
from crawlers.items import DateSeen
from pipelines.read_dates import first_date
from tests.cleaning.test_comments import (
    _counted_pages,
    blogger_parent,
    minute_of,
    platform_of,
    sample,
)

MIRRORS = Path(__file__).parents[3] / "shared" / "mirrors"
LANGUAGES = ("de", "en", "fr", "es", "cy")
URL = "https://site.example/"


def files_of(mirror: str) -> Iterator[tuple[str, str]]:
    path = MIRRORS / f"{mirror}.tar.xz"
    if not path.is_file():
        pytest.skip(f"the mirror {mirror} is not beside the repository (../shared/mirrors)")
    with tarfile.open(path) as archive:
        for member in archive:
            file = archive.extractfile(member) if member.isfile() else None
            if file is not None and not member.name.endswith((".jpg", ".png", ".pdf")):
                yield member.name.removeprefix("./"), file.read().decode("utf-8", "replace")


def text_of(markup: str) -> str:
    return read_fragment(markup, URL).text


def test_blogger_mirror_agrees_with_its_feeds() -> None:
    files = dict(files_of("jorgeelconstructor"))
    found: dict[str | None, FoundComment] = {}
    for name, page in files.items():
        if re.fullmatch(r"\d{4}/\d\d/[^/?]+\.html", name):
            found |= {c.native_id: c for c in read_comments(page, "blogger", URL)}
    feeds = [page for name, page in files.items() if name.endswith("comments/default")]
    entries = [SimpleNamespace(**e) for feed in feeds for e in feedparser.parse(feed).entries]
    known = {entry.id.split("post-")[1]: entry for entry in entries}
    assert len(known) >= 17
    assert known.keys() <= found.keys()
    for number, entry in known.items():
        comment = found[number]
        milliseconds = round(datetime.fromisoformat(entry.published).timestamp() * 1000)
        assert comment.published_raw == str(milliseconds)
        assert text_of(comment.body_html) == text_of(entry.content[0].value)
        assert comment.parent_native_id == blogger_parent(entry)


def test_wordpress_mirror_agrees_with_rest() -> None:
    rows: dict[str, dict[str, Any]] = {}
    found: dict[str, FoundComment] = {}
    for name, page in files_of("unitingnc"):
        if name.startswith("wp-json/wp/v2/comments"):
            rows |= {str(row["id"]): row for row in _rows(page)}
        elif name.endswith(".html") and 'id="comment-' in page:
            for comment in read_comments(page, "wordpress", URL):
                found.setdefault(comment.native_id or "", comment)
    assert len(rows) == 25
    assert rows.keys() <= found.keys()
    times = 0
    for number, row in rows.items():
        comment = found[number]
        assert text_of(comment.body_html) == text_of(row["content"]["rendered"])
        assert (comment.parent_native_id or "0") == str(row["parent"])
        assert comment.author == row["author_name"]
        times += minute_of(comment, "America/New_York") == row["date_gmt"][:16].replace("T", " ")
    assert times >= 23  # two of 2011 are from before the site had its time zone


def _rows(source: str) -> list[dict[str, Any]]:
    try:
        value = json.loads(source)
    except ValueError:
        return []
    rows = value if isinstance(value, list) else [value]
    return [row for row in rows if isinstance(row, dict) and "post" in row]


@pytest.mark.parametrize("languages", [LANGUAGES, ()], ids=["all", "of-the-page"])
def test_shown_times_are_read(languages: tuple[str, ...]) -> None:
    shown = read = 0
    for name, _ in _counted_pages():
        page = sample(name)
        own = page_language(page)
        expected = languages or ((own,) if own else ())
        for comment in read_comments(page, platform_of(name), URL):
            if comment.published_raw:
                shown += 1
                seen = [DateSeen("html", comment.published_raw)]
                read += first_date(seen, None, expected) is not None
    assert shown > 250
    assert read >= 0.99 * shown
