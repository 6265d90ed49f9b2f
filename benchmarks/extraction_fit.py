"""Fit the weights by which pages and segments are judged, on the pages with even numbers only.

    python -m benchmarks.extraction_fit     # some minutes; needs scikit-learn and lightgbm

Writes `kinds.json` (a multinomial logistic regression on standardised figures of a page) and
`segments.json` (three times 250 trees of at most 12 leaves on figures of a segment and the
probabilities of the kinds) into `cleaning/boilerplate`. A segment counts as content where at least
half of its runs of words stand in the marked text; a page weighs the same however long it is; and
the probabilities of kinds come from folds that did not see the site.

What keeps the trees from learning single sites was chosen by cross-validation within the even half,
by site: thresholds drawn at random (0.864 of F1 instead of 0.854), and in place of one model the
mean of three, each of which leaves out a third of the sites.
"""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import lightgbm
import numpy as np
import trafilatura
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

import cleaning.boilerplate
from benchmarks.extraction import PAGES, Truth, read_truths
from benchmarks.extraction_truth import shares_in_truth, words
from cleaning.boilerplate.features import Figures, measure
from cleaning.boilerplate.kinds import KINDS, describe_page, read_declared
from cleaning.boilerplate.segments import read_segments

Pages = Sequence[tuple[Truth, Figures]]
FOLDER = Path(cleaning.boilerplate.__file__).parent
_SEGMENTS_A_PAGE = 110  # as many are drawn from a long page
_LENGTH = 0.7  # power of the words of a segment, so that long ones do not decide alone
_MODELS, _TREES, _DEPTH = 3, 250, 4
_SETTINGS = {
    "objective": "binary",
    "learning_rate": 0.08,
    "max_depth": _DEPTH,
    "num_leaves": 12,
    "min_data_in_leaf": 100,
    "lambda_l2": 20,
    "feature_fraction_bynode": 0.1,
    "extra_trees": True,
    "deterministic": True,
    "num_threads": 1,
    "verbose": -1,
}
_NEVER = 1e30


def main() -> int:
    if not PAGES.is_dir():
        print(f"{PAGES} is not there: nothing to fit on", file=sys.stderr)
        return 2
    pages = [
        (truth, *described)
        for truth in read_truths()
        if truth.half == "even" and (described := _describe(truth)) is not None
    ]
    descriptions = np.array([description for _, _, description in pages])
    kinds = np.array([KINDS.index(truth.kind) for truth, _, _ in pages])
    sites = [urlsplit(truth.url).hostname for truth, _, _ in pages]
    model = make_pipeline(StandardScaler(), LogisticRegression(C=0.03, max_iter=1000))
    shares = cross_val_predict(
        model, descriptions, kinds, groups=sites, cv=GroupKFold(5), method="predict_proba"
    )
    _write_kinds(model.fit(descriptions, kinds))
    _write_segments([(truth, figures) for truth, figures, _ in pages], shares, sites)
    return 0


def _describe(truth: Truth) -> tuple[Figures, NDArray[np.float64]] | None:
    tree = trafilatura.load_html(truth.html)
    if tree is None:
        return None
    declared = read_declared(tree)
    title = words((tree.findtext(".//title") or "").partition("|")[0])
    body = tree.find("body")
    page = read_segments(tree if body is None else body)
    if not page.segments:
        return None
    figures = measure(page, title)
    return figures, describe_page(page, figures, declared, truth.url)


def _write_segments(pages: Pages, shares: NDArray[np.float64], sites: Sequence[str | None]) -> None:
    """Fit each model without one part of the sites, and write the mean of all as one."""
    names = np.random.RandomState(1).permutation(sorted({str(site) for site in sites}))
    part = {name: place % _MODELS for place, name in enumerate(names)}
    trees: list[list[list[float]]] = []
    for left_out in range(_MODELS):
        seen = [place for place, site in enumerate(sites) if part[str(site)] != left_out]
        table, labels, weights = _rows([pages[i] for i in seen], shares[seen], left_out)
        data = lightgbm.Dataset(table, labels, weight=weights)
        model = lightgbm.train({**_SETTINGS, "seed": left_out}, data, _TREES)
        trees += [_complete(one["tree_structure"]) for one in model.dump_model()["tree_info"]]
    lines = [json.dumps(tree, separators=(",", ":")) for tree in trees]
    _write("segments.json", "[\n" + ",\n".join(lines) + "\n]")


def _rows(
    pages: Pages, shares: NDArray[np.float64], seed: int
) -> tuple[NDArray[np.float32], NDArray[np.bool_], NDArray[np.float64]]:
    """Return figures, whether content, and weight, of the segments of all pages."""
    draw = np.random.RandomState(seed)
    tables, labels, weights = [], [], []
    for (truth, figures), share in zip(pages, shares, strict=True):
        reference = words(truth.text)
        number = len(figures.table)
        chosen = np.sort(draw.choice(number, min(number, _SEGMENTS_A_PAGE), replace=False))
        table = np.hstack([figures.table, np.tile(share.astype(np.float32), (number, 1))])
        tables.append(table[chosen])
        found = np.array(shares_in_truth(figures.words, reference))
        labels.append(found[chosen] >= 0.5)
        weight = figures.word_counts**_LENGTH * bool(reference)
        drawn = number / len(chosen)
        weights.append(weight[chosen] / max(weight.sum(), 1e-9) * drawn)
    weight = np.concatenate(weights)
    return np.vstack(tables), np.concatenate(labels), weight / weight.mean()


def _write_kinds(model: object) -> None:
    scaler, regression = (step for _, step in model.steps)  # type: ignore[attr-defined]
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
    (FOLDER / name).write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
