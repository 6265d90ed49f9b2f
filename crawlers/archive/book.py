"""The book of a source's archive: which WARC files there are, their sizes and SHA-256.

It tells what nothing else can: that a file is lost or was changed. Each line is a JSON object with
a checksum, and lines are only ever added, on the disk before anything depends on them. The book is
kept twice, as `archive/<source>.files.jsonl` and `archive/<source>/files.jsonl`, so that a lost
folder and a lost book are both noticed; each copy mends the other.
"""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from output.disk import sha256_of, sync_folder

ENDING = ".files.jsonl"
COPY = "files.jsonl"
OPENED, CLOSED, ADOPTED = "opened", "closed", "adopted"
REPLACED, ACKNOWLEDGED, FORGOTTEN = "replaced", "acknowledged", "forgotten"
EVENTS = frozenset({OPENED, CLOSED, ADOPTED, REPLACED, ACKNOWLEDGED, FORGOTTEN})
"""A run began or ended its file; a file was there without a line; code wrote it anew; a person
took note that it is lost or changed, and lets the rows stay or go that only it could give."""
ALTERED = frozenset({ACKNOWLEDGED, FORGOTTEN})


@dataclass(frozen=True, slots=True)
class Entry:
    """A line: what became of a file, and what it was then.

    `number` counts the lines from 1; `at` is ISO, UTC. `bytes` and `sha256` (hex) are None for a
    file that is still being written, or is lost. `mark` is the id of its `warcinfo`.
    """

    number: int
    at: str
    event: str
    file: str
    bytes: int | None = None
    sha256: str | None = None
    mark: str | None = None

    def to_line(self) -> str:
        text = json.dumps(asdict(self), ensure_ascii=False)
        return f'{text[:-1]}, "sum": "{_sum(text)}"}}\n'


def _sum(text: str) -> str:
    return f"{zlib.crc32(text.encode()):08x}"


def _read_line(line: str) -> Entry | None:
    """An entry; None for a line that is not what was written."""
    try:
        told: dict[str, Any] = json.loads(line)
        said = told.pop("sum")
        entry = Entry(**told)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
    return entry if said == _sum(json.dumps(asdict(entry), ensure_ascii=False)) else None


class Book:
    """The book of one source, as it is now. Raises OSError if it cannot be read or written.

    `notes` tell what was wrong with the book itself, one line each.
    """

    def __init__(self, archive: Path, source: str) -> None:
        self.folder = archive / source
        self.places = (archive / f"{source}{ENDING}", self.folder / COPY)
        self.notes: list[str] = []
        copies = [dict(_entries(place)) for place in self.places]
        self._lines: dict[int, Entry] = dict(sorted((copies[1] | copies[0]).items()))
        self._stale = [
            place for place, copy in zip(self.places, copies, strict=True) if copy != self._lines
        ]
        self.is_new = not self._lines

    @property
    def files(self) -> Mapping[str, Entry]:
        """The last line of each file, in the order in which they were begun."""
        found: dict[str, Entry] = {}
        for entry in self._lines.values():
            found[entry.file] = entry
        return found

    def mark_of(self, file: str) -> str | None:
        """The mark of a file's records, which its own first record may no longer tell."""
        marks = (e.mark for e in self._lines.values() if e.file == file and e.mark)
        return next(marks, None)

    def note(
        self,
        event: str,
        file: str,
        *,
        size: int | None = None,
        sha256: str | None = None,
        mark: str | None = None,
    ) -> None:
        """Add a line, in both places, and wait until it is on the disk."""
        number = max(self._lines, default=0) + 1
        at = datetime.now(UTC).isoformat(timespec="seconds")
        entry = Entry(number, at, event, file, size, sha256, mark)
        self._lines[number] = entry
        if self._stale:
            self._write_anew()
            return
        for place in self.places:
            if place.parent.is_dir():
                _append(place, entry.to_line())

    def note_file(self, event: str, file: str) -> None:
        """Add a line with the size and SHA-256 that a file has now; of a lost one, without."""
        path = self.folder / file
        if path.is_file():
            self.note(event, file, size=path.stat().st_size, sha256=sha256_of(path))
        else:
            self.note(event, file)

    def mend(self) -> None:
        """Make both copies whole; says so where one of them was damaged or lost."""
        holes = max(self._lines, default=0) - len(self._lines)
        if holes:
            told = "line is" if holes == 1 else "lines are"
            self.notes.append(f"{self.places[0]}: {holes} {told} damaged in both copies")
            entries = enumerate(self._lines.values(), start=1)
            self._lines = {number: replace(entry, number=number) for number, entry in entries}
            self._write_anew()
        stale = [place for place in self._stale if place.parent.is_dir() and not self.is_new]
        if stale:
            names = " and ".join(map(str, stale))
            self.notes.append(f"{names}: damaged or missing, and written anew from the other copy")
            self._write_anew()

    def _write_anew(self) -> None:
        text = "".join(entry.to_line() for entry in self._lines.values())
        for place in self.places:
            if place.parent.is_dir():
                fresh = place.with_name(f".{place.name}.new")
                fresh.unlink(missing_ok=True)
                _append(fresh, text)
                fresh.replace(place)
                sync_folder(place.parent)
        self._stale = []


def _entries(place: Path) -> Iterator[tuple[int, Entry]]:
    if not place.is_file():
        return
    text = place.read_bytes().decode("utf-8", "replace")
    for line in text.splitlines():
        entry = _read_line(line)
        if entry is not None:
            yield entry.number, entry


def _append(place: Path, text: str) -> None:
    is_new = not place.exists()
    with place.open("ab+") as file:
        # A kill may have left half a line.
        if file.tell():
            file.seek(-1, os.SEEK_END)
            text = text if file.read(1) == b"\n" else f"\n{text}"
        file.write(text.encode())
        file.flush()
        os.fsync(file.fileno())
    if is_new:
        sync_folder(place.parent)


@dataclass(frozen=True, slots=True)
class Standing:
    """What the book says of a source's files.

    `problems` (one line each) want a person: a file is lost or changed. `altered` are all files
    that are not what they were, with a problem or acknowledged; `forgotten` those of them whose
    rows go.
    """

    notes: list[str]
    problems: dict[str, str]
    altered: frozenset[str]
    forgotten: frozenset[str]


def settle(archive: Path, source: str, files: list[Path]) -> Standing:
    """Bring the book up to date with the WARC `files` of a source, and compare them.

    Files without a line are adopted; what a killed run left is closed. Only for who holds the data
    folder alone: a file that is being written would be closed.
    """
    book = Book(archive, source)
    book.mend()
    notes, problems = book.notes, {}
    present = {path.name: path for path in files}
    notes += _adopt(book, present)
    for name, entry in book.files.items():
        if entry.event == OPENED and name in present:
            book.note_file(CLOSED, name)
        elif problem := _problem(entry, present.get(name)):
            problems[name] = f"{archive / source / name} {problem}"
    acknowledged = {n for n, e in book.files.items() if e.event in ALTERED}
    forgotten = {n for n, e in book.files.items() if e.event == FORGOTTEN}
    return Standing(
        notes, problems, frozenset({*problems, *acknowledged}), frozenset(forgotten - {*problems})
    )


def _adopt(book: Book, present: Mapping[str, Path]) -> Iterator[str]:
    new = [name for name in present if _is_unknown(book.files.get(name))]
    was_new = book.is_new
    for name in new:
        book.note_file(ADOPTED, name)
    if new:
        why = "there was no list of them" if was_new else "they were not in the list"
        yield f"{book.places[0]}: {len(new)} WARC files added, for {why}"


def _is_unknown(entry: Entry | None) -> bool:
    """Whether a file that is there needs a line: it has none, or one that says that it is lost."""
    return entry is None or (entry.event in ALTERED and entry.sha256 is None)


def _problem(entry: Entry, path: Path | None) -> str | None:
    if path is None:
        is_known = entry.event in ALTERED and entry.sha256 is None
        return None if is_known else "is missing"
    size = path.stat().st_size
    if size != entry.bytes:
        return f"has {size} bytes, and had {entry.bytes} when it was closed"
    return None if sha256_of(path) == entry.sha256 else "is not what it was when it was closed"
