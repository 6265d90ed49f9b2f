"""The commands as a person at a terminal meets them."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from demo.web import serve
from tests.harvesting import ROOT, harvest_demo, rows, scrapy

REFUSED = "http://127.0.0.1:9"


@pytest.fixture(scope="module")
def harvested(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder after a harvest of two sites of the little web."""
    data = tmp_path_factory.mktemp("harvested")
    with serve(["valley_knowledge", "week_blog"]) as addresses:
        done = harvest_demo(addresses, "valley_knowledge", "week_blog", data=data)
    assert done.returncode == 0, done.stdout + done.stderr
    return data


def copy_of(data: Path, folder: Path) -> Path:
    shutil.copytree(data, folder, symlinks=True)
    return folder


WRONG = {
    "unknown source": (("harvest", "nowhere"), "no source is called 'nowhere'"),
    "unknown option": (("harvest", "--quickly"), "unknown option: --quickly"),
    "not a number": (("build", "--workers", "many"), "--workers"),
    "too many arguments": (("build", "now"), "unexpected argument: now"),
    "sources takes none": (("sources", "all"), "unexpected argument: all"),
    "show without id": (("show",), "give one id"),
}


@pytest.mark.parametrize(("arguments", "words"), WRONG.values(), ids=WRONG)
def test_a_wrong_command_line_is_one_line_and_exit_2(
    arguments: tuple[str, ...], words: str, tmp_path: Path
) -> None:
    done = scrapy(*arguments, data=tmp_path)
    assert done.returncode == 2
    assert words in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert done.stdout == ""


@pytest.mark.parametrize("command", ["harvest", "build", "sources", "show", "archive"])
def test_every_command_has_help(command: str, tmp_path: Path) -> None:
    done = scrapy(command, "--help", data=tmp_path)
    assert done.returncode == 0
    assert f"scrapy {command}" in done.stdout
    assert command in Path("README.md").read_text() or command in done.stdout


def test_harvest_ends_with_a_table_and_how_to_load_it(harvested: Path) -> None:
    done = scrapy("build", data=harvested, project="demo")
    assert done.returncode == 0, done.stderr
    for word in ("source", "pages", "documents", "comments", "quarantined", "outcome"):
        assert word in done.stdout
    lines = done.stdout.strip().splitlines()
    assert [line.split()[0] for line in lines[-3:-1]] == ["import", "documents"]
    assert "release: " in done.stdout


def test_without_a_network_it_says_which_source_failed_and_why(tmp_path: Path) -> None:
    done = harvest_demo({"week_blog": REFUSED}, "week_blog", data=tmp_path)
    assert done.returncode == 1
    told = [line for line in done.stdout.splitlines() if line.startswith("week_blog: failed")]
    assert told == ["week_blog: failed: refused: the server refused the connection: is it down?"]
    assert "Traceback" not in done.stdout + done.stderr
    assert not (tmp_path / "latest").exists()


def test_a_failed_source_keeps_its_rows_and_the_exit_code_is_3(
    harvested: Path, tmp_path: Path
) -> None:
    data = copy_of(harvested, tmp_path / "data")
    before = rows(data, "documents")

    done = harvest_demo({"week_blog": REFUSED}, "week_blog", data=data)

    assert done.returncode == 3
    assert "week_blog: failed: refused" in done.stdout
    assert [d["document_id"] for d in rows(data, "documents")] == [d["document_id"] for d in before]
    manifest = json.loads((data / "latest" / "manifest.json").read_text())
    assert manifest["sources"]["week_blog"]["outcome"] == "failed"
    assert manifest["sources"]["valley_knowledge"]["outcome"] == "exhausted"


def test_sources_lists_what_there_is(harvested: Path) -> None:
    done = scrapy("sources", data=harvested, project="demo")
    assert done.returncode == 0
    line = next(x for x in done.stdout.splitlines() if "week_blog" in x)
    assert "blogger" in line
    assert "exhausted" in line
    assert str(sum(d["source"] == "week_blog" for d in rows(harvested, "documents"))) in line
    unvisited = next(x for x in done.stdout.splitlines() if "quarter_lab" in x)
    assert "never" in unvisited


@pytest.mark.parametrize("table", ["documents", "comments"])
def test_show_prints_a_row_and_the_capture_it_came_from(harvested: Path, table: str) -> None:
    key = {"documents": "document_id", "comments": "comment_id"}[table]
    row = rows(harvested, table)[0]

    done = scrapy("show", row[key], data=harvested, project="demo")

    assert done.returncode == 0, done.stderr
    assert row[key] in done.stdout
    assert f"byte {row['warc_offset']}" in done.stdout
    assert "HTTP 200" in done.stdout


def test_show_raw_gives_the_archived_bytes(harvested: Path) -> None:
    row = rows(harvested, "documents")[0]
    done = scrapy("show", "--raw", row["document_id"], data=harvested, project="demo")
    assert done.returncode == 0
    assert row["native_id"] in done.stdout


def test_show_of_an_unknown_id_says_so(harvested: Path) -> None:
    done = scrapy("show", "00000000-0000", data=harvested, project="demo")
    assert done.returncode == 1
    assert "no row with the id 00000000-0000" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_second_harvest_at_the_same_time_says_so_and_ends(harvested: Path) -> None:
    with (harvested / ".harvest.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = harvest_demo({"week_blog": REFUSED}, "week_blog", data=harvested)
    assert done.returncode == 75
    assert "another harvest is already running" in done.stderr


def test_a_folder_that_cannot_be_written_is_told_before_the_crawl(tmp_path: Path) -> None:
    file = tmp_path / "data"
    file.write_text("in the way")
    with serve(["week_blog"], tmp_path / "log") as addresses:
        done = harvest_demo(addresses, "week_blog", data=file)
    assert done.returncode == 1
    assert str(file) in done.stderr
    assert "Traceback" not in done.stderr
    assert (tmp_path / "log").read_text() == "", "nothing was asked of the site"


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of its own that holds 3 MB."""
    folder = tmp_path / "small"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("mounting a small file system needs root")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_is_told_before_the_crawl(small_disk: Path, tmp_path: Path) -> None:
    with serve(["week_blog"], tmp_path / "log") as addresses:
        done = harvest_demo(addresses, "week_blog", data=small_disk / "data")
    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1
    assert "Traceback" not in done.stderr
    assert (tmp_path / "log").read_text() == ""


def test_a_disk_that_fills_up_in_the_middle_is_one_line_and_breaks_nothing(
    harvested: Path, tmp_path: Path
) -> None:
    data = copy_of(harvested, tmp_path / "data")
    # With nothing to go on from, the site is fetched whole.
    for folder in ("archive", "extracts"):
        shutil.rmtree(data / folder)
    (data / "ledger.sqlite").unlink()
    before = (data / "latest").resolve()
    with serve(["valley_knowledge"]) as addresses:
        command = [sys.executable, "-m", "scrapy", "harvest", "valley_knowledge"]
        done = subprocess.run(
            # No file may grow beyond 29 kB, which the archive of this site does.
            ["prlimit", "--fsize=29000", *command],
            cwd=ROOT,
            env=os.environ
            | {
                "SCRAPY_PROJECT": "demo",
                "HARVEST_DATA": str(data),
                "DEMO_WEB": json.dumps(addresses),
            },
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
    assert done.returncode in (1, 3)
    assert "valley_knowledge: truncated: the archive could not be written" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr
    latest = (data / "latest").resolve()
    assert latest == before or done.returncode == 3
    assert len(rows(data, "documents")) > 10


def test_scrapy_crawl_gives_cleaned_items(tmp_path: Path) -> None:
    with serve(["week_blog"]) as addresses:
        done = scrapy(
            "crawl",
            "week_blog",
            "-O",
            str(tmp_path / "items.jsonl"),
            data=tmp_path,
            project="demo",
            DEMO_WEB=json.dumps(addresses),
        )
    assert done.returncode == 0, done.stderr
    items = [json.loads(line) for line in (tmp_path / "items.jsonl").read_text().splitlines()]
    articles = [item for item in items if item.get("kind") == "article"]
    assert len(articles) == 6
    assert all(item["text"] and item["language"] == "en" for item in articles)
    assert not (tmp_path / "archive").exists(), "only a harvest archives"


def test_scrapy_list_names_the_sources(tmp_path: Path) -> None:
    done = scrapy("list", data=tmp_path)
    assert done.stdout.split() == sorted(p.stem for p in Path("crawlers/sources").glob("[a-z]*.py"))


def test_the_archive_is_checked_and_a_loss_acknowledged(harvested: Path, tmp_path: Path) -> None:
    data = copy_of(harvested, tmp_path / "data")
    done = scrapy("archive", data=data, project="demo")
    assert (done.returncode, done.stderr) == (0, "")
    (file,) = (data / "archive" / "week_blog").glob("*.warc.gz")
    file.write_bytes(file.read_bytes()[:-500])
    name = f"week_blog/{file.name}"
    done = scrapy("archive", data=data, project="demo")
    assert done.returncode == 3
    (line,) = done.stderr.splitlines()
    assert name in line
    assert scrapy("archive", "--acknowledge", "week_blog/x", data=data).returncode == 2
    done = scrapy("archive", "--acknowledge", name, data=data, project="demo")
    assert (done.returncode, done.stderr) == (0, "")


def test_a_damaged_manifest_is_one_line(harvested: Path, tmp_path: Path) -> None:
    data = copy_of(harvested, tmp_path / "data")
    (data / "latest" / "manifest.json").write_text("{")
    for arguments, code in ((("sources",), 0), (("show", "00000000"), 1)):
        done = scrapy(*arguments, data=data, project="demo")
        assert done.returncode == code
        assert len(done.stderr.splitlines()) == 1
        assert "manifest.json: is missing or damaged" in done.stderr
