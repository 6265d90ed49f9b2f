"""Write a release, check it, and make it the latest in one atomic step; find and read releases."""

import os
import re
import shutil
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from output.before import Base, Release, look_at_base, releases_before
from output.card import CARD, dataset_card
from output.check import check_release, partition
from output.dictionary import DICTIONARY, data_dictionary
from output.disk import (
    check_writable,
    explain_disk_errors,
    sha256_of,
    sync_folder,
    sync_folders,
    write_durably,
)
from output.errors import ReleaseError, RowError
from output.lock import PublishLock
from output.manifest import MANIFEST, FileEntry, Manifest, utc_text
from output.read import latest_release, read_rows
from output.rows import Row
from output.schema import SCHEMA_VERSION, TABLES
from output.tables import write_table

__all__ = [
    "ReleaseError",
    "ReleaseWriter",
    "RowError",
    "check_release",
    "check_writable",
    "latest_release",
    "read_rows",
]

# It becomes the name of a folder, and readers guess its type from it: "12" would be a number.
SOURCE_NAME = re.compile(r"[a-z][a-z0-9_-]*")
FULL_EVERY = 10
"""Every so many releases one shares no file with those before it: what damages a file damages all
releases that link to it."""


class ReleaseWriter:
    """Writes one release; nobody sees any of it before `publish` has checked all of it.

    Use it in a `with` statement, or call `discard` when `publish` is not reached: the writer holds
    the lock of the data folder. Not for use by several threads.
    """

    def __init__(
        self,
        data: Path,
        *,
        created: datetime,
        code_version: str,
        sources: Sequence[str],
        base: Base | None = None,
        full_every: int = FULL_EVERY,
        pseudonyms: str | None = "",
    ) -> None:
        """Lock `data`, clear away what a killed process left behind, and look at what is there.

        `created` must be aware; its UTC time becomes the name. `base` is what was found of the
        release before, if that was looked at already. Every `full_every`th release shares no file
        with others (0: never); `pseudonyms` names the key that they were made with. Raises
        ReleaseError when another process is writing a release, a name does not do, or the folder
        cannot be written.
        """
        self._data = data
        self._full_every = full_every
        self._pseudonyms = pseudonyms
        self._created = utc_text(created)
        self._code_version = code_version
        self._sources = _usable_names(sources)
        self._rows: dict[tuple[str, str], int] = {}
        self._is_over = False
        releases = data / "releases"
        with explain_disk_errors(data):
            releases.mkdir(parents=True, exist_ok=True)
        self._lock = PublishLock(data / ".publish.lock")
        try:
            with explain_disk_errors(releases):
                _clear_leftovers(data)
                self.name = _free_name(releases, created)
                self._folder = releases / f".{self.name}.partial"
                self._folder.mkdir()
                self._base = base or look_at_base(data)
        except BaseException:
            self._lock.release()
            raise

    @property
    def problems(self) -> list[str]:
        """What is damaged in the release before, one line each; nothing of it is built on."""
        return self._base.problems

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.discard()

    def write(self, table: str, source: str, rows: Iterable[Row]) -> int:
        """Write all rows of a source in a table, streamed, and return their number.

        They must come sorted by the table's `sort_by`. Raises RowError for a row that breaks the
        schema and ReleaseError for the disk or a second call; what `rows` raises passes through.
        After any of these the same table and source can be written again.
        """
        self._refuse_when_over()
        if table not in TABLES or source not in self._sources:
            raise ReleaseError(f"table {table}, source {source}: not part of this release")
        if (table, source) in self._rows:
            raise ReleaseError(f"table {table}, source {source}: written already")
        count = write_table(TABLES[table], source, rows, self._folder / partition(table, source))
        self._rows[table, source] = count
        return count

    def keep(self, tables: Iterable[str], source: str) -> str | None:
        """Take tables of a source over from the last release that has them whole; return its name.

        None if there is none of this schema: what does not verify is not kept.
        """
        self._refuse_when_over()
        wanted = tuple(tables)
        for release in releases_before(self._data):
            entries = release.sound_files(wanted, source)
            if entries is not None:
                self._copy(release, entries, source)
                return release.folder.name
        return None

    def _copy(self, release: Release, entries: Mapping[str, FileEntry], source: str) -> None:
        with explain_disk_errors(self._folder):
            for table, entry in entries.items():
                new = self._folder / partition(table, source)
                new.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(release.folder / entry.path, new)
                if sha256_of(new) != entry.sha256:
                    raise ReleaseError(f"{new}: was not copied as it is; run again")
                self._rows[table, source] = entry.rows

    def publish(self, outcomes: Mapping[str, Mapping[str, object]]) -> Path:
        """Complete and check the release, make it the latest, and return its folder.

        `outcomes` says of every source how its crawl went (`outcome`, `reason` and whatever else
        JSON can say); it goes into the manifest. A table that was not written for a source has no
        rows. Any failure raises ReleaseError, leaves `latest` as it was and removes the folder;
        only when the disk fails to confirm the switch itself, the checked release stays.
        """
        self._refuse_when_over()
        release = self._data / "releases" / self.name
        try:
            with explain_disk_errors(self._folder):
                self._complete(outcomes)
                check_release(self._folder)
                self._put_in_place(release)
            return release
        finally:
            self.discard()

    def discard(self) -> None:
        """Remove what is not published and give the lock back; a second call does nothing."""
        if self._is_over:
            return
        self._is_over = True
        # What cannot be removed now is cleared away by the next writer.
        shutil.rmtree(self._folder, ignore_errors=True)
        self._lock.release()

    def _refuse_when_over(self) -> None:
        if self._is_over:
            raise ReleaseError(f"release {self.name}: published or discarded already")

    def _complete(self, outcomes: Mapping[str, Mapping[str, object]]) -> None:
        odd = set(outcomes) ^ set(self._sources)
        if odd:
            raise ReleaseError(f"outcome missing, or of no source here: {', '.join(sorted(odd))}")
        for table in TABLES:
            for source in self._sources:
                if (table, source) not in self._rows:
                    self.write(table, source, ())
        manifest = Manifest(
            release=self.name,
            schema_version=SCHEMA_VERSION,
            code_version=self._code_version,
            created=self._created,
            tables={table: self._entries(table) for table in TABLES},
            sources=outcomes,
            number=self._base.number + 1,
            pseudonyms=self._pseudonyms,
        )
        if not self._full_every or manifest.number % self._full_every:
            self._link_unchanged(manifest)
        papers = {CARD: dataset_card(self._folder, manifest), DICTIONARY: data_dictionary()}
        for name, text in papers.items():
            write_durably(self._folder / name, text)
        digests = {name: sha256_of(self._folder / name) for name in papers}
        write_durably(self._folder / MANIFEST, replace(manifest, papers=digests).to_json())
        sync_folders(self._folder)

    def _entries(self, table: str) -> tuple[FileEntry, ...]:
        entries = []
        for source in self._sources:
            path = self._folder / partition(table, source)
            entry = FileEntry(
                path=partition(table, source),
                source=source,
                rows=self._rows[table, source],
                bytes=path.stat().st_size,
                sha256=sha256_of(path),
            )
            entries.append(entry)
        return tuple(entries)

    def _link_unchanged(self, manifest: Manifest) -> None:
        if self._base.release is None:
            return
        for entry in manifest.files:
            # The bytes decide: an old file that rotted must not replace a good one.
            if self._base.sound.get(entry.path) == entry.sha256:
                old, new = self._base.release.folder / entry.path, self._folder / entry.path
                spare = new.with_suffix(".link")
                # Without hard links (another disk, FAT, a forbidding mount) the new file does.
                with suppress(OSError):
                    os.link(old, spare)
                    spare.replace(new)
                spare.unlink(missing_ok=True)

    def _put_in_place(self, release: Path) -> None:
        partial = self._folder
        partial.rename(release)
        try:
            sync_folder(release.parent)
            _switch_latest(self._data, release)
        except BaseException:
            if latest_release(self._data) != release:
                release.rename(partial)
            raise
        sync_folder(self._data)


def _usable_names(sources: Sequence[str]) -> tuple[str, ...]:
    bad = [name for name in sources if not SOURCE_NAME.fullmatch(name)]
    if bad:
        raise ReleaseError(f"{bad[0]!r} is no name of a source: lower case, digits, _ and - only")
    if not sources:
        raise ReleaseError("a release needs at least one source")
    return tuple(sorted(set(sources)))


def _clear_leftovers(data: Path) -> None:
    """Whoever holds the lock is alone: what is half done belongs to a process that was killed."""
    for partial in (data / "releases").glob(".*.partial"):
        shutil.rmtree(partial)
    for link in data.glob(".latest.*"):
        link.unlink()


def _free_name(releases: Path, created: datetime) -> str:
    first = created.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    name, number = first, 1
    while os.path.lexists(releases / name):
        number += 1
        name = f"{first}-{number}"
    return name


def _switch_latest(data: Path, release: Path) -> None:
    """Point `latest` at the release: a rename over the old link, so there is always one."""
    spare = data / f".latest.{release.name}"
    spare.symlink_to(release.relative_to(data))
    try:
        spare.replace(data / "latest")
    except BaseException:
        spare.unlink(missing_ok=True)
        raise
