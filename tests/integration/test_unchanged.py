"""A mirrored site that did not change costs next to nothing the second time."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.serving import missing
from benchmarks.unchanged import MOST_WITH_BODY, harvest_twice


def test_the_second_run_asks_for_what_changed_and_makes_the_same_release(tmp_path: Path) -> None:
    reason = missing()
    if reason is not None:
        pytest.skip(reason)
    found = harvest_twice(tmp_path)
    assert (found.first.exit_code, found.second.exit_code) == (0, 0)
    assert found.first.with_body >= 10
    assert found.second.with_body <= MOST_WITH_BODY * found.first.with_body
    assert found.is_same_release
