"""Comments of mirrored sites: the pages tell the same as the API.

The mirror is not part of the repository.
"""

import json
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.cleaning.shown import Shown, shown
from tests.cleaning.test_threads_samples import letters, minute_of, words

MIRRORS = Path(__file__).parents[3] / "shared" / "mirrors"
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


def by_id(page: str) -> dict[str, tuple[Shown, str | None]]:
    """The posts of a page by id, each with the id of what it answers."""
    found = shown(page, URL)
    ids = [post.native_id or "" for post in found]
    return {
        number: (post, None if post.parent is None else ids[post.parent])
        for number, post in zip(ids, found, strict=True)
    }


def test_wordpress_mirror_agrees_with_rest() -> None:
    rows: dict[str, dict[str, Any]] = {}
    found: dict[str, tuple[Shown, str | None]] = {}
    for name, page in files_of("unitingnc"):
        if name.startswith("wp-json/wp/v2/comments"):
            rows |= {str(row["id"]): row for row in rows_of(page)}
        elif name.endswith(".html") and 'id="comment-' in page:
            for number, known in by_id(page).items():
                found.setdefault(number, known)
    assert len(rows) == 25
    assert rows.keys() <= found.keys()
    times = 0
    for number, row in rows.items():
        post, parent = found[number]
        assert letters(post.text) == letters(words(row["content"]["rendered"]))
        assert (parent or "0") == str(row["parent"])
        assert post.author == row["author_name"]
        minute = minute_of(post, "America/New_York")
        times += minute == row["date_gmt"][:16].replace("T", " ")
    assert times >= 23  # two of 2011 are from before the site had its time zone


def rows_of(source: str) -> list[dict[str, Any]]:
    try:
        value = json.loads(source)
    except ValueError:
        return []
    rows = value if isinstance(value, list) else [value]
    return [row for row in rows if isinstance(row, dict) and "post" in row]
