"""Cards and teasers beside a text: entries of their own, and no words of the text."""

from __future__ import annotations

import pytest

from cleaning.reader import ARTICLE, LISTING, PAGE, PageReading, read_page

TEXT = (
    "Every spring the allotment society writes to the forty households on its list, and every "
    "spring about a third of them answer. This year we went from door to door instead.",
    "The answers were not what the committee had expected. Few wanted a plot of their own; most "
    "wanted to know somebody who had one, and to come by on a Saturday morning.",
    "By June the list was full, and the lettuce was eaten before the slugs found it. Nobody has "
    "proposed to go back to the letters, and the stamps went to the youth club.",
)
CARDS = (
    ("Listening kit", "Cards with questions that make neighbours talk.", "/library/1"),
    ("Budget game", "A board on which a street spends its money.", "/library/2"),
    ("Street map", "How to draw a map of who helps whom.", "/library/3"),
)
PARAGRAPHS = "".join(f"<p>{paragraph}</p>" for paragraph in TEXT)
LINKED_HEADING = '<div class="card"><h3><a href="{url}">{title}</a></h3><p>{said}</p></div>'
LINK_AROUND = '<li><a href="{url}"><img src="x.jpg" alt=""><h3>{title}</h3><p>{said}</p></a></li>'
LINK_BELOW = (
    '<article class="teaser post"><h2>{title}</h2><p><span class="author">Osian Thorn</span> · '
    '<time datetime="2018-02-03">03.02.2018</time></p><p>{said}</p>'
    '<a href="{url}">Go on</a>'
    "</article>"
)
PAGES = {
    "below an article": (
        "<article><h1>Saturdays</h1>{text}</article><h2>Library</h2><div>{cards}</div>",
        LINKED_HEADING,
    ),
    "links around cards": (
        "<article><h1>Saturdays</h1>{text}</article><ul class='cards'>{cards}</ul>",
        LINK_AROUND,
    ),
    "a text in a plain box": (
        "<div class='text'><h1>Saturdays</h1>{text}</div><div class='more'>{cards}</div>",
        LINK_BELOW,
    ),
    "teasers right beside the box": (
        "<div class='text'><h1>Saturdays</h1>{text}</div>{cards}",
        LINK_BELOW,
    ),
    "an aside": (
        "<article><h1>Saturdays</h1>{text}</article><aside><h2>Related</h2>{cards}</aside>",
        LINKED_HEADING,
    ),
}


def read(body: str) -> PageReading:
    page = (
        "<html><head><title>Saturdays | Plot society</title></head><body><header>Plot society"
        f"</header><main>{body}</main><footer>Run by volunteers.</footer></body></html>"
    )
    return read_page(page, "https://plot.example/notes/saturdays/")


def made(card: str) -> str:
    return "".join(card.format(title=title, said=said, url=url) for title, said, url in CARDS)


@pytest.mark.parametrize(("body", "card"), PAGES.values(), ids=PAGES)
def test_cards_beside_a_text(body: str, card: str) -> None:
    found = read(body.format(text=PARAGRAPHS, cards=made(card)))
    assert found.kind in (ARTICLE, PAGE)
    assert found.own.text == "\n\n".join(TEXT)
    assert [entry.title for entry in found.cards] == [title for title, _, _ in CARDS]
    assert [entry.url for entry in found.cards] == [
        f"https://plot.example{url}" for _, _, url in CARDS
    ]
    assert all(said in e.excerpt for (_, said, _), e in zip(CARDS, found.cards, strict=True))
    assert not found.posts and not found.comments


@pytest.mark.parametrize(
    "tool",
    [
        '<h2><a href="{url}">{title}</a></h2><p>{said}</p>',
        '<div><h2><a href="{url}">{title}</a></h2><p>{said}</p></div>',
        '<div><h2>{title}</h2><p>{said} It is <a href="{url}">in the library</a> now.</p></div>',
    ],
    ids=["lines", "boxes", "links in sentences"],
)
def test_what_a_text_is_about_stays_its_text(tool: str) -> None:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in TEXT[:2])
    found = read(f"<article><h1>Tools</h1>{text}{made(tool)}<p>{TEXT[2]}</p></article>")
    assert all(title in found.own.text and said in found.own.text for title, said, _ in CARDS)
    assert found.cards == ()


def test_side_columns_and_bare_links_are_no_cards() -> None:
    side = made('<li><a href="{url}">{title}</a> <p>{said}</p></li>')
    links = made('<li><a href="{url}">{title}</a></li>')
    article = f"<article><h1>Saturdays</h1>{PARAGRAPHS}</article>"
    found = read(f"{article}<ul>{links}</ul><div class='sidebar'><ul>{side}</ul></div>")
    assert found.cards == ()
    assert found.own.text == "\n\n".join(TEXT)


def test_a_list_is_no_text_with_cards() -> None:
    found = read(f"<h1>Library</h1><p>{TEXT[0]}</p><div>{made(LINKED_HEADING) * 2}</div>")
    assert found.kind == LISTING
    assert len(found.entries) == 2 * len(CARDS)


def test_a_page_that_is_made_of_boxes_is_no_list() -> None:
    offer = (
        '<div class="card"><h2>{title}</h2><p>{said} '
        + TEXT[0]
        + '</p><a href="{url}">On</a></div>'
    )
    found = read(f"<h1>What we offer</h1><p>{TEXT[1]}</p><div>{made(offer)}</div>")
    assert found.kind != LISTING
    assert all(said in found.own.text for _, said, _ in CARDS)
