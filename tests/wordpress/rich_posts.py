"""The posts with headings, lists, tables, quotes and the like: own texts, written for the tests."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from .blocks import (
    Block,
    body,
    bullets,
    classic,
    code,
    columns,
    embed,
    heading,
    image,
    paragraph,
    preformatted,
    quote,
    table,
)
from .truth import TIMEZONE, Post


def local(year: int, month: int, day: int, hour: int = 9, minute: int = 30) -> datetime:
    """A time as the clock of the site shows it."""
    return datetime(year, month, day, hour, minute, tzinfo=TIMEZONE)


def _post(key: str, title: str, published: datetime, content: Block, **fields: Any) -> Post:
    markup, phrases = content.markup, content.phrases
    return Post(key, title, markup, published, slug=key, phrases=phrases, **fields)


RICH_POSTS = (
    _post(
        "starting-a-steering-group",
        "Starting a steering group",
        local(2021, 3, 2),
        body(
            paragraph("A steering group needs <strong>more</strong> than a date in the diary."),
            heading("Before the first meeting"),
            paragraph("Ask people when they can come, and pay for the bus."),
            bullets(
                "Choose a room with a level entrance",
                "Send the papers early",
                ("in large print", "and as a recording"),
                "Leave time for tea",
            ),
            heading("Afterwards", 3),
            bullets("Write down what was agreed", "Say who does it", ordered=True),
        ),
        categories=("Guides",),
        tags=("meetings", "access"),
    ),
    _post(
        "what-the-bus-survey-found",
        "What the bus survey found",
        local(2021, 10, 31, 0, 45),  # before the clocks went back that night
        body(
            paragraph("We asked three villages how they travel to the surgery."),
            table(
                ("Village", "Asked", "By bus"),
                ("Aberaeron", "41", "17"),
                ("Harlech", "38", ""),
                ("Amlwch", "52", "30"),
                caption="Answers from September",
            ),
            paragraph("Nobody in Harlech could tell us, because the bus had stopped running."),
        ),
        author="gwen",
        categories=("Research",),
        tags=("transport",),
    ),
    _post(
        "listening-is-work",
        "Listening is work",
        local(2022, 1, 12),
        body(
            paragraph("One sentence from the workshop has stayed with us."),
            quote("Nobody had asked my mother what she wanted for breakfast.", "A daughter"),
            paragraph("We now begin every review with that question."),
            # Longer than the 55 words after which WordPress cuts an excerpt.
            paragraph(
                "The first review took an afternoon, because nobody was used to being asked. The "
                "second took an hour. By the fifth, people came with a list of their own, and we "
                "had to send out for more paper. A porter told us that the porridge had been cold "
                "for eleven years. It is warm now, and he is on the panel."
            ),
        ),
        author="gwen",
        categories=("Stories",),
    ),
    _post(
        "counting-with-a-short-script",
        "Counting with a short script",
        local(2022, 2, 8),
        body(
            paragraph("This is how we counted the postcards that came back."),
            code("for card in cards:", '    if card.answer != "":', "        answered += 1"),
            paragraph("The timetable of the drop-in looks like this."),
            preformatted("Mon   10:00   hall", "Thu   14:00   library"),
        ),
        author="tomos",
        categories=("Guides",),
        tags=("data",),
    ),
    _post(
        "the-garden-in-pictures",
        "The garden in pictures",
        local(2022, 5, 20),
        body(
            paragraph("The beds are at the height of a wheelchair."),
            image(
                "https://images.example.org/raised-beds.jpg",
                "Four raised beds full of leeks",
                "Planted by the Tuesday group",
            ),
            paragraph("Come and water something."),
        ),
        categories=("Stories", "News"),
        tags=("gardens",),
    ),
    _post(
        "cyfarfod-yn-y-llyfrgell",
        "Cyfarfod yn y llyfrgell",
        local(2022, 6, 15),
        body(
            paragraph("Daeth deg o bobl i’r llyfrgell fore Mercher i siarad am wasanaethau lleol."),
            heading("Beth ddywedodd pobl"),
            bullets("Mae angen mwy o amser i siarad", "Mae’r ystafell yn rhy oer"),
            paragraph("Byddwn ni’n cwrdd eto ym mis Medi, ac mae croeso i bawb."),
        ),
        author="gwen",
        categories=("Newyddion",),
        tags=("llyfrgell",),
        language="cy",
    ),
    _post(
        "together-gydan-gilydd",
        "Together / Gyda’n gilydd",
        local(2022, 7, 4),
        body(
            columns(
                paragraph("Everybody around the table has something to teach the others."),
                paragraph("Mae gan bawb o amgylch y bwrdd rywbeth i’w ddysgu i’r lleill."),
            ),
            paragraph("The notes of the day are in both languages."),
            paragraph("Mae nodiadau’r diwrnod yn y ddwy iaith."),
        ),
        categories=("News", "Newyddion"),
        tags=("bilingual",),
    ),
    _post(
        "from-the-old-newsletter",
        "From the old newsletter",
        local(2014, 11, 3),
        classic(
            "This piece was typed long before there were blocks.\n\n"
            "<h3>Three things we learnt</h3>\n"
            "<ol>\n<li>Biscuits help</li>\n<li>Jargon does not</li>\n</ol>\n"
            "<blockquote>We were in the room, and we were heard.</blockquote>\n"
            "A line that is broken\nin the middle, and a\u00a0hard blank.",
            "This piece was typed long before there were blocks.",
            "Three things we learnt",
            "Biscuits help",
            "Jargon does not",
            "We were in the room, and we were heard.",
            "in the middle, and a hard blank.",
        ),
        categories=("Archive",),
    ),
    _post(
        "where-to-read-more",
        "Where to read more",
        local(2022, 9, 1),
        body(
            paragraph(
                'Begin with <a href="/starting-a-steering-group/">our own guide</a>, then read '
                '<a href="https://library.example.org/commons?page=2&amp;sort=new">the commons '
                "handbook</a>."
            ),
            paragraph('Write to <a href="mailto:office@example.org">the office</a> for a copy.'),
        ),
        categories=("Guides",),
        tags=("reading",),
    ),
    _post(
        "a-film-about-the-market",
        "A film about the market",
        local(2022, 10, 11),
        body(
            paragraph("The stallholders made a film of their own."),
            embed("https://video.example.org/watch/42"),
        ),
        author="tomos",
        categories=("Stories",),
    ),
    _post(
        "a-review-of-shared-decisions",
        "A review of shared decisions",
        local(2022, 11, 7),
        body(
            paragraph(
                "Ruth Penlan writes on the Centre for Common Ground website. "
                '<a href="https://common-ground.example.org/shared-decisions">Read the full '
                "article here</a>."
            ),
        ),
        categories=("Signposts",),
    ),
    _post(
        "four-voices-on-fair-pay",
        "Four voices on fair pay",
        local(2023, 1, 19),
        body(
            paragraph("By Ann Rees, Sam Okoro, Lili Wyn and The Dyfi Collective"),
            paragraph("Expenses are not pay, and thanks are not either."),
            paragraph("[share_buttons]"),
            paragraph("That is why the panel now has a budget of its own."),
        ),
        categories=("Research",),
        tags=("pay",),
    ),
)
