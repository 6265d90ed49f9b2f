"""Tables that place a text beside a menu, and small parts of a text that unfold."""

from __future__ import annotations

from itertools import product

import pytest

from cleaning.reader import read_page

PARAGRAPHS = (
    "The lane was cut for the rope makers, and it still bends where their longest ropes had to "
    "turn around the pump. Nobody lives there now who remembers the last of them.",
    "In the dry summer the pump ran out and thirty families carried water from the school. That "
    "was the winter in which the first committee met, in a kitchen, with two chairs.",
    "When the mill closed the lane had nine empty houses. The committee wrote to each owner by "
    "hand, and six answered; four of these houses are workshops today.",
)
LINKS = {"/": "Home", "/about": "About the lane", "/links": "Links", "/guests": "Guest book"}
TEXTS = {
    "lines": "<BR><BR>".join(PARAGRAPHS),
    "paragraphs": "".join(f"<P>{text}</P>" for text in PARAGRAPHS),
    "a table of its own": f"<TABLE><TR><TD>{'<BR><BR>'.join(PARAGRAPHS)}</TD></TR></TABLE>",
}
MENUS = {
    "lines": "<BR>".join(f'<A href="{url}">{name}</A>' for url, name in LINKS.items()),
    "paragraphs": "".join(f'<P><A href="{url}">{name}</A></P>' for url, name in LINKS.items()),
    "a table of its own": "<TABLE>"
    + "".join(f'<TR><TD><A href="{url}">{name}</A></TD></TR>' for url, name in LINKS.items())
    + "</TABLE>",
    "a bar": " | ".join(f'<A href="{url}">{name}</A>' for url, name in LINKS.items()),
}
LAYOUTS = {
    "menu before": "<TR><TD>{menu}</TD><TD>{text}</TD></TR>",
    "menu behind": "<TR><TD>{text}</TD><TD>{menu}</TD></TR>",
    "menu above": "<TR><TD>{menu}</TD></TR><TR><TD>{text}</TD></TR>",
}
DATA = (
    "<TABLE border=1><TR><TH>Year</TH><TH>House</TH></TR><TR><TD>1901</TD><TD><A href='/a'>Reading "
    "room</A></TD></TR><TR><TD>1910</TD><TD><A href='/b'>Pump house</A></TD></TR></TABLE>"
)


def read(body: str) -> str:
    page = (
        "<HTML><HEAD><TITLE>The lane</TITLE></HEAD><BODY><H1>A history of the lane</H1>"
        f"{body}<HR></BODY></HTML>"
    )
    return read_page(page, "https://lane.example/notes/history").own.text


@pytest.mark.parametrize(("layout", "menu", "text"), list(product(LAYOUTS, MENUS, TEXTS)))
def test_a_menu_in_a_cell_beside_the_text(layout: str, menu: str, text: str) -> None:
    rows = LAYOUTS[layout].format(menu=MENUS[menu], text=TEXTS[text])
    found = read(f"<TABLE width='100%'>{rows}</TABLE>")
    assert all(paragraph in found for paragraph in PARAGRAPHS)
    assert not any(name in found for name in LINKS.values())
    assert "|" not in found


@pytest.mark.parametrize("around", ["{}", "<TABLE><TR><TD>" + MENUS["lines"] + "<TD>{}</TABLE>"])
def test_links_in_a_table_of_the_text_stay(around: str) -> None:
    found = read(around.format(TEXTS["paragraphs"] + DATA))
    assert "1901 | Reading room" in found
    assert "1910 | Pump house" in found
    assert "Guest book" not in found


UNFOLDING = {
    "a paragraph": "<details><summary>Who can join?</summary><p>Anyone from here.</p></details>",
    "bare text": "<details><summary>Who can join?</summary>Anyone from here.</details>",
    "a box": "<details><summary><b>Who can join?</b></summary><div>Anyone from here.</div>"
    "</details>",
    "a list": "<details open><summary>Who can join?</summary><ul><li>Anyone from here.</ul>"
    "</details>",
}


@pytest.mark.parametrize("part", UNFOLDING.values(), ids=UNFOLDING)
@pytest.mark.parametrize("address", ["https://lane.example", "http://lane.example:48123"])
def test_a_question_stays_with_its_answer(part: str, address: str) -> None:
    page = (
        "<html><head><title>An almanac</title></head><body><nav><a href='/'>Home</a></nav>"
        f"<main><article><h1>An almanac</h1><p>{PARAGRAPHS[0]}</p>{part}<p>{PARAGRAPHS[1]}</p>"
        "</article></main><footer><p>A society of neighbours.</p></footer></body></html>"
    )
    found = read_page(page, f"{address}/notes/almanac").own.text
    assert "Who can join?\n\nAnyone from here." in found


def test_a_menu_that_unfolds_is_no_text() -> None:
    menu = "".join(f'<li><a href="{url}">{name}</a></li>' for url, name in LINKS.items())
    page = (
        f"<nav><details><summary>All pages</summary><ul>{menu}</ul></details></nav><article>"
        f"<h1>An almanac</h1><p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]}</p></article>"
    )
    assert "All pages" not in read_page(page, "https://lane.example/notes/almanac").own.text


@pytest.mark.parametrize("path", ["", "/", "/notes/almanac"])
def test_a_port_says_nothing_of_a_page(path: str) -> None:
    page = f"<article><h1>An almanac</h1><p>{PARAGRAPHS[0]}</p></article>"
    one, other = (read_page(page, f"https://lane.example{port}{path}") for port in ("", ":48123"))
    assert one.kinds == other.kinds
