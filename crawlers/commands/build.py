"""`scrapy build`: make records from the archive and publish them, without crawling."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Collection, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from scrapy.exceptions import UsageError
from scrapy.settings import Settings

from crawlers.console import Board, complain, make_console, print_table
from crawlers.exit_codes import ExitCode, in_a_sentence
from crawlers.ledger import Ledger, read_archive
from crawlers.project_command import ProjectCommand
from crawlers.registry import broken_sources, data_folder, load_source, source_names
from output.release import ReleaseError, check_writable
from pipelines.build import build
from pipelines.results import Build, SourceBuild
from pipelines.unloadable import GONE, published

NEEDED_BYTES = 200 * 1024 * 1024
"""Free space without which no work is begun."""
HELD_ADVICE = (
    "Its last good rows stay until the site is as before, or you accept what it is now:"
    " scrapy build --accept"
)
COLUMNS = ("source", "pages", "documents", "comments", "quarantined", "outcome")


class Command(ProjectCommand):
    def syntax(self) -> str:
        return "[options]"

    def short_desc(self) -> str:
        return "Build records from the archive and publish a release, without crawling"

    def long_desc(self) -> str:
        return f"{self.short_desc()}. {in_a_sentence()}."

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument(
            "--workers", type=int, metavar="N", help="processes of the build (all cores)"
        )
        parser.add_argument(
            "--new-key",
            action="store_true",
            help="accept that pseudonym.key is new: every commenter gets another pseudonym",
        )
        add_accept(parser)

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        super().process_options(args, opts)
        check_accepted(self.project_settings, opts.accept)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        check_disk(self.data)
        self.project_settings.set("HARVEST_NEW_KEY", opts.new_key, priority="cmdline")
        with self.alone():
            for line in read_archive(self.data, datetime.now(UTC)):
                complain(line)
            self.exitcode = build_and_report(
                self.project_settings, make_console(), workers=opts.workers, accepted=opts.accept
            )


def add_accept(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--accept",
        action="append",
        default=[],
        metavar="SOURCE",
        help="publish this time what is held of a source; can be given several times",
    )


def check_accepted(settings: Settings, names: Sequence[str]) -> None:
    """Raises UsageError for what is not the name of a source."""
    for name in names:
        if name not in source_names(settings):
            raise UsageError(f"--accept: no source is called {name!r}", print_help=False)


def check_disk(data: Path) -> None:
    """Exit with one clear line if the data folder cannot be written or the disk is full."""
    try:
        check_writable(data, NEEDED_BYTES)
    except ReleaseError as error:
        complain(error)
        sys.exit(ExitCode.NOTHING_PUBLISHED)


def build_and_report(
    settings: Settings,
    console: Console,
    *,
    workers: int | None = None,
    pages: dict[str, int] | None = None,
    accepted: Sequence[str] = (),
    said: Collection[str] = (),
) -> ExitCode:
    """Build, publish, print what came of it, and return the exit code.

    `said` are lines about sources that were printed already.
    """
    try:
        with Board(console, "captures") as board:
            result = build(settings, workers=workers, progress=board.update, accepted=accepted)
    except ReleaseError as error:
        complain(f"nothing was published: {error}")
        return ExitCode.NOTHING_PUBLISHED
    data = data_folder(settings)
    with Ledger(data) as ledger:
        for source in result.sources:
            if source.failure:
                continue  # its runs are still to be built
            for run in source.history.runs:
                verdict = source.verdict(run.name)
                told = str(verdict) if verdict else None
                ledger.note_build(source.source, run.name, run.documents, told)
    _report(result, console, pages or {}, data, said)
    return _exit_code(result)


def release_troubles(settings: Settings) -> dict[str, str]:
    """A line for each source that the latest release says to be not well, or has while the project
    has its file no more."""
    loaded = set(source_names(settings))
    retired = {name for name in loaded if load_source(settings, name).retired}
    lines = {}
    for name, told in published(data_folder(settings)).items():
        if name not in loaded and name not in broken_sources(settings):
            lines[name] = f"{name}: failed: {GONE}"
        elif not told.get("is_well", True) and name not in retired:
            lines[name] = f"{name}: {told.get('outcome')}: {told.get('reason') or 'see its runs'}"
    return lines


def _report(
    result: Build, console: Console, pages: dict[str, int], data: Path, said: Collection[str]
) -> None:
    rows = [
        (
            s.source,
            pages.get(s.source, s.captures),
            s.documents,
            s.comments,
            s.quarantined,
            _outcome(s),
        )
        for s in result.sources
    ]
    print_table(console, COLUMNS, rows)
    for name in result.unknown:
        console.print(f"archive/{name}: there is no source of that name; left as it is")
    for name in result.lost:
        console.print(
            f"{name}: was in the release before, and the archive holds nothing of it any more"
        )
    for line in [*result.problems, *_about_the_archive(result)]:
        console.print(line, markup=False, soft_wrap=True)
    for source in result.sources:
        line = f"{source.source}: failed: {source.failure}"
        if source.failure and line not in said:
            console.print(line, markup=False, soft_wrap=True)
        if source.unread:
            console.print(
                f"{source.source}: {source.unread} captures were left unread, because too many"
                " others did not come to an end; the next build goes on with them"
            )
        for stray in source.strays:
            console.print(
                f"{stray}: skipped, because its name is not that of a run",
                markup=False,
                soft_wrap=True,
            )
        # What was wrong with the crawl itself, the harvest has said when it ended.
        verdict = source.verdict(str(source.last_run.get("run")))
        if verdict and not source.failure:
            advice = f". {HELD_ADVICE} {source.source}" if verdict.is_held else ""
            console.print(f"{source.source}: {verdict}{advice}", markup=False, soft_wrap=True)
        if source.balance:
            console.print(f"{source.source}: {source.balance}", markup=False, soft_wrap=True)
        if source.damaged:
            console.print(
                f"{source.source}: {source.damaged} stretches of its WARC files cannot be read;"
                " they stand in quarantine"
            )
    if result.release is None:
        complain(f"nothing was published: the archive in {data / 'archive'} holds no document")
        return
    latest = _shown(data / "latest")
    console.print(f"\nrelease: {_shown(result.release)}\n", markup=False, soft_wrap=True)
    console.print("import pandas", markup=False)
    console.print(f'documents = pandas.read_parquet("{latest}/documents")', markup=False)
    console.print("print(documents[['source', 'title', 'published']])", markup=False)


def _about_the_archive(result: Build) -> Iterator[str]:
    """What was mended, lost, changed, and kept all the same."""
    for source in result.sources:
        yield from source.notes
        yield from source.archive_problems
        if source.archive_problems:
            yield (
                f"{source.source}: put the files back from a backup, or take note of it with "
                f"`scrapy archive --acknowledge {source.source}`"
            )
        if source.kept_rows:
            yield (
                f"{source.source}: {source.kept_rows} documents and comments stay that only lost or"
                " changed files could give; their column kept_from names the release"
            )


def _outcome(source: SourceBuild) -> str:
    outcome = str(source.result)
    if source.kept_from:
        outcome += f" (the rows of {source.kept_from} stay)"
    elif source.is_below_minimum and not source.failure:
        outcome += f" (below its minimum of {source.expected[0]})"
    return outcome


def _exit_code(result: Build) -> ExitCode:
    if result.release is None:
        return ExitCode.NOTHING_PUBLISHED
    is_well = all(s.is_well for s in result.sources) and not result.lost and not result.problems
    return ExitCode.WELL if is_well else ExitCode.SOURCE_TROUBLE


def _shown(path: Path) -> str:
    """A path as one would type it here."""
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)
