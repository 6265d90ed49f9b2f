"""The Blogger base spider: addresses, feeds, pages, and a whole crawl of a blog in memory."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import timedelta
from html import escape
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit

import pytest
from scrapy.http import HtmlResponse, Request, Response, XmlResponse
from scrapy.utils.test import get_crawler

from crawlers import reasons
from crawlers.items import AuthorName, DateSeen, Discussion, Document, ListEntry, Unreadable
from crawlers.platforms.blogger import BloggerSpider, feed, html, links
from crawlers.platforms.reading import read_response

ROOT = "https://allotment.blogspot.com/"
SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "samples" / "blogger"


class AllotmentSpider(BloggerSpider):
    name = "allotment"
    title = "Allotment notes"
    start_urls = [ROOT]
    languages = ("en", "cy")
    timezone = "Europe/London"
    every = timedelta(days=7)
    expected_documents = (1, 10)


def make_spider(role: str = "both") -> BloggerSpider:
    crawler = get_crawler(AllotmentSpider, {"SPIDER_ROLE": role})
    return cast(BloggerSpider, AllotmentSpider.from_crawler(crawler))


def post_entry(
    number: int,
    path: str,
    *,
    title: str = "A title",
    body: str | None = "<p>Text.</p>",
    summary: str | None = None,
    replies: int | None = 0,
    author: str = "Marged",
    labels: Iterable[str] = (),
    kind: str = "post",
) -> str:
    content = f"<content type='html'>{escape(body)}</content>" if body is not None else ""
    short = f"<summary type='text'>{escape(summary)}</summary>" if summary is not None else ""
    total = f"<thr:total>{replies}</thr:total>" if replies is not None else ""
    tags = "".join(
        f"<category scheme='http://www.blogger.com/atom/ns#' term='{name}'/>" for name in labels
    )
    return f"""<entry><id>tag:blogger.com,1999:blog-7.{kind}-{number}</id>
    <published>2021-04-0{number % 9 + 1}T09:30:00.000+01:00</published>
    <updated>2021-05-01T10:00:00.000+01:00</updated>{tags}
    <title type='text'>{escape(title)}</title>{content}{short}
    <link rel='edit' href='https://www.blogger.com/feeds/7/posts/default/{number}'/>
    <link rel='self' href='https://www.blogger.com/feeds/7/posts/default/{number}'/>
    <link rel='alternate' type='text/html' href='{ROOT}{path}'/>
    <author><name>{author}</name><uri>http://www.blogger.com/profile/11</uri>
    <email>noreply@blogger.com</email></author>{total}</entry>"""


def comment_entry(
    number: int,
    *,
    body: str = "Well said.",
    parent: int | None = None,
    author: str = "<name>Idris</name><uri>https://www.blogger.com/profile/22</uri>",
    properties: Iterable[str] = ("blogger.itemClass", "blogger.displayTime"),
) -> str:
    related = (
        f"<link rel='related' href='https://www.blogger.com/feeds/7/1/comments/default/{parent}?v=2'/>"
        if parent
        else ""
    )
    extended = "".join(f"<gd:extendedProperty name='{p}' value='true'/>" for p in properties)
    return f"""<entry><id>tag:blogger.com,1999:blog-7.post-{number}</id>
    <published>2021-04-06T20:15:30.125+01:00</published>
    <title type='text'>Well...</title><content type='html'>{escape(body)}</content>
    <link rel='edit' href='https://www.blogger.com/feeds/7/1/comments/default/{number}'/>
    <link rel='self' href='https://www.blogger.com/feeds/7/1/comments/default/{number}'/>
    <link rel='alternate' href='{ROOT}2021/04/seed.html?showComment=1#c{number}'/>{related}
    <author>{author}<email>noreply@blogger.com</email></author>
    <thr:in-reply-to href='{ROOT}2021/04/seed.html' ref='tag:blogger.com,1999:blog-7.post-1'/>
    {extended}</entry>"""


def feed_body(*entries: str, total: int | None = None, following: str | None = None) -> bytes:
    link = f"<link rel='next' href='{escape(following)}'/>" if following else ""
    count = f"<s:totalResults>{len(entries) if total is None else total}</s:totalResults>"
    return (
        "<?xml version='1.0' encoding='UTF-8'?>"
        "<feed xmlns='http://www.w3.org/2005/Atom' xmlns:gd='http://schemas.google.com/g/2005' "
        "xmlns:s='http://a9.com/-/spec/opensearchrss/1.0/' "
        "xmlns:thr='http://purl.org/syndication/thread/1.0'>"
        f"<id>tag:blogger.com,1999:blog-7</id>{link}{count}{''.join(entries)}</feed>"
    ).encode()


def xml(body: bytes, url: str = f"{ROOT}feeds/posts/default", **kwargs: Any) -> XmlResponse:
    return XmlResponse(url, body=body, **kwargs)


def page(body: str, url: str = f"{ROOT}2021/04/seed.html", head: str = "") -> HtmlResponse:
    whole = f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"
    return HtmlResponse(url, body=whole.encode(), encoding="utf-8")


# --- addresses ---


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("2021/04/seed.html", "article"),
        ("2021/04/seed.html?m=1", "article"),
        ("2021/04/seed.html?showComment=16#c9", "article"),
        ("2021/04/seed.html%3FshowComment=16.html", "article"),
        ("p/about.html", "page"),
        ("2021/", "archive"),
        ("2021/04/", "archive"),
        ("2021/04/index.html", "archive"),
        ("2004_11_01_archive.html", "archive"),
        ("", None),
        ("search?updated-max=2021-04-01&max-results=7", None),
        ("search/label/Beans", None),
        ("./search%3Fupdated-max=2021.html", None),
        ("2021/13/seed.html", None),
        ("feeds/posts/default", None),
    ],
)
def test_kind_of_an_address(path: str, kind: str | None) -> None:
    assert links.kind_of(ROOT + path, ROOT) == kind


@pytest.mark.parametrize(
    ("url", "own"),
    [
        ("http://allotment.blogspot.com/2021/04/a.html?m=0", f"{ROOT}2021/04/a.html"),
        ("https://allotment.blogspot.co.uk/2021/04/a.html#comment-form", f"{ROOT}2021/04/a.html"),
        ("https://www.blogger.com/feeds/7/posts/default", None),
        ("https://other.blogspot.com/2021/04/a.html", None),
        ("javascript:void(0)", None),
        ("http://[broken/2021/04/a.html", None),
    ],
    ids=["scheme", "country", "blogger.com", "other blog", "script", "broken"],
)
def test_own_address(url: str, own: str | None) -> None:
    assert links.own_address(url, ROOT) == own


@pytest.mark.parametrize(
    ("following", "expected"),
    [
        (
            "http://www.blogger.com/feeds/7/posts/default?start-index=26&max-results=25",
            f"{ROOT}feeds/posts/default?start-index=26&max-results=25",
        ),
        (f"{ROOT}feeds/posts/default?start-index=1&max-results=25", None),
        (f"{ROOT}feeds/posts/default", None),
        (None, None),
    ],
    ids=["other host", "back to the start", "without an index", "last page"],
)
def test_feed_page_stays_on_the_blog_and_goes_forward(
    following: str | None, expected: str | None
) -> None:
    assert links.feed_page(f"{ROOT}feeds/posts/default", following) == expected


def test_archive_menus_are_read() -> None:
    response = page(
        f"<select><option value=''>Archive</option><option value='{ROOT}2020/02/'>Feb</option>"
        "</select><a href='/2021/04/a.html'>a</a><a href='/2021/04/a.html?m=1'>again</a>"
    )
    assert list(links.page_links(response, ROOT)) == [
        ("archive", f"{ROOT}2020/02/"),
        ("article", f"{ROOT}2021/04/a.html"),
    ]


# --- feeds ---

CUT = feed_body(post_entry(1, "2021/04/a.html"))[:-40]


@pytest.mark.parametrize(
    ("response", "reason"),
    [
        (xml(b"", status=404), "http_404"),
        (xml(b"  "), reasons.EMPTY_PAGE),
        (xml(b"<!DOCTYPE html><html><body>Sign in</body></html>"), reasons.NOT_A_FEED),
        (xml(b"<rss><channel><item><feed/></item></channel></rss></feed>"), reasons.NOT_A_FEED),
        (xml(CUT), reasons.CUT_OFF),
        (xml(feed_body(), flags=["dataloss"]), reasons.CUT_OFF),
        (
            xml(
                feed_body("<title>" + "\N{LATIN SMALL LETTER E WITH ACUTE}" * 9 + "</title>")
                .decode()
                .encode("latin-1"),
                encoding="utf-8",
            ),
            reasons.WRONG_ENCODING,
        ),
    ],
    ids=["refused", "empty", "web page", "other xml", "cut", "data loss", "encoding"],
)
def test_what_is_no_feed_is_named(response: Response, reason: str) -> None:
    outline, problem = feed.outline(response)
    assert outline is None
    assert problem is not None
    assert problem[0] == reason


def read_posts(*entries: str) -> list[Document]:
    results = make_spider("read").parse_feed(xml(feed_body(*entries)), what="posts")
    return [item for item in results if isinstance(item, Document)]


def test_a_post_of_the_feed() -> None:
    body = (
        '<p>Dig.</p><script>track()</script><a href="/p/map.html">map</a><iframe src="v"></iframe>'
    )
    (document,) = read_posts(
        post_entry(1, "2021/04/seed.html", body=body, replies=3, labels=["Beans", "Soil &amp; co"])
    )
    assert document.native_id == "1"
    assert document.kind == "article"
    assert document.via == "feed"
    assert document.url == f"{ROOT}2021/04/seed.html"
    assert document.site == "allotment.blogspot.com"
    assert document.title == "A title"
    assert document.body_html == body
    assert document.excerpt is None
    assert document.authors == [AuthorName("Marged")]
    assert document.categories == ["Beans", "Soil & co"]
    assert document.published_seen == [DateSeen("feed", "2021-04-02T09:30:00.000+01:00")]
    assert document.modified_seen == [DateSeen("feed", "2021-05-01T10:00:00.000+01:00")]
    assert document.comments_declared == 3
    assert document.timezone == "Europe/London"
    assert document.expected_languages == ("en", "cy")


@pytest.mark.parametrize(
    ("entry", "field", "value"),
    [
        (post_entry(1, "2021/04/a.html", title=""), "title", None),
        (post_entry(1, "2021/04/a.html", title="If x < y & z"), "title", "If x &lt; y &amp; z"),
        (post_entry(1, "2021/04/a.html", title="Beans & peas"), "title", "Beans & peas"),
        (post_entry(1, "2021/04/a.html", author="Unknown"), "authors", []),
        (post_entry(1, "2021/04/a.html", replies=None), "comments_declared", None),
        (post_entry(1, "2021/04/a.html", replies=0), "comments_declared", 0),
        (post_entry(1, "2021/04/a.html", body=""), "body_html", ""),
        (post_entry(1, "2021/04/a.html", body=None, summary="Dig..."), "body_html", None),
        (post_entry(1, "2021/04/a.html", body=None, summary="Dig..."), "excerpt", "Dig..."),
        (post_entry(1, "2021/04/a.html", body="Dig.<a name='more'></a>"), "body_html", None),
        (
            post_entry(1, "2021/04/a.html", body="Dig.<a name='more'></a>Sow."),
            "body_html",
            "Dig.<a name='more'></a>Sow.",
        ),
        (post_entry(1, "2021/04/a.html", kind="page"), "native_id", "1"),
    ],
    ids=[
        "no title",
        "title with <",
        "title with &",
        "account without a name",
        "replies not counted",
        "no replies",
        "empty body",
        "summary only: body open",
        "summary only: excerpt",
        "cut at the jump break",
        "jump break inside",
        "id of a page",
    ],
)
def test_fields_of_a_post_in_the_feed(entry: str, field: str, value: object) -> None:
    (document,) = read_posts(entry)
    assert getattr(document, field) == value


def test_a_post_whose_title_leads_elsewhere_has_a_target() -> None:
    link = "<link rel='related' type='text/html' href='https://example.org/soil'/><author>"
    (document,) = read_posts(post_entry(1, "2021/04/a.html").replace("<author>", link, 1))
    assert document.target_url == "https://example.org/soil"
    assert document.url == f"{ROOT}2021/04/a.html"


def test_entities_of_a_feed_are_not_resolved(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("do not read")
    doctype = f"<!DOCTYPE feed [<!ENTITY x SYSTEM '{secret.as_uri()}'>]><feed"
    body = feed_body(post_entry(1, "2021/04/a.html", title="T")).replace(
        b"<feed", doctype.encode(), 1
    )
    body = body.replace(b"<title type='text'>T", b"<title type='text'>T&x;")
    results = list(make_spider("read").parse_feed(xml(body), what="posts"))
    assert [d.native_id for d in results if isinstance(d, Document)] == ["1"]
    assert "do not read" not in repr(results)


def test_pages_of_the_blog_are_pages() -> None:
    body = feed_body(post_entry(5, "p/about.html", kind="page", replies=None))
    (document,) = make_spider("read").parse_feed(xml(body), what="pages")
    assert isinstance(document, Document)
    assert (document.kind, document.native_id) == ("page", "5")


def read_comments(*entries: str) -> Discussion:
    (discussion,) = make_spider("read").parse_comments(
        xml(feed_body(*entries), f"{ROOT}feeds/1/comments/default"),
        post_id="1",
        post_url=f"{ROOT}2021/04/seed.html",
        post_author="https://www.blogger.com/profile/11",
    )
    assert isinstance(discussion, Discussion)
    return discussion


def test_comments_of_a_feed() -> None:
    discussion = read_comments(comment_entry(90), comment_entry(91, parent=90))
    first, second = discussion.comments
    assert discussion.via == "feed"
    assert discussion.document_native_id == "1"
    assert first.native_id == "90"
    assert first.parent_native_id is None
    assert first.document_native_id == "1"
    assert first.document_url == f"{ROOT}2021/04/seed.html"
    assert first.author == "Idris"
    assert first.author_url == "https://www.blogger.com/profile/22"
    assert first.body_html == "Well said."
    assert first.published_seen == [DateSeen("feed", "2021-04-06T20:15:30.125+01:00")]
    assert not first.is_deleted
    assert second.parent_native_id == "90"


@pytest.mark.parametrize(
    ("entry", "field", "value"),
    [
        (
            comment_entry(9, properties=("blogger.contentRemoved", "blogger.displayTime")),
            "is_deleted",
            True,
        ),
        (comment_entry(9, author="<name>Anonymous</name>"), "author_url", None),
        (
            comment_entry(9, author="<name>M</name><uri>http://www.blogger.com/profile/11</uri>"),
            "is_by_document_author",
            True,
        ),
        (comment_entry(9), "is_by_document_author", False),
        (comment_entry(9, author="<name>Anonymous</name>"), "is_by_document_author", False),
    ],
    ids=["removed", "no profile", "post's author", "someone else", "nobody known"],
)
def test_fields_of_a_comment_in_the_feed(entry: str, field: str, value: object) -> None:
    (comment,) = read_comments(entry).comments
    assert getattr(comment, field) == value


def test_a_cut_comment_is_left_to_the_page() -> None:
    short = re.sub(r"<content.*?</content>", "<summary>So I dug and...</summary>", comment_entry(9))
    assert [c.body_html for c in read_comments(short).comments] == [""]


def test_a_comments_feed_that_cannot_be_read_is_kept_as_unreadable() -> None:
    (item,) = make_spider("read").parse_comments(
        xml(b"<html>no</html>"), post_id="1", post_url=None, post_author=None
    )
    assert isinstance(item, Unreadable)
    assert (item.reason, item.table) == (reasons.NOT_A_FEED, "comments")


# --- pages ---

OLD_POST = f"""
<div class='widget Blog'><div class='date-outer'>
<h2 class='date-header'><span>Friday, 2 April 2021</span></h2>
<div class='post hentry' itemscope itemtype='http://schema.org/BlogPosting'>
<meta content='7' itemprop='blogId'/><meta content='31' itemprop='postId'/><a name='31'></a>
<h3 class='post-title entry-title' itemprop='name'><a href='{ROOT}2021/04/seed.html'>Seed</a></h3>
<div class='post-body entry-content' id='post-body-31'>Sow <b>thinly</b>.</div>
<div class='post-footer'><span class='post-author vcard'>Posted by <span class='fn'>
<a href='https://www.blogger.com/profile/11' rel='author'>Marged</a></span></span>
<span class='post-timestamp'>at <a class='timestamp-link' href='{ROOT}2021/04/seed.html'>
<abbr class='published' title='2021-04-02T09:30:00+01:00'>09:30</abbr></a></span>
<span class='post-labels'>Labels: <a href='{ROOT}search/label/Beans' rel='tag'>Beans</a></span>
</div></div></div></div>"""
NEW_POST = f"""
<article class='post-outer-container'><div class='post-outer'><div class='post'>
<div class='post-title-container'><a name='32'></a><h3 class='post-title entry-title'>Dig</h3></div>
<span class='byline post-author vcard'><span class='fn'><a class='g-profile'
 href='https://www.blogger.com/profile/11'><span>Marged</span></a></span></span>
<span class='byline post-timestamp'><a class='timestamp-link' href='{ROOT}2021/04/dig.html'>
<time class='published' datetime='2021-04-03T08:00:00+01:00'>April 03, 2021</time></a></span>
<div class='post-body entry-content' id='post-body-32'><p>Dig deep.</p></div>
<span class='byline post-labels'><span class='byline-label'>Tags</span>
<a href='{ROOT}search/label/Soil' rel='tag'>Soil</a></span>
<section class='comments threaded' id='comments'><h3>1 comment</h3>
<ol><li class='comment' id='c9'><cite class='user fn'>Idris</cite>
<time datetime='2021-04-06'>then</time>
<p class='comment-content'>Deeper still, I would say.</p></li></ol></section></div></div></article>
<div class='widget PopularPosts'><div class='post'><h3 class='post-title'>
<a href='{ROOT}2020/01/old.html'>Old</a></h3></div></div>"""
BARE_POST = "<div class='post'><h3 class='post-title'>Bare</h3><div class='post-body'>B</div></div>"
COMMENTS_LINK = (
    f"<link rel='alternate' type='application/atom+xml' href='{ROOT}feeds/77/comments/default'/>"
)


def read_document(body: str, url: str = f"{ROOT}2021/04/seed.html", head: str = "") -> Document:
    items = list(make_spider("read").parse_page(page(body, url, head)))
    assert isinstance(items[0], Document)
    return items[0]


def test_a_post_of_an_old_template() -> None:
    document = read_document(OLD_POST)
    assert document.native_id == "31"
    assert document.via == "html"
    assert document.title is not None
    assert "Seed" in document.title
    assert document.body_html is not None
    assert "Sow <b>thinly</b>." in document.body_html
    assert document.authors == [AuthorName("Marged")]
    assert document.categories == ["Beans"]
    assert document.published_seen == [
        DateSeen("time", "2021-04-02T09:30:00+01:00"),
        DateSeen("text", "Friday, 2 April 2021"),
        DateSeen("url", "2021-04"),
    ]


def test_a_post_of_a_new_template_without_its_comments_and_widgets() -> None:
    document = read_document(NEW_POST, f"{ROOT}2021/04/dig.html?m=1")
    assert document.url == f"{ROOT}2021/04/dig.html"
    assert document.native_id == "32"
    assert document.authors == [AuthorName("Marged")]
    assert document.categories == ["Soil"]
    assert document.published_seen[0] == DateSeen("time", "2021-04-03T08:00:00+01:00")
    assert DateSeen("time", "2021-04-06") not in document.published_seen


@pytest.mark.parametrize(
    ("body", "head", "native_id"),
    [
        (OLD_POST, "", "31"),
        (NEW_POST, "", "32"),
        (BARE_POST, COMMENTS_LINK, "77"),
        (OLD_POST + NEW_POST, "", None),
        (BARE_POST + "<script>x={'pageType': 'item', 'postId': '78', 'a': ''}</script>", "", "78"),
        (BARE_POST, "", None),
    ],
    ids=["meta", "body id", "comments feed", "several posts", "page data", "nowhere"],
)
def test_native_id_of_a_page(body: str, head: str, native_id: str | None) -> None:
    assert html.native_id_of(page(body, head=head)) == native_id


def test_a_post_without_any_id_or_date_keeps_its_address_and_month() -> None:
    document = read_document(BARE_POST, f"{ROOT}2021/04/bare.html")
    assert document.native_id is None
    assert document.url == f"{ROOT}2021/04/bare.html"
    assert document.body_html == '<div class="post-body">B</div>'
    assert document.published_seen == [DateSeen("url", "2021-04")]
    assert document.categories is None


def test_a_page_of_the_blog_has_no_month() -> None:
    document = read_document(BARE_POST, f"{ROOT}p/about.html")
    assert document.kind == "page"
    assert document.published_seen == []


def test_a_page_with_comments_goes_to_the_comment_reader() -> None:
    items = list(make_spider("read").parse_page(page(NEW_POST)))
    discussions = [i for i in items if isinstance(i, Discussion)]
    assert [(d.document_native_id, d.via) for d in discussions] == [("32", "html")]
    assert discussions[0].comments


@pytest.mark.parametrize(
    ("body", "excerpt", "is_cut"),
    [
        ("<div class='post-body'>All of it.</div>", None, False),
        ("<div class='post-body'>Some of it…</div>", "Some of it…", True),
        (
            "<div class='post-body'>Some</div><div class='jump-link'>"
            f"<a href='{ROOT}2021/04/a.html#more'>Read more</a></div>",
            "Some",
            True,
        ),
        (
            "<div class='post-body' id='post-snippet-4'><div class='post-snippet'>Bit</div></div>",
            "Bit",
            True,
        ),
    ],
    ids=["in full", "cut mark", "jump link", "snippet"],
)
def test_list_entries_of_an_archive(body: str, excerpt: str | None, is_cut: bool) -> None:
    entry_html = (
        f"<div class='post hentry'><a name='4'></a><h3 class='post-title'>"
        f"<a href='{ROOT}2021/04/a.html'>A</a></h3>{body}</div>"
    )
    items = list(make_spider("read").parse_page(page(OLD_POST + entry_html, f"{ROOT}2021/04/")))
    assert all(isinstance(item, ListEntry) for item in items)
    entry = cast(ListEntry, items[1])
    assert len(items) == 2
    assert (entry.position, entry.url, entry.document_native_id) == (
        1,
        f"{ROOT}2021/04/a.html",
        "4",
    )
    assert entry.list_url == f"{ROOT}2021/04/"
    assert entry.is_truncated is is_cut
    assert (re.sub("<[^>]+>", "", entry.excerpt) if entry.excerpt else None) == excerpt


def test_a_title_that_leads_elsewhere_is_the_outbound_address() -> None:
    body = (
        "<div class='post hentry'><h3 class='post-title'><a href='https://example.org/'>Go</a></h3>"
        f"<a class='timestamp-link' href='{ROOT}2021/04/go.html'>now</a></div>"
    )
    (entry,) = make_spider("read").parse_page(page(body, ROOT))
    assert isinstance(entry, ListEntry)
    assert entry.url == f"{ROOT}2021/04/go.html"
    assert entry.outbound_url == "https://example.org/"
    assert read_document(body, f"{ROOT}2021/04/go.html").target_url == "https://example.org/"


def test_popular_posts_are_no_entries_of_the_list() -> None:
    (entry,) = make_spider("read").parse_page(page(NEW_POST, ROOT))
    assert isinstance(entry, ListEntry)
    assert entry.document_native_id == "32"


def test_a_page_that_is_cut_is_unreadable() -> None:
    response = HtmlResponse(f"{ROOT}2021/04/a.html", body=b"<html><body><p>Half", encoding="utf-8")
    (item,) = make_spider("read").parse_page(response)
    assert isinstance(item, Unreadable)
    assert item.reason == reasons.CUT_OFF


# --- crawling ---


def urls_of(results: Iterable[Any]) -> list[str]:
    return [r.url for r in results if isinstance(r, Request)]


def test_the_feed_leads_to_comments_and_to_its_next_page() -> None:
    spider = make_spider("follow")
    body = feed_body(
        post_entry(1, "2021/04/a.html", replies=2),
        post_entry(2, "2021/04/b.html", replies=0),
        post_entry(3, "2021/04/c.html", replies=None),
        post_entry(4, "2021/04/d.html", body=None, summary="Only a bit..."),
        total=9,
        following="http://www.blogger.com/feeds/7/posts/default?start-index=5&max-results=4",
    )
    results = list(spider.parse_feed(xml(body), what="posts"))
    assert all(isinstance(r, Request) for r in results)
    assert urls_of(results) == [
        f"{ROOT}feeds/1/comments/default",
        f"{ROOT}feeds/3/comments/default",
        f"{ROOT}2021/04/d.html",
        f"{ROOT}feeds/posts/default?start-index=5&max-results=4",
    ]
    assert set(spider.known) == {"/2021/04/a.html", "/2021/04/b.html", "/2021/04/c.html"}
    assert spider.announced == 9


@pytest.mark.parametrize(
    ("response", "expected"),
    [
        (xml(b"", status=403), [f"{ROOT}2021/04/seed.html"]),
        (xml(b"<html></html>"), [f"{ROOT}2021/04/seed.html"]),
        (xml(feed_body(comment_entry(9))), []),
        (
            xml(
                feed_body(comment_entry(9), following="http://www.blogger.com/f?start-index=26"),
                f"{ROOT}feeds/1/comments/default",
            ),
            [f"{ROOT}feeds/1/comments/default?start-index=26"],
        ),
    ],
    ids=["refused", "web page", "whole", "next page"],
)
def test_where_a_comments_feed_leads(response: Response, expected: list[str]) -> None:
    results = make_spider("follow").parse_comments(
        response, post_id="1", post_url=f"{ROOT}2021/04/seed.html?m=1", post_author=None
    )
    assert urls_of(results) == expected


def test_old_pages_of_comments_are_followed() -> None:
    body = BARE_POST + "<a href='/2021/04/seed.html?commentPage=2#comments'>Newer</a>"
    results = make_spider("follow").parse_page(page(body))
    assert urls_of(results) == [f"{ROOT}2021/04/seed.html?commentPage=2"]


Web = dict[str, tuple[str, bytes]]
"""A blog in memory: path and query to (content type, body); anything else is 404."""


def crawl(web: Web) -> tuple[BloggerSpider, list[str], list[Any]]:
    """Crawl as the engine does, each address once: (spider, addresses asked for, items)."""
    spider = make_spider()
    spider._phases = spider.phases()
    asked, items = list[str](), []
    while queue := spider._next_requests():
        while queue:
            request = queue.pop(0)
            if request.url in asked:
                continue
            asked.append(request.url)
            assert request.callback is not None
            results = list(request.callback(answer(web, request.url), **request.cb_kwargs))
            queue += [r for r in results if isinstance(r, Request)]
            items += [r for r in results if not isinstance(r, Request)]
    return spider, asked, items


def answer(web: Web, url: str) -> Response:
    kind, body = web.get(url.removeprefix(ROOT), ("html", b"<html><body>Not here</body></html>"))
    status = 200 if url.removeprefix(ROOT) in web else 404
    if kind == "xml":
        return XmlResponse(url, status=status, body=body)
    return HtmlResponse(url, status=status, body=body, encoding="utf-8")


def web_page(number: int | None, *hrefs: str) -> tuple[str, bytes]:
    anchors = "".join(f"<a href='{href}'>x</a>" for href in hrefs)
    post = f"<div class='post'><div class='post-body' id='post-body-{number}'>T</div></div>"
    body = f"<html><body>{post if number else ''}{anchors}</body></html>"
    return "html", body.encode()


FRONT = web_page(
    None,
    "/2021/04/a.html?m=1",
    "/2021/04/a.html#comment-form",
    "/search?updated-max=2021",
    "/search/label/Beans",
    "https://www.blogger.com/profile/11",
    "/2021/",
    "/2021/04/",
    "/p/about.html",
)
COMMENTS = {"feeds/1/comments/default": ("xml", feed_body(comment_entry(9)))}
WHOLE_FEED = {"feeds/posts/default": ("xml", feed_body(post_entry(1, "2021/04/a.html", replies=1)))}
HALF_FEED = {
    "feeds/posts/default": (
        "xml",
        feed_body(
            post_entry(1, "2021/04/a.html", replies=1),
            total=3,
            following="https://www.blogger.com/feeds/7/posts/default?start-index=2",
        ),
    )
}
ARCHIVES = {
    "2021/": web_page(None, "/2021/04/b.html", "/2021/03/"),
    "2021/04/": web_page(None, "/2021/04/b.html?showComment=3#c3"),
    "2021/03/": web_page(None, "/2021/03/c.html"),
    "2021/04/b.html": web_page(2),
    "2021/03/c.html": web_page(3),
    "2021/04/a.html": web_page(1),
    "p/about.html": web_page(8),
}
SITEMAP = {
    "sitemap.xml": (
        "xml",
        f"<sitemapindex><sitemap><loc>{ROOT}sitemap.xml?page=1</loc></sitemap></sitemapindex>".encode(),
    ),
    "sitemap.xml?page=1": (
        "xml",
        f"<urlset><url><loc>{ROOT}2021/04/b.html</loc></url>"
        f"<url><loc>http://allotment.blogspot.com/2021/03/c.html</loc></url></urlset>".encode(),
    ),
}
REDIRECTED = {"feeds/posts/default?redirect=false": WHOLE_FEED["feeds/posts/default"]}


@pytest.mark.parametrize(
    ("web", "documents", "walks"),
    [
        ({**WHOLE_FEED}, {"1", "8"}, False),
        ({**HALF_FEED}, {"1", "2", "3", "8"}, True),
        ({**HALF_FEED, **SITEMAP}, {"1", "2", "3", "8"}, False),
        ({**SITEMAP}, {"1", "2", "3", "8"}, True),
        ({**REDIRECTED}, {"1", "8"}, False),
        ({}, {"1", "2", "3", "8"}, True),
    ],
    ids=["whole feed", "half a feed", "half and sitemap", "sitemap", "redirected feed", "no feed"],
)
def test_what_one_interface_refuses_the_next_delivers(
    web: Web, documents: set[str], walks: bool
) -> None:
    _, asked, items = crawl({"": FRONT, **COMMENTS, **ARCHIVES, **web})
    found = [i.native_id for i in items if isinstance(i, Document)]
    comments = [c.native_id for i in items if isinstance(i, Discussion) for c in i.comments]
    assert len(found) == len(documents)
    assert set(found) == documents
    assert comments == ["9"]
    assert (f"{ROOT}2021/" in asked) is walks
    assert not [url for url in asked if "/search" in url]
    assert {urlsplit(url).hostname for url in asked} == {"allotment.blogspot.com"}
    assert not [url for url in asked if re.search(r"m=1|showComment|#", url)]


def test_posts_that_stay_missing_are_noted() -> None:
    spider, _, _ = crawl({"": FRONT, **COMMENTS, **HALF_FEED})
    assert any("3 posts, 1 were found" in problem for problem in spider.problems)


@pytest.mark.parametrize(
    "body",
    [b"", b"   ", b"<html><body>no</body></html>", b"\x1f\x8b\x00", b"<urlset>"],
    ids=["empty", "blank", "web page", "bytes", "cut"],
)
def test_a_broken_sitemap_leads_nowhere(body: bytes) -> None:
    response = xml(body, f"{ROOT}sitemap.xml")
    assert list(make_spider("follow").parse_sitemap(response)) == []


# --- real pages ---


@pytest.mark.skipif(not SAMPLES.is_dir(), reason=f"no saved pages in {SAMPLES}")
def test_saved_feeds_and_pages() -> None:
    spider = make_spider("read")
    posts = list(spider.parse_feed(xml((SAMPLES / "posts_feed.atom.xml").read_bytes()), "posts"))
    assert len({d.native_id for d in posts if isinstance(d, Document)}) == 25
    assert all(
        isinstance(d, Document) and d.body_html is not None and d.published_seen for d in posts
    )
    body = (SAMPLES / "comments_feed_3425845675518558571.atom.xml").read_bytes()
    (discussion,) = spider.parse_comments(xml(body), "3425845675518558571", None, None)
    assert isinstance(discussion, Discussion)
    assert [c.native_id for c in discussion.comments] == [
        "2855529238128198284",
        "299669490729056197",
        "990297206814160916",
    ]
    entries = list(html.list_entries(spider, saved("archive_month.html", "2010/07/")))
    assert len([e for e in entries if e.url and e.document_native_id]) == 4


@pytest.mark.skipif(not SAMPLES.is_dir(), reason=f"no saved pages in {SAMPLES}")
@pytest.mark.parametrize(
    ("file", "native_id", "author", "first_date"),
    [
        ("post_threaded_3comments", "3425845675518558571", "Jorge el constructor", "2010-07-08T20"),
        ("post_threaded_nested_13", "3644483384123728422", None, "Freitag, 5. Juni 2015"),
        ("post_custom_domain_24_reply_delete_en", "5705526651659233718", "Blackswan", "Thursday"),
        ("post_10_comments_nnbsp_en", "1079188005116615699", None, "Monday, September 8, 2008"),
        ("readability_blogger_source", "932306423056216142", "Andrew Zonenberg", "2016-05-08T00"),
    ],
)
def test_saved_posts(file: str, native_id: str, author: str | None, first_date: str) -> None:
    spider, response = make_spider(), saved(f"{file}.html", "2010/07/x.html")
    document = html.document(spider, response, "article", read_response(spider, response))
    assert document.native_id == native_id
    assert document.title
    assert document.body_html
    assert [a.name for a in document.authors] == ([author] if author else [])
    assert document.published_seen[0].raw.startswith(first_date)


def saved(file: str, path: str) -> HtmlResponse:
    return HtmlResponse(ROOT + path, body=(SAMPLES / file).read_bytes(), encoding="utf-8")
