"""What a build came to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from pipelines.history import FAILED, History
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
    languages: Sequence[str]
    history: History
    runs: list[Row] = field(default_factory=list)
    captures: int = 0
    replayed: int = 0
    documents: int = 0
    comments: int = 0
    quarantined: int = 0
    damage: list[Row] = field(default_factory=list)
    """Rows for quarantine: stretches of the archive that cannot be read."""
    damaged: int = 0
    strays: list[Path] = field(default_factory=list)
    """WARC files that do not have the name of a run, and were not read."""
    gone: int = 0
    notes: list[str] = field(default_factory=list)
    """What was mended on the way, one line each."""
    failure: str | None = None
    """Why its rows could not be made, in one line; those of the latest release then stay."""
    can_keep: bool = True
    """False where the rows that it had cannot be kept either."""
    kept_from: str | None = None
    """The release whose rows stay, because this build failed or found fewer than the least."""

    def begin_anew(self) -> None:
        """Forget the counts of rows, which are about to be assembled again."""
        self.documents = self.comments = self.quarantined = self.gone = 0
        self.kept_from = None

    @property
    def last_run(self) -> Row:
        """The row of `runs` of the latest one."""
        return self.runs[-1] if self.runs else {}

    @property
    def result(self) -> str | None:
        """The outcome of its latest run, or FAILED where the build itself failed."""
        return FAILED if self.failure else self.last_run.get("outcome")

    @property
    def is_well(self) -> bool:
        """Whether nothing about the source needs a look."""
        return self.result == "exhausted" and not self.is_below_minimum and not self.damaged

    @property
    def is_below_minimum(self) -> bool:
        return self.documents < self.expected[0]

    def outcome(self) -> Row:
        """What the manifest says of the source."""
        return {
            "title": self.title,
            "platform": self.platform,
            "outcome": self.result,
            "reason": self.failure or self.last_run.get("reason"),
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
    """Sources of the release before that the project has no more, nor the archive anything of."""
    problems: list[str] = field(default_factory=list)
    """What on the disk is damaged and was not built on, one line each."""
