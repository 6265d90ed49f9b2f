"""A second command at the same time says so and ends, and the first one does not notice."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.kills.aftermath import assert_whole
from tests.kills.attempts import Ended, run
from tests.kills.conftest import BUILD, HARVEST, Undisturbed
from tests.kills.site import NotingSite, environment

IN_THE_MIDDLE = 12


@pytest.mark.parametrize("second", [HARVEST, BUILD], ids=lambda arguments: str(arguments[0]))
def test_beside_a_harvest(
    second: tuple[str, ...], site: NotingSite, undisturbed: Undisturbed, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    begun = len(site.served)
    said: list[Ended] = []

    def start_another(number: int) -> None:
        # The first one waits for its answer until the second has ended.
        if number == begun + IN_THE_MIDDLE and not said:
            ended, _ = run(second, data, environment(site), tmp_path / "second.out")
            said.append(ended)

    site.at_request = start_another
    try:
        first, _ = run(HARVEST, data, environment(site))
    finally:
        site.at_request = None

    assert [(ended.exit_code, ended.output) for ended in said] == [(75, "")]
    assert said[0].errors == f"another harvest is already running in {data}; try again later\n"
    assert (first.exit_code, first.errors) == (0, "")
    assert len(site.served) - begun == len(undisturbed.served), "the second asked for nothing"
    assert len(list((data / "archive").glob("*/*.warc.gz"))) == 1
    assert_whole(data, undisturbed.rows)
