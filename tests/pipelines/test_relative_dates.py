"""Times that pages tell from the day of the visit, through the build: dated once, and for good."""

from __future__ import annotations

from typing import Any

import pytest
from scrapy.settings import Settings

from tests.harvesting import rows
from tests.pipelines.archives import build_archive, data_of, write_run

NEXT = "20260308T080000Z"
THREAD = "https://commons.example/forum/topic-12-rain-barrels"
ARTICLE = "https://commons.example/stories/the-shared-shed"
SAID = (
    ("Orla", "Has anyone put a second barrel behind the first one, and does the pipe hold?"),
    ("Tomos", "We did that at the allotment, and the joint needs a wider ring than they sell."),
    ("Wen", "Ours froze in the first winter, so leave a hand's breadth of air at the top."),
    ("Orla", "Thank you both, the wider ring was what we had missed all the time."),
)
PROSE = (
    "The shed stands between the two gardens, and both keep their tools in it. Nobody remembers"
    " who built it, but everybody knows who mended the roof, for it was all of us on one Sunday."
)


def thread(*times: str, clock: str = "") -> str:
    posts = "".join(
        f"<div class='bx' id='p{number}'><div class='who'><a href='/user/{name.lower()}'>{name}</a>"
        f"</div><span class='wh'>{time}</span><div class='tx'><p>{text}</p></div>"
        f"<a href='#reply'>Reply</a></div>"
        for number, ((name, text), time) in enumerate(zip(SAID, times, strict=True), start=1)
    )
    return (
        "<!DOCTYPE html><html lang='en'><head><title>Rain barrels</title></head><body>"
        f"<h1>Rain barrels</h1>{posts}<footer><p>{clock}</p></footer></body></html>"
    )


def article(line: str, head: str = "", comments: tuple[str, ...] = ()) -> str:
    talk = "".join(
        f"<li class='comment' id='comment-{number}'><b class='fn'>{name}</b> <span>{time}</span>"
        f"<div><p>{text}</p></div><a href='#r'>Reply</a></li>"
        for number, ((name, text), time) in enumerate(zip(SAID, comments, strict=False), start=1)
    )
    talk = f"<h2>Comments</h2><ol class='comments'>{talk}</ol>" if talk else ""
    return (
        f"<!DOCTYPE html><html lang='en'><head><title>The shared shed</title>{head}</head><body>"
        f"<main><article><h1>The shared shed</h1><p class='by'>{line}</p><p>{PROSE}</p>"
        f"<p>{PROSE} It took until dark.</p></article>{talk}</main></body></html>"
    )


def capture(url: str, body: str) -> dict[str, Any]:
    return {"url": url, "body": body}


def build_visits(settings: Settings, url: str, *pages: str) -> dict[str, list[dict[str, Any]]]:
    """The tables after one visit a week, beginning on Sunday, 1 March 2026, at 8 o'clock."""
    for week, (page, run) in enumerate(zip(pages, ("20260301T080000Z", NEXT), strict=False)):
        write_run(settings, "open_commons", [capture(url, page)], run=run, day=7 * week)
    build_archive(settings)
    return {name: rows(data_of(settings), name) for name in ("documents", "comments")}


def dated(found: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return [(f"{row['published']:%Y-%m-%dT%H:%M}", row["published_precision"]) for row in found]


FIRST = ("2 weeks 3 days ago", "2 weeks ago", "yesterday, 14:02", "2 hours ago")
SECOND = ("3 weeks 3 days ago", "3 weeks ago", "1 week ago", "7 days ago")
DATED = [
    ("2026-02-12T00:00", "day"),
    ("2026-02-01T00:00", "month"),
    ("2026-02-28T14:02", "minute"),
    ("2026-03-01T00:00", "day"),
]


def by_id(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(found, key=lambda row: row["native_id"])


def test_posts_of_a_thread_keep_the_date_of_the_first_visit(settings: Settings) -> None:
    found = build_visits(settings, THREAD, thread(*FIRST), thread(*SECOND))

    [document] = found["documents"]
    assert dated([document, *by_id(found["comments"])]) == DATED
    assert document["published_from"] == "relative"
    assert (document["version"], document["last_changed"]) == (1, document["first_seen"])
    assert len(found["comments"]) == 3


def test_the_second_visit_changes_nothing_of_a_release(settings: Settings) -> None:
    write_run(settings, "open_commons", [capture(THREAD, thread(*FIRST))])
    build_archive(settings)
    before = rows(data_of(settings), "documents") + rows(data_of(settings), "comments")
    write_run(settings, "open_commons", [capture(THREAD, thread(*SECOND))], run=NEXT, day=7)
    build_archive(settings)
    after = rows(data_of(settings), "documents") + rows(data_of(settings), "comments")
    assert dated(after) == dated(before)
    assert [r.get("comment_id") for r in after] == [r.get("comment_id") for r in before]


def test_comments_below_a_text_are_dated_in_the_same_way(settings: Settings) -> None:
    head = "<meta property='article:published_time' content='2026-01-05T09:00:00+00:00'>"
    pages = [article("By Ada Quill", head, times[:3]) for times in (FIRST, SECOND)]
    found = build_visits(settings, ARTICLE, *pages)

    assert dated(by_id(found["comments"])) == DATED[:3]
    assert found["documents"][0]["published_from"] == "meta"


@pytest.mark.parametrize(
    ("lines", "published"),
    [
        (("Posted 3 days ago", "Posted 10 days ago"), ("2026-02-26T00:00", "day")),
        (
            ("By Ada Quill | 2 months ago", "By Ada Quill | 2 months ago"),
            ("2026-01-01T00:00", "month"),
        ),
        (("3 weeks ago", "7 February 2026"), ("2026-02-07T00:00", "day")),
        (("7 February 2026", "4 weeks ago"), ("2026-02-07T00:00", "day")),
    ],
    ids=["days", "with a byline", "stated later", "stated before"],
)
def test_a_line_near_the_title_dates_a_text(
    lines: tuple[str, str], published: tuple[str, str], settings: Settings
) -> None:
    found = build_visits(settings, ARTICLE, *map(article, lines))

    [document] = found["documents"]
    assert dated([document]) == [published]
    assert document["version"] == 1


@pytest.mark.parametrize(
    "line",
    [
        "What we began a year ago is still standing",
        "Updated 3 days ago",
        "Last seen in these gardens 2 weeks ago by Tomos and his dog",
    ],
)
def test_a_time_that_a_line_only_mentions_is_none_of_the_page(
    line: str, settings: Settings
) -> None:
    found = build_visits(settings, ARTICLE, article(line))
    assert found["documents"][0]["published"] is None


def test_a_stated_date_goes_before_what_is_shown(settings: Settings) -> None:
    head = "<meta property='article:published_time' content='2025-12-24T09:00:00+00:00'>"
    found = build_visits(settings, ARTICLE, article("Posted 3 days ago", head))
    assert dated(found["documents"]) == [("2025-12-24T09:00", "second")]


def test_days_without_a_year_are_the_latest_before_the_visit(settings: Settings) -> None:
    times = ("10:07pm On Feb 23", "1:16am On Feb 24", "6:31am On Feb 28", "8:45am On Apr 2")
    found = build_visits(settings, THREAD, thread(*times))
    days = [day for day, _ in dated([*found["documents"], *by_id(found["comments"])])]
    assert days == ["2026-02-23T22:07", "2026-02-24T01:16", "2026-02-28T06:31", "2025-04-02T07:45"]


def test_the_clock_of_a_forum_is_no_date_of_its_posts(settings: Settings) -> None:
    times = ("10:07pm On Feb 23", "1:16am On Feb 24", "6:31am On Feb 24", "8:45am On Feb 24")
    page = thread(*times, clock="Date: Sunday, 01 March 2026 at 08:00 AM")
    found = build_visits(settings, THREAD, page)
    assert dated(found["documents"]) == [("2026-02-23T22:07", "minute")]
