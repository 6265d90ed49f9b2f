"""What a build came to."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from pipelines.rows import Row


class Progress(Protocol):
    """Told how far the replay of a source is; counts are captures."""

    def __call__(self, source: str, done: int, total: int, /) -> None: ...


@dataclass(slots=True)
class SourceBuild:
    """What the build of one source came to; counts are rows of the release."""

    source: str
    platform: str
    title: str
    expected: tuple[int, int]
    licence: str | None
    last_run: Row = field(default_factory=dict)
    captures: int = 0
    replayed: int = 0
    documents: int = 0
    comments: int = 0
    quarantined: int = 0
    damaged: int = 0

    @property
    def is_below_minimum(self) -> bool:
        return self.documents < self.expected[0]

    def outcome(self) -> Row:
        """What the manifest says of the source."""
        return {
            "title": self.title,
            "platform": self.platform,
            "outcome": self.last_run.get("outcome"),
            "reason": self.last_run.get("reason"),
            "run": self.last_run.get("run"),
            "documents": self.documents,
            "comments": self.comments,
            "quarantined": self.quarantined,
            "expected_documents": list(self.expected),
            "below_minimum": self.is_below_minimum,
            "damaged_records": self.damaged,
            "licence": self.licence,
        }


@dataclass(slots=True)
class Build:
    """The outcome of a build; `release` is None if there was no document to publish."""

    release: Path | None
    sources: list[SourceBuild]
    unknown: list[str]
    """Folders of the archive for which there is no source any more; they are left as they are."""
