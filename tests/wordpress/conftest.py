"""The real WordPress, started once a test run."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from .site import RealWordPress, missing, real_wordpress


@contextmanager
def _temporary_folder() -> Iterator[Path]:
    # Not tmp_path: pytest keeps the folders of three runs, and a site has 200 MB.
    with tempfile.TemporaryDirectory(prefix="wordpress-") as folder:
        yield Path(folder)


@pytest.fixture
def roomy_folder() -> Iterator[Path]:
    """An empty folder for a site of one test's own, removed after the test."""
    with _temporary_folder() as folder:
        yield folder


@pytest.fixture(scope="session")
def wordpress() -> Iterator[RealWordPress]:
    """A filled WordPress that no test may change; skips where it is not installed."""
    reason = missing()
    if reason is not None:
        pytest.skip(reason)
    with _temporary_folder() as folder, real_wordpress(folder) as site:
        yield site


@pytest.fixture
def changing_wordpress(wordpress: RealWordPress) -> Iterator[RealWordPress]:
    """The same WordPress for a test that changes it: afterwards all is as it was."""
    try:
        yield wordpress
    finally:
        wordpress.reset()
