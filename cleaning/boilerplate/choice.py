"""Choose the segments that are content, from the probability of each."""

import numpy as np
from numpy.typing import NDArray

from cleaning.boilerplate.segments import Frame, Page

# Segments of a page stand and fall together, so that the odds of a doubtful one are worse than its
# probability says; less so where a page is made of many small parts. Cross-validated by site on the
# even development pages of WCXB between 0.8 and 1.8 (2026-11): between the best F1 and a little
# above, where fewer snippets appear that must not.
_DOUBT = {"article": 1.5, "service": 1.4, "collection": 1.1}
_USUAL_DOUBT = 1.3
# How much of a segment's verdict is that of its like. Cross-validated on the even pages by site:
# F1 0.864 without, 0.870 from 0.6 to 0.8 (2026-11).
_ALIKE = 0.6
_SUREST = 1e-4
_MOST, _DOUBTFUL = 0.5, 0.3  # of the words of a box; chosen on the even pages too
_BLOCKS = frozenset(
    {"p", "ul", "ol", "li", "dl", "dt", "dd", "table", "thead", "tbody", "tr", "td", "th", "pre"}
    | {"h1", "h2", "h3", "h4", "h5", "h6", "blockquote"}
)


def choose(
    probabilities: NDArray[np.float64], words: NDArray[np.float64], kind: str
) -> NDArray[np.bool_]:
    """Return which segments to keep: those whose union has the highest expected word F1.

    `words` are the numbers of words of each segment, `kind` that of the page. Unlike a fixed
    threshold this keeps the best there is on a page where nothing is certain, and is strict where
    much is (for the rule see Nan et al., "Optimizing F-measure", ICML 2012).
    """
    odds = probabilities ** _DOUBT.get(kind, _USUAL_DOUBT)
    order = np.argsort(-odds, kind="stable")
    expected = np.cumsum((odds * words)[order])
    if not len(expected) or expected[-1] <= 0:
        return np.ones(len(words), bool)
    scores = 2 * expected / (np.cumsum(words[order]) + expected[-1])
    return np.asarray(odds >= odds[order[int(np.argmax(scores))]])


def even_out(page: Page, probabilities: NDArray[np.float64]) -> NDArray[np.float64]:
    """Draw the probability of each segment towards the mean of those that stand like it.

    Alike are segments whose elements, and all around those, have the same names: the prices of all
    cards, the dates of all posts. They are content or not together, whatever one of them says.
    """
    alike = _number_alike(page)
    sure = np.clip(probabilities, _SUREST, 1 - _SUREST)
    scores = np.log(sure / (1 - sure))
    means = np.bincount(alike, scores)[alike] / np.bincount(alike)[alike]
    return np.asarray(1 / (1 + np.exp((_ALIKE - 1) * scores - _ALIKE * means)))


def _number_alike(page: Page) -> NDArray[np.int64]:
    numbers: dict[tuple[int, str], int] = {}
    known: dict[int, int] = {}
    for frame in page.frames:  # parents come before their children
        above = known[id(frame.parent)] if frame.parent else -1
        known[id(frame)] = numbers.setdefault((above, frame.signature), len(numbers))
    return np.array([known[id(segment.frame)] for segment in page.segments])


def fill_gaps(
    page: Page,
    kept: NDArray[np.bool_],
    probabilities: NDArray[np.float64],
    words: NDArray[np.float64],
) -> NDArray[np.bool_]:
    """Keep doubtful segments as well where most around them in the same box is kept.

    A short list under a paragraph looks like a menu, until one sees what it stands in.
    """
    boxes = [_box(segment.frame) for segment in page.segments]
    numbers: dict[int, int] = {}
    places = np.array([numbers.setdefault(id(box), len(numbers)) for box in boxes])
    inside = np.bincount(places, words)
    share = np.bincount(places, words * kept) / np.maximum(inside, 1)
    return np.asarray(kept | ((share[places] >= _MOST) & (probabilities >= _DOUBTFUL)))


def _box(frame: Frame) -> Frame:
    """Return the box that a paragraph, a list or a table stands in."""
    return next((above for above in frame.line() if above.element.tag not in _BLOCKS), frame)
