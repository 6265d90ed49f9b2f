"""How often the language of a whole document is right: at least 99 of 100 of over 200 characters.

On texts put together from our own sentences, then on saved pages that declare their language and
are not part of the repository.
"""

import re
from collections.abc import Sequence

import pytest

from benchmarks.marked_pages import FOLDER, read_marked
from cleaning.languages import detect_language
from cleaning.page import read_page_model
from cleaning.reader import read_page
from tests.cleaning.sentences import SENTENCES, documents
from tests.cleaning.shown import SAMPLES, counted_pages, sample

LEAST_RIGHT = 0.99
LONG_ENOUGH = 200
EVERY = 8


def _share_right(texts: Sequence[str], code: str, expected: Sequence[str] = ()) -> float:
    return sum(detect_language(text, expected).code == code for text in texts) / len(texts)


@pytest.mark.parametrize("expected", [(), ("en-GB", "cy")], ids=["none declared", "two declared"])
@pytest.mark.parametrize("code", SENTENCES)
def test_documents_of_one_language(code: str, expected: tuple[str, ...]) -> None:
    texts = documents(code)
    assert len(set(texts)) == 100
    assert min(map(len, texts)) > LONG_ENOUGH
    assert _share_right(texts, code, expected) >= LEAST_RIGHT


@pytest.mark.parametrize("code", SENTENCES)
def test_documents_of_one_language_have_no_other(code: str) -> None:
    found = [detect_language(text) for text in documents(code)]
    assert sum(len(one.shares) == 1 for one in found) / len(found) >= LEAST_RIGHT


PAIRS = [("cy", "en"), ("en", "cy"), ("es", "en"), ("de", "fr"), ("fr", "es"), ("de", "en")]


@pytest.mark.parametrize(("first", "second"), PAIRS, ids=["-".join(pair) for pair in PAIRS])
def test_bilingual_documents_have_shares_by_block(first: str, second: str) -> None:
    for place in range(40):
        one = [SENTENCES[first][(place + turn) % 18] for turn in range(4)]
        two = [SENTENCES[second][(place * 5 + turn) % 18] for turn in range(2)]
        found = detect_language("\n\n".join([one[0], two[0], one[1], two[1], *one[2:]]))
        letters = [sum(map(str.isalpha, "".join(part))) for part in (one, two)]
        assert found.code == first
        assert [code for code, _ in found.shares] == [first, second]
        assert found.shares[0][1] == pytest.approx(letters[0] / sum(letters))
        assert found.shares[1][1] == pytest.approx(letters[1] / sum(letters))


def test_a_translation_below_the_text_is_a_share() -> None:
    for text, translation in zip(documents("cy", 40), documents("en", 40), strict=True):
        found = detect_language(f"{text}\n\n{translation}", ["en", "cy"])
        assert {code for code, _ in found.shares} == {"cy", "en"}
        assert sum(share for _, share in found.shares) == pytest.approx(1)


# --- Saved pages, which are not part of the repository ---------------------------------------


def test_the_marked_texts_of_saved_pages() -> None:
    if not FOLDER.is_dir():
        pytest.skip(f"{FOLDER} is not there")
    pairs = []
    for truth in read_marked("wcxb-dev", step=EVERY):
        declared = re.search(rb"<html[^>]{0,300}?\blang=[\"']?([a-zA-Z]{2})\b", truth.html[:5000])
        if declared and truth.text and len(truth.text) > LONG_ENOUGH:
            pairs.append((declared[1].decode().lower(), detect_language(truth.text).code))
    assert len(pairs) > 50
    assert sum(declared == found for declared, found in pairs) / len(pairs) >= LEAST_RIGHT


def test_the_texts_of_saved_blogs() -> None:
    if not SAMPLES.is_dir():
        pytest.skip(f"{SAMPLES} is not there")
    pairs = {}
    for name, _ in counted_pages():
        page = sample(name)
        model = read_page_model(page, "https://blog.example/")
        declared = model.head.language[:2].lower()
        text = read_page(model).text
        if declared in SENTENCES and len(text) > LONG_ENOUGH:
            pairs[name] = (declared, detect_language(text).code)
    assert {declared for declared, _ in pairs.values()} >= {"de", "en"}
    assert {name: pair for name, pair in pairs.items() if pair[0] != pair[1]} == {}
