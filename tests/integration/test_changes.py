"""A real WordPress that changes between two crawls: what is fetched, and what the release says."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.integration.real_crawl import CASES, Crawl, Row, crawl
from tests.wordpress.site import RealWordPress

REST, HTML = CASES[0], CASES[1]
HISTORY = ("version", "last_changed", "gone_since")
OF_THE_RUN = {"last_seen"}
"""What the date of a release changes in every row."""


def newest_run(crawled: Crawl) -> list[Row]:
    """The fetches of the latest run."""
    rows = crawled.tables["fetches"]
    last = max(row["run"] for row in rows)
    return [row for row in rows if row["run"] == last]


def without(row: Row, names: set[str]) -> Row:
    return {name: value for name, value in row.items() if name not in names}


def edit(site: RealWordPress) -> tuple[list[int], int, int]:
    """Edit three posts, add one and delete one; their ids."""
    bare = [p for p in site.truth.posts if p.is_public and not p.phrases]
    chosen = [p.id for p in (bare or [p for p in site.truth.posts if p.is_public])[:4]]
    for post_id in chosen[:3]:
        site.edit_post(post_id, f"<p>The orchard group met again, and wrote note {post_id}.</p>")
    added = site.add_post("The mill opens", "<p>On Saturday the mill turns for the first time.</p>")
    site.delete_post(chosen[3])
    return chosen[:3], added.id, chosen[3]


@pytest.fixture(scope="module")
def crawls(
    wordpress: RealWordPress, roomy: Path
) -> tuple[Crawl, Crawl, Crawl, tuple[list[int], int, int]]:
    """Three crawls by REST: the first, one with nothing changed, and one after five changes."""
    data = roomy / "changes"
    try:
        first = crawl(REST, wordpress, data)
        _ = first.tables
        same = crawl(REST, wordpress, data)
        _ = same.tables
        changed = edit(wordpress)
        last = crawl(REST, wordpress, data)
        _ = last.tables
    finally:
        wordpress.reset()
    assert (first.exit_code, same.exit_code, last.exit_code) == (0, 0, 0), last.output
    return first, same, last, changed


Crawls = tuple[Crawl, Crawl, Crawl, tuple[list[int], int, int]]


@pytest.mark.parametrize("table", ["documents", "comments", "links", "list_entries", "quarantine"])
def test_with_nothing_changed_the_release_is_the_same(crawls: Crawls, table: str) -> None:
    first, same, _, _ = crawls
    before, after = first.tables[table], same.tables[table]
    assert len(after) == len(before)
    assert [d for pair in zip(before, after, strict=True) for d in differences(*pair)] == []


def differences(before: Row, after: Row) -> list[str]:
    """The columns in which two rows differ, in words."""
    return [
        f"{name}: {before[name]!r}, then {after[name]!r}"
        for name in sorted(before.keys() - OF_THE_RUN)
        if before[name] != after[name]
    ]


def test_the_next_run_fetches_what_changed_and_the_inventories(crawls: Crawls) -> None:
    _, same, last, (edited, added, deleted) = crawls
    fetched = [row["url"] for row in newest_run(last) if row["origin"] == "network"]
    queries = [parse_qs(urlsplit(url).query) for url in fetched]
    included = [q["include"][0].split(",") for q in queries if "include" in q]
    inventories = [q for q in queries if "_fields" in q]
    others = [
        u for u, q in zip(fetched, queries, strict=True) if not {"include", "_fields"} & q.keys()
    ]
    assert included == [[str(i) for i in sorted([*edited, added])]]
    # Several are under way at once, so that their order is nobody's.
    asked, asked_before = (
        sorted(q["_fields"] for q in i) for i in (inventories, inventories_of(same))
    )
    assert asked == asked_before
    # Its own lists moved, and this source reads the pages of what changed for their pingbacks.
    pages = {urlsplit(last.documents[i]["url"]).path for i in (*edited, added, deleted)}
    paths = {urlsplit(url).path for url in others}
    assert {path for path in paths if not path.startswith("/page/")} == {"/", "/robots.txt", *pages}


def inventories_of(crawled: Crawl) -> list[dict[str, list[str]]]:
    queries = [parse_qs(urlsplit(row["url"]).query) for row in newest_run(crawled)]
    return [query for query in queries if "_fields" in query]


def test_with_nothing_changed_only_the_inventories_are_fetched(crawls: Crawls) -> None:
    first, same, _, _ = crawls
    fetched = [row["url"] for row in newest_run(same) if row["origin"] == "network"]
    paths = sorted(urlsplit(url).path for url in fetched if "_fields" not in url)
    assert paths == ["/", "/robots.txt"]
    assert len(fetched) <= 0.05 * len(newest_run(first))


def test_the_release_shows_exactly_these_changes(crawls: Crawls) -> None:
    first, _, last, (edited, added, deleted) = crawls
    names = {*OF_THE_RUN}
    changed = {
        native_id
        for native_id, row in last.documents.items()
        if without(row, names) != without(first.documents.get(native_id, {}), names)
    }
    history = {i: [last.documents[i][name] for name in HISTORY] for i in changed}
    assert changed == {*edited, added, deleted}
    for post_id in edited:
        before = first.documents[post_id]
        assert history[post_id][0] == before["version"] + 1 == 2
        assert history[post_id][1] > before["last_changed"]
        assert history[post_id][2] is None
        assert f"wrote note {post_id}" in last.documents[post_id]["text"]
    assert history[added][0] == 1
    assert history[added][2] is None
    assert history[deleted][:2] == [1, first.documents[deleted]["last_changed"]]
    assert history[deleted][2] is not None
    assert last.documents[deleted]["text"] == first.documents[deleted]["text"]


def test_in_html_a_deleted_post_is_gone_by_its_404(wordpress: RealWordPress, roomy: Path) -> None:
    data = roomy / "changes-html"
    try:
        wordpress.set_rest(False)
        first = crawl(HTML, wordpress, data)
        _ = first.tables
        _, added, deleted = edit(wordpress)
        last = crawl(HTML, wordpress, data)
    finally:
        wordpress.reset()
    gone = {native_id for native_id, row in last.documents.items() if row["gone_since"]}
    assert gone == {deleted}
    assert set(last.documents) == {*first.documents, added}
