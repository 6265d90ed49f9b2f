"""The figures by which an analyst filters stand in the release, as `cleaning.quality` has them."""

from __future__ import annotations

import pytest
from scrapy.settings import Settings

from cleaning.quality import text_quality, word_count
from output.schema import TABLES
from tests.harvesting import rows
from tests.pipelines.archives import build_archive, data_of, write_run
from tests.pipelines.pages import page_capture, post_page

MEASURES = ("link_share", "capital_share", "repeated_line_share", "mean_line_length")
BODY = (
    "<p>The residents met the council in the OLD library.</p><p>Read on.</p><p>Read on.</p>"
    "<p><a href='https://elsewhere.example/plan'>The whole plan of our own</a></p>"
)


def test_word_count_and_quality_of_a_document(settings: Settings) -> None:
    write_run(settings, "parish_notes", [page_capture(1, body=post_page(1, body=BODY))])

    build_archive(settings)

    (found,) = rows(data_of(settings), "documents")
    expected = text_quality(found["text"], len("The whole plan of our own"))
    assert found["word_count"] == word_count(found["text"]) == 19
    assert {name: found["quality"][name] for name in MEASURES} == {
        name: pytest.approx(getattr(expected, name)) for name in MEASURES
    }
    assert found["quality"]["method"] == "named"
    assert expected.repeated_line_share == 0.25
    assert 0.2 < expected.link_share < 0.4


def test_the_columns_are_documented() -> None:
    columns = {column.name: column for column in TABLES["documents"].columns}
    assert columns["word_count"].description
    assert columns["quality"].description
    inside = {field.name for field in columns["quality"].type}
    assert inside >= {"method", *MEASURES}
