"""A build over an archive takes out what all texts of a source end with, and tells of it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from scrapy.settings import Settings

from cleaning.writing import pack_blocks, read_fragment
from pipelines.extracts import Sorter
from pipelines.sitewide import remove_sitewide
from tests.harvesting import rows
from tests.pipelines.archives import CaptureSpec, build_archive, data_of, settings_for, write_run
from tests.pipelines.pages import rest_capture, rest_post
from tests.pipelines.test_merge import comment

LATER = "20260401T080000Z"
FOOTER = "Ymunwch â ni. Our gardens are paid for by the Lantern Fund since last spring."
FOOTER_HTML = (
    "<hr><p>Ymunwch â ni. Our <a href='https://gardens.example/join'>gardens</a> are paid for by "
    "the <em>Lantern Fund</em> since last spring.</p>"
)


def said(number: int) -> str:
    words = " ".join(f"bed{bed}x{number}" for bed in range(20))
    return f"The neighbours wrote this in the library: {words}."


def post(number: int, body: str) -> dict[str, Any]:
    return rest_post(number, content={"rendered": body, "protected": False})


def gardens(
    with_footer: int, without: int = 0, only_footer: int = 0, first: int = 1
) -> CaptureSpec:
    """One page of the API, with posts of three kinds."""
    end = first + with_footer
    link = "<a href='https://elsewhere.example/{}'>more</a>"
    posts = [post(n, f"<p>{said(n)} {link.format(n)}</p>{FOOTER_HTML}") for n in range(first, end)]
    posts += [post(n, f"<p>{said(n)}</p>") for n in range(end, end + without)]
    end += without
    posts += [post(n, FOOTER_HTML) for n in range(end, end + only_footer)]
    return rest_capture("posts", posts)


def documents(settings: Settings) -> dict[str, dict[str, Any]]:
    return {d["native_id"]: d for d in rows(data_of(settings), "documents")}


def test_a_footer_goes_from_text_markdown_links_and_measures(settings: Settings) -> None:
    write_run(settings, "parish_notes", [gardens(12)])

    build_archive(settings)

    document = documents(settings)["3"]
    assert document["text"] == f"{said(3)} more"
    assert document["markdown"] == f"{said(3)} [more](https://elsewhere.example/3)"
    assert document["word_count"] == 28
    assert document["quality"]["link_share"] == pytest.approx(4 / len(document["text"]))
    assert document["quality"]["sitewide_removed_share"] == pytest.approx(15 / 43)
    assert document["quality"]["sitewide_left_share"] == 0
    assert [share["language"] for share in document["languages"]] == [document["language"]]
    own = document["document_id"]
    links = [link for link in rows(data_of(settings), "links") if link["document_id"] == own]
    assert [(k["position"], k["url"]) for k in links] == [(0, "https://elsewhere.example/3")]


def test_the_links_that_stay_are_numbered_anew(settings: Settings) -> None:
    link = "<a href='https://elsewhere.example/{}'>more</a>"
    bodies = {n: f"{FOOTER_HTML}<p>{said(n)} {link.format(n)}</p>" for n in range(1, 13)}
    posts = [post(number, body) for number, body in bodies.items()]
    write_run(settings, "parish_notes", [rest_capture("posts", posts)])

    build_archive(settings)

    links = rows(data_of(settings), "links")
    assert {(link["position"], link["url"]) for link in links} == {
        (0, f"https://elsewhere.example/{n}") for n in bodies
    }


def test_links_of_comments_stay(settings: Settings) -> None:
    body = {"rendered": f"<p>{said(90)} <a href='https://gardens.example/join'>Seen</a></p>"}
    write_run(
        settings,
        "parish_notes",
        [gardens(12), rest_capture("comments", [comment(70, post=3, content=body)])],
    )

    build_archive(settings)

    own = documents(settings)["3"]["document_id"]
    links = [link for link in rows(data_of(settings), "links") if link["document_id"] == own]
    assert [(link["position"], link["url"], link["comment_id"] is None) for link in links] == [
        (0, "https://elsewhere.example/3", True),
        (0, "https://gardens.example/join", False),
    ]


def test_the_table_says_what_went_where_and_why(settings: Settings) -> None:
    write_run(settings, "parish_notes", [gardens(12, without=4)])

    build_archive(settings)

    [block] = rows(data_of(settings), "boilerplate")
    ids = sorted(d["document_id"] for n, d in documents(settings).items() if int(n) <= 12)
    assert block | {"block_id": "", "source": ""} == {
        "block_id": "",
        "source": "",
        "text": FOOTER,
        "action": "removed",
        "removed_from": 12,
        "pages": 12,
        "source_pages": 16,
        "share": 0.75,
        "place": "end",
        "why": "opens or closes 12 pages with a text of their own, at least 10 pages and 10%",
        "first_document_id": ids[0],
        "last_document_id": ids[-1],
    }
    assert block["source"] == "parish_notes"


@pytest.mark.parametrize(
    ("with_footer", "without", "is_kept", "blocks"),
    [
        pytest.param(9, 0, True, 1, id="a page too few"),
        pytest.param(10, 91, True, 1, id="too small a share"),
        pytest.param(10, 90, False, 1, id="enough"),
        pytest.param(4, 0, True, 0, id="too few to be told of"),
    ],
)
def test_below_the_thresholds_nothing_goes(
    settings: Settings, with_footer: int, without: int, is_kept: bool, blocks: int
) -> None:
    write_run(settings, "parish_notes", [gardens(with_footer, without)])

    build_archive(settings)

    assert (FOOTER in documents(settings)["1"]["text"]) is is_kept
    table = rows(data_of(settings), "boilerplate")
    assert [b["action"] for b in table] == ["marked" if is_kept else "removed"] * blocks


def test_a_document_of_nothing_else_keeps_its_text_and_is_marked(settings: Settings) -> None:
    write_run(settings, "parish_notes", [gardens(12, only_footer=1)])

    build_archive(settings)

    document = documents(settings)["13"]
    assert document["text"] == FOOTER
    assert "Lantern Fund" in document["markdown"]
    assert document["quality"]["sitewide_left_share"] == 1
    assert document["quality"]["sitewide_removed_share"] == 0
    assert rows(data_of(settings), "boilerplate")[0]["removed_from"] == 12


def test_a_post_published_many_times_keeps_its_text(settings: Settings) -> None:
    body = "".join(f"<p>{said(n)}</p>" for n in range(100, 104))
    posts = [post(n, body) for n in range(1, 13)] + [post(n, f"<p>{said(n)}</p>") for n in (20, 21)]
    write_run(settings, "parish_notes", [rest_capture("posts", posts)])

    build_archive(settings)

    found = documents(settings)
    assert all(found[str(n)]["text"].count("library") == 4 for n in range(1, 13))
    assert {b["action"] for b in rows(data_of(settings), "boilerplate")} == {"marked"}


def test_a_block_that_becomes_boilerplate_makes_no_new_version(settings: Settings) -> None:
    write_run(settings, "parish_notes", [gardens(9)])
    build_archive(settings)
    before = documents(settings)
    assert FOOTER in before["1"]["text"]
    posts = json.loads(gardens(9)["body"]) + json.loads(gardens(6, first=10)["body"])
    write_run(settings, "parish_notes", [rest_capture("posts", posts)], run=LATER, day=31)

    build_archive(settings)

    after = documents(settings)
    assert FOOTER not in after["1"]["text"]
    assert {d["version"] for d in after.values()} == {1}
    assert after["1"]["last_changed"] == before["1"]["last_changed"]


def test_near_duplicates_are_told_by_what_is_left(settings: Settings) -> None:
    long_footer = "".join(f"<p>{said(n)}</p>" for n in range(1000, 1008))
    posts = [post(n, f"<p>{said(n)}</p>{long_footer}") for n in range(1, 31)]
    write_run(settings, "parish_notes", [rest_capture("posts", posts)])

    build_archive(settings)

    found = documents(settings)
    assert {d["text"].count("library") for d in found.values()} == {1}
    assert {d["near_duplicate_group"] for d in found.values()} == {None}


def release_files(settings: Settings) -> dict[str, bytes]:
    latest = data_of(settings) / "latest"
    return {str(f.relative_to(latest)): f.read_bytes() for f in sorted(latest.rglob("*.parquet"))}


def change_nothing(_: Path) -> None:
    """Build what is there."""


def forget_extracts(data: Path) -> None:
    shutil.rmtree(data / "extracts")


@pytest.mark.parametrize(
    ("workers", "prepare"),
    [
        pytest.param(3, forget_extracts, id="three workers"),
        pytest.param(1, change_nothing, id="from extracts"),
    ],
)
def test_the_same_archive_gives_the_same_bytes(
    settings: Settings, tmp_path: Path, workers: int, prepare: Callable[[Path], None]
) -> None:
    for number in range(4):
        capture = gardens(8, without=3, only_footer=1, first=1 + 12 * number)
        write_run(settings, "parish_notes", [capture], run=f"2026030{number + 1}T080000Z")
    build_archive(settings)
    other = settings_for(tmp_path / "other")
    shutil.copytree(data_of(settings), data_of(other), symlinks=True)
    prepare(data_of(other))

    build_archive(other, workers=workers)

    assert release_files(other) == release_files(settings)
    assert rows(data_of(other), "boilerplate")[0]["removed_from"] == 32


ENGLISH = (
    "The neighbours came to the library on a wet evening in spring and asked the council who would "
    "look after the beds by the railway when plot {} is empty."
)
WELSH = (
    "Ymunwch â ni yn y llyfrgell bob nos Fawrth i siarad am y gerddi ac am y bobl sydd yn gofalu "
    "amdanyn nhw. Mae croeso cynnes i bawb, ac mae te a bara brith ar y bwrdd i’r rhai sy’n dod."
)
SIGNATURE = b"earlier." * 64


def test_texts_that_were_looked_for_have_lower_thresholds(tmp_path: Path) -> None:
    keys = {
        "documents": ("document_id",),
        "links": ("document_id", "comment_id", "position"),
        "boilerplate": ("block_id",),
    }
    texts = {n: (ENGLISH.format(n), ENGLISH.format(-n), WELSH) for n in range(5, 10)}
    found = [
        {
            "document_id": f"{number:04d}",
            "url": f"https://plots.example/{number}/",
            "text": "\n\n".join(said),
            "markdown": "\n\n".join(said),
            "blocks": pack_blocks(read_fragment("<p>".join(["", *said]), "").blocks),
            "language": "cy",
            "languages": [{"language": "cy", "share": 1.0}],
            "quality": {"method": "segments"},
        }
        for number, said in texts.items()
    ]
    with Sorter(tmp_path / "sorting.sqlite", keys) as sorter:
        sorter.add("documents", "plots", found)
        before = {"plots": [("0005", SIGNATURE)]}
        signatures = remove_sitewide(sorter, {"plots": ("en", "cy")}, before)["plots"]
        changed = list(sorter.rows("documents", "plots"))
        [block] = sorter.rows("boilerplate", "plots")
    assert [row["text"].count("library") for row in changed] == [2] * 5
    assert {row["language"] for row in changed} == {"en"}
    assert [row["languages"] for row in changed] == [[{"language": "en", "share": 1.0}]] * 5
    assert (block["removed_from"], block["text"]) == (5, WELSH)
    assert {document_id for document_id, _ in signatures} == {f"{n:04d}" for n in range(5, 10)}
    assert SIGNATURE not in dict(signatures).values()
