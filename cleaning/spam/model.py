"""The trained model at run time: two tables of weights, read once.

``ngrams.tsv`` holds the linear model over n-grams, ``features.tsv`` the small model on top: the
n-grams' score and every readable feature. Both begin with lines ``# name<TAB>value``;
`cleaning.spam.train` writes them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from math import exp, log, sqrt

from .grams import FIELDS, pieces_of, read_grams
from .view import SeenComment

NGRAMS, FEATURES = "ngrams.tsv", "features.tsv"
WORDS, CHARACTERS = "word", "char"
LINEAR = "score of the n-grams"
LINEAR_ABOVE = "score of the n-grams where above 0"
"""More and less than what speaks for neither side weigh differently."""
_SHORTEST_SHOWN = 4  # letters; shorter words tell a reader nothing
_MOST_REMEMBERED = 100_000
"""Tokens whose n-grams are kept at hand; most words of a comment have been met before."""

Weighed = complex
"""What something adds to a comment's sum of idf (real part), and to its sum of idf times weight
(imaginary part): one number, so that a comment is scored by plain sums."""
_NOTHING: Weighed = 0j


class _WeighedTokens(dict[str, Weighed]):
    """What the character n-grams of a token add together; worked out when it is first met."""

    def __init__(self, grams: Mapping[str, Weighed]) -> None:
        super().__init__()
        self._weigh = grams.get

    def __missing__(self, token: str) -> Weighed:
        weighed = sum(filter(None, map(self._weigh, pieces_of(token))), _NOTHING)
        if len(self) >= _MOST_REMEMBERED:
            self.clear()
        self[token] = weighed
        return weighed


@dataclass(slots=True)
class NgramModel:
    """A linear model over TF-IDF, each of the two kinds divided by the square root of its sum.

    The sums add up over words and tokens, so what a token adds is computed once and remembered.
    """

    words: Mapping[str, Mapping[Hashable, Weighed]]  # by field, then by word or pair of words
    chars: Mapping[str, Mapping[str, Weighed]]  # by field, then by n-gram
    intercept: float
    _tokens: Mapping[str, _WeighedTokens] = field(init=False)

    def __post_init__(self) -> None:
        self._tokens = {name: _WeighedTokens(grams) for name, grams in self.chars.items()}

    def score(self, comment: SeenComment) -> float:
        """The decision function: above 0 more like spam than not."""
        grams = read_grams(comment)
        known = self.words["t"]
        pairs = dict.fromkeys(filter(known.__contains__, grams.pairs))
        words = sum(map(known.__getitem__, pairs), _NOTHING)
        for name, found in grams.words.items():
            words += sum(filter(None, map(self.words[name].get, found)), _NOTHING)
        chars = _NOTHING
        for name, found in grams.tokens.items():
            chars += sum(map(self._tokens[name].__getitem__, found), _NOTHING)
        return self.intercept + _divided(words) + _divided(chars)

    def strongest_words(self, comment: SeenComment, most: int) -> list[str]:
        """Single words of the text that speak most for spam, strongest first."""
        known = self.words["t"]
        said = [w for w in dict.fromkeys(comment.said) if len(w) >= _SHORTEST_SHOWN and w in known]
        shown = [(known[word].imag, word) for word in said if known[word].imag > 0]
        return [word for _, word in sorted(shown, key=lambda one: (-one[0], one[1]))[:most]]


def _divided(sums: Weighed) -> float:
    return sums.imag / sqrt(sums.real) if sums.real else 0.0


@dataclass(frozen=True, slots=True)
class SpamModel:
    """Both models, and the version that a verdict can be traced to."""

    ngrams: NgramModel
    weights: Mapping[str, float]
    intercept: float
    version: str

    def score(self, ngram_score: float, features: Mapping[str, float]) -> float:
        """How likely a comment is spam, 0 to 1, where `THRESHOLD` is what quarantine takes."""
        weights = self.weights
        sum_ = self.intercept + weights[LINEAR] * ngram_score
        sum_ += weights[LINEAR_ABOVE] * max(ngram_score, 0.0)
        for name, value in features.items():
            if value:
                sum_ += weights[name] * value
        return sigmoid(sum_)


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
    words: dict[str, dict[Hashable, Weighed]] = {name: {} for name in FIELDS}
    chars: dict[str, dict[str, Weighed]] = {name: {} for name in FIELDS}
    more = 1 + int(head["documents"])
    for kind, gram, comments, weight in rows:
        # scikit-learn's smooth idf: as if one more comment held every n-gram.
        idf = log(more / (1 + int(comments))) + 1
        weighed = complex(idf, idf * float(weight))
        if kind == CHARACTERS:
            chars[gram[0]][gram[2:]] = weighed
        else:
            words[gram[0]][tuple(gram[2:].split()) if " " in gram else gram[2:]] = weighed
    return NgramModel(words, chars, float(head["intercept"]))


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
