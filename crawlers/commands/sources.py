"""`scrapy sources`: what there is to crawl, and how each source fares."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime

from crawlers.console import complain, make_console, print_table
from crawlers.ledger import Ledger, Run, read_archive
from crawlers.project_command import ProjectCommand
from crawlers.registry import broken_sources, source_names
from crawlers.schedule import Standing, in_words, standings
from output.read import latest_target, why_no_release
from output.release import latest_release
from output.show import summarise_release

COLUMNS = ("source", "platform", "documents", "last run", "outcome", "every", "due", "checked live")


class Command(ProjectCommand):
    def syntax(self) -> str:
        return "[options]"

    def short_desc(self) -> str:
        return "List the sources with platform, documents, last run and outcome"

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        settings = self.project_settings
        names = sorted({*source_names(settings), *broken_sources(settings)})
        for line in read_archive(self.data, now := datetime.now(UTC)):
            complain(line)
        with Ledger(self.data) as ledger:
            found = standings(settings, ledger, names, now)
        release = latest_release(self.data)
        if release is None and latest_target(self.data) is not None:
            complain(why_no_release(self.data))
        counts = {s.source: s.documents for s in summarise_release(release)} if release else {}
        rows = [_row(standing, counts.get(standing.source, 0)) for standing in found]
        print_table(make_console(), COLUMNS, rows)


def _row(standing: Standing, documents: int) -> tuple[object, ...]:
    source = standing.spidercls
    return (
        standing.source,
        source.platform if source else "",
        documents,
        _when(standing.last),
        f"retired {source.retired}" if source and source.retired else standing.outcome,
        in_words(standing.every),
        _due(standing),
        (source.checked_live if source else None) or "not yet",
    )


def _due(standing: Standing) -> str:
    due = standing.due
    if standing.is_retired:
        return ""
    if due.overdue_since:
        return f"overdue by {in_words(standing.now - due.overdue_since)}"
    if standing.is_due or due.at is None:
        return "now"
    return f"in {in_words(due.at - standing.now)}"


def _when(run: Run | None) -> str:
    if run is None:
        return "never"
    moment = run.finished or run.started
    if not moment:
        return run.run
    return datetime.fromisoformat(moment).astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")
