"""Cross-validation of the spam model and of the baseline, folds by site.

Nothing that is chosen sees the fold that it is scored on: n-grams, idf and weights come from the
other folds, the small model from scores that a further split of those makes, and so does the
threshold. The constants of `cleaning.spam.training` are the same in every fold.
"""

from __future__ import annotations

import os
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import repeat
from math import log
from multiprocessing import get_context
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cleaning.spam import training
from cleaning.spam.guards import THRESHOLD, final_score
from cleaning.spam.model import sigmoid
from cleaning.spam.rules import held_rules
from cleaning.spam.train import HAM_LOSS
from cleaning.spam.training import Corpus, Rows, Scores

FOLDS = 10
SCORES = ("baseline", "ngrams", "features", "model", "guarded")


@dataclass(frozen=True, slots=True)
class Outcome:
    """A score for every comment from models that have not seen its site.

    ``guarded`` and ``shipped`` are with the guards; ``shipped`` is what quarantine would take.
    """

    is_spam: NDArray[np.bool_]
    baseline: Scores
    ngrams: Scores
    features: Scores
    model: Scores
    guarded: Scores

    @property
    def shipped(self) -> NDArray[np.bool_]:
        return self.guarded >= THRESHOLD


def cross_validate(corpus: Corpus) -> Outcome:
    """Train and score `FOLDS` times, two folds at a time."""
    counted = Baseline(corpus)
    folds = training.split(corpus, corpus.rows, FOLDS)
    # Started afresh, with one thread each: the matrices are small, and threads only wait.
    os.environ["OMP_NUM_THREADS"] = "1"
    with ProcessPoolExecutor(max_workers=2, mp_context=get_context("spawn")) as pool:
        parts = list(pool.map(score_fold, repeat(corpus), repeat(counted), folds))
    columns = np.zeros((len(SCORES), len(corpus.comments)))
    for fold, part in zip(folds, parts, strict=True):
        columns[:, fold] = part
    return Outcome(corpus.is_spam, *columns)


def score_fold(corpus: Corpus, baseline: Baseline, fold: Rows) -> Scores:
    """A row for each of `SCORES`, from everything but the fold."""
    rest = np.setdiff1d(corpus.rows, fold)
    linear = training.fit_linear(corpus, rest)
    ngrams = linear.estimator.decision_function(linear.rows[fold])
    inner = training.cross_scores(corpus, linear, rest)
    small = training.fit_features(corpus, inner, rest)
    model = small.score(ngrams, corpus.features[fold])
    alone = training.fit_features(corpus, np.zeros_like(inner), rest)
    features = alone.score(np.zeros(len(fold)), corpus.features[fold])
    stacked = training.cross_stacked(corpus, inner, rest)
    threshold = training.safe_threshold(stacked[rest], corpus.is_spam[rest], HAM_LOSS)
    guarded = guard(corpus, model - threshold, fold)
    return np.array([baseline.scores(rest, fold), ngrams, features, model, guarded])


def guard(corpus: Corpus, above: Scores, rows: Rows) -> Scores:
    """The scores as a verdict has them; ``above`` is 0 at the threshold."""
    at_threshold = log(THRESHOLD / (1 - THRESHOLD))
    scores = []
    for row, value in zip(rows, above, strict=True):
        one, seen = corpus.comments[row], corpus.comments[row].seen
        score = final_score(
            sigmoid(float(value) + at_threshold),
            held_rules(seen),
            seen,
            author_url=one.author_url,
            page_host=one.page_host,
            is_pingback=one.is_pingback,
        )
        scores.append(score)
    return np.array(scores)


class Baseline:
    """Words (1–2) and characters (2–5) of text, author and author's link as they stand, TF-IDF with
    10,000 and 20,000 n-grams, logistic regression. Counted once; what is learnt is of the rows."""

    def __init__(self, corpus: Corpus) -> None:
        from sklearn.feature_extraction.text import CountVectorizer

        texts = [comment.raw for comment in corpus.comments]
        self._is_spam = corpus.is_spam
        self._counts = [
            (CountVectorizer(ngram_range=(1, 2), min_df=2).fit_transform(texts).tocsc(), 10_000),
            (
                CountVectorizer(analyzer="char_wb", ngram_range=(2, 5), min_df=5)
                .fit_transform(texts)
                .tocsc(),
                20_000,
            ),
        ]

    def scores(self, rows: Rows, fold: Rows) -> Scores:
        """Fit to ``rows``, score ``fold``."""
        import scipy.sparse as sp
        from sklearn.feature_extraction.text import TfidfTransformer

        parts: list[Any] = []
        for counts, most in self._counts:
            total = np.asarray(counts[rows].sum(axis=0)).ravel()
            chosen = counts[:, np.argsort(-total, kind="stable")[:most]].tocsr()
            tfidf = TfidfTransformer(sublinear_tf=True).fit(chosen[rows])
            parts.append(tfidf.transform(chosen))
        values = sp.hstack(parts).tocsr()
        estimator = training.fit_weights(values[rows], self._is_spam[rows])
        scores: Scores = estimator.decision_function(values[fold])
        return scores
