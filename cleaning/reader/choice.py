"""Choose the blocks that are content, from the probability of each."""

import numpy as np
from numpy.typing import NDArray

from cleaning.page.tags import HEADINGS
from cleaning.reader.boxes import Boxes, Floats

# Blocks of a page stand and fall together, so that the odds of a doubtful one are worse than its
# probability says; less so where a page is made of many small parts.
DOUBT = {"article": 1.75, "service": 1.4, "collection": 1.1}
USUAL_DOUBT = 1.3
ALIKE = 0.6
"""How much of a block's verdict is that of its like."""
_SUREST = 9.2
_MOST, _DOUBTFUL = 0.5, 0.3  # of the words of a box
_BLOCKS = HEADINGS | {"p", "ul", "ol", "li", "dl", "dt", "dd", "pre", "blockquote"}
_BLOCKS |= {"table", "thead", "tbody", "tr", "td", "th", "caption"}
_BLOCKS |= {"details", "summary", "figure", "figcaption"}


def choose(probabilities: Floats, words: Floats, kind: str) -> NDArray[np.bool_]:
    """Return which blocks to keep: those whose union has the highest expected word F1.

    `words` are the numbers of words of each block, `kind` that of the page. Unlike a fixed
    threshold this keeps the best there is on a page where nothing is certain, and is strict where
    much is (for the rule see Nan et al., "Optimizing F-measure", ICML 2012).
    """
    odds = probabilities ** DOUBT.get(kind, USUAL_DOUBT)
    order = np.argsort(-odds, kind="stable")
    expected = np.cumsum((odds * words)[order])
    if not len(expected) or expected[-1] <= 0:
        return np.ones(len(words), bool)
    scores = 2 * expected / (np.cumsum(words[order]) + expected[-1])
    return np.asarray(odds >= odds[order[int(np.argmax(scores))]])


def even_out(boxes: Boxes, scores: Floats) -> Floats:
    """Return the probability of each block, drawn towards the mean of those that stand like it.

    `scores` are logarithms of odds.

    Alike are blocks whose boxes, and all around those, have the same names: the prices of all
    cards, the dates of all posts. They are content or not together, whatever one of them says.
    """
    _, alike = np.unique(boxes.alike[boxes.element], return_inverse=True)
    scores = np.clip(scores, -_SUREST, _SUREST)
    means = np.bincount(alike, scores)[alike] / np.bincount(alike)[alike]
    return np.asarray(1 / (1 + np.exp((ALIKE - 1) * scores - ALIKE * means)))


def fill_gaps(boxes: Boxes, kept: NDArray[np.bool_], probabilities: Floats) -> NDArray[np.bool_]:
    """Keep doubtful blocks as well where most around them in the same box is kept.

    A short list under a paragraph looks like a menu, until one sees what it stands in.
    """
    tags, parents = boxes.page.tags, boxes.parents
    outer = {}
    for element in boxes.element.tolist():
        box = element
        if box and tags[box] == "div" and tags[parents[box]] in _BLOCKS:
            box = int(parents[box])  # a line, and no box
        while box and tags[box] in _BLOCKS:
            box = int(parents[box])
        outer[element] = box
    _, places = np.unique([outer[e] for e in boxes.element.tolist()], return_inverse=True)
    inside = np.bincount(places, boxes.counts)
    share = np.bincount(places, boxes.counts * kept) / np.maximum(inside, 1)
    found = kept | ((share[places] >= _MOST) & (probabilities >= _DOUBTFUL))
    return np.asarray(found | (_openers(boxes, found) & (probabilities > 0)))


def _openers(boxes: Boxes, kept: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Tell which blocks open a part that is kept: a question over its answer says little itself."""
    found = np.zeros(boxes.number, bool)
    for element in boxes.page.tagged("summary"):
        start, rest = boxes.first[element], boxes.last[element]
        end = boxes.last[boxes.parents[element]]
        words = boxes.counts[rest:end]
        found[start:rest] = (words * kept[rest:end]).sum() > _MOST * words.sum()
    return found
