"""Lists, guards and repeats over a whole build."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from scrapy.settings import Settings

from cleaning.spam import SUSPECT_FROM, THRESHOLD, model_version
from tests.harvesting import rows
from tests.pipelines.archives import build_archive, data_of, write_run
from tests.pipelines.pages import rest_capture, rest_post
from tests.pipelines.test_merge import comment

PILLS = {
    "rendered": "<p>Buy cheap viagra online without prescription at "
    "<a href='http://pills.example/'>our pharmacy</a></p>"
}
SAME_UNDER = {11: 5, 12: 6, 13: 7}
"""Comments by number, each with another post."""
MILD = {"rendered": "<p>I found help at <a href='http://pills.example/x'>this place</a> too</p>"}


def discussion(settings: Settings, *comments: dict[str, object]) -> None:
    posts = [rest_post(n) for n in (5, 6, 7)]
    write_run(
        settings,
        "parish_notes",
        [rest_capture("comments", list(comments)), rest_capture("posts", posts)],
    )


def kept(settings: Settings) -> list[str]:
    return [c["native_id"] for c in rows(data_of(settings), "comments")]


def test_spam_is_in_quarantine_whole_with_score_and_reasons(settings: Settings) -> None:
    discussion(settings, comment(11, content=PILLS), comment(12))

    build_archive(settings)

    assert kept(settings) == ["12"]
    [row] = rows(data_of(settings), "quarantine")
    assert (row["table"], row["reason"]) == ("comments", "spam")
    assert row["score"] > 0.75
    assert row["details"]
    whole = json.loads(row["row"])
    assert whole["spam_model"] == model_version()
    assert whole["native_id"] == "11"
    assert "pills.example" in whole["body_html"]
    assert whole["spam_reasons"]


def test_the_documents_author_is_never_quarantined(settings: Settings) -> None:
    discussion(settings, comment(11, author=3, content=PILLS))
    build_archive(settings)
    assert kept(settings) == ["11"]


@pytest.mark.parametrize("entry", ["pills.example", "the id"])
def test_the_list_of_allowed_calls_a_comment_back(
    settings: Settings, tmp_path: Path, entry: str
) -> None:
    discussion(settings, comment(11, content=PILLS), comment(12))
    build_archive(settings)
    [row] = rows(data_of(settings), "quarantine")
    name = json.loads(row["row"])["comment_id"] if entry == "the id" else entry
    (tmp_path / "allow.txt").write_text(f"{name}  # it is ours\n")
    settings.set("COMMENTS_ALLOW", str(tmp_path / "allow.txt"), priority="cmdline")

    built = build_archive(settings)

    assert built.sources[0].replayed == 0, "a list takes effect without a new replay"
    assert kept(settings) == ["11", "12"]
    assert rows(data_of(settings), "quarantine") == []


def test_the_list_of_blocked_takes_a_comment_out(settings: Settings, tmp_path: Path) -> None:
    discussion(settings, comment(11, author=3, content=MILD), comment(12))
    (tmp_path / "block.txt").write_text("pills.example\n")
    settings.set("COMMENTS_BLOCK", str(tmp_path / "block.txt"), priority="cmdline")

    build_archive(settings)

    assert kept(settings) == ["12"]
    [row] = rows(data_of(settings), "quarantine")
    assert row["reason"] == "blocked_by_list"
    assert "pills.example" in row["details"]


def test_what_spam_elsewhere_links_to_raises_the_score(settings: Settings) -> None:
    discussion(
        settings,
        comment(11, post=5, content=PILLS),
        comment(12, post=6, content=PILLS),
        comment(13, post=7, content=MILD),
        comment(14, post=7),
    )

    build_archive(settings)

    told = {json.loads(q["row"])["native_id"]: q for q in rows(data_of(settings), "quarantine")}
    assert {"11", "12"} <= set(told)
    assert "14" in kept(settings)
    by_id = {c["native_id"]: c["spam_score"] for c in rows(data_of(settings), "comments")}
    raised = told["13"]["score"] if "13" in told else by_id["13"]
    assert raised > 0.6, "alone it scores less than half of that"


def test_the_number_of_places_is_a_reason(settings: Settings) -> None:
    discussion(settings, *(comment(n, post=p, content=PILLS) for n, p in SAME_UNDER.items()))

    build_archive(settings)

    details = [row["details"] for row in rows(data_of(settings), "quarantine")]
    assert len(details) == 3
    assert all("it links to pills.example, as spam in 2 places does" in told for told in details)
    assert all("the same text stands in 3 places" in told for told in details)


def test_positions_count_the_comments_that_stay(settings: Settings) -> None:
    discussion(settings, comment(11), comment(12, content=PILLS), comment(13))
    build_archive(settings)
    found = {c["native_id"]: c["position"] for c in rows(data_of(settings), "comments")}
    assert found == {"11": 0, "13": 1}
    documents = {d["native_id"]: d for d in rows(data_of(settings), "documents")}
    assert documents["5"]["comments_captured"] == 3


SAME = "Thank you all for writing, the answers stand in this week's notes from the hall: "
TEMPTING = {"rendered": f"<p>{SAME} buy the best cheap tickets online, visit our website</p>"}


def test_the_same_text_in_many_places_is_told_with_their_number(settings: Settings) -> None:
    said = {"rendered": f"<p>{SAME}</p>"}
    discussion(settings, *(comment(n, post=post, content=said) for n, post in SAME_UNDER.items()))

    build_archive(settings)

    scores = [c["spam_score"] for c in rows(data_of(settings), "comments")]
    assert len(scores) == 3, "a text that repeats is not spam for that alone"
    assert min(scores) >= 0.5


def test_the_sites_own_people_stay_whatever_repeats(settings: Settings) -> None:
    own, other = (
        "https://parish.example/about/",
        "https://tickets.example/buy/cheap-tickets-online/",
    )
    for n, (url, expected) in enumerate(((own, ["11", "12", "13"]), (other, []))):
        settings.set("HARVEST_DATA", f"{settings['HARVEST_DATA']}-{n}", priority="cmdline")
        discussion(
            settings,
            *(comment(i, post=p, content=TEMPTING, author_url=url) for i, p in SAME_UNDER.items()),
        )
        build_archive(settings)
        assert sorted(kept(settings)) == expected
        for row in rows(data_of(settings), "quarantine"):
            assert "the same text stands in 3 places" in row["details"]


@pytest.mark.parametrize(
    ("url", "is_raised"),
    [
        ("https://www.youtube.com/watch?v=bench", False),
        ("https://en.wikipedia.org/wiki/Bench", False),
        ("https://www.dyffryn.gov.uk/benches", False),
        ("https://benches.wordpress.com/", True),
    ],
)
def test_what_everybody_links_to_tells_nothing(
    url: str, is_raised: bool, settings: Settings
) -> None:
    spam = {"rendered": PILLS["rendered"].replace("</p>", f' <a href="{url}">and here</a></p>')}
    mild = {"rendered": f'<p>We sat here for a while, and <a href="{url}">so did they</a> too</p>'}
    discussion(
        settings,
        comment(11, post=5, content=spam),
        comment(12, post=6, content=spam),
        comment(13, post=7, content=mild),
    )

    build_archive(settings)

    scores = {c["native_id"]: c["spam_score"] for c in rows(data_of(settings), "comments")}
    scores |= {
        json.loads(q["row"])["native_id"]: q["score"] for q in rows(data_of(settings), "quarantine")
    }
    assert (scores["13"] >= 0.6) is is_raised


def test_a_blocked_domain_takes_its_pingbacks_out(settings: Settings, tmp_path: Path) -> None:
    cited = {"rendered": "<p>[&#8230;] as they wrote about the bench by the gate [&#8230;]</p>"}
    ping: dict[str, Any] = {
        "type": "pingback",
        "author_name": "Weekly",
        "author_url": "https://copies.example/1/",
    }
    discussion(settings, comment(11, content=cited, **ping), comment(12))
    build_archive(settings)
    assert kept(settings) == ["11", "12"]
    (tmp_path / "block.txt").write_text("copies.example\n")
    settings.set("COMMENTS_BLOCK", str(tmp_path / "block.txt"), priority="cmdline")

    build_archive(settings)

    assert kept(settings) == ["12"]


def test_a_suspect_stays_with_its_score(settings: Settings) -> None:
    said = {"rendered": "<p>cheap viagra online</p>"}
    discussion(settings, comment(11, content=said, author_url="https://pills.example/buy-viagra"))

    build_archive(settings)

    [row] = rows(data_of(settings), "comments")
    assert SUSPECT_FROM <= row["spam_score"] < THRESHOLD
