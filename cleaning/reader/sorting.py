"""What a page is for the tables: follows from the roles of its words, and loses no text."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from cleaning.evidence.model import KIND, Evidence
from cleaning.page import Page
from cleaning.reader.model import ARTICLE, DISCUSSION, LISTING, NOTHING, PAGE

FEWEST_WORDS = 40
"""Words of running text from which on a page that is nothing else is worth keeping."""
_LINKED = 0.3
"""The share of links from which on a text is none."""
_MOSTLY_LINKED, _HARDLY_LINKED = 0.8, 0.1
"""The shares of links from which on some words are a list of links, and a few, as of a table."""
SOME, MUCH = 80, 300
"""Words of running text: a paragraph or two, a text."""
_THREAD_PATH = re.compile(
    r"/(?:threads?|viewtopic|showthread|discussions?|questions?|t|td-p|m-p)[/.-][^/]",
    re.IGNORECASE,
)
_LIST_PATH = re.compile(
    r"/(?:category|categories|tags?|topics?|archives?|collections?|sections?|authors?)/[^/]+/?$"
    r"|/(?:blog|news|events|articles|resources|publications|discussions|stories|case-studies|shop"
    r"|search|archives?|topics|library|jobs)/?$|/page/\d+/?$|/\d{4}/(?:\d{2}/)?$",
    re.IGNORECASE,
)


_TYPES = {
    ARTICLE: frozenset(
        {
            *("Article", "NewsArticle", "BlogPosting", "TechArticle", "Report", "ScholarlyArticle"),
            *("AnalysisNewsArticle", "OpinionNewsArticle", "ReportageNewsArticle"),
            *("MedicalWebPage", "LiveBlogPosting", "SocialMediaPosting", "Recipe", "HowTo"),
            *("AdvertiserContentArticle", "article"),
        }
    ),
    DISCUSSION: frozenset({"DiscussionForumPosting", "QAPage", "discussion"}),
    LISTING: frozenset(
        {"CollectionPage", "SearchResultsPage", "ItemList", "OfferCatalog", "listing", "archive"}
    ),
}
"""Types of schema.org, and what platforms' markup says, by the kind that they mean."""


@dataclass(frozen=True, slots=True)
class Shape:
    """Words of a page by what they are.

    `words` of all that is kept, `prose` of running text outside entries and posts, `listed` of
    entries, `said` of posts; how many entries and discussions there are, which share of the text
    is linked, and whether the page shows or states when it was published.
    """

    page: Page
    kinds: Mapping[str, float]
    words: float
    prose: float
    listed: float
    said: float
    entries: int
    threads: int
    discussions: int
    linked: float
    is_dated: bool


def sort_page(shape: Shape, evidence: Sequence[Evidence]) -> str:
    """Return what a page is: one of the constants of `cleaning.reader.model`."""
    declared = _declared(evidence)
    if shape.threads and _is_discussion(shape, declared):
        return DISCUSSION
    if shape.entries and _is_listing(shape, declared):
        return LISTING
    if _is_article(shape, declared):
        return ARTICLE
    if shape.prose >= FEWEST_WORDS:
        return PAGE
    most = _MOSTLY_LINKED if shape.words >= SOME else _HARDLY_LINKED
    return PAGE if shape.words >= FEWEST_WORDS and shape.linked < most else NOTHING


def _declared(evidence: Sequence[Evidence]) -> dict[str, float]:
    """Return how surely the page is declared to be each of the kinds, by types of schema.org."""
    found: dict[str, float] = {}
    for one in evidence:
        if one.says == KIND and one.value:
            kind = next((kind for kind, types in _TYPES.items() if one.value in types), "")
            found[kind] = max(found.get(kind, 0.0), one.weight)
    return found


def _is_discussion(shape: Shape, declared: Mapping[str, float]) -> bool:
    if declared.get(DISCUSSION, 0) > declared.get(ARTICLE, 0):
        return True
    if declared.get(ARTICLE, 0):
        return False
    if _THREAD_PATH.search(urlsplit(shape.page.url).path):
        return True
    return shape.discussions > 0 and shape.said > 0.4 * shape.words and shape.prose < MUCH


def _is_listing(shape: Shape, declared: Mapping[str, float]) -> bool:
    if shape.prose >= MUCH and shape.prose > shape.listed:
        return False
    if declared.get(LISTING, 0) > declared.get(ARTICLE, 0):
        return True
    if declared.get(ARTICLE, 0):
        return shape.prose < FEWEST_WORDS and shape.listed > shape.prose
    running = shape.kinds["article"] + shape.kinds["documentation"]
    if shape.prose >= SOME and running >= 0.2 and shape.listed < 3 * shape.prose:
        return False
    if _LIST_PATH.search(urlsplit(shape.page.url).path):
        return shape.listed > shape.prose / 2
    return shape.listed > max(shape.prose, 1)


def _is_article(shape: Shape, declared: Mapping[str, float]) -> bool:
    if urlsplit(shape.page.url).path in ("", "/") and shape.page.url:
        return False
    if declared.get(ARTICLE, 0):
        return shape.words > 0
    if shape.linked >= _LINKED:
        return False
    return shape.prose >= (SOME if shape.is_dated else MUCH)
