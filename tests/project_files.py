"""The files of this project, for the tests that hold its rules."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CODE = ("cleaning", "output", "pipelines", "crawlers")
"""The packages that are released; the others serve them."""
PACKAGES = (*CODE, "demo", "benchmarks", "tests")
MADE_BY_TOOLS = {"__pycache__", "build", "data"}


def project_files(folder: Path = ROOT) -> Iterator[Path]:
    """All files that belong to the project: none that tools or runs of it leave behind."""
    for path in sorted(folder.iterdir()):
        if path.name in MADE_BY_TOOLS or path.name.endswith(".egg-info"):
            continue
        if path.name.startswith(".") and path.name not in {".ci", ".gitignore"}:
            continue
        if path.is_dir():
            yield from project_files(path)
        else:
            yield path


def python_files(*packages: str) -> list[Path]:
    return [
        file
        for package in packages
        for file in project_files(ROOT / package)
        if file.suffix == ".py"
    ]


def module_name(file: Path) -> str:
    """`crawlers/platforms/__init__.py` is `crawlers.platforms`."""
    parts = file.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
