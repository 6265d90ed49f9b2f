"""manifest.json: what a release consists of, so that anybody can check that it is whole."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from output.errors import ReleaseError

MANIFEST = "manifest.json"
DIGEST = "sha256"


@dataclass(frozen=True)
class FileEntry:
    """One Parquet file; `path` is relative to the release, `sha256` is hex."""

    path: str
    source: str
    rows: int
    bytes: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """The files of a release by table, and how the crawl of each source went.

    `number` counts the releases of a data folder from 1, whatever the clock says; `pseudonyms`
    names the key that they were made with (null: names are kept; "": not told); `papers` has the
    SHA-256 (hex) of each file that is no table. The file itself has the SHA-256 of its other
    entries as sorted JSON without white space, so that damage to it shows.
    """

    release: str
    schema_version: str
    code_version: str
    created: str
    tables: Mapping[str, tuple[FileEntry, ...]]
    sources: Mapping[str, Mapping[str, object]]
    number: int = 0
    pseudonyms: str | None = ""
    papers: Mapping[str, str] = field(default_factory=dict)

    @property
    def files(self) -> Iterator[FileEntry]:
        """Every file of every table."""
        for entries in self.tables.values():
            yield from entries

    def rows(self, table: str, source: str | None = None) -> int:
        """Rows of a table, of one source or of all."""
        entries = self.tables.get(table, ())
        return sum(entry.rows for entry in entries if source in (None, entry.source))

    def to_json(self) -> str:
        """JSON with sorted keys; ReleaseError for an outcome that JSON cannot say."""
        try:
            told = json.loads(json.dumps(asdict(self), allow_nan=False, default=_say_time))
        except (TypeError, ValueError) as error:
            raise ReleaseError(
                f"the outcome of a source cannot be written as JSON: {error}"
            ) from error
        told[DIGEST] = digest_of(told)
        return json.dumps(told, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def digest_of(told: Mapping[str, object]) -> str:
    """The SHA-256 (hex) that a manifest with these entries ends with."""
    rest = {name: value for name, value in told.items() if name != DIGEST}
    text = json.dumps(rest, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _say_time(value: object) -> str:
    if isinstance(value, datetime):
        return utc_text(value)
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{value!r} is {type(value).__name__}")


def utc_text(moment: datetime) -> str:
    """An aware time as ISO 8601 in UTC; ReleaseError for a naive one."""
    if moment.utcoffset() is None:
        raise ReleaseError(f"{moment!r} is naive: give it a time zone, such as UTC")
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def read_manifest(release: Path) -> Manifest:
    """Read the manifest of a release folder; ReleaseError when it is missing or damaged."""
    path = release / MANIFEST
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        # Releases of earlier versions have none.
        if told.get(DIGEST, expected := digest_of(told)) != expected:
            raise ValueError("its checksum does not match")
        told.pop(DIGEST, None)
        tables = {
            table: tuple(FileEntry(**entry) for entry in entries)
            for table, entries in told.pop("tables").items()
        }
        return Manifest(tables=tables, **told)
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise ReleaseError(f"{path}: is missing or damaged ({error})") from error
