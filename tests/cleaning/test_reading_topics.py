"""Topics of forums: who opened one wrote the page, however the answers are marked up."""

from __future__ import annotations

from itertools import product

import pytest

from cleaning.reader import DISCUSSION, PageReading, read_page

OPENED = (
    "The hedge on the north side was laid by nine people in one cold weekend, and the stakes were "
    "cut from the copse behind the school with two borrowed saws."
)
ANSWERS = (
    (
        "41",
        "Tomos Hale",
        "Fri, 06/05/2016 - 08:15",
        "I can bring a billhook and two pairs of gloves.",
    ),
    (
        "42",
        "kestrel77",
        "Sat, 07/05/2016 - 18:40",
        "Is the track open for a van this year, or not?",
    ),
    (
        "43",
        "Oda Brink",
        "Mon, 09/05/2016 - 07:05",
        "The gate will be open from eight, by the barn.",
    ),
)
STAMP = '<span property="dc:date dc:created" content="2016-05-05T10:45:00+00:00">'
WHO = '<a href="/user/29" class="username" property="foaf:name">Averil Pike</a>'
DAY = "Thu, 05/05/2016 - 10:45"
OPENERS = {
    "name within the day": f'<div class="meta submitted">{STAMP}Submitted by {WHO} on {DAY}</span>',
    "guest within the day": f'<div class="submitted">{STAMP}Submitted by '
    f'<span class="username">Averil Pike</span> on {DAY}</span>',
    "name and day": f'<div class="submitted">Submitted by {WHO} on {DAY}',
    "day and name in the box of the text": f'<div><span class="submitted">{DAY} — '
    '<a href="/user/29">Averil Pike</a></span>',
}
COMMENTS = {
    "anchors before": '<a id="comment-{n}"></a><div class="comment clearfix">'
    '<div class="submitted">Submitted by <a href="/user/{n}" class="username">{who}</a> '
    "on {day}</div>"
    '<h3><a href="/comment/{n}#comment-{n}">Re the hedge</a></h3>'
    '<div class="content"><p>{said}</p></div></div>',
    "anchors within": '<article class="comment" id="comment-{n}"><p class="author">{who}</p>'
    '<p class="date"><a href="/comment/{n}#comment-{n}">{day}</a></p>'
    '<div class="content"><p>{said}</p></div></article>',
}


def topic(opener: str, comment: str, link: str = "") -> PageReading:
    made = (comment.format(n=n, who=w, day=d, said=s) + link for n, w, d, s in ANSWERS)
    page = (
        '<html><head><meta name="Generator" content="Drupal 7 (http://drupal.org)"><title>A hedge '
        'in a weekend | Field net</title></head><body><div id="main"><h1 id="page-title">A hedge '
        f'in a weekend</h1><div class="node node-forum">{OPENERS[opener]}</div>'
        f'<div class="content"><p>{OPENED}</p></div></div>'
        f'<div id="comments">{"".join(made)}</div></div></body></html>'
    )
    return read_page(page, "https://field.example/forum/hedge")


@pytest.mark.parametrize(("opener", "comment"), list(product(OPENERS, COMMENTS)))
def test_who_opened_a_topic(opener: str, comment: str) -> None:
    found = topic(opener, COMMENTS[comment])
    assert [author.name for author in found.heading.authors] == ["Averil Pike"]
    assert found.heading.published is not None
    assert found.heading.published.day.isoformat() == "2016-05-05"
    posts = [*found.posts, *found.comments]
    opened = posts[0].body.text if len(posts) > len(ANSWERS) else found.own.text
    assert opened == OPENED
    answers = posts[-len(ANSWERS) :]
    assert [post.author for post in answers] == [who for _, who, _, _ in ANSWERS]
    assert [post.body.text for post in answers] == [said for *_, said in ANSWERS]


def test_who_opened_a_discussion_wrote_the_page() -> None:
    post = (
        '<article class="message" data-author="{who}" id="post-{n}"><div class="message-user">'
        '<a href="/members/{n}/" class="username">{who}</a></div><div class="message-date">{day}'
        '</div><div class="message-body">{said}</div></article>'
    )
    rows = [("40", "Averil Pike", "Thu, 05/05/2016 - 10:45", OPENED), *ANSWERS]
    posts = "".join(post.format(n=n, who=w, day=d, said=s) for n, w, d, s in rows)
    found = read_page(
        f"<h1>A hedge in a weekend</h1>{posts}", "https://field.example/threads/hedge.1"
    )
    assert found.kind == DISCUSSION
    assert [author.name for author in found.heading.authors] == ["Averil Pike"]
