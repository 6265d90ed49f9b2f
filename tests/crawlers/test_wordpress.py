"""WordPress sites of all kinds give the same documents, whichever interface is left open."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from demo.web import expected, serve
from demo.web.server import read_log
from tests.harvesting import harvest_demo, rows

LEFT_OUT = ("counting-what-people-learn", "a-recorded-introduction")
VARIANTS: dict[str, tuple[str, dict[str, Any]]] = {
    "api": ("valley_knowledge", {}),
    "api without page count": ("valley_knowledge", {"rest": "no_total_pages"}),
    "api missing": ("valley_knowledge", {"rest": "closed_404"}),
    "api closed": ("valley_knowledge", {"rest": "closed_401"}),
    "api answers with a page": ("valley_knowledge", {"rest": "html_200"}),
    "api leaves posts out": (
        "valley_knowledge",
        {"rest_omits": LEFT_OUT},
    ),
    "users closed": ("valley_knowledge", {"rest_users": "closed"}),
    "archives, genesis": (
        "valley_knowledge",
        {"rest": "closed_404", "sitemap": "none", "pagination": "genesis"},
    ),
    "archives, numbers": (
        "valley_knowledge",
        {"rest": "closed_404", "sitemap": "none", "pagination": "numbers"},
    ),
    "archives, older posts": (
        "valley_knowledge",
        {"rest": "closed_404", "sitemap": "none", "pagination": "nav-previous"},
    ),
    "archives, query block": (
        "open_notebook",
        {"rest": "closed_404", "sitemap": "none", "pagination": "query"},
    ),
    "archives, words": (
        "valley_knowledge",
        {"rest": "closed_404", "sitemap": "none", "pagination": "text", "has_next_link": False},
    ),
    "block theme": ("open_notebook", {}),
    "wordpress.com": ("quarter_lab", {}),
    "wordpress.com, api 1.1": ("quarter_lab", {"rest": "v1_only"}),
}


@contextmanager
def harvested(
    site: str, settings: dict[str, Any], folder: Path
) -> Iterator[tuple[dict[str, Any], list[str]]]:
    """(what the site holds, the paths that were asked for) after a harvest into `folder`."""
    log = folder / "requests.jsonl"
    with serve([site], log, settings={site: settings}) as addresses:
        truth = expected(site, addresses)
        done = harvest_demo(addresses, site, data=folder / "data", HARVEST_KEEP_NAMES="1")
    assert done.returncode == 0, done.stdout + done.stderr
    yield truth, [entry["path"] for entry in read_log(log)]


@pytest.mark.parametrize(("site", "settings"), VARIANTS.values(), ids=VARIANTS)
def test_every_variant_gives_the_whole_site(
    site: str, settings: dict[str, Any], tmp_path: Path
) -> None:
    with harvested(site, settings, tmp_path) as (truth, paths):
        found = rows(tmp_path / "data", "documents")
        comments = {c["native_id"]: c for c in rows(tmp_path / "data", "comments")}
    documents = {d["native_id"]: d for d in found if d["kind"] != "pdf"}
    _assert_files([d for d in found if d["kind"] == "pdf"], truth)
    shown = [p for p in [*truth["posts"], *truth["pages"]] if not p["is_protected"]]
    assert sorted(documents) == sorted(str(p["id"]) for p in shown)
    for post in shown:
        document = documents[str(post["id"])]
        assert document["title"] == post["title"]
        _assert_published(document, post["published"], truth["timezone"])
        assert document["kind"] == ("page" if post["kind"] == "page" else "article")
        assert (document["text"] or "").split() or not post["words"]
    wanted = [c for p in shown for c in p["comments"] if not (c["is_spam"] or c["is_deleted"])]
    ordinary = {str(c["id"]) for c in wanted if c["kind"] == "comment"}
    assert {i for i in comments if comments[i]["kind"] == "comment"} == ordinary
    for comment in wanted:
        if str(comment["id"]) in ordinary:
            assert comments[str(comment["id"])]["author"] == comment["author"]
    assert len(paths) == len(set(paths)), "no address is asked for twice"


def _assert_files(pdfs: list[dict[str, Any]], truth: dict[str, Any]) -> None:
    """Every PDF once, however often and under whatever words the pages name it."""
    assert [d["url"] for d in pdfs] == [file["url"] for file in truth["files"]]
    for document, file in zip(pdfs, truth["files"], strict=True):
        assert document["native_id"] is None
        assert document["title"] == file["title"]
        assert [author["name"] for author in document["authors"]] == file["authors"]
        assert document["published"] == file["published"]
        assert _without_bars(document["text"].split()) == _without_bars(file["words"])


def _without_bars(words: list[str]) -> list[str]:
    """The words without the bars between the cells of a table."""
    return [word for word in words if word != "|"]


def _assert_published(document: dict[str, Any], published: datetime, timezone: str) -> None:
    if document["published_precision"] == "day":
        # A theme without machine-readable times shows the local day only.
        assert document["published"].date() == published.astimezone(ZoneInfo(timezone)).date()
    else:
        assert document["published"] == published


def test_an_authors_archive_gives_list_entries(tmp_path: Path) -> None:
    with harvested("valley_knowledge", {}, tmp_path) as (truth, _):
        entries = rows(tmp_path / "data", "list_entries")
        documents = {d["document_id"]: d for d in rows(tmp_path / "data", "documents")}
    listed = [p for p in truth["posts"] if p["account"]["slug"] == "carys"]
    assert len(entries) == len(listed)
    assert {documents[e["document_id"]]["native_id"] for e in entries} == {
        str(p["id"]) for p in listed
    }
    assert any(e["is_truncated"] and e["excerpt"].endswith("[…]") for e in entries)
    assert not any("Next Page" in (e["excerpt"] or "") for e in entries)
    assert [e["position"] for e in entries if "/page/" not in e["list_url"]] == list(range(5))


def test_nothing_but_content_is_asked_for(tmp_path: Path) -> None:
    with harvested("open_notebook", {}, tmp_path) as (_, paths):
        pass
    for word in ("wp-admin", "wp-login", "replytocom", "like_comment", "/feed", "wp-content"):
        assert not [path for path in paths if word in path]
