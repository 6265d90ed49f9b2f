import pytest

from cleaning.quality import text_quality, word_count


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("… – !", 0),
        ("Co-production works", 2),
        ("It’s gyda'i gilydd", 3),
        ("one two\nthree | four", 4),
        ("3 July 2019", 3),
        ("https://film.example/embed/a-b?c=d", 0),
    ],
)
def test_word_count(text: str, count: int) -> None:
    assert word_count(text) == count


def test_running_text() -> None:
    quality = text_quality("Some words here.\n\nSome more of them.", link_characters=4)
    assert quality.link_share == pytest.approx(4 / 34)
    assert quality.capital_share == pytest.approx(2 / 27)
    assert quality.repeated_line_share == 0
    assert quality.mean_line_length == 17


def test_menu_of_repeated_links() -> None:
    quality = text_quality("MENU\nMENU\nMENU\nHOME", link_characters=400)
    assert (quality.link_share, quality.capital_share, quality.repeated_line_share) == (1, 1, 0.5)


@pytest.mark.parametrize("text", ["", " \n\n "])
def test_empty_text_is_all_zero(text: str) -> None:
    quality = text_quality(text, link_characters=5)
    assert (quality.link_share, quality.capital_share) == (0, 0)
    assert (quality.repeated_line_share, quality.mean_line_length) == (0, 0)


def test_text_without_letters_has_no_capitals() -> None:
    assert text_quality("123 456", 0).capital_share == 0
