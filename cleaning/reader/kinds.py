"""What kind of page it is: from its structure, its address and what it declares."""

import json
import math
import re
from collections import Counter
from functools import cache
from importlib.resources import files

import numpy as np

from cleaning.page import Page
from cleaning.page.names import NAME_GROUPS
from cleaning.reader.boxes import Boxes, Floats, has_area
from cleaning.reader.figures import Figures
from cleaning.reader.wording import DATED, PRICE, PRICED, QUESTION

KINDS = ("article", "documentation", "service", "forum", "listing", "collection")
PROSE_KINDS = ("article", "documentation")
"""Running text; the others are made of parts."""

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
# Counted in the source, also behind a fault that no parser gets over: the weights are fitted on it.
_TYPE = re.compile(r'"@type"\s*+:\s*+(?:\[\s*+)?"([A-Za-z]+)"')
_PRICE_WITHIN, _LONGEST_DATE = 200, 40  # characters: of a start with a price, of a line
_PORT = re.compile(r"^([^/]*?):\d+(?=/|$)")
_ADDRESS = slice(6, 7 + len(_ADDRESSES) + 5)
"""The columns of `describe_page` that the address fills."""
_AREAS = ("article", "main", "table", "pre", "list", "nav")
_TAGS = ("h1", "h2", "h3", "h4", "p", "li", "td", "pre", "button", "dt")
_ELEMENTS = ("article", "time", "code", "form", "img")
_NAMES = (
    *("comment", "message", "card", "price", "author", "meta", "related", "filter", "content"),
    *("toc", "faq", "code", "cta", "tags", "rating", "pager", "stats", "hero", "section"),
)


def judge_kind(row: Floats) -> Floats:
    """Return the probability of each of `KINDS` for the figures of `describe_page`.

    A multinomial logistic regression whose weights stand in `weights/kinds.json`.
    """
    means, scales, weights, biases = _weights()
    scores = weights @ ((row - means) / scales) + biases
    scores = np.exp(scores - scores.max())
    return np.asarray(scores / scores.sum())


@cache
def _weights() -> tuple[Floats, ...]:
    source = files("cleaning.reader").joinpath("weights/kinds.json").read_text("utf-8")
    model = json.loads(source)
    return tuple(np.array(model[name]) for name in ("means", "scales", "weights", "biases"))


def describe_page(figures: Figures) -> Floats:
    """Return the figures of a page by which its kind is judged."""
    boxes = figures.boxes
    weights = boxes.sizes / max(boxes.sizes.sum(), 1)
    return np.array(
        [
            *_of_amounts(boxes, weights),
            *_of_address(boxes.page.url),
            *_of_declared(boxes.page),
            *_of_parts(figures, weights),
            *_of_lines(figures),
            *_of_largest_group(figures),
        ],
        float,
    )


def forget_address(row: Floats) -> Floats:
    """Return the figures of a page as if its address were unknown."""
    known = row.copy()
    known[_ADDRESS] = 0.0
    known[_ADDRESS.start] = 1.0
    return known


def _of_amounts(boxes: Boxes, weights: Floats) -> list[float]:
    long_sizes = boxes.sizes[boxes.is_long]
    return [
        math.log1p(boxes.number),
        math.log1p(boxes.sizes.sum()),
        float((weights * boxes.links).sum()),
        float(weights[boxes.is_long].sum()),
        math.log1p(len(long_sizes)),
        float(long_sizes.mean()) if len(long_sizes) else 0.0,
    ]


def _of_address(url: str) -> list[float]:
    """An unknown address says nothing; neither does that of a home page, nor does a port."""
    path = _PORT.sub(r"\1", url.partition("//")[2].lower().rstrip("/"))
    last = path.rpartition("/")[2]
    return [
        float(not url),
        *(float(pattern.search(path) is not None) for pattern in _ADDRESS_PATTERNS),
        path.count("/"),
        float(bool(url) and "/" not in path),
        float(re.search(r"\d{4,}", path) is not None),
        min(len(last), 100),
        min(last.count("-"), 15),
    ]


def _of_declared(page: Page) -> list[float]:
    found: Counter[str] = Counter()
    for kind, script in page.head.scripts:
        if "ld+json" in kind:
            found.update(_TYPE.findall(script[:200_000]))
    tags = Counter(page.tags)
    kind = " ".join(page.head.meta("og:type")).lower()
    return [
        *(math.log1p(found[name]) for name in _TYPES),
        *(float(word in kind) for word in ("article", "website", "product")),
        float(bool(page.head.meta("article:published_time"))),
        *(math.log1p(tags[tag]) for tag in _ELEMENTS),
    ]


def _of_parts(figures: Figures, weights: Floats) -> list[float]:
    boxes = figures.boxes
    areas = np.array(boxes.page.areas, np.int64)[boxes.element]
    names = np.array(boxes.page.names_above, np.int64)[boxes.element]
    bits = [1 << NAME_GROUPS.index(name) for name in _NAMES]
    return [
        *(float(weights[has_area(areas, area)].sum()) for area in _AREAS),
        *(float(weights[(names & bit) > 0].sum()) for bit in bits),
    ]


def _of_lines(figures: Figures) -> list[float]:
    boxes, wording = figures.boxes, figures.wording
    tags = Counter(boxes.tags)
    prices = wording[boxes.lengths <= _PRICE_WITHIN, PRICED].sum()
    long = (block.text for block in boxes.blocks if len(block.text) > _PRICE_WITHIN)
    prices += sum(PRICE.search(text[:_PRICE_WITHIN]) is not None for text in long)
    return [
        *(math.log1p(tags[tag]) for tag in _TAGS),
        prices / boxes.number,
        math.log1p(prices),
        math.log1p(wording[boxes.lengths < _LONGEST_DATE, DATED].sum()),
        math.log1p(wording[:, QUESTION].sum()),
    ]


def _of_largest_group(figures: Figures) -> list[float]:
    found = figures.groups[figures.groups[:, 0] >= 3]
    if not len(found):
        return [0.0] * 5
    number, characters, linked, blocks = found[int(found[:, 1].argmax())]
    return [
        characters / max(figures.boxes.lengths.sum(), 1),
        linked / max(characters, 1),
        math.log1p(number),
        blocks / number,
        characters / number / 100,
    ]
