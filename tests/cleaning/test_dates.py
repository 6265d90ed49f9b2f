import os
import subprocess
import sys
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfoNotFoundError

import pytest

from cleaning.dates import (
    Order,
    PartialDate,
    find_date,
    find_written_dates,
    is_placeholder,
    read_date,
)

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


def test_other_languages_than_the_lexicons_are_read_where_declared() -> None:
    assert read_date("3 maijs 2019") is None
    found = read_date("3 maijs 2019", languages=["lv"])
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


MORE = [
    # two digits of a year
    ("9 Oct 15", "2015-10-09", "day"),
    ("17 March '16", "2016-03-17", "day"),
    ("Mon 2 May 16", "2016-05-02", "day"),
    ("28.11.16", "2016-11-28", "day"),
    ("14/06/17", "2017-06-14", "day"),
    ("3 mai 19", "2019-05-03", "day"),
    ("5. Dez. 18", "2018-12-05", "day"),
    ("Chwef. 5, '20", "2020-02-05", "day"),
    # Welsh
    ("Tachwedd 3, 2020", "2020-11-03", "day"),
    ("mis Tachwedd 2020", "2020-11-01", "month"),
    ("ym mis Mehefin 2020", "2020-06-01", "month"),
    ("12 o Fai 2021", "2021-05-12", "day"),
    ("5ed o fis Mawrth 2020", "2020-03-05", "day"),
    ("Rhag 4 2018", "2018-12-04", "day"),
    ("Mai 12fed, 2021", "2021-05-12", "day"),
    ("2 o Fedi 2019", "2019-09-02", "day"),
    ("1 o Ragfyr 2019", "2019-12-01", "day"),
    ("3 Gorffenaf 2019", "2019-07-03", "day"),
    # other languages, short months, month first
    ("3 maggio 2019", "2019-05-03", "day"),
    ("12 de marzo de 2019", "2019-03-12", "day"),
    ("5 de março de 2019", "2019-03-05", "day"),
    ("12 maart 2019", "2019-03-12", "day"),
    ("12 marca 2019 r.", "2019-03-12", "day"),
    ("12 października 2019", "2019-10-12", "day"),
    ("4 août 2019", "2019-08-04", "day"),
    ("3 de ene. de 2019", "2019-01-03", "day"),
    ("3 mrt 2019", "2019-03-03", "day"),
    ("7 января 2019", "2019-01-07", "day"),
    ("2019. március 5.", "2019-03-05", "day"),
    ("Febuary 3, 2019", "2019-02-03", "day"),
    # Chinese, Japanese, Korean
    ("2019年3月12日", "2019-03-12", "day"),
    ("2018 年 7 月 9 日", "2018-07-09", "day"),
    ("发布时间：2020年11月03日 10:15", "2020-11-03", "day"),
    ("2020年3月", "2020-03-01", "month"),
    ("2020年3月5日（木）", "2020-03-05", "day"),
    ("2020년 3월 5일", "2020-03-05", "day"),
    ("2020/3/5", "2020-03-05", "day"),
    ("2020.3.5", "2020-03-05", "day"),
    # the weekday decides the order
    ("Wed, 07/12/2023", "2023-07-12", "day"),
    ("Wed, 12/07/2023", "2023-07-12", "day"),
    ("Tuesday, 04/03/2018", "2018-04-03", "day"),
    ("Thursday 07/12/2023", "2023-12-07", "day"),
    ("Tuesday 03/04/2018", "2018-04-03", "day"),
    ("Mercher 07/12/2023", "2023-07-12", "day"),
    ("mié, 12/07/2023", "2023-07-12", "day"),
    ("Mi., 12.07.2023", "2023-07-12", "day"),
    # compact, and seconds since 1970
    ("20180409", "2018-04-09", "day"),
    ("20190503T101500Z", "2019-05-03T10:15", "second"),
    ("1563000000", "2019-07-13T06:40", "second"),
    # names of zones
    ("Mon Apr 09 14:05:00 BST 2018", "2018-04-09T13:05", "second"),
    ("Tue Oct 13 09:30:00 EDT 2020", "2020-10-13T13:30", "second"),
    ("Thu Jan 17 10:00:00 CET 2019", "2019-01-17T09:00", "second"),
    ("3 July 2019 10:00 GMT+2", "2019-07-03T08:00", "minute"),
    ("3 July 2019, 10:00 PST", "2019-07-03T18:00", "minute"),
    ("3. Juli 2019, 10:00 Uhr MESZ", "2019-07-03T08:00", "minute"),
    ("3 July 2019 10:00 Europe/London", "2019-07-03T09:00", "minute"),
    ("July 3, 2019 10:00 AM ET", "2019-07-03T14:00", "minute"),
    # midnight away from Greenwich is a day
    ("2018-04-09T00:00:00+10:00", "2018-04-09", "day"),
    ("2019-06-21 00:00:00 +1200", "2019-06-21", "day"),
    ("2018-04-09T23:30:00-05:00", "2018-04-10T04:30", "second"),
]


@pytest.mark.parametrize(("raw", "value", "precision"), MORE, ids=[case[0] for case in MORE])
def test_dates_as_pages_write_them(raw: str, value: str, precision: str) -> None:
    found = read_date(raw)
    assert found is not None
    assert found.value == datetime.fromisoformat(value).replace(tzinfo=UTC)
    assert found.precision == precision


@pytest.mark.parametrize(
    "raw",
    [
        *("1.2.17", "v 3.4.18", "10:30", "192.168.10.12", "2020-30-01 99:99", "32/13/2019"),
        *("3 Foo 2019", "29 February 2019", "Room 12, 2019", "4 of 5 in 2019"),
    ],
)
def test_what_only_looks_like_a_date(raw: str) -> None:
    assert read_date(raw) is None


@pytest.mark.parametrize(
    ("raw", "order", "day"),
    [
        ("05/06/17", Order(), "2017-06-05"),
        ("05/06/17", Order(is_month_first=True), "2017-05-06"),
        ("05/06/17", Order(year=2017, month=5), "2017-05-06"),
        ("05/06/17", Order(year=2005, month=6), "2005-06-17"),
        ("05.06.2017", Order(is_month_first=True), "2017-06-05"),
        ("25/06/17", Order(is_month_first=True), "2017-06-25"),
        ("06/25/17", Order(), "2017-06-25"),
        ("11/12/2018", Order(year=2018, month=11), "2018-11-12"),
    ],
)
def test_what_else_the_page_says_decides_the_order(raw: str, order: Order, day: str) -> None:
    (found,) = find_written_dates(raw, order=order)
    assert found.first_day.isoformat() == day


@pytest.mark.parametrize(
    "day",
    [
        *("1970-01-01", "1969-12-31", "1900-01-01", "1899-12-30", "0001-01-01"),
        *("2099-12-31", "9999-12-31", "2038-01-19"),
    ],
)
def test_placeholders(day: str) -> None:
    assert is_placeholder(date.fromisoformat(day))
    assert not is_placeholder(date(1998, 1, 1)) and not is_placeholder(date(1971, 3, 2))
