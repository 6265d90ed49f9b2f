"""Check rows against the schema before Arrow sees them.

Arrow takes a naive datetime for UTC, a number for a time and bytes for text, drops a column that it
does not know and fills one that is missing. Each of these would be a wrong value that nobody sees.
"""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime

import pyarrow as pa

from output.errors import RowError
from output.keys import KeyIndex
from output.schema import Table

Row = Mapping[str, object]
Check = Callable[[object], str | None]
"""Return what is wrong with a value that is not None, or None when it is fine."""

KEYS_AT_ONCE = 10_000


def _shown(value: object) -> str:
    shown = repr(value)
    return shown if len(shown) <= 80 else f"{shown[:77]}..."


def _wrong(value: object, wanted: str) -> str:
    return f"{_shown(value)} is {type(value).__name__}, not {wanted}"


def _check_text(value: object) -> str | None:
    if not isinstance(value, str):
        return _wrong(value, "str")
    try:
        value.isascii() or value.encode()
    except UnicodeEncodeError:
        return f"{_shown(value)} holds half of a surrogate pair, which UTF-8 cannot carry"
    return None


def _check_flag(value: object) -> str | None:
    return None if isinstance(value, bool) else _wrong(value, "bool")


def _check_time(value: object) -> str | None:
    if not isinstance(value, datetime):
        return _wrong(value, "datetime")
    if value.utcoffset() is None:
        return f"{_shown(value)} is naive: give it a time zone, such as UTC"
    return None


def _check_real(value: object) -> str | None:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return _wrong(value, "float")
    return None if math.isfinite(value) else f"{value} is no number: use None for unknown"


def _whole_number(bits: int) -> Check:
    limit = 2 ** (bits - 1)

    def check(value: object) -> str | None:
        if isinstance(value, bool) or not isinstance(value, int):
            return _wrong(value, "int")
        return None if -limit <= value < limit else f"{value} does not fit into {bits} bits"

    return check


def _list_check(element: Check) -> Check:
    def check(value: object) -> str | None:
        if not isinstance(value, (list, tuple)):
            return _wrong(value, "list or tuple")
        for place, entry in enumerate(value):
            problem = "None in a list" if entry is None else element(entry)
            if problem:
                return f"entry {place}: {problem}"
        return None

    return check


def _fields_check(fields: Iterable[tuple[str, bool, pa.DataType]]) -> Check:
    checks = {name: (nullable, check_for(type_)) for name, nullable, type_ in fields}

    def check(value: object) -> str | None:
        if not isinstance(value, Mapping):
            return _wrong(value, "mapping")
        unknown = value.keys() - checks.keys()
        if unknown:
            return f"unknown field {', '.join(sorted(map(str, unknown)))}"
        for name, (nullable, check_field) in checks.items():
            entry = value.get(name)
            if entry is None:
                problem = None if nullable else "has no value"
            else:
                problem = check_field(entry)
            if problem:
                return f"{name}: {problem}"
        return None

    return check


def check_for(type_: pa.DataType) -> Check:
    """The check of one value of an Arrow type of this schema; TypeError for other types."""
    if pa.types.is_list(type_):
        return _list_check(check_for(type_.value_type))
    if pa.types.is_struct(type_):
        return _fields_check((field.name, field.nullable, field.type) for field in type_)
    simple: dict[pa.DataType, Check] = {
        pa.string(): _check_text,
        pa.bool_(): _check_flag,
        pa.int32(): _whole_number(32),
        pa.int64(): _whole_number(64),
        pa.float64(): _check_real,
        pa.timestamp("us", tz="UTC"): _check_time,
    }
    if type_ not in simple:
        raise TypeError(f"no check for Arrow type {type_}")
    return simple[type_]


def row_check(table: Table) -> Check:
    """The check of whole rows of a table, without their order and keys."""
    return _fields_check((col.name, col.nullable, col.type) for col in table.columns)


def checked(table: Table, source: str, rows: Iterable[Row]) -> Iterator[dict[str, object]]:
    """Yield the rows as they come, or raise RowError at the first that breaks the schema.

    Checked are columns, types, order and keys. A `source` in a row is taken off when it is the
    right one, so that rows read from a release can be written again.
    """
    check_row = row_check(table)
    check_order = _order_check(table)
    with KeyIndex() as seen:
        pending: list[str] = []
        for number, given in enumerate(rows):
            row = dict(given)
            problem = _foreign(row.pop("source", source), source)
            problem = problem or check_row(row) or check_order(row)
            if problem:
                raise RowError(f"{_place(table, source, row, number)}: {problem}")
            if _needs_index(table):
                pending.append(key_of(table, row))
            if len(pending) >= KEYS_AT_ONCE:
                _refuse_duplicate(table, source, seen.add(pending))
                pending.clear()
            yield row
        _refuse_duplicate(table, source, seen.add(pending))


def _foreign(found: object, source: str) -> str | None:
    return None if found == source else f"source: {_shown(found)}, not {source!r}"


def _place(table: Table, source: str, row: Row, number: int) -> str:
    names = table.key or table.sort_by
    shown = ", ".join(f"{name}={_shown(row.get(name))}" for name in names)
    return f"table {table.name}, source {source}, row {number} ({shown})"


def _order_check(table: Table) -> Callable[[Row], str | None]:
    """Rows must not go down in `sort_by`, and must go up where that begins with the key."""
    is_key_first = bool(table.key) and not _needs_index(table)
    previous: tuple[tuple[bool, object], ...] | None = None

    def check(row: Row) -> str | None:
        nonlocal previous
        before, previous = previous, _sort_key(table, row)
        if before is None or before < previous:
            return None
        if before > previous:
            return f"out of order: rows must be sorted by {', '.join(table.sort_by)}"
        return f"duplicate key {', '.join(table.key)}" if is_key_first else None

    return check


def _sort_key(table: Table, row: Row) -> tuple[tuple[bool, object], ...]:
    # The flag puts nulls first and keeps None from being compared with a value.
    return tuple((row.get(name) is not None, row.get(name)) for name in table.sort_by)


def _needs_index(table: Table) -> bool:
    """True when two rows with one key need not be neighbours."""
    return table.sort_by[: len(table.key)] != table.key


def key_of(table: Table, row: Row) -> str:
    """The key of the row as one text."""
    return "\x1f".join(str(row[name]) for name in table.key)


def _refuse_duplicate(table: Table, source: str, key: str | None) -> None:
    if key is not None:
        names = ", ".join(table.key)
        raise RowError(f"table {table.name}, source {source}: duplicate key {names}={_shown(key)}")
