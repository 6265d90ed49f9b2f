import pytest

from cleaning.bylines import find_byline, read_byline, read_credits
from tests.processor_time import processor_time

P, O, U = "person", "organisation", "unknown"  # noqa: E741

BYLINES: list[tuple[str, list[tuple[str, str]]]] = [
    (
        "By Beth Example, Carl Durand, Liz Rowe and The Action Research Collective",
        [
            ("Beth Example", P),
            ("Carl Durand", P),
            ("Liz Rowe", P),
            ("The Action Research Collective", O),
        ],
    ),
    (
        "By Beth Example, Carl Durand, and the Action Research Collective",
        [("Beth Example", P), ("Carl Durand", P), ("the Action Research Collective", O)],
    ),
    ("Department of Health and Social Care", [("Department of Health and Social Care", O)]),
    (
        "By Department of Health and Social Care and Beth Example",
        [("Department of Health and Social Care", O), ("Beth Example", P)],
    ),
    (
        "Ministry of Housing, Communities and Local Government",
        [("Ministry of Housing, Communities and Local Government", O)],
    ),
    (
        "Department for Digital, Culture, Media and Sport",
        [("Department for Digital, Culture, Media and Sport", O)],
    ),
    (
        "Ministry of Agriculture and the Environment",
        [("Ministry of Agriculture and the Environment", O)],
    ),
    ("By Jam and Justice", [("Jam and Justice", O)]),
    (
        "By Beth Example and Jam and Justice Collective",
        [("Beth Example", P), ("Jam and Justice Collective", O)],
    ),
    ("Health and Care Research Wales", [("Health and Care Research Wales", O)]),
    (
        "The Example Trust and the Sample Foundation",
        [("The Example Trust", O), ("the Sample Foundation", O)],
    ),
    ("University of Example and Bo Sample", [("University of Example", O), ("Bo Sample", P)]),
    (
        "Ann Example and Bo Sample, Centre for Welfare Reform",
        [("Ann Example", P), ("Bo Sample", P), ("Centre for Welfare Reform", O)],
    ),
    ("Ann Example and NHS Wales", [("Ann Example", P), ("NHS Wales", O)]),
    ("SCIE", [("SCIE", O)]),
    ("Editorial Team", [("Editorial Team", O)]),
    ("Marks and Spencer", [("Marks and Spencer", U)]),
    ("By Beth and Carl", [("Beth and Carl", U)]),
    ("by Ann Example & Bo Sample", [("Ann Example", P), ("Bo Sample", P)]),
    ("By ANN EXAMPLE AND BO SAMPLE", [("ANN EXAMPLE", P), ("BO SAMPLE", P)]),
    ("By Dr Toby Example & Prof. Ann Sample", [("Dr Toby Example", P), ("Prof. Ann Sample", P)]),
    ("Written by Ann Example", [("Ann Example", P)]),
    ("Guest post by Ann Example", [("Ann Example", P)]),
    ("Author: Ann Example", [("Ann Example", P)]),
    ("gan Alys Enghraifft ac Ifan Sampl", [("Alys Enghraifft", P), ("Ifan Sampl", P)]),
    ("gan Alys Enghraifft a Bryn Sampl", [("Alys Enghraifft", P), ("Bryn Sampl", P)]),
    ("Ysgrifennwyd gan Gwenllian ferch Sampl", [("Gwenllian ferch Sampl", P)]),
    ("Por Ana Ejemplo y Luis Muestra", [("Ana Ejemplo", P), ("Luis Muestra", P)]),
    ("José Ejemplo y Muestra", [("José Ejemplo y Muestra", P)]),
    ("Von Anna Beispiel und Karl Muster", [("Anna Beispiel", P), ("Karl Muster", P)]),
    ("Von Example", [("Von Example", P)]),
    ("Par Anne Exemple et Luc Modèle", [("Anne Exemple", P), ("Luc Modèle", P)]),
    ("Posted by admin", [("admin", U)]),
    ("Noreen", [("Noreen", U)]),
    ("By Ann Example, PhD", [("Ann Example, PhD", P)]),
    ("Martin Example, Jr.", [("Martin Example, Jr.", P)]),
    ("J. R. Example and A.N. Sample", [("J. R. Example", P), ("A.N. Sample", P)]),
    ("Mary-Jane O’Example", [("Mary-Jane O’Example", P)]),
    ("Ann de la Muestra", [("Ann de la Muestra", P)]),
    ("Ann Young and Tom Law", [("Ann Young", P), ("Tom Law", P)]),
    ("Example, Beth; Durand, Carl", [("Beth Example", P), ("Carl Durand", P)]),
    ("Example, Beth", [("Example, Beth", U)]),
    ("Ann Example, Director of Research", [("Ann Example", P)]),
    ("Ann Example on 3 July 2019", [("Ann Example", P)]),
    ("By Ann Example | 5 min read", [("Ann Example", P)]),
    ("Ann Example, 3 July 2019", [("Ann Example", P)]),
    ("mail@blog.example (Beth Example)", [("Beth Example", P)]),
    ("Beth Example <beth@blog.example>", [("Beth Example", P)]),
    ("Beth Example (@beth)", [("Beth Example", P)]),
    ("Ann Example, Ann Example", [("Ann Example", P)]),
    ("By", []),
    ("", []),
]


@pytest.mark.parametrize(("byline", "expected"), BYLINES, ids=[case[0] for case in BYLINES])
def test_read_byline(byline: str, expected: list[tuple[str, str]]) -> None:
    assert [(author.name, author.kind) for author in read_byline(byline)] == expected


OPENINGS = [
    (
        "By Beth Example, Carl Durand and The Test Collective\n\nText",
        "By Beth Example, Carl Durand and The Test Collective",
    ),
    ("A title\nBy Beth Example\nText", "By Beth Example"),
    ("Gan Alys Enghraifft\n\nMae", "Gan Alys Enghraifft"),
    ("Written by Ann Example and Bo Sample", "Written by Ann Example and Bo Sample"),
    ("By The Example Team\nText", "By The Example Team"),
    ("By working together, we can change things.", None),
    ("By working together\nwe can", None),
    ("By 2020 we had begun", None),
    ("By Monday all was done.", None),
    ("By Design\n\nText", None),
    ("By Way Of Introduction\n\nText", None),
    ("By Ann Example, who works here\n", None),
    ("Von Hand gemacht\n", None),
    ("One\nTwo\nThree\nBy Ann Example", None),
    ("Ann Example\n\nText", None),
    ("", None),
]


@pytest.mark.parametrize(("text", "expected"), OPENINGS)
def test_find_byline(text: str, expected: str | None) -> None:
    assert find_byline(text) == expected


@pytest.mark.parametrize(
    "unit", ["Ann Example, ", "a@", ".", "(", " and Bo", ", Jr", "; ", "of the ", "By "]
)
def test_long_bylines_are_read_in_linear_time(unit: str) -> None:
    with processor_time(2):
        read_byline("By " + unit * (200_000 // len(unit)))


CREDITS = [
    ("By Mara Quill, photographs by Tobin Frey", "Mara Quill", "Tobin Frey=photographs"),
    ("Words: Ines Caldow. Pictures: Perrin Lowe", "Ines Caldow", "Perrin Lowe=photographs"),
    ("Text: Anna Beispiel | Fotos: Karl Muster", "Anna Beispiel", "Karl Muster=photographs"),
    ("Tekst: Jan Kowal, fot. Anna Nowak", "Jan Kowal", "Anna Nowak=photographs"),
    ("Written by Ann Example | Edited by Cy Doe", "Ann Example", "Cy Doe=editing"),
    ("Photo: Tobin Frey", "", "Tobin Frey=photographs"),
    ("Por Ana Ruiz, fotos de Luis Mora", "Ana Ruiz", "Luis Mora=photographs"),
    ("Par Anne Exemple et photos de Luc Moulin", "Anne Exemple", "Luc Moulin=photographs"),
    ("door Femke Duin, illustraties van Joost Haver", "Femke Duin", "Joost Haver=illustration"),
    ("Überarbeitet von Anna Beispiel", "", "Anna Beispiel=editing"),
]


@pytest.mark.parametrize(("line", "authors", "others"), CREDITS, ids=[case[0] for case in CREDITS])
def test_who_did_something_else_stands_apart(line: str, authors: str, others: str) -> None:
    found = read_credits(line)
    assert "; ".join(one.name for one in found if one.part == "author") == authors
    assert "; ".join(f"{one.name}={one.part}" for one in found if one.part != "author") == others


LANGUAGES = [
    ("By Ann Example on 3 May 2019", ["Ann Example"]),
    ("Posted on 3 May 2019 by Ann Example", ["Ann Example"]),
    ("3 May 2019 by Ann Example | 4 comments", ["Ann Example"]),
    ("Gan Lowri Tanfa ar 12 Mawrth 2019", ["Lowri Tanfa"]),
    ("Postiwyd gan Gethin Arla ar 3 Mehefin 2020", ["Gethin Arla"]),
    ("von Jutta Hell am 12. März 2019", ["Jutta Hell"]),
    ("Ein Beitrag von Arne Kolb", ["Arne Kolb"]),
    ("Por Lucía Arena el 12 de marzo de 2019", ["Lucía Arena"]),
    ("Por Bruno Peral, el 3 de abril de 2020", ["Bruno Peral"]),
    ("por Inês Valad em 22/10/2018", ["Inês Valad"]),
    ("Por Rui Tavor e Inês Valad em 5 de março de 2019", ["Rui Tavor", "Inês Valad"]),
    ("Par Odile March, le 3 mai 2019", ["Odile March"]),
    ("di Marco Verdi – 3 maggio 2019", ["Marco Verdi"]),
    ("Scritto da Marco Verdi e Lucia Bianchi", ["Marco Verdi", "Lucia Bianchi"]),
    ("door Femke Duin op 12 maart 2019", ["Femke Duin"]),
    ("Door Femke Duin en Joost Haver", ["Femke Duin", "Joost Haver"]),
    ("autor: Halina Wron, 12 marca 2019", ["Halina Wron"]),
    ("Autorka: Bogna Sokal", ["Bogna Sokal"]),
    ("作者：王小明", ["王小明"]),
]


@pytest.mark.parametrize(("line", "names"), LANGUAGES, ids=[case[0] for case in LANGUAGES])
def test_words_around_a_name_in_many_languages(line: str, names: list[str]) -> None:
    assert [author.name for author in read_byline(line)] == names


BESIDE = [
    ("By Mara Quill for Canal Row News", ["Mara Quill"]),
    ("Tobin Frey, Time Bank Broker", ["Tobin Frey"]),
    ("By Ines Caldow | Local Democracy Reporter", ["Ines Caldow"]),
    ("By Dr Perrin Lowe (trustee)", ["Dr Perrin Lowe"]),
    ("Mara Quill\nHead of Community Care", ["Mara Quill"]),
    ("Ann Example Follow", ["Ann Example"]),
    ("By Ann Example Updated 4:05 PM EST, May 3, 2020", ["Ann Example"]),
    ("By ANN EXAMPLE MAY 3, 2020", ["ANN EXAMPLE"]),
    ("Posted by | Mara Quill", ["Mara Quill"]),
    ("Email the author", []),
    ("Username", []),
    ("Name *", []),
    ("Joined:", []),
    ("May 3, 2020", []),
    ("Byrne Hobday", ["Byrne Hobday"]),
    ("Parry Vonne", ["Parry Vonne"]),
    ("Vonnie Gander", ["Vonnie Gander"]),
    ("Di Marsden", ["Di Marsden"]),
    ("By Ellis van der Hoev", ["Ellis van der Hoev"]),
]


@pytest.mark.parametrize(("line", "names"), BESIDE, ids=[case[0] for case in BESIDE])
def test_what_stands_beside_a_name_is_no_part_of_it(line: str, names: list[str]) -> None:
    assert [author.name for author in read_byline(line)] == names
