"""What pages that kill the parser may cost a build, and archives that others wrote in."""

from __future__ import annotations

import gzip
import json
from io import BytesIO
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

import pipelines.pool
from crawlers import reasons
from crawlers.archive import ArchiveWriter, Capture, Damage, read_response, scan
from tests.harvesting import rows
from tests.pipelines.archives import build_archive, data_of, settings_for, write_run

BODY = b"a: b"
META = {"fetched_at": "2026-03-01T08:00:00+00:00", "callback": "parse_page"}


def test_a_source_that_kills_every_worker_is_left_unread(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipelines.pool, "LOSSES", 2)
    monkeypatch.setattr(pipelines.pool, "BATCH", 3)
    monkeypatch.setattr(pipelines.pool, "QUEUED", 1)
    settings = settings_for(tmp_path)
    orders = ["fine", *["exit"] * 5]
    write_run(
        settings,
        "brittle",
        [{"url": f"https://brittle.example/{n}", "body": o} for n, o in enumerate(orders)],
    )

    build_archive(settings)

    data = data_of(settings)
    assert [d["title"] for d in rows(data, "documents")] == ["fine"]
    found = {json.loads(q["row"])["url"][-1]: q["reason"] for q in rows(data, "quarantine")}
    dead, left = reasons.PARSER_DIED, reasons.NOT_READ
    assert found == {"1": dead, "2": dead, "3": left, "4": left, "5": left}


def _foreign(path: Path) -> None:
    """A file of ours to which another tool has added records of its own."""
    ours = ArchiveWriter(path, source="parish", run="r1", software="tests")
    ours.write_response("https://parish.example/1", "200 OK", [], b"one", META)
    with path.open("ab") as file:
        writer = WARCWriter(file, gzip=True)
        for url, kind, http in [
            ("dns:parish.example", "response", None),
            ("ftp://parish.example/a", "resource", None),
            ("https://parish.example/r", "request", "GET / HTTP/1.1"),
            ("https://parish.example/x", "response", "HTTP/1.1 none of yours"),
            ("https://parish.example/c", "conversion", None),
        ]:
            head = (
                StatusAndHeaders(http.partition(" ")[2], [], http.partition(" ")[0])
                if http
                else None
            )
            record = writer.create_warc_record(url, kind, payload=BytesIO(BODY), http_headers=head)
            writer.write_record(record)
        for kind in ("application/warc-fields", "application/json"):
            writer.write_record(
                writer.create_warc_record(
                    "https://parish.example/m",
                    "metadata",
                    payload=BytesIO(BODY),
                    warc_content_type=kind,
                )
            )
        file.write(gzip.compress(b"") + gzip.compress(b"no record at all"))
    last = ArchiveWriter(path.with_name("r2.warc.gz"), source="parish", run="r2", software="t")
    last.write_response("https://parish.example/2", "200 OK", [], b"two", META)
    with path.open("ab") as file:
        file.write(last.path.read_bytes())


def test_records_of_other_tools_are_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "parish" / "r1.warc.gz"
    _foreign(path)

    entries = list(scan(path))

    captures = [entry for entry in entries if isinstance(entry, Capture) and entry.status == 200]
    assert [c.url[-1] for c in captures] == ["1", "2"]
    assert [read_response(path, c.offset)[2] for c in captures] == [b"one", b"two"]
    damaged = [entry for entry in entries if isinstance(entry, Damage)]
    assert all(path.stat().st_size > entry.offset > 0 for entry in damaged)
