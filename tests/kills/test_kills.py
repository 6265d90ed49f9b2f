"""SIGKILL at random moments of the crawl, the build and the publish, again and again.

A dozen kills by default; `python -m pytest tests/kills --kills 100` makes a hundred.
"""

from __future__ import annotations

import random
import shutil
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

import pytest

from tests.kills import attempts
from tests.kills.aftermath import Witness, assert_whole, captures
from tests.kills.attempts import Aim, Ended, Killed, moments, run, run_and_kill, started
from tests.kills.conftest import BUILD, HARVEST, LATER_HARVEST, Undisturbed
from tests.kills.site import LATENCY, NotingSite, bodies, environment

SEED = 20260611
IN_A_ROW = (3, 8)
"""The fewest and the most kills of one data folder before the command may run to its end."""
SETTLING_SECONDS = 0.1
"""Until the server has noted a request that was on its way when its client was killed."""
PATIENCE_SECONDS = 60


@dataclass(slots=True)
class Ordeal:
    """Kills in a row on one data folder; what is `undisturbed` tells when a phase is how far."""

    site: NotingSite
    undisturbed: Undisturbed
    data: Path
    arguments: tuple[str, ...]
    phases: list[str] = field(default_factory=list)
    in_the_air: Counter[str] = field(default_factory=Counter)
    """By path: how often a kill caught the request for it."""
    _begun: int = 0

    def undergo(self, aims: Sequence[Aim]) -> Ended:
        """Kill the command at each moment, look at what is left, and let the last one end.

        The later phases come last: a crawl that has come to its end can be killed no more.
        """
        witness = Witness(self.data)
        self._begun = len(self.site.served)
        for aim in sorted(aims, key=lambda aim: attempts.PHASES.index(aim.phase)):
            before = len(self.site.served)
            ended = self._kill(aim)
            if isinstance(ended, Ended):
                break
            time.sleep(SETTLING_SECONDS)
            self.in_the_air.update(served.path for served in self.site.served[before:][-1:])
            self.phases.append(ended.phase)
            witness.look()
        else:
            ended, _ = run(self.arguments, self.data, environment(self.site))
        witness.look()
        return ended

    def _kill(self, aim: Aim) -> Killed | Ended:
        is_reached = self._by_time(aim)
        if aim.phase == attempts.CRAWL:
            is_reached = self._by_requests(aim)
        told = environment(self.site)
        return run_and_kill(self.arguments, self.data, told, is_reached, aim.phase)

    def _by_time(self, aim: Aim) -> Callable[[float], bool]:
        # A phase can be too short to have been noticed.
        usual = self.undisturbed.seconds.get(aim.phase, SETTLING_SECONDS)
        return lambda seconds: seconds >= aim.share * usual

    def _by_requests(self, aim: Aim) -> Callable[[float], bool]:
        """Of a crawl that goes on from another one, only what is left can be hit."""
        served = self.site.served
        left = len(self.undisturbed.served) - (len(served) - self._begun)
        wanted = len(served) + 1 + int(aim.share * max(left - 1, 0))
        reached: list[float] = []

        def is_reached(seconds: float) -> bool:
            if not reached and len(served) >= wanted:
                reached.append(seconds)
            return bool(reached) and seconds >= reached[0] + aim.share_of_request * LATENCY

        return is_reached


def nothing(undisturbed: Undisturbed, folder: Path) -> Path:
    """A data folder that is not there yet."""
    return folder


def all_there(undisturbed: Undisturbed, folder: Path) -> Path:
    """What an earlier harvest left."""
    return undisturbed.copy(folder)


def archive_and_release(undisturbed: Undisturbed, folder: Path) -> Path:
    """The same with nothing to spare the build any work."""
    data = undisturbed.copy(folder)
    shutil.rmtree(data / "extracts")
    return data


@dataclass(frozen=True, slots=True)
class Scenario:
    """What is killed, on what data, when, and its share of all kills."""

    prepare: Callable[[Undisturbed, Path], Path]
    arguments: tuple[str, ...]
    phases: tuple[str, ...]
    share: float


SCENARIOS = {
    "first harvest": Scenario(nothing, HARVEST, attempts.PHASES, 0.5),
    "later harvest": Scenario(all_there, LATER_HARVEST, attempts.PHASES, 0.2),
    "build": Scenario(
        archive_and_release,
        BUILD,
        tuple(phase for phase in attempts.PHASES if phase != attempts.CRAWL),
        0.3,
    ),
}


@pytest.mark.parametrize("name", SCENARIOS)
def test_killed_again_and_again_it_comes_out_as_if_nothing_had_been(
    name: str,
    kills: int,
    site: NotingSite,
    undisturbed: Undisturbed,
    tmp_path: Path,
    record_property: Callable[[str, object], None],
) -> None:
    scenario = SCENARIOS[name]
    aims = moments(SEED, scenario.phases)
    lengths = random.Random(SEED)  # noqa: S311
    phases: Counter[str] = Counter()
    rows = 0
    while phases.total() < round(kills * scenario.share):
        data = scenario.prepare(undisturbed, tmp_path / str(rows) / "data")
        data.parent.mkdir(exist_ok=True)
        ordeal = Ordeal(site, undisturbed, data, scenario.arguments)
        before = len(site.served)

        left = round(kills * scenario.share) - phases.total()
        ended = ordeal.undergo(list(islice(aims, min(lengths.randint(*IN_A_ROW), left))))

        assert ended.exit_code == 0, ended
        assert_whole(data, undisturbed.rows)
        # Where there was nothing, each page is fetched once; later all of them are unchanged.
        once = bodies(undisturbed.served) if scenario.prepare is nothing else Counter[str]()
        twice = bodies(site.served[before:]) - once - ordeal.in_the_air
        assert not twice, f"fetched although it was in the archive: {dict(twice)}"
        phases.update(ordeal.phases)
        rows += 1
        shutil.rmtree(data)
    for phase in attempts.PHASES:
        record_property(f"kills in {phase}", phases[phase])
    record_property("rows of kills", rows)


def test_what_a_kill_cut_in_two_is_fetched_again_and_no_more(
    site: NotingSite, undisturbed: Undisturbed, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    told = environment(site)
    before = len(site.served)
    killed = run_and_kill(
        HARVEST, data, told, lambda _: len(site.served) >= before + 12, attempts.CRAWL
    )
    assert killed == Killed(attempts.CRAWL)
    # Where power fails, a file system may have less of the file than the process wrote.
    (file,) = (data / "archive").glob("*/*.warc.gz")
    with file.open("r+b") as archive:
        archive.truncate(file.stat().st_size - 100)
    whole = len(captures(data))

    ended, _ = run(HARVEST, data, told)

    assert ended.exit_code == 0, ended
    assert_whole(data, undisturbed.rows)
    twice = bodies(site.served[before:]) - bodies(undisturbed.served)
    assert whole >= 8
    assert 1 <= twice.total() <= 2, "the one that was cut, and the one that was in the air"


def test_workers_end_with_a_command_that_is_killed_alone(
    undisturbed: Undisturbed, site: NotingSite, tmp_path: Path
) -> None:
    if not Path("/proc/self/stat").exists():
        pytest.skip("the processes of a group cannot be listed here")
    data = archive_and_release(undisturbed, tmp_path / "data")
    with started(("build", "--workers=2"), data, environment(site), tmp_path / "out") as process:
        until(lambda: len(alive(process.pid)) > 2)
        process.kill()
        process.wait()
        until(lambda: not alive(process.pid))


def until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < end
        time.sleep(SETTLING_SECONDS)


def alive(group: int) -> list[str]:
    """The processes of a group that have not ended."""
    found = []
    for file in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # it ended just now
            # The name before the last bracket can be anything.
            state, _, its_group = file.read_text().rpartition(")")[2].split()[:3]
            if its_group == str(group) and state != "Z":
                found.append(file.parent.name)
    return found
