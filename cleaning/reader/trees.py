"""Judge blocks with ensembles of small decision trees whose splits stand in JSON files."""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

_ROWS_AT_ONCE = 512  # so that a page of thousands of blocks needs no hundreds of megabytes
_PARTS, _PROSE = 0.2, 0.8


@dataclass(frozen=True, slots=True)
class Trees:
    """Trees that are complete: nodes × trees of `questions`, level by level, and leaves of values.

    A question is whether the figure in a column is above a threshold: then a row goes to the right.
    Many nodes ask the same. `values` are trees × leaves.
    """

    columns: NDArray[np.intp]
    thresholds: NDArray[np.float32]
    questions: NDArray[np.intp]
    values: NDArray[np.float64]


@cache
def load_trees(name: str) -> Trees:
    """Read trees: each is [columns, thresholds, values], the nodes level by level."""
    source = files("cleaning.reader").joinpath(f"weights/{name}").read_text("utf-8")
    return as_trees(json.loads(source))


def as_trees(trees: list[list[list[float]]]) -> Trees:
    columns, thresholds, values = (np.array(part).T for part in zip(*trees, strict=True))
    pairs = np.stack([columns, thresholds.astype(np.float32)], axis=-1).reshape(-1, 2)
    asked, questions = np.unique(pairs, axis=0, return_inverse=True)
    return Trees(
        asked[:, 0].astype(np.intp),
        asked[:, 1:].astype(np.float32),
        questions.reshape(columns.shape),
        np.ascontiguousarray(values.T),
    )


def judge(table: NDArray[np.float32], running: float) -> NDArray[np.float64]:
    """Return for each row how likely it is content, as the logarithm of its odds.

    `running` is the probability that the page is running text: below 0.2 the trees of pages made
    of parts decide alone, above 0.8 those of texts, between them both in this proportion.
    """
    share = min(max((running - _PARTS) / (_PROSE - _PARTS), 0.0), 1.0)
    scores = np.zeros(len(table))
    for name, weight in (("prose.json", share), ("parts.json", 1 - share)):
        if weight:
            scores += weight * _all_scores(load_trees(name), table)
    return scores


def _all_scores(trees: Trees, table: NDArray[np.float32]) -> NDArray[np.float64]:
    starts = range(0, len(table), _ROWS_AT_ONCE)
    return np.concatenate([_scores(trees, table[s : s + _ROWS_AT_ONCE]) for s in starts])


def _scores(trees: Trees, table: NDArray[np.float32]) -> NDArray[np.float64]:
    """Ask each question once, with a bit a row, and pick by bits: less work than to follow rows."""
    figures = np.ascontiguousarray(table.T).take(trees.columns, axis=0)
    answers = np.packbits(figures > trees.thresholds, axis=1).take(trees.questions, axis=0)
    steps: list[NDArray[np.uint8]] = []
    while len(answers):
        nodes, answers = np.split(answers, [1 << len(steps)])
        for is_taken in steps:  # the first step halves the nodes, the next one the rest
            half = len(nodes) // 2
            nodes = nodes[:half] ^ ((nodes[:half] ^ nodes[half:]) & is_taken)
        steps.append(nodes[0])
    bits = np.unpackbits(np.stack(steps), axis=2, count=len(table))
    leaf = bits[0]
    for bit in bits[1:]:
        leaf = leaf + leaf + bit
    number, leaves = trees.values.shape
    places = leaf + leaves * np.arange(number)[:, None]
    return np.asarray(trees.values.ravel().take(places).sum(axis=0))
