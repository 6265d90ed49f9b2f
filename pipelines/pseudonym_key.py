"""The key of the pseudonyms: made once, never made anew without a word.

It lies in `<HARVEST_DATA>/pseudonym.key` and never leaves the machine; who keeps it keeps the same
pseudonyms. Each release names the key it was made with, so that a lost, damaged or foreign one is
an error before it changes the name of every commenter.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from pathlib import Path

from scrapy.settings import BaseSettings

from output.before import releases_before
from output.disk import sync_folder
from output.errors import ReleaseError

KEY_FILE = "pseudonym.key"
KEY_BYTES = 32
ADVICE = (
    "Put the former one back from a backup. If it is lost, `scrapy build --new-key` goes on with "
    "another, and every commenter gets another pseudonym."
)


def key_id(key: bytes) -> str:
    """What names a key and does not give it away: 16 hex digits of its SHA-256."""
    return hashlib.sha256(key).hexdigest()[:16]


def read_key(data: Path) -> bytes:
    """The installation's secret key, made at the first call.

    Raises ReleaseError where it is missing although pseudonyms were made with one, or damaged;
    OSError if it cannot be read or written.
    """
    file = data / KEY_FILE
    if not file.exists():
        if _published_with(data) is not None:
            raise ReleaseError(f"{file} is missing, and there are pseudonyms. {ADVICE}")
        _make_key(file)
    key = file.read_bytes()
    if len(key) != KEY_BYTES:
        raise ReleaseError(f"{file} is damaged: {len(key)} bytes, not {KEY_BYTES}. {ADVICE}")
    return key


def key_of(settings: BaseSettings) -> bytes:
    """The key that extracts depend on; none where names are kept."""
    if settings.getbool("HARVEST_KEEP_NAMES"):
        return b""
    return read_key(Path(settings["HARVEST_DATA"]))


def check_key(settings: BaseSettings) -> None:
    """Raise ReleaseError if the pseudonyms of the latest release were made with another key.

    Settings: HARVEST_DATA, HARVEST_KEEP_NAMES (no key is needed), HARVEST_NEW_KEY (whatever key is
    there is right, and a new one is made if there is none).
    """
    if settings.getbool("HARVEST_KEEP_NAMES"):
        return
    data = Path(settings["HARVEST_DATA"])
    file = data / KEY_FILE
    if settings.getbool("HARVEST_NEW_KEY"):
        if not file.exists() or file.stat().st_size != KEY_BYTES:
            file.unlink(missing_ok=True)
            _make_key(file)
        return
    known, key = _published_with(data), read_key(data)
    if known not in {None, "", key_id(key)}:
        raise ReleaseError(
            f"{file} is not the key that the pseudonyms of the latest release were made with. "
            f"{ADVICE}"
        )


def named_key(settings: BaseSettings) -> str | None:
    """What a release is to say of its pseudonyms; None where names are kept."""
    key = key_of(settings)
    return key_id(key) if key else None


def _published_with(data: Path) -> str | None:
    """The id of the key of the newest release that has pseudonyms, "" if it does not name it.

    None if no release has any.
    """
    for release in releases_before(data):
        told = release.manifest.pseudonyms
        if told is not None and (told or release.manifest.rows("comments")):
            return told
    return None


def _make_key(file: Path) -> None:
    """On the disk, with its name, before anything depends on it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_suffix(f".{os.getpid()}.tmp")
    fresh.touch(mode=0o600)
    try:
        with fresh.open("wb") as opened:
            opened.write(secrets.token_bytes(KEY_BYTES))
            opened.flush()
            os.fsync(opened.fileno())
        # Of two processes that make one at the same time, the first wins.
        if not file.exists():
            os.link(fresh, file)
    except FileExistsError:
        pass
    finally:
        fresh.unlink()
    sync_folder(file.parent)
