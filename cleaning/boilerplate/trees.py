"""Judge segments with an ensemble of small decision trees whose splits stand in a JSON file."""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

_ROWS_AT_ONCE = 4000


@dataclass(frozen=True, slots=True)
class Trees:
    """Arrays of trees × nodes. A leaf points at itself; `depth` steps reach every leaf."""

    baseline: float
    depth: int
    columns: NDArray[np.int64]
    thresholds: NDArray[np.float32]
    lefts: NDArray[np.int64]
    rights: NDArray[np.int64]
    values: NDArray[np.float64]


@cache
def load_trees(name: str = "segments.json") -> Trees:
    """Read trees: each node is [column, threshold, left, right] or a leaf [value]."""
    model = json.loads(files("cleaning.boilerplate").joinpath(name).read_text("utf-8"))
    trees = model["trees"]
    shape = len(trees), max(map(len, trees))
    columns, lefts, rights = (np.zeros(shape, np.int64) for _ in range(3))
    thresholds, values = np.zeros(shape, np.float32), np.zeros(shape)
    for number, nodes in enumerate(trees):
        for place, node in enumerate(nodes):
            is_leaf = len(node) == 1
            values[number, place] = node[0] if is_leaf else 0.0
            column, threshold, left, right = (0, 0.0, place, place) if is_leaf else node
            columns[number, place], thresholds[number, place] = column, threshold
            lefts[number, place], rights[number, place] = left, right
    return Trees(model["baseline"], model["depth"], columns, thresholds, lefts, rights, values)


def judge(table: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return for each row the probability that it is content."""
    trees = load_trees()
    parts = [
        _scores(trees, table[start : start + _ROWS_AT_ONCE])
        for start in range(0, len(table), _ROWS_AT_ONCE)
    ]
    return np.asarray(1 / (1 + np.exp(-np.concatenate(parts))))


def _scores(trees: Trees, table: NDArray[np.float32]) -> NDArray[np.float64]:
    number = np.arange(len(trees.columns))[None, :]
    rows = np.arange(len(table))[:, None]
    nodes = np.zeros((len(table), len(trees.columns)), np.int64)
    for _ in range(trees.depth):
        is_left = table[rows, trees.columns[number, nodes]] <= trees.thresholds[number, nodes]
        nodes = np.where(is_left, trees.lefts[number, nodes], trees.rights[number, nodes])
    return np.asarray(trees.values[number, nodes].sum(axis=1) + trees.baseline)
