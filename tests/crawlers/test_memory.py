"""What stands in for a request, and what does not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from scrapy.http import Request
from scrapy.settings import Settings

from crawlers.archive import ArchiveWriter
from crawlers.ledger import Held, Ledger, read_archive
from crawlers.memory import CUT_SHORT, SAME_VERSION, STILL_ABSENT, Memory

URL = "https://parish.example/notes/weir/"
NOW = datetime(2026, 3, 20, 8, tzinfo=UTC)
HEADERS = [("Content-Type", "text/html"), ("ETag", '"w1"'), ("Last-Modified", "Thu, 5 Mar 2026")]


def held(status: int = 200, *, version: str | None = "v1", callback: str | None = "parse") -> Held:
    moment = "2026-03-19T08:00:00+00:00"
    return Held(
        *(URL, "r1", status, callback, "{}", moment, version, '"w1"', None, "sha1:X", "f", 9)
    )


def ask(**meta: Any) -> Request:
    return Request(URL, meta=meta)


@pytest.mark.parametrize(
    ("found", "resumed", "good", "full", "meta", "why"),
    [
        (held(), True, False, True, {}, CUT_SHORT),
        (held(404), True, False, True, {}, CUT_SHORT),
        (held(503), True, False, True, {}, None),
        (held(403), True, False, True, {}, None),
        (held(429), True, False, True, {}, None),
        (held(callback=None), True, False, True, {}, None),
        (held(), False, True, False, {"version": "v1"}, SAME_VERSION),
        (held(), False, True, False, {"version": "v2"}, None),
        (held(), False, True, True, {"version": "v1"}, None),
        (held(), False, False, False, {"version": "v1"}, None),
        (held(version=None), False, True, False, {}, None),
        (held(404), False, True, False, {"version": "v1"}, None),
        (held(404), False, True, False, {"probe": True}, STILL_ABSENT),
        (held(404), False, True, True, {"probe": True}, None),
        (held(404), False, False, False, {"probe": True}, None),
        (held(404), False, True, False, {}, None),
        (held(500), False, True, False, {"probe": True}, None),
        (held(), True, True, False, {"playwright": True}, None),
        (held(), True, True, False, {"forget": True}, None),
    ],
    ids=[
        "cut short",
        "cut short, absent",
        "an error may have passed",
        "a refusal may have passed",
        "so may a storm",
        "robots.txt is always asked for",
        "the same version",
        "another version",
        "a full run takes no list's word",
        "nor any run a spoiled run's",
        "no version",
        "absent pages have no version",
        "an absent interface",
        "a full run asks for it",
        "after a spoiled run it is asked for",
        "an absent page is asked for",
        "an error is no absence",
        "what a browser renders",
        "what could not be read back",
    ],
)
def test_what_the_archive_answers(
    found: Held, resumed: bool, good: bool, full: bool, meta: dict[str, Any], why: str | None
) -> None:
    runs = frozenset({"r1"})
    memory = Memory(
        held={URL: found},
        resumed=runs if resumed else frozenset(),
        confirmed=runs if good else frozenset(),
        is_full=full,
    )
    answer = memory.answer_to(ask(**meta))
    assert (answer[1] if answer else None) == why


def test_only_a_get_is_answered() -> None:
    memory = Memory(held={URL: held()}, resumed=frozenset({"r1"}))
    assert memory.answer_to(Request(URL, method="POST")) is None
    assert memory.answer_to(Request(URL + "?page=2")) is None


def test_validators_are_those_of_the_address_asked_for() -> None:
    memory = Memory(held={URL: held()})
    request = ask()
    assert memory.add_validators(request) == held()
    assert request.headers["If-None-Match"] == b'"w1"'
    # A redirect copies the headers to another address.
    elsewhere = request.replace(url="https://parish.example/other/")
    assert memory.add_validators(elsewhere) is None
    assert "If-None-Match" not in elsewhere.headers


def write_run(data: Path, started: datetime, outcome: str | None, url: str = URL) -> str:
    name = started.strftime("%Y%m%dT%H%M%SZ")
    path = data / "archive" / "parish" / f"{name}.warc.gz"
    writer = ArchiveWriter(path, source="parish", run=name, software="tests")
    meta = {"fetched_at": started.isoformat(), "callback": "parse_page", "run": name}
    writer.write_response(url, "200 OK", HEADERS, b"The weir", meta)
    if outcome:
        end = (started + timedelta(hours=1)).isoformat()
        said = {"started": started.isoformat(), "finished": end, "outcome": outcome}
        writer.close(said | {"is_full": True, "inventories": {"article": {"5": "v1"}}})
    with Ledger(data) as ledger:
        ledger.fill_from(data / "archive")
    return name


def load(data: Path, **settings: Any) -> Memory:
    given = {"ARCHIVE_FILE": "x", "HARVEST_DATA": str(data), "RESUME_WITHIN": 86400, **settings}
    return Memory.load(Settings(given), "parish", timedelta(days=28), now=NOW)


@pytest.mark.parametrize(
    ("runs", "resumed"),
    [
        ([(2, "exhausted")], []),
        ([(2, None)], [0]),
        ([(2, "truncated")], [0]),
        ([(2, "blocked")], []),
        ([(2, "failed")], []),
        ([(9, "exhausted"), (5, None), (2, "truncated")], [1, 2]),
        ([(9, None), (5, "blocked"), (2, None)], [2]),
        ([(30, None), (2, None)], [1]),
    ],
    ids=["good", "killed", "limit", "blocked", "failed", "two", "not beyond a refusal", "too old"],
)
def test_which_runs_are_gone_on_with(
    tmp_path: Path, runs: list[tuple[int, str | None]], resumed: list[int]
) -> None:
    names = [write_run(tmp_path, NOW - timedelta(hours=ago), outcome) for ago, outcome in runs]
    assert load(tmp_path).resumed == {names[n] for n in resumed}
    assert load(tmp_path, HARVEST_FRESH=True).resumed == frozenset()


@pytest.mark.parametrize(
    ("ago", "given", "is_full"),
    [
        (1, {}, False),
        (27, {}, False),
        (29, {}, True),
        (1, {"HARVEST_FULL": True}, True),
        (-900, {}, True),
    ],
    ids=["yesterday", "four weeks", "longer", "asked for", "in the future"],
)
def test_a_full_run_from_time_to_time(
    tmp_path: Path, ago: int, given: dict[str, Any], is_full: bool
) -> None:
    write_run(tmp_path, NOW - timedelta(days=ago), "exhausted")
    memory = load(tmp_path, **given)
    assert memory.is_full == is_full
    assert memory.inventories == ({} if is_full else {"article": {"5": "v1"}})


def test_without_an_archive_there_is_no_memory(tmp_path: Path) -> None:
    write_run(tmp_path, NOW - timedelta(hours=2), None)
    assert load(tmp_path, ARCHIVE_FILE=None) == Memory()


def test_a_run_of_the_future_is_told(tmp_path: Path) -> None:
    write_run(tmp_path, NOW + timedelta(days=900), "exhausted")
    (line,) = read_archive(tmp_path, NOW)
    assert line.startswith("parish: its last run is dated ")
    assert "is the clock right?" in line
    assert list(read_archive(tmp_path, NOW + timedelta(days=901))) == []


def test_a_damaged_ledger_is_told_and_filled_again(tmp_path: Path) -> None:
    write_run(tmp_path, NOW - timedelta(days=3), "exhausted")
    assert list(read_archive(tmp_path, NOW)) == []
    (tmp_path / "ledger.sqlite").write_bytes(b"rubbish" * 999)
    (line,) = read_archive(tmp_path, NOW)
    assert line.endswith("it is made anew")
    with Ledger(tmp_path) as ledger:
        assert len(ledger.runs("parish")) == 1


def test_a_run_whose_file_is_gone_is_forgotten(tmp_path: Path) -> None:
    first = write_run(tmp_path, NOW - timedelta(days=3), "exhausted")
    write_run(tmp_path, NOW - timedelta(days=2), "exhausted", url=URL + "?page=2")
    (tmp_path / "archive" / "parish" / f"{first}.warc.gz").unlink()
    with Ledger(tmp_path) as ledger:
        assert ledger.fill_from(tmp_path / "archive") == 0
        assert list(ledger.held("parish")) == [URL + "?page=2"]
        assert first not in {run.run for run in ledger.runs("parish")}
        assert ledger.inventories("parish", first) == {}


def test_unasked_pages(tmp_path: Path) -> None:
    pages = {
        "met": held(),
        "seen": held(),
        "gone": held(404),
        "moved": held(301),
        "feed": held(callback="parse_feed"),
    }
    memory = Memory(
        held={k: Held(k, *_rest(v)) for k, v in pages.items()}, confirmed=frozenset({"r1"})
    )
    memory.asked.add("met")
    assert [h.url for h in memory.unasked("parse")] == ["seen"]
    # That a page is gone is only settled by a run that saw everything.
    memory.confirmed = frozenset()
    assert [h.url for h in memory.unasked("parse")] == ["seen", "gone"]


def _rest(of: Held) -> list[Any]:
    return [getattr(of, name) for name in list(Held.__slots__)[1:]]
