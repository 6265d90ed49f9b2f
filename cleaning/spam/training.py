"""Fit both models; every choice looks only at the rows it is given, so that folds stay apart.

scikit-learn is a development dependency and imported where it is used.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .grams import character_grams, word_grams
from .labelled import LabelledComment
from .measures import measure
from .rules import RULES, held_rules
from .view import SeenComment

MOST_WORDS, MOST_CHARACTERS = 10_000, 20_000
FEWEST_SITES = 3
"""An n-gram of fewer sites is left out: it belongs to a topic, an owner or a person."""
FEWEST_COMMENTS = 3
REGULARISATION = 10.0  # scikit-learn's C of the n-grams; the same for the baseline
FEATURE_REGULARISATION = 1.0  # and of the features on top
INNER_FOLDS = 5

Rows = NDArray[np.int64]
Scores = NDArray[np.float64]

_LATIN = re.compile(r"[\x00-\u024f\u1e00-\u1eff\u2010-\u2027\u20a0-\u20bf]*")
_LOWER_WORD = re.compile(r"\b[^\W\d_A-Z][^\W\d_A-Z]+\b")
_WORD = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True, slots=True)
class Corpus:
    """Labelled comments in numbers: one row a comment.

    ``words`` and ``chars`` are sparse counts of n-grams, ``features`` the readable features.
    """

    comments: Sequence[LabelledComment]
    is_spam: NDArray[np.bool_]
    sites: NDArray[np.int64]
    words: Any
    word_names: NDArray[np.str_]
    chars: Any
    char_names: NDArray[np.str_]
    features: NDArray[np.float64]
    feature_names: tuple[str, ...]

    @property
    def rows(self) -> Rows:
        return np.arange(len(self.comments))


@dataclass(frozen=True, slots=True)
class Part:
    """The n-grams of one kind: columns of the counts, names, document frequencies, weights."""

    columns: NDArray[np.int64]
    names: NDArray[np.str_]
    documents: NDArray[np.int64]
    weights: Scores


@dataclass(frozen=True, slots=True)
class LinearModel:
    """The fitted model over n-grams."""

    words: Part
    chars: Part
    intercept: float
    documents: int
    rows: Any  # TF-IDF of every comment of the corpus, for scores without another transformation
    estimator: Any


@dataclass(frozen=True, slots=True)
class FeatureModel:
    """The fitted model over the n-grams' score and the features, weights for plain values."""

    weights: Scores
    intercept: float

    def score(self, ngram_scores: Scores, features: NDArray[np.float64]) -> Scores:
        values: Scores = feature_rows(ngram_scores, features) @ self.weights + self.intercept
        return values


def feature_rows(ngram_scores: Scores, features: NDArray[np.float64]) -> NDArray[np.float64]:
    """What the small model weighs: the n-grams' score, that score where above 0, the features."""
    rows: NDArray[np.float64] = np.c_[ngram_scores, np.maximum(ngram_scores, 0), features]
    return rows


def count(comments: Sequence[LabelledComment]) -> Corpus:
    """Count every n-gram and measure every feature; nothing is learnt yet."""
    seen = [comment.seen for comment in comments]
    words, word_names = _count(seen, word_grams)
    chars, char_names = _count(seen, character_grams)
    measured = [measure(one, held_rules(one)) for one in seen]
    names = tuple(sorted({rule.reason for rule in RULES}.union(*measured)))
    sites = {site: n for n, site in enumerate(sorted({c.site for c in comments}))}
    return Corpus(
        comments,
        np.array([c.is_spam for c in comments]),
        np.array([sites[c.site] for c in comments]),
        words,
        word_names,
        chars,
        char_names,
        np.array([[float(values.get(name, 0)) for name in names] for values in measured]),
        names,
    )


def _count(seen: Sequence[SeenComment], analyzer: Any) -> tuple[Any, NDArray[np.str_]]:
    from sklearn.feature_extraction.text import CountVectorizer

    vectorizer = CountVectorizer(analyzer=analyzer, min_df=FEWEST_COMMENTS)
    counts = vectorizer.fit_transform(seen).tocsc()
    return counts, np.array(vectorizer.get_feature_names_out(), dtype=np.str_)


def names_of_people(comments: Iterable[LabelledComment]) -> set[str]:
    """Words of author names that are no ordinary words: fewer than 3 sites write them small."""
    sites: dict[str, set[str]] = {}
    names: set[str] = set()
    for comment in comments:
        names.update(_WORD.findall((comment.author or "").lower()))
        for word in set(_LOWER_WORD.findall(comment.text)):
            sites.setdefault(word, set()).add(comment.site)
    return {name for name in names if len(sites.get(name, ())) < FEWEST_SITES}


def is_allowed(gram: str, names: set[str]) -> bool:
    """Whether an n-gram may be weighed: Latin letters only, so that no script decides anything, and
    no name of a person in it."""
    field, text = gram[:2], gram[2:]
    if not _LATIN.fullmatch(text):
        return False
    pieces = _WORD.findall(text.replace("_", " "))
    is_whole = (text.startswith("_") and text.endswith("_")) or field == "a:" or " " in text
    return not any(piece in names and (is_whole or len(piece) >= 4) for piece in pieces)


def _choose(
    counts: Any, names: NDArray[np.str_], corpus: Corpus, rows: Rows, people: set[str], most: int
) -> NDArray[np.int64]:
    """The columns to weigh: of enough sites and comments, the most frequent first."""
    import scipy.sparse as sp

    chosen = counts[rows]
    shape = (int(corpus.sites.max()) + 1, len(rows))
    of_site = sp.csr_matrix((np.ones(len(rows)), (corpus.sites[rows], range(len(rows)))), shape)
    sites = np.diff((of_site @ (chosen > 0).astype(float)).tocsc().indptr)
    documents = np.diff(chosen.tocsc().indptr)
    enough = np.flatnonzero((sites >= FEWEST_SITES) & (documents >= FEWEST_COMMENTS))
    allowed = np.array([i for i in enough if is_allowed(str(names[i]), people)], dtype=np.int64)
    total = np.asarray(chosen.sum(axis=0)).ravel()
    best = allowed[np.argsort(-total[allowed], kind="stable")[:most]]
    return np.sort(best)


def fit_linear(corpus: Corpus, rows: Rows) -> LinearModel:
    """Choose n-grams, weigh them by TF-IDF, and fit a logistic regression to the rows."""
    import scipy.sparse as sp
    from sklearn.feature_extraction.text import TfidfTransformer

    people = names_of_people(corpus.comments[i] for i in rows)
    parts = []
    for counts, names, most in (
        (corpus.words, corpus.word_names, MOST_WORDS),
        (corpus.chars, corpus.char_names, MOST_CHARACTERS),
    ):
        columns = _choose(counts, names, corpus, rows, people, most)
        chosen = counts[:, columns].tocsr()
        tfidf = TfidfTransformer(norm=None).fit(chosen[rows])
        documents = np.diff(chosen[rows].tocsc().indptr)
        values = divide_by_root_of_sum(tfidf.transform(chosen))
        parts.append((columns, names[columns], documents, values))
    stacked = sp.hstack([part[3] for part in parts]).tocsr()
    estimator = fit_weights(stacked[rows], corpus.is_spam[rows])
    weights = np.split(estimator.coef_[0], [len(parts[0][0])])
    words, chars = (Part(p[0], p[1], p[2], w) for p, w in zip(parts, weights, strict=True))
    intercept = float(estimator.intercept_[0])
    return LinearModel(words, chars, intercept, len(rows), stacked, estimator)


def divide_by_root_of_sum(values: Any) -> Any:
    """Every row of a sparse matrix by the square root of its sum; rows of nothing stay."""
    import scipy.sparse as sp

    sums = np.asarray(values.sum(axis=1)).ravel()
    return sp.diags_array(1 / np.sqrt(np.where(sums > 0, sums, 1))) @ values


def fit_weights(values: Any, is_spam: NDArray[np.bool_]) -> Any:
    from sklearn.linear_model import LogisticRegression

    return LogisticRegression(C=REGULARISATION, solver="liblinear").fit(values, is_spam)


def split(corpus: Corpus, rows: Rows, folds: int) -> list[Rows]:
    """Parts of about one size, every site in one of them."""
    sites, counts = np.unique(corpus.sites[rows], return_counts=True)
    sizes, fold_of = [0] * folds, {}
    for index in np.argsort(-counts, kind="stable"):
        smallest = sizes.index(min(sizes))
        fold_of[int(sites[index])] = smallest
        sizes[smallest] += int(counts[index])
    of_row = np.array([fold_of[int(corpus.sites[row])] for row in rows])
    return [rows[of_row == fold] for fold in range(folds)]


def cross_scores(corpus: Corpus, linear: LinearModel, rows: Rows) -> Scores:
    """The n-grams' score of each of the rows, from weights that have not seen its site.

    The n-grams and their idf are those of all rows; only the weights are fitted again.
    """
    scores = np.zeros(len(corpus.comments))
    for held_out in split(corpus, rows, INNER_FOLDS):
        rest = np.setdiff1d(rows, held_out)
        estimator = fit_weights(linear.rows[rest], corpus.is_spam[rest])
        scores[held_out] = estimator.decision_function(linear.rows[held_out])
    return scores


def fit_features(corpus: Corpus, scores: Scores, rows: Rows) -> FeatureModel:
    """Fit the small model; ``scores`` come from weights that did not see the row's site."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.preprocessing import StandardScaler

    values = feature_rows(scores, corpus.features)
    scaler = StandardScaler().fit(values[rows])
    estimator = LogisticRegression(C=FEATURE_REGULARISATION, max_iter=1000)
    estimator.fit(scaler.transform(values[rows]), corpus.is_spam[rows])
    weights = estimator.coef_[0] / scaler.scale_
    return FeatureModel(weights, float(estimator.intercept_[0] - weights @ scaler.mean_))


def cross_stacked(corpus: Corpus, scores: Scores, rows: Rows) -> Scores:
    """The small model's score of each of the rows, from weights that have not seen its site."""
    stacked = np.zeros(len(corpus.comments))
    for held_out in split(corpus, rows, INNER_FOLDS):
        rest = np.setdiff1d(rows, held_out)
        model = fit_features(corpus, scores, rest)
        stacked[held_out] = model.score(scores[held_out], corpus.features[held_out])
    return stacked


def threshold_at(scores: Scores, is_spam: NDArray[np.bool_], ham_loss: float) -> float:
    """The lowest score above which at most ``ham_loss`` (a share) of the ham lies."""
    ham = np.sort(scores[~is_spam])[::-1]
    lost = int(ham_loss * len(ham))
    above = scores[scores > ham[lost]]
    return float((ham[lost] + above.min()) / 2) if len(above) else float(ham[lost]) + 1


def safe_threshold(scores: Scores, is_spam: NDArray[np.bool_], ham_loss: float) -> float:
    """The score below which all but ``ham_loss`` (a share) of the ham lies, between two comments of
    it where the share falls between: it does not jump with the label of a single comment."""
    return float(np.quantile(scores[~is_spam], 1 - ham_loss))
