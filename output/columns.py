"""What tables are made of: types, columns, and tables as Arrow schemas with descriptions.

What the tables are stands in `output.schema`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import pyarrow as pa

# Raise the first number when a column goes or changes its meaning, the second when one is added.
SCHEMA_VERSION = "1.2"

TEXT = pa.string()
TIME = pa.timestamp("us", tz="UTC")
INT32 = pa.int32()
INT64 = pa.int64()
REAL = pa.float64()
FLAG = pa.bool_()


def list_of(type_: pa.DataType) -> pa.DataType:
    """A list whose entries are never null."""
    # The Parquet format calls the child "element"; another name would not come back as written.
    return pa.list_(pa.field("element", type_, nullable=False))


def struct_of(fields: Sequence[tuple[str, pa.DataType]]) -> pa.DataType:
    """A struct whose fields (name, type) are never null."""
    return pa.struct([pa.field(name, type_, nullable=False) for name, type_ in fields])


@dataclass(frozen=True)
class Column:
    """One column; `nullable=False` means that every row must have a value."""

    name: str
    type: pa.DataType
    description: str
    nullable: bool = True

    @property
    def field(self) -> pa.Field:
        """The Arrow field, with the description in its metadata."""
        metadata = {"description": self.description}
        return pa.field(self.name, self.type, nullable=self.nullable, metadata=metadata)


@dataclass(frozen=True)
class Table:
    """One table: rows of a source are sorted by `sort_by` (nulls first).

    `key` is unique within a source, and over all sources together where `is_key_global`; an empty
    key promises nothing.
    """

    name: str
    description: str
    columns: tuple[Column, ...]
    sort_by: tuple[str, ...]
    key: tuple[str, ...] = ()
    is_key_global: bool = False

    @cached_property
    def arrow_schema(self) -> pa.Schema:
        """The schema of every file of this table, with descriptions in the metadata."""
        metadata = {
            "table": self.name,
            "schema_version": SCHEMA_VERSION,
            "description": self.description,
        }
        return pa.schema([column.field for column in self.columns], metadata=metadata)

    @cached_property
    def by_name(self) -> dict[str, Column]:
        """The columns by their name."""
        return {column.name: column for column in self.columns}


def required(name: str, type_: pa.DataType, description: str) -> Column:
    """A column in which every row must have a value."""
    return Column(name, type_, description, nullable=False)
