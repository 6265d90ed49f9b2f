"""Rows of a build as a release wants them."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Any

import pyarrow as pa

from output.schema import TABLES
from pipelines.rows import Row


def typed(table: str, row: Row) -> Row:
    """A row as the release wants it: every column of the table, times as datetimes.

    What is no time stays as it is, for the table's own check to tell of.
    """
    return {
        name: _moment(row.get(name)) if is_time else row.get(name)
        for name, is_time in _columns(table)
    }


@cache
def _columns(table: str) -> tuple[tuple[str, bool], ...]:
    """The columns of a table, and whether each holds times."""
    return tuple((c.name, pa.types.is_timestamp(c.type)) for c in TABLES[table].columns)


def _moment(value: Any) -> Any:
    try:
        return datetime.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        return value
