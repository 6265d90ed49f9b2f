"""What cannot be read costs one row in quarantine, and never the pages beside it."""

from __future__ import annotations

import gzip
import json
from typing import Any

import pytest
from scrapy.settings import Settings

from crawlers import reasons
from crawlers.archive import Capture, scan
from pipelines.worker_limits import ReplayTimeoutError, TimeLimit
from tests.harvesting import rows
from tests.pipelines.archives import build_archive, data_of, settings_for, write_run
from tests.pipelines.pages import page_capture, post_page, rest_capture, rest_post

GZIPPED = [("Content-Type", "text/html; charset=utf-8"), ("Content-Encoding", "gzip")]
WHOLE = post_page(2)
WELSH = post_page(2, body="<p>" + "Cydgynhyrchu gyda’n gilydd: tŷ, môr, ŵyl. " * 20 + "</p>")

BAD_PAGES: dict[str, tuple[dict[str, Any], str]] = {
    "empty": (page_capture(2, body=""), reasons.EMPTY_PAGE),
    "blank": (page_capture(2, body=" \r\n\t "), reasons.EMPTY_PAGE),
    "cut off": (page_capture(2, body=WHOLE[: len(WHOLE) // 2]), reasons.CUT_OFF),
    "shorter than announced": (page_capture(2, flags=["dataloss"]), reasons.CUT_OFF),
    "latin-1 called utf-8": (
        page_capture(2, body=WELSH.replace("ŷ", "y").replace("ŵ", "w").encode("cp1252")),
        reasons.WRONG_ENCODING,
    ),
    # What is a PDF is read as one, whatever it is called; this one is no whole PDF.
    "cut pdf called html": (page_capture(2, body=b"%PDF-1.7\n1 0 obj"), reasons.PDF_DAMAGED),
    "png called html": (page_capture(2, body=b"\x89PNG\r\n\x1a\n\0\0"), reasons.NOT_HTML),
    "json called html": (page_capture(2, body='{"code": "no"}'), reasons.NOT_HTML),
    "text called html": (page_capture(2, body="Service unavailable"), reasons.NOT_HTML),
    "not gzip": (page_capture(2, headers=GZIPPED, body=b"no gzip at all"), reasons.BROKEN_CODING),
    "protected": (
        page_capture(
            2,
            body=post_page(2, body="<form class='post-password-form' action='/'>Secret?</form>"),
        ),
        reasons.PASSWORD_PROTECTED,
    ),
    "html called json": (rest_capture("posts", []) | {"body": WHOLE}, reasons.NOT_JSON),
    "json cut off": (
        rest_capture("posts", []) | {"body": '[{"id": 2, "link": "https://pa'},
        reasons.CUT_OFF,
    ),
    "json of another shape": (
        rest_capture("posts", []) | {"body": '{"message": "Sorry"}'},
        reasons.NOT_JSON,
    ),
    "json that breaks the reader": (
        rest_capture("posts", [rest_post(2, content="no object")]),
        reasons.PARSER_FAILED,
    ),
}


@pytest.fixture(scope="module")
def quarantine(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """The quarantine of one build over all bad pages between two good ones, by case."""
    settings = settings_for(tmp_path_factory.mktemp("bad") / "data")
    bad = [
        spec | {"url": f"https://parish.example/{number}/"}
        for number, (spec, _) in enumerate(BAD_PAGES.values())
    ]
    write_run(settings, "parish_notes", [page_capture(1), *bad, page_capture(3)])
    built = build_archive(settings, workers=2)
    found = rows(data_of(settings), "quarantine")
    assert built.sources[0].quarantined == len(found) == len(BAD_PAGES)
    assert sorted(d["native_id"] for d in rows(data_of(settings), "documents")) == ["1", "3"]
    by_address = {row["fetched"]: row for row in _with_addresses(settings, found)}
    return {name: by_address[spec["url"]] for name, spec in zip(BAD_PAGES, bad, strict=True)}


def _with_addresses(settings: Settings, found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    path = data_of(settings) / "archive" / found[0]["warc_file"]
    addresses = {c.offset: c.url for c in scan(path) if isinstance(c, Capture)}
    return [row | {"fetched": addresses[row["warc_offset"]]} for row in found]


@pytest.mark.parametrize("case", BAD_PAGES)
def test_bad_page_is_quarantined_with_its_reason_and_capture(
    case: str, quarantine: dict[str, dict[str, Any]]
) -> None:
    row = quarantine[case]
    assert row["reason"] == BAD_PAGES[case][1]
    assert row["table"] == "documents"
    assert row["warc_file"] == "parish_notes/20260301T080000Z.warc.gz"


def test_a_whole_gzipped_page_is_read(settings: Settings) -> None:
    body = gzip.compress(post_page(2).encode())
    write_run(settings, "parish_notes", [page_capture(2, headers=GZIPPED, body=body)])

    build_archive(settings)

    assert [d["title"] for d in rows(data_of(settings), "documents")] == ["A plan of our own"]


BRITTLE = {
    "raise": reasons.PARSER_FAILED,
    "recurse": reasons.PARSER_FAILED,
    "sleep": reasons.PARSER_TIMEOUT,
    "exit": reasons.PARSER_DIED,
    "swallow": reasons.PARSER_DIED,
}


def test_a_parser_that_fails_costs_its_page_only(settings: Settings) -> None:
    orders = ["first", *BRITTLE, "last"]
    write_run(
        settings, "brittle", [{"url": f"https://brittle.example/{o}", "body": o} for o in orders]
    )

    build_archive(settings, workers=2)

    data = data_of(settings)
    assert sorted(d["title"] for d in rows(data, "documents")) == ["first", "last"]
    found = {json.loads(q["row"])["url"]: q["reason"] for q in rows(data, "quarantine")}
    assert found == {f"https://brittle.example/{o}": reason for o, reason in BRITTLE.items()}


def test_a_cut_warc_file_is_reported_and_what_is_whole_is_used(settings: Settings) -> None:
    path = write_run(settings, "parish_notes", [page_capture(1), page_capture(2)], finished=False)
    path.write_bytes(path.read_bytes()[:-200])

    built = build_archive(settings)

    data = data_of(settings)
    assert [d["native_id"] for d in rows(data, "documents")] == ["1"]
    # The response is whole, its metadata is not: neither is used, and both places are told.
    assert {q["reason"] for q in rows(data, "quarantine")} == {reasons.CAPTURE_UNREADABLE}
    assert built.sources[0].damaged == len(rows(data, "quarantine")) > 0
    assert [r["outcome"] for r in rows(data, "runs")] == ["interrupted"]


def test_damage_in_the_middle_costs_its_capture_only(settings: Settings) -> None:
    path = write_run(settings, "parish_notes", [page_capture(n) for n in (1, 2, 3)])
    second = [c for c in scan(path) if isinstance(c, Capture)][1]
    damaged = bytearray(path.read_bytes())
    damaged[second.offset + 60 : second.offset + 90] = b"\0" * 30
    path.write_bytes(damaged)

    build_archive(settings)

    data = data_of(settings)
    assert sorted(d["native_id"] for d in rows(data, "documents")) == ["1", "3"]
    assert {q["reason"] for q in rows(data, "quarantine")} == {reasons.CAPTURE_UNREADABLE}


def test_an_entry_that_breaks_the_reader_costs_no_other(settings: Settings) -> None:
    entries = [rest_post(5), rest_post(6, content="no object"), rest_post(7)]
    write_run(settings, "parish_notes", [rest_capture("posts", entries)])
    build_archive(settings)
    assert sorted(d["native_id"] for d in rows(data_of(settings), "documents")) == ["5", "7"]
    [row] = rows(data_of(settings), "quarantine")
    assert row["reason"] == reasons.PARSER_FAILED
    assert row["details"].startswith("entry 6: ")


def test_a_time_limit_counts_though_a_library_swallows_its_exception() -> None:
    limit = TimeLimit(0.2)
    swallowed: list[Exception] = []
    with limit:
        while not swallowed:
            try:
                sum(range(10_000))
            except ReplayTimeoutError as error:
                swallowed.append(error)
    assert limit.is_over
    with pytest.raises(ReplayTimeoutError, match="not done after"):
        limit.check()
