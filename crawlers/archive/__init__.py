"""The archive: one WARC file a source and run, in `<data>/archive/<source>/<run>.warc.gz`.

A capture is two records, written in one piece: the WARC `response` as the server sent it (content
coding untouched) and a `metadata` record that concerns it, with what a replay needs as JSON. Where
the server said "not modified", or sent the same bytes again, the first of the two is a `revisit`
that names the `response` that holds them. A request that brought nothing from the network leaves a
`metadata` record alone: it failed, or the archive held the answer already. The first record of a
file is its `warcinfo`, the last one the run's own `metadata` with its outcome; a file without that
one belongs to a run that was killed.

Runs are numbered, and their names sort in the order of the runs, whatever the clock said. Each
record names the `warcinfo` of its file (WARC-Warcinfo-ID), which vouches for it behind damage. The
book (`<source>.files.jsonl`, and a copy in the folder) has size and SHA-256 of every file.

Standard: ISO 28500 (WARC 1.1). Any WARC tool reads these files.
"""

from crawlers.archive.reader import read_response, scan, stray_files, warc_files
from crawlers.archive.records import Capture, Damage, Reference, RunRecord
from crawlers.archive.writer import ArchiveWriter

__all__ = [
    "ArchiveWriter",
    "Capture",
    "Damage",
    "Reference",
    "RunRecord",
    "read_response",
    "scan",
    "stray_files",
    "warc_files",
]
