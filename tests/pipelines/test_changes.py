"""What is counted of a change, and when it is too much."""

from __future__ import annotations

from typing import Any

import pytest

from pipelines.changes import Changes
from pipelines.limits import AT_FIRST, LIMITS, Figure
from pipelines.rows import Row


def document(number: int, **changes: Any) -> Row:
    return {
        "document_id": str(number),
        "canonical_url": f"https://parish.example/{number}/",
        "title": f"Title {number}",
        "text": f"Text number {number} of them",
        "published": f"20{number:02}-05-04T09:30:00+00:00",
        "published_precision": "second",
        "authors": [{"name": f"Writer {number % 2}", "kind": "person"}],
        "gone_since": None,
    } | changes


def comment(number: int, **changes: Any) -> Row:
    return {
        "document_id": str(number % 3),
        "text": f"Comment number {number} of them",
        "author": f"Reader {number}",
        "published": f"20{number:02}-05-04T09:30:00+00:00",
        "published_precision": "second",
        "_gone_since": None,
        "_taken_out_for": "",
    } | changes


def too_much(documents: list[tuple[Row | None, Row | None]], **found: Any) -> list[str]:
    changes = Changes(**found)
    for old, new in documents:
        changes.see_document(old, new)
    return [str(figure) for figure in changes.too_much()]


@pytest.mark.parametrize(
    ("total", "changed", "change", "figures"),
    [
        (10, 10, {}, []),
        (10, 4, {"gone_since": "2026"}, []),
        (10, 5, {"gone_since": "2026"}, ["documents 10 → 5"]),
        (3, 1, {"gone_since": "2026"}, []),
        (40, 9, {"gone_since": "2026"}, []),
        (40, 10, {"gone_since": "2026"}, ["documents 40 → 30"]),
        (900, 89, {"gone_since": "2026"}, []),
        (900, 90, {"gone_since": "2026"}, ["documents 900 → 810"]),
        (5, 1, {"title": None}, []),
        (5, 2, {"title": None}, ["titles known 5 → 3"]),
        (5, 1, {"text": None}, []),
        (5, 2, {"text": ""}, ["texts known 5 → 3"]),
        (5, 2, {"published": None}, ["dates known 5 → 3"]),
        (5, 2, {"authors": None}, ["authors known 5 → 3"]),
        (5, 2, {"authors": []}, ["authors known 5 → 3"]),
        (5, 1, {"canonical_url": "https://parish.example/"}, []),
        (5, 3, {"canonical_url": "https://parish.example/"}, ["different addresses 5 → 3"]),
        (4, 2, {"published": "2026-05-04T00:00:00+00:00"}, []),
        (6, 3, {"published": "2026-05-04T00:00:00+00:00"}, ["dates kept 6 → 3"]),
        (6, 6, {"authors": [{"name": "admin"}]}, ["authors kept 6 → 0"]),
    ],
)
def test_documents(total: int, changed: int, change: Row, figures: list[str]) -> None:
    before = [document(n) for n in range(total)]
    after = [row | change if n < changed else row for n, row in enumerate(before)]
    assert too_much(list(zip(before, after, strict=True))) == figures


def test_what_comes_to_a_source_is_no_loss() -> None:
    bare = {"title": None, "text": None, "published": None, "authors": None}
    pairs = [(document(n, **bare), document(n)) for n in range(9)]
    new: list[tuple[Row | None, Row | None]] = [(None, document(n)) for n in range(20, 60)]
    assert too_much([*pairs, *new], found=(9, 49)) == []


def test_what_was_gone_is_not_missed() -> None:
    gone = {"gone_since": "2025"}
    assert too_much([(document(n, **gone), None) for n in range(9)]) == []


@pytest.mark.parametrize(
    ("found", "figures"),
    [
        (None, []),
        ((9, 5), []),
        ((9, 4), ["documents found 9 → 4"]),
        ((5, 3), []),
        ((4, 1), ["documents found 4 → 1"]),
    ],
)
def test_what_a_run_found(found: tuple[int, int] | None, figures: list[str]) -> None:
    assert too_much([(document(1), document(1))], found=found) == figures


@pytest.mark.parametrize(
    ("found", "new", "figures"),
    [
        ((10, 150), 140, ["documents 10 → 150"]),
        ((10, 100), 90, []),
        (None, 140, []),
        ((0, 140), 140, []),
    ],
    ids=["taken over", "an archive came", "no run was complete", "nothing was found before"],
)
def test_growth(found: tuple[int, int] | None, new: int, figures: list[str]) -> None:
    old: list[tuple[Row | None, Row | None]] = [(document(n), document(n)) for n in range(10)]
    assert (
        too_much(old + [(None, document(n)) for n in range(10, 10 + new)], found=found) == figures
    )


@pytest.mark.parametrize(
    ("writers", "is_beyond"),
    [
        ({"Writer 0": "Ada Reed"}, False),
        ({"Writer 0": "Ada Reed", "Writer 1": "Bea Reed"}, False),
        ({"Writer 0": "admin", "Writer 1": "admin"}, True),
        ({"Writer 0": "Writer 1"}, True),
    ],
    ids=["one renamed", "both renamed", "all are one", "one's work is the other's"],
)
def test_a_name_may_change(writers: dict[str, str], is_beyond: bool) -> None:
    pairs: list[tuple[Row | None, Row | None]] = []
    for n in range(8):
        old = document(n)
        name = old["authors"][0]["name"]
        pairs.append((old, old | {"authors": [{"name": writers.get(name, name)}]}))
    assert bool(too_much(pairs)) is is_beyond


@pytest.mark.parametrize(
    ("total", "changed", "change", "figures"),
    [
        (30, 4, {"_gone_since": "2026"}, []),
        (30, 20, {"_gone_since": "2026"}, ["comments 30 → 10"]),
        (4, 2, {"_gone_since": "2026"}, []),
        (4, 4, {"_gone_since": "2026"}, ["comments 4 → 0"]),
        (2, 2, {"_gone_since": "2026"}, []),
        (8, 5, {"_taken_out_for": "spam"}, ["comments 8 → 3"]),
        (8, 5, {"text": None}, ["comment texts known 8 → 3"]),
        (8, 5, {"author": None}, ["comment authors known 8 → 3"]),
        (8, 5, {"published": None}, ["comment dates known 8 → 3"]),
        (8, 5, {"author": "Guest"}, ["comment authors kept 8 → 3"]),
        (8, 4, {"author": "Guest"}, []),
        (8, 8, {"published": "2026-05-04T00:00:00+00:00"}, ["comment dates kept 8 → 0"]),
    ],
)
def test_comments(total: int, changed: int, change: Row, figures: list[str]) -> None:
    changes = Changes()
    for n in range(total):
        changes.see_comment(comment(n), comment(n) | (change if n < changed else {}))
    assert [str(figure) for figure in changes.too_much()] == figures


@pytest.mark.parametrize(
    ("total", "change", "figures"),
    [
        (6, {}, []),
        (6, {"title": None}, ["titles known 6 → 0"]),
        (3, {"title": None}, []),
        (6, {"title": "Parish Notes"}, ["different titles 6 → 1"]),
        (6, {"text": "Please log in"}, ["different texts 6 → 1"]),
        (6, {"text": None}, []),
    ],
)
def test_at_first(total: int, change: Row, figures: list[str]) -> None:
    changes = Changes()
    for n in range(total):
        changes.see_document(None, document(n, **change))
    assert [str(figure) for figure in changes.odd_at_first()] == figures


def test_every_figure_has_a_limit_with_a_number_and_a_reason() -> None:
    for limit in (*LIMITS.values(), *AT_FIRST.values()):
        assert limit.why
        assert all(0 < share < 1 and number >= 2 for share, number in limit.steps)


def test_a_loss_must_reach_share_and_number() -> None:
    limit = LIMITS["documents"]
    assert not Figure("documents", 1, 0).is_beyond(limit)
    assert not Figure("documents", 1000, 951).is_beyond(limit)
    assert Figure("documents", 2, 0).is_beyond(limit)
