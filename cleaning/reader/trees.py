"""Judge blocks with ensembles of small decision trees whose splits stand in JSON files."""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

_ROWS_AT_ONCE = 64  # so that the figures to compare fit into a processor's cache
_PARTS, _PROSE = 0.2, 0.8


@dataclass(frozen=True, slots=True)
class Trees:
    """Trees that are complete: `columns` and `thresholds` by level, node and tree.

    A row goes to the right where its figure is above the threshold. `values` are leaves × trees.
    """

    depth: int
    columns: NDArray[np.int64]
    thresholds: NDArray[np.float32]
    values: NDArray[np.float64]


@cache
def load_trees(name: str) -> Trees:
    """Read trees: each is [columns, thresholds, values], the nodes level by level."""
    source = files("cleaning.reader").joinpath(f"weights/{name}").read_text("utf-8")
    return as_trees(json.loads(source))


def as_trees(trees: list[list[list[float]]]) -> Trees:
    columns, thresholds, values = (np.array(part).T for part in zip(*trees, strict=True))
    depth = len(values).bit_length() - 1
    return Trees(
        depth,
        columns.astype(np.int64),
        thresholds.astype(np.float32),
        np.ascontiguousarray(values),
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
    """Compare at all nodes at once and pick by bits: less work than to follow each row."""
    figures = np.take(np.ascontiguousarray(table.T), trees.columns, axis=0)
    is_right = figures > trees.thresholds[:, :, None]  # nodes × trees × rows
    steps: list[NDArray[np.bool_]] = []
    leaf = np.zeros_like(is_right[0], np.uint8)
    for level in range(trees.depth):
        nodes = is_right[2**level - 1 : 2 ** (level + 1) - 1]
        for is_taken in steps:  # the first step halves the nodes, the next one the rest
            half = len(nodes) // 2
            nodes = nodes[:half] ^ ((nodes[:half] ^ nodes[half:]) & is_taken)
        steps.append(nodes[0])
        leaf += leaf + nodes[0]
    number = trees.columns.shape[1]
    places = leaf.astype(np.int64) * number + np.arange(number)[:, None]
    return np.asarray(trees.values.ravel()[places].sum(axis=0))
