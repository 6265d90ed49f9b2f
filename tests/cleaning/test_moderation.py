"""The lists that overrule the spam filter."""

from __future__ import annotations

import pytest

from cleaning.moderation import ModerationList

LINES = ["# decided by the editors", "", "parish.example  # the council", "0B6F-id", "co.example"]


@pytest.mark.parametrize(
    ("comment_id", "hosts", "entry"),
    [
        ("0b6f-id", [], "0b6f-id"),
        ("other", ["parish.example"], "parish.example"),
        ("other", ["news.parish.example"], "parish.example"),
        ("other", ["NEWS.Parish.example"], "parish.example"),
        ("other", ["notparish.example"], None),
        ("other", ["example"], None),
        ("other", ["a.b", "x.co.example"], "co.example"),
        ("other", [], None),
    ],
)
def test_match(comment_id: str, hosts: list[str], entry: str | None) -> None:
    assert ModerationList.read(LINES).match(comment_id, hosts) == entry


def test_remarks_and_empty_lines_are_no_entries() -> None:
    assert ModerationList.read(["# all", "  ", "#"]).entries == frozenset()
