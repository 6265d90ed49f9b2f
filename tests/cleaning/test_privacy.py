import re

import pytest

from cleaning.privacy import Pseudonyms, mask_address, mask_contacts
from tests.processor_time import processor_time

MASKED = [
    ("Write to ann@example.org.", "Write to [email]."),
    ("ann.b-c+d@mail.example.co.uk", "[email]"),
    ("<ann@example.org>", "<[email]>"),
    ("mailto:ann@example.org?subject=x", "mailto:[email]?subject=x"),
    ("ANN@EXAMPLE.ORG", "[email]"),
    ("ann@example.org,bo@example.org", "[email],[email]"),
    ("(bo@example.wales)", "([email])"),
    ("o'example@example.org", "[email]"),
    ("ann [at] example [dot] org", "[email]"),
    ("ann(at)example.org", "[email]"),
    ("ann AT example DOT org", "[email]"),
    ("ann at example dot org", "[email]"),
    ("siân@enghraifft.cymru", "[email]"),
    ("Ring 020 7946 0018 now", "Ring [phone] now"),
    ("Tel: 029 2087 4000", "Tel: [phone]"),
    ("(029) 2087 4000", "[phone]"),
    ("07700 900123", "[phone]"),
    ("07700900123", "[phone]"),
    ("01632-960-123", "[phone]"),
    ("+44 20 7946 0018", "[phone]"),
    ("+44 (0)20 7946 0018", "[phone]"),
    ("0044 20 7946 0018", "[phone]"),
    ("+353 1 234 5678", "[phone]"),
    ("+1 (212) 555-0123", "[phone]"),
    ("+49 30 12345678", "[phone]"),
    ("+2348031234567", "[phone]"),
    ("WhatsApp 447700900123", "WhatsApp [phone]"),
    ("0121 496 0123 or 0161 496 0456", "[phone] or [phone]"),
    ("0300 123 4567 (9am to 5pm)", "[phone] (9am to 5pm)"),
    ("0800 123 4567", "[phone]"),
    ("Ffoniwch 01792 123456", "Ffoniwch [phone]"),
    ("bo@example.org / 07700 900123", "[email] / [phone]"),
    ("https://forms.example/?mail=bo%40example.org&x=1", "https://forms.example/?mail=[email]&x=1"),
    ("https://forms.example/?mail=bo@example.org", "https://forms.example/?mail=[email]"),
    ("https://wa.me/447700900123?text=hi", "https://wa.me/[phone]?text=hi"),
    ("https://a.example/send?phone=447700900123", "https://a.example/send?phone=[phone]"),
    ('<a href="tel:07700900123">Ring</a>', '<a href="tel:[phone]">Ring</a>'),
    ("+33 1 23 45 67 89", "[phone]"),
    ("00353 85 012 3456", "[phone]"),
]

KEPT = [
    "",
    "No contacts at all.",
    "@beth and @carl said so",
    "@user@social.example",
    "https://social.example/@beth/1234567890123",
    "Meet us @ 5pm at the hall.org building",
    "pip install package@1.2.3",
    "root@localhost",
    "We met at Example dot by dot",
    "2019-07-03 10:54",
    "2019-07-03T10:54:00Z",
    "03/07/2019 - 04/08/2020",
    "1985-1990 and 2015-2020",
    "between 2019 and 2021, 12 to 14",
    "doi:10.1177/0022487105285962",
    "doi:10.1016/S0140-6736(19)30305-9",
    "ISBN 978-0-14-044913-6",
    "ISBN 9780140449136",
    "ISBN 0-14-044913-0",
    "ISSN 0140-6736",
    "ORCID 0000-0002-1825-0097",
    "£1,234,567 in 2020",
    "£ 1 234 567 890",
    "€20.000.000,00",
    "12,345,678 people",
    "53.480759, -2.242631",
    "Charity number 1158185",
    "Registered charity no. 1158185, company no. 09146530",
    "Grant ref 0123456789",
    "https://site.example/posts/07700900123",
    "www.site.example/02079460018",
    "pages 123-456, vol. 12 (3)",
    "999 or 101",
    "116 123",
    "3.14159265358979",
    "12.5% of 1,500 and 3 × 10",
    "CF10 4PU",
    "Act 2014 section 16 (1) (a)",
    "£250,000.00 over 3 years",
    "EUR 1 250 000",
    "arXiv:1706.03762v5",
]


@pytest.mark.parametrize(("text", "expected"), MASKED, ids=[case[0] for case in MASKED])
def test_contacts_are_masked(text: str, expected: str) -> None:
    assert mask_contacts(text) == expected


@pytest.mark.parametrize("text", KEPT)
def test_what_is_no_contact_stays(text: str) -> None:
    assert mask_contacts(text) == text


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://site.example/a/?b=1#c", "https://site.example/a/?b=1#c"),
        ("https://ann@site.example/", "https://site.example/"),
        ("https://site.example/@ann/posts", "https://site.example/@ann/posts"),
        ("https://forms.example/?mail=ann@site.example", "https://forms.example/?mail=[email]"),
        ("mailto:ann@site.example", "mailto:[email]"),
        ("https://site.example", "https://site.example"),
    ],
)
def test_addresses_of_links(url: str, expected: str) -> None:
    assert mask_address(url) == expected


def test_half_of_the_table_stays_as_it_is() -> None:
    assert len(MASKED) + len(KEPT) >= 60
    assert len(KEPT) >= len(MASKED)


@pytest.mark.parametrize("text", [case[0] for case in MASKED])
def test_masking_twice_is_once(text: str) -> None:
    assert mask_contacts(mask_contacts(text)) == mask_contacts(text)


def test_pseudonym_is_pinned() -> None:
    # Analysts follow commenters from release to release by it.
    assert Pseudonyms(b"test key").name("blog", "Ann Example") == "commenter-6000f2150d"


def test_pseudonym_shape() -> None:
    assert re.fullmatch(r"commenter-[0-9a-f]{10}", Pseudonyms(b"k").name("blog", "Ann"))


@pytest.mark.parametrize("spelling", ["ann example", "ANN  EXAMPLE", " Ann\u00a0Example\n"])
def test_the_same_person_keeps_the_pseudonym(spelling: str) -> None:
    names = Pseudonyms(b"test key")
    assert names.name("blog", spelling) == names.name("blog", "Ann Example")


def test_person_source_and_key_make_a_pseudonym() -> None:
    names, others = Pseudonyms(b"one"), Pseudonyms(b"two")
    made = {
        names.name("blog", "Ann"),
        names.name("blog", "Bo"),
        names.name("other", "Ann"),
        others.name("blog", "Ann"),
    }
    assert len(made) == 4


def test_an_empty_key_is_refused() -> None:
    with pytest.raises(ValueError, match="empty key"):
        Pseudonyms(b"")


LONG = ["1-", "1 ", "a-", "a.", "1,111", "07700 900123 ", "£1,", "a AT b DOT ", "mailto:", "(at)"]


@pytest.mark.parametrize("unit", LONG)
def test_long_texts_are_masked_in_linear_time(unit: str) -> None:
    # What is quadratic takes minutes for as much.
    with processor_time(10):
        mask_contacts(unit * (60_000 // len(unit)))


@pytest.mark.parametrize(
    "gap", [" and then, after a while, ", " " * 30, "\n\n", ", or ", "1-" * 400]
)
def test_each_of_many_numbers_is_masked(gap: str) -> None:
    text = gap.join(["Ring 07700 900123 at home"] * 50)
    assert mask_contacts(text).count("[phone]") == 50
    assert "900123" not in mask_contacts(text)
