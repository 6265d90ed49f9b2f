import pytest

from cleaning.reader.heading_lines import is_label, read_dateline

PUBLISHED = [
    ("3 May 2020", "3 May 2020"),
    ("May 3, 2020 · 4 min read", "May 3, 2020"),
    ("Posted on Sunday, 3rd May 2020 at 9:46 pm", "3rd May 2020"),
    ("By Mair Example | 3 May 2020", "3 May 2020"),
    ("Mair Example • 3 May 2020", "3 May 2020"),
    ("Published: 2020.05.03 | buses | towns", "2020.05.03"),
    ("Thread in ' Buses ' started by OwenS , May 3, 2020 .", "May 3, 2020"),
    ("Posted by OwenS on Sunday May 3, 2020 @11:40AM from the bus-stop dept.", "May 3, 2020"),
    ("OwenS | Posted in All buses on 3 May 2020 02:01am", "3 May 2020"),
    ("Post | by OwenS » | 2020-05-03T16:36:25+00:00", "2020-05-03T16:36:25+00:00"),
    ("2020-05-03, 09:14 PM (This post was last modified: 2020-05-07 by OwenS.)", "2020-05-03"),
    ("Published 3 May 2020, updated 9 June 2021", "3 May 2020"),
    ("Updated 9 June 2021, first published 3 May 2020", "3 May 2020"),
    ("Publicado el domingo, 3 de mayo de 2020", "3 de mayo de 2020"),
    ("Veröffentlicht am Sonntag, den 3. Mai 2020 um 10:15 Uhr", "3. Mai 2020"),
    ("Publié le dimanche 3 mai 2020 à 10h15", "3 mai 2020"),
    ("Cyhoeddwyd ar ddydd Sul 3 Mai 2020", "3 Mai 2020"),
    ("Cyhoeddwyd: 3ydd o Fai 2020", "3ydd o Fai 2020"),
]


@pytest.mark.parametrize(("line", "raw"), PUBLISHED, ids=[line for line, _ in PUBLISHED])
def test_a_line_that_only_says_when(line: str, raw: str) -> None:
    found = read_dateline(line)
    assert found is not None and not found.is_mention
    assert (found.raw, found.is_change) == (raw, False)


@pytest.mark.parametrize(
    "line",
    [
        "Updated 3 May 2020",
        "Last updated: 3 May 2020 by Mair Example",
        "By Mair Example ⋅ Review Editor ⋅ Updated 3 May 2020",
        "Page last reviewed: 3 May 2020",
        "Zuletzt aktualisiert am 3 May 2020",
        "3 May 2020 (updated)",
    ],
)
def test_a_line_that_says_when_it_was_changed(line: str) -> None:
    found = read_dateline(line)
    assert found is not None and (found.raw, found.is_change) == ("3 May 2020", True)


SENTENCES = [
    "We met on 3 May 2020 in Bangor.",
    "On 3 May 2020 we met.",
    "The meeting of 3 May 2020",
    "Cardiff, 3 May 2020",
    "Saturday 3 May 2020, 7pm to 9pm",
    "3 May 2020 - 5 May 2020",
    "Deadline: 3 May 2020",
    "Open until 3 May 2020",
    "Born 3 May 1950 in Bangor",
    "By working together until 3 May 2020 in all the towns of the valley we drew up a plan",
    "Nothing about a day",
    "x" * 200 + " 3 May 2020",
]


@pytest.mark.parametrize("line", SENTENCES)
def test_a_date_that_a_line_mentions_is_none_of_the_text(line: str) -> None:
    found = read_dateline(line)
    assert found is None or found.is_mention


@pytest.mark.parametrize(
    ("line", "is_one"),
    [
        ("Last updated:", True),
        ("Published on", True),
        ("Fecha", True),
        ("Latest news", False),
        ("12", False),
    ],
)
def test_label(line: str, is_one: bool) -> None:
    assert is_label(line) is is_one
