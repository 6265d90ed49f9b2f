"""`scrapy show`: a row of the release, and the raw capture that it came from."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from scrapy.exceptions import UsageError

from crawlers.archive import read_response
from crawlers.console import complain, say
from crawlers.project_command import ProjectCommand
from output.read import why_no_release
from output.release import ReleaseError, latest_release
from output.show import find_row

SHOWN_BYTES = 4000


class Command(ProjectCommand):
    takes = 1

    def syntax(self) -> str:
        return "[options] <id>"

    def short_desc(self) -> str:
        return "Show a document, comment or quarantine row and the capture it came from"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument(
            "--raw", action="store_true", help="write only the archived body, as it came, to stdout"
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if len(args) != 1:
            raise UsageError("give one id, or its first 8 characters or more", print_help=False)
        if opts.raw and sys.stdout.isatty():
            text = "--raw writes bytes as they came, which can steer a terminal; redirect them"
            raise UsageError(text, print_help=False)
        try:
            self._show(self.data, args[0], raw=opts.raw)
        except (ReleaseError, OSError, ValueError) as error:
            complain(error)
            self.exitcode = 1

    def _show(self, data: Path, wanted: str, *, raw: bool) -> None:
        release = latest_release(data)
        if release is None:
            raise ReleaseError(why_no_release(data))
        found = find_row(release, wanted)
        if found is None:
            raise ReleaseError(f"no row with the id {wanted} in {release}")
        table, source, row = found
        warc = data / "archive" / str(row["warc_file"])
        status, headers, body = read_response(warc, int(str(row["warc_offset"])))
        if raw:
            sys.stdout.buffer.write(body)
            return
        say(f"{table}, source {source}\n")
        say(json.dumps(row, indent=2, ensure_ascii=False, default=str))
        say(f"\ncapture: {warc}, byte {row['warc_offset']}\n\nHTTP {status}")
        say("\n".join(f"{name}: {value}" for name, value in headers))
        say(f"\n{body[:SHOWN_BYTES].decode('utf-8', 'replace')}")
        if len(body) > SHOWN_BYTES:
            say(f"\n… {len(body) - SHOWN_BYTES:,} more bytes (`scrapy show --raw` gives all)")
