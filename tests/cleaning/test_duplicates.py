import random
from itertools import permutations

import pytest

from cleaning.duplicates import group_near_duplicates, signature
from tests.processor_time import processor_time

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


def posts(count: int, shared: int, own: int) -> list[tuple[str, bytes]]:
    """Posts of one template: so many words of all, and so many of each."""
    template = text_of(1, shared)
    return [(f"{n:05}", signed(f"{template} {text_of(n + 2, own)}")) for n in range(count)]


@pytest.mark.parametrize("own", [30, 100], ids=["alike", "hardly alike"])
def test_thousands_of_posts_of_one_template_cost_little(own: int) -> None:
    signatures = posts(2000, 250, own)
    with processor_time(5):
        found = group_near_duplicates(signatures)
    assert len(found) == (2000 if own == 30 else len(found))


def test_more_than_are_compared_are_still_one_group() -> None:
    assert group_near_duplicates(posts(500, 300, 20)) == {f"{n:05}": "00000" for n in range(500)}
