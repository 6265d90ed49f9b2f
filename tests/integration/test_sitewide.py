"""The targets of `python -m benchmarks.sitewide`, on two whole real sites."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.serving import missing
from benchmarks.sitewide import Outcome, measure_sites, targets_of


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> list[Outcome]:
    problem = missing()
    if problem:
        pytest.skip(problem)
    folder: Path = tmp_path_factory.mktemp("sitewide")
    return list(measure_sites(folder))


def test_texts_are_closer_to_the_truth_and_lose_nothing_of_it(outcomes: list[Outcome]) -> None:
    targets = [target for outcome in outcomes for target in targets_of(outcome)]
    assert len(targets) == 2 * len(outcomes) == 6
    assert [str(target) for target in targets if not target.is_met] == []
