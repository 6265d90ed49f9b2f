"""Every demo site, served once for all tests of this folder."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from demo.web import serve


@pytest.fixture(scope="session")
def web() -> Iterator[dict[str, str]]:
    """Addresses of all demo sites."""
    with serve() as addresses:
        yield addresses
