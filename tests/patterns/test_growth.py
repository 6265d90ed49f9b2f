"""No regular expression of the project takes more than linear time, whatever it is given."""

from __future__ import annotations

import re

import pytest

from cleaning.lexicon import NAMES, lexicon
from tests.patterns.found import Found, built_by_functions, patterns
from tests.patterns.growth import find_growth

SLOW = {
    "exponential: repeats in each other": r"(?:a+)+b",
    "exponential: comments side by side": r"(?:\s|<!--.*?-->)*<html",
    "exponential: alternatives alike": r"(?:\w|a)*!",
    "cubic: three repeats in a row": r"^\s*,?\s*,?\s*$",
    "quadratic: a repeat begun everywhere": r"<[^>]*>",
    "quadratic: blanks before a mark": r"\s+,",
    "quadratic: two repeats alike": r"^\w*\d*:",
    "quadratic: a lazy repeat to what is missing": r"<script\b.*?</script>",
    "quadratic: within a look-ahead": r"(?=a*b)",
    "quadratic: with a name before": r"\b[\w.]+@",
}
LINEAR = {
    "one class": r"\s+",
    "possessive": r"(?<!\s)\s++,",
    "a repeat that ends at its own beginning": r"<[^<>]*>",
    "a repeat with an end": r"by .{0,60}?:",
    "words": r"\b\w+\b",
    "alternatives that differ": r"(?:ab|cd)+;?",
}
KEEPING = {
    # In constants of modules.
    *("cleaning.spam.hints", "cleaning.spam.phrases"),
    # As the results of cached functions without arguments.
    *("cleaning.dates.clocks", "cleaning.dates.reading", "cleaning.dates.written"),
    "cleaning.dates.relative",
    *("cleaning.bylines.phrases", "cleaning.reader.heading_lines"),
    *("cleaning.reader.threads.times", "cleaning.reader.threads.words"),
    # Of which what is built of an argument is a list of words at the start of a text.
    "cleaning.bylines.reading",
    # By the lexicon of some languages, for each kind of phrase.
    "cleaning.lexicon.loading",
}
"""The modules whose functions build patterns, by where these are kept and thus attacked."""


@pytest.mark.parametrize("pattern", SLOW.values(), ids=SLOW.keys())
def test_slow_patterns_are_found(pattern: str) -> None:
    assert find_growth(re.compile(pattern, re.DOTALL), "finditer")


@pytest.mark.parametrize("pattern", LINEAR.values(), ids=LINEAR.keys())
def test_linear_patterns_pass(pattern: str) -> None:
    assert find_growth(re.compile(pattern), "finditer") is None


def test_an_anchored_use_is_measured_as_one() -> None:
    assert find_growth(re.compile(r"\s+,"), "match") is None


def test_all_patterns_are_found() -> None:
    assert len(patterns()) > 300


def test_where_functions_build_patterns_they_are_kept() -> None:
    assert built_by_functions() <= KEEPING


@pytest.mark.parametrize("language", ["en", "cy"])
def test_phrases_of_the_lexicon_are_linear(language: str) -> None:
    # Those of other languages are put together by the same code, of other words.
    assert find_growth(lexicon(language).pattern(*sorted(NAMES)), "finditer") is None


@pytest.mark.parametrize("found", patterns(), ids=str)
def test_patterns_are_linear(found: Found) -> None:
    growth = find_growth(found.pattern, found.method)
    assert growth is None, f"{found.where}: {found.pattern.pattern!r}\n{growth}"
