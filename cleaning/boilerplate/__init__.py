"""Find the content of a page whose platform does not name it.

`extract_body` parses once, cuts the page into segments (`segments`), judges what kind of page it is
(`kinds`), judges each segment by figures and by that kind (`features`, `trees`), evens out the
verdicts on segments that stand alike, keeps the set with the best expected F1 (`choice`), leaves
out what is said twice (`copies`), and converts what is left of the tree (`keeping`, then
`cleaning.markup`). Where the outcome fails its own check, trafilatura and then the page without its
certain boilerplate (`parts`) stand in, and `quality` says so.
"""

import copy
import re
from dataclasses import dataclass

import lxml.html
import numpy as np
import trafilatura
from lxml import etree
from lxml.html import HtmlElement
from numpy.typing import NDArray

from cleaning.boilerplate.choice import choose, even_out, fill_gaps
from cleaning.boilerplate.comments import cut_comments, level_posts
from cleaning.boilerplate.copies import drop_copies
from cleaning.boilerplate.features import Figures, measure
from cleaning.boilerplate.keeping import keep_segments
from cleaning.boilerplate.kinds import (
    KINDS,
    PROSE_KINDS,
    describe_page,
    judge_kind,
    read_declared,
)
from cleaning.boilerplate.names import NAME_GROUPS
from cleaning.boilerplate.parts import cut_boilerplate
from cleaning.boilerplate.segments import Page, read_segments
from cleaning.boilerplate.trees import judge
from cleaning.boilerplate.wording import find_controls
from cleaning.markup import Body, Link, read_cut_tree, read_fragment

__all__ = ["KINDS", "Extracted", "cut_boilerplate", "extract_body"]

SEGMENTS = "segments"
TRAFILATURA = "trafilatura"
PRUNED_PAGE = "fallback"
WHOLE_PAGE = "whole page"
EMPTY = "empty"

_WORD = re.compile(r"\w+")
# There a price or a button in a card is no gap.
_LISTS = ("listing", "collection")
# Our own reading found next to nothing, although the page says a lot; or nothing but links.
_FEWEST_CHARACTERS = 200
_LEAST_SHARE = 0.02
_LARGE = 10_000  # characters of a page from which on hardly any text is suspect
_MOST_LINKS = 0.95
_COMMENT = 1 << NAME_GROUPS.index("comment")
_MOST_COMMENTS = 0.8


@dataclass(frozen=True, slots=True)
class Extracted:
    """The content of a page, and how it was found.

    `kind` is one of `KINDS` and `confidence` its probability (0 to 1), both None on a page without
    segments. `quality` is "segments" (our own reading), "trafilatura", "fallback" (the page without
    its boilerplate), "whole page" (all its text, as nothing else had any) or "empty".
    """

    text: str
    markdown: str
    links: tuple[Link, ...]
    kind: str | None
    confidence: float | None
    quality: str


@dataclass(frozen=True, slots=True)
class _Judged:
    page: Page
    probabilities: NDArray[np.float64]
    figures: Figures
    kind: str
    confidence: float


def extract_body(
    page: bytes | str | HtmlElement, url: str, hints: object | None = None
) -> Extracted:
    """Return the content of `page`; never raises for bad HTML, never empties a page with text.

    `page` is the body as it came (trafilatura finds the encoding), text, or a parsed tree, which
    is not changed. Relative addresses are resolved against `url`. `hints` may name the kind, one
    of `KINDS`, where the caller knows it; any other value is passed over.
    """
    tree = copy.deepcopy(page) if isinstance(page, HtmlElement) else _load(page)
    judged = _judge(tree, url, hints)
    if judged is None or _is_lost(page, judged):
        return _read_without_segments(page, url)
    probabilities = _without_comments(judged, url)
    kept = choose(probabilities, judged.figures.word_counts, judged.kind)
    if judged.kind not in _LISTS:
        kept = fill_gaps(judged.page, kept, probabilities, judged.figures.word_counts)
    if _is_enough(judged, kept):
        kept = drop_copies(judged.page, kept, judged.figures.words, judged.kind)
        body = read_cut_tree(keep_segments(judged.page, kept.tolist()), url)
        if body.text:
            return _extracted(body, SEGMENTS, judged)
    fresh = page if isinstance(page, HtmlElement) else _load(page)
    return _read_otherwise(page, fresh, url, judged)


def _judge(tree: HtmlElement, url: str, hints: object | None) -> _Judged | None:
    if hints != "forum":  # there they are the content
        cut_comments(tree, url)
    declared = read_declared(tree)
    title = _WORD.findall(_page_title(tree).lower())
    page = read_segments(_content(tree))
    if not page.segments:
        return None
    figures = measure(page, title)
    if hints in KINDS:
        shares = np.array([float(kind == hints) for kind in KINDS])
    else:
        shares = judge_kind(describe_page(page, figures, declared, url))
    rows = len(figures.table)
    table = np.hstack([figures.table, np.tile(shares.astype(np.float32), (rows, 1))])
    best = int(shares.argmax())
    probabilities = even_out(page, judge(table))
    probabilities[find_controls(page, figures.words)] = 0.0
    return _Judged(page, probabilities, figures, KINDS[best], float(shares[best]))


def _without_comments(judged: _Judged, url: str) -> NDArray[np.float64]:
    """The probabilities with those of comments at 0: they are rows of their own, not the text.

    Not in a forum, whose posts are often called comments, and not where most of a page is called
    so, as by a class of its body. What `cut_comments` found is gone already.
    """
    words = judged.figures.word_counts
    if judged.kind == "forum":
        return level_posts(judged.page, judged.probabilities, words, url)
    above = [segment.frame.names_above for segment in judged.page.segments]
    is_comment = np.array([bool(names & _COMMENT) for names in above])
    if words[is_comment].sum() > _MOST_COMMENTS * words.sum():
        return judged.probabilities
    return np.where(is_comment, 0.0, judged.probabilities)


def _is_lost(page: bytes | str | HtmlElement, judged: _Judged) -> bool:
    """Tell whether the parser gave up on a page: at 256 levels it drops what is nested deeper."""
    found = judged.page.root.characters
    if isinstance(page, HtmlElement) or found >= _FEWEST_CHARACTERS or len(page) < _LARGE:
        return False
    return len(_read_without_segments(page, "").text) > 2 * found


def _is_enough(judged: _Judged, kept: NDArray[np.bool_]) -> bool:
    pairs = zip(judged.page.segments, kept, strict=True)
    chosen = [segment for segment, is_kept in pairs if is_kept]
    found = sum(len(segment.text) for segment in chosen)
    linked = sum(segment.link_characters for segment in chosen)
    is_little = found < _FEWEST_CHARACTERS and found < _LEAST_SHARE * judged.page.root.characters
    is_prose = judged.kind in PROSE_KINDS
    return bool(found) and not is_little and not (is_prose and linked > _MOST_LINKS * found)


def _read_otherwise(
    page: bytes | str | HtmlElement, tree: HtmlElement, url: str, judged: _Judged | None
) -> Extracted:
    pruned = cut_boilerplate(tree)
    found = _read_with_trafilatura(pruned, url)
    if found is not None and len(found.text) >= _FEWEST_CHARACTERS:
        return _extracted(found, TRAFILATURA, judged)
    rest = read_fragment(_content(pruned), url)
    if rest.text:
        return _extracted(rest, PRUNED_PAGE, judged)
    return _read_without_segments(page, url)


def _read_without_segments(page: bytes | str | HtmlElement, url: str) -> Extracted:
    """Read what parsers gave up on, because elements nest too deep."""
    whole = read_fragment(page if isinstance(page, HtmlElement) else _decode(page), url)
    return _extracted(whole, WHOLE_PAGE if whole.text else EMPTY, None)


def _page_title(tree: HtmlElement) -> str:
    return (tree.findtext(".//title") or "").partition("|")[0]


def _load(page: bytes | str) -> HtmlElement:
    try:
        tree = trafilatura.load_html(page)
    except (ValueError, etree.LxmlError):
        tree = None
    if tree is None:  # nothing that trafilatura takes for a page, such as a line of text
        source = _decode(page).replace("\0", "").encode("utf-8", "ignore")
        parser = lxml.html.HTMLParser(encoding="utf-8", huge_tree=True)
        tree = lxml.html.document_fromstring(b"<html><body>" + source, parser=parser)
    return tree


def _decode(page: bytes | str) -> str:
    return page if isinstance(page, str) else str(trafilatura.utils.decode_file(page))


def _content(tree: HtmlElement) -> HtmlElement:
    body = tree.find("body")
    return tree if body is None else body


def _read_with_trafilatura(pruned: HtmlElement, url: str) -> Body | None:
    try:
        html = trafilatura.extract(
            copy.deepcopy(pruned),  # it cuts the tree that it is given
            url=url,
            output_format="html",
            fast=True,
            include_comments=False,
            include_formatting=True,
            include_links=True,
            include_tables=True,
        )
    except (ArithmeticError, AttributeError, LookupError, RecursionError, etree.LxmlError):
        return None  # on a broken page; what it says is still to be had without trafilatura
    return read_fragment(html, url) if html else None


def _extracted(body: Body, quality: str, judged: _Judged | None) -> Extracted:
    kind, confidence = (judged.kind, judged.confidence) if judged else (None, None)
    return Extracted(body.text, body.markdown, body.links, kind, confidence, quality)
