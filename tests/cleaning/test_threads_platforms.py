"""Comments as WordPress themes and Blogger write them.

The shapes are those of real pages, the words and names are invented.
"""

import pytest

from cleaning.evidence import find_evidence
from cleaning.page import read_page_model
from cleaning.reader.threads import declared_count
from tests.cleaning.shown import Shown, shown

URL = "https://blog.example/2021/05/allotment/"


def read(page: str) -> list[Shown]:
    return shown(f"<html><body>{page}</body></html>", URL)


def declared(page: str) -> int | None:
    model = read_page_model(page, URL)
    return declared_count(model, find_evidence(model))


def core(number: int, depth: int, inside: str = "", more: str = "", body: str = "") -> str:
    """A comment as WordPress core prints it for a classic HTML5 theme."""
    return f"""
<li id="comment-{number}" class="comment even depth-{depth} {more}">
 <article id="div-comment-{number}" class="comment-body">
  <footer class="comment-meta"><div class="comment-author vcard">
   <img class="avatar" alt=""><b class="fn"><a class="url" href="http://n{number}.example">Neighbour
   {number}</a></b> <span class="says">says:</span></div>
   <div class="comment-metadata"><a href="{URL}#comment-{number}">
    <time datetime="2021-05-0{depth}T10:30:00+01:00">May {depth}, 2021 at 10:30 am</time></a>
    <span class="edit-link"><a class="comment-edit-link" href="/edit">Edit</a></span></div>
   <em class="comment-awaiting-moderation">Your comment is awaiting moderation.</em></footer>
  <div class="comment-content">{body or f"<p>Beans, row {number}.</p>"}</div>
  <div class="reply"><a class="comment-reply-link" href="?replytocom={number}#respond">Reply</a>
  </div></article>{inside}</li>"""


CORE = f"<ol>{core(11, 1, '<ol class=children>' + core(12, 2, more='bypostauthor') + '</ol>')}"
GENESIS = """<ol class="comment-list"><li class="comment depth-1" id="comment-11">
<article id="article-comment-11"><header class="comment-header"><p class="comment-author">
<span class="comment-author-name">Neighbour 11</span> <span class="says">says</span></p>
<p class="comment-meta"><time class="comment-time"><a class="comment-time-link"
href="/x/#comment-11">May 1, 2021 at 10:30 am</a></time></p></header>
<div class="comment-content"><p>Beans, row 11.</p></div>
<div class="comment-reply"><a class="comment-reply-link" href="#comment-11">Reply</a></div>
</article><ul class="children"><li class="comment bypostauthor depth-2" id="comment-12">
<article id="article-comment-12"><header class="comment-header"><p class="comment-author">
<span class="comment-author-name">Neighbour 12</span></p><p class="comment-meta">
<time class="comment-time">May 2, 2021 at 10:30 am</time></p></header>
<div class="comment-content"><p>Beans, row 12.</p></div></article></li></ul></li></ol>"""
BLOCK = """<ol class="wp-block-comment-template"><li id="comment-11" class="comment depth-1">
<div class="wp-block-comment-author-name">Neighbour 11</div><div class="wp-block-comment-date">
<time datetime="2021-05-01T10:30:00+01:00"><a href="#comment-11">May 1, 2021</a></time></div>
<div class="wp-block-comment-content"><p>Beans, row 11.</p>
<p id="comment-like-11" class="comment-likes">Liked by <a href="#">2 people</a></p></div>
<div class="wp-block-comment-reply-link"><a class="comment-reply-link" href="?replytocom=11">Reply
</a></div><ol><li id="comment-12" class="comment bypostauthor depth-2">
<div class="wp-block-comment-author-name"><a href="http://n12.example">Neighbour 12</a></div>
<div class="wp-block-comment-date"><time datetime="2021-05-02T10:30:00+01:00">May 2</time></div>
<div class="wp-block-comment-content"><p>Beans, row 12.</p></div></li></ol></li></ol>"""
BROKEN = """<ol><liclass even depth-1 parent id="comment-11"><div id="div-comment-11">
<div class="comment-content"><h4 class="fn">Neighbour 11</h4>
<div class="commentmetadata">May 1, 2021 <span>at 10:30 am</span></div><p>Beans, row 11.</p>
<div class="reply"><a href="?replytocom=11#respond">Reply</a></div></div></div>
<ol class="children"><liclass byuser bypostauthor depth-2 id="comment-12">
<div class="comment-content"><h4 class="fn">Neighbour 12</h4>
<div class="commentmetadata">May 2, 2021</div><p>Beans, row 12.</p></div></li></ol></li>
<liclass odd depth-1 id="comment-13"><div class="comment-content"><h4 class="fn">Neighbour 13</h4>
<p>Beans, row 13.</p></div></li></ol>"""
NAMELESS = """<ol class="commentlist"><li class="comment depth-1" id="li-comment-11">
<div id="comment-11"><div class="comment-author vcard"><img class="avatar" src="a.png">
<cite class="fn">Neighbour 11</cite> <span class="says">says:</span></div>
<div class="comment-meta commentmetadata"><a href="/x/#comment-11">May 1, 2021</a> (Edit)</div>
<p>Beans, row 11.</p><a class="permalink" href="/x/#comment-11">#</a>
<div class="reply"><a href="/x/?replytocom=11#respond">Reply</a></div></div>
<ul class="children"><li class="comment bypostauthor depth-2" id="li-comment-12">
<div id="comment-12"><cite>Neighbour 12</cite><p>Beans, row 12.</p></div></li></ul></li></ol>"""
NO_OUTER_ID = """<ol><li class="comment depth-1"><article id="div-comment-11"><b class="fn">
Neighbour 11</b><div class="comment-text"><p>Beans, row 11.</p></div></article><ol class="children">
<li class="comment depth-2 bypostauthor"><article><b class="fn">Neighbour 12</b>
<div class="comment-text"><p>Beans, row 12.</p></div>
<a class="comment-reply-link" href="/x/?replytocom=12#respond">Reply</a></article></li></ol></li>
</ol>"""
NO_DEPTH = """<div id="comment-11"><span class="fn">Neighbour 11</span><div class="comment-content">
Beans, row 11.</div><div id="comment-12" class="bypostauthor"><span class="fn">Neighbour 12</span>
<div class="comment-content">Beans, row 12.</div></div></div>"""
BESIDE = """<ol><li id="comment-11" class="comment depth-1"><b class="fn">Neighbour 11</b>
<div class="comment-content">Beans, row 11.</div></li><ul class="children">
<li id="comment-12" class="comment bypostauthor depth-2"><b class="fn">Neighbour 12</b>
<div class="comment-content">Beans, row 12.</div></li></ul></ol>"""
WIDGET = (
    f'<ul><li id="comment-11">Neighbour 11 on Beans</li></ul><a id="comment-12"></a>{CORE}</ol>'
)


@pytest.mark.parametrize(
    "page",
    [CORE, GENESIS, BLOCK, BROKEN, NAMELESS, NO_OUTER_ID, NO_DEPTH, BESIDE, WIDGET],
    ids=[
        *("core", "genesis", "block", "broken", "nameless", "no-outer-id", "no-depth", "beside"),
        "widget",
    ],
)
def test_wordpress_thread(page: str) -> None:
    first, reply = read(page)[:2]
    assert (first.native_id, first.parent) == ("11", None)
    assert (reply.native_id, reply.parent) == ("12", 0)
    assert (first.author, reply.author) == ("Neighbour 11", "Neighbour 12")
    assert (first.text, reply.text) == ("Beans, row 11.", "Beans, row 12.")
    assert (first.is_by_author, reply.is_by_author) == (False, True)


@pytest.mark.parametrize(
    ("page", "dates"),
    [
        (CORE, ["2021-05-01T10:30:00+01:00", "2021-05-02T10:30:00+01:00"]),
        (GENESIS, ["May 1, 2021 at 10:30 am", "May 2, 2021 at 10:30 am"]),
        (BLOCK, ["2021-05-01T10:30:00+01:00", "2021-05-02T10:30:00+01:00"]),
        (BROKEN, ["May 1, 2021 at 10:30 am", "May 2, 2021", None]),
        (NAMELESS, ["May 1, 2021", None]),
        (
            '<li id="comment-1"><span class="comment-date">3 Mai 2020</span>'
            '<span class="comment-date">at 9:41</span><p>Hi</p></li>',
            ["3 Mai 2020 at 9:41"],
        ),
        (
            '<li id="comment-1"><a href="/p/#comment-1">3.5.2020 9:41</a><p>Hi</p></li>',
            ["3.5.2020 9:41"],
        ),
        (
            '<li id="comment-1"><span class="author">J</span><br>3 Mai 2020<p>Hi</p></li>',
            ["3 Mai 2020"],
        ),
        (
            '<li id="comment-1"><div class="comment-content"><p>See what they said '
            '<time datetime="1999-01-01">then</time></p></div></li>',
            [],
        ),
    ],
    ids=["core", "genesis", "block", "broken", "nameless", "parts", "permalink", "bare", "quoted"],
)
def test_published(page: str, dates: list[str | None]) -> None:
    assert [post.published for post in read(page)] == dates


def test_siblings_of_broken_tags_are_no_replies() -> None:
    assert [post.parent for post in read(BROKEN)] == [None, 0, None]


@pytest.mark.parametrize(
    ("page", "author_url"),
    [
        (core(5, 1), "http://n5.example"),
        (
            '<li id="comment-5"><b class="fn"><a href="/about/">J</a></b><p>Hi</p></li>',
            "https://blog.example/about/",
        ),
        (
            '<li id="comment-5"><a href="//j.example/"><b class="fn">J</b></a><p>Hi</p></li>',
            "https://j.example/",
        ),
        ('<li id="comment-5"><b class="fn"><a href="javascript:x()">J</a></b><p>Hi</p></li>', None),
        ('<li id="comment-5"><b class="fn"><a href="http://[x">J</a></b><p>Hi</p></li>', None),
        ('<li id="comment-5"><b class="fn"><a href="http://">J</a></b><p>Hi</p></li>', None),
        (
            '<li id="comment-5"><p class="comment-author">J '
            '<a href="/x/#comment-5">#5</a></p><p>Hi</p></li>',
            None,
        ),
    ],
    ids=["absolute", "relative", "around", "script", "broken", "placeholder", "permalink"],
)
def test_author_url(page: str, author_url: str | None) -> None:
    assert [post.author_url for post in read(page)] == [author_url]


PINGBACKS = """<ol>
<li class="pingback depth-1" id="comment-21"><div class="comment-body">Pingback:
 <a class="url" href="http://a.example/post">A walk | A</a>
 <span class="edit-link"><a class="comment-edit-link" href="/e">Edit</a></span></div></li>
<li class="post pingback"><p>Trackback : <a href="http://b.example/">B</a></p></li>
<li class="trackback depth-1" id="comment-23"><cite class="fn"><a href="http://c.example/">C</a></cite>
 <div class="comment-content"><p>[…] cited here […]</p></div></li></ol>"""


def test_pingbacks() -> None:
    found = read(PINGBACKS)
    assert [post.is_pingback for post in found] == [True] * 3
    assert [post.native_id for post in found] == ["21", None, "23"]
    assert [post.author for post in found] == ["A walk | A", "B", "C"]
    assert [post.author_url for post in found] == [
        *("http://a.example/post", "http://b.example/", "http://c.example/"),
    ]
    assert [post.text for post in found] == ["A walk | A", "B", "[…] cited here […]"]


def test_own_words_about_moderation_stay() -> None:
    body = "<p>Your comment is awaiting moderation, it told me, for a week.</p>"
    assert "for a week" in read(core(5, 1, body=body))[0].text


THREADED = """<div id="comments"><h4>3 comments:</h4><ol>
<li class="comment" id="c71"><div class="comment-block"><div class="comment-header">
<cite class="user"><a href="https://www.blogger.com/profile/9">Hefin</a></cite>
<span class="icon user"></span><span class="datetime secondary-text"><a
href="https://b.blogspot.com/2012/01/p.html?showComment=1325412000123#c71">1 Jan 2012, 10:00</a>
</span></div><p class="comment-content">Da iawn!<br>See <a href="http://d.example/">this</a></p>
<span class="comment-actions"><a class="comment-reply">Reply</a><a>Delete</a></span></div>
<div class="comment-replies"><span class="thread-count"><a>Replies</a></span><ol><div>
<li class="comment" id="c72"><div class="comment-block"><cite class="user">Mair</cite>
<span class="icon user blog-author"></span><span class="datetime"><a
href="p.html%3FshowComment=1325415600000.html#c72">11:00</a></span>
<p class="comment-content">Diolch</p></div><div class="comment-replies"></div></li></div>
<div class="continue"><a>Reply</a></div></ol></div></li>
<li class="comment" id="c73"><div class="comment-block"><cite class="user">Hefin</cite>
<span class="datetime"><a>1 January 2012 at 10:07 PM</a></span><p class="comment-content">
<span class="deleted-comment">This comment has been removed by the author.</span></p></div></li>
</ol></div>"""
OLD = """<div id="comments"><h4>\n2\ncomments:\n</h4><dl id="comments-block">
<dt class="comment-author " id="c71"><a name="c71"></a>
Anonymous
said...
</dt><dd class="comment-body"><p>Da iawn!<BR/>See <a href="http://d.example/">this</a></p></dd>
<dd class="comment-footer"><span class="comment-timestamp"><a
href="http://b.blogspot.com/p.html?showComment=1325412000123#c71">1 January</a>
<span class="item-control"><a class="comment-delete" href="/d">x</a></span></span></dd>
<dt class="comment-author blog-author" id="c72"><a href="http://mair.example/" rel="nofollow">Mair
</a>
said...</dt><dd class="comment-body"><p>Diolch</p></dd><dd class="comment-footer">
<span class="comment-timestamp"><a href="#c72">2 January 2012</a></span></dd>
<dt class="comment-author" id="c73">Hefin dijo...</dt>
<dd class="comment-body"><span class="deleted-comment">Removed.</span></dd></dl></div>"""


@pytest.mark.parametrize(
    ("page", "authors", "dates", "parents"),
    [
        (
            THREADED,
            ["Hefin", "Mair", "Hefin"],
            ["1325412000123", "1325415600000", "1 January 2012 at 10:07 PM"],
            [None, 0, None],
        ),
        (
            OLD,
            ["Anonymous", "Mair", "Hefin"],
            ["1325412000123", "2 January 2012", None],
            [None] * 3,
        ),
    ],
    ids=["threaded", "old"],
)
def test_blogger(
    page: str, authors: list[str], dates: list[str | None], parents: list[int | None]
) -> None:
    found = read(page)
    assert [post.native_id for post in found] == ["71", "72", "73"]
    assert [post.author for post in found] == authors
    assert [post.published for post in found] == dates
    assert [post.parent for post in found] == parents
    assert [post.text for post in found] == ["Da iawn! See this", "Diolch", ""]
    assert [post.is_by_author for post in found] == [False, True, False]
    assert [post.is_deleted for post in found] == [False, False, True]


def test_empty_old_block_is_no_comment() -> None:
    page = '<div id="comments"><h4>No comments:</h4><dl id="comments-block"></dl></div>'
    assert read(page) == []
    assert declared(page) == 0


@pytest.mark.parametrize("page", ["", "  \n", "<!-- nothing -->", "\0", "plain words"])
def test_page_without_comments(page: str) -> None:
    assert shown(page) == []
    assert declared(page) is None


@pytest.mark.parametrize(
    ("heading", "number"),
    [
        ("3 comments:", 3),
        ("\n55\ncomments:\n", 55),
        ("3 comentarios:", 3),
        ("3 thoughts on “10 ways to listen”", 3),
        ("One Response to 2021 in numbers", 1),
        ("One thought on “10 ways”", 1),
        ("Ein Gedanke zu „3 Wege“", 1),
        ("12 Kommentare", 12),
        ("1,204 Comments", 1204),
        ("Comments (7)", 7),
        ("Kommentare: 4", 4),
        ("Join the talk: 9 Comments", 9),
        ("3 sylw", 3),
        ("No comments:", 0),
        ("No hay comentarios:", 0),
        ("Comments", None),
        ("Kommentare:", None),
        ("Comments on “10 ways”", None),
        ("Leave a Reply", None),
    ],
)
def test_declared(heading: str, number: int | None) -> None:
    page = f'<h2>5 comments I heard</h2><div id="comments"><h2>{heading}</h2></div>'
    assert declared(page) == number


@pytest.mark.parametrize(
    ("page", "number"),
    [
        ('<h3 class="comments-title">4 Comments</h3>', 4),
        ('<h3 id="comments">4 Comments</h3>', 4),
        ('<link rel="canonical" href="/p/"><a href="/p/#comments">4 Comments</a>', 4),
        ('<link rel="canonical" href="/p/"><a href="/q/#comments">4 Comments</a>', None),
        (
            '<script type="application/ld+json">{"@type": "Article", "commentCount": 4}</script>',
            4,
        ),
        (
            '<script type="application/ld+json">[{"@type": "BlogPosting", "commentCount": 4},'
            ' {"@type": "BlogPosting", "commentCount": 5}]</script>',
            None,
        ),
    ],
    ids=["class", "id", "own-link", "other-link", "json-ld", "two-posts"],
)
def test_declared_elsewhere(page: str, number: int | None) -> None:
    assert declared(f"<html><body>{page}</body></html>") == number
