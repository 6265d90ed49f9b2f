from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

import output.rows
from output.errors import RowError
from output.rows import checked
from output.schema import TABLES
from tests.output.examples import (
    NOW,
    Row,
    comment,
    document,
    every_table,
    fetch,
    link,
    list_entry,
    run,
)


def without(row: Row, name: str) -> Row:
    return {key: value for key, value in row.items() if key != name}


NAIVE = datetime(2026, 3, 14)  # noqa: DTZ001
QUALITY = {"method": "named"}

WRONG_VALUES = [
    pytest.param({"wordcount": 3}, "unknown field wordcount", id="unknown column"),
    pytest.param({"source": "elsewhere"}, "source: 'elsewhere', not 'allotments'", id="source"),
    pytest.param({"url": None}, "url: has no value", id="null in a column that needs a value"),
    pytest.param({"title": 3}, "title: 3 is int, not str", id="number for text"),
    pytest.param({"title": b"x"}, "title: b'x' is bytes, not str", id="bytes for text"),
    pytest.param({"title": "\ud83d"}, "title: .* half of a surrogate", id="lone surrogate"),
    pytest.param({"published": NAIVE}, "published: .* is naive", id="naive datetime"),
    pytest.param({"published": date(2026, 3, 1)}, "published: .* is date", id="date for time"),
    pytest.param({"published": 1772323200}, "published: .* is int", id="number for time"),
    pytest.param({"published": "2026-03-01"}, "published: .* is str", id="text for time"),
    pytest.param({"word_count": 3.0}, "word_count: 3.0 is float, not int", id="float for int"),
    pytest.param({"word_count": True}, "word_count: True is bool, not int", id="bool for int"),
    pytest.param({"word_count": 2**31}, "word_count: .* does not fit into 32 bits", id="32 bits"),
    pytest.param({"warc_offset": 2**63}, "warc_offset: .* fit into 64 bits", id="64 bits"),
    pytest.param({"is_signpost": 0}, "is_signpost: 0 is int, not bool", id="number for flag"),
    pytest.param({"tags": "rota"}, "tags: 'rota' is str, not list or tuple", id="text for list"),
    pytest.param({"tags": [None]}, "tags: entry 0: None in a list", id="null in a list"),
    pytest.param({"tags": ["a", 1]}, "tags: entry 1: 1 is int, not str", id="number in a list"),
    pytest.param({"authors": ["Nia"]}, "authors: entry 0: .* not mapping", id="text for struct"),
    pytest.param(
        {"authors": [{"name": "Nia"}]}, "authors: entry 0: kind: has no value", id="short struct"
    ),
    pytest.param(
        {"quality": QUALITY | {"speed": 1}}, "quality: unknown field speed", id="long struct"
    ),
    pytest.param(
        {"quality": QUALITY | {"link_share": float("nan")}},
        "quality: link_share: nan is no number",
        id="not a number",
    ),
]


@pytest.mark.parametrize(("changes", "message"), WRONG_VALUES)
def test_a_wrong_value_is_named_with_its_place(changes: Row, message: str) -> None:
    rows = [document(0), document(1, **changes)]
    place = r"table documents, source allotments, row 1 \(document_id='00000001-.*'\): "
    with pytest.raises(RowError, match=place + message):
        list(checked(TABLES["documents"], "allotments", rows))


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(without(document(0), "platform"), id="absent column that needs a value"),
        pytest.param(document(0, document_id=None), id="null in the key"),
    ],
)
def test_a_missing_value_is_refused(row: Row) -> None:
    with pytest.raises(RowError, match="has no value"):
        list(checked(TABLES["documents"], "allotments", [row]))


GOOD_VALUES = [
    pytest.param({"title": None, "tags": None, "quality": None}, id="null where it may be"),
    pytest.param({"tags": ()}, id="tuple for a list"),
    pytest.param({"published": NOW.astimezone(timezone(timedelta(hours=5)))}, id="other zone"),
    pytest.param({"quality": {"mean_line_length": 4}}, id="whole number for a real one"),
    pytest.param({"word_count": -(2**31)}, id="smallest number"),
    pytest.param({"source": "allotments"}, id="its own source"),
    pytest.param({"title": "Cŵn 🐕 и сад"}, id="any script"),
]


@pytest.mark.parametrize("changes", GOOD_VALUES)
def test_a_good_row_passes_without_its_source(changes: Row) -> None:
    row = document(0, **changes)
    assert list(checked(TABLES["documents"], "allotments", [row])) == [without(row, "source")]


ORDERS = [
    pytest.param("documents", [document(1), document(0)], "out of order", id="documents"),
    pytest.param("documents", [document(1), document(1)], "duplicate key", id="document twice"),
    pytest.param("comments", [comment(1), comment(0)], "out of order", id="comments"),
    pytest.param(
        "comments",
        [comment(0), comment(1, position=None)],
        "out of order: rows must be sorted by document_id, position, comment_id",
        id="null after a value",
    ),
    pytest.param("comments", [comment(0), comment(0)], "duplicate key", id="comment twice"),
    pytest.param(
        "comments",
        [comment(0), comment(1), comment(0, position=2)],
        "duplicate key comment_id='00000000-c033",
        id="comment twice, apart",
    ),
    pytest.param(
        "links",
        [link(comment_id="x"), link()],
        "out of order",
        id="links of a comment before the document's own",
    ),
    pytest.param(
        "list_entries", [list_entry(1), list_entry(0)], r"row 1 \(list_url=", id="list entries"
    ),
    pytest.param("fetches", [fetch(2), fetch(1)], "out of order", id="fetches"),
    pytest.param("runs", [run(), run()], "duplicate key run", id="run twice"),
]


@pytest.mark.parametrize(("table", "rows", "message"), ORDERS)
def test_wrong_order_and_duplicates_are_refused(
    table: str, rows: Iterable[Mapping[str, object]], message: str
) -> None:
    with pytest.raises(RowError, match=message):
        list(checked(TABLES[table], "allotments", rows))


@pytest.mark.parametrize(("table", "rows"), [(t, r) for (t, _), r in every_table("a").items()])
def test_sorted_rows_of_every_table_pass(table: str, rows: list[Row]) -> None:
    assert list(checked(TABLES[table], "allotments", rows)) == rows


def test_rows_without_a_key_may_repeat() -> None:
    rows = [link(), link()]
    assert list(checked(TABLES["links"], "allotments", rows)) == rows


def test_a_duplicate_is_found_across_batches_of_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(output.rows, "KEYS_AT_ONCE", 3)
    rows = [*(comment(number) for number in range(10)), comment(1, position=10)]
    with pytest.raises(RowError, match="duplicate key comment_id='00000001-"):
        list(checked(TABLES["comments"], "allotments", rows))


def test_the_first_bad_row_is_told_before_later_ones_are_asked_for() -> None:
    asked = []

    def rows() -> Iterable[Row]:
        for number in range(3):
            asked.append(number)
            yield document(number, word_count="many")

    with pytest.raises(RowError, match="row 0"):
        list(checked(TABLES["documents"], "allotments", rows()))
    assert asked == [0]


def test_times_of_different_zones_are_ordered_by_the_moment() -> None:
    later = (NOW + timedelta(minutes=1)).astimezone(timezone(timedelta(hours=-8)))
    rows = [fetch(0, fetched_at=NOW.astimezone(UTC)), fetch(0, fetched_at=later)]
    assert len(list(checked(TABLES["fetches"], "allotments", rows))) == 2
