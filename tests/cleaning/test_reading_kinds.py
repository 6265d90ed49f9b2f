"""What a page is for its readers: texts of dated parts, texts that many answer, menus."""

from __future__ import annotations

from cleaning.reader import read_page
from cleaning.reader.model import ARTICLE
from tests.cleaning.test_threads_kinds import SAID

LINES = (
    "A ledger of the shed lists what was lent, to whom, and who mended it before it came back.",
    "The second shelf is for what nobody asks for in winter: shears, nets, and the long ladder.",
    "Whoever returns a tool writes one sentence about it, and the sentences became this book.",
    "It ends with the year in which the roof was new and the list of members filled two pages.",
)
TEXT = "".join(
    f"<p>{line} Of {n} such years this was one.</p>" for n in (3, 4, 5) for line in LINES
)
BOOKS = ("The Shed Ledger", "Twelve Ladders", "A Porch of Our Own", "Mending in March")
MONTHS = ("June", "November", "September", "March")
GENRES = ("Science Fiction/Fantasy", "Romance", "Horror", "Old Houses")


def book(number: int, title: str) -> str:
    about = "".join(f"<p>{line[number * 7 :]} So says {title}.</p>" for line in LINES)
    return (
        f"<li><h4>{title}</h4><div class='callout'><p><b>Author:</b> B.{'ABCD'[number]}. Pell <br>"
        f"<b>Released:</b> {MONTHS[number]} {number + 3}, 2021 by Hedge Row <br><b>Genre:</b> "
        f"<a href='/genre/life' rel='tag'>Village: Life</a>, <a href='/genre/{number}' rel='tag'>"
        f"{GENRES[number]}</a></p></div><div class='summary'>{about}</div></li>"
    )


def test_books_with_names_and_days_are_the_text() -> None:
    books = "".join(book(n, title) for n, title in enumerate(BOOKS))
    page = (
        "<html><head><title>Four books about sheds</title></head><body><article>"
        "<h1>Four books about sheds</h1><p>By Ada Quill, 2 July 2021</p>"
        f"<p>{LINES[0]} {LINES[1]}</p><ul>{books}</ul></article></body></html>"
    )
    found = read_page(page, "https://library.example/2021/07/four-books-about-sheds")
    assert found.comments == found.posts == ()
    assert all(found.own.text.count(f"So says {title}.") == len(LINES) for title in BOOKS)


def test_what_calls_itself_an_article_is_not_its_comments() -> None:
    comments = "".join(
        f"<li class='comment' id='comment-{n}'><cite class='fn'>Neighbour {chr(65 + n)}</cite>"
        f"<time datetime='2021-07-0{n + 1}T10:00:00Z'>{n + 1} July 2021</time><p>{SAID[n % 4]} "
        f"{SAID[(n + 1) % 4]}</p></li>"
        for n in range(9)
    )
    page = (
        "<html><head><title>Who opens the shed?</title><meta property='og:type' content='article'>"
        f"</head><body><article><h1>Who opens the shed?</h1><p>{LINES[0]}</p><p>{LINES[1]}</p>"
        f"</article><h2>9 replies</h2><ol class='comments'>{comments}</ol></body></html>"
    )
    found = read_page(page, "https://library.example/2021/07/who-opens-the-shed")
    assert len(found.comments) == 9
    assert LINES[0] in found.text
    assert SAID[0] not in found.text


def test_a_great_menu_beside_a_text_stays_out() -> None:
    menu = "".join(
        f"<li><a href='/{n}'>Shelf {n} of the long store room behind the hall</a></li>"
        for n in range(150)
    )
    page = (
        "<html><head><title>How the shed is sorted</title></head><body>"
        f"<div class='drop'><ul>{menu}</ul></div><main><h1>How the shed is sorted</h1>"
        "<p>By Ada Quill, 2 July 2021</p>"
        f"{TEXT}</main></body></html>"
    )
    found = read_page(page, "https://library.example/2021/07/how-the-shed-is-sorted")
    assert found.kind == ARTICLE
    assert all(line in found.text for line in LINES)
    assert "Shelf 3" not in found.text
