import pytest

from cleaning.languages import detect_language

PARAGRAPHS = {
    "en": "Last spring twelve neighbours sat down with the bus company and drew up the timetable "
    "again. Nobody was paid to be there, and everybody had something to say.",
    "cy": "Y gwanwyn diwethaf eisteddodd deuddeg o gymdogion gyda'r cwmni bysiau i lunio'r "
    "amserlen o'r newydd. Roedd gan bawb rywbeth i'w ddweud, ac fe wrandawodd y cwmni.",
    "es": "La primavera pasada doce vecinas se reunieron con la empresa de autobuses para volver a "
    "diseñar los horarios. Todas tenían algo que decir.",
    "de": "Im letzten Frühling setzten sich zwölf Nachbarn mit dem Busunternehmen zusammen und "
    "schrieben den Fahrplan neu. Jeder hatte etwas zu sagen.",
    "fr": "Au printemps dernier, douze voisins se sont assis avec la compagnie de bus pour refaire "
    "les horaires. Chacun avait quelque chose à dire.",
    "it": "La primavera scorsa dodici vicini si sono seduti con la compagnia degli autobus per "
    "rifare gli orari, e tutti avevano qualcosa da dire.",
}


@pytest.mark.parametrize("code", PARAGRAPHS)
def test_a_paragraph(code: str) -> None:
    found = detect_language(PARAGRAPHS[code])
    assert found.code == code
    assert dict(found.shares) == pytest.approx({code: 1.0})


@pytest.mark.parametrize("code", PARAGRAPHS)
def test_a_clear_language_wins_over_the_declared_one(code: str) -> None:
    declared = "cy" if code == "en" else "en-GB"
    assert detect_language(PARAGRAPHS[code], expected=[declared]).code == code


def test_bilingual_text_has_shares_by_letters() -> None:
    found = detect_language(f"{PARAGRAPHS['cy']}\n\n{PARAGRAPHS['en']}\n\n{PARAGRAPHS['cy']}")
    assert found.code == "cy"
    assert [code for code, _ in found.shares] == ["cy", "en"]
    assert sum(share for _, share in found.shares) == pytest.approx(1.0)
    assert found.shares[0][1] == pytest.approx(2 / 3, abs=0.05)


def test_short_lines_do_not_invent_languages() -> None:
    text = f"{PARAGRAPHS['en']}\nRead more\nNHS Wales\nMenu\nBo Sample"
    assert dict(detect_language(text).shares) == pytest.approx({"en": 1.0})


@pytest.mark.parametrize(
    ("text", "expected", "code"),
    [
        ("Croeso i bawb i’n cyfarfod", ["en", "cy"], "cy"),
        ("Welcome to our next meeting", ["cy", "en"], "en"),
        ("Human. Learning. Systems. Together.", ["en"], "en"),
    ],
)
def test_short_text(text: str, expected: list[str], code: str) -> None:
    assert detect_language(text, expected).code == code


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Short one",
        "1234 5678 2019-07-03 100,000 20 30 40",
        "https://media.example/watch/abcdefghijklmnopqrstuvwxyz",
    ],
)
def test_too_little_text_has_no_language(text: str) -> None:
    found = detect_language(text, expected=["en"])
    assert found.code is None
    assert found.shares == ()
