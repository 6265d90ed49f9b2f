"""The comments of the test WordPress: threads, two pages of them, pingbacks, and what is hidden."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from .truth import SPAM, WAITING, Comment

# The site shows 50 a page, so that there are two.
MANY = 58


def _comment(key: str, post: str, minute: int, author: str, text: str, **fields: object) -> Comment:
    published = datetime(2023, 7, 8, 10, tzinfo=UTC) + timedelta(minutes=minute)
    comment = {"phrases": (text,), **fields}
    return Comment(key, post, author, text, published, **comment)  # type: ignore[arg-type]


def _one_of_many(number: int) -> Comment:
    author = ("Elin", "Marcus", "Siân Huws", "J. Bevan")[number % 4]
    text = f"Question number {number}: who is not in the room yet?"
    return _comment(f"many-{number}", "much-discussed", 3 * number, author, text)


# Sorted so that a parent stands before its replies. The site shows three levels: the fourth reply
# is a sister of the third in HTML, and its child in the REST API.
THREADS = (
    _comment(
        "root",
        "conversation",
        0,
        "Elin",
        "We take turns in the chair.",
        email="elin@example.org",
        author_url="https://elin.example.org/",
    ),
    _comment(
        "reply",
        "conversation",
        20,
        "Noreen Pritchard",
        "How long is a turn?",
        parent="root",
        login="noreen",
        email="noreen@example.org",
    ),
    _comment("third", "conversation", 40, "Elin", "Two meetings, then we swap.", parent="reply"),
    _comment("fourth", "conversation", 50, "Marcus", "Two is too short for me.", parent="third"),
    _comment("other-root", "conversation", 60, "Siân Huws", "Rydyn ni’n pleidleisio â cherrig."),
    _comment(
        "other-reply",
        "conversation",
        70,
        "Gwen Dafydd",
        "Syniad da iawn.",
        parent="other-root",
        login="gwen",
        email="gwen@example.org",
    ),
    Comment(
        "with-markup",
        "conversation",
        "Marcus",
        'See <a href="https://stones.example.org/how">how stones work</a>.\n\n'
        "It is <em>quiet</em> & fair.",
        datetime(2023, 7, 8, 11, 20, tzinfo=UTC),
        phrases=("See how stones work.", "It is quiet & fair."),
    ),
    # The oldest reply to the newest root: order in time is not order on the page.
    _comment("early-reply", "conversation", 5, "J. Bevan", "And with beans?", parent="root"),
    _comment("below-a-page", "about", 90, "Elin", "Thank you for this page."),
    _comment("below-a-film", "a-film-about-the-market", 91, "Elin", "The second stall is mine!"),
)

# Block themes show them whole, classic themes by name alone, the REST API not at all.
MENTIONS = (
    _comment(
        "pingback",
        "conversation",
        100,
        "Sharing power – Valley Notes",
        "[…] a good list of ways to share power […]",
        kind="pingback",
        author_url="https://valley.example.org/sharing-power/",
        phrases=("a good list of ways to share power",),
    ),
    _comment(
        "trackback",
        "conversation",
        110,
        "Old Blog",
        "<strong>Power, shared</strong>\n\nAn old blog sends an old kind of notice.",
        kind="trackback",
        author_url="https://old.example.org/42",
        phrases=("An old blog sends an old kind of notice.",),
    ),
)

HIDDEN = (
    _comment("waiting", "conversation", 120, "Pat", "I wait for a moderator.", state=WAITING),
    _comment("spam", "conversation", 121, "Cheap Loans", "Borrow gold by mail today.", state=SPAM),
    _comment("below-protected", "protected", 122, "Member", "The key is under the mat."),
    _comment("below-private", "private", 123, "Noreen Pritchard", "The board agrees."),
)

MANY_COMMENTS = tuple(_one_of_many(number) for number in range(1, MANY + 1))
COMMENTS = (*THREADS, *MANY_COMMENTS, *MENTIONS, *HIDDEN)
