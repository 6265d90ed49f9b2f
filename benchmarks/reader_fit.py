"""Fit the weights by which pages and blocks are judged, on the marked pages of four in five sites.

    python -m benchmarks.reader_fit [--folds]    # some minutes; needs scikit-learn and lightgbm

Writes `kinds.json` (a multinomial logistic regression on standardised figures of a page),
`prose.json` and `parts.json` (small trees on the figures of a block and the probabilities of the
kinds) into `cleaning/reader/weights`. Pages of running text and pages made of parts have trees of
their own: fitted together, the many articles drown what tells one card from another (word F1 of
wcxb-dev .870 together, .8725 apart; mozilla .942 and .951; sites kept aside .858 and .866).

A block counts as content where at least half of its runs of words stand in the marked text; where
only snippets are marked, blocks without one say nothing. A page weighs the same however long it is.
Probabilities of kinds come from folds that did not see the site. Each page also counts once with an
unknown address, which must not speak for any kind. Thresholds are drawn at random, and each
ensemble is the mean of three, each of which leaves out a third of the sites.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing import Pool
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler

import cleaning.reader
from benchmarks.marked_pages import (
    FOLDER,
    Marked,
    read_marked,
    shares_by_snippets,
    shares_in_text,
    words,
)
from cleaning.evidence import find_evidence
from cleaning.page import read_page_model
from cleaning.reader.boxes import measure_boxes
from cleaning.reader.figures import measure
from cleaning.reader.kinds import KINDS, describe_page, forget_address

WEIGHTS = Path(cleaning.reader.__file__).parent / "weights"
SHARE_OF_ARTICLES = 3
"""Every third of the pages that are articles by choice tells of kinds: they are too many."""
_BLOCKS_A_PAGE = 110  # as many are drawn from a long page
_LENGTH = 0.7  # power of the words of a block, so that long ones do not decide alone
_MODELS, _TREES, _DEPTH, _FOLDS = 3, 200, 5, 5
_LEAST = 0.1  # the share of running text, or of parts, from which on a page tells of it
_SETTINGS = {
    "objective": "binary",
    "learning_rate": 0.08,
    "max_depth": _DEPTH,
    "num_leaves": 2**_DEPTH,
    "min_data_in_leaf": 100,
    "lambda_l2": 20,
    "feature_fraction_bynode": 0.1,
    "extra_trees": True,
    "deterministic": True,
    "num_threads": 2,
    "verbose": -1,
}
_NEVER = 1e30


@dataclass(frozen=True, slots=True, eq=False)
class Example:
    """A page in figures: `table` by block, `row` of the page, `shares` of truth (-1: unknown)."""

    of: str
    site: str
    kind: str
    table: NDArray[np.float32]
    row: NDArray[np.float64]
    shares: NDArray[np.float64]
    sizes: NDArray[np.float64]
    has_truth: bool


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.parse_args()
    if not FOLDER.is_dir():
        print(f"{FOLDER} is not there: nothing to fit on", file=sys.stderr)
        return 2
    with Pool() as pool:
        pages = (page for page in read_marked() if not page.is_kept_aside)
        examples = [e for e in pool.imap(describe, pages, 8) if e is not None]
    kinds = fit_kinds(examples)
    shares = kinds_out_of_folds(examples, kinds)
    WEIGHTS.mkdir(exist_ok=True)
    _write_kinds(kinds)
    running = shares[:, :2].sum(axis=1)
    _write_trees("prose.json", examples, shares, running)
    _write_trees("parts.json", examples, shares, 1 - running)
    return 0


def describe(page: Marked) -> Example | None:
    """Return a page in figures, None if it has no text at all."""
    model = read_page_model(page.html, page.url)
    boxes = measure_boxes(model)
    if not boxes.number:
        return None
    figures = measure(boxes, find_evidence(model))
    blocks = [model.blocks[number] for number in boxes.shown]
    if page.text is None:
        shares = shares_by_snippets([block.text for block in blocks], page)
    else:
        shares = shares_in_text([block.words for block in blocks], words(page.text))
    return Example(
        *(page.of, page.site, page.kind, figures.table, describe_page(figures)),
        *(np.array(shares), np.maximum(boxes.counts, 0.5), page.text is None or bool(page.text)),
    )


def fit_kinds(examples: Sequence[Example]) -> Pipeline:
    """Fit the kinds of pages, each with its address and without."""
    used = [e for e in examples if e.of == "wcxb-dev"]
    used += [e for e in examples if e.of == "wcxb-articles"][::SHARE_OF_ARTICLES]
    rows = [e.row for e in used] + [forget_address(e.row) for e in used]
    model = make_pipeline(StandardScaler(), LogisticRegression(C=0.03, max_iter=1000))
    return model.fit(np.array(rows), [KINDS.index(e.kind) for e in used] * 2)


def kinds_out_of_folds(examples: Sequence[Example], kinds: Pipeline) -> NDArray[np.float64]:
    """Return the probabilities of kinds; of pages that they were fitted on, by other sites'."""
    shares = np.array(kinds.predict_proba(np.array([e.row for e in examples])))
    marked = [i for i, e in enumerate(examples) if e.of.startswith("wcxb")]
    part = _parts(sorted({examples[i].site for i in marked}), _FOLDS, seed=0)
    for fold in range(_FOLDS):
        others = fit_kinds([examples[i] for i in marked if part[examples[i].site] != fold])
        own = [i for i in marked if part[examples[i].site] == fold]
        shares[own] = others.predict_proba(np.array([examples[i].row for i in own]))
    return shares


def _parts(sites: Sequence[str], number: int, seed: int) -> dict[str, int]:
    order = np.random.RandomState(seed).permutation(sites)
    return {str(site): place % number for place, site in enumerate(order)}


def _write_trees(
    name: str,
    examples: Sequence[Example],
    shares: NDArray[np.float64],
    weights: NDArray[np.float64],
) -> None:
    """Fit each model without one part of the sites, and write the mean of all as one."""
    part = _parts(sorted({e.site for e in examples}), _MODELS, seed=1)
    trees: list[list[list[float]]] = []
    for left_out in range(_MODELS):
        seen = [
            place
            for place, e in enumerate(examples)
            if part[e.site] != left_out and weights[place] >= _LEAST
        ]
        table, labels, weight = _rows(
            [examples[i] for i in seen], shares[seen], weights[seen], left_out
        )
        data = lightgbm.Dataset(table, labels, weight=weight)
        model = lightgbm.train({**_SETTINGS, "seed": left_out}, data, _TREES)
        trees += [_complete(one["tree_structure"]) for one in model.dump_model()["tree_info"]]
    lines = [json.dumps(tree, separators=(",", ":")) for tree in trees]
    _write(name, "[\n" + ",\n".join(lines) + "\n]")


def _rows(
    examples: Sequence[Example],
    shares: NDArray[np.float64],
    page_weights: NDArray[np.float64],
    seed: int,
) -> tuple[NDArray[np.float32], NDArray[np.bool_], NDArray[np.float64]]:
    """Return figures, whether content, and weight, of blocks of all pages."""
    draw = np.random.RandomState(seed)
    tables, labels, weights = [], [], []
    for example, share, page_weight in zip(examples, shares, page_weights, strict=True):
        known = np.flatnonzero(example.shares >= 0)
        if not len(known) or not example.has_truth:
            continue
        chosen = np.sort(draw.choice(known, min(len(known), _BLOCKS_A_PAGE), replace=False))
        number = len(example.table)
        table = np.hstack([example.table, np.tile(share.astype(np.float32), (number, 1))])
        tables.append(table[chosen])
        labels.append(example.shares[chosen] >= 0.5)
        weight = example.sizes**_LENGTH
        drawn = len(known) / len(chosen)
        weights.append(weight[chosen] / max(weight[known].sum(), 1e-9) * drawn * page_weight)
    weight = np.concatenate(weights)
    return np.vstack(tables), np.concatenate(labels), weight / weight.mean()


def _write_kinds(model: Pipeline) -> None:
    scaler, regression = (step for _, step in model.steps)
    weights = {
        "means": _short(scaler.mean_),
        "scales": _short(scaler.scale_),
        "weights": [_short(row) for row in regression.coef_],
        "biases": _short(regression.intercept_),
    }
    _write("kinds.json", json.dumps(weights, separators=(",", ":")))


def _complete(root: dict[str, Any]) -> list[list[float]]:
    """Return columns, thresholds and leaves of a tree; early leaves get nodes without effect."""
    columns: list[float] = []
    thresholds: list[float] = []
    nodes = [root]
    for _ in range(_DEPTH):
        columns += [node.get("split_feature", 0) for node in nodes]
        thresholds += [float(f"{node.get('threshold', _NEVER):.6g}") for node in nodes]
        nodes = [node.get(side, node) for node in nodes for side in ("left_child", "right_child")]
    return [columns, thresholds, [float(f"{node['leaf_value'] / _MODELS:.5g}") for node in nodes]]


def _short(row: NDArray[np.float64]) -> list[float]:
    return [float(f"{value:.5g}") for value in row]


def _write(name: str, text: str) -> None:
    (WEIGHTS / name).write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
