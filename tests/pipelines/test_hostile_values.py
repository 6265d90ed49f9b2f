"""Any value in any field of any item costs one source at the most, and never a row of another."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import pipelines.build
from crawlers.items import (
    AuthorName,
    Comment,
    DateSeen,
    Discussion,
    Document,
    ListEntry,
    Sighting,
    Term,
    Unreadable,
)
from output.read import latest_release, read_rows
from output.schema import TABLES
from tests.pipelines.archives import build_archive, data_of, settings_for, write_run
from tests.pipelines.pages import page_capture, rest_capture, rest_post
from tests.pipelines.test_machine import SameProcess

Rows = dict[str, list[dict[str, Any]]]
GOOD = "parish_notes"
EXAMPLES, PAGES = 40, 12

ODD = st.sampled_from(
    [
        *("", " ", "²", "٣", "\x00", "\ud83d", "\ude00\ud83d", "a\x1b[31m", "\u202e", "\ufffe"),
        *("http://[", "https://anything.example/1", "javascript:1", "//", "/", "\n", "x" * 9_000),
        *("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2021-05-04", "now", "<p>"),
        *("documents", "comments", "1", "01", "NaN", "null", "=1+1", "{}", "%", "../../x"),
    ]
)
SCALARS = st.one_of(
    ODD,
    st.text(st.characters(), max_size=12),
    st.none(),
    st.booleans(),
    st.integers(),
    st.sampled_from([2**31, -(2**63), 2**64, 10**40]),
    st.floats(),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=2)
    ),
    max_leaves=4,
)
SOUND: dict[type, dict[str, Any]] = {
    Document: {
        "platform": "anything",
        "site": "anything.example",
        "kind": "article",
        "via": "rest",
        "url": "https://anything.example/1",
        "body_html": "<p>The plan of the river.</p>",
    },
    Discussion: {
        "platform": "anything",
        "site": "anything.example",
        "via": "rest",
        "url": "https://anything.example/1",
    },
    Comment: {"native_id": "1", "document_native_id": None, "document_url": None},
    DateSeen: {"origin": "rest", "raw": "2021-05-04"},
    AuthorName: {"name": "Ada Quill"},
    ListEntry: {
        "platform": "anything",
        "site": "anything.example",
        "position": 0,
        "list_url": "https://anything.example/",
    },
    Sighting: {
        "platform": "anything",
        "site": "anything.example",
        "table": "documents",
        "native_id": "1",
        "via": "rest",
    },
    Term: {"kind": "tag", "native_id": "1", "name": "River"},
    Unreadable: {"url": "https://anything.example/1", "reason": "parser_failed"},
}
PARTS: dict[str, type] = {
    "comments": Comment,
    "taken_out": Comment,
    "authors": AuthorName,
    "published_seen": DateSeen,
    "modified_seen": DateSeen,
}
"""Fields that hold items of their own."""
NOT_OF_A_SPIDER = {"page", "whole_page", "pdf"}


def objects(cls: type) -> st.SearchStrategy[dict[str, Any]]:
    """An item as JSON: some fields sound, and up to four that are anything."""
    names = [f.name for f in fields(cls) if f.name not in NOT_OF_A_SPIDER]
    odd = st.lists(st.sampled_from(names), max_size=4, unique=True).flatmap(
        lambda chosen: st.fixed_dictionaries({name: _field(name) for name in chosen})
    )
    return odd.map(lambda found: {"is": cls.__name__} | SOUND[cls] | found)


def _field(name: str) -> st.SearchStrategy[Any]:
    own = PARTS.get(name)
    return VALUES | st.lists(objects(own), max_size=3) if own else VALUES


ITEM = st.one_of(
    *(objects(cls) for cls in (Document, Discussion, ListEntry, Sighting, Term, Unreadable)),
)


def odd_values(pages: list[list[Any]]) -> int:
    """How many fields of all items are not sound."""
    sound = {cls.__name__: values for cls, values in SOUND.items()}
    return sum(
        name != "is" and (name not in sound[item["is"]] or value != sound[item["is"]][name])
        for items in pages
        for item in items
        for name, value in item.items()
    )


@pytest.fixture(scope="module")
def tried() -> Counter[str]:
    """What the examples of a test add up to."""
    return Counter()


def rows_of(data: Path) -> Rows:
    release = latest_release(data)
    assert release
    return {table: list(read_rows(release, table, source=GOOD)) for table in TABLES}


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Rows]:
    """The data of a good source that is built already, and its rows without any other."""
    project = settings_for(tmp_path_factory.mktemp("good") / "data")
    talk = [{"id": 4, "post": 2, "author_name": "Bo", "content": {"rendered": "<p>Well said.</p>"}}]
    entries = [rest_capture("posts", [rest_post(2)]), rest_capture("comments", talk)]
    write_run(project, GOOD, [page_capture(1), *entries])
    build_archive(project)
    data = data_of(project)
    found = rows_of(data)
    for name in ("documents", "comments", "fetches", "runs"):
        assert found[name]
    return data, found


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(st.lists(st.lists(ITEM, min_size=1, max_size=3), min_size=1, max_size=PAGES))
def test_no_value_costs_a_row_of_another_source(
    good: tuple[Path, Rows],
    tmp_path_factory: pytest.TempPathFactory,
    record_property: Callable[[str, object], None],
    tried: Counter[str],
    pages: list[list[Any]],
) -> None:
    data, expected = good
    tried["values"] += odd_values(pages)
    record_property("values tried", tried["values"])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pipelines.build, "ReplayPool", SameProcess)
        project = settings_for(tmp_path_factory.mktemp("both") / "data")
        for part in ("archive", "extracts"):
            shutil.copytree(data / part, data_of(project) / part)
        write_run(
            project,
            "anything",
            [
                {"url": f"https://anything.example/{number}", "body": json.dumps(items)}
                for number, items in enumerate(pages)
            ],
        )
        built = build_archive(project)
        assert built.release is not None
        assert rows_of(data_of(project)) == expected
        by_name = {source.source: source for source in built.sources}
        assert by_name[GOOD].is_well
        # Nothing that a page says makes its whole source fail.
        assert by_name["anything"].failure is None, by_name["anything"].failure
        shutil.rmtree(data_of(project))
    record_property("values contained", tried["values"])
