"""The quality of reading is pinned: lower it only with `benchmarks.reading --pin --lower`."""

import json

import pytest

from benchmarks.marked_pages import FOLDER
from benchmarks.reading import PIN, gate_figures

pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason=f"{FOLDER} is not there")


def test_no_figure_is_below_its_pin() -> None:
    pinned = json.loads(PIN.read_text(encoding="utf-8"))
    found = gate_figures()
    assert {name: value for name, value in found.items() if value < pinned[name] - 5e-5} == {}
