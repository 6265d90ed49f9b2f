import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from output.check import find_problems
from output.disk import sha256_of
from output.errors import ReleaseError
from output.manifest import digest_of
from output.release import check_release
from output.schema import TABLES
from output.tables import ROWS_PER_GROUP
from tests.output.examples import comment, document, every_table, publish

PART = "comments/source=allotments/part-0.parquet"


def change_manifest(release: Path, change: Callable[[Any], object]) -> None:
    path = release / "manifest.json"
    told = json.loads(path.read_text())
    change(told)
    told["sha256"] = digest_of(told)
    path.write_text(json.dumps(told))


def replace_part(release: Path, table: pa.Table, **options: Any) -> None:
    """Put another file in the place of the comments, and let the manifest agree with it."""
    path = release / PART
    path.unlink()
    pq.write_table(table, path, **options)

    def agree(told: Any) -> None:
        entry = told["tables"]["comments"][0]
        entry |= {"bytes": path.stat().st_size, "sha256": sha256_of(path), "rows": table.num_rows}

    change_manifest(release, agree)


def comments(count: int = 2) -> pa.Table:
    rows = [comment(number) for number in range(count)]
    return pa.Table.from_pylist(rows, schema=TABLES["comments"].arrow_schema)


def flip_a_byte(release: Path) -> None:
    path = release / PART
    content = bytearray(path.read_bytes())
    content[100] ^= 1
    path.unlink()
    path.write_bytes(content)


def cut_short(release: Path) -> None:
    path = release / PART
    content = path.read_bytes()
    path.unlink()
    path.write_bytes(content[:-1])


def no_parquet(release: Path) -> None:
    replace_part(release, comments())
    path = release / PART
    path.write_bytes(b"PAR1" + bytes(100) + b"PAR1")
    change_manifest(release, lambda told: told["tables"]["comments"][0].update(entry_of(path)))


def entry_of(path: Path) -> dict[str, object]:
    return {"bytes": path.stat().st_size, "sha256": sha256_of(path)}


def without_descriptions(release: Path) -> None:
    replace_part(release, comments().replace_schema_metadata(None))


def another_type(release: Path) -> None:
    table = comments()
    schema = table.schema
    place = schema.get_field_index("position")
    field = schema.field(place).with_type(pa.int64())
    replace_part(release, table.cast(schema.set(place, field)))


def one_large_group(release: Path) -> None:
    replace_part(release, comments(ROWS_PER_GROUP + 1))


def other_rows(release: Path) -> None:
    change_manifest(release, lambda told: told["tables"]["comments"][0].update(rows=7))


def the_same_comment_twice(release: Path) -> None:
    table = comments()
    replace_part(release, pa.concat_tables([table, table.slice(1)]))


def comment_of_nothing(release: Path) -> None:
    rows = [comment(0, of=99)]
    replace_part(release, pa.Table.from_pylist(rows, schema=TABLES["comments"].arrow_schema))


def wrong_table(release: Path) -> None:
    change_manifest(release, lambda told: told["tables"]["comments"][0].update(path="elsewhere"))


DAMAGES = [
    (flip_a_byte, "another SHA-256"),
    (cut_short, "bytes, not"),
    (no_parquet, "cannot be read"),
    (without_descriptions, "another schema"),
    (another_type, "another schema"),
    (one_large_group, "row group of more than 5000 rows"),
    (other_rows, "has 3 rows, not 7"),
    (the_same_comment_twice, "repeats comment_id 00000001-"),
    (comment_of_nothing, "belongs to document 00000063-.*, which is in no table"),
    (lambda release: (release / PART).unlink(), f"{PART} is missing"),
    (lambda release: (release / "documents" / "x").touch(), "documents/x does not belong there"),
    (lambda release: (release / "DATASET.md").write_text(""), "DATASET.md is empty"),
    (lambda release: (release / "data_dictionary.csv").unlink(), "data_dictionary.csv is missing"),
    (lambda release: (release / "manifest.json").unlink(), "manifest.json: is missing or damaged"),
    (lambda release: (release / "manifest.json").write_text("{"), "missing or damaged"),
    (lambda release: (release / "manifest.json").write_text("[]"), "missing or damaged"),
    (lambda release: change_manifest(release, lambda m: m.update(schema_version="0.9")), "0.9"),
    (lambda release: change_manifest(release, lambda m: m.pop("sources")), "damaged"),
    (
        lambda release: change_manifest(release, lambda m: m["tables"].update(comments=[])),
        f"{PART} is not in the manifest",
    ),
    (
        lambda release: (release / "DATASET.md").write_text("something else"),
        "DATASET.md has another SHA-256",
    ),
    (wrong_table, "elsewhere is listed under table comments"),
]


@pytest.mark.parametrize(("damage", "message"), DAMAGES, ids=[message for _, message in DAMAGES])
def test_damage_is_found(damage: Callable[[Path], object], message: str, tmp_path: Path) -> None:
    release = publish(tmp_path, every_table("allotments"))
    assert find_problems(release) == []
    damage(release)
    with pytest.raises(ReleaseError, match=message):
        check_release(release)


def test_the_first_problems_are_told_and_the_rest_counted(tmp_path: Path) -> None:
    release = publish(tmp_path, every_table("allotments"))
    for part in release.rglob("*.parquet"):
        part.unlink()
    with pytest.raises(ReleaseError, match=r"is missing; .*; and 11 more$"):
        check_release(release)


def test_a_reference_may_cross_sources(tmp_path: Path) -> None:
    tables = {
        ("documents", "tool_library"): [document(5)],
        ("comments", "allotments"): [comment(0, of=5)],
    }
    assert find_problems(publish(tmp_path, tables)) == []
