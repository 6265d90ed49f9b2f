"""The fields of one post while they are read."""

from __future__ import annotations

from dataclasses import dataclass, field

from cleaning.reader.threads.layout import Part, Run
from cleaning.reader.threads.times import Time


@dataclass(slots=True, eq=False)
class Entry:
    """The fields of one post while they are read."""

    part: Part
    time: Time | None = None
    author: str | None = None
    author_run: Run | None = None
    author_link: int | None = None
    body: list[Run] = field(default_factory=list)
    removed: list[Run] = field(default_factory=list)
    is_pingback: bool = False
    has_deleted_name: bool = False
