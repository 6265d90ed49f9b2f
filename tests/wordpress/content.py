"""Everything that the test WordPress is filled with. All texts are made up for the tests."""

from __future__ import annotations

from datetime import timedelta

from .blocks import body, heading, paragraph
from .discussions import COMMENTS
from .rich_posts import RICH_POSTS, local
from .truth import Author, Post, Truth

AUTHORS = (
    Author("noreen", "Noreen Pritchard"),
    Author("gwen", "Gwen Dafydd"),
    Author("tomos", "Tomos O’Neill"),
    Author("dyfi-collective", "The Dyfi Collective"),
)

# More than one page of 100, the most that the REST API gives at once.
SHORT_POSTS = 120

_PLACES = ("Aberaeron", "Abertawe", "Amlwch", "Harlech", "Llandudno", "Llanelli", "Wrecsam")
_SUBJECTS = (
    ("transport", "drafnidiaeth"),
    ("social care", "ofal cymdeithasol"),
    ("mental health", "iechyd meddwl"),
    ("community gardens", "erddi cymunedol"),
    ("local libraries", "lyfrgelloedd lleol"),
)
_PEOPLE = ("carers", "tenants", "young people", "nurses", "volunteers", "teachers")


def _short_english(number: int) -> Post:
    place, subject = _PLACES[number % 7], _SUBJECTS[number % 5][0]
    people, others = _PEOPLE[number % 6], _PEOPLE[(number + 2) % 6]
    sentences = (
        f"In {place}, {people} and {others} met for meeting {number} about {subject}.",
        f"They decided on {number % 9 + 2} next steps, and who takes each of them.",
    )
    return Post(
        key=f"note-{number}",
        slug=f"note-{number}",
        title=f"Note {number}: {subject} in {place}",
        content="\n\n".join(sentences),
        published=local(2018, 1, 8) + timedelta(days=11 * number),
        author=AUTHORS[number % 4].login,
        categories=("News",),
        tags=(subject, place),
        phrases=sentences,
    )


def _short_welsh(number: int) -> Post:
    place, subject = _PLACES[number % 7], _SUBJECTS[number % 5][1]
    sentences = (
        f"Daeth y grŵp at ei gilydd yn {place} i siarad am {subject}.",
        f"Dyma nodyn rhif {number}, ac mae croeso i chi ofyn cwestiwn i ni.",
    )
    return Post(
        key=f"nodyn-{number}",
        slug=f"nodyn-{number}",
        title=f"Nodyn {number}: {place}",
        content="\n\n".join(sentences),
        published=local(2018, 1, 8) + timedelta(days=11 * number),
        author="gwen",
        categories=("Newyddion",),
        tags=(place,),
        language="cy",
        phrases=sentences,
    )


def _short_post(number: int) -> Post:
    return _short_welsh(number) if number % 3 == 0 else _short_english(number)


def _plain_post(key: str, title: str, month: int, *sentences: str, **fields: object) -> Post:
    content = body(*(paragraph(sentence) for sentence in sentences))
    post = {"slug": key, "phrases": content.phrases, **fields}
    return Post(key, title, content.markup, local(2023, month, 6), **post)  # type: ignore[arg-type]


_READ_MORE = "\n\n<!-- wp:more -->\n<!--more-->\n<!-- /wp:more -->\n\n"

# One post for each thing that a post can be besides ordinary.
SPECIAL_POSTS = (
    _plain_post(
        "protected",
        "Minutes for members",
        2,
        "The members agreed the budget behind a closed door.",
        password="open sesame",
    ),
    _plain_post("draft", "Not ready", 2, "This draft is nobody’s business yet.", status="draft"),
    _plain_post("private", "For the board", 2, "Only the board reads this.", status="private"),
    _plain_post("sticky", "Read this first", 3, "This post stays on top.", is_sticky=True),
    # Without title and slug WordPress takes the id as the slug.
    _plain_post("untitled", "", 3, "A post whose author forgot the title.", slug=""),
    _plain_post(
        "signs-in-the-title",
        "Tea & “cake” 🌱 at 5 o’clock — all free",
        4,
        "The title has every sign that a title can have.",
        typed_title='Tea & "cake" 🌱 at 5 o\'clock -- <em>all</em> free',
    ),
    _plain_post(
        "manual-excerpt",
        "A post with a summary",
        4,
        "The body says something longer than the summary.",
        excerpt="A summary by hand.",
    ),
    Post(
        "read-more",
        "A long story in two halves",
        _READ_MORE.join(
            (
                paragraph("The first half stands in the list.").markup,
                paragraph("The second half is only on the page.").markup,
            )
        ),
        local(2023, 5, 9),
        slug="read-more",
        phrases=("The first half stands in the list.", "The second half is only on the page."),
    ),
    Post(
        "two-pages",
        "A post on two pages",
        "The first page ends here.\n\n<!--nextpage-->\n\nThe second page begins here.",
        local(2023, 5, 10),
        slug="two-pages",
        phrases=("The first page ends here.", "The second page begins here."),
    ),
    Post(
        "summer-night",
        "Half past midnight in summer",
        "In Greenwich it was still the day before.",
        local(2021, 7, 1, 0, 30),
        slug="summer-night",
        phrases=("In Greenwich it was still the day before.",),
    ),
    _plain_post("much-discussed", "What should we ask first?", 6, "Tell us below."),
    _plain_post("conversation", "How do you share power?", 7, "Reply to one another below."),
)


def _page(key: str, title: str, *sentences: str, **fields: object) -> Post:
    content = body(heading(title), *(paragraph(sentence) for sentence in sentences))
    page = {"kind": "page", "slug": key, "phrases": content.phrases, "categories": (), **fields}
    return Post(key, title, content.markup, local(2017, 9, 1), **page)  # type: ignore[arg-type]


PAGES = (
    _page("about", "About us", "We collect what people learn when they decide together."),
    _page("people", "The people", "Four of us look after these pages.", parent="about"),
    _page(
        "amdanom-ni", "Amdanom ni", "Rydyn ni’n rhannu beth mae pobl yn ei ddysgu.", language="cy"
    ),
    _page("rota", "Rota", "Who holds the keys this week is a secret.", status="private"),
)


def ground_truth() -> Truth:
    """What the site is filled with, before WordPress has given ids to any of it."""
    short = tuple(_short_post(number) for number in range(1, SHORT_POSTS + 1))
    return Truth("", AUTHORS, (*RICH_POSTS, *SPECIAL_POSTS, *short), PAGES, COMMENTS)
