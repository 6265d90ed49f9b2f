"""The release that `make demo` makes holds every awkward case of the reference sources, row by row.

The cases are those of the reference sources: a knowledge base that lists what others wrote, a
campaign's blog with guest posts and spam, a resource library, and a presentation.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.harvesting import ROOT, rows

INTERFACE = (
    "Next Page »",
    "ReplyDelete",
    "Report abuse",
    "Share this:",
    "Leave a Reply",
    "Filed Under",
    "Post a Comment",
    "Loading presentation",
    "Full transcript",
    "Present Remotely",
    "Sorry, we couldn",
)
"""Lines of the platforms' own interface, which are nobody's content."""


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder after `python -m demo`, which `make demo` runs."""
    folder = tmp_path_factory.mktemp("demo")
    done = subprocess.run(
        [sys.executable, "-m", "demo"],
        cwd=ROOT,
        env=os.environ | {"HARVEST_DATA": str(folder), "HARVEST_KEEP_NAMES": ""},
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "release: " in done.stdout
    assert "pandas.read_parquet(" in done.stdout
    return folder


@pytest.fixture(scope="module")
def documents(data: Path) -> dict[str, dict[str, Any]]:
    """The documents by title."""
    return {str(row["title"]): row for row in rows(data, "documents")}


def names(document: dict[str, Any]) -> list[str]:
    return [author["name"] for author in document["authors"]]


# --- the knowledge base: one person lists what others wrote ---


def test_every_post_of_the_archive_is_a_document_and_an_entry(data: Path) -> None:
    entries = [e for e in rows(data, "list_entries") if e["source"] == "valley_knowledge"]
    known = {d["document_id"] for d in rows(data, "documents")}
    assert len(entries) == 9
    assert {e["document_id"] for e in entries} <= known
    assert {e["list_url"].split("/author/")[1] for e in entries} == {"carys/", "carys/page/2/"}


def test_excerpts_are_cut_where_the_archive_cuts_them(data: Path) -> None:
    entries = [e for e in rows(data, "list_entries") if e["source"] == "valley_knowledge"]
    cut = [e for e in entries if e["is_truncated"]]
    assert cut
    assert all(e["excerpt"].endswith("[…]") for e in cut)


def test_a_signpost_names_its_target_and_the_one_who_wrote_it(
    documents: dict[str, dict[str, Any]],
) -> None:
    signpost = documents["Counting What People Learn: Another Way With Numbers"]
    assert signpost["is_signpost"]
    assert signpost["target_url"].startswith("https://")
    assert names(signpost) == ["Rhodri Amsel"], "not the person who lists it"


def test_a_date_in_the_text_is_not_the_date_of_publication(
    documents: dict[str, dict[str, Any]],
) -> None:
    note = documents["Meeting by telephone when you cannot meet"]
    assert note["body_date_raw"] == "March 2020"
    assert note["published"] == datetime(2020, 3, 27, 17, 30, tzinfo=UTC)
    assert note["published_from"] == "rest"


def test_a_protected_post_is_in_quarantine_and_no_document(
    data: Path, documents: dict[str, dict[str, Any]]
) -> None:
    reasons = [q["reason"] for q in rows(data, "quarantine") if q["source"] == "valley_knowledge"]
    assert "password_protected" in reasons
    assert not [title for title in documents if "steering group" in title]


def test_a_post_told_by_two_sites_is_a_near_duplicate(
    documents: dict[str, dict[str, Any]],
) -> None:
    original = documents["People. Patience. Practice."]
    copy = documents["People, patience, practice: a story that travels"]
    assert original["near_duplicate_group"]
    assert original["near_duplicate_group"] == copy["near_duplicate_group"]


# --- the campaign's blog ---


def test_a_byline_of_four_is_four_authors(documents: dict[str, dict[str, Any]]) -> None:
    post = documents["Can a city be run differently? The promise of planning together"]
    assert names(post) == [
        "Ines Calloway",
        "Dewi Marchetti",
        "Ruth Abara",
        "The Kitchen Table Collective",
    ]
    assert [a["kind"] for a in post["authors"]] == ["person"] * 3 + ["organisation"]


def test_three_comments_declared_two_shown_and_both_are_spam(
    data: Path, documents: dict[str, dict[str, Any]]
) -> None:
    post = documents["Can a city be run differently? The promise of planning together"]
    assert (post["comments_declared"], post["comments_captured"]) == (3, 2)
    spam = [q for q in rows(data, "quarantine") if q["document_id"] == post["document_id"]]
    assert [(q["table"], q["reason"]) for q in spam] == [("comments", "spam")] * 2
    assert all(q["details"] and q["score"] >= 0.75 for q in spam)
    kept = [c for c in rows(data, "comments") if c["document_id"] == post["document_id"]]
    assert kept == []


def test_neither_host_nor_title_date_a_post(documents: dict[str, dict[str, Any]]) -> None:
    programme = documents["Programme of the week 2018"]
    assert "2016" in programme["url"] or "127.0.0.1" in programme["url"]
    assert programme["published"] == datetime(2018, 6, 18, 12, tzinfo=UTC)
    assert documents["Looking back on the first week"]["published"].year == 2017


# --- the resource library ---


def test_each_resource_is_a_document_with_its_link(documents: dict[str, dict[str, Any]]) -> None:
    shelf = {t: d for t, d in documents.items() if d["source"] == "exchange_shelf"}
    assert len(shelf) == 8
    assert {d["kind"] for d in shelf.values()} == {"resource"}
    toolkit = shelf["First Steps Toolkit for Day Centres"]
    assert toolkit["target_url"] == "https://daycentres.example/first-steps"
    assert shelf["The quiet chair"]["excerpt"] is None, "a card without a description"


def test_the_library_below_each_item_gives_entries_only(data: Path) -> None:
    entries = [e for e in rows(data, "list_entries") if e["source"] == "exchange_shelf"]
    titles = {d["title"] for d in rows(data, "documents") if d["source"] == "exchange_shelf"}
    assert len({e["list_url"] for e in entries}) > 8
    assert {e["title"] for e in entries} <= titles, "no title stands twice in one"
    assert not [e for e in entries if "couldn" in (e["excerpt"] or "") + e["title"]]


def test_items_times_pages_is_never_asked_for(data: Path) -> None:
    asked = {f["url"] for f in rows(data, "fetches") if f["source"] == "exchange_shelf"}
    paged = [url for url in asked if "_page=" in url]
    assert paged
    assert {url.split("?")[0] for url in paged} == {paged[0].split("?")[0]}


# --- the presentation ---


def test_a_presentation_is_its_transcript_in_order(documents: dict[str, dict[str, Any]]) -> None:
    shown = documents["Who sits at the table? Five questions"]
    assert shown["kind"] == "presentation"
    assert names(shown) == ["The Ferry Lane Workshop"]
    assert (shown["published"].date().isoformat(), shown["published_precision"]) == (
        "2015-03-17",
        "day",
    )
    places = [shown["text"].index(f"{n}. Who") for n in (1, 2)]
    assert places == sorted(places)


def test_a_transcript_that_a_script_writes_is_told(data: Path) -> None:
    told = [q for q in rows(data, "quarantine") if q["source"] == "slide_room"]
    assert [q["reason"] for q in told] == ["needs_rendering"]


# --- everywhere ---


@pytest.mark.parametrize("line", INTERFACE)
def test_no_line_of_an_interface_is_content(data: Path, line: str) -> None:
    for table, columns in {
        "documents": ("title", "text", "markdown", "excerpt"),
        "list_entries": ("title", "excerpt"),
        "comments": ("text",),
    }.items():
        found = [r for r in rows(data, table) if any(line in (r[c] or "") for c in columns)]
        assert found == []


def test_nobody_is_named_among_the_commenters(data: Path) -> None:
    authors = {c["author"] for c in rows(data, "comments") if c["kind"] == "comment"}
    nameless = {"Anonymous", "Unknown", None}
    assert authors - nameless
    assert all(str(name).startswith("commenter-") for name in authors - nameless)


def test_every_row_leads_to_its_bytes(data: Path) -> None:
    from crawlers.archive import read_response

    for table in ("documents", "comments", "list_entries", "links"):
        for row in rows(data, table)[:20]:
            status, _, body = read_response(data / "archive" / row["warc_file"], row["warc_offset"])
            assert status == 200
            assert body


def test_the_manifest_names_each_source_and_its_outcome(data: Path) -> None:
    manifest = json.loads((data / "latest" / "manifest.json").read_text())
    assert {name: s["outcome"] for name, s in manifest["sources"].items()} == dict.fromkeys(
        sorted(p.stem for p in (ROOT / "demo/sources").glob("[a-z]*.py")), "exhausted"
    )
