import os
import subprocess
import sys
from datetime import UTC, datetime
from zoneinfo import ZoneInfoNotFoundError

import pytest

from cleaning.dates import PartialDate, find_date, read_date

STATED = [
    # machine-readable
    ("2019-07-03T10:54:07Z", "2019-07-03T10:54:07", "second"),
    ("2019-07-03T10:54:07+01:00", "2019-07-03T09:54:07", "second"),
    ("2019-07-03T23:30:00-0500", "2019-07-04T04:30:00", "second"),
    ("2019-07-03T10:54:07.250Z", "2019-07-03T10:54:07.250", "second"),
    ("2019-07-03 10:54:07 UTC", "2019-07-03T10:54:07", "second"),
    ("2019-07-03T10:54+01:00", "2019-07-03T09:54", "minute"),
    ("2019-07-03T10:54:07", "2019-07-03", "day"),
    ("2019-07-03", "2019-07-03", "day"),
    ("2019-07", "2019-07-01", "month"),
    ("2019/07", "2019-07-01", "month"),
    ("1280031868312", "2010-07-25T04:24:28.312", "second"),
    ("Wed, 03 Jul 2019 10:00:00 GMT", "2019-07-03T10:00:00", "second"),
    ("Wed, 03 Jul 2019 10:00:00 -0500", "2019-07-03T15:00:00", "second"),
    ("3 Jul 2019 10:00 +0200", "2019-07-03T08:00", "minute"),
    ("Wed, 03 Jul 2019 10:00:00", "2019-07-03", "day"),
    # English
    ("October 7, 2012 at 10:54 am", "2012-10-07", "day"),
    ("October 7, 2012 at 10:54\u202fam", "2012-10-07", "day"),
    ("Oct 7, 2012 10:54 EST", "2012-10-07T15:54", "minute"),
    ("Wednesday, 3 July 2019", "2019-07-03", "day"),
    ("3rd of July 2019", "2019-07-03", "day"),
    ("July 21st, 2019", "2019-07-21", "day"),
    ("22nd March 2020", "2020-03-22", "day"),
    ("Sept. 3, 2019", "2019-09-03", "day"),
    ("3-Jul-2019", "2019-07-03", "day"),
    ("03/07/2019", "2019-07-03", "day"),
    ("25/12/2019", "2019-12-25", "day"),
    ("3 Jul 19", "2019-07-03", "day"),
    ("Posted on 3 July 2019", "2019-07-03", "day"),
    ("Last updated: 3 July 2019", "2019-07-03", "day"),
    ("July 2019", "2019-07-01", "month"),
    ("2019", "2019-01-01", "year"),
    # Welsh, with mutations
    ("3 Gorffennaf 2019", "2019-07-03", "day"),
    ("3ydd o Orffennaf 2019", "2019-07-03", "day"),
    ("1af Ionawr 2021", "2021-01-01", "day"),
    ("21ain o Fai 2021", "2021-05-21", "day"),
    ("3 Awst 2018", "2018-08-03", "day"),
    ("Dydd Mawrth 3 Mawrth 2020", "2020-03-03", "day"),
    ("Mercher, 3 Gorffennaf 2019", "2019-07-03", "day"),
    ("4 Rhagfyr 2019, 9:05 yb", "2019-12-04", "day"),
    ("Tachwedd 2019", "2019-11-01", "month"),
    # Spanish, German, French
    ("7 de octubre de 2012, 10:54", "2012-10-07", "day"),
    ("domingo, 7 de octubre de 2012", "2012-10-07", "day"),
    ("3 de julio del 2019", "2019-07-03", "day"),
    ("3. Juli 2019 um 14:30 Uhr", "2019-07-03", "day"),
    ("Mittwoch, 3. Juli 2019", "2019-07-03", "day"),
    ("März 2020", "2020-03-01", "month"),
    ("1er juillet 2019", "2019-07-01", "day"),
    ("5 mai 2019 à 10 h 30", "2019-05-05", "day"),
    ("4 août 2018", "2018-08-04", "day"),
]


@pytest.mark.parametrize(("raw", "value", "precision"), STATED, ids=[case[0] for case in STATED])
def test_read_date(raw: str, value: str, precision: str) -> None:
    found = read_date(raw)
    assert found is not None
    assert found.value == datetime.fromisoformat(value).replace(tzinfo=UTC)
    assert found.precision == precision


UNSTATED = [
    *("", "nonsense", "12", "10:54 am", "3 July", "Monday", "5.30", "version 2.0"),
    *("2 hours ago", "yesterday", "3 days ago 2019", "last year", "tomorrow 10:00"),
    *("hace 2 horas", "vor 3 Tagen", "il y a 3 jours", "2 awr yn ôl"),
    *("2019-02-30", "0000-00-00 00:00:00", "February 30, 2019", "00/00/0000", "99999999999999"),
    *("2018/19", "2019-2020", "Chapter 12 of 2019", "2019 annual report", "1 May 1742"),
    "In the year 2019 a number of people came together and wrote what came to be a book",
]


@pytest.mark.parametrize("raw", UNSTATED)
def test_what_states_no_date_is_none(raw: str) -> None:
    assert read_date(raw) is None


PLACED = [
    ("2019-07-03T10:54:00", "Europe/London", "2019-07-03T09:54", "second"),
    ("2019-01-03T10:54:00", "Europe/London", "2019-01-03T10:54", "second"),
    ("October 7, 2012 at 10:54 am", "America/New_York", "2012-10-07T14:54", "minute"),
    ("12 Mai 2020 10:30 yh", "Europe/London", "2020-05-12T21:30", "minute"),
    ("7 de octubre de 2012, 10:54:30", "Europe/Madrid", "2012-10-07T08:54:30", "second"),
    ("5 mai 2019 à 10 h 30", "Europe/Paris", "2019-05-05T08:30", "minute"),
    ("2019-07-03T10:54:00Z", "America/New_York", "2019-07-03T10:54", "second"),
    ("3 July 2019", "Pacific/Auckland", "2019-07-03", "day"),
]


@pytest.mark.parametrize(
    ("raw", "timezone", "value", "precision"), PLACED, ids=[case[0] for case in PLACED]
)
def test_clock_times_are_local_to_the_timezone(
    raw: str, timezone: str, value: str, precision: str
) -> None:
    expected = PartialDate(datetime.fromisoformat(value).replace(tzinfo=UTC), precision)  # type: ignore[arg-type]
    assert read_date(raw, timezone=timezone) == expected


def test_month_comes_first_only_for_the_united_states() -> None:
    american, british = (read_date("03/07/2019", languages=[code]) for code in ("en-US", "en-GB"))
    assert american is not None and american.value.month == 3
    assert british is not None and british.value.month == 7


def test_other_languages_are_read_where_declared() -> None:
    assert read_date("3 maggio 2019") is None
    found = read_date("3 maggio 2019", languages=["it"])
    assert found is not None and found.value == datetime(2019, 5, 3, tzinfo=UTC)


def test_unknown_timezone_is_an_error_of_the_caller() -> None:
    with pytest.raises(ZoneInfoNotFoundError):
        read_date("2019-07-03", timezone="Europe/Atlantis")


def test_neither_timezone_nor_locale_of_the_machine_counts() -> None:
    code = "from cleaning.dates import read_date; print(read_date('October 7, 2012 at 1:54 am'))"
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "TZ": zone, "LC_ALL": locale},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for zone, locale in [("Pacific/Auckland", "C"), ("America/Los_Angeles", "de_DE.UTF-8")]
    }
    assert len(outputs) == 1
    assert "2012, 10, 7" in outputs.pop()


BODIES = [
    ("(March 2020) Hello everyone", "March 2020"),
    ("[July 2019] What we did", "July 2019"),
    ("3 July 2019\n\nWhat we did", "3 July 2019"),
    ("(2014) What we did", "2014"),
    ("2014\nWhat we did", None),
    ("Hello (March 2020)", None),
    ("(see below) Hello", None),
    ("May 2020 was a month of change for us all", None),
    ("", None),
]


@pytest.mark.parametrize(("text", "expected"), BODIES)
def test_find_date(text: str, expected: str | None) -> None:
    assert find_date(text) == expected
