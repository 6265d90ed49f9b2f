"""`scrapy sources`: what there is to crawl, and how each source fares."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime

from crawlers.console import make_console, print_table
from crawlers.ledger import Ledger, Run
from crawlers.project_command import ProjectCommand
from crawlers.registry import load_source, source_names
from crawlers.schedule import Due, in_words, plan
from output.release import latest_release
from output.show import summarise_release

COLUMNS = ("source", "platform", "documents", "last run", "outcome", "every", "due", "checked live")


class Command(ProjectCommand):
    def syntax(self) -> str:
        return "[options]"

    def short_desc(self) -> str:
        return "List the sources with platform, documents, last run and outcome"

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        with Ledger(self.data) as ledger:
            ledger.fill_from(self.data / "archive")
            runs = {name: ledger.runs(name) for name in source_names(self.project_settings)}
        release = latest_release(self.data)
        counts = {s.source: s.documents for s in summarise_release(release)} if release else {}
        rows, now = [], datetime.now(UTC)
        for name, its_runs in runs.items():
            source = load_source(self.project_settings, name)
            last = its_runs[-1] if its_runs else None
            rows.append(
                (
                    name,
                    source.platform,
                    counts.get(name, 0),
                    _when(last),
                    _outcome(last),
                    in_words(source.every),
                    _due(plan(its_runs, source.every, now), now),
                    source.checked_live or "not yet",
                )
            )
        print_table(make_console(), COLUMNS, rows)


def _due(due: Due, now: datetime) -> str:
    if due.overdue_since:
        return f"overdue by {in_words(now - due.overdue_since)}"
    if due.is_now(now) or due.at is None:
        return "now"
    return f"in {in_words(due.at - now)}"


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
    # What the build found against it says more than that the crawl itself ended well.
    outcome = "failed" if run.verdict else run.outcome
    reason = run.verdict or run.reason
    return f"{outcome}: {reason}" if reason else str(outcome)
