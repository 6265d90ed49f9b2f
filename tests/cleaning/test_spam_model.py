"""The trained tables: equal to scikit-learn, sorted, small, and nothing private in them."""

from __future__ import annotations

import gzip
import re
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import phonenumbers
import pytest

from cleaning.spam import judge_comment, model_version, training
from cleaning.spam.grams import character_grams, pieces_of, word_grams
from cleaning.spam.labelled import LabelledComment, read_labelled
from cleaning.spam.measures import measure
from cleaning.spam.model import (
    FEATURES,
    LINEAR,
    LINEAR_ABOVE,
    NGRAMS,
    NgramModel,
    SpamModel,
    read_model,
    read_ngrams,
    read_table,
    shipped_model,
)
from cleaning.spam.rules import RULES, held_rules
from cleaning.spam.train import feature_table, main, ngram_table
from cleaning.spam.view import look_at

LABELLED = Path(__file__).parents[3] / "shared" / "spam" / "dev.jsonl.gz"
TOLERANCE = 1e-6
SITES = tuple(f"{name}.example" for name in ("mill", "quay", "hill", "moor", "lane", "weir"))
HAM = (
    "The allotment group met on {n} evenings and we agreed a plan, was anyone there?",
    "Diolch am hyn! We tried a timebank at the library for {n} months, and I learnt a lot.",
    "Our carers asked the same question. Who pays for the bus on day {n}?",
)
SPAM = (
    "Buy cheap shoes online, visit our website for {n} offers today",
    "Best price for replica watches, order now and save {n} per cent, visit our shop",
    "We offer quick loans online, visit and apply today, {n} happy customers",
)


def labelled(text: str, site: str, is_spam: bool) -> LabelledComment:
    return LabelledComment(
        text=text,
        author="cheap shoes online" if is_spam else "Tegwen",
        author_url="https://cheap-shoes.example/buy/shoes-online" if is_spam else None,
        links=("https://shop.example/",) if is_spam else (),
        page_host=site,
        is_spam=is_spam,
        is_pingback=False,
        source=site,
        language="en",
        stratum="plain",
        site=site,
        raw=text,
    )


@pytest.fixture(scope="module")
def corpus() -> training.Corpus:
    pytest.importorskip("sklearn", reason="scikit-learn is a development dependency")
    return training.count(
        [
            labelled(text.format(n=n), site, is_spam)
            for n in range(5)
            for site in SITES
            for texts, is_spam in ((HAM, False), (SPAM, True))
            for text in texts
        ]
    )


def pipeline(linear: training.LinearModel) -> Any:
    """The same model in scikit-learn's own parts."""
    from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline, make_union
    from sklearn.preprocessing import FunctionTransformer

    kinds = [
        make_pipeline(
            CountVectorizer(analyzer=analyzer, vocabulary=list(part.names)),
            TfidfTransformer(norm=None),
            FunctionTransformer(training.divide_by_root_of_sum),
        )
        for analyzer, part in ((word_grams, linear.words), (character_grams, linear.chars))
    ]
    classifier = LogisticRegression(C=training.REGULARISATION, solver="liblinear")
    return make_pipeline(make_union(*kinds), classifier)


def test_ngrams_score_as_scikit_learn_does(corpus: training.Corpus) -> None:
    linear = training.fit_linear(corpus, corpus.rows)
    seen = [comment.seen for comment in corpus.comments]
    expected = pipeline(linear).fit(seen, corpus.is_spam).decision_function(seen)
    shipped = read_ngrams(ngram_table(linear))
    scores = np.array([shipped.score(comment) for comment in seen])
    assert len(shipped.words["t"]) > 20
    assert len(shipped.chars["t"]) > 200
    assert np.abs(scores - expected).max() < TOLERANCE


def test_features_score_as_scikit_learn_does(corpus: training.Corpus) -> None:
    linear = training.fit_linear(corpus, corpus.rows)
    scores = training.cross_scores(corpus, linear, corpus.rows)
    small = training.fit_features(corpus, scores, corpus.rows)
    table = feature_table(corpus.feature_names, small, threshold=0.5)
    model = read_model(ngram_table(linear), table)
    expected = small.score(scores, corpus.features) - 0.5 + np.log(3)
    for comment, score, value in zip(corpus.comments, scores, expected, strict=True):
        features = measure(comment.seen, held_rules(comment.seen))
        assert abs(model.score(float(score), features) - 1 / (1 + np.exp(-value))) < TOLERANCE


def test_threshold_loses_no_more_than_it_may() -> None:
    scores = np.array([0.1, 0.2, 0.3, 0.9, 0.5, 0.95])
    is_spam = np.array([False, False, False, False, True, True])
    assert 0.3 < training.threshold_at(scores, is_spam, 0.25) < 0.5
    assert 0.9 < training.threshold_at(scores, is_spam, 0.0) < 0.95


def test_the_threshold_that_ships_lies_between_two_comments() -> None:
    scores = np.array([0.1, 0.2, 0.3, 0.9, 0.99])
    is_spam = np.array([False, False, False, False, True])
    assert training.safe_threshold(scores, is_spam, 0.0) == pytest.approx(0.9)
    assert training.safe_threshold(scores, is_spam, 1 / 6) == pytest.approx(0.6)


def test_folds_keep_a_site_together(corpus: training.Corpus) -> None:
    folds = training.split(corpus, corpus.rows, 3)
    assert sorted(row for fold in folds for row in fold) == list(corpus.rows)
    sites = [{int(corpus.sites[row]) for row in fold} for fold in folds]
    assert sum(len(one) for one in sites) == len(SITES)


def test_command_needs_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path / "none.jsonl.gz")]) == 2
    assert "no such file" in capsys.readouterr().err


# --- what ships ---


@pytest.fixture(scope="module")
def tables() -> dict[str, str]:
    folder = files("cleaning.spam")
    return {name: (folder / name).read_text(encoding="utf-8") for name in (NGRAMS, FEATURES)}


@pytest.fixture(scope="module")
def grams(tables: dict[str, str]) -> list[str]:
    return [row[1] for row in read_table(tables[NGRAMS])[1]]


def test_tables_are_sorted_and_small(tables: dict[str, str]) -> None:
    for text in tables.values():
        _, rows = read_table(text)
        assert rows == sorted(rows)
        assert len({tuple(row[:-1][:2]) for row in rows}) == len(rows)
    assert sum(len(gzip.compress(text.encode())) for text in tables.values()) < 1_000_000


def test_every_feature_has_a_weight() -> None:
    comment = look_at("Who pays?", "A", "https://a.example", ["https://b.example/c"], "")
    weighed = set(shipped_model().weights)
    assert weighed >= {LINEAR, LINEAR_ABOVE, *(rule.reason for rule in RULES)}
    assert weighed >= set(measure(comment, held_rules(comment)))


def test_version_follows_the_tables(tables: dict[str, str]) -> None:
    changed = tables[FEATURES] + "more\t0\n"
    assert re.fullmatch(r"spam-[0-9a-f]{10}", model_version())
    assert read_model(tables[NGRAMS], tables[FEATURES]).version == model_version()
    assert read_model(tables[NGRAMS], changed).version != model_version()


def test_ngrams_hold_no_mail_address_and_no_number(grams: list[str]) -> None:
    assert len(grams) > 20_000
    assert [gram for gram in grams if "@" in gram] == []
    assert [gram for gram in grams if re.search(r"[1-9]|\d\d", gram)] == []
    text = "\n".join(grams)
    assert list(phonenumbers.PhoneNumberMatcher(text, "GB")) == []


def test_ngrams_are_in_latin_letters(grams: list[str]) -> None:
    """So that no script decides anything."""
    strange = [g for g in grams if any(c.isalpha() and c > "\u024f" and c < "\u1e00" for c in g)]
    assert strange == []


def test_ngrams_are_short(grams: list[str]) -> None:
    assert max(len(gram.split()) for gram in grams) == 2
    assert max(len(gram) - 2 for gram in grams if " " not in gram) < 20


def test_no_name_of_a_commenter_is_weighed(grams: list[str]) -> None:
    """A name is a word of an author's name that fewer than three sites use as an ordinary word."""
    if not LABELLED.is_file():
        pytest.skip("the labelled comments are not beside the repository (../shared/spam)")
    names = training.names_of_people(read_labelled(LABELLED))
    assert len(names) > 1000
    assert [gram for gram in grams if not training.is_allowed(gram, names)] == []
    words = {word for gram in grams if " " in gram or len(gram) > 7 for word in gram[2:].split()}
    assert words & names == set()


@pytest.mark.parametrize(
    ("gram", "is_right"),
    [
        ("t:tegwen", False),
        ("a:tegwen", False),
        ("t:thanks tegwen", False),
        ("t:_bo_", False),
        ("a:bo", False),
        ("t:bo", True),
        ("t:abo_", True),
        ("t:купить", False),
        ("t:buy cheap", True),
        ("t:mae'n", True),
    ],
)
def test_what_may_be_weighed(gram: str, is_right: bool) -> None:
    assert training.is_allowed(gram, {"tegwen", "bo"}) is is_right


def test_people_are_told_from_words() -> None:
    comments = [labelled(f"my rose and my will {n}", site, False) for n, site in enumerate(SITES)]
    assert training.names_of_people(comments) == {"tegwen"}


@pytest.mark.parametrize(
    "token", ["menna@valley.example", "@menna", "01632960983", "£5,000", "x" * 500]
)
def test_tokens_give_away_little(token: str) -> None:
    for piece in pieces_of(token):
        assert not re.search(r"@|[1-9]|00", piece)
    assert len(pieces_of(token)) < 150


def test_a_word_counts_once() -> None:
    model = NgramModel({"t": {"buy": complex(1.0, 2.0)}}, {"t": {}}, intercept=0.5)
    once, often = (look_at("buy " * n, None, None, (), "") for n in (1, 50))
    assert model.score(once) == model.score(often) == 2.5


def test_score_never_overflows() -> None:
    model = SpamModel(NgramModel({}, {}, 0.0), {LINEAR: 1.0, LINEAR_ABOVE: 0.0}, 0.0, "spam-0")
    assert model.score(-1e6, {}) == 0.0
    assert model.score(1e6, {}) == 1.0


def test_words_are_a_reason() -> None:
    verdict = judge_comment(
        "Our company offers cheap replica watches, best price online, visit our website now",
        author="cheap watches online",
        author_url="https://cheap-watches.example/shop/replica-watches",
        links=(),
        page_host="moor.example",
    )
    assert verdict.band == "quarantined"
    assert any(re.match(r"its words are those of adverts: '\w+'", r) for r in verdict.reasons)
