"""What must be true of a data folder after each kill, and at the end."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from crawlers.archive import Capture, Damage, scan
from output.release import check_release, latest_release, read_rows
from output.schema import TABLES

Row = dict[str, Any]

COMPARED = ("documents", "comments", "list_entries", "links", "boilerplate")
"""The tables that tell of the site, and not of how it was crawled."""
OF_THE_CRAWL = {
    *("retrieved_at", "warc_file", "warc_offset"),
    *("first_seen", "last_seen", "last_changed"),
}
"""Columns that tell when and where from. `version` is none: being killed changes no document."""


def site_rows(data: Path) -> dict[str, list[str]]:
    """The rows of the latest release that tell of the site, each as JSON, sorted."""
    release = latest_release(data)
    assert release is not None
    return {
        table: sorted(_as_text(row) for row in read_rows(release, table)) for table in COMPARED
    } | {"quarantine": sorted(map(_as_text, _quarantined(release)))}


def _as_text(row: Row) -> str:
    return json.dumps(_of_the_site(row), sort_keys=True, default=str)


def _of_the_site(row: Row) -> Row:
    return {k: v for k, v in row.items() if k not in OF_THE_CRAWL}


def _quarantined(release: Path) -> list[Row]:
    """What the site said and was taken out; a record that a kill cut says nothing of the site."""
    told = []
    for row in read_rows(release, "quarantine"):
        if row["table"] != "fetches":
            inner = _of_the_site(json.loads(str(row["row"])))
            # The id counts the place in the archive in.
            told.append(row | {"row": inner, "quarantine_id": None})
    return told


def captures(data: Path) -> set[tuple[str, int]]:
    """File below the archive and offset of each capture that can be read."""
    archive = data / "archive"
    return {
        (entry.path.relative_to(archive).as_posix(), entry.offset)
        for path in sorted(archive.glob("*/*.warc.gz"))
        for entry in scan(path)
        if isinstance(entry, Capture)
    }


@dataclass(slots=True)
class Witness:
    """Looks at a data folder after each kill, and remembers what was there."""

    data: Path
    files: dict[Path, bytes] = field(default_factory=dict)
    has_release: bool = False

    def look(self) -> None:
        """Assert that nothing was lost since the last look, and that `latest` is whole."""
        for path, content in self.files.items():
            # Each run has a file of its own, so those of dead runs never change again.
            assert path.read_bytes() == content, f"{path.name} has changed"
        for path in (self.data / "archive").glob("*/*.warc.gz"):
            if path not in self.files:
                self._look_at_new(path)
        release = latest_release(self.data)
        if release is None:
            assert not (self.data / "latest").is_symlink(), "`latest` leads nowhere"
            assert not self.has_release, "`latest` has gone"
        else:
            check_release(release)
            self.has_release = True

    def _look_at_new(self, path: Path) -> None:
        self.files[path] = path.read_bytes()
        entries = list(scan(path))
        while entries and isinstance(entries[-1], Damage):
            entries.pop()  # what was being written
        damage = [entry for entry in entries if isinstance(entry, Damage)]
        assert not damage, f"{path.name}: what had been written is damaged"


def assert_whole(data: Path, wanted: dict[str, list[str]]) -> None:
    """The release is sound and tells of the site what `wanted` says, each row once; and every
    capture of every run is in it."""
    release = latest_release(data)
    assert release is not None
    check_release(release)
    found = site_rows(data)
    for table, rows in wanted.items():
        assert found[table] == rows, f"{table}: {len(found[table])} rows, not {len(rows)}"
    for table in ("documents", "comments"):
        keys = [tuple(r[c] for c in TABLES[table].key) for r in read_rows(release, table)]
        assert len(keys) == len(set(keys)), f"{table}: rows stand there twice"
    fetches = read_rows(release, "fetches")
    told = {(row["warc_file"], row["warc_offset"]) for row in fetches}
    assert told == captures(data), "a capture of the archive is not in the release"
