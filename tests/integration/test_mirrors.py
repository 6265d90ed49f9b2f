"""Whole real sites from mirrors: the benchmark's targets, and what is to be true of their archives.

The mirrors stand beside the checkout; without them these tests skip.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from benchmarks import jorgeelconstructor, real_sites, serving, unitingnc
from benchmarks.compare import Target, difference, word_f1
from benchmarks.jorgeelconstructor import Blog
from benchmarks.serving import Harvest, scrapy
from benchmarks.unitingnc import Site
from output.schema import TABLES
from pipelines.pseudonym_key import KEY_BYTES, KEY_FILE

REPLAYED = re.compile(r"\d+ of \d+ captures")
"""What a build prints on its way when it replays anything."""
PSEUDONYM = re.compile(r"commenter-[0-9a-f]{10}")
FROM_ARCHIVE = ("extracts", "releases", "latest", "ledger.sqlite")
"""What a build makes below the data folder."""
HARVESTS = ("rest", "no-rest", "blogger")


# --- what the comparisons are made of ---


@pytest.mark.parametrize(
    ("one", "other", "score"),
    [
        ("We met. We ate.", "we ATE, we met", 1.0),
        ("one two three four", "one two", 4 / 6),
        ("tea tea tea", "tea", 0.5),
        ("tea", "cake", 0.0),
        ("tea", "", 0.0),
        ("", " … ", 1.0),
    ],
    ids=["same words", "half is missing", "counted", "nothing in common", "empty", "both empty"],
)
def test_word_f1(one: str, other: str, score: float) -> None:
    assert word_f1(one, other) == pytest.approx(score)
    assert word_f1(other, one) == pytest.approx(score)


def test_difference_tells_both_sides() -> None:
    assert difference({"1", "2"}, {"2", "3"}) == ("missing: 1", "not wanted: 3")
    assert difference({"1"}, {"1"}) == ()


def test_without_mirrors_the_benchmark_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(serving, "SERVER", tmp_path / "mirror_server.py")
    code = real_sites.main([])
    told = capsys.readouterr().err
    assert code == real_sites.WRONG_USE
    assert f"not there: {tmp_path / 'mirror_server.py'}" in told


# --- targets ---


@pytest.mark.parametrize("check", unitingnc.CHECKS, ids=lambda check: check.__name__)
def test_unitingnc(unitingnc_site: Site, check: Callable[[Site], Target]) -> None:
    target = check(unitingnc_site)
    assert target.is_met, str(target)


@pytest.mark.parametrize("check", jorgeelconstructor.CHECKS, ids=lambda check: check.__name__)
def test_jorgeelconstructor(blog: Blog, check: Callable[[Blog], Target]) -> None:
    target = check(blog)
    assert target.is_met, str(target)


@pytest.mark.parametrize(
    "check",
    [
        unitingnc.documents_by_rest,
        unitingnc.comments_by_rest,
        unitingnc.documents_by_html,
        unitingnc.authors_by_html,
        unitingnc.comments_by_html,
        unitingnc.comments_as_by_rest,
    ],
    ids=lambda check: check.__name__,
)
def test_a_target_is_missed_when_the_harvests_are_exchanged(
    unitingnc_site: Site, check: Callable[[Site], Target]
) -> None:
    exchanged = Site(unitingnc_site.files, unitingnc_site.html, unitingnc_site.rest)
    target = check(exchanged)
    assert not target.is_met, str(target)
    assert target.notes


@pytest.fixture(params=HARVESTS)
def harvested(request: pytest.FixtureRequest, unitingnc_site: Site, blog: Blog) -> Harvest:
    """Each of the harvests."""
    harvests = (unitingnc_site.rest, unitingnc_site.html, blog.harvest)
    return dict(zip(HARVESTS, harvests, strict=True))[request.param]


def test_exit_codes(unitingnc_site: Site, blog: Blog) -> None:
    assert (unitingnc_site.rest.exit_code, blog.harvest.exit_code) == (0, 0)
    # Without REST no more is to be found than readers can reach: published, and said.
    assert unitingnc_site.html.exit_code == 3
    assert "below its minimum of 150" in unitingnc_site.html.output


def test_runs_are_exhausted(harvested: Harvest) -> None:
    assert [row["outcome"] for row in harvested.rows("runs")] == ["exhausted"]


# --- the archive ---


def test_warcio_finds_the_archive_whole(harvested: Harvest) -> None:
    files = sorted((harvested.data / "archive").rglob("*.warc.gz"))
    command = [sys.executable, "-m", "warcio.cli", "check", "-v", *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert files
    assert done.returncode == 0, done.stdout + done.stderr
    assert "digest pass" in done.stdout
    assert "fail" not in done.stdout


def test_every_document_and_comment_leads_to_its_bytes(harvested: Harvest) -> None:
    fetched = {(r["warc_file"], r["warc_offset"]): r["url"] for r in harvested.rows("fetches")}
    rows = harvested.rows("documents") + harvested.rows("comments")
    places: defaultdict[tuple[str, int], set[str]] = defaultdict(set)
    for row in rows:
        places[row["warc_file"], row["warc_offset"]].add(row["content_sha256"])
    wrong = []
    for (name, offset), digests in places.items():
        with (harvested.data / "archive" / name).open("rb") as file:
            file.seek(offset)
            record = next(iter(ArchiveIterator(BytesIO(file.read()))))
            body = record.content_stream().read()
        url = record.rec_headers.get_header("WARC-Target-URI")
        if digests != {hashlib.sha256(body).hexdigest()} or url != fetched[name, offset]:
            wrong.append(url)
    assert places
    assert wrong == []


# --- builds of one archive ---


@dataclass(frozen=True, slots=True)
class Built:
    """A data folder that was built from a copied archive."""

    harvest: Harvest
    data: Path
    output: str

    def parquet(self) -> dict[str, str]:
        """SHA-256 of each Parquet file of the latest release, by its path there."""
        release = (self.data / "latest").resolve()
        return {
            file.relative_to(release).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
            for file in sorted(release.rglob("*.parquet"))
        }

    def again(self, workers: int) -> Built:
        """Build the same folder once more."""
        return Built(self.harvest, self.data, _build(self.harvest, self.data, workers))


def _build(harvested: Harvest, data: Path, workers: int) -> str:
    """Build as a user does by default, with pseudonyms, and return what the command printed."""
    done = scrapy(
        harvested.mirror,
        harvested.address,
        data,
        "build",
        f"--workers={workers}",
        keep_names=False,
    )
    # 3: published, and the source is below its expected size, as its harvest was.
    assert done.returncode in {0, 3}, done.stdout + done.stderr
    return done.stdout + done.stderr


def build_copy(harvested: Harvest, data: Path, workers: int) -> Built:
    """Build a copy of the harvest's archive in the new folder `data`.

    The harvest kept all names and made no key; any will do, as long as it is always the same one.
    """
    shutil.copytree(harvested.data / "archive", data / "archive")
    (data / KEY_FILE).write_bytes(b"mirrors".ljust(KEY_BYTES, b"."))
    return Built(harvested, data, _build(harvested, data, workers))


@pytest.fixture(scope="session")
def built(unitingnc_site: Site, roomy: Path) -> Built:
    """The archive of most captures, built by one worker. Tests may build it again."""
    return build_copy(unitingnc_site.html, roomy / "built", 1)


@pytest.mark.parametrize("workers", [1, 3])
def test_the_same_archive_gives_the_same_bytes(built: Built, tmp_path: Path, workers: int) -> None:
    other = build_copy(built.harvest, tmp_path / "data", workers)
    assert len(built.parquet()) == len(TABLES)
    assert other.parquet() == built.parquet()
    assert REPLAYED.search(other.output)


def test_a_second_build_replays_nothing(built: Built) -> None:
    before, release = built.parquet(), (built.data / "latest").resolve()
    again = built.again(workers=1)
    assert REPLAYED.search(built.output)
    assert not REPLAYED.search(again.output)
    assert again.parquet() == before
    assert (built.data / "latest").resolve() != release


def test_unchanged_files_of_a_second_release_are_linked(built: Built) -> None:
    before = (built.data / "latest").resolve()
    built.again(workers=1)
    after = (built.data / "latest").resolve()
    assert after != before
    assert [name for name in built.parquet() if not (before / name).samefile(after / name)] == []


def test_everything_comes_back_from_the_archive(built: Built) -> None:
    before = built.parquet()
    for name in FROM_ARCHIVE:
        path = built.data / name
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()
    again = built.again(workers=2)
    assert REPLAYED.search(again.output)
    assert again.parquet() == before
    assert (built.data / "ledger.sqlite").exists()


def test_commenters_are_pseudonyms_by_default(built: Built) -> None:
    named = {row["native_id"]: row["author"] for row in built.harvest.rows("comments")}
    hidden = Harvest(built.harvest.mirror, "", built.data, Path(), 0, "").rows("comments")
    masked = {row["native_id"]: row["author"] for row in hidden}
    assert named.keys() == masked.keys()
    assert [name for name in masked.values() if not PSEUDONYM.fullmatch(name)] == []
    assert [row["author_url"] for row in hidden if row["author_url"]] == []
    # One name, one pseudonym.
    pairs = {(named[i].casefold(), masked[i]) for i in named}
    assert len(pairs) == len(dict(pairs)) == len(set(masked.values())) < len(named)


# --- commands ---


def run(harvested: Harvest, *arguments: str) -> subprocess.CompletedProcess[str]:
    return scrapy(harvested.mirror, harvested.address, harvested.data, *arguments)


@pytest.mark.parametrize(
    ("table", "key"), [("documents", "document_id"), ("comments", "comment_id")]
)
def test_show_prints_a_row_and_its_capture(harvested: Harvest, table: str, key: str) -> None:
    row = harvested.rows(table)[0]
    done = run(harvested, "show", row[key])
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(f"{table}, source {harvested.mirror.source}\n")
    assert f'"{key}": "{row[key]}"' in done.stdout
    assert f"{row['warc_file']}, byte {row['warc_offset']}" in done.stdout
    assert "\nHTTP 200\n" in done.stdout
    assert "Content-Type: " in done.stdout


def test_show_of_an_unknown_id_is_one_line(unitingnc_site: Site) -> None:
    done = run(unitingnc_site.rest, "show", "00000000-0000-0000-0000-000000000000")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.count("\n") == 1
    assert "00000000-0000-0000-0000-000000000000" in done.stderr


def test_sources_tells_how_each_fares(unitingnc_site: Site) -> None:
    done = run(unitingnc_site.rest, "sources")
    lines = {line.split()[1]: line for line in done.stdout.splitlines() if " d " in line}
    assert done.returncode == 0, done.stderr
    assert lines.keys() == {"unitingnc", "jorgeelconstructor"}
    for word in ("wordpress", "178", "exhausted", "UTC"):
        assert word in lines["unitingnc"]
    for word in ("blogger", "never"):
        assert word in lines["jorgeelconstructor"]
