"""Tell what a page is: an article, a listing, a discussion, or something else.

The order of the rules is that of the harm done. What a page declares of itself comes first; a page
that is wrongly called a listing is lost as a document, so that takes more than a few teasers below
a text. Measured on pages of the WCXB benchmark by `tests/crawlers/test_website_kinds.py`.
"""

from __future__ import annotations

import re
from typing import Literal

from cleaning.urls import urlsplit
from crawlers.platforms.website.signs import Signs

Kind = Literal["article", "listing", "discussion", "other"]

ARTICLE_TYPES = frozenset(
    {
        *("Article", "NewsArticle", "BlogPosting", "TechArticle", "Report", "ScholarlyArticle"),
        *("AnalysisNewsArticle", "OpinionNewsArticle", "ReportageNewsArticle", "MedicalWebPage"),
        *("LiveBlogPosting", "SocialMediaPosting", "AdvertiserContentArticle", "Recipe", "HowTo"),
    }
)
DISCUSSION_TYPES = frozenset({"DiscussionForumPosting", "QAPage"})
LISTING_TYPES = frozenset({"CollectionPage", "SearchResultsPage", "ItemList", "OfferCatalog"})
THREAD_PATH = re.compile(
    r"/(?:threads?|topics?|viewtopic|showthread|discussions?|questions?|t|td-p|m-p)[/.-][^/]",
    re.I,
)
LIST_PATH = re.compile(
    r"/(?:category|categories|tags?|topics?|archives?|collections?|sections?|c|authors?)/[^/]+/?$"
    r"|/(?:blog|news|events|articles|resources|publications|discussions|stories|case-studies|shop"
    r"|search|archives?|topics|library|jobs)/?$|/page/\d+/?$|/\d{4}/(?:\d{2}/)?$",
    re.I,
)
SOME, MUCH = 80, 300
"""Words of prose in one place: a paragraph or two, a text."""


def kind_of(signs: Signs, url: str) -> Kind:
    path = urlsplit(url).path
    if is_discussion(signs, path):
        return "discussion"
    if is_listing(signs, path):
        return "listing"
    return "article" if is_article(signs, path) else "other"


def is_discussion(signs: Signs, path: str) -> bool:
    if signs.types & DISCUSSION_TYPES:
        return True
    if signs.types & ARTICLE_TYPES:
        return False
    if THREAD_PATH.search(path):
        return bool(signs.thread.posts) or signs.shows_opener
    if len(signs.thread.posts) < 2:
        return False
    # An article's comments are posts too, below a text that is not in them.
    return signs.thread.words > 0.4 * signs.words and signs.body < MUCH


def is_listing(signs: Signs, path: str) -> bool:
    listed, linked = signs.listed / max(signs.words, 1), signs.linked / max(signs.words, 1)
    if is_declared_article(signs):
        return listed > 0.5 and signs.prose < MUCH
    if signs.types & LISTING_TYPES or signs.og_type == "product.group" or LIST_PATH.search(path):
        return max(listed, linked) > 0.3 or (signs.cards > 0 and signs.body < MUCH)
    if path in ("", "/"):
        return max(listed, linked) > 0.4
    if listed > 0.3 and signs.listed > signs.prose and signs.body < 2 * SOME:
        return True
    return listed > 0.6 or (linked > 0.45 and signs.prose < MUCH)


def is_declared_article(signs: Signs) -> bool:
    return bool(signs.types & ARTICLE_TYPES) or (signs.og_type == "article" and signs.declares_date)


def is_article(signs: Signs, path: str) -> bool:
    if path in ("", "/"):
        return False
    linked = signs.linked / max(signs.words, 1)
    if is_declared_article(signs):
        return True
    if signs.og_type == "article":
        return signs.prose >= 2 * SOME and linked < 0.3
    if signs.shows_date and signs.prose >= SOME and linked < 0.3:
        return True
    return (signs.body >= MUCH or signs.prose >= 4 * MUCH) and linked < 0.2
