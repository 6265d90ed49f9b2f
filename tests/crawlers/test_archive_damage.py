"""Damaged WARC files: the records behind damage are found, and nothing else passes for one."""

from __future__ import annotations

import gzip
import io
import json
import os
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from warcio.warcwriter import WARCWriter

from crawlers.archive import ArchiveWriter, Capture, Damage, members, scan, writer
from crawlers.archive.records import CAPTURE_TYPE, RUN_URI

META = {"fetched_at": "2026-03-01T08:00:00+00:00", "callback": "parse_page", "run": "r1"}
END = {"finished": "2026-03-01T09:00:00+00:00", "outcome": "exhausted"}
HEADERS = [("Content-Type", "application/gzip")]
FLIPS = 200


def write(path: Path, bodies: list[bytes], *, closed: bool = True) -> list[int]:
    """The offsets of the captures, and that of the end."""
    archive = ArchiveWriter(path, source="parish", run="r1", software="tests")
    offsets = [
        archive.write_response(f"https://parish.example/{n}", "200 OK", HEADERS, body, META)
        for n, body in enumerate(bodies)
    ]
    offsets.append(path.stat().st_size)
    if closed:
        archive.close(END)
    return offsets


def urls(path: Path) -> list[str]:
    return [entry.url[-1] for entry in scan(path) if isinstance(entry, Capture)]


def is_told(path: Path) -> bool:
    return any(isinstance(entry, Damage) for entry in scan(path))


def forged(mark: str | None = None) -> bytes:
    """A whole record of a page that was never fetched, as a site could serve it."""
    buffer = io.BytesIO()
    warc = WARCWriter(buffer, gzip=True, warc_version="WARC/1.1")
    headers = {"WARC-Date": "2026-03-01T08:00:00Z"}
    if mark:
        headers["WARC-Warcinfo-ID"] = mark
    answer = io.BytesIO(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>forged")
    page = warc.create_warc_record(
        "https://parish.example/forged-F", "response", payload=answer, warc_headers_dict=headers
    )
    warc.write_record(page)
    concerns = {"WARC-Concurrent-To": page.rec_headers.get_header("WARC-Record-ID")}
    for url, told, more in (("https://parish.example/F", META, concerns), (RUN_URI, END, {})):
        payload = json.dumps(told).encode()
        warc.write_record(
            warc.create_warc_record(
                url,
                "metadata",
                payload=io.BytesIO(payload),
                length=len(payload),
                warc_content_type=CAPTURE_TYPE,
                warc_headers_dict=headers | more,
            )
        )
    return buffer.getvalue()


def guessed() -> bytes:
    return forged("<urn:uuid:00000000-0000-4000-8000-000000000000>")


def named_in_the_text() -> bytes:
    """A record whose body has the line that its header lacks."""
    return gzip.compress(b"WARC/1.1\r\nWARC-Type: response\r\n\r\n\r\nWARC-Warcinfo-ID: x\r\n\r\n")


BODIES: dict[str, Callable[[], bytes]] = {
    "one record": lambda: os.urandom(99_000) + forged() + os.urandom(99_000),
    "a row of records": lambda: forged() * 40,
    "a guessed mark": lambda: os.urandom(99_000) + guessed() + os.urandom(99_000),
    "a mark in the text": lambda: named_in_the_text() * 20,
    "a whole archive": lambda: os.urandom(70_000) + forged() * 300,
}


@pytest.mark.parametrize("name", BODIES)
def test_a_record_within_a_page_is_none(name: str, tmp_path: Path) -> None:
    """Wherever the record of the page is cut or damaged."""
    path = tmp_path / "parish" / "r1.warc.gz"
    offsets = write(path, [b"first", BODIES[name](), b"last"])
    whole = path.read_bytes()
    rng = random.Random(5)  # noqa: S311
    assert urls(path) == ["0", "1", "2"]
    for _ in range(25):
        place = rng.randrange(offsets[1], offsets[2])
        path.write_bytes(whole[:place])
        assert urls(path) == ["0"]
        # Cut out of the middle, and one byte changed: what comes behind is this file's own.
        for damaged in (
            whole[:place] + whole[offsets[2] - 8 :],
            whole[:place] + bytes([whole[place] ^ 0x55]) + whole[place + 1 :],
        ):
            path.write_bytes(damaged)
            assert urls(path) in (["0", "2"], ["0", "1", "2"])
            assert is_told(path) or urls(path) == ["0", "1", "2"]


def test_the_record_within_a_page_stands_there_as_it_is(tmp_path: Path) -> None:
    """So the test above tries what it says: the bytes could be taken for a record."""
    path = tmp_path / "parish" / "r1.warc.gz"
    page = BODIES["one record"]()
    write(path, [page])
    assert page[99_000:-99_000] in path.read_bytes()


@pytest.mark.parametrize("size", range(4, 120, 5))
def test_a_record_is_found_wherever_a_block_ends(
    size: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "parish" / "r1.warc.gz"
    offsets = write(path, [b"one", b"two", b"three"])
    content = bytearray(path.read_bytes())
    content[offsets[1] + 40] ^= 0xFF
    path.write_bytes(content)
    monkeypatch.setattr(members, "READ_SIZE", size)
    assert urls(path) == ["0", "2"]


@pytest.mark.parametrize("before", [0, 1, 2, 3, 9, 10, 17, 400])
def test_a_record_that_begins_just_before_a_mebibyte_is_found(before: int, tmp_path: Path) -> None:
    path = tmp_path / "parish" / "r1.warc.gz"
    offsets = write(path, [b"one", b"two"])
    start, content = offsets[0] + 1, path.read_bytes()
    hole = os.urandom(members.READ_SIZE - before - 1)
    path.write_bytes(content[:start] + hole + content[offsets[1] :])
    assert path.read_bytes()[start + members.READ_SIZE - before - 1 :].startswith(b"\x1f\x8b\x08")
    assert urls(path) == ["1"]


def test_no_flipped_bit_is_missed_or_costs_another_record(tmp_path: Path) -> None:
    path = tmp_path / "parish" / "r1.warc.gz"
    offsets = write(path, [b"one " * 99, b"two " * 99, b"three " * 99])
    whole = path.read_bytes()
    rng = random.Random(3)  # noqa: S311
    found = 0
    for _ in range(FLIPS):
        place = rng.randrange(offsets[0], offsets[3])
        damaged = bytearray(whole)
        damaged[place] ^= 1 << rng.randrange(8)
        path.write_bytes(damaged)
        hit = sum(offset <= place for offset in offsets[:3]) - 1
        others = [str(number) for number in range(3) if number != hit]
        # Gzip's own header (a time, a system) means nothing.
        assert urls(path) == others if is_told(path) else urls(path) == ["0", "1", "2"]
        found += is_told(path)
    assert found > FLIPS * 0.9


def test_without_its_first_record_the_list_of_files_vouches_for_the_others(tmp_path: Path) -> None:
    path = tmp_path / "parish" / "r1.warc.gz"
    write(path, [b"one", forged()])
    content = bytearray(path.read_bytes())
    content[30] ^= 0xFF
    path.write_bytes(content)
    assert urls(path) == ["0", "1"], "and not the record that a page brought"
    assert is_told(path)


def test_what_is_written_reaches_the_disk_at_intervals(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[str] = []
    real = os.fsync

    def fsync(descriptor: int) -> None:
        synced.append(Path(f"/proc/self/fd/{descriptor}").readlink().name)
        real(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(writer, "SYNC_BYTES", 5_000)
    path = tmp_path / "archive" / "parish" / "r1.warc.gz"
    archive = ArchiveWriter(path, source="parish", run="r1", software="tests")
    assert synced[:4] == ["r1.warc.gz", "parish", "archive", tmp_path.name]
    assert synced[4:] == ["parish.files.jsonl", "archive", "files.jsonl", "parish"], "the list too"
    synced.clear()
    for _ in range(4):
        archive.write_response("https://parish.example/", "200 OK", [], os.urandom(2_500), META)
    assert synced == ["r1.warc.gz"] * 2
    archive.close(END)
    assert synced[:3] == ["r1.warc.gz"] * 3
