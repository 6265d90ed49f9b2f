"""Find every regular expression of the project, and how each is used.

What is handed to a function of `re` is evaluated in the namespace of its module, so it may be built
of constants. Patterns that a function builds are found where a module keeps them: in a constant, or
as what a cached function without arguments returns.
"""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from inspect import signature
from types import BuiltinMethodType
from typing import Any

from tests.project_files import CODE, module_name, python_files

ANCHORED = {"match", "fullmatch"}
"""Uses that begin at one place of the input; all others try each place in turn."""
FUNCTIONS = {
    *("compile", "search", "split", "findall", "finditer", "sub", "subn", *ANCHORED),
}
NO_USE = {"pattern", "flags", "groups", "groupindex"}


@dataclass(frozen=True, slots=True)
class Found:
    """A pattern, where it stands, and the method that asks most of it."""

    where: str
    pattern: re.Pattern[Any]
    method: str

    def __str__(self) -> str:
        return f"{self.where} {self.pattern.pattern!r:.80}"


@cache
def patterns() -> tuple[Found, ...]:
    """Those of all modules that are released, each once for each use."""
    found: dict[re.Pattern[Any], Found] = {}
    files = {module_name(file): file.read_text(encoding="utf-8") for file in python_files(*CODE)}
    for module, code in files.items():
        for one in _written(module, code):
            if one.method == "finditer":
                found[one.pattern] = one
            found.setdefault(one.pattern, one)
    for module in files:
        for pattern in _kept(list(vars(import_module(module)).values()), set()):
            found.setdefault(pattern, Found(module, pattern, _hardest(_uses()[pattern])))
    return tuple(found.values())


def _written(module: str, code: str) -> Iterator[Found]:
    """The patterns that stand in a module's code."""
    names = vars(import_module(module))
    for call in _calls(ast.parse(code)):
        with suppress(NameError):
            pattern = _evaluate(call, names)
            function: str = call.func.attr  # type: ignore[attr-defined]
            uses = _uses()[pattern] if function == "compile" else {function}
            yield Found(f"{module}:{call.lineno}", pattern, _hardest(uses))


def _hardest(uses: set[str]) -> str:
    return min(uses) if uses and uses <= ANCHORED else "finditer"


def built_by_functions() -> set[str]:
    """The modules in which a pattern is built of what is no constant."""
    found: set[str] = set()
    for file in python_files(*CODE):
        module = module_name(file)
        for call in _calls(ast.parse(file.read_text(encoding="utf-8"))):
            try:
                _evaluate(call, vars(import_module(module)))
            except NameError:
                found.add(module)
    return found


def _calls(tree: ast.Module) -> Iterator[ast.Call]:
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
    return (call for call in calls if _is_of_re(call.func))


def _kept(values: Iterable[Any], seen: set[int]) -> Iterator[re.Pattern[Any]]:
    """The patterns in some values, and in what these hold."""
    for value in values:
        if id(value) in seen:
            continue
        seen.add(id(value))
        if isinstance(value, re.Pattern):
            yield value
        elif isinstance(value, dict):
            yield from _kept(value.values(), seen)
        elif isinstance(value, (list, tuple, set, frozenset)):
            yield from _kept(value, seen)
        elif isinstance(value, BuiltinMethodType):  # such as a pattern's `search`
            yield from _kept([value.__self__], seen)
        elif _is_cached(value):
            yield from _kept([value()], seen)
        elif type(value).__module__.partition(".")[0] in CODE or _is_ours(value):
            slots = (getattr(value, name, None) for name in getattr(value, "__slots__", ()))
            yield from _kept([*getattr(value, "__dict__", {}).values(), *slots], seen)


def _is_cached(value: Any) -> bool:
    """Tell whether it is a function of ours without parameters that computes its result once."""
    if not hasattr(value, "cache_info") or value.__module__.partition(".")[0] not in CODE:
        return False
    return not signature(value).parameters


def _is_ours(value: Any) -> bool:
    return isinstance(value, type) and value.__module__.partition(".")[0] in CODE


def _is_of_re(function: ast.expr) -> bool:
    return (
        isinstance(function, ast.Attribute)
        and isinstance(function.value, ast.Name)
        and function.value.id == "re"
        and function.attr in FUNCTIONS
    )


def _evaluate(call: ast.Call, names: dict[str, Any]) -> re.Pattern[Any]:
    """The pattern of a call. Raises NameError where it is built of what is no constant."""
    place = {"compile": 1, "sub": 4, "subn": 4, "split": 3}.get(call.func.attr, 2)  # type: ignore[attr-defined]
    flags = next((k.value for k in call.keywords if k.arg == "flags"), None)
    flags = flags or next(iter(call.args[place : place + 1]), None)
    values = [_value(node, names) if node else 0 for node in (call.args[0], flags)]
    return re.compile(*values)


def _value(node: ast.expr, names: dict[str, Any]) -> Any:
    code = compile(ast.Expression(node), "a pattern", "eval")
    return eval(code, dict(names))  # noqa: S307 - an expression of our own code


@cache
def _uses() -> defaultdict[re.Pattern[Any], set[str]]:
    """The methods that are called of each pattern anywhere; "other" where it is handed on."""
    found: defaultdict[re.Pattern[Any], set[str]] = defaultdict(set)
    for file in python_files(*CODE):
        names = vars(import_module(module_name(file)))
        called: set[ast.AST] = set()
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and (pattern := _constant(node.value, names)):
                called.add(node.value)
                if node.attr not in NO_USE:
                    found[pattern].add(node.attr)
            is_read = isinstance(getattr(node, "ctx", None), ast.Load) or isinstance(node, ast.Call)
            if is_read and node not in called and (pattern := _constant(node, names)):
                found[pattern].add("other")
    return found


def _constant(node: ast.AST, names: dict[str, Any]) -> re.Pattern[Any] | None:
    """The pattern that an expression names: `PATTERN`, `links.PATTERN`, `cached_pattern()`."""
    value = None
    if isinstance(node, ast.Name):
        value = names.get(node.id)
    elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        value = getattr(names.get(node.value.id), node.attr, None)
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and not node.args:
        function: Any = names.get(node.func.id)
        value = function() if _is_cached(function) else None
    return value if isinstance(value, re.Pattern) else None
