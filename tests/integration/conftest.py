"""Every site is harvested once a test run, however many tests look at what came out."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.jorgeelconstructor import Blog
from benchmarks.mirror_files import MirrorFiles
from benchmarks.serving import JORGEELCONSTRUCTOR, UNITINGNC, harvest, missing, unpack
from benchmarks.unitingnc import Site
from tests.integration.real_crawl import CASES, Case, Crawl, crawl
from tests.wordpress.conftest import wordpress
from tests.wordpress.site import RealWordPress

__all__ = ["wordpress"]


@pytest.fixture(scope="session")
def roomy() -> Iterator[Path]:
    """A folder for harvests; not pytest's own, which keeps those of three runs."""
    with tempfile.TemporaryDirectory(prefix="integration-") as folder:
        yield Path(folder)


@pytest.fixture(scope="session")
def mirrors(roomy: Path) -> Path:
    """Where mirrors are unpacked; skips where there are none beside the checkout."""
    reason = missing()
    if reason is not None:
        pytest.skip(reason)
    return roomy / "mirrors"


@pytest.fixture(scope="session")
def unitingnc_site(mirrors: Path, roomy: Path) -> Site:
    """The WordPress mirror, harvested by REST and without."""
    files = unpack(UNITINGNC, mirrors)
    rest = harvest(UNITINGNC, files, roomy / "rest")
    html = harvest(UNITINGNC, files, roomy / "no-rest", "--no-rest")
    return Site(MirrorFiles(files), rest, html)


@pytest.fixture(scope="session")
def blog(mirrors: Path, roomy: Path) -> Blog:
    """The Blogger mirror, harvested."""
    files = unpack(JORGEELCONSTRUCTOR, mirrors)
    return Blog(MirrorFiles(files), harvest(JORGEELCONSTRUCTOR, files, roomy / "blogger"))


@pytest.fixture(scope="session", params=CASES, ids=lambda case: case.name)
def real(request: pytest.FixtureRequest, wordpress: RealWordPress, roomy: Path) -> Iterator[Crawl]:
    """A crawl of the real WordPress in each way that it can be crawled."""
    case: Case = request.param
    try:
        wordpress.set_rest(case.has_rest)
        wordpress.use_theme(case.theme)
        # The mirrors of the other tests have folders of the same names here.
        found = crawl(case, wordpress, roomy / f"wordpress-{case.name}")
    finally:
        wordpress.reset()
    yield found
