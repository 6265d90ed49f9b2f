"""Fit the weights by which pages and segments are judged, on the pages with even numbers only.

    python -m benchmarks.extraction_fit     # some minutes; needs scikit-learn

Writes `kinds.json` (a multinomial logistic regression on standardised figures of a page) and
`segments.json` (220 trees of at most 8 leaves on figures of a segment and the probabilities of the
kinds) into `cleaning/boilerplate`. A segment counts as content where at least half of its runs of
words stand in the marked text; a page weighs the same however long it is; and the probabilities of
kinds come from folds that did not see the page. Large leaves and few columns a split keep the trees
from learning single sites: with fewer restraints the even half rose to 0.91 and the odd one not.
"""

import json
import sys
from pathlib import Path

import numpy as np
import trafilatura
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

import cleaning.boilerplate
from benchmarks.extraction import PAGES, Truth, read_truths
from benchmarks.extraction_truth import shares_in_truth, words
from cleaning.boilerplate.features import Figures, measure
from cleaning.boilerplate.kinds import KINDS, describe_page, read_declared
from cleaning.boilerplate.segments import read_segments

FOLDER = Path(cleaning.boilerplate.__file__).parent
_SEGMENTS_A_PAGE = 110  # as many are drawn from a long page
_LENGTH = 0.7  # power of the words of a segment, so that long ones do not decide alone


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
    model = make_pipeline(StandardScaler(), LogisticRegression(C=0.03, max_iter=1000))
    shares = cross_val_predict(model, descriptions, kinds, cv=5, method="predict_proba")
    _write_kinds(model.fit(descriptions, kinds))
    _write_segments(*_rows([(truth, figures) for truth, figures, _ in pages], shares))
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


def _rows(
    pages: list[tuple[Truth, Figures]], shares: NDArray[np.float64]
) -> tuple[NDArray[np.float32], NDArray[np.bool_], NDArray[np.float64]]:
    """Return figures, whether content, and weight, of the segments of all pages."""
    draw = np.random.RandomState(0)
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


def _write_segments(
    table: NDArray[np.float32], labels: NDArray[np.bool_], weights: NDArray[np.float64]
) -> None:
    model = HistGradientBoostingClassifier(
        learning_rate=0.1,
        max_iter=220,
        max_depth=3,
        min_samples_leaf=500,
        l2_regularization=150,
        max_features=0.1,
        early_stopping=False,
        random_state=0,
    )
    model.fit(table, labels, sample_weight=weights)
    trees = [predictors[0].nodes for predictors in model._predictors]
    lines = [json.dumps([_node(node) for node in tree], separators=(",", ":")) for tree in trees]
    depth = max(int(tree["depth"].max()) for tree in trees)
    baseline = float(np.ravel(model._baseline_prediction)[0])
    inner = ",\n".join(lines)
    _write("segments.json", f'{{"baseline":{baseline},"depth":{depth},"trees":[\n{inner}\n]}}')


def _node(node: np.void) -> list[float]:
    if node["is_leaf"]:
        return [float(f"{node['value']:.5g}")]
    threshold = float(f"{node['num_threshold']:.6g}")
    return [int(node["feature_idx"]), threshold, int(node["left"]), int(node["right"])]


def _short(row: NDArray[np.float64]) -> list[float]:
    return [float(f"{value:.5g}") for value in row]


def _write(name: str, text: str) -> None:
    (FOLDER / name).write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
