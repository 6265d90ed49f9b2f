"""A page in the shape of each of the five reference texts gives the fields that it must become.

The pages are built over the texts by `tests/seed_sites.py`, archived, and made into one release; no
line of a platform's interface may be in it.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from output.read import read_rows
from tests.pipelines.archives import build_archive, settings_for, write_run
from tests.seed_sites import (
    LIBRARY_TARGET,
    SLIDES,
    archive_entries,
    blog_post,
    library_cards,
    runs,
    transcript_lines,
)

Row = dict[str, Any]

INTERFACE = (
    "Loading presentation",
    "Present Remotely",
    "Send the link below",
    "Do you really want to delete",
    "DeleteCancel",
    "No description",
    "Please log in to add your comment",
    "Report abuse",
    "Transcript of",
    "Full transcript",
    "Next Page »",
    "Search the co-production knowledge base",
    "Author: Noreen",
    "Sorry, we couldn",
    "Try clearing some of the filters",
    "Sorry, nothing on the shelf",
    "No items found",
    "ReplyDelete",
    "3 comments",
)
COLUMNS = {
    "documents": ("title", "text", "markdown", "excerpt"),
    "list_entries": ("title", "excerpt"),
    "comments": ("text",),
    "links": ("text",),
}


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Row]]:
    """All rows of the release that is made of the five texts."""
    settings = settings_for(tmp_path_factory.mktemp("seeds"))
    settings.set("SPIDER_MODULES", ["crawlers.sources"], "cmdline")
    settings.set("REPLAY_MEMORY", 3 * 1024**3, "cmdline")
    for source, captures in runs():
        write_run(settings, source, captures)
    release = build_archive(settings).release
    assert release is not None
    return {name: list(read_rows(Path(release), name)) for name in (*COLUMNS, "quarantine")}


def document(tables: dict[str, list[Row]], title: str) -> Row:
    (found,) = [row for row in tables["documents"] if row["title"] == title]
    return found


def names(row: Row) -> list[str]:
    return [author["name"] for author in row["authors"] or ()]


def lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line]


@pytest.mark.parametrize("line", INTERFACE)
def test_no_line_of_an_interface_is_content(tables: dict[str, list[Row]], line: str) -> None:
    for table, columns in COLUMNS.items():
        found = [row for row in tables[table] if any(line in (row[c] or "") for c in columns)]
        assert found == []


# --- 1: the archive of an author ---


def test_every_post_of_the_archive_is_an_entry_and_a_document(
    tables: dict[str, list[Row]],
) -> None:
    wanted = archive_entries()
    found = [e for e in tables["list_entries"] if e["source"] == "copronet_wales"]
    assert len(wanted) == 10
    assert [e["title"] for e in found] == [title for title, _ in wanted]
    assert [e["excerpt"] for e in found] == [" ".join(text.split()) for _, text in wanted]
    assert [e["is_truncated"] for e in found] == [text.endswith("[…]") for _, text in wanted]
    ids = {row["document_id"]: row for row in tables["documents"]}
    assert [ids[e["document_id"]]["title"] for e in found] == [e["title"] for e in found]


@pytest.mark.parametrize(
    ("title", "writer", "site", "target"),
    [
        (
            "Measurement for Learning: A Different Approach to Improvement",
            ["john Burgoyne"],
            "Centre for Public Impact",
            "https://elsewhere.example/full",
        ),
        (
            "Considering power relationships in co-design",
            ["Alysha Baratta"],
            "InWithForward",
            "https://inwithforward.com/2019/07/panacea-for-power",
        ),
        (
            "Civic Participation – A Voyage of Discovery",
            ["Noreen Blanluet"],  # for nobody is named
            "Bexley Innovation Lab",
            "https://bexleyinnovationlab.wordpress.com/2019/07/23/"
            "civic-participation-a-voyage-of-discovery/",
        ),
    ],
    ids=["read it here", "writes on a blog", "a post elsewhere"],
)
def test_who_lists_a_post_is_not_who_wrote_it(
    tables: dict[str, list[Row]], title: str, writer: list[str], site: str, target: str
) -> None:
    row = document(tables, title)
    assert row["is_signpost"]
    assert (names(row), row["publisher"], row["target_url"]) == (writer, site, target)


def test_a_date_in_the_text_is_no_date_of_publication(tables: dict[str, list[Row]]) -> None:
    row = document(tables, "Video calls with Zoom")
    assert row["body_date_raw"] == "March 2020"
    assert row["published"].year == 2019
    signposts = [r["title"] for r in tables["documents"] if r["is_signpost"]]
    assert len(signposts) == 3
    assert row["title"] not in signposts


# --- 2: the resource library ---


def test_a_resource_and_each_card_of_the_library_below_it(tables: dict[str, list[Row]]) -> None:
    title, description, cards = library_cards()
    rows = [r for r in tables["documents"] if r["source"] == "coproductioncollective_resources"]
    (row,) = rows
    assert (row["title"], row["kind"], row["target_url"]) == (title, "resource", LIBRARY_TARGET)
    assert row["text"] == row["excerpt"] == description
    entries = [e for e in tables["list_entries"] if e["list_url"] == row["url"]]
    # The page has them in another order than the text.
    told = {e["title"]: e["excerpt"] for e in entries}
    assert told == {name: text and " ".join(text.split()) for name, text in cards}
    assert [e["excerpt"] for e in entries].count(None) == 1
    assert len(entries) == len(cards) == 100


# --- 3: a presentation ---


def test_a_presentation_with_its_transcript_in_order(tables: dict[str, list[Row]]) -> None:
    row = document(tables, "Co-production: theory and practice")
    assert row["kind"] == "presentation"
    assert row["native_id"] == "eitdkeaoly8t"
    assert names(row) == [row["publisher"]] == ["New Economics Foundation"]
    assert (row["published"].date().isoformat(), row["published_precision"]) == (
        "2014-09-29",
        "day",
    )
    assert lines(row["text"]) == transcript_lines()
    assert row["excerpt"] is None


# --- 4: slides as a PDF ---


def test_slides_have_pages_headings_and_links(tables: dict[str, list[Row]]) -> None:
    row = document(tables, SLIDES[0])
    assert row["kind"] == "pdf"
    shown = row["markdown"].splitlines()
    assert [line for line in shown if line.startswith("<a id=")] == [
        f'<a id="page-{number}"></a>' for number in range(1, len(SLIDES) + 2)
    ]
    headings = [line.removeprefix("# ") for line in shown if line.startswith("# ")]
    assert headings == [*SLIDES, "A spectrum of engagement"]
    own = [link["url"] for link in tables["links"] if link["document_id"] == row["document_id"]]
    assert own == [
        "https://www.nesta.org.uk/report/good-and-bad-help-how-purpose-and-confidence-"
        "transform-lives/",
        "mailto:hello@copronet.wales",
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Pawb gyda'i gilydd All in this together",
        "Enquiries? hello@copronet.wales",
        "people to access relevant and meaningful support when they need it;",
        "Co-production Wales is... cydgynhyrchu.cymru | coproduction.wales",
    ],
    ids=["two languages", "contact", "point", "heading with a bar"],
)
def test_a_line_of_a_slide_stays_one(tables: dict[str, list[Row]], line: str) -> None:
    assert line in document(tables, SLIDES[0])["text"].splitlines()


def test_cells_that_span_leave_blanks(tables: dict[str, list[Row]]) -> None:
    shown = document(tables, SLIDES[0])["markdown"].splitlines()
    table = [line for line in shown if line.startswith("|")]
    assert table[0] == "| doing to |  | doing for |  |  | doing with |"
    assert len(table) == 4
    assert {line.count("|") for line in table} == {7}


# --- 5: a blog's post with spam ---


def test_a_post_by_four_with_two_of_three_comments(tables: dict[str, list[Row]]) -> None:
    title, paragraphs, comments = blog_post()
    row = document(tables, title)
    assert names(row) == [
        "Beth Perry",
        "Catherine Durose",
        "Liz Richardson",
        "The Action Research Collective",
    ]
    assert (row["comments_declared"], row["comments_captured"]) == (3, 2) == (3, len(comments))
    assert row["published"].year == 2019, "the host says 2017"
    assert lines(row["text"]) == paragraphs


def test_both_comments_are_spam(tables: dict[str, list[Row]]) -> None:
    assert tables["comments"] == []
    found = [q for q in tables["quarantine"] if q["source"] == "coproductionweek2017"]
    assert [(q["table"], q["reason"]) for q in found] == [("comments", "spam")] * 2
    said = sorted(json.loads(q["row"])["text"].split()[0] for q in found)
    assert said == ["BE", "To"]
    assert not [q for q in found if "ReplyDelete" in q["row"]]
