"""What is done to a build, by the tests that do it: lies, values, faults of the machine, damage."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.reliability_results import Result

COUNTED = (
    ("values tried", "values contained"),
    ("faults tried", "faults survived"),
    ("files damaged", "files found"),
    ("damages tried", "damages found"),
)
"""What a test may note of itself that tries many things at once: how many, and how many ended well.
A test that notes nothing tries one."""


@dataclass(frozen=True, slots=True)
class Trial:
    """One kind of thing that is tried. `tests` are patterns of files below the project; of tests
    that do several kinds, `only` names the one that counts."""

    what: str
    tests: tuple[str, ...]
    only: str | None = None

    def files(self, root: Path) -> list[str]:
        """Its tests' files, relative to `root`. Raises FileNotFoundError for one that is gone."""
        found: set[Path] = set()
        for pattern in self.tests:
            if not (files := set(root.glob(pattern))):
                raise FileNotFoundError(f"{self.what}: there is no {pattern}")
            found |= files
        return sorted(path.relative_to(root).as_posix() for path in found)

    def results(self, results: Iterable[Result]) -> list[Result]:
        """Those of the results that belong to it."""
        modules = {Path(pattern).stem.removeprefix("test_") for pattern in self.tests}
        return [r for r in results if r.module in modules and self.only in (None, r.what)]

    def count(self, results: Iterable[Result]) -> tuple[int, int]:
        """(how many were tried, how many ended well)."""
        counts = [_count(result) for result in self.results(results)]
        return sum(tried for tried, _ in counts), sum(well for _, well in counts)


def _count(result: Result) -> tuple[int, int]:
    is_well = result.outcome == "passed"
    for tried, well in COUNTED:
        if tried in result.measured:
            return int(result.measured[tried]), int(result.measured.get(well, 0)) * is_well
    return (0, 0) if result.outcome == "skipped" else (1, int(is_well))


LIES = ("tests/pipelines/test_changing.py",)
TRIALS = (
    Trial("kinds of lies told, and the last good rows kept", LIES, "a lie is held"),
    Trial(
        "sources that pass again when the site recovers",
        LIES,
        "the source passes again when the site recovers",
    ),
    Trial("honest changes published", LIES, "an honest change is published"),
    Trial(
        "hostile values that cost no other row or source",
        (
            "tests/pipelines/test_contain.py",
            "tests/pipelines/test_hostile_values.py",
            "tests/cleaning/test_safe.py",
        ),
    ),
    Trial(
        "faults of the machine survived without a verdict on a page",
        ("tests/pipelines/test_machine.py",),
    ),
    Trial(
        "files damaged, and found to be",
        (
            "tests/damage/test_damage.py",
            "tests/crawlers/test_stores.py",
            "tests/crawlers/test_archive_damage.py",
            "tests/output/test_before.py",
        ),
    ),
)


def files_of(trials: Sequence[Trial], root: Path) -> list[str]:
    """The files of all these tests, each once."""
    return sorted({file for trial in trials for file in trial.files(root)})
