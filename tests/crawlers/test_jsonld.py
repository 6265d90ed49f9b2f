"""What a page describes in JSON-LD, however its scripts are written."""

from __future__ import annotations

import lxml.html
import pytest

from crawlers.platforms.jsonld import things, types_of


@pytest.mark.parametrize(
    ("scripts", "names"),
    [
        (['{"name": "a"}'], ["a"]),
        (['[{"name": "a"}, {"name": "b"}]'], ["a", "b"]),
        (['{"@graph": [{"name": "a"}, {"name": "b"}, "c"]}'], ["a", "b"]),
        (['[{"@graph": [{"name": "a"}]}, [{"name": "b"}]]'], ["a", "b"]),
        (['{"name": "a\nb"}'], ["a\nb"]),
        (['{"name": "a "quoted" one"}', '{"name": "b"}'], ["b"]),
        (["", "null", '"text"', "7"], []),
        (["[" * 100_000], []),
    ],
    ids=["one", "list", "graph", "nested", "line end", "broken", "no thing", "too deep"],
)
def test_things(scripts: list[str], names: list[str]) -> None:
    shown = "".join(f'<script type="application/ld+json">{one}</script>' for one in scripts)
    tree = lxml.html.fromstring(f"<html><head>{shown}<script>x = 1</script></head></html>")
    assert [thing["name"] for thing in things(tree)] == names


@pytest.mark.parametrize(
    ("raw", "types"),
    [("Article", ["Article"]), (["Article", None, "Report"], ["Article", "Report"]), (None, [])],
    ids=["one", "several", "none"],
)
def test_types(raw: object, types: list[str]) -> None:
    assert types_of({"@type": raw}) == types
