"""Any website: addresses, traps, kinds of pages, what is read from them, and a whole harvest."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from scrapy.http import HtmlResponse, Request, Response, XmlResponse
from scrapy.utils.test import get_crawler

from crawlers import reasons
from crawlers.items import Comment, Discussion, Document, ListEntry, Unreadable
from crawlers.outcome import judge
from crawlers.platforms.sitemap import read_sitemap
from crawlers.platforms.website import WebsiteSpider, discovery, links, traps
from demo.web import expected, serve
from demo.web.server import read_log
from pipelines.read_comments import ReadComments
from tests.harvesting import harvest_demo, rows

ROOT = "https://hall.example/"
PROSE = "Forty neighbours sat in the kitchen and read the lease aloud, clause by clause. " * 12


class HallSpider(WebsiteSpider):
    name = "hall"
    title = "The Hall"
    start_urls = [ROOT]
    timezone = "Europe/London"
    every = timedelta(days=7)
    expected_documents = (1, 10)
    max_pages = 40
    max_depth = 3


def make_spider(role: str = "both") -> WebsiteSpider:
    crawler = get_crawler(HallSpider, {"SPIDER_ROLE": role})
    return HallSpider.from_crawler(crawler)


def page(
    body: str, url: str = f"{ROOT}a/", head: str = "", headers: dict[str, str] | None = None
) -> HtmlResponse:
    whole = f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"
    return HtmlResponse(
        url, body=whole.encode(), encoding="utf-8", headers=headers or {}, request=Request(url)
    )


def read(response: Response, **hints: str) -> list[Any]:
    """What the spider reads of a page, with what the page declares of itself."""
    items: Iterable[Any] = make_spider("read").parse_page(response, hints=hints)
    return list(items)


# --- addresses ---


@pytest.mark.parametrize(
    ("url", "own"),
    [
        ("http://www.hall.example/a?utm_source=x#top", f"{ROOT}a"),
        ("https://hall.example:443/a", f"{ROOT}a"),
        ("https://HALL.example/a//b/", f"{ROOT}a/b/"),
        ("/a", None),
        (f"{ROOT}a?b=2&a=1", f"{ROOT}a?a=1&b=2"),
        (f"{ROOT}a;jsessionid=0F3?x=1", f"{ROOT}a?x=1"),
        (f"{ROOT}a?PHPSESSID=9f3&sid=7&id=4", f"{ROOT}a?id=4"),
        (f"{ROOT}(S(lit3py55t21z5v55vlm25s55))/a.aspx", f"{ROOT}a.aspx"),
        (f"{ROOT}a b", f"{ROOT}a%20b"),
        ("https://other.example/a", None),
        ("mailto:desk@hall.example", None),
        ("https://[broken/a", None),
    ],
)
def test_own_address(url: str, own: str | None) -> None:
    assert links.own_address(url, ROOT) == own


@pytest.mark.parametrize(
    ("first", "second"),
    [("a", "a/"), ("a/index.html", "a/"), ("Default.aspx", ""), ("a/index.php?b=1", "a?b=1")],
)
def test_same_page(first: str, second: str) -> None:
    assert links.same_page(ROOT + first) == links.same_page(ROOT + second)


@pytest.mark.parametrize(
    ("path", "is_page"),
    [
        ("stories/a/", True),
        ("stories/a.html", True),
        ("stories/registering-a-charity", True),
        ("files/lease.pdf", False),
        ("a.JPG", False),
        ("login/", False),
        ("account/login.php", False),
        ("stories/feed/", False),
        ("private/a", False),
    ],
)
def test_is_page(path: str, is_page: bool) -> None:
    assert links.is_page(ROOT + path, deny=("/private/",)) == is_page


def test_allowed_prefixes() -> None:
    assert links.is_page(f"{ROOT}stories/a", allow=("/stories/",))
    assert not links.is_page(f"{ROOT}shop/a", allow=("/stories/",))


# --- traps ---


@pytest.mark.parametrize(
    ("path", "trap"),
    [
        ("2020-03-17/", ("calendar", "")),
        ("events/2020-03/", ("calendar", "/events")),
        ("events/2020/03/", ("calendar", "/events")),
        ("whats-on/2020/3/17", ("calendar", "/whats-on")),
        ("diary/?month=2020-03", ("calendar", "/diary/")),
        ("2020/03/", None),
        ("2020/03/a-title/", None),
        ("library/?topic=keys&format=film", ("facets", "/library/")),
        ("library/?sort=title", ("facets", "/library/")),
        ("library/?filter[]=a", ("facets", "/library/")),
        ("article.aspx?articleid=7", None),
        ("viewtopic.php?f=3&t=42", None),
        ("list?page=4", ("endless list", "/list?")),
        ("news/page/4/", ("endless list", "/news/?")),
        ("a/b/a/b/", ("endless path", "")),
        ("more/more/more/", ("endless path", "")),
        ("/".join("abcdefghijklm"), ("endless path", "")),
        ("guides/a-very-long-way-to-say-it/part-2/", None),
    ],
)
def test_find_trap(path: str, trap: tuple[str, str] | None) -> None:
    assert traps.find_trap(ROOT + path) == trap


def test_a_trap_gives_what_is_allowed_and_then_no_more() -> None:
    judged = traps.Traps()
    months = [
        f"{ROOT}events/{year}/{month:02}/" for year in (2019, 2020, 2021) for month in range(1, 13)
    ]
    found = Counter(judged.admit(url) for url in months)
    assert found == {None: traps.BOUNDS["calendar"], "calendar": 12}
    assert judged.admit(f"{ROOT}diary/2020/01/") is None, "another place has its own bound"


def test_bounded_traps_are_said_and_limits_truncate() -> None:
    seen: Counter[int] = Counter({200: 9})
    outcome = judge("finished", seen, Counter({"calendar": 120, "facets": 3}))
    assert (outcome.kind, outcome.reason) == ("exhausted", "left out: 120 × calendar, 3 × facets")
    outcome = judge("finished", seen, Counter({"calendar": 120, "page limit": 3}))
    assert outcome.kind == "truncated"
    assert "3 × page limit" in (outcome.reason or "")


# --- what a page leads to ---


def follow(spider: WebsiteSpider, response: Response) -> list[str]:
    return [r.url for r in spider.parse_page(response) if isinstance(r, Request)]


def test_each_page_is_asked_for_once() -> None:
    spider = make_spider("follow")
    spider.is_walking = True
    body = f"""<a href="/b">1</a><a href="{ROOT}b/">2</a><a href="http://www.hall.example/b">3</a>
      <a href="/b?sid=5">4</a><a href="/b#end">5</a><a href="c.docx">6</a><a href="https://x.example/">7</a>"""
    assert follow(spider, page(body)) == [f"{ROOT}b"]
    assert follow(spider, page(body, f"{ROOT}z/")) == []
    assert spider.failures["session id"] == 2


def test_limits_of_pages_and_depth() -> None:
    spider = make_spider("follow")
    spider.is_walking = True
    body = "".join(f'<a href="/p{n}">x</a>' for n in range(50))
    assert len(follow(spider, page(body, ROOT))) == HallSpider.max_pages
    assert spider.failures["page limit"] == 10
    deep = make_spider("follow")
    deep.is_walking = True
    for depth in range(1, 6):
        found = follow(deep, page(f'<a href="/d{depth}">x</a>', f"{ROOT}d{depth - 1}"))
        assert bool(found) == (depth <= HallSpider.max_depth)
        if not found:
            break
    assert deep.failures["depth limit"] == 1
    assert any("depth limit" in problem for problem in deep.problems)


def test_the_next_page_of_a_list_is_no_deeper() -> None:
    spider = make_spider("follow")
    spider.is_walking = True
    follow(spider, page('<a href="/list">x</a>', ROOT))
    for number in range(2, 9):
        here = f"{ROOT}list?page={number - 1}" if number > 2 else f"{ROOT}list"
        assert follow(spider, page(f'<a href="/list?page={number}">x</a>', here))


def test_nofollow_is_obeyed() -> None:
    spider = make_spider("follow")
    spider.is_walking = True
    head = '<meta name="robots" content="nofollow">'
    assert follow(spider, page('<a href="/b">x</a>', head=head)) == []


# --- sitemaps and feeds ---


def test_a_sitemap_is_read_newest_first() -> None:
    body = (
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
        "<url><loc>/a</loc><lastmod>2019-01-01</lastmod></url>"
        "<url><loc>/b</loc><lastmod>2020-01-01</lastmod></url><url><loc>/c</loc></url></urlset>"
    )
    kind, entries = read_sitemap(XmlResponse(f"{ROOT}sitemap.xml", body=body.encode()))
    found = discovery.named_in_sitemap(list(entries), ROOT)
    assert (kind, [n.url for n in found]) == ("urlset", [f"{ROOT}b", f"{ROOT}a", f"{ROOT}c"])
    assert found[0].modified == "2020-01-01"


def test_the_time_of_the_sitemap_is_no_time_of_a_page() -> None:
    entries = "".join(
        f"<url><loc>/{n}</loc><lastmod>2020-01-01T0{n}:00:00Z</lastmod></url>" for n in range(3)
    )
    body = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</urlset>'
    _kind, named = read_sitemap(XmlResponse(f"{ROOT}sitemap.xml", body=body.encode()))
    found = discovery.named_in_sitemap(list(named), ROOT)
    assert [n.modified for n in found] == [None] * 3


def test_what_is_no_feed_says_so() -> None:
    for read_it in (discovery.read_feed, discovery.outline_feed):
        assert read_it(page("<p>no feed</p>")) == ([], (reasons.NOT_A_FEED, None))


FEEDS = {
    "RSS 2.0": """<?xml version="1.0"?><rss version="2.0"
        xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom"
        xmlns:media="http://search.yahoo.com/mrss/"><channel>
        <title>Hall</title><link>https://hall.example/</link><atom:link rel="self" href="/feed"/>
        <item><title>A &amp; B</title><link> /stories/a?x=1&amp;y=2 </link>
        <dc:creator><![CDATA[Ann Example]]></dc:creator>
        <pubDate>Fri, 03 May 2019 09:00:00 GMT</pubDate>
        <media:content><media:credit>Cam</media:credit></media:content>
        <description>Words &lt;b&gt;and&lt;/b&gt; words</description></item>
        <item><title>No link</title></item>
        <item><guid>https://hall.example/g</guid><link>https://hall.example/stories/b</link></item>
        </channel></rss>""",
    "Atom": """<feed xmlns="http://www.w3.org/2005/Atom"><title>Hall</title>
        <author><name>The Hall</name></author>
        <entry><link rel="replies" href="/r"/><link href="/stories/a"/><title>A</title>
        <author><name>Bo Durand</name></author><published>2019-05-03T09:00:00Z</published>
        <updated>2020-01-02T00:00:00Z</updated></entry>
        <entry><link rel="alternate" href="/stories/b"/><published>2019-05-03T09:00:00Z</published>
        <updated>2019-05-03T09:00:00Z</updated></entry></feed>""",
    "RSS 1.0": """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
        xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
        <channel><link>https://hall.example/</link></channel>
        <item><title>A</title><link>https://hall.example/stories/a</link>
        <dc:creator>Ann Example</dc:creator></item></rdf:RDF>""",
}


@pytest.mark.parametrize("name", FEEDS)
def test_the_crawl_takes_from_a_feed_what_the_build_does(name: str) -> None:
    response = XmlResponse(f"{ROOT}feed.xml", body=FEEDS[name].encode())
    (outlined, _), (whole, _) = discovery.outline_feed(response), discovery.read_feed(response)
    assert [(n.url, n.hints()) for n in outlined] == [(n.url, n.hints()) for n in whole]
    assert whole


# --- kinds ---

CARDS = "".join(
    f'<li class="card"><h3><a href="/stories/{n}">Story {n}</a></h3><p>Some words on it …</p></li>'
    for n in range(6)
)
TEASERS = f"<h1>Stories</h1><ul>{CARDS}</ul>"
TEXT = f"<h1>Reading the lease</h1><p>{PROSE}</p><p>{PROSE}</p>"
POSTS = "".join(
    f"""<div class="message n{n}" id="m{n}"><span class="user">Nia {n}</span>
    <time datetime="2019-05-0{n}T10:00:00Z">{n} May 2019</time>
    <div class="text">We have tried it, and it went well until the {n}th week.</div></div>"""
    for n in range(1, 5)
)
ADDED = "".join(
    f"<li class='reply'>It rained through the roof in week {n}."
    f"<p>Added by Ifor {n} on {n} May 2019</p></li>"
    for n in range(1, 4)
)
ARTICLE_LD = '<script type="application/ld+json">{"@type": "NewsArticle"}</script>'

KINDS: dict[str, tuple[HtmlResponse, str]] = {
    "declared article": (page(f"<h1>A</h1><p>{PROSE}</p>", head=ARTICLE_LD), "article"),
    "long text": (page(TEXT), "article"),
    "text with teasers below": (page(f"{TEXT}<ul>{CARDS}</ul>"), "article"),
    "short text with a date": (
        page(f'<h1>A</h1><p class="post-date">3 May 2019</p><p>{PROSE}</p>'),
        "article",
    ),
    "article with comments": (page(f"{TEXT}{TEXT}{POSTS}", head=ARTICLE_LD), "article"),
    "teasers": (page(TEASERS, f"{ROOT}stories/"), "listing"),
    "two teasers": (page(f"<ul>{CARDS[: len(CARDS) // 3]}</ul>", f"{ROOT}x/"), "listing"),
    "links only": (page('<p><a href="/b">A link to b</a></p>' * 9), "listing"),
    "forum": (page(POSTS), "discussion"),
    "added by": (page(f"<h1>Roofs</h1><p>Whose rains?</p><ol>{ADDED}</ol>"), "discussion"),
    "short text": (page(f"<h1>About</h1><p>{PROSE[:400]}</p>"), "page"),
    "a form": (page("<h1>Write to us</h1><form><input></form>"), reasons.NO_CONTENT_FOUND),
    "a login": (page(f"<h1>Log in</h1><p>{PROSE[:400]}</p>"), reasons.NOTICE),
    "a missing page": (page(f"<h1>404 – Page not found</h1><p>{PROSE[:400]}</p>"), reasons.NOTICE),
    "a closed site": (page(f"<h1>Ar gau dros dro</h1><p>{PROSE[:400]}</p>"), reasons.NOTICE),
    "a text about one": (page(f"<h1>Why a page is not found</h1><p>{PROSE[:400]}</p>"), "page"),
    "a long text of that title": (page(f"<h1>Page not found</h1>{TEXT}"), "article"),
}


@pytest.mark.parametrize(("response", "kind"), KINDS.values(), ids=KINDS)
def test_kinds(response: HtmlResponse, kind: str) -> None:
    first = read(response)[0]
    if isinstance(first, ListEntry):
        assert kind == "listing"
    else:
        assert (first.reason if isinstance(first, Unreadable) else first.kind) == kind


def test_what_a_feed_names_is_an_article() -> None:
    (found,) = read(page(f"<h1>A</h1><p>{PROSE[:400]}</p>"), published="2019-05-03", author="Nia")
    assert (found.kind, found.authors[0].name) == ("article", "Nia")
    assert [(d.origin, d.raw) for d in found.published_seen] == [("feed", "2019-05-03")]


# --- what is read ---


def read_document(response: HtmlResponse) -> Document:
    return next(item for item in read(response) if isinstance(item, Document))


TITLES = {
    "heading": ("<h1>Keys</h1>", "<title>Keys | The Hall</title>", "Keys"),
    "logo and heading": ("<h1>The Hall</h1><h1>Keys</h1>", "<title>Keys</title>", "Keys"),
    "logo only": ("<h1>The Hall</h1>", "<title>Keys – The Hall</title>", "Keys"),
    "og": ("", '<meta property="og:title" content="Keys - a story - The Hall">', "Keys - a story"),
    "site first": ("", "<title>The Hall » Keys</title>", "Keys"),
    "nothing": ("", "", None),
}


@pytest.mark.parametrize(("body", "head", "title"), TITLES.values(), ids=TITLES)
def test_title(body: str, head: str, title: str | None) -> None:
    assert read_document(page(f"{body}<p>{PROSE}</p>", head=head)).title == title


DATES = {
    "meta": ('<meta property="article:published_time" content="2019-05-03T10:00:00Z">', "", "meta"),
    "json-ld": (
        '<script type="application/ld+json">{"@graph": [{"@type": ["Article"],'
        ' "datePublished": "2019-05-03"}]}</script>',
        "",
        "json-ld",
    ),
    "time": ("", '<p class="posted"><time datetime="2019-05-03">May</time></p>', "time"),
    "text": ("", '<p class="entry-date">Posted on 3 May 2019</p>', "text"),
    "mentioned": ("", "<p>On 3 May 2019 we met.</p>", None),
    "of an event": ("", '<p class="event-date"><time datetime="2019-05-03">3 May</time></p>', None),
    "of an entry": (
        "",
        f"<ul>{CARDS.replace('words', 'words, <time>3 May 2019</time>')}</ul>",
        None,
    ),
}


@pytest.mark.parametrize(("head", "body", "origin"), DATES.values(), ids=DATES)
def test_published(head: str, body: str, origin: str | None) -> None:
    found = read_document(page(f"<h1>A</h1>{body}<p>{PROSE}</p>", head=head)).published_seen
    assert [d.origin for d in found[:1]] == ([origin] if origin else [])


AUTHORS = {
    "json-ld": (
        '<script type="application/ld+json">{"@type": "Article", "author":'
        ' [{"@type": "Person", "name": "Nia Rees"}, "Ifor Hale"]}</script>',
        "",
        ["Nia Rees", "Ifor Hale"],
    ),
    "meta": ('<meta name="author" content="Nia Rees">', "", ["Nia Rees"]),
    "rel": ("", '<a rel="author" href="/nia">Nia Rees</a>', ["Nia Rees"]),
    "byline": ("", '<p class="byline">By Nia Rees and Ifor Hale</p>', ["Nia Rees", "Ifor Hale"]),
    "nobody": ('<meta name="author" content="admin">', "", []),
}


@pytest.mark.parametrize(("head", "body", "names"), AUTHORS.values(), ids=AUTHORS)
def test_authors(head: str, body: str, names: list[str]) -> None:
    found = read_document(page(f"<h1>A</h1>{body}<p>{PROSE}</p>", head=head))
    assert [author.name for author in found.authors] == names


def test_the_kind_of_an_author_is_what_the_page_declares() -> None:
    found = read_document(page(f"<h1>A</h1><p>{PROSE}</p>", head=AUTHORS["json-ld"][0]))
    assert [author.kind for author in found.authors] == ["person", "person"]


def test_the_names_under_posts_are_no_author_of_the_article() -> None:
    found = read_document(page(f"{TEXT}{TEXT}{POSTS}", head=ARTICLE_LD))
    assert found.authors == []


HINTS = {"published": "Fri, 03 May 2019 09:00:00 +0000", "author": "Ifor Hale"}
RANKS = {
    "what is declared before a feed": (DATES["meta"][0], "", ["meta", "feed"], "Ifor Hale"),
    "a feed before what is shown": ("", DATES["text"][1], ["feed", "text"], "Ifor Hale"),
    "a page's author before the feed's": (AUTHORS["meta"][0], "", ["feed"], "Nia Rees"),
}


@pytest.mark.parametrize(("head", "body", "origins", "author"), RANKS.values(), ids=RANKS)
def test_ranks_of_a_feed_and_a_page(head: str, body: str, origins: list[str], author: str) -> None:
    response = page(f"<h1>A</h1>{body}<p>{PROSE}</p>", head=head)
    (found,) = read(response, **HINTS)
    assert [date.origin for date in found.published_seen] == origins
    assert [who.name for who in found.authors] == [author]


def test_a_text_that_is_marked_like_a_post_is_read_for_what_it_says() -> None:
    mark = "<p class='byline'>Posted by Nia Rees on 3 May 2019</p>"
    box = f"<div class='post'><h1>Keys</h1>{mark}<p>{PROSE}</p></div>"
    found = read_document(page(box, head=f"<title>Keys and more</title>{ARTICLE_LD}"))
    assert (found.title, [who.name for who in found.authors]) == ("Keys", ["Nia Rees"])


def test_a_date_in_another_language_than_the_sources() -> None:
    body = '<p class="entry-date">10. Februar 2019</p>'
    found = read_document(page(f"<h1>A</h1>{body}<p>{PROSE}</p>"))
    assert [(d.origin, d.raw) for d in found.published_seen] == [("text", "2019-02-10")]


def test_the_title_is_no_part_of_the_body() -> None:
    found = read_document(page(TEXT.replace("</h1>", "</h1><h1>What it says</h1>"),
                               head="<title>Reading the lease</title>"))  # fmt: skip
    assert found.title == "Reading the lease"
    assert "Reading the lease" not in (found.text or "")
    assert "What it says" in (found.text or "")


def test_licence_and_reservation() -> None:
    body = f'<p>{PROSE}</p><a rel="license" href="https://cc.example/by/">CC</a>'
    found = read_document(page(body, headers={"tdm-reservation": "1"}))
    assert (found.licence, found.tdm_opt_out) == ("https://cc.example/by/", True)
    found = read_document(page(body, head='<meta name="tdm-reservation" content="0">'))
    assert found.tdm_opt_out is False
    assert read_document(page(f"<p>{PROSE}</p>")).tdm_opt_out is None


@pytest.mark.parametrize(
    ("head", "headers"),
    [('<meta name="ROBOTS" content="NOINDEX, follow">', {}), ("", {"X-Robots-Tag": "none"})],
    ids=["meta", "header"],
)
def test_noindex_is_obeyed(head: str, headers: dict[str, str]) -> None:
    (found,) = read(page(TEXT, head=head, headers=headers))
    assert isinstance(found, Unreadable)
    assert found.reason == reasons.NOINDEX


@pytest.mark.parametrize(
    ("canonical", "url"),
    [
        ("http://www.hall.example/lease?utm_source=x", f"{ROOT}lease"),
        ("/", f"{ROOT}a/"),
        ("https://other.example/lease", f"{ROOT}a/"),
    ],
    ids=["own", "front page", "elsewhere"],
)
def test_canonical(canonical: str, url: str) -> None:
    found = read_document(page(TEXT, head=f'<link rel="canonical" href="{canonical}">'))
    assert found.url == url
    assert found.canonical_url == (canonical if "other" in canonical else None)


def test_a_forum_page_is_its_first_post_with_comments() -> None:
    document, discussion = read(page(POSTS, f"{ROOT}threads/roofs"))
    assert isinstance(document, Document)
    assert isinstance(discussion, Discussion)
    assert [a.name for a in document.authors] == ["Nia 1"]
    assert "1th week" in (document.text or "")
    assert [(c.native_id, c.author) for c in discussion.comments] == [
        ("2", "Nia 2"),
        ("3", "Nia 3"),
        ("4", "Nia 4"),
    ]
    assert discussion.comments[0].published_seen[0].raw == "2019-05-02T10:00:00Z"
    assert "Nia" not in discussion.comments[0].body_html


def test_further_pages_of_a_thread_are_comments_only() -> None:
    (found,) = read(page(POSTS, f"{ROOT}threads/roofs?page=2"))
    assert isinstance(found, Discussion)
    assert found.document_url == f"{ROOT}threads/roofs"
    assert len(found.comments) == 4


READERS = (
    '<section class="comments"><ol>'
    + "".join(
        f'<li class="comment"><b class="comment-author">{name}</b> '
        f'<time datetime="2019-05-0{day}T10:00:00Z">{day} May 2019</time><p>{words}</p></li>'
        for name, day, words in [
            ("Nia Lloyd", 2, "We did the same in the chapel, and nobody has missed the lock."),
            ("Huw Lloyd", 3, "Who pays for the glass, if a ball comes through it in June?"),
            ("Una Price", 3, "Who pays for the glass, if a ball comes through it in June?"),
        ]
    )
    + "</ol></section>"
)
ARTICLE = f"<article><h1>The lease</h1><p>{PROSE * 3}</p></article>"


def comments_of(discussion: Discussion) -> list[Comment]:
    item = ReadComments().process_item(discussion)
    assert isinstance(item, Discussion)
    return item.comments


def test_comments_below_an_article_go_to_the_comment_reader() -> None:
    document, discussion = read(page(ARTICLE + READERS, f"{ROOT}stories/lease"))
    assert isinstance(document, Document)
    assert isinstance(discussion, Discussion)
    assert discussion.document_url == document.url == f"{ROOT}stories/lease"
    assert [c.author for c in comments_of(discussion)] == ["Nia Lloyd", "Huw Lloyd", "Una Price"]


def test_an_article_without_comments_is_not_searched_for_any() -> None:
    (document,) = read(page(ARTICLE, f"{ROOT}stories/lease"))
    assert isinstance(document, Document)


def test_comments_without_ids_are_named_after_what_they_say_and_never_who() -> None:
    def names(body: str) -> list[str]:
        (_, discussion) = read(page(body, f"{ROOT}stories/lease"))
        return [c.native_id for c in comments_of(discussion)]

    first, second, third = names(ARTICLE + READERS)
    assert (first[:8], third) == ("unnamed-", f"{second}-2"), "same words on the same day"
    others = READERS.replace("Nia Lloyd", "Rhys Bowen").replace("Huw Lloyd", "Mair Vaughan")
    assert names(ARTICLE + others) == [first, second, third]


def test_posts_without_numbers_are_named_after_what_they_say_and_never_who() -> None:
    def names(body: str) -> list[str]:
        found = read(page(body, f"{ROOT}threads/roofs?page=2"))
        assert isinstance(found[0], Discussion)
        return [c.native_id for c in comments_of(found[0])]

    bare = re.sub(r' (?:id|data-[a-z-]+)="[^"]*"', "", POSTS)
    found = names(bare)
    assert len(set(found)) == 4
    assert all(name.startswith("unnamed-") for name in found)
    assert names(bare.replace("Nia", "Bryn")) == found


LONE = (
    '<h1>Guides</h1><ul><li class="teaser"><h3><a href="/guides/lease/">Writing a lease</a></h3>'
    "<p>A lease is the one document in which a council and a village promise each other something "
    "for longer than either of them can see, and so it should be written slowly …</p></li></ul>"
)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (LONE, "listing"),
        (LONE.replace("<li", "<div").replace("</li", "</div"), "listing"),
        (LONE.replace(' class="teaser"', "").replace("<li", "<div"), "other"),
        (LONE.replace("/guides/lease/", "https://other.example/"), "other"),
        (LONE.replace("/guides/lease/", "/a/"), "other"),
        (f"<p>{PROSE}</p>{LONE}", "other"),
    ],
    ids=["marked up as one", "named as one", "neither", "leads away", "leads here", "has a text"],
)
def test_a_list_of_one(body: str, kind: str) -> None:
    found = read(page(body))
    if kind == "listing":
        (entry,) = found
        assert isinstance(entry, ListEntry)
        assert (entry.url, entry.title) == (f"{ROOT}guides/lease/", "Writing a lease")
        assert entry.is_truncated
    else:
        assert [type(item) for item in found if isinstance(item, ListEntry)] == []


def test_a_listing_gives_entries() -> None:
    found = read(page(TEASERS, f"{ROOT}stories/"))
    assert [(e.position, e.url, e.title) for e in found][:2] == [
        (0, f"{ROOT}stories/0", "Story 0"),
        (1, f"{ROOT}stories/1", "Story 1"),
    ]
    assert all(e.is_truncated and e.excerpt == "Some words on it …" for e in found)


def test_cards_below_a_text_are_entries_of_it() -> None:
    cards = "".join(
        f"<div><h3><a href='/kit/{n}/?utm_source=x'>Kit {n}</a></h3><p>What a hall needs, part {n}."
        "</p></div>"
        for n in range(3)
    )
    made, *found = read(page(f"<article>{TEXT}</article><div>{cards}</div>"))
    assert isinstance(made, Document) and "What a hall needs" not in (made.text or "")
    assert [(entry.list_url, entry.url) for entry in found] == [
        (f"{ROOT}a/", f"{ROOT}kit/{n}/") for n in range(3)
    ]


def test_a_page_of_an_address_that_was_left_is_still_read() -> None:
    found = read_document(page(TEXT, "https://old-hall.example/lease"))
    assert found.url == "https://old-hall.example/lease"


# --- a whole harvest ---


@pytest.fixture(scope="module")
def harvest(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("commons_hall")
    with serve(["commons_hall"], folder / "log") as addresses:
        truth = expected("commons_hall", addresses)
        done = harvest_demo(addresses, "commons_hall", data=folder / "data", HARVEST_KEEP_NAMES="1")
    assert done.returncode == 0, done.stdout + done.stderr
    names = ("documents", "comments", "list_entries", "quarantine", "runs")
    tables = {name: rows(folder / "data", name) for name in names}
    return tables | {"truth": truth, "paths": [e["path"] for e in read_log(Path(folder / "log"))]}


def test_every_document_is_there_and_nothing_else(harvest: dict[str, Any]) -> None:
    truth = [*harvest["truth"]["posts"], *harvest["truth"]["pages"]]
    found = {d["url"]: d for d in harvest["documents"]}
    assert sorted(found) == sorted(post["url"] for post in truth)
    for post in truth:
        document = found[post["url"]]
        assert document["title"] == post["title"]
        assert document["language"] == post["language"]
        is_thread = "discussions" in post["url"]
        kind = "discussion" if is_thread else "page" if post["kind"] == "page" else "article"
        assert document["kind"] == kind
        assert document["text"].split() == post["words"]


def test_authors_and_dates(harvest: dict[str, Any]) -> None:
    found = {d["url"]: d for d in harvest["documents"]}
    for post in harvest["truth"]["posts"]:
        document = found[post["url"]]
        assert [a["name"] for a in document["authors"]] == post["authors"]
        assert document["published"] == post["published"]
    origins = {u.split("/")[3]: d["published_from"] for u, d in found.items()}
    assert origins == {
        "stories": "json-ld",
        "guides": "text",
        "notes": "feed",
        "discussions": "text",
        "about": None,
        "how-we-work": None,
    }
    reserved = {u.split("/")[3] for u, d in found.items() if d["tdm_opt_out"]}
    licensed = {u.split("/")[3] for u, d in found.items() if d["licence"]}
    assert (reserved, licensed) == ({"notes"}, {"guides"})


def test_threads_are_whole(harvest: dict[str, Any]) -> None:
    threads = [p for p in harvest["truth"]["posts"] if "discussions" in p["url"]]
    wanted = {str(c["id"]): c for thread in threads for c in thread["comments"]}
    found = {c["native_id"]: c for c in harvest["comments"] if c["native_id"].isdecimal()}
    assert sorted(found) == sorted(wanted)
    for number, comment in wanted.items():
        assert_same_comment(found[number], comment)


def test_comments_below_a_story_are_read(harvest: dict[str, Any]) -> None:
    (story,) = [p for p in harvest["truth"]["posts"] if p["slug"] == "the-door-that-stuck"]
    (document,) = [d for d in harvest["documents"] if d["url"] == story["url"]]
    found = [c for c in harvest["comments"] if c["document_id"] == document["document_id"]]
    assert len(found) == len(story["comments"]) == document["comments_captured"] == 3
    for row, comment in zip(sorted(found, key=lambda c: c["position"]), story["comments"],
                            strict=True):  # fmt: skip
        assert_same_comment(row, comment)
        assert row["native_id"].startswith("unnamed-")


def assert_same_comment(row: dict[str, Any], comment: dict[str, Any]) -> None:
    assert (row["author"], row["published"]) == (comment["author"], comment["published"])
    assert row["text"].split() == comment["words"]


def test_traps_are_bounded_and_said(harvest: dict[str, Any]) -> None:
    (run,) = harvest["runs"]
    assert run["outcome"] == "exhausted"
    for trap in ("calendar", "facets", "endless path", "session id"):
        assert f"× {trap}" in run["reason"]
    paths = harvest["paths"]
    assert len(paths) == len(set(paths))
    assert sum("/events/" in p for p in paths) <= traps.BOUNDS["calendar"] + 1
    chosen = [traps.find_trap(f"{ROOT}{path.lstrip('/')}") for path in paths]
    assert chosen.count(("facets", "/library/")) == traps.BOUNDS["facets"]
    assert not [p for p in paths if "PHPSESSID" in p or "more/more/more" in p]
    assert not [p for p in paths if p.startswith(("/login", "/members"))]


def test_listings_are_entries_and_drafts_are_not_kept(harvest: dict[str, Any]) -> None:
    lists = {e["list_url"].partition("/stories")[1] for e in harvest["list_entries"]}
    assert "/stories" in lists
    refused = {q["reason"] for q in harvest["quarantine"] if "/drafts/" in q["row"]}
    assert refused == {reasons.NOINDEX}
