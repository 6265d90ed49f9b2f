"""The site that is harvested, and a harvest of it that nobody disturbed."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.kills.aftermath import site_rows
from tests.kills.attempts import run
from tests.kills.site import SOURCE, NotingSite, Served, environment, noting_site

FEW_KILLS = 12
"""How many there are by default: enough to hit each phase, and few enough for every change."""
HARVEST = (
    *("harvest", "--due", "--workers=1"),
    # So that a kill catches one request in the air, which may be asked for again. (Without a delay
    # Scrapy 2.19 hands a whole queue over before it counts what is on its way.)
    *("-s", "CONCURRENT_REQUESTS_PER_DOMAIN=1", "-s", "DOWNLOAD_DELAY=0.005"),
    SOURCE,
)
"""As cron would, which after a crawl that ended builds and does not crawl again."""
LATER_HARVEST = tuple(argument for argument in HARVEST if argument != "--due")
"""When nothing is due yet."""
BUILD = ("build", "--workers=1")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--kills", type=int, default=FEW_KILLS, help=f"how often to kill ({FEW_KILLS})"
    )


@pytest.fixture(scope="session")
def kills(request: pytest.FixtureRequest) -> int:
    """How often to kill; the option is known only if this folder is named on the command line."""
    return int(request.config.getoption("--kills", FEW_KILLS))


@pytest.fixture(scope="session")
def site() -> Iterator[NotingSite]:
    with noting_site() as server:
        yield server


@dataclass(frozen=True, slots=True)
class Undisturbed:
    """A harvest that ran through: its data, what it is to be compared with, and its speed."""

    data: Path
    rows: dict[str, list[str]]
    served: tuple[Served, ...]
    seconds: dict[str, float]

    def copy(self, folder: Path) -> Path:
        shutil.copytree(self.data, folder, symlinks=True)
        return folder


@pytest.fixture(scope="session")
def undisturbed(site: NotingSite, tmp_path_factory: pytest.TempPathFactory) -> Undisturbed:
    data = tmp_path_factory.mktemp("undisturbed") / "data"
    ended, seconds = run(HARVEST, data, environment(site))
    assert ended.exit_code == 0, ended
    return Undisturbed(data, site_rows(data), tuple(site.served), seconds)
