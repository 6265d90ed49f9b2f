"""The trained model at run time: two tables of weights, read once.

``ngrams.tsv`` holds the linear model over n-grams, ``features.tsv`` the small model on top: the
n-grams' score and every readable feature. Both begin with lines ``# name<TAB>value``;
`cleaning.spam.train` writes them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from math import exp, log, sqrt

from .grams import FIELDS, pieces_of, tokens, words_by_field
from .view import SeenComment

NGRAMS, FEATURES = "ngrams.tsv", "features.tsv"
WORDS, CHARACTERS = "word", "char"
LINEAR = "score of the n-grams"
_SHORTEST_SHOWN = 4  # letters; shorter words tell a reader nothing
_MOST_REMEMBERED = 100_000
"""Tokens whose n-grams are kept at hand; most words of a comment have been met before."""

Weighed = tuple[float, float]
"""What something adds to a comment's sum of idf, and to its sum of idf times weight."""


@dataclass(slots=True)
class NgramModel:
    """A linear model over TF-IDF, each of the two kinds divided by the square root of its sum.

    The sums add up over words and tokens, so what a token adds is computed once and remembered.
    """

    words: Mapping[str, Mapping[str, Weighed]]  # by field, then by n-gram
    chars: Mapping[str, Mapping[str, Weighed]]
    intercept: float
    _known: dict[tuple[str, str], Weighed] = field(init=False, default_factory=dict)

    def score(self, comment: SeenComment) -> float:
        """The decision function: above 0 more like spam than not."""
        words = [
            one
            for field, grams in words_by_field(comment)
            for one in map(self.words[field].get, grams)
            if one
        ]
        chars = [self._known.get(token) or self._weigh(token) for token in tokens(comment)]
        return self.intercept + _divided(words) + _divided(chars)

    def strongest_words(self, comment: SeenComment, most: int) -> list[str]:
        """Single words of the text that speak most for spam, strongest first."""
        known = self.words["t"]
        said = [w for w in dict.fromkeys(comment.said) if len(w) >= _SHORTEST_SHOWN and w in known]
        shown = [(known[word][1], word) for word in said if known[word][1] > 0]
        return [word for _, word in sorted(shown, key=lambda one: (-one[0], one[1]))[:most]]

    def _weigh(self, token: tuple[str, str]) -> Weighed:
        field, text = token
        found = [one for one in map(self.chars[field].get, pieces_of(text)) if one]
        weighed = (sum(idf for idf, _ in found), sum(added for _, added in found))
        if len(self._known) >= _MOST_REMEMBERED:
            self._known.clear()
        self._known[token] = weighed
        return weighed


def _divided(weighed: Iterable[Weighed]) -> float:
    idf = added = 0.0
    for one, other in weighed:
        idf += one
        added += other
    return added / sqrt(idf) if idf else 0.0


@dataclass(frozen=True, slots=True)
class SpamModel:
    """Both models, and the version that a verdict can be traced to."""

    ngrams: NgramModel
    weights: Mapping[str, float]
    intercept: float
    version: str

    def score(self, ngram_score: float, features: Mapping[str, float]) -> float:
        """How likely a comment is spam, 0 to 1, where `THRESHOLD` is what quarantine takes."""
        weighed = sum(self.weights[name] * value for name, value in features.items() if value)
        return sigmoid(self.intercept + self.weights[LINEAR] * ngram_score + weighed)


def sigmoid(value: float) -> float:
    """1 / (1 + e^-value), without overflow."""
    return 1 / (1 + exp(-value)) if value >= 0 else exp(value) / (1 + exp(value))


def read_table(text: str) -> tuple[dict[str, str], list[list[str]]]:
    """The values of the head, and the rows below the line of column names."""
    lines = text.splitlines()
    head = dict(line[2:].split("\t") for line in lines if line.startswith("# "))
    return head, [line.split("\t") for line in lines[len(head) + 1 :]]


def read_ngrams(text: str) -> NgramModel:
    """Read ``ngrams.tsv``; ValueError or KeyError where it is no such table."""
    head, rows = read_table(text)
    kinds: dict[str, dict[str, dict[str, Weighed]]] = {
        kind: {field: {} for field in FIELDS} for kind in (WORDS, CHARACTERS)
    }
    more = 1 + int(head["documents"])
    for kind, gram, comments, weight in rows:
        # scikit-learn's smooth idf: as if one more comment held every n-gram.
        idf = log(more / (1 + int(comments))) + 1
        kinds[kind][gram[0]][gram[2:]] = (idf, idf * float(weight))
    return NgramModel(kinds[WORDS], kinds[CHARACTERS], float(head["intercept"]))


def read_model(ngrams: str, features: str) -> SpamModel:
    """Read both tables; the version is made of what they say."""
    head, rows = read_table(features)
    digest = hashlib.sha256(f"{ngrams}\0{features}".encode()).hexdigest()
    return SpamModel(
        read_ngrams(ngrams),
        {name: float(weight) for name, weight in rows},
        float(head["intercept"]),
        version=f"spam-{digest[:10]}",
    )


@cache
def shipped_model() -> SpamModel:
    """The model that is part of this package, read when it is first asked for."""
    folder = files(__package__ or "cleaning.spam")
    tables = [(folder / name).read_text(encoding="utf-8") for name in (NGRAMS, FEATURES)]
    return read_model(tables[0], tables[1])
