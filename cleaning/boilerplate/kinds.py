"""Tell what kind of page it is: from its structure, its address and what it declares."""

import json
import math
import re
from collections import Counter
from functools import cache
from importlib.resources import files

import numpy as np
from lxml.html import HtmlElement
from numpy.typing import NDArray

from cleaning.boilerplate.features import Figures, Group
from cleaning.boilerplate.names import AREA_BITS, NAME_GROUPS
from cleaning.boilerplate.segments import Page
from cleaning.boilerplate.wording import DATE, PRICE

KINDS = ("article", "documentation", "service", "forum", "listing", "collection")
PROSE_KINDS = ("article", "documentation")  # running text; the others are made of parts

# Words in addresses by which people and systems name what stands there.
_ADDRESSES = (
    r"forum|/t/|thread|topic|question|discuss|community|comments|viewtopic",
    r"docs?[./]|documentation|/api|reference|manual|guide|tutorial|/latest|/help|wiki|learn",
    r"blog|news|article|story|/20\d\d/|post",
    r"collection|categor|shop|/c/|products?$|store|/cat/|catalog|all-",
    r"list|archive|search|tag|/topics?$|directory|events?|jobs|courses|best|top",
    r"service|pricing|about|contact|features|solutions|product/|company",
)
_ADDRESS_PATTERNS = tuple(map(re.compile, _ADDRESSES))
_TYPES = (
    *("Article", "NewsArticle", "BlogPosting", "Product", "ItemList", "CollectionPage"),
    *("DiscussionForumPosting", "QAPage", "FAQPage", "TechArticle", "Service", "Course"),
    *("LocalBusiness", "Review", "Comment", "Event"),
)
_TYPE = re.compile(r'"@type"\s*+:\s*+(?:\[\s*+)?"([A-Za-z]+)"')
_AREAS = ("article", "main", "table", "pre", "list", "nav")
_TAGS = ("h1", "h2", "h3", "h4", "p", "li", "td", "pre", "button", "dt")
_ELEMENTS = ("article", "time", "code", "form", "img")
_NAMES = (
    *("comment", "message", "card", "price", "author", "meta", "related", "filter", "content"),
    *("toc", "faq", "code", "cta", "tags", "rating", "pager", "stats", "hero", "section"),
)


def judge_kind(table: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the probability of each of `KINDS` for the figures of `describe_page`.

    A multinomial logistic regression whose weights stand in `kinds.json`.
    """
    means, scales, weights, biases = _weights()
    scores = weights @ ((table - means) / scales) + biases
    scores = np.exp(scores - scores.max())
    return np.asarray(scores / scores.sum())


@cache
def _weights() -> tuple[NDArray[np.float64], ...]:
    source = files("cleaning.boilerplate").joinpath("kinds.json").read_text("utf-8")
    model = json.loads(source)
    return tuple(np.array(model[name]) for name in ("means", "scales", "weights", "biases"))


def read_declared(tree: HtmlElement) -> list[float]:
    """Return what the head and the elements of a page say; before anything is blanked."""
    found: Counter[str] = Counter()
    for script in tree.iter("script"):
        if script.text and "ld+json" in (script.get("type") or ""):
            found.update(_TYPE.findall(script.text[:200_000]))
    metas = {m.get("property"): (m.get("content") or "").lower() for m in tree.iter("meta")}
    kind = metas.get("og:type", "")
    return [
        *(math.log1p(found[name]) for name in _TYPES),
        *(float(word in kind) for word in ("article", "website", "product")),
        float("article:published_time" in metas),
        *(math.log1p(sum(1 for _ in tree.iter(tag))) for tag in _ELEMENTS),
    ]


def describe_page(
    page: Page, figures: Figures, declared: list[float], url: str
) -> NDArray[np.float64]:
    """Return the figures of a page by which its kind is judged."""
    weights = figures.word_counts / max(figures.word_counts.sum(), 1)
    return np.array(
        [
            *_of_amounts(figures, weights),
            *_of_address(url),
            *declared,
            *_of_parts(page, weights),
            *_of_lines(page),
            *_of_largest_group(page, figures.groups),
        ],
        float,
    )


def _of_amounts(figures: Figures, weights: NDArray[np.float64]) -> list[float]:
    long_counts = figures.word_counts[figures.is_long]
    return [
        math.log1p(len(figures.word_counts)),
        math.log1p(figures.word_counts.sum()),
        float((weights * figures.link_shares).sum()),
        float(weights[figures.is_long].sum()),
        math.log1p(len(long_counts)),
        float(long_counts.mean()) if len(long_counts) else 0.0,
    ]


def _of_address(url: str) -> list[float]:
    path = url.partition("//")[2].lower().rstrip("/")
    last = path.rpartition("/")[2]
    return [
        *(float(pattern.search(path) is not None) for pattern in _ADDRESS_PATTERNS),
        path.count("/"),
        float("/" not in path),
        float(re.search(r"\d{4,}", path) is not None),
        min(len(last), 100),
        min(last.count("-"), 15),
    ]


def _of_parts(page: Page, weights: NDArray[np.float64]) -> list[float]:
    areas = np.array([segment.frame.area for segment in page.segments], np.int64)
    names = np.array([s.frame.names_above | s.names for s in page.segments], np.int64)
    bits = [1 << NAME_GROUPS.index(name) for name in _NAMES]
    return [
        *(float(weights[(areas & AREA_BITS[area]) > 0].sum()) for area in _AREAS),
        *(float(weights[(names & bit) > 0].sum()) for bit in bits),
    ]


def _of_lines(page: Page) -> list[float]:
    texts = [segment.text for segment in page.segments]
    tags = Counter(segment.frame.element.tag for segment in page.segments)
    prices = sum(PRICE.search(text) is not None for text in texts)
    dates = sum(len(text) < 40 and DATE.search(text) is not None for text in texts)
    return [
        *(math.log1p(tags[tag]) for tag in _TAGS),
        prices / len(texts),
        math.log1p(prices),
        math.log1p(dates),
        math.log1p(sum("?" in text for text in texts)),
    ]


def _of_largest_group(page: Page, repeated: dict[int, Group]) -> list[float]:
    groups = (group for group in repeated.values() if group[0] >= 3)
    nothing: Group = (1, 0, 0, 0)
    number, characters, linked, segments = max(groups, key=lambda g: g[1], default=nothing)
    return [
        characters / max(page.root.characters, 1),
        linked / max(characters, 1),
        math.log1p(number),
        segments / number,
        characters / number / 100,
    ]
