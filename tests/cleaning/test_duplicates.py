import random
from itertools import permutations

import pytest

from cleaning.duplicates import group_near_duplicates, signature

WORDS = [f"word{number}" for number in range(400)]


def text_of(seed: int, length: int = 300) -> str:
    return " ".join(random.Random(seed).choices(WORDS, k=length))  # noqa: S311


def signed(text: str) -> bytes:
    value = signature(text)
    assert value is not None
    return value


def test_signature_is_pinned() -> None:
    value = signed(" ".join(WORDS))
    assert len(value) == 512
    assert value[:8].hex() == "01915c0f475d7b0f"


def test_case_punctuation_and_blanks_do_not_count() -> None:
    assert signed(text_of(1)) == signed(text_of(1).upper().replace(" ", ",\n"))


@pytest.mark.parametrize(("words", "is_signed"), [(0, False), (19, False), (20, True)])
def test_short_texts_have_no_signature(words: int, is_signed: bool) -> None:
    assert (signature(" ".join(WORDS[:words])) is not None) == is_signed


def test_republished_texts_are_grouped_under_the_smallest_id() -> None:
    original = text_of(1)
    rows = [
        ("d", signed(original)),
        ("b", signed(f"First published elsewhere. {original}")),
        ("c", signed(original.replace(" word7 ", " another "))),
        ("a", signed(text_of(2))),
        ("e", signed(text_of(3))),
        ("f", signed(text_of(3))),
    ]
    expected = {"b": "b", "c": "b", "d": "b", "e": "e", "f": "e"}
    for order in list(permutations(rows))[::97]:
        assert group_near_duplicates(order) == expected


def test_half_a_text_is_no_near_duplicate() -> None:
    whole = text_of(1)
    half = " ".join(whole.split()[:150])
    assert group_near_duplicates([("a", signed(whole)), ("b", signed(half))]) == {}


def test_nothing_gives_nothing() -> None:
    assert group_near_duplicates([]) == {}
