"""Read what an API lists entry by entry, so that a bad one costs no other.

Both halves of a callback go through here: `follow_each` for the requests that entries lead to,
`read_each` for their items. `sound` are the entries that have the shape of one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Literal

from scrapy import Request

from crawlers import reasons
from crawlers.items import Item, Unreadable
from crawlers.trouble import is_of_the_machine

Entry = dict[str, Any]
Table = Literal["documents", "comments"]
LONGEST = 300
"""Characters of what is said of an entry."""


def sound(values: Iterable[Any], id_name: str) -> list[Entry]:
    """Those of the values that are objects with an id: a number or a text."""
    return [value for value in values if _is_sound(value, id_name)]


def _is_sound(value: Any, id_name: str) -> bool:
    native_id = value.get(id_name) if isinstance(value, dict) else None
    return isinstance(native_id, (int, str)) and str(native_id).strip() != ""


def read_each(
    url: str,
    values: Iterable[Any],
    id_name: str,
    read: Callable[[Entry], Iterable[Item]],
    table: Table = "documents",
) -> Iterator[Item]:
    """What `read` makes of each entry of the list at `url`; of a bad one, a row for quarantine."""
    for place, value in enumerate(values):
        if not _is_sound(value, id_name):
            details = f"entry {place}: {str(value)[:LONGEST]} is no object with an id"
            yield Unreadable(url, reasons.NOT_AN_ENTRY, details, table=table)
            continue
        try:
            yield from list(read(value))
        except Exception as error:
            if is_of_the_machine(error):
                raise
            details = f"entry {value[id_name]}: {type(error).__name__}: {str(error)[:LONGEST]}"
            yield Unreadable(url, reasons.PARSER_FAILED, details, table=table)


def follow_each(
    values: Iterable[Any],
    follow: Callable[[Any], Iterable[Request]],
    note: Callable[[str], None],
) -> Iterator[Request]:
    """The requests that each entry leads to; `note` is told of one that cannot be followed."""
    for place, value in enumerate(values):
        try:
            yield from list(follow(value))
        except Exception as error:
            if is_of_the_machine(error):
                raise
            note(f"entry {place} of a list: {type(error).__name__}: {str(error)[:LONGEST]}")
