"""The cases of `tests/fixtures`: `<source>/<case>` in three files.

`<case>.toml` says what the site has (a selection from a site of the little web), `<case>.warc.gz`
is what the source's own spider archived of it, `<case>.expected.json` what a build makes of that.
"""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Any

from scrapy.settings import Settings

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"
RECIPE, ARCHIVE, EXPECTED = ".toml", ".warc.gz", ".expected.json"


FAULTS: dict[str, str] = tomllib.loads((FIXTURES / "known_faults.toml").read_text(encoding="utf-8"))
"""Patterns of tests whose expected value the code does not reach yet, and why."""


@dataclass(frozen=True, slots=True, order=True)
class Case:
    """One way in which a source can answer."""

    source: str
    name: str

    def __str__(self) -> str:
        return f"{self.source}/{self.name}"

    @property
    def recipe(self) -> Path:
        return self._file(RECIPE)

    @property
    def archive(self) -> Path:
        return self._file(ARCHIVE)

    @property
    def expected(self) -> Path:
        return self._file(EXPECTED)

    def test_name(self, *what: str) -> str:
        """The id of the test of a table's field (or "rows"), or of "counts"."""
        return "-".join((self.source, self.name, *what))

    def known_fault(self, *what: str) -> str | None:
        """Why that test is known to fail, or None if it must not."""
        name = self.test_name(*what)
        return next((why for pattern, why in FAULTS.items() if fnmatchcase(name, pattern)), None)

    def _file(self, end: str) -> Path:
        return FIXTURES / self.source / f"{self.name}{end}"

    def read_expected(self) -> dict[str, Any]:
        """Not to be changed, for it is read once. Raises FileNotFoundError if nobody has accepted
        one yet."""
        return _read_json(self.expected)


@cache
def _read_json(file: Path) -> dict[str, Any]:
    value: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return value


def find_cases(*ends: str) -> list[Case]:
    """Every case that has a file with one of these ends (any, if none is given), sorted."""
    found = {
        Case(path.parent.name, path.name.removesuffix(end))
        for end in ends or (RECIPE, ARCHIVE, EXPECTED)
        for path in FIXTURES.glob(f"*/*{end}")
    }
    return sorted(found)


def project_settings(**changes: Any) -> Settings:
    """The project's settings as a deployment without any environment of its own has them."""
    settings = Settings()
    settings.setmodule("crawlers.settings")
    for name, value in changes.items():
        settings.set(name, value, priority="cmdline")
    return settings
