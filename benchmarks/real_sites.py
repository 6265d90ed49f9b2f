"""Harvest two whole real sites from mirrors on loopback, and compare what comes out.

    python -m benchmarks.real_sites [--keep FOLDER]

Exit codes: 0 every target met; 1 one was missed; 2 wrong use, or the mirrors are not there.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from benchmarks import jorgeelconstructor, unitingnc
from benchmarks.compare import Target
from benchmarks.mirror_files import MirrorFiles
from benchmarks.serving import (
    JORGEELCONSTRUCTOR,
    UNITINGNC,
    Harvest,
    Mirror,
    harvest,
    missing,
    unpack,
)

ALL_MET, MISSED, WRONG_USE = 0, 1, 2
WIDTH = 140


def main(arguments: list[str]) -> int:
    """Run the benchmark; returns its exit code."""
    parser = argparse.ArgumentParser(description="Harvest mirrored real sites and compare.")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="a new folder for the data")
    options = parser.parse_args(arguments)
    problem = missing()
    if problem is None and options.keep and options.keep.exists():
        problem = f"{options.keep} is there already"
    if problem:
        sys.stderr.write(f"{problem}\n")
        return WRONG_USE
    console = Console() if sys.stdout.isatty() else Console(width=WIDTH)
    with ExitStack() as stack:
        folder = options.keep or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        targets = measure(folder, console)
    report(console, targets)
    return ALL_MET if all(target.is_met for target in targets) else MISSED


def measure(folder: Path, console: Console) -> list[Target]:
    """Harvest both sites, one of them twice, into `folder`, and compare."""
    files = unpack(UNITINGNC, folder / "mirrors")
    rest = _harvest(console, UNITINGNC, files, folder / "rest")
    html = _harvest(console, UNITINGNC, files, folder / "no-rest", "--no-rest")
    site = unitingnc.Site(MirrorFiles(files), rest, html)
    files = unpack(JORGEELCONSTRUCTOR, folder / "mirrors")
    blog = jorgeelconstructor.Blog(
        MirrorFiles(files), _harvest(console, JORGEELCONSTRUCTOR, files, folder / "blogger")
    )
    targets = [check(site) for check in unitingnc.CHECKS]
    return targets + [check(blog) for check in jorgeelconstructor.CHECKS]


def _harvest(console: Console, mirror: Mirror, files: Path, folder: Path, *options: str) -> Harvest:
    start = time.monotonic()
    done = harvest(mirror, files, folder, *options)
    seconds = time.monotonic() - start
    what = " ".join((mirror.source, *options))
    console.print(f"{what}: exit code {done.exit_code}, {seconds:.0f} s", markup=False)
    if not (done.data / "latest").exists():
        sys.exit(f"nothing was published:\n{done.output}")
    return done


def report(console: Console, targets: list[Target]) -> None:
    """Print the table, and below it what is to be said of each target."""
    table = Table("target", "wanted", "measured", "", header_style="bold")
    for target in targets:
        mark = "[green]met[/green]" if target.is_met else "[red]missed[/red]"
        table.add_row(*map(escape, (target.name, target.wanted, target.measured)), mark)
    console.print(table)
    for target in targets:
        for note in target.notes:
            console.print(f"{target.name}: {note}", markup=False, soft_wrap=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
