"""The releases that a new one builds on, and whether they are still what they were."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from output.disk import sha256_of
from output.errors import ReleaseError
from output.manifest import FileEntry, Manifest, read_manifest
from output.read import latest_target
from output.schema import SCHEMA_VERSION


@dataclass(frozen=True)
class Release:
    """A release on disk whose manifest can be read."""

    folder: Path
    manifest: Manifest

    def problem_of(self, entry: FileEntry) -> str | None:
        """What is wrong with a file; None while its bytes are those that were published."""
        path = self.folder / entry.path
        try:
            is_same = path.stat().st_size == entry.bytes and sha256_of(path) == entry.sha256
        except OSError as error:
            return f"cannot be read ({error.strerror or error})"
        return None if is_same else f"is damaged{_shared_by(path)}"

    def sound_files(self, tables: Iterable[str], source: str) -> dict[str, FileEntry] | None:
        """The files of a source by table; None unless all are there, of this schema and sound."""
        if self.manifest.schema_version != SCHEMA_VERSION:
            return None
        wanted = set(tables)
        found = {
            t: e for t in wanted for e in self.manifest.tables.get(t, ()) if e.source == source
        }
        is_sound = found.keys() == wanted and not any(map(self.problem_of, found.values()))
        return found if is_sound else None


def _shared_by(path: Path) -> str:
    """An unchanged file is one file in many releases, and so is its damage."""
    others = path.stat().st_nlink - 1
    return f", and is the same file in {others} other releases" if others > 0 else ""


@dataclass
class Base:
    """What of the release before can be built on, looked at once.

    `problems` are told to a person, one line each; `sound` has the SHA-256 (hex) of each file that
    is what its manifest says, by its path in `release`.
    """

    release: Release | None = None
    problems: list[str] = field(default_factory=list)
    sound: dict[str, str] = field(default_factory=dict)

    @property
    def number(self) -> int:
        """The number of that release, 0 where there is none."""
        return self.release.manifest.number if self.release else 0


def look_at_base(data: Path) -> Base:
    """Read the release before whole. One whose manifest is damaged counts as none: then it is the
    newest of those that can be read."""
    latest = latest_target(data)
    base = Base(next(releases_before(data), None))
    if (
        latest is not None
        and latest.exists()
        and (not base.release or base.release.folder != latest)
    ):
        base.problems.append(f"{_why_unreadable(latest)}; it counts as no release")
    if base.release:
        _look_at_files(base, base.release)
    return base


def _why_unreadable(folder: Path) -> str:
    try:
        read_manifest(folder)
    except ReleaseError as error:
        return str(error)
    return f"{folder}: could not be read"


def _look_at_files(base: Base, release: Release) -> None:
    for entry in release.manifest.files:
        problem = release.problem_of(entry)
        if problem:
            base.problems.append(f"{release.folder / entry.path} {problem}; nothing of it is used")
        else:
            base.sound[entry.path] = entry.sha256
    for name, digest in release.manifest.papers.items():
        if _digest(release.folder / name) != digest:
            base.problems.append(f"{release.folder / name} is missing or damaged")


def _digest(path: Path) -> str | None:
    try:
        return sha256_of(path)
    except OSError:
        return None


def releases_before(data: Path) -> Iterator[Release]:
    """The releases whose manifest can be read: the latest one first, then by name, newest first.

    Each is read only when it is asked for.
    """
    latest = latest_target(data)
    others = sorted((data / "releases").glob("[!.]*"), key=lambda folder: folder.name, reverse=True)
    for folder in [*([latest] if latest else []), *(o for o in others if o != latest)]:
        try:
            yield Release(folder, read_manifest(folder))
        except ReleaseError:
            continue
