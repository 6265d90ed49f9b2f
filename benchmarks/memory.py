"""Does a build's memory grow with the archive? Peaks of builds over 250 and 1,000 documents.

    python -m benchmarks.memory

Each build runs in a process of its own, over synthetic posts of about 100 kB with comments: already
the smaller archive fills the row group (32 million characters) that the writer holds.
Printed are the peaks of the building process and of its largest worker; a peak of the build that
grows by more than half for four times the documents fails (exit 1), for then something is kept that
should be streamed.
"""

from __future__ import annotations

import json
import random
import resource
import subprocess
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from rich.console import Console
from rich.table import Table
from scrapy.settings import Settings

from crawlers.archive import ArchiveWriter

SIZES = (250, 1000)
MOST_GROWTH = 1.5
RUN = "20260301T080000Z"
START = datetime(2026, 3, 1, 8, tzinfo=UTC)
WORDS = [
    "council",
    "library",
    "garden",
    "budget",
    "meeting",
    "bench",
    "plan",
    "listen",
    "street",
    "neighbour",
    "river",
    "bus",
]


def main() -> int:
    """Build both archives, print the table, and return the exit code."""
    peaks = [_measure(size) for size in SIZES]
    table = Table("documents", "build, MB", "largest worker, MB", "archive, MB")
    for size, peak in zip(SIZES, peaks, strict=True):
        table.add_row(f"{size:,}", *(f"{peak[k]:.0f}" for k in ("build", "worker", "archive")))
    growth = peaks[1]["build"] / peaks[0]["build"]
    console = Console()
    console.print(table)
    console.print(
        f"growth of the build for {SIZES[1] // SIZES[0]} times the documents: {growth:.2f}"
        f" (at most {MOST_GROWTH})"
    )
    return 0 if growth <= MOST_GROWTH else 1


def _measure(size: int) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "benchmarks.memory", str(size), folder]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        measured: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
        return measured


def _build(size: int, data: Path) -> None:
    """In a fresh process: write the archive, build it, print the peaks as JSON."""
    from pipelines.build import build

    archive = _write_archive(size, data)
    before = _peak(resource.RUSAGE_SELF)
    settings = Settings()
    settings.setmodule("benchmarks.mirrors.settings", priority="project")
    settings.set("HARVEST_DATA", str(data), priority="cmdline")
    built = build(settings, workers=2)
    assert built.sources[0].documents == size, built.sources
    peaks = {
        "before": before,
        "build": _peak(resource.RUSAGE_SELF),
        "worker": _peak(resource.RUSAGE_CHILDREN),
        "archive": archive / 1e6,
    }
    sys.stdout.write(json.dumps(peaks) + "\n")


def _peak(who: int) -> float:
    return resource.getrusage(who).ru_maxrss / 1000


def _write_archive(size: int, data: Path) -> int:
    path = data / "archive" / "unitingnc" / f"{RUN}.warc.gz"
    writer = ArchiveWriter(path, source="unitingnc", run=RUN, software="benchmark")
    dice = random.Random(7)  # noqa: S311 - the same archive each time
    for number in range(1, size + 1):
        moment = START + timedelta(seconds=number)
        writer.write_response(
            f"http://127.0.0.1/post-{number}/",
            "200 OK",
            [("Content-Type", "text/html; charset=utf-8")],
            _page(number, dice).encode(),
            {
                "run": RUN,
                "callback": "parse_page",
                "cb_kwargs": {"as_list": False, "walk": False},
                "fetched_at": moment.isoformat(),
            },
        )
    writer.close({"outcome": "exhausted", "finished": (START + timedelta(hours=1)).isoformat()})
    return path.stat().st_size


def _page(number: int, dice: random.Random) -> str:
    paragraphs = "".join(f"<p>{' '.join(dice.choices(WORDS, k=100))}.</p>" for _ in range(150))
    comments = "".join(
        f"<li class='comment' id='comment-{number * 10 + n}'><cite class='fn'>Ada</cite>"
        f"<div class='comment-content'><p>{' '.join(dice.choices(WORDS, k=30))}</p></div></li>"
        for n in range(5)
    )
    return (
        f"<html><head><title>Post {number}</title></head>"
        f"<body class='single single-post postid-{number}'><article id='post-{number}'>"
        f"<h1 class='entry-title'>Post {number}</h1><div class='entry-content'>{paragraphs}</div>"
        f"</article><ol class='comment-list'>{comments}</ol></body></html>"
    )


if __name__ == "__main__":
    if len(sys.argv) == 3:
        _build(int(sys.argv[1]), Path(sys.argv[2]))
    else:
        sys.exit(main())
