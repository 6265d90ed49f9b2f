"""What a build came to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from pipelines.history import FAILED, HELD, History, Verdict
from pipelines.judge import LastGood
from pipelines.limits import REREAD, Figure
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
    last: LastGood = field(default_factory=LastGood)
    """What the latest release says of it."""
    is_accepted: bool = False
    """Whether a person said that what would be held is right."""
    read_by: str | None = None
    """The fingerprint of the code that read it."""
    runs: list[Row] = field(default_factory=list)
    captures: int = 0
    replayed: int = 0
    documents: int = 0
    comments: int = 0
    quarantined: int = 0
    damage: list[Row] = field(default_factory=list)
    """Rows for quarantine: stretches of the archive that cannot be read."""
    damaged: int = 0
    unread: int = 0
    """Captures left for the next build, because others took too much."""
    strays: list[Path] = field(default_factory=list)
    """WARC files that do not have the name of a run, and were not read."""
    archive_problems: list[str] = field(default_factory=list)
    """WARC files that are lost or changed and not acknowledged, one line each."""
    altered_files: frozenset[str] = frozenset()
    """WARC files that are lost or changed and whose rows stay, acknowledged or not."""
    forgotten_files: frozenset[str] = frozenset()
    """WARC files whose rows a person let go."""
    let_go: dict[str, int] = field(default_factory=dict)
    """By table, the rows of the last release that were from those."""
    kept_rows: int = 0
    """Documents and comments that only such files could give, taken from the last release."""
    gone: int = 0
    balance: str | None = None
    """What is left over of the latest run's pages, in one line; None where their balance closes."""
    notes: list[str] = field(default_factory=list)
    """What was mended on the way, one line each."""
    failure: str | None = None
    """Why its rows could not be made, in one line; those of the latest release then stay."""
    is_unloadable: bool = False
    """Whether it failed because the project cannot load it; its runs are known all the same."""
    is_retired: bool = False
    """Whether it was given up: its rows stay, and nothing about it needs a look."""
    can_keep: bool = True
    """False where the rows that it had cannot be kept either."""
    kept_from: str | None = None
    """The release whose rows stay, because this build failed or came to far fewer (`fallen`)."""

    def begin_anew(self) -> None:
        """Forget the counts of rows, which are about to be assembled again."""
        self.documents = self.comments = self.quarantined = self.gone = self.kept_rows = 0
        self.kept_from = None

    @property
    def last_run(self) -> Row:
        """The row of `runs` of the latest one."""
        return self.runs[-1] if self.runs else {}

    @property
    def result(self) -> str | None:
        """The outcome of its latest run; FAILED where the build itself failed, and HELD where
        other rows stay."""
        if self.failure:
            return FAILED
        return HELD if self.kept_from else self.last_run.get("outcome")

    @property
    def reason(self) -> str | None:
        """Why, in one line."""
        if self.failure:
            return self.failure
        if self.kept_from:
            return f"its rows became too few: {', '.join(map(str, self.fallen))}"
        return self.last_run.get("reason")

    @property
    def is_well(self) -> bool:
        """Whether nothing about the source needs a look."""
        if self.is_retired and not self.failure:
            return True
        is_doubtful = self.is_below_minimum or self.history.doubt
        is_whole = not self.damaged and not self.unread and not self.archive_problems
        return self.result == "exhausted" and is_whole and not is_doubtful

    @property
    def is_below_minimum(self) -> bool:
        return self.documents < self.expected[0]

    def verdict(self, run: str) -> Verdict | None:
        """What there is against a run; against the latest also that other rows stay."""
        if self.kept_from and not self.failure and run == self.last_run.get("run"):
            return Verdict(str(self.reason), is_held=True)
        return self.history.verdicts.get(run)

    @property
    def fallen(self) -> list[Figure]:
        """What there is so much less of than in the latest release that its rows are to stay.

        It is not the site that took it away, for that its runs are held: other code reads them, or
        the archive has lost files. Comments also become fewer when more is known of spam.
        """
        documents = self._figure("documents", self.last.documents, self.documents)
        comments = self._figure("comments", self.last.comments, self.comments)
        is_below = documents.before >= self.expected[0] > documents.after
        found = [documents] if is_below or documents.is_beyond(REREAD["documents"]) else []
        if self.last.read_by != self.read_by and comments.is_beyond(REREAD["comments"]):
            found.append(comments)
        return found

    def _figure(self, table: str, before: int, after: int) -> Figure:
        return Figure(table, before - self.let_go.get(table, 0), after)

    @property
    def rests_on(self) -> LastGood:
        """How the rows that are published came about."""
        if self.kept_from or self.failure:
            return self.last if self.kept_from else LastGood()
        held = {run: self.history.verdicts[run].reason for run in self.history.held}
        runs = {run.name for run in self.history.runs} - held.keys()
        return LastGood(runs, held, self.read_by, self.history.doubt)

    def outcome(self) -> Row:
        """What the manifest says of the source."""
        return self.rests_on.outcome() | {
            "title": self.title,
            "platform": self.platform,
            "outcome": self.result,
            "reason": self.reason,
            "run": self.last_run.get("run"),
            "documents": self.documents,
            "comments": self.comments,
            "quarantined": self.quarantined,
            "gone": self.gone,
            "expected_documents": list(self.expected),
            "below_minimum": self.is_below_minimum,
            "rows_kept_from": self.kept_from,
            "damaged_records": self.damaged,
            "archive_problems": self.archive_problems,
            "rows_of_lost_files": self.kept_rows,
            "licence": self.licence,
            "is_well": self.is_well,
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
