"""Messages of mailing lists: who wrote them and when stands in one line below the subject."""

from __future__ import annotations

import pytest

from cleaning.reader import PageReading, read_page

MAIL = """The hall is ours on the second Saturday of May, from ten in the morning until the
caretaker wants his tea. Bring a plate if you can, and tell Gwen beforehand if
you cannot eat nuts. Twelve people have said that they will come by bus.

We still need somebody to open the side gate at nine, for the ramp is on that
side and two of our members use a chair."""
NEAR = (
    '<LI>Previous message: <A HREF="1.html">[Bread] Ovens</A><LI>Next message: <A HREF="3.html">'
    '[Bread] Flour</A><LI><B>Messages sorted by:</B> <a href="date.html#2">[ date ]</a> '
    '<a href="thread.html#2">[ thread ]</a> <a href="author.html#2">[ author ]</a>'
)


def message(name: str, day: str = "Fri Mar  4 10:12:33 GMT 2011", said: str = MAIL) -> PageReading:
    page = f"""<HTML><HEAD><TITLE> [Bread] Hall on Saturday</TITLE>
<LINK REL="made" HREF="mailto:bread%40lists.example?Subject=Re%3A%20Hall&In-Reply-To=%3C2%3E">
</HEAD><BODY><H1>[Bread] Hall on Saturday</H1><B>{name}</B>
<A HREF="mailto:bread%40lists.example?Subject=Re%3A%20Hall">o at bread.example</A><BR>
<I>{day}</I><P><UL>{NEAR}</UL><HR><PRE>{said}</PRE><HR><P><UL>{NEAR}</UL><hr>
<a href="http://lists.example/mailman/listinfo/bread">More information about the Bread
mailing list</a><br></body></html>"""
    return read_page(page, "https://lists.example/pipermail/bread/2011-March/2.html")


@pytest.mark.parametrize(
    "name", ["Ottilie Marsh", "Ottilie van der Marsh", "O. Marsh", "kestrel77"]
)
def test_a_message_of_a_list(name: str) -> None:
    found = message(name)
    assert [author.name for author in found.heading.authors] == [name]
    assert found.heading.title == "[Bread] Hall on Saturday"
    assert found.heading.published is not None
    assert found.heading.published.day.isoformat() == "2011-03-04"
    assert found.own.text == MAIL
    assert not found.posts and not found.comments


def test_what_a_message_quotes_is_its_text() -> None:
    quoted = f"On Thu, 3 Mar 2011, Tomos Hale wrote:\n\n&gt;<i> Who brings cups?\n</I>\n{MAIL}"
    found = message("Ottilie Marsh", said=quoted)
    assert [author.name for author in found.heading.authors] == ["Ottilie Marsh"]
    assert "Who brings cups?" in found.own.text


@pytest.mark.parametrize(
    "line",
    [
        "<p>North Ferry | 4 March 2011</p>",
        "<p>Notes of the Week — 4 March 2011</p>",
        '<p><a href="/section/">Green Lanes</a>, 4 March 2011</p>',
    ],
)
def test_what_stands_beside_a_day_is_not_always_a_name(line: str) -> None:
    page = f"<h1>Hall on Saturday</h1>{line}<p>{MAIL}</p><p>{MAIL}</p>"
    assert read_page(page, "https://hall.example/a").heading.authors == ()
