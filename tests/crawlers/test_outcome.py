"""A run's outcome follows from what it saw."""

from __future__ import annotations

from collections import Counter

import pytest
from scrapy.exceptions import CannotResolveHostError, IgnoreRequest
from twisted.internet.error import ConnectionRefusedError as TwistedRefused

from crawlers.outcome import ADVICE, Outcome, cause_of, judge

CASES: dict[str, tuple[str, dict[int, int], dict[str, int], str, str | None]] = {
    "all went well": ("finished", {200: 9, 404: 2}, {}, "exhausted", None),
    "redirects elsewhere do not count": ("finished", {200: 9}, {"offsite": 3}, "exhausted", None),
    "a page limit": ("closespider_pagecount", {200: 9}, {}, "truncated", "pagecount"),
    "stopped by hand": ("shutdown", {200: 9}, {}, "truncated", "shutdown"),
    "some without an answer": ("finished", {200: 9}, {"timeout": 2}, "truncated", "2 × timeout"),
    "some server errors": ("finished", {200: 9, 503: 1}, {}, "truncated", "1 × http 503"),
    "no network": ("finished", {}, {"dns": 3}, "failed", "dns"),
    "robots.txt forbids all": ("finished", {}, {"robots": 1}, "blocked", "robots"),
    "forbidden": ("finished", {403: 4}, {}, "blocked", "HTTP 403"),
    "asked to go away": ("asked_to_stay_away", {200: 5}, {}, "blocked", "later"),
    "server broken": ("finished", {500: 4}, {}, "failed", "HTTP 500"),
    "disk full": ("archive_unwritable", {200: 5}, {}, "truncated", "disk"),
    "disk full at once": ("archive_unwritable", {}, {"disk": 1}, "failed", "disk"),
    "challenges": ("finished", {200: 9}, {"challenge page": 2}, "blocked", "tests for a person"),
    "too many requests": ("finished", {200: 9, 429: 1}, {}, "blocked", "http 429"),
    "moved": ("finished", {}, {"offsite": 1}, "failed", "has it moved?"),
    "no certificate": ("finished", {}, {"tls": 1}, "failed", "certificate"),
    "refused": ("finished", {}, {"refused": 1}, "failed", "is it down?"),
    "no answer": ("finished", {}, {"timeout": 1}, "failed", "in time"),
    "pages are gone": ("finished", {404: 3}, {}, "failed", "has the site moved?"),
    "nothing asked": ("finished", {}, {}, "failed", "no request"),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_judge(case: tuple[str, dict[int, int], dict[str, int], str, str | None]) -> None:
    closed, statuses, failures, kind, words = case
    outcome = judge(closed, Counter(statuses), Counter(failures))
    assert outcome.kind == kind
    if words is None:
        assert outcome == Outcome("exhausted")
    else:
        assert words in (outcome.reason or "")


@pytest.mark.parametrize(
    ("statuses", "refusals", "kind"),
    [
        ({200: 95, 403: 5}, {403: 5}, "exhausted"),
        ({200: 3, 403: 3}, {403: 3}, "exhausted"),
        ({200: 9, 403: 3, 401: 3}, {403: 3, 401: 3}, "blocked"),
        ({200: 2, 403: 60}, {}, "exhausted"),
    ],
    ids=["a members' corner", "a few", "the site keeps us out", "closed interfaces"],
)
def test_refusals_of_pages(statuses: dict[int, int], refusals: dict[int, int], kind: str) -> None:
    outcome = judge("finished", Counter(statuses), Counter(), (), Counter(refusals))
    assert outcome.kind == kind
    assert bool(refusals) == ("http 403" in str(outcome.reason) or kind == "blocked")


@pytest.mark.parametrize(
    ("error", "cause"),
    [
        (CannotResolveHostError("x"), "dns"),
        (TwistedRefused(), "refused"),  # type: ignore[no-untyped-call]
        (TimeoutError(), "timeout"),
        (IgnoreRequest("Forbidden by robots.txt"), "robots"),
        (IgnoreRequest(), "offsite"),
        (OSError(28, "No space left on device"), "disk"),
        (ZeroDivisionError(), "ZeroDivisionError"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else str(value),
)
def test_cause(error: Exception, cause: str) -> None:
    assert cause_of(error) == cause


def test_every_cause_has_advice() -> None:
    from crawlers.outcome import CAUSES

    assert set(CAUSES.values()) <= set(ADVICE)
