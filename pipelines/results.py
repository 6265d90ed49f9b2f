"""What a build came to."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from pipelines.history import History
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
    history: History
    runs: list[Row] = field(default_factory=list)
    captures: int = 0
    replayed: int = 0
    documents: int = 0
    comments: int = 0
    quarantined: int = 0
    damaged: int = 0
    gone: int = 0
    kept_from: str | None = None
    """The release whose rows stay, because this build found fewer than the least."""

    @property
    def last_run(self) -> Row:
        """The row of `runs` of the latest one."""
        return self.runs[-1] if self.runs else {}

    @property
    def is_well(self) -> bool:
        """Whether nothing about the source needs a look."""
        ended_well = self.last_run.get("outcome") == "exhausted"
        return ended_well and not self.is_below_minimum and not self.damaged

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
            "gone": self.gone,
            "expected_documents": list(self.expected),
            "below_minimum": self.is_below_minimum,
            "rows_kept_from": self.kept_from,
            "runs_held_back": sorted(self.history.held_back),
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
    lost: list[str] = field(default_factory=list)
    """Sources of the release before of which the archive holds nothing any more."""
