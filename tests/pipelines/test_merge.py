"""Several captures of the same thing become one row."""

from __future__ import annotations

from scrapy.settings import Settings

from tests.harvesting import rows
from tests.pipelines.archives import build_archive, data_of, write_run
from tests.pipelines.pages import PARAGRAPH, page_capture, post_page, rest_capture, rest_post

LATER = "20260401T080000Z"


def test_the_api_wins_and_the_page_fills_what_it_leaves_open(settings: Settings) -> None:
    post = rest_post(5, title={"rendered": "From the API"})
    page = page_capture(5, body=post_page(5, title="From the page"))
    write_run(settings, "parish_notes", [page, rest_capture("posts", [post])])

    build_archive(settings)

    [document] = rows(data_of(settings), "documents")
    assert document["title"] == "From the API"
    assert document["published_from"] == "rest"
    # The API names no author here, the page does.
    assert [a["name"] for a in document["authors"]] == ["Ada Quill"]
    assert document["version"] == 1


def test_names_come_from_the_collections_where_nothing_is_embedded(settings: Settings) -> None:
    write_run(
        settings,
        "parish_notes",
        [
            rest_capture("posts", [rest_post(5)]),
            rest_capture("users", [{"id": 3, "name": "Bea Larch"}]),
            rest_capture("categories", [{"id": 7, "name": "Planning &amp; parks"}]),
        ],
    )

    build_archive(settings)

    [document] = rows(data_of(settings), "documents")
    assert [dict(a) for a in document["authors"]] == [{"name": "Bea Larch", "kind": "person"}]
    assert list(document["categories"]) == ["Planning & parks"]


def test_a_later_run_makes_a_new_version_only_when_the_content_changed(settings: Settings) -> None:
    changed = {"rendered": PARAGRAPH + "<p>And then the rain came.</p>", "protected": False}
    write_run(settings, "parish_notes", [rest_capture("posts", [rest_post(5), rest_post(6)])])
    write_run(
        settings,
        "parish_notes",
        [rest_capture("posts", [rest_post(5, content=changed), rest_post(6)])],
        run=LATER,
        day=31,
    )

    build_archive(settings)

    by_id = {d["native_id"]: d for d in rows(data_of(settings), "documents")}
    assert (by_id["5"]["version"], by_id["6"]["version"]) == (2, 1)
    assert by_id["5"]["last_changed"] > by_id["5"]["first_seen"]
    assert by_id["6"]["last_changed"] == by_id["6"]["first_seen"]
    assert by_id["6"]["last_seen"] > by_id["6"]["first_seen"]
    assert "And then the rain came." in by_id["5"]["text"]


def test_a_document_that_a_later_run_did_not_meet_stays(settings: Settings) -> None:
    write_run(settings, "parish_notes", [rest_capture("posts", [rest_post(5), rest_post(6)])])
    write_run(settings, "parish_notes", [rest_capture("posts", [rest_post(6)])], run=LATER, day=31)

    build_archive(settings)

    documents = rows(data_of(settings), "documents")
    assert sorted(d["native_id"] for d in documents) == ["5", "6"]
    assert {d["gone_since"] for d in documents} == {None}


def comment(native_id: int, parent: int = 0, post: int = 5, **changes: object) -> dict[str, object]:
    return {
        "id": native_id,
        "post": post,
        "parent": parent,
        "author": 0,
        "author_name": "Cai",
        "author_url": "",
        "date": f"2021-06-01T12:{native_id:02}:00",
        "date_gmt": f"2021-06-01T11:{native_id:02}:00",
        "type": "comment",
        "link": f"https://parish.example/post-{post}/#comment-{native_id}",
        "content": {"rendered": f"<p>The bench by the gate is mine, number {native_id}.</p>"},
    } | changes


def test_comments_are_a_tree_in_order(settings: Settings) -> None:
    newest_first = [comment(13, parent=11), comment(12), comment(11)]
    write_run(
        settings,
        "parish_notes",
        [rest_capture("comments", newest_first), rest_capture("posts", [rest_post(5)])],
    )

    build_archive(settings)

    found = rows(data_of(settings), "comments")
    by_id = {c["native_id"]: c for c in found}
    assert [c["native_id"] for c in found] == ["11", "12", "13"]
    assert [c["position"] for c in found] == [0, 1, 2]
    assert by_id["13"]["parent_id"] == by_id["11"]["comment_id"]
    assert by_id["11"]["parent_id"] is None
    [document] = rows(data_of(settings), "documents")
    assert document["comments_captured"] == 3


def test_the_authors_own_comment_is_known_by_the_account(settings: Settings) -> None:
    own = comment(11, author=3, author_name="Bea Larch")
    write_run(
        settings,
        "parish_notes",
        [rest_capture("comments", [own, comment(12)]), rest_capture("posts", [rest_post(5)])],
    )

    build_archive(settings)

    found = {
        c["native_id"]: c["is_by_document_author"] for c in rows(data_of(settings), "comments")
    }
    assert found == {"11": True, "12": False}


def test_a_comment_of_no_document_goes_to_quarantine(settings: Settings) -> None:
    write_run(
        settings,
        "parish_notes",
        [rest_capture("comments", [comment(11, post=99)]), rest_capture("posts", [rest_post(5)])],
    )

    build_archive(settings)

    assert rows(data_of(settings), "comments") == []
    [row] = rows(data_of(settings), "quarantine")
    assert (row["table"], row["reason"]) == ("comments", "comment_without_document")
    assert "is mine, number 11" in row["row"]
