"""The ledger: runs, addresses, validators, and what is due, in `<data>/ledger.sqlite`.

It holds nothing that the archive does not, so it can be deleted and comes back from it:

    python -m crawlers.ledger --rebuild
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from crawlers.archive import Capture, Reference, RunRecord, scan, warc_files
from crawlers.archive.records import GOOD, KILLED, run_name, start_of
from crawlers.stores import insert, open_store, remove

SCHEMA_VERSION = 3
SKEW = timedelta(minutes=10)
"""What a clock may be put right by."""
TABLES = {
    "runs": """
        source TEXT NOT NULL, run TEXT NOT NULL, started TEXT, finished TEXT, outcome TEXT,
        reason TEXT, is_full INTEGER, bytes INTEGER NOT NULL, PRIMARY KEY (source, run)""",
    "captures": """
        source TEXT NOT NULL, url TEXT NOT NULL, run TEXT NOT NULL, number INTEGER NOT NULL,
        seen_status INTEGER NOT NULL, callback TEXT, cb_kwargs TEXT NOT NULL,
        fetched_at TEXT NOT NULL, version TEXT, etag TEXT, last_modified TEXT,
        digest TEXT, file TEXT NOT NULL, offset INTEGER NOT NULL,
        PRIMARY KEY (source, url, run, number)""",
    "inventories": """
        source TEXT NOT NULL, run TEXT NOT NULL, kind TEXT NOT NULL, versions TEXT NOT NULL,
        PRIMARY KEY (source, run, kind)""",
    "builds": """
        source TEXT NOT NULL, run TEXT NOT NULL, documents INTEGER, verdict TEXT,
        PRIMARY KEY (source, run)""",
}
RUN_QUERY = (
    "SELECT source, run, started, finished, outcome, reason, is_full, documents, verdict"
    " FROM runs LEFT JOIN builds USING (source, run)"
)


@dataclass(frozen=True, slots=True)
class Run:
    """A crawl of a source; times are ISO, UTC.

    `is_full` says that it took nothing for granted; `documents` are those of the release after it,
    `verdict` is what the build had to say against it, both None until a build has seen it.
    """

    source: str
    run: str
    started: str | None
    finished: str | None
    outcome: str | None
    reason: str | None
    is_full: bool
    documents: int | None
    verdict: str | None

    @property
    def began(self) -> datetime:
        """When it began by the clock; of one that was killed its name tells."""
        return datetime.fromisoformat(self.started) if self.started else start_of(self.run)

    def is_future(self, now: datetime) -> bool:
        """Whether the clock was ahead when it ran, or is behind now."""
        return self.began > now + SKEW

    @property
    def is_good(self) -> bool:
        return self.outcome == GOOD and not self.verdict


@dataclass(frozen=True, slots=True)
class Held:
    """The latest capture of an address: what was seen there, and where its bytes are.

    `file` is a WARC file of the source, `offset` the byte at which the `response` record begins;
    `cb_kwargs` is JSON; `version` is
    what the site's own list called this state of the page.
    """

    url: str
    run: str
    seen_status: int
    callback: str | None
    cb_kwargs: str
    fetched_at: str
    version: str | None
    etag: str | None
    last_modified: str | None
    digest: str | None
    file: str
    offset: int

    @property
    def payload(self) -> Reference:
        """Where the bytes are."""
        return Reference(self.file, self.offset)


class Ledger:
    """Use it as a context manager. A damaged file is begun anew, and `note` then says so.

    With `check`, all of it is read first. Raises sqlite3.Error if it cannot be read or written for
    another reason.
    """

    def __init__(self, data: Path, *, check: bool = False) -> None:
        self._db, self.note = open_store(
            data / "ledger.sqlite", TABLES, SCHEMA_VERSION, check=check
        )

    def __enter__(self) -> Ledger:
        return self

    def __exit__(self, *error: object) -> None:
        self._db.commit()
        self._db.close()

    # --- from the archive ---

    def fill_from(self, archive: Path) -> int:
        """Read every WARC file that is new or has grown, and return how many.

        Runs whose file is gone are forgotten, for what they fetched is to be fetched again. The
        file of a run that another process is writing looks interrupted; it is read again when
        it has grown.
        """
        rows = self._db.execute("SELECT source, run, bytes FROM runs")
        known = {(source, run): size for source, run, size in rows}
        count = 0
        for path in _all_files(archive):
            size = path.stat().st_size
            if known.pop((path.parent.name, run_name(path)), None) != size:
                self._read(path, size)
                count += 1
        with self._db:
            for key in known:
                self._delete(key)
        return count

    def _delete(self, key: tuple[str, str]) -> None:
        for table in TABLES:
            self._db.execute(f"DELETE FROM {table} WHERE source = ? AND run = ?", key)  # noqa: S608

    def _read(self, path: Path, size: int) -> None:
        """Take in one WARC file, whole or not at all."""
        key = (path.parent.name, run_name(path))
        said: dict[str, Any] = dict(KILLED)
        with self._db:
            self._delete(key)
            insert(self._db, "captures", self._captures(key, path, said))
            told = [said.get(name) for name in ("started", "finished", "outcome", "reason")]
            run = (*key, *told, bool(said.get("is_full")), size)
            insert(self._db, "runs", [run])
            kinds = (said.get("inventories") or {}).items()
            insert(self._db, "inventories", [(*key, k, json.dumps(v)) for k, v in kinds])

    @staticmethod
    def _captures(
        key: tuple[str, str], path: Path, said: dict[str, Any]
    ) -> Iterator[tuple[object, ...]]:
        """The rows of a file's captures; what the run said of itself goes into `said`."""
        for number, entry in enumerate(scan(path)):
            if isinstance(entry, RunRecord):
                said |= entry.data
            elif isinstance(entry, Capture) and _is_whole(entry):
                yield _capture_row(key, number, entry)

    # --- what is known ---

    def runs(self, source: str) -> list[Run]:
        """All runs of a source, oldest first."""
        query = f"{RUN_QUERY} WHERE source = ? ORDER BY run"
        return [_as_run(row) for row in self._db.execute(query, (source,))]

    def latest(self) -> dict[str, Run]:
        """The latest run of each source."""
        latest = "SELECT source, MAX(run) FROM runs GROUP BY source"
        query = f"{RUN_QUERY} WHERE (source, run) IN ({latest})"
        return {row[0]: _as_run(row) for row in self._db.execute(query)}

    def held(self, source: str) -> dict[str, Held]:
        """The latest capture of each address of a source.

        Its validators are the last that any answer from there carried: a "not modified" need not
        repeat them.
        """
        found: dict[str, Held] = {}
        query = (
            "SELECT url, run, seen_status, callback, cb_kwargs, fetched_at, version, etag,"
            " last_modified, digest, file, offset FROM captures"
            " WHERE source = ? ORDER BY run, number"
        )
        for row in self._db.execute(query, (source,)):
            new = Held(*row)
            old = found.get(new.url)
            if old and old.payload == new.payload:
                etag, changed = new.etag or old.etag, new.last_modified or old.last_modified
                digest = new.digest or old.digest
                new = replace(new, etag=etag, last_modified=changed, digest=digest)
            found[new.url] = new
        return found

    def inventories(self, source: str, run: str) -> dict[str, dict[str, str]]:
        """The complete lists that a run met: of each kind, the version of each native id."""
        query = "SELECT kind, versions FROM inventories WHERE source = ? AND run = ?"
        return {kind: json.loads(text) for kind, text in self._db.execute(query, (source, run))}

    # --- what a build found ---

    def note_build(self, source: str, run: str, documents: int, verdict: str | None) -> None:
        """Note what the release after a source's run holds of it, and what speaks against it."""
        insert(self._db, "builds", [(source, run, documents, verdict)])

    def note_held(self, source: str, verdicts: Mapping[str, str]) -> None:
        """Note the verdicts of earlier builds on runs that were read anew from the archive."""
        unknown = {r.run for r in self.runs(source) if r.documents is None and not r.verdict}
        rows = [(source, run, None, verdicts[run]) for run in unknown & verdicts.keys()]
        insert(self._db, "builds", rows)

    def unbuilt(self) -> set[str]:
        """The sources with a run that no build has seen."""
        found = self._db.execute(
            "SELECT DISTINCT source FROM runs LEFT JOIN builds USING (source, run)"
            " WHERE documents IS NULL"
        )
        return {row[0] for row in found}


def _is_whole(capture: Capture) -> bool:
    """Whether something was seen, and all of it."""
    return capture.seen_status is not None and "dataloss" not in (capture.meta.get("flags") or ())


def _capture_row(key: tuple[str, str], number: int, capture: Capture) -> tuple[object, ...]:
    source, run = key
    return (
        *(source, capture.url, run, number, capture.seen_status, capture.meta.get("callback")),
        json.dumps(capture.meta.get("cb_kwargs") or {}),
        *(capture.meta.get("fetched_at") or "", capture.meta.get("version")),
        *(capture.etag, capture.last_modified, capture.digest),
        *(capture.payload.file, capture.payload.offset),
    )


def read_archive(data: Path, now: datetime) -> Iterator[str]:
    """Bring the ledger up to date, and yield what a person should know, in one line each."""
    with Ledger(data, check=True) as ledger:
        ledger.fill_from(data / "archive")
        if ledger.note:
            yield ledger.note
        for source, run in ledger.latest().items():
            if run.is_future(now):
                yield (
                    f"{source}: its last run is dated {run.began:%Y-%m-%d %H:%M} UTC, and now it is"
                    f" {now:%Y-%m-%d %H:%M}: is the clock right? The source is due at once"
                )


def _as_run(row: tuple[Any, ...]) -> Run:
    source, run, started, finished, outcome, reason, is_full, documents, verdict = row
    return Run(source, run, started, finished, outcome, reason, bool(is_full), documents, verdict)


def _all_files(archive: Path) -> Iterator[Path]:
    for folder in sorted(archive.glob("*")):
        yield from warc_files(archive, folder.name)


def main() -> None:
    """Restore the ledger from the archive, as a command."""
    from scrapy.utils.project import get_project_settings

    parser = argparse.ArgumentParser(
        prog="python -m crawlers.ledger",
        description="The ledger holds runs, addresses and validators; the archive has them all.",
    )
    parser.add_argument(
        "--rebuild", action="store_true", required=True, help="read it anew from the archive"
    )
    parser.parse_args()
    data = Path(get_project_settings()["HARVEST_DATA"])
    remove(data / "ledger.sqlite")
    with Ledger(data) as ledger:
        count = ledger.fill_from(data / "archive")
    sys.stdout.write(f"{data / 'ledger.sqlite'}: {count} runs read from the archive\n")


if __name__ == "__main__":
    main()
