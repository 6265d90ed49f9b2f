"""What pages show of a time to their visitor, read at a given moment."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone

import pytest

from cleaning.dates import read_relative

SEEN = datetime(2024, 3, 10, 11, 30, tzinfo=UTC)

COUNTED = """
2 hours ago = 2024-03-10 day | 12 hours ago = 2024-03-09 day | 5m ago = 2024-03-10 day
just now = 2024-03-10 day | 45 seconds ago = 2024-03-10 day | moments ago = 2024-03-10 day
3 days ago = 2024-03-07 day | a day ago = 2024-03-09 day | Posted 4 days ago = 2024-03-06 day
3 weeks ago = 2024-02-01 month | a week ago = 2024-03-01 month | two weeks ago = 2024-02-01 month
1 month ago = 2024-02-01 month | 14 months ago = 2023-01-01 month
1 year ago = 2023-01-01 year | over 2 years ago = 2022-01-01 year | a year ago = 2023-01-01 year
1 year 2 days ago = 2023-03-08 day | 1 year, 2 months and 3 days ago = 2023-01-07 day
10 months 2 weeks ago = 2023-04-01 month | 2 weeks 15 hours ago = 2024-02-24 day
a few hours ago = 2024-03-10 day | a few days ago = 2024-03-01 month
several months ago = 2023-01-01 year
vor 2 Stunden = 2024-03-10 day | vor einem Monat = 2024-02-01 month | vor 9 Tagen = 2024-03-01 day
7 Monate 1 Woche her = 2023-08-01 month | 2 Jahre 5 Tage her = 2022-03-05 day
gerade eben = 2024-03-10 day | vor ein paar Tagen = 2024-03-01 month
hace 3 días = 2024-03-07 day | hace una hora = 2024-03-10 day | hace unos 5 días = 2024-03-05 day
hace 1 año y 2 meses = 2023-01-01 month | hace 6 semanas = 2024-01-01 month
il y a 2 heures = 2024-03-10 day | il y a un an = 2023-01-01 year | à l’instant = 2024-03-10 day
il y a 2 ans et 3 mois = 2021-12-01 month | il y a environ 4 jours = 2024-03-06 day
4 giorni fa = 2024-03-06 day | un'ora fa = 2024-03-10 day | un mese fa = 2024-02-01 month
há 2 dias = 2024-03-08 day | 3 anos atrás = 2021-01-01 year | há cerca de 5 meses = 2023-10-01 month
2 uur geleden = 2024-03-10 day | een jaar geleden = 2023-01-01 year | zojuist = 2024-03-10 day
3 godziny temu = 2024-03-10 day | rok temu = 2023-01-01 year | 2 miesiące temu = 2024-01-01 month
8 dni temu = 2024-03-02 day | 3 diwrnod yn ôl = 2024-03-07 day
dwy flynedd yn ôl = 2022-01-01 year | 5 munud yn ôl = 2024-03-10 day
ychydig ddyddiau yn ôl = 2024-03-01 month | 6 mis yn ôl = 2023-09-01 month
3天前 = 2024-03-07 day | 2小时前 = 2024-03-10 day | 1年前 = 2023-01-01 year
5時間前 = 2024-03-10 day | 3일 전 = 2024-03-07 day | 2 дня назад = 2024-03-08 day
för 3 dagar sedan = 2024-03-07 day
"""

NAMED = """
yesterday, 14:02 = 2024-03-09T14:02 minute | Today at 9:05 am = 2024-03-10T09:05 minute
yesterday = 2024-03-09 day | heute, 10:15 Uhr = 2024-03-10T10:15 minute
gestern um 23:59 = 2024-03-09T23:59 minute | hier à 9h30 = 2024-03-09T09:30 minute
ayer a las 18:20 = 2024-03-09T18:20 minute | ieri alle 7:45 = 2024-03-09T07:45 minute
ontem às 10:00 = 2024-03-09T10:00 minute | gisteren om 8:00 = 2024-03-09T08:00 minute
wczoraj, 20:14 = 2024-03-09T20:14 minute | ddoe am 16:40 = 2024-03-09T16:40 minute
10:07pm On Feb 23 = 2024-02-23T22:07 minute | 3 May at 10:15 = 2023-05-03T10:15 minute
10 March = 2024-03-10 day | 11 March = 2024-03-11 day | 12 March = 2023-03-12 day
April 23rd = 2023-04-23 day | 23. Februar um 14:02 Uhr = 2024-02-23T14:02 minute
29 February = 2024-02-29 day | 5 de enero, 18:00 = 2024-01-05T18:00 minute
3 Gorffennaf = 2023-07-03 day | 2月3日 14:02 = 2024-02-03T14:02 minute
"""

NOTHING = """
2 May 2020 | 3 days ago 2019 | 2020-05-02 | years ago | a few years ago | some time ago | 10:15
I met her 2 days ago | 2 days ago I met her | yesterday we met at 10:15 | 5 days | in 3 days
300 years ago | 999999 years ago | 99999999 days ago | 999999999999 days ago | 30 February
Apr 23 | May 12 | hier | heute | Version 3. Mai 4 | 3 days ago, 5 days ago and a long story |
"""


def cases(table: str) -> list[tuple[str, datetime, str]]:
    found = []
    for case in re.split(r" \| |\n", table.strip()):
        raw, told = case.rsplit(" = ", 1)
        value, precision = told.split()
        found.append((raw, datetime.fromisoformat(value).replace(tzinfo=UTC), precision))
    return found


@pytest.mark.parametrize(("raw", "value", "precision"), cases(COUNTED) + cases(NAMED))
def test_what_is_told_is_as_exact_as_it_is_told(raw: str, value: datetime, precision: str) -> None:
    found = read_relative(raw, SEEN, timezone="UTC")
    assert found is not None
    assert (found.value, found.precision) == (value, precision)


@pytest.mark.parametrize("raw", re.split(r" \| |\n", NOTHING.strip()))
def test_what_tells_no_time_of_the_page(raw: str) -> None:
    assert read_relative(raw, SEEN, timezone="UTC") is None


def test_a_clock_counts_only_in_a_known_zone() -> None:
    unknown = read_relative("yesterday, 14:02", SEEN)
    assert unknown is not None
    assert (unknown.value.isoformat(), unknown.precision) == ("2024-03-09T00:00:00+00:00", "day")
    known = read_relative("yesterday, 14:02", SEEN, timezone="America/New_York")
    assert known is not None
    assert (known.value.isoformat(), known.precision) == ("2024-03-09T19:02:00+00:00", "minute")


def test_the_day_of_the_visit_is_that_of_the_site() -> None:
    late = datetime(2024, 3, 10, 23, 30, tzinfo=UTC)
    found = [read_relative("today", late, timezone=zone) for zone in (None, "Asia/Tokyo")]
    assert [one and one.value.day for one in found] == [10, 11]


def test_the_zone_in_which_the_visit_is_told_makes_no_difference() -> None:
    elsewhere = SEEN.astimezone(timezone(timedelta(hours=13)))
    for raw in ("13 hours ago", "yesterday", "10 March"):
        assert read_relative(raw, SEEN) == read_relative(raw, elsewhere)


def test_a_word_of_several_languages_needs_the_pages_or_a_clock() -> None:
    assert read_relative("hier", SEEN, languages=["de"]) is None
    assert read_relative("hier", SEEN, languages=["fr"]) is not None
