"""Pages of boards: rows of topics, each with a title, people, numbers, and the last post."""

from __future__ import annotations

import pytest

from cleaning.reader import LISTING, PageReading, read_page

TITLES = ("Hedges and hours", "Who pays for the tea", "A van for Fridays", "Notes from May 2018")
PEOPLE = ("Jennet Lowe", "kestrel77", "Corbin Ash", "Jennet Lowe")
TABLE = "<table><tr><th>Topic<th>Replies<th>Last post</tr>{}</table>"
LAST = (
    "<span>Last post by <a href='/profile?u={end}'>{ended}</a> <a href='/t?p={n}2#p{n}2' "
    "title='Latest post'><i></i></a><br>Sat Jan 06, 2018 11:00 AM</span>"
)
ROWS = {
    "definitions": (
        "<ul>{}</ul>",
        "<li class='row bg{odd}'><dl><dt><a href='/t?t={n}'>{title}</a><br><div>by "
        f"<a href='/profile?u={{by}}'>{{who}}</a></div></dt><dd>{{n}} Replies</dd><dd>{LAST}</dd>"
        "</dl></li>",
    ),
    "further pages of topics": (
        TABLE,
        "<tr><td><a href='/t?t={n}'>{title}</a><br>[ <a href='/t?t={n}&amp;start=15'>2</a> ]</td>"
        f"<td><a href='/profile?u={{by}}'>{{who}}</a></td><td>{{n}}</td><td>{LAST}</td></tr>",
    ),
    "a picture that leads on before the title": (
        TABLE,
        "<tr><td><a href='/t?t={n}&amp;to=new'><img src='n.gif'></a> <a href='/t?t={n}'>{title}</a>"
        f"<p>{{who}}</p></td><td>{{n}}</td><td>{LAST}</td></tr>",
    ),
    "stripes": (
        TABLE,
        "<tr class='{stripe}'><td><a href='/node/{n}'>{title}</a> by <a href='/user/{by}'>{who}</a>"
        "</td><td>{n}</td><td>by <a href='/user/{end}'>{ended}</a></td></tr>",
    ),
    "labels and days that lead on": (
        "<div>{}</div>",
        "<div class='item'><a href='/members/{by}/'>{who[0]}</a><div><a href='/r/?label=1'>Way</a> "
        "<a class='to' href='/threads/t.{n}/'>{title}</a></div><div><a href='/members/{by}/'>{who}"
        "</a></div><div><a href='/threads/t.{n}/latest'>Jan 6, 2018</a></div></div>",
    ),
}


def read(around: str, row: str, said: str = "") -> PageReading:
    rows = []
    for number, (title, who) in enumerate(zip(TITLES, PEOPLE, strict=True)):
        ended = PEOPLE[number - 1]
        by, end = PEOPLE.index(who) + 3, PEOPLE.index(ended) + 3
        place = {"n": 60 + number, "odd": number % 2, "stripe": ("even", "odd")[number % 2]}
        rows.append(row.format(title=title, who=who, by=by, end=end, ended=ended, **place))
    page = (
        "<html><head><title>Open room - Marl board</title></head><body><div><a href='/'>Marl board"
        f"</a></div><h2>Open room</h2>{around.format(''.join(rows))}{said}</body></html>"
    )
    return read_page(page, "https://marl.example/room.php?f=2")


@pytest.mark.parametrize(("around", "row"), ROWS.values(), ids=ROWS)
def test_a_board_lists_its_topics(around: str, row: str) -> None:
    found = read(around, row)
    assert found.kind == LISTING
    assert [entry.title for entry in found.entries] == list(TITLES)
    assert all(str(60 + n) in entry.url for n, entry in enumerate(found.entries))
    assert not any(who in entry.excerpt for entry in found.entries for who in PEOPLE)
    assert not found.posts and not found.comments


def test_sentences_with_links_are_no_rows() -> None:
    row = "<li>The <a href='/a/{n}'>{title}</a> is beside <a href='/b/{n}'>that</a>, as ever.</li>"
    assert read("<ul>{}</ul>", row).entries == ()


def test_days_that_lead_on_are_no_titles() -> None:
    row = (
        "<li><a href='/user/{by}'>{who}</a> <a href='/p/{n}'>{odd} May 2018</a> {title} or so</li>"
    )
    assert read("<ul>{}</ul>", row).entries == ()


def test_rows_of_running_text_are_no_topics() -> None:
    said = (
        "It came on a Friday, was heavier than two of us could lift, and has mown the green since."
    )
    row = (
        "<div class='review'><a href='/user/{by}'>{who}</a> on <a href='/mower/{n}'>{title}</a>"
        f"<p>{said}</p><p>3 May 2018</p></div>"
    )
    assert read("<div>{}</div>", row).entries == ()
