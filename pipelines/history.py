"""What the runs of a source say together: which of them count, and what is gone.

A run counts as good if it saw everything there is and found about as much as a healthy site has.
What another run saw is kept, for it was there; what it did not see proves nothing. And a run that
tells of a broken site or a broken reader is held: nothing of it enters the release. It found next
to nothing where an earlier one found enough, or what it told changed the source beyond the limits
(`pipelines.judge`).
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass, field, replace

from cleaning.identity import canonical_url
from crawlers.archive import Capture
from crawlers.archive.records import ABSENT, GOOD
from crawlers.items import VIA_RANK
from pipelines.crawl_rows import RunSummary
from pipelines.rows import Row

HELD, FAILED = "held", "failed"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a build has against a run; `is_held` keeps its rows out."""

    reason: str
    is_held: bool

    def __str__(self) -> str:
        return f"{HELD if self.is_held else FAILED}: {self.reason}"


@dataclass(slots=True)
class History:
    """The runs of one source; fill it with `see` in the order of the runs, then `judge`.

    `verdicts` are by run; `good` are the runs whose silence on a document proves that it is gone,
    and `full` those of them that took nothing for granted.
    """

    expected: tuple[int, int]
    runs: list[RunSummary] = field(default_factory=list)
    verdicts: dict[str, Verdict] = field(default_factory=dict)
    good: set[str] = field(default_factory=set)
    full: set[str] = field(default_factory=set)
    absent: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    """By canonical URL: the runs that found a page absent, and when (ISO)."""
    doubt: str | None = None
    """What cannot be right though nothing is known to compare it with."""

    def see(self, capture: Capture) -> None:
        """Note a page that was asked for and is not there."""
        if capture.status in ABSENT and capture.meta.get("callback"):
            found = (str(capture.meta.get("run")), str(capture.meta["fetched_at"]))
            self.absent.setdefault(canonical_url(capture.url), []).append(found)

    def judge(self, documents: Mapping[str, int], trusted: Container[str] = ()) -> None:
        """Judge each run by how many documents it saw; those that are `trusted` are not held."""
        best = 0
        self.verdicts.clear()
        for run in self.runs:
            run.documents = documents.get(run.name, 0)
            verdict = self._verdict(run, best) if run.outcome == GOOD else None
            if verdict:
                is_held = verdict.is_held and run.name not in trusted
                self.verdicts[run.name] = replace(verdict, is_held=is_held)
            elif run.outcome == GOOD:
                self.good.add(run.name)
                if run.is_full:
                    self.full.add(run.name)
                best = max(best, run.documents)

    def _verdict(self, run: RunSummary, best: int) -> Verdict | None:
        least = self.expected[0]
        if run.documents == 0 and least > 0:
            reason = (
                "parser found nothing: pages came, and no document was found in them. Has the"
                " site's layout changed? `scrapy shell URL` shows a page as the spider sees it"
            )
            return Verdict(reason, is_held=True)
        if run.documents < least:
            kept = f"; the last good run had {best}, whose rows stay" if best else ""
            reason = f"found {run.documents} documents, and {least} are the least expected{kept}"
            return Verdict(reason, is_held=best > 0)
        return None

    @property
    def held(self) -> frozenset[str]:
        """The runs whose rows stay out."""
        return frozenset(run for run, v in self.verdicts.items() if v.is_held)

    def holding(self, reasons: Mapping[str, str]) -> History:
        """The same with more runs held, each for its reason."""
        verdicts = {run: Verdict(reason, is_held=True) for run, reason in reasons.items()}
        return replace(
            self,
            verdicts=self.verdicts | verdicts,
            good=self.good - verdicts.keys(),
            full=self.full - verdicts.keys(),
        )

    def gone_since(self, row: Row, last_run: str, rank: int) -> str | None:
        """When a document was found gone (ISO), None while nothing says so.

        Only good runs after the last that saw it count: by 404 or 410 for its address, or by a
        complete list of its kind that has it no more. A list proves nothing against what an
        interface of another `rank` told of, for lists come from APIs and feeds.
        """
        moments = [
            moment
            for url in {canonical_url(row["url"]), row["canonical_url"]}
            for run, moment in self.absent.get(url, ())
            if run in self.good and run > last_run
        ]
        moments += self._unlisted(row["kind"], row["native_id"], last_run, rank)
        return min(moments, default=None)

    def comment_gone_since(self, row: Row, last_run: str, rank: int) -> str | None:
        """The same for a comment, which has no address of its own."""
        return min(self._unlisted("comment", row["native_id"], last_run, rank), default=None)

    def _unlisted(self, kind: str, native_id: str | None, last_run: str, rank: int) -> list[str]:
        if rank >= VIA_RANK["html"]:
            return []
        return [
            run.finished
            for run in self.runs
            if run.name in self.good
            and run.name > last_run
            and run.finished
            and native_id is not None
            and kind in run.inventories
            and native_id not in run.inventories[kind]
        ]
