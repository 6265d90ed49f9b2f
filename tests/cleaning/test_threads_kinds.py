"""Kinds of threads, and of what looks like one: tables of small pages and what they hold."""

from __future__ import annotations

import pytest

from cleaning.reader.threads import COMMENTS, DISCUSSION
from tests.cleaning.shown import shown, threads_of

PEOPLE = ("Oda Brink", "kestrel77", "Tomos Hale", "Oda Brink")
DAYS = ("4 June 2018 09:15", "5 June 2018 18:40", "9 June 2018 07:05", "11 June 2018 21:30")
SAID = (
    "The tool library wants a second evening, since nobody who works late can come on Mondays.",
    "Thursdays would suit the allotment people, and the hall is free until nine by then.",
    "I can hold the keys on two evenings a month if somebody shows me the alarm once.",
    "Then let us try it from September on and count who comes before we print anything.",
)
ROWS = tuple(zip(range(41, 45), PEOPLE, DAYS, SAID, strict=True))
ESSAY = "".join(
    f"<p>In the {n}th year of the library its members mended more than they lent, and what began "
    "as a shelf in the porch of the hall became two rooms, a ledger and a waiting list.</p>"
    for n in range(4, 8)
)


def made(row: str) -> str:
    return "".join(
        row.format(n=n, who=who, day=day, said=said, k=k, rest=k % 2)
        for k, (n, who, day, said) in enumerate(ROWS)
    )


def board(posts: str) -> str:
    return f"<html><body><h1>A second evening?</h1>{posts}</body></html>"


def blog(comments: str) -> str:
    return (
        "<html><body><main><article><h1>Ten years of lending</h1><p>By Ada Quill, 1 June 2018</p>"
        f"{ESSAY}</article>{comments}</main></body></html>"
    )


PROFILE = board(
    made(
        "<div class='post' id='p{n}'><dl class='profile'><dt>{who}</dt><dd>Senior Member</dd>"
        "<dd>Joined: 3 May 20{n}</dd><dd>Posts: {n}8</dd><dd>Location: Leith</dd></dl>"
        "<p class='head'>Posted {day}</p><div class='said'>{said}</div>"
        "<div class='signature'>Mend before you buy</div></div>"
    )
)
PLAIN_TABLE = board(
    "<table>"
    + made(
        "<tr><td><b>{who}</b><br>Member<br>Registered: 2 May 2009<br>Posts: {n}</td>"
        "<td><font>Posted {day}</font><br><br>{said}<br><br><a href='#'>Quote</a></td></tr>"
    )
    + "</table>"
)
HEAD_AND_BODY = board(
    "<div class='topic'>"
    + made(
        "<h2 class='head'><span>{day}</span> <a href='#m{n}'>#{n}</a></h2>"
        "<table class='msg' id='m{n}'><tr><td class='who'>{who}</td><td class='text'>{said}</td>"
        "</tr><tr><td colspan='2'><a href='#'>Reply</a></td></tr></table>"
    )
    + "</div>"
)
EDITED = board(
    made(
        "<article class='reply' data-author='{who}'><h3>{who}</h3><time datetime='2018-06-0{k}'>x"
        "</time><div class='text'><p>{said}</p></div><p>Last edited: <time datetime='2021-01-01'>"
        "1 January 2021</time> by Some Body</p></article>"
    ).replace("2018-06-00", "2018-06-04")
)
BYLINE_BELOW = blog(
    "<h3>4 comments</h3>"
    + made(
        "<div class='comment' id='comment-{n}'><p>{said}</p>"
        "<p class='foot'>Posted by: {who} | {day}</p></div>"
    )
)
TERMS = blog(
    "<h3>4 comments</h3><dl>"
    + made("<dt>{who} <span>{day}</span></dt><dd><p>{said}</p></dd>")
    + "</dl>"
)
INDENTED = blog(
    "<h3>Comments</h3><div id='talk'>"
    + made(
        "<div class='c' style='margin-left: {rest}0px'><b>{who}</b> <i>{day}</i><p>{said}</p></div>"
    )
    + "</div>"
)
NOSCRIPT = blog(
    "<div id='disqus_thread'><noscript><p>Please enable JavaScript.</p><ol>"
    + made("<li class='comment'><cite>{who}</cite> <span>{day}</span><p>{said}</p></li>")
    + "</ol></noscript></div>"
)
CITES = blog(
    "<ul><li class='u-like h-cite'><a class='p-author h-card'>Nan Orr</a> liked this on "
    "<time class='dt-published' datetime='2018-06-03'>3 June</time></li>"
    + made(
        "<li class='u-comment h-cite'><a class='p-author h-card' href='https://a{n}.example/'>{who}"
        "</a> <time class='dt-published' datetime='2018-06-1{k}'>June</time>"
        "<div class='e-content'>{said}</div></li>"
    )
    + "</ul>"
)


@pytest.mark.parametrize(
    ("page", "kind"),
    [
        (PROFILE, DISCUSSION),
        (PLAIN_TABLE, DISCUSSION),
        (HEAD_AND_BODY, DISCUSSION),
        (EDITED, DISCUSSION),
        (BYLINE_BELOW, COMMENTS),
        (TERMS, COMMENTS),
        (INDENTED, COMMENTS),
        (NOSCRIPT, COMMENTS),
        (CITES, COMMENTS),
    ],
    ids=[
        *("profile", "plain-table", "head-and-body", "edited", "byline-below", "terms"),
        *("indented", "noscript", "cites"),
    ],
)
def test_posts(page: str, kind: str) -> None:
    found = shown(page)
    assert [post.author for post in found] == list(PEOPLE)
    assert [post.text for post in found] == list(SAID)
    assert all(post.published and "2018" in post.published for post in found)
    assert [thread.kind for thread in threads_of(page)] == [kind]


def test_an_indent_tells_what_is_answered() -> None:
    assert [post.parent for post in shown(INDENTED)] == [None, 0, None, 2]


def test_who_answered_is_the_author_and_not_who_edited() -> None:
    answer = (
        "<div class='answer'><div class='text'><p>{said}</p></div><div class='sign'>"
        "<div class='card'>edited <span title='2020-01-0{k} 10:00:00Z'>2020</span>"
        "<a href='/users/9/ed'>Ed Itor</a></div>"
        "<div class='card'>answered <span title='2018-06-1{k} 10:00:00Z'>June</span>"
        "<a href='/users/{n}/x'>{who}</a></div></div></div>"
    )
    found = shown(board(made(answer).replace("2020-01-00", "2020-01-09")))
    assert [post.author for post in found] == list(PEOPLE)
    assert [(post.published or "")[:7] for post in found] == ["2018-06"] * 4


def test_a_quoted_person_is_not_the_author() -> None:
    quote = "<blockquote><p>Ann Quoted, 1 May 2001 at 10:00, said:</p><p>Not so.</p></blockquote>"
    rows = made("<li class='comment'><div>" + quote + "<p>{said}</p></div><p>{who}, {day}</p></li>")
    found = shown(blog(f"<h3>4 comments</h3><ol>{rows}</ol>"))
    assert [post.author for post in found] == list(PEOPLE)
    assert [post.published for post in found] == list(DAYS)


LIVE = blog(
    made(
        "<div class='live-post' id='post-{n}'><time datetime='2018-06-04T1{k}:10:00Z'>1{k}:10"
        "</time> <b>{who}</b><p>{said}</p></div>"
    )
)
TEASERS = blog(
    made(
        "<article class='post'><h3><a href='/texts/{n}/'>Text {n}</a></h3><span>{who}</span> "
        "<time>{day}</time><p>{said}</p></article>"
    )
)
RECENT = blog(
    "<aside><h3>Recent comments</h3><ul>"
    + made(
        "<li class='recentcomments'><b>{who}</b> <i>{day}</i> {said} on "
        "<a href='/texts/{n}/'>A text</a></li>"
    )
    + "</ul></aside>"
)
MINUTES = blog("<dl>" + made("<dt>{who}, {day}</dt><dd>{said}</dd>") + "</dl>")
VOICES = blog(made("<blockquote><p>{said}</p><footer>{who}, {day}</footer></blockquote>"))
INDEX = board(
    "<ul class='topics'>"
    + made(
        "<li><a href='/topic/{n}'>About the evening number {n}</a> by <a href='/user/{n}'>{who}</a>"
        " {day} <span>3 replies</span></li>"
    )
    + "</ul>"
)
ARTICLE_BOX = (
    "<html><body><div class='comment' id='comment-40'><h1>Ten years of lending</h1>"
    f"<p>Ada Quill, 4 June 2018</p>{ESSAY}</div></body></html>"
)
NONE_YET = blog(
    "<h3>0 Comments</h3>" + made("<div class='box'><b>{who}</b> <i>{day}</i><p>{said}</p></div>")
)
UNDATED = blog(made("<div class='card'><h4>Room {n}</h4><p>{said}</p></div>"))
COOKIES = blog(
    "<div class='cookie'><p>We use cookies.</p><button>Accept</button></div>"
    "<div id='respond'><h3>Leave a Reply</h3><a href='#'>Cancel reply</a><form><textarea "
    "name='comment'></textarea><input name='email'></form></div>"
)


@pytest.mark.parametrize(
    "page",
    [
        *(LIVE, TEASERS, RECENT, MINUTES, VOICES, INDEX, ARTICLE_BOX, NONE_YET, UNDATED),
        COOKIES,
    ],
    ids=[
        *("live", "teasers", "recent", "minutes", "voices", "index", "article-box", "none-yet"),
        *("undated", "cookies"),
    ],
)
def test_what_is_no_thread(page: str) -> None:
    assert shown(page) == []
