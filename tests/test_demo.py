"""The release that `make demo` makes holds every awkward case of the reference sources, row by row.

The cases are those of the reference sources: a knowledge base that lists what others wrote, a
campaign's blog with guest posts and spam, a resource library, a presentation, slides as a PDF; and
a website on a system of its own.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
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
    "Do you really want to delete",
    "No description",
    "Sorry, we couldn",
    "Download",
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
    assert all(q["score"] >= 0.75 for q in spam)
    guru, card = sorted(spam, key=lambda q: "mail address" in q["details"])
    assert "guru" in guru["details"]
    assert "cloned cards" in card["details"]
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


def test_a_card_without_a_description_has_none(data: Path) -> None:
    entries = [e for e in rows(data, "list_entries") if e["source"] == "exchange_shelf"]
    described = {e["title"]: e["excerpt"] for e in entries if "_page=" not in e["list_url"]}
    assert described["The quiet chair"] is None
    assert sum(excerpt is not None for excerpt in described.values()) >= 3


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


# --- slides as a PDF, which a post of the knowledge base links ---


@pytest.fixture(scope="module")
def slides(documents: dict[str, dict[str, Any]]) -> dict[str, Any]:
    return documents["Before the plan is drawn"]


def test_a_linked_pdf_is_a_document_once(data: Path, slides: dict[str, Any]) -> None:
    assert (slides["kind"], slides["platform"], slides["native_id"]) == ("pdf", "pdf", None)
    assert slides["url"].endswith("/wp-content/uploads/2019/11/first-session.pdf")
    asked = [f for f in rows(data, "fetches") if "first-session" in f["url"]]
    assert len(asked) == 1, "though the post names it four times"
    assert [d["url"] for d in rows(data, "documents") if d["kind"] == "pdf"] == [slides["url"]]


def test_a_programs_title_is_none_and_the_first_slides_heading_is(slides: dict[str, Any]) -> None:
    assert slides["title"] == "Before the plan is drawn"
    assert names(slides) == ["Mabli Trehane"]
    assert slides["published"] == datetime(2019, 11, 4, 16, 32, 8, tzinfo=UTC)
    assert slides["published_from"] == "pdf", "when the file was made, and told as that"


def test_pages_and_headings_stay_and_footers_go(slides: dict[str, Any]) -> None:
    parts = slides["markdown"].split('<a id="page-')
    assert [part.split('"></a>')[0] for part in parts[1:]] == list("12345")
    assert all(part.split("</a>")[1].lstrip().startswith("# ") for part in parts[1:])
    assert "- People who were asked first forgive more later." in slides["markdown"].splitlines()
    footers = {"Valley Knowledge", *"12345"}
    assert footers.isdisjoint(slides["text"].splitlines())


def test_two_languages_on_one_line_stay_on_it(slides: dict[str, Any]) -> None:
    lines = slides["text"].splitlines()
    assert "Yn gynnar ac yn onest / Early and honest" in lines
    assert "Bara, te a chadair i bawb / Bread, tea and a chair for everybody" in lines
    assert {one["language"] for one in slides["languages"]} == {"en", "cy"}


def test_cells_that_span_leave_blank_cells(slides: dict[str, Any]) -> None:
    assert [line for line in slides["markdown"].splitlines() if line.startswith("|")] == [
        "| settled for people |  | settled with people |  | settled by people |",
        "| --- | --- | --- | --- | --- |",
        "| by law | by custom | after a vote | by consent |  |",
        "| flood walls | bus times | the new library | the shared garden | the street party |",
        "|  | the timetable office | everyone on the roll | those who dig | those who come |",
    ]


def test_contact_lines_and_links_of_slides_are_kept(data: Path, slides: dict[str, Any]) -> None:
    lines = slides["text"].splitlines()
    assert "Reading room, Tuesdays from ten to twelve: 01632 960 147" in lines
    assert "Questions? slides@valley-knowledge.example" in lines
    own = [link for link in rows(data, "links") if link["document_id"] == slides["document_id"]]
    assert [link["url"] for link in own] == [
        "https://walk-the-plan.example/guide",
        "mailto:slides@valley-knowledge.example",
    ]


# --- a website on a system of its own ---


def test_a_thread_is_a_document_with_comments(
    data: Path, documents: dict[str, dict[str, Any]]
) -> None:
    threads = {
        title: d
        for title, d in documents.items()
        if d["source"] == "commons_hall" and d["kind"] == "discussion"
    }
    assert len(threads) == 2
    comments = Counter(c["document_id"] for c in rows(data, "comments"))
    for thread in threads.values():
        assert thread["text"]
        assert comments[thread["document_id"]] == thread["comments_captured"] > 0


def test_a_listing_is_no_article(data: Path) -> None:
    pages = {d["url"] for d in rows(data, "documents") if d["source"] == "commons_hall"}
    lists = {e["list_url"] for e in rows(data, "list_entries") if e["source"] == "commons_hall"}
    assert any(url.endswith("/stories/") for url in lists)
    assert lists.isdisjoint(pages)


def test_what_asks_not_to_be_kept_is_not(data: Path) -> None:
    found = [q for q in rows(data, "quarantine") if q["reason"] == "noindex"]
    (url,) = (json.loads(q["row"])["url"] for q in found)
    assert url.endswith("/drafts/")
    assert url not in {d["url"] for d in rows(data, "documents")}


def test_comments_below_a_story_belong_to_it(
    data: Path, documents: dict[str, dict[str, Any]]
) -> None:
    story = documents["The door that stuck"]
    own = [c for c in rows(data, "comments") if c["document_id"] == story["document_id"]]
    assert (story["kind"], story["comments_captured"], len(own)) == ("article", 3, 3)
    assert not [c for c in own if c["text"] in story["text"]]


def test_traps_are_told_in_the_outcome(data: Path) -> None:
    manifest = json.loads((data / "latest" / "manifest.json").read_text())
    reason = manifest["sources"]["commons_hall"]["reason"]
    for trap in ("facets", "calendar", "session id", "endless path"):
        assert trap in reason


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
