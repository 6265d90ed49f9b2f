"""What a page describes in JSON-LD, however its scripts are written."""

from __future__ import annotations

import lxml.html
import pytest

from cleaning.evidence.jsonld import read_graph, types_of


@pytest.mark.parametrize(
    ("scripts", "names"),
    [
        (['{"name": "a"}'], ["a"]),
        (['[{"name": "a"}, {"name": "b"}]'], ["a", "b"]),
        (['{"@graph": [{"name": "a"}, {"name": "b"}, "c"]}'], ["a", "b"]),
        (['[{"@graph": [{"name": "a"}]}, [{"name": "b"}]]'], ["a", "b"]),
        (['{"name": "a\nb"}'], ["a b"]),
        (['{"name": "a "quoted" one"}', '{"name": "b"}'], ["b"]),
        (['{"name": "a"} // {', '<!-- {"name": "b"} -->', '{"name": "c",}'], ["a", "b", "c"]),
        (["", "null", '"text"', "7"], []),
        (["[" * 100_000], []),
    ],
    ids=["one", "list", "graph", "nested", "line end", "broken", "mended", "no thing", "too deep"],
)
def test_graph(scripts: list[str], names: list[str]) -> None:
    shown = "".join(f'<script type="application/ld+json">{one}</script>' for one in scripts)
    tree = lxml.html.fromstring(f"<html><head>{shown}<script>x = 1</script></head></html>")
    assert [thing["name"] for thing in read_graph(tree)] == names


@pytest.mark.parametrize(
    ("raw", "types"),
    [
        ("Article", ("Article",)),
        (["Article", None, "Report"], ("Article", "Report")),
        ("https://schema.org/Article", ("Article",)),
        (None, ()),
    ],
    ids=["one", "several", "address", "none"],
)
def test_types(raw: object, types: tuple[str, ...]) -> None:
    assert types_of({"@type": raw}) == types
