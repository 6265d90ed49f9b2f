"""What repeats over many places raises the score; what neighbours share does not."""

from __future__ import annotations

import pytest

from cleaning.repeats import Repeats, SeenComment

LONG = "I want to tell everybody how my business changed after I found this."


def seen(
    place: str,
    *,
    source: str = "a",
    text: str | None = None,
    hosts: tuple[str, ...] = (),
    author: str | None = None,
    is_spam: bool = False,
) -> SeenComment:
    words = text or f"We met in hall {place} and talked about the bench there."
    return SeenComment(source, place, words, hosts, author, is_spam)


def counted(*comments: SeenComment) -> Repeats:
    repeats = Repeats()
    for comment in comments:
        repeats.count(comment)
    return repeats


def test_a_host_that_spam_elsewhere_links_to_raises_the_score() -> None:
    repeats = counted(
        seen("1", hosts=("pills.example",), is_spam=True),
        seen("2", source="b", hosts=("pills.example",), is_spam=True),
    )
    score, reasons = repeats.raise_score(seen("3", hosts=("pills.example",)), 0.4)
    assert score == pytest.approx(0.76)
    assert reasons == ("it links to pills.example, as spam in 2 places does",)


def test_one_other_place_is_told_as_one() -> None:
    repeats = counted(seen("1", hosts=("pills.example",), is_spam=True))
    _, reasons = repeats.raise_score(seen("3", hosts=("pills.example",)), 0.4)
    assert reasons == ("it links to pills.example, as spam in 1 other place does",)


def test_a_host_that_only_real_comments_link_to_does_not() -> None:
    comments = [seen(str(n), source=str(n % 3), hosts=("council.example",)) for n in range(20)]
    assert counted(*comments).raise_score(comments[0], 0.2) == (0.2, ())


def test_the_same_long_text_under_many_documents_does() -> None:
    comments = [seen(str(n), text=LONG) for n in range(3)]
    score, reasons = counted(*comments).raise_score(comments[0], 0.3)
    assert score == pytest.approx(0.65)
    assert reasons == ("the same text stands in 3 places",)


def test_a_short_text_that_many_people_write_does_not() -> None:
    comments = [seen(str(n), text="Thank you all!") for n in range(9)]
    assert counted(*comments).raise_score(comments[0], 0.1) == (0.1, ())


def test_the_same_text_twice_under_one_document_does_not() -> None:
    comments = [seen("1", text=LONG)] * 5
    assert counted(*comments).raise_score(comments[0], 0.1) == (0.1, ())


def test_a_name_that_links_elsewhere_on_three_sites_does() -> None:
    comments = [seen("1", source=s, author="k", hosts=(f"{s}.example",)) for s in "abc"]
    score, reasons = counted(*comments).raise_score(comments[0], 0.5)
    assert score == pytest.approx(0.65)
    assert reasons == ("the same name links elsewhere on 3 sites",)


def test_a_regular_of_one_site_does_not() -> None:
    comments = [seen(str(n), author="k", hosts=("own.example",)) for n in range(40)]
    assert counted(*comments).raise_score(comments[0], 0.5) == (0.5, ())


def test_a_very_short_comment_is_suspect_at_the_most() -> None:
    repeats = counted(*(seen(p, hosts=("pills.example",), is_spam=True) for p in "12"))
    score, reasons = repeats.raise_score(seen("3", text="See", hosts=("pills.example",)), 0.7)
    assert score == 0.74
    assert reasons
