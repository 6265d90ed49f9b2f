"""`scrapy sources`: what there is to crawl, and how each source fares."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime

from crawlers.console import make_console, print_table
from crawlers.ledger import Ledger, Run
from crawlers.project_command import ProjectCommand
from crawlers.registry import load_source, source_names
from output.release import latest_release
from output.show import summarise_release

COLUMNS = ("source", "platform", "documents", "last run", "outcome", "every", "checked live")


class Command(ProjectCommand):
    def syntax(self) -> str:
        return "[options]"

    def short_desc(self) -> str:
        return "List the sources with platform, documents, last run and outcome"

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        with Ledger(self.data) as ledger:
            ledger.fill_from(self.data / "archive")
            runs = ledger.latest()
        release = latest_release(self.data)
        counts = {s.source: s.documents for s in summarise_release(release)} if release else {}
        rows = []
        for name in source_names(self.project_settings):
            source = load_source(self.project_settings, name)
            rows.append(
                (
                    name,
                    source.platform,
                    counts.get(name, 0),
                    _when(runs.get(name)),
                    _outcome(runs.get(name)),
                    f"{source.every.days} d",
                    source.checked_live or "not yet",
                )
            )
        print_table(make_console(), COLUMNS, rows)


def _when(run: Run | None) -> str:
    if run is None:
        return "never"
    moment = run.finished or run.started
    if not moment:
        return run.run
    return datetime.fromisoformat(moment).astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")


def _outcome(run: Run | None) -> str:
    if run is None:
        return ""
    return f"{run.outcome}: {run.reason}" if run.reason else str(run.outcome)
