"""The words of languages: complete where they must be, found as whole words, one file each."""

import re
import tomllib
from pathlib import Path

import pytest

from cleaning.lexicon import NAMES, fold, known_languages, lexicon

FOLDER = Path(__file__).parents[2] / "cleaning" / "lexicon"
WHOLE = ("en", "cy", "es", "de", "fr", "it", "pt", "nl", "pl")
TABLES = {"months", "weekdays", "units", "numbers"}


def entries(code: str) -> dict[str, object]:
    sections = tomllib.loads((FOLDER / f"{code}.toml").read_text(encoding="utf-8"))
    return {name: value for section in sections.values() for name, value in section.items()}


@pytest.mark.parametrize("code", known_languages())
def test_file_names_only_what_english_names(code: str) -> None:
    assert set(entries(code)) <= NAMES | TABLES


@pytest.mark.parametrize("code", WHOLE)
def test_file_is_whole(code: str) -> None:
    found = entries(code)
    assert set(found) == NAMES | TABLES
    assert set(lexicon(code).units.values()) == set(lexicon("en").units.values())


@pytest.mark.parametrize("code", known_languages())
def test_months_and_weekdays_are_whole_or_missing(code: str) -> None:
    found = entries(code)
    for name, number in (("months", 12), ("weekdays", 7)):
        lists = found.get(name, [])
        assert isinstance(lists, list) and len(lists) in (0, number)


@pytest.mark.parametrize("code", known_languages())
def test_phrases_are_lower_case_with_straight_apostrophes(code: str) -> None:
    phrases = [phrase for name in NAMES for phrase in lexicon(code).phrases[name]]
    assert [phrase for phrase in phrases if phrase != phrase.lower() or "  " in phrase] == []
    slots = {slot for phrase in phrases for slot in re.findall(r"\{.*?\}", phrase)}
    assert slots <= {"{n}", "{unit}", "{name}"}


@pytest.mark.parametrize("code", known_languages())
def test_no_form_is_two_months_of_one_language(code: str) -> None:
    months = entries(code).get("months") or []
    assert isinstance(months, list)
    forms = [form for month in months for form in month]
    assert len(forms) == len(set(forms))


PHRASES = {
    "reply": "↳ Reply (3)|Ateb|Antworten auf Anna|Répondre à Zoé|Responder|Rispondi|Cytuj",
    "cancel": "Cancel reply|Antworten abbrechen|Annuler la réponse|Cancelar respuesta|Canslo ateb",
    "control": "Read more »|Weiterlesen|Lire la suite|Leia mais|Lees verder|Czytaj dalej|5 likes",
    "leave": "Leave a Reply|Gadael sylw|Laisser un commentaire|Schreibe einen Kommentar",
    "says": "says:|meddai|schrieb|a écrit|dijo|ha scritto|disse|schreef|napisał(a)",
    "deleted": "This comment has been removed.|deleted by Bo|Commentaire supprimé",
    "joined": "Joined:|Member since|Registriert seit|Inscrit le|Miembro desde|Lid sinds",
    "updated": "Last updated:|Diweddarwyd ar|Zuletzt geändert am|Mis à jour le",
    "comment": "3 comments|Comments (12)|2 Kommentare|4 Sylwadau|1 réponse|5 komentarzy",
    "field": "Name *|Username|Benutzername|Nom d’utilisateur|Contraseña|E-mail *",
}


@pytest.mark.parametrize(("name", "lines"), PHRASES.items())
def test_lines_that_are_a_phrase(name: str, lines: str) -> None:
    assert [line for line in lines.split("|") if not lexicon().is_phrase(line, name)] == []


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("reply", "I would reply to that with a question|Replying takes time||…|3"),
        ("control", "Share your story with us|More people than ever|Read this carefully, please"),
        ("deleted", "Deleted scenes are worth seeing again and again, whatever people say of them"),
        ("comment", "comments are welcome|No one thought of it|uncommented"),
    ],
)
def test_lines_that_are_more_than_a_phrase(name: str, lines: str) -> None:
    assert [line for line in lines.split("|") if lexicon().is_phrase(line, name)] == []


RELATIVE = """
3 days ago|5m ago|a year ago|vor 2 Tagen|vor einer Stunde|il y a 3 jours|hace 2 semanas
há 4 dias|2 giorni fa|3 weken geleden|5 minut temu|3 blynedd yn ôl|3天前|2時間前|3 dagar sedan
"""


@pytest.mark.parametrize("line", re.split(r"[|\n]", RELATIVE.strip()))
def test_relative_times(line: str) -> None:
    assert lexicon().pattern("ago").fullmatch(line)


def test_patterns_find_whole_words_only() -> None:
    by = lexicon("en").pattern("by")
    assert by.search("Written  by Ann") and not by.search("Bygone days in Whitby")
    assert lexicon("zh").pattern("published").search("网站2020年发布时间：2020")


def test_of_two_languages_the_first_decides() -> None:
    assert lexicon("es", "en").languages == ("es", "en")
    assert lexicon("xx") is not None and lexicon("xx").languages == known_languages()
    assert lexicon("cy-GB").languages == ("cy",)


def test_fold_cuts_signs_and_numbers_around() -> None:
    assert fold("» J’aime (3)") == "j'aime"
    assert fold("  42 ") == ""
