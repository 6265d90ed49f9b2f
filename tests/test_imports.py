"""Imports go one way: crawlers and pipelines stand on cleaning and output, never the reverse."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Any

import pytest

from tests.project_files import CODE, PACKAGES, ROOT, module_name, python_files

FILES = {module_name(file): file for file in python_files(*PACKAGES)}
RELEASED = [name for name in FILES if name.split(".")[0] in CODE]

ALLOWED: dict[str, tuple[str, ...]] = {
    "cleaning": (),
    "output": (),
    "pipelines": (
        "cleaning",
        "output",
        # What spiders hand over, and what a replay needs to find them and their captures.
        "crawlers.items",
        "crawlers.archive",
        "crawlers.registry",
        "crawlers.stores",
        "crawlers.reasons",
        "crawlers.trouble",
    ),
    # What is archived must be on the disk.
    "crawlers": ("cleaning", "output.disk"),
    # The commands compose everything.
    "crawlers.commands": ("crawlers", "pipelines", "cleaning", "output"),
}
"""What the modules of a package may import besides their own package."""


def _package(module: str) -> str:
    """The key of `ALLOWED` that governs a module."""
    return max((p for p in ALLOWED if _is_within(module, p)), key=len)


def _is_within(module: str, package: str) -> bool:
    return module == package or module.startswith(f"{package}.")


def imports(module: str, *, for_types: bool = True) -> set[str]:
    """The modules of this project that a module imports anywhere in its code.

    `for_types` also counts what stands under `if TYPE_CHECKING`, which runs nowhere.
    """
    tree = ast.parse(FILES[module].read_text(encoding="utf-8"))
    skipped = set() if for_types else _only_for_types(tree)
    nodes = (node for node in ast.walk(tree) if node not in skipped)
    return {name for node in nodes for name in _names(module, node)} - {module}


def _only_for_types(tree: ast.Module) -> set[ast.AST]:
    guards = (
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.If)
        and isinstance(node.test, ast.Name)
        and node.test.id == "TYPE_CHECKING"
    )
    return {inner for guard in guards for part in guard.body for inner in ast.walk(part)}


def _names(module: str, node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Import):
        found = [alias.name for alias in node.names]
    elif isinstance(node, ast.ImportFrom):
        # `from crawlers import items` imports a module, `from crawlers.items import Item` a name.
        source = _absolute(module, node)
        inner = [f"{source}.{alias.name}" for alias in node.names]
        found = [name if name in FILES else source for name in inner]
    else:
        found = []
    yield from (name for name in found if name.split(".")[0] in PACKAGES)


def _absolute(module: str, node: ast.ImportFrom) -> str:
    if not node.level:
        return node.module or ""
    parts = module.split(".")
    # One dot is the package itself, which for an `__init__.py` is its own name.
    up = node.level - (FILES[module].name == "__init__.py")
    parts = parts[: len(parts) - up]
    return ".".join([*parts, *([node.module] if node.module else [])])


@pytest.mark.parametrize("module", RELEASED)
def test_a_module_imports_only_what_its_package_may(module: str) -> None:
    own = _package(module)
    allowed = (own, *ALLOWED[own])
    wrong = {
        name
        for name in imports(module)
        if not any(_is_within(name, package) for package in allowed)
        # The commands are part of the package `crawlers` by name only.
        or (_package(name) == "crawlers.commands" and own != "crawlers.commands")
    }
    assert wrong == set()


def test_no_module_imports_itself_by_way_of_others() -> None:
    graph = {module: imports(module, for_types=False) & set(FILES) for module in FILES}
    assert _cycle(graph) is None


def test_packages_form_no_cycle() -> None:
    graph: dict[str, set[str]] = {package: set() for package in ALLOWED}
    for module in RELEASED:
        graph[_package(module)] |= {_package(n) for n in imports(module) if n in RELEASED}
    assert _cycle({package: found - {package} for package, found in graph.items()}) is None


def _cycle(graph: dict[str, set[str]]) -> list[str] | None:
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        found: list[str] = error.args[1]
        return found
    return None


def test_the_checks_see_an_import() -> None:
    assert "crawlers.items" in imports("crawlers.platforms.base")
    assert "crawlers.reasons" in imports("pipelines.pool")
    assert "cleaning.page" in imports("cleaning.reader.read")
    assert _cycle({"a": {"b"}, "b": {"a"}}) is not None


@pytest.fixture(scope="module")
def reports() -> dict[str, dict[str, Any]]:
    """What the import of each module alone came to."""
    command = [sys.executable, "-B", "-m", "tests.import_each", *RELEASED]
    done = subprocess.run(
        command, cwd=ROOT, check=True, capture_output=True, text=True, timeout=300
    )
    lines = (json.loads(line) for line in done.stdout.splitlines())
    return {report["module"]: report for report in lines}


@pytest.mark.parametrize("module", RELEASED)
def test_a_module_imports_alone_and_touches_nothing(
    module: str, reports: dict[str, dict[str, Any]]
) -> None:
    report = reports[module]
    assert (report["error"], report["touched"]) == (None, [])


def test_a_touch_is_seen(tmp_path: Path) -> None:
    """The watch itself: a module that writes a file while it is imported is reported."""
    (tmp_path / "writes.py").write_text(f"open({str(tmp_path / 'x')!r}, 'w').close()\n")
    code = (
        "import sys, json; from tests.import_each import import_alone; "
        f"sys.path.insert(0, {str(tmp_path)!r}); print(json.dumps(import_alone('writes')))"
    )
    done = subprocess.run(
        [sys.executable, "-B", "-c", code], cwd=ROOT, check=True, capture_output=True, text=True
    )
    assert json.loads(done.stdout)["touched"] != []
