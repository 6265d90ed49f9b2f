"""When a value that differs is still the one that it was."""

from __future__ import annotations

import pytest

from cleaning.continuity import are_names_kept, is_date_kept, is_text_kept, is_title_kept

TEXT = (
    "The ferry stopped at noon. Two drivers and a nurse wrote down what they had seen, and in the"
    " evening the tenants read it aloud. Nobody had asked for a plan, yet by spring there was one."
)
OTHER = (
    "Bring your own cup. On Thursdays the kitchen opens at six, and whoever comes first lights the"
    " stove. The orchard group has the key until the end of the month, then the choir takes it."
)
CHINESE = "渡轮中午停航。两名司机和一名护士写下了他们看到的情况。晚上租户们把它读了出来。"


@pytest.mark.parametrize(
    ("old", "new", "is_kept"),
    [
        (TEXT, TEXT, True),
        (TEXT, TEXT.upper().replace(".", " ..."), True),
        (TEXT, f"{OTHER} {TEXT} {OTHER}", True),
        (TEXT, TEXT.replace("nurse", "carer"), True),
        (TEXT, TEXT.replace(" and in the evening the tenants read it aloud", ""), True),
        (TEXT, OTHER, False),
        (TEXT, TEXT[:60], False),
        (TEXT, "x", False),
        (OTHER, "Members only: please log in to read on.", False),
        (CHINESE, f"{CHINESE}{CHINESE[::-1]}", True),
        (CHINESE, CHINESE[:10], False),
        (CHINESE, CHINESE[::-1], False),
        ("Closed.", "Closed!", True),
        ("Closed until May.", "Closed until June.", True),
        ("Closed.", "Open.", False),
        ("…", "anything", True),
    ],
    ids=[
        "the same",
        "case and punctuation",
        "more around it",
        "a word",
        "a sentence less",
        "another",
        "its beginning",
        "a letter",
        "a notice",
        "more, without blanks",
        "its beginning, without blanks",
        "another, without blanks",
        "one word",
        "few words",
        "another word",
        "no word",
    ],
)
def test_texts(old: str, new: str, is_kept: bool) -> None:
    assert is_text_kept(old, new) is is_kept


@pytest.mark.parametrize(
    ("old", "new", "is_kept"),
    [
        ("The slow lift", "The slow lift | Postcards", True),
        ("Postcards: The slow lift", "The slow lift", True),
        ("The slow lift", "THE SLOW LIFT!", True),
        ("The slow lift", "The quick lift", False),
        ("The slow lift", "Postcards", False),
        ("Art", "A party", False),
    ],
)
def test_titles(old: str, new: str, is_kept: bool) -> None:
    assert is_title_kept(old, new) is is_kept


@pytest.mark.parametrize(
    ("old", "new", "is_kept"),
    [
        (("2019-01-04T09:30:00+00:00", "second"), ("2019-01-04T00:00:00+00:00", "day"), True),
        (("2019-01-04T09:30:00+00:00", "second"), ("2019-01-05T10:30:00+01:00", "second"), True),
        (("2019-01-04T09:30:00+00:00", "second"), ("2019-01-06T09:30:00+00:00", "second"), False),
        (("2019-06-04T00:00:00+00:00", "day"), ("2019-01-01T00:00:00+00:00", "year"), True),
        (("2019-06-01T00:00:00+00:00", "month"), ("2019-06-30T00:00:00+00:00", "day"), True),
        (("2019-06-04T00:00:00+00:00", "day"), ("2018-01-01T00:00:00+00:00", "year"), False),
        (("2019-06-01T00:00:00+00:00", None), ("2019-06-01T00:00:00+00:00", None), True),
    ],
    ids=["precision", "zone", "two days", "its year", "its month", "another year", "unknown"],
)
def test_dates(old: tuple[str, str | None], new: tuple[str, str | None], is_kept: bool) -> None:
    assert is_date_kept(old, new) is is_kept


@pytest.mark.parametrize(
    ("old", "new", "is_kept"),
    [
        (["Ada Quill"], ["ada quill"], True),
        (["Ada Quill", "Bea Larch"], ["Bea Larch"], True),
        (["Ada Quill"], ["admin"], False),
    ],
)
def test_names(old: list[str], new: list[str], is_kept: bool) -> None:
    assert are_names_kept(old, new) is is_kept
