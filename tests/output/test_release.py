import errno
import json
import os
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from output.errors import ReleaseError, RowError
from output.manifest import read_manifest
from output.release import ReleaseWriter, check_release, latest_release, read_rows
from output.schema import SCHEMA_VERSION, TABLES
from tests.output.examples import (
    EXHAUSTED,
    NAME,
    NOW,
    Row,
    comment,
    document,
    document_id,
    every_table,
    publish,
    quarantined,
)

PART = "documents/source=allotments/part-0.parquet"


def open_writer(data: Path, created: datetime = NOW) -> ReleaseWriter:
    return ReleaseWriter(data, created=created, code_version="0.1.0", sources=["allotments"])


def test_a_release_has_a_file_for_each_table_and_source_and_three_papers(tmp_path: Path) -> None:
    release = publish(tmp_path, every_table("allotments"))
    found = {path.relative_to(release).as_posix() for path in release.rglob("*") if path.is_file()}
    parts = {
        f"{table}/source={source}/part-0.parquet"
        for table in TABLES
        for source in ("allotments", "tool_library")
    }
    assert found == parts | {"manifest.json", "DATASET.md", "data_dictionary.csv"}


def test_latest_is_a_relative_link_to_the_release(tmp_path: Path) -> None:
    release = publish(tmp_path, {})
    assert release == tmp_path / "releases" / NAME
    assert (tmp_path / "latest").readlink() == Path("releases", NAME)
    assert latest_release(tmp_path) == release


def test_a_moved_data_folder_keeps_its_latest(tmp_path: Path) -> None:
    publish(tmp_path / "here", every_table("allotments"))
    (tmp_path / "here").rename(tmp_path / "there")
    release = latest_release(tmp_path / "there")
    assert release is not None
    assert len(list(read_rows(release, "documents"))) == 2


def test_the_manifest_tells_rows_bytes_and_digest_of_each_file(tmp_path: Path) -> None:
    outcomes: Mapping[str, Mapping[str, object]] = {
        "allotments": {"outcome": "exhausted", "finished": NOW, "documents": 2},
        "tool_library": {"outcome": "blocked", "reason": "HTTP 403"},
    }
    release = publish(tmp_path, every_table("allotments"), outcomes=outcomes)
    told = json.loads((release / "manifest.json").read_text())
    content = (release / PART).read_bytes()
    assert told["tables"]["documents"][0] == {
        "path": PART,
        "source": "allotments",
        "rows": 2,
        "bytes": len(content),
        "sha256": sha256(content).hexdigest(),
    }
    assert told["sources"]["allotments"]["finished"] == "2026-03-14T09:26:53Z"
    assert told["sources"]["tool_library"] == {"outcome": "blocked", "reason": "HTTP 403"}
    assert (told["release"], told["created"]) == (NAME, "2026-03-14T09:26:53Z")
    assert (told["schema_version"], told["code_version"]) == (SCHEMA_VERSION, "0.1.0")


def test_two_machines_make_the_same_release(tmp_path: Path) -> None:
    one, two = (publish(tmp_path / name, every_table("allotments")) for name in ("one", "two"))
    files = sorted(path.relative_to(one) for path in one.rglob("*") if path.is_file())
    assert len(files) == 2 * len(TABLES) + 3
    assert [(one / path).read_bytes() for path in files] == [
        (two / path).read_bytes() for path in files
    ]


def test_releases_of_one_second_get_numbers_and_none_is_overwritten(tmp_path: Path) -> None:
    names = [publish(tmp_path, {}).name for _ in range(3)]
    assert names == [NAME, f"{NAME}-2", f"{NAME}-3"]
    assert sorted(path.name for path in (tmp_path / "releases").iterdir()) == names


def test_the_name_is_in_utc(tmp_path: Path) -> None:
    created = datetime.fromisoformat("2026-07-01T00:30:00+01:00")
    assert publish(tmp_path, {}, created=created).name == "20260630T233000Z"


def test_unchanged_partitions_are_linked_and_changed_ones_are_not(tmp_path: Path) -> None:
    first = publish(tmp_path, every_table("allotments"))
    changed = {**every_table("allotments"), ("documents", "allotments"): [document(0)]}
    changed["comments", "allotments"] = [comment(0)]
    changed["links", "allotments"] = []
    second = publish(tmp_path, changed, created=NOW + timedelta(days=1))
    linked = {
        entry.path
        for entry in read_manifest(second).files
        if is_same_file(first, second, entry.path)
    }
    rewritten = {
        f"{table}/source=allotments/part-0.parquet" for table in ("documents", "comments", "links")
    }
    assert linked == {entry.path for entry in read_manifest(second).files} - rewritten
    check_release(first)
    check_release(second)


def is_same_file(first: Path, second: Path, path: str) -> bool:
    return (first / path).samefile(second / path)


@pytest.mark.parametrize("number", [errno.EXDEV, errno.EPERM, errno.EMLINK])
def test_without_hard_links_the_files_are_copies(
    number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    first = publish(tmp_path, every_table("allotments"))
    monkeypatch.setattr(os, "link", refuse)
    second = publish(tmp_path, every_table("allotments"))
    assert not is_same_file(first, second, PART)
    check_release(second)


def test_a_file_that_rotted_is_not_linked(tmp_path: Path) -> None:
    first = publish(tmp_path, every_table("allotments"))
    content = bytearray((first / PART).read_bytes())
    content[len(content) // 2] ^= 1
    (first / PART).unlink()
    (first / PART).write_bytes(content)
    second = publish(tmp_path, every_table("allotments"))
    assert not is_same_file(first, second, PART)
    check_release(second)


def test_rows_of_a_release_can_be_written_into_the_next(tmp_path: Path) -> None:
    first = publish(tmp_path, every_table("allotments"))
    kept = {
        (table, "allotments"): list(read_rows(first, table, source="allotments"))
        for table in TABLES
    }
    second = publish(tmp_path, kept)
    assert all(is_same_file(first, second, entry.path) for entry in read_manifest(second).files)


def test_without_a_release_there_is_no_latest(tmp_path: Path) -> None:
    assert latest_release(tmp_path / "nowhere") is None


def test_a_link_to_a_deleted_release_is_mended_by_the_next(tmp_path: Path) -> None:
    (tmp_path / "latest").symlink_to("releases/20200101T000000Z")
    assert latest_release(tmp_path) is None
    release = publish(tmp_path, {})
    assert latest_release(tmp_path) == release


def test_a_folder_in_the_place_of_the_link_is_not_touched(tmp_path: Path) -> None:
    (tmp_path / "latest").mkdir()
    with pytest.raises(ReleaseError, match="latest"):
        publish(tmp_path, {})
    assert (tmp_path / "latest").is_dir()
    assert list((tmp_path / "releases").iterdir()) == []


WRONG_ORPHANS = [
    pytest.param(
        {("comments", "allotments"): [comment(0, of=7)]}, "comments/source=allotments", id="comment"
    ),
    pytest.param(
        {
            ("documents", "allotments"): [document(0)],
            ("documents", "tool_library"): [document(0)],
        },
        f"repeats document_id {document_id(0)}",
        id="one document in two sources",
    ),
]


@pytest.mark.parametrize(("tables", "message"), WRONG_ORPHANS)
def test_what_contradicts_itself_is_not_published(
    tables: Mapping[tuple[str, str], list[Row]], message: str, tmp_path: Path
) -> None:
    before = publish(tmp_path, every_table("allotments"))
    with pytest.raises(ReleaseError, match=message):
        publish(tmp_path, tables)
    assert latest_release(tmp_path) == before
    assert list((tmp_path / "releases").iterdir()) == [before]


def test_a_comment_may_belong_to_a_quarantined_document(tmp_path: Path) -> None:
    taken_out = quarantined(0, table="documents", document_id=document_id(7))
    tables = {
        ("comments", "allotments"): [comment(0, of=7)],
        ("quarantine", "tool_library"): [taken_out],
    }
    assert read_manifest(publish(tmp_path, tables)).rows("comments") == 1


def test_after_a_bad_row_the_table_can_be_written_again(tmp_path: Path) -> None:
    with open_writer(tmp_path) as writer:
        with pytest.raises(RowError):
            writer.write("documents", "allotments", [document(0, title=1)])
        assert writer.write("documents", "allotments", [document(0)]) == 1
        release = writer.publish({"allotments": EXHAUSTED})
    assert read_manifest(release).rows("documents", "allotments") == 1


MISUSES = [
    pytest.param(lambda w: w.write("papers", "allotments", []), "not part of", id="table"),
    pytest.param(lambda w: w.write("documents", "elsewhere", []), "not part of", id="source"),
    pytest.param(lambda w: w.publish({}), "allotments", id="no outcome"),
    pytest.param(lambda w: w.publish({"elsewhere": {}}), "elsewhere", id="outcome of no source"),
    pytest.param(
        lambda w: w.publish({"allotments": {"share": float("inf")}}), "JSON", id="infinite outcome"
    ),
    pytest.param(lambda w: w.publish({"allotments": {"x": {1}}}), "JSON", id="set in an outcome"),
    pytest.param(lambda w: [w.discard(), w.publish({})], "discarded already", id="after the end"),
    pytest.param(
        lambda w: [w.discard(), w.write("runs", "allotments", [])], "discarded already", id="closed"
    ),
    pytest.param(
        lambda w: [w.write("runs", "allotments", []) for _ in range(2)],
        "written already",
        id="twice",
    ),
]


@pytest.mark.parametrize(("misuse", "message"), MISUSES)
def test_misuse_is_refused_and_leaves_nothing(misuse: object, message: str, tmp_path: Path) -> None:
    assert callable(misuse)
    with open_writer(tmp_path) as writer, pytest.raises(ReleaseError, match=message):
        misuse(writer)
    assert list((tmp_path / "releases").iterdir()) == []
    assert latest_release(tmp_path) is None


@pytest.mark.parametrize("name", ["", "..", "a/b", "a=b", "12", "Plots", "plots\n", "_plots", "é"])
def test_a_source_whose_name_makes_no_partition_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="no name of a source"):
        ReleaseWriter(tmp_path, created=NOW, code_version="0.1.0", sources=[name])
    assert list(tmp_path.iterdir()) == []


def test_a_release_needs_a_source_and_a_time_with_a_zone(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="at least one source"):
        ReleaseWriter(tmp_path, created=NOW, code_version="0.1.0", sources=[])
    with pytest.raises(ReleaseError, match="naive"):
        open_writer(tmp_path, NOW.replace(tzinfo=None))
    assert list(tmp_path.iterdir()) == []


def test_a_second_writer_waits_its_turn(tmp_path: Path) -> None:
    with open_writer(tmp_path):
        with pytest.raises(ReleaseError, match="another process is writing a release"):
            open_writer(tmp_path)
        assert (tmp_path / "releases" / f".{NAME}.partial").is_dir()
    with open_writer(tmp_path) as writer:
        assert writer.publish({"allotments": EXHAUSTED}).name == NAME


def test_leftovers_of_a_killed_process_go_and_releases_stay(tmp_path: Path) -> None:
    kept = publish(tmp_path, every_table("allotments"))
    leftover = tmp_path / "releases" / ".20260101T000000Z.partial" / "documents"
    leftover.mkdir(parents=True)
    (leftover / "part-0.parquet").write_bytes(b"PAR1")
    (tmp_path / ".latest.20260101T000000Z").symlink_to("releases/20260101T000000Z")
    open_writer(tmp_path, datetime(2027, 1, 1, tzinfo=UTC)).discard()
    assert list((tmp_path / "releases").iterdir()) == [kept]
    assert {path.name for path in tmp_path.iterdir()} == {"releases", "latest", ".publish.lock"}
