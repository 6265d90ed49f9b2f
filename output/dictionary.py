"""The data dictionary: every column of every table, for people and for the README of this folder.

`python -m output.dictionary` brings the README up to date.
"""

import csv
import io
from pathlib import Path

from output.schema import TABLES, Column, Table

DICTIONARY = "data_dictionary.csv"
HEADER = ("table", "position", "column", "type", "nullable", "is_key", "description")
SOURCE_DESCRIPTION = "The source that the row belongs to; it comes from the name of the folder."

README = Path(__file__).with_name("README.md")
START, END = "<!-- tables: generated -->", "<!-- end of tables -->"


def data_dictionary() -> str:
    """The dictionary as CSV; position 0 is the partition column, which no file holds."""
    lines = io.StringIO()
    writer = csv.writer(lines, lineterminator="\n")
    writer.writerow(HEADER)
    for table in TABLES.values():
        writer.writerow((table.name, 0, "source", "string", "no", "no", SOURCE_DESCRIPTION))
        for position, column in enumerate(table.columns, start=1):
            writer.writerow(_line(table, position, column))
    return lines.getvalue()


def _line(table: Table, position: int, column: Column) -> tuple[object, ...]:
    nullable = "yes" if column.nullable else "no"
    is_key = "yes" if column.name in table.key else "no"
    described = column.description
    return (table.name, position, column.name, str(column.type), nullable, is_key, described)


def list_tables() -> str:
    """The tables as a Markdown table: what a row is, columns, order and key."""
    lines = ["| table | a row is | columns | sorted by | key |", "|---|---|---|---|---|"]
    for table in TABLES.values():
        order = ", ".join(f"`{name}`" for name in table.sort_by)
        key = ", ".join(f"`{name}`" for name in table.key) or "none"
        scope = " (over all sources)" if table.is_key_global else ""
        cells = (f"`{table.name}`", table.description, str(len(table.columns)), order, key + scope)
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def with_tables(readme: str) -> str:
    """The README with the list of tables as the schema has it now."""
    before, rest = readme.split(START)
    _, after = rest.split(END)
    return f"{before}{START}\n{list_tables()}\n{END}{after}"


if __name__ == "__main__":
    README.write_text(with_tables(README.read_text(encoding="utf-8")), encoding="utf-8")
