"""What the extracts depend on: our own code, the libraries that read pages, and the settings."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from pathlib import Path

from scrapy.settings import BaseSettings

from pipelines.replay import LIMITS

ROOT = Path(__file__).resolve().parent.parent
CODE = (
    "cleaning",
    "pipelines",
    "crawlers/platforms",
    "crawlers/items.py",
    "crawlers/reasons.py",
    "crawlers/challenge.py",
)
CODE_ENDINGS = {".py", ".tsv", ".json", ".toml"}
"""Code, and the tables of weights that it reads."""
LIBRARIES = (
    "scrapy",
    "parsel",
    "lxml",
    "beautifulsoup4",
    "trafilatura",
    "htmldate",
    "dateparser",
    "feedparser",
    "py3langid",
    "pypdfium2",
    "pdfplumber",
    "pdfminer.six",
    "phonenumbers",
    "rensa",
    "w3lib",
)
SETTINGS = ("ITEM_PIPELINES", "HARVEST_KEEP_NAMES")


def fingerprint(settings: BaseSettings, sources: Iterable[Path], secret: bytes) -> str:
    """A hash that changes when an extract could: 16 hex digits.

    `sources` are the files of the source's own class; `secret` the key of the pseudonyms.
    """
    digest = hashlib.sha256(secret)
    for file in [*_code_files(), *sources]:
        digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    for library in LIBRARIES:
        digest.update(f"{library}=={version(library)}\n".encode())
    # As plain values: the repr of a group of settings is its address in memory.
    values = settings.copy_to_dict()
    for name in SETTINGS:
        digest.update(f"{name}={values.get(name)!r}\n".encode())
    return digest.hexdigest()[:16]


def limits(settings: BaseSettings) -> str:
    """The limits that a page may have run into, as one text."""
    return " ".join(f"{name}={settings.get(name)}" for name in LIMITS)


def _code_files() -> Iterator[Path]:
    for part in CODE:
        path = ROOT / part
        if path.is_dir():
            yield from sorted(f for f in path.rglob("*") if f.suffix in CODE_ENDINGS)
        else:
            yield path
