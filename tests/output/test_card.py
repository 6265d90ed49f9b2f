import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from output.dictionary import SOURCE_DESCRIPTION
from output.markdown import LONGEST_CELL, plain, table
from output.schema import TABLES
from tests.output.examples import document, every_table, publish

HOSTILE = [
    pytest.param("<script>alert(1)</script>", id="script"),
    pytest.param("a | b || c", id="pipes"),
    pytest.param("a\n\n# b\n| c |\r\n- d", id="lines"),
    pytest.param("`code` ``` *strong* _weak_ ~~gone~~", id="emphasis"),
    pytest.param("[text](http://x.test) ![i](http://x.test/i.png)", id="links"),
    pytest.param("http://x.test www.x.test WWW.x.test a@x.test", id="bare addresses"),
    pytest.param("<http://x.test> &lt; &#60; &amp;", id="entities"),
    pytest.param("\\| \\` a\\", id="backslashes"),
    pytest.param("-->", id="end of a comment"),
    pytest.param("{{ x }} $y$ @team #12", id="templates and mentions"),
    pytest.param("__init__ snake_case _", id="underscores"),
    pytest.param("--- === :-: 1. + > #", id="blocks"),
]


def render(markdown: str) -> str:
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    html: str = parser.render(markdown)
    return html


def cells_of(html: str) -> list[list[str]]:
    rows = re.findall(r"<tr>(.*?)</tr>", html, re.S)
    return [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.S) for row in rows]


def as_html_text(value: str) -> str:
    text = " ".join(value.split())
    for char, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")):
        text = text.replace(char, entity)
    return text


@pytest.mark.parametrize("value", HOSTILE)
def test_a_value_is_shown_as_it_is_and_is_nothing_but_text(value: str) -> None:
    shown = cells_of(render(table(("a", "b"), [(value, "after")])))
    assert shown == [["a", "b"], [as_html_text(value), "after"]]


@pytest.mark.parametrize("value", HOSTILE)
def test_a_value_in_a_paragraph_is_nothing_but_text(value: str) -> None:
    assert render(f"Made by {plain(value)}.") == f"<p>Made by {as_html_text(value)}.</p>\n"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        pytest.param("a\x00b\x1b[0m", "ab&#91;0m", id="control characters"),
        pytest.param("safe\u202egnp", "safegnp", id="direction of writing"),
        pytest.param("x" * 1_000, "x" * (LONGEST_CELL - 1) + "…", id="long"),
        pytest.param("CC BY-SA 4.0", "CC BY-SA 4.0", id="nothing to escape"),
        pytest.param("tool_library", "tool_library", id="name of a source"),
        pytest.param("Tŷ'r Bobl 🌱", "Tŷ'r Bobl 🌱", id="any script"),
        pytest.param(None, "None", id="none"),
    ],
)
def test_values_become_one_line(value: object, shown: str) -> None:
    assert plain(value) == shown


def card(data: Path, **options: object) -> str:
    outcomes: Mapping[str, Mapping[str, object]] = {
        "allotments": {"outcome": "exhausted", "reason": None},
        "tool_library": {"outcome": "failed", "reason": "<script>x</script> | y"},
    }
    tables = {
        **every_table("allotments"),
        ("documents", "tool_library"): [
            document(2, licence="CC BY | <script>alert(1)</script>", tdm_opt_out=True),
            document(3, licence="CC0", tdm_opt_out=False),
            document(4, licence="CC0"),
        ],
    }
    return (publish(data, tables, outcomes=outcomes) / "DATASET.md").read_text(encoding="utf-8")


def test_the_card_holds_what_a_reader_needs(tmp_path: Path) -> None:
    headings = re.findall(r"^## (.*)$", card(tmp_path), re.M)
    assert headings == [
        "How the crawls went",
        "Rows",
        "Licences",
        "How to load",
        "Tables",
        "What was taken out of the texts",
        "Privacy",
        "Provenance",
    ]


def test_the_card_counts_rows_outcomes_and_licences(tmp_path: Path) -> None:
    shown = cells_of(render(card(tmp_path)))
    for row in (
        ["allotments", "exhausted", ""],
        ["tool_library", "failed", "&lt;script&gt;x&lt;/script&gt; | y"],
        ["allotments", "2", "3", "2", "3", "1", "2", "2", "1"],
        ["tool_library", "3", "0", "0", "0", "0", "0", "0", "0"],
        ["all", "5", "3", "2", "3", "1", "2", "2", "1"],
        ["allotments", "(not stated)", "2", "0"],
        ["tool_library", "CC0", "2", "0"],
        ["tool_library", "CC BY | &lt;script&gt;alert(1)&lt;/script&gt;", "1", "1"],
    ):
        assert row in shown


def test_the_card_describes_every_column(tmp_path: Path) -> None:
    shown = cells_of(render(card(tmp_path)))
    described = [row for row in shown if len(row) == 4 and row[2] in ("yes", "no")]
    wanted = [
        [name, description]
        for schema in TABLES.values()
        for name, description in (
            ("source", SOURCE_DESCRIPTION),
            *((column.name, column.description) for column in schema.columns),
        )
    ]
    plain_cells = [[row[0], re.sub(r"</?code>", "`", row[3])] for row in described]
    assert [[name, text.replace("`", "")] for name, text in plain_cells] == [
        [name, text.replace("`", "")] for name, text in wanted
    ]


def test_only_a_number_of_licences_is_shown(tmp_path: Path) -> None:
    documents = [document(number, licence=f"Own terms {number}") for number in range(30)]
    tables = {("documents", "plots"): documents}
    release = publish(tmp_path, tables, sources=["plots"])
    shown = cells_of(render((release / "DATASET.md").read_text(encoding="utf-8")))
    assert len([row for row in shown if "Own terms" in row[1]]) == 20
    assert ["plots", "10 others", "10", "0"] in shown


def test_the_python_of_the_card_runs(tmp_path: Path) -> None:
    pytest.importorskip("polars")
    code = re.findall(r"```python\n(from pathlib.*?)```", card(tmp_path / "data"), re.S)
    assert len(code) == 1
    told = subprocess.run(
        [sys.executable, "-c", f"{code[0]}\nprint(documents.collect().height)"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout == "5\n"
