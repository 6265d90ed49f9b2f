"""The quality of the reading of pages does not fall unnoticed."""

import pytest

from benchmarks.extraction import PAGES, gate_figure, pinned_figure

# Below that a change of a library or a rounding is no fall.
TOLERANCE = 0.005


@pytest.mark.skipif(not PAGES.is_dir(), reason=f"the marked pages are not there: {PAGES}")
def test_f1_on_the_fixed_sample_does_not_fall() -> None:
    figure, pinned = gate_figure(), pinned_figure()
    assert figure >= pinned - TOLERANCE, (
        f"word F1 {figure:.4f} is below the pinned {pinned:.4f}; where that is meant, "
        "run `python -m benchmarks.extraction --pin --lower` and say why"
    )
