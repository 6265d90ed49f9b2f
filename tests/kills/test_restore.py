"""The archive is the only truth: what is made from it can be deleted, and comes back the same."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from crawlers import stores
from crawlers.archive import Capture, scan
from crawlers.ledger import Ledger
from demo.web.model import Site
from output.release import latest_release, read_rows
from tests.harvesting import ROOT
from tests.kills.attempts import run
from tests.kills.conftest import BUILD, LATER_HARVEST, Undisturbed
from tests.kills.site import NotingSite, environment

FROM_ARCHIVE = ("extracts", "releases", "latest", "ledger.sqlite", "ledger.sqlite-wal")
IN_THE_MIDDLE = 12


def edited(site: Site) -> Site:
    """The site after one post was rewritten."""
    first, *others = site.posts
    body = f"{first.body}<p>The group has met once more since, and wrote down what it learnt.</p>"
    return replace(site, posts=(replace(first, body=body), *others))


@pytest.fixture
def two_runs(site: NotingSite, undisturbed: Undisturbed, tmp_path: Path) -> Path:
    """Data of two harvests: the second found a post changed, and of the rest some was confirmed by
    the server ("not modified") and some sent again as it was."""
    data = undisturbed.copy(tmp_path / "data")
    begun = len(site.served)

    def forget_validators(number: int) -> None:
        site.has_validators = number < begun + IN_THE_MIDDLE

    before = site.site
    site.show(edited(before))
    site.at_request = forget_validators
    try:
        ended, _ = run(LATER_HARVEST, data, environment(site))
    finally:
        site.at_request, site.has_validators = None, True
        site.show(before)
    assert ended.exit_code == 0, ended
    return data


def parquet(data: Path) -> dict[str, str]:
    """SHA-256 of each Parquet file of the latest release, by its path there."""
    release = latest_release(data)
    assert release is not None
    return {
        file.relative_to(release).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in release.rglob("*.parquet")
    }


def ledger(data: Path) -> dict[str, list[Any]]:
    """All that the ledger holds."""
    with sqlite3.connect(data / "ledger.sqlite") as connection:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        return {
            name: connection.execute(f"SELECT * FROM {name}").fetchall()  # noqa: S608
            for (name,) in names
        }


def outcomes(data: Path) -> Counter[str]:
    """How the captures of the latest run came about."""
    latest = max((data / "archive").glob("*/*.warc.gz"))
    found = [entry for entry in scan(latest) if isinstance(entry, Capture)]
    return Counter(f"{entry.meta['outcome']}{' again' if entry.refers else ''}" for entry in found)


def test_everything_comes_back_from_the_archive(two_runs: Path, site: NotingSite) -> None:
    kinds = outcomes(two_runs)
    assert kinds["not_modified again"] > 5
    assert kinds["ok again"] > 5
    release, known = parquet(two_runs), ledger(two_runs)
    latest = latest_release(two_runs)
    assert latest is not None
    versions = Counter(row["version"] for row in read_rows(latest, "documents"))
    assert versions[2] == 1, "the second run has changed something"

    for name in FROM_ARCHIVE:
        path = two_runs / name
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    told = environment(site)
    restored = subprocess.run(
        [sys.executable, "-m", "crawlers.ledger", "--rebuild"],
        cwd=ROOT,
        env=os.environ | told | {"HARVEST_DATA": str(two_runs)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (restored.returncode, restored.stderr) == (0, "")
    assert "2 runs read from the archive" in restored.stdout
    built, _ = run(BUILD, two_runs, told)

    assert built.exit_code == 0, built
    assert parquet(two_runs) == release
    assert ledger(two_runs) == known


def test_a_store_whose_change_was_cut_short_is_as_it_was(
    undisturbed: Undisturbed, tmp_path: Path
) -> None:
    data = undisturbed.copy(tmp_path / "data")
    before = ledger(data)
    connection = sqlite3.connect(data / "ledger.sqlite")
    with pytest.raises(sqlite3.OperationalError):
        stores.begin(connection, ["CREATE TABLE runs (source TEXT)", "cut short"], 99)
    connection.close()
    assert ledger(data) == before
    with Ledger(data, check=True) as reopened:
        assert reopened.note is None
    assert len(before["runs"]) == 1
