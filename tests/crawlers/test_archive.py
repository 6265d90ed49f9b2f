"""WARC files: what is written comes back, and damage is told, never passed over."""

from __future__ import annotations

from pathlib import Path

import pytest
from warcio.checker import Checker

from crawlers.archive import ArchiveWriter, Capture, Damage, RunRecord, read_response, scan

META = {"fetched_at": "2026-03-01T08:00:00.123456+00:00", "callback": "parse_page"}
END = {"finished": "2026-03-01T09:00:00+00:00", "outcome": "exhausted"}
HEADERS = [
    ("Content-Type", "text/html"),
    ("Set-Cookie", "a=1"),
    ("Set-Cookie", "b=2"),
    ("Content-Encoding", "gzip"),
]


def write(path: Path, bodies: list[bytes], *, closed: bool = True) -> list[int]:
    writer = ArchiveWriter(path, source="parish", run="r1", software="tests")
    offsets = [
        writer.write_response(f"https://parish.example/{n}", "200 OK", HEADERS, body, META)
        for n, body in enumerate(bodies)
    ]
    if closed:
        writer.close(END)
    return offsets


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "parish" / "r1.warc.gz"


def test_a_capture_comes_back_as_it_was(path: Path) -> None:
    offsets = write(path, [b"\x1f\x8b raw bytes, coding untouched", b""])

    captures = [entry for entry in scan(path) if isinstance(entry, Capture)]

    assert [c.offset for c in captures] == offsets
    assert captures[0].url == "https://parish.example/0"
    assert (captures[0].status, captures[0].content_type) == (200, "text/html")
    assert captures[0].meta == META
    status, headers, body = read_response(path, offsets[0])
    assert (status, body) == (200, b"\x1f\x8b raw bytes, coding untouched")
    assert [v for k, v in headers if k == "Set-Cookie"] == ["a=1", "b=2"]


def test_the_run_ends_the_file(path: Path) -> None:
    write(path, [b"one"])
    last = list(scan(path))[-1]
    assert isinstance(last, RunRecord)
    assert last.data == END


def test_a_request_without_an_answer_is_kept(path: Path) -> None:
    writer = ArchiveWriter(path, source="parish", run="r1", software="tests")
    writer.write_failure("https://parish.example/", META | {"outcome": "failed", "reason": "dns"})
    writer.close(END)

    [capture] = [entry for entry in scan(path) if isinstance(entry, Capture)]

    assert capture.status is None
    assert capture.meta["reason"] == "dns"


def test_other_tools_read_it(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(path, [b"one", b"two" * 100_000])
    arguments = type("Arguments", (), {"inputs": [str(path)], "verbose": True})()
    assert Checker(arguments).process_all() == 0
    assert "fail" not in capsys.readouterr().out


def test_a_run_never_writes_over_another(path: Path) -> None:
    write(path, [b"one"])
    with pytest.raises(FileExistsError):
        ArchiveWriter(path, source="parish", run="r1", software="tests")


@pytest.mark.parametrize(
    ("name", "value"), [("X-Ünicode", "é"), ("X-Break", "a b"), ("X-Empty", "")]
)
def test_odd_headers_do_not_stop_the_crawl(path: Path, name: str, value: str) -> None:
    writer = ArchiveWriter(path, source="parish", run="r1", software="tests")
    offset = writer.write_response("https://p.example/", "200 OK", [(name, value)], b"x", META)
    writer.close(END)
    assert read_response(path, offset)[2] == b"x"


@pytest.mark.parametrize("cut", range(1, 400, 7))
def test_a_cut_at_any_byte_is_told(path: Path, cut: int) -> None:
    write(path, [b"first " * 50, b"second " * 50], closed=False)
    whole = path.read_bytes()
    path.write_bytes(whole[:-cut])

    found = list(scan(path))

    captures = [e for e in found if isinstance(e, Capture)]
    damage = [e for e in found if isinstance(e, Damage)]
    assert [c.url for c in captures] == ["https://parish.example/0"]
    assert damage, "a file that ends early must never look whole"


def test_what_stands_behind_a_damaged_record_is_found(path: Path) -> None:
    offsets = write(path, [b"one " * 99, b"two " * 99, b"three " * 99])
    damaged = bytearray(path.read_bytes())
    damaged[offsets[1] + 50] ^= 0xFF
    path.write_bytes(damaged)

    found = list(scan(path))

    assert [e.url[-1] for e in found if isinstance(e, Capture)] == ["0", "2"]
    assert [e.offset for e in found if isinstance(e, Damage)] == [offsets[1]]


@pytest.mark.parametrize("offset", [0, 3, 10_000_000])
def test_reading_at_a_wrong_offset_says_so(path: Path, offset: int) -> None:
    write(path, [b"one"])
    with pytest.raises(ValueError, match="record"):
        read_response(path, offset)
