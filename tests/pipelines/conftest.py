"""Settings with a data folder of the test's own."""

from __future__ import annotations

from pathlib import Path

import pytest
from scrapy.settings import Settings

from tests.pipelines.archives import settings_for


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return settings_for(tmp_path / "data")
