"""No page, list, feed or header holds the process that all crawls share."""

from __future__ import annotations

import gzip
import json
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from inspect import signature
from typing import Any

import pytest
from scrapy.http import Headers, HtmlResponse, Request, Response, XmlResponse
from scrapy.utils.test import get_crawler

from crawlers import settings
from crawlers.challenge import is_challenge
from crawlers.middlewares.robots import read_rules
from crawlers.outcome import TOO_HEAVY, TOO_LONG
from crawlers.platforms.base import PlatformSpider
from crawlers.platforms.blogger import BloggerSpider
from crawlers.platforms.prezi import PreziSpider
from crawlers.platforms.slim import MOST_LINKS
from crawlers.platforms.webflow import WebflowSpider
from crawlers.platforms.website import WebsiteSpider
from crawlers.platforms.wordpress import WordPressSpider
from crawlers.turns import TooMuchWorkError, in_time
from tests.processor_time import check, processor_time

ROOT = "https://hall.example/"
MEGABYTE = 1 << 20
MOST = 1.0
"""Seconds of processor time for a stretch: FOLLOW_TIMEOUT, and as much again for what no signal can
interrupt on a slow machine. What is worse than linear takes minutes for these inputs."""
PATIENT = 60.0
"""FOLLOW_TIMEOUT where a test asks what is found and not how fast."""
SENTENCE = "Read the full article on the website of the hall, which has more of it. "


class HallSite(WebsiteSpider):
    name, title, start_urls = "site", "Site", [ROOT]
    every, expected_documents = timedelta(days=7), (0, 9)
    follow_signposts = True


class HallPress(WordPressSpider):
    name, title, start_urls = "press", "Press", [ROOT]
    every, expected_documents = timedelta(days=7), (0, 9)
    follow_signposts = True


class HallBlog(BloggerSpider):
    name, title, start_urls = "blog", "Blog", [ROOT]
    every, expected_documents = timedelta(days=7), (0, 9)
    follow_signposts = True


class HallFlow(WebflowSpider):
    name, title, start_urls = "flow", "Flow", [ROOT]
    every, expected_documents = timedelta(days=7), (0, 9)


class HallSlides(PreziSpider):
    name, title, start_urls = "slides", "Slides", [ROOT]
    every, expected_documents = timedelta(days=7), (0, 9)


def _flat(unit: str, size: int = MEGABYTE) -> str:
    return unit * (size // len(unit))


def _links(form: str, count: int = 60_000) -> str:
    return "".join(form.format(n) for n in range(count))


BODIES: dict[str, Callable[[], str]] = {
    "nested main, 60,000 links": lambda: "<main>" * 30_000 + _links("<a href=/p/{}>x</a>"),
    "boxes for the next page": lambda: (
        _flat("<div class='nav-previous pagination-next navigation post-body comments'>", MEGABYTE)
        + _links("<a class='next page-numbers' href=/p/{}>older</a>", 20_000)
    ),
    "200,000 links": lambda: _links("<a href=/2020/01/{}.html>x</a>", 200_000),
    "200,000 foreign links": lambda: _links("<a href=https://e{}.example/>x</a>", 200_000),
    "the same link": lambda: _flat("<a href='/2020/01/a.html?b=1'>x</a>", 4 * MEGABYTE),
    "comment pages": lambda: _links("<a href='/comment-page-{0}/?commentPage={0}'>x</a>"),
    "links of a feed": lambda: _links("<link rel=alternate type=application/rss+xml href=/{}>"),
    "metas": lambda: _flat("<meta name=robots content=a property=og:url>"),
    "options": lambda: _links("<option value=/2020/01/{}.html>"),
    "posts in posts": lambda: _flat("<div class='post hentry' id=post-body-1 itemprop=author>"),
    "items in items": lambda: _flat("<div class='w-dyn-item w-dyn-list'><a href=/r/a>", MEGABYTE),
    "pages of lists": lambda: _links("<a class=w-pagination-next href='?681beb97_page={}'>x</a>"),
    "presentations": lambda: _links("<a href=/p/abcd{:08}/x/><b>x</b></a>"),
    "PDFs": lambda: _links("<a href=/files/{}.pdf>a file</a>"),
    "PDFs in posts": lambda: (
        "<div class=entry-content id=post-body-1>" + _links("<p><a href=/{}.pdf>x</a></p>", 9000)
    ),
    "an invitation": lambda: f"<div class=entry-content>{SENTENCE * 4000}<a href=//e.example/a>",
    "a short invitation": lambda: (
        "<div class='entry-content' id='post-body-1'>" + "read full " * 350 + "<a href=//e.example>"
    ),
    "unclosed": lambda: _flat("<a href='"),
    "smaller than": lambda: _flat("<"),
    "open tags": lambda: _flat("<a "),
    "open comments": lambda: _flat("<!-- "),
    "open scripts": lambda: _flat("<script "),
    "scripts": lambda: _flat("<script><!--</script>"),
    "attributes": lambda: "<a " + _flat("x=1 ") + ">",
    "own elements": lambda: _flat("<x-y>"),
    "entities": lambda: _flat("&amp;&#1;&notit;"),
    "blanks": lambda: _flat(" \n", 4 * MEGABYTE),
    "a long title": lambda: f"<title>{_flat('Title ', 10 * MEGABYTE)}</title><a href=/p/>x</a>",
    "60 MB of noise": lambda: _flat("noise & <b>more</b> ", 60 * MEGABYTE),
    "60 MB of letters": lambda: _flat("noise ", 60 * MEGABYTE),
    "a challenge": lambda: "window._cf_chl_opt" + _flat("<style <noscript ", 60_000),
    "challenges": lambda: _flat("/cdn-cgi/challenge-platform/", 60_000),
}


def _posts(content: str, count: int = 100) -> bytes:
    return json.dumps([{"id": n, "content": {"rendered": content}} for n in range(count)]).encode()


JSON: dict[str, Callable[[], bytes]] = {
    "empty lists": lambda: b"[" + b"[]," * (16 * MEGABYTE // 3) + b"[]]",
    "entries": lambda: b"[" + b'{"id":1,"link":"/a"},' * 200_000 + b'{"id":2}]',
    "deep": lambda: b"[" * MEGABYTE,
    "objects": lambda: b'{"posts":' + b'{"a":' * MEGABYTE,
    "digits": lambda: b'[{"id":' + b"1" * MEGABYTE + b"}]",
    "a long text": lambda: _posts("<p>x" * MEGABYTE, 1),
    "PDFs": lambda: _posts("<a href=/a.pdf>x</a>" * 300),
    "invitations": lambda: _posts(f"<p>{SENTENCE * 20}<a href=//e.example/>here</a>"),
    "60 MB": lambda: b'["' + b"a" * (60 * MEGABYTE) + b'"]',
}
ENTRY = (
    "<entry><id>tag:b.example,1:blog-1.post-{0}</id>"
    "<link rel='alternate' href='/2020/01/{0}.html'/>{1}</entry>"
)
ATOM = "<feed xmlns='http://www.w3.org/2005/Atom'>{}</feed>"
URL = "<url><loc>https://hall.example/stories/a-{0}</loc><lastmod>2020-01-{1:02}</lastmod></url>"
XML: dict[str, Callable[[], bytes]] = {
    "entries": lambda: ATOM.format("".join(ENTRY.format(n, "") for n in range(60_000))).encode(),
    "64 MB of entries": lambda: ATOM.format(ENTRY.format(1, "") * 600_000).encode(),
    "a long entry": lambda: ATOM.format(
        ENTRY.format(1, f"<content type='html'>{'&lt;p>x' * MEGABYTE}</content>")
    ).encode(),
    "entries in each other": lambda: ATOM.format("<entry><item>" * 100_000).encode(),
    "items": lambda: (
        b"<rss><channel>" + b"<item><link>/a</link></item>" * 200_000 + b"</channel></rss>"
    ),
    "rss in one text": lambda: b"<rss><item><author>" + b"a@b " * MEGABYTE,
    "a bomb": lambda: (
        b"<!DOCTYPE a [<!ENTITY a0 'aaaaaaaaaa'>"
        + b"".join(b"<!ENTITY a%d '%s'>" % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 9))
        + b"]><rss><channel><item><link>&a8;</link></item></channel></rss>"
    ),
    "50,000 addresses": lambda: (
        b"<urlset>" + "".join(URL.format(n, n % 28) for n in range(50_000)).encode() + b"</urlset>"
    ),
    "500,000 addresses": lambda: b"<urlset>" + URL.format(1, 1).encode() * 500_000 + b"</urlset>",
    "an index": lambda: (
        b"<sitemapindex>" + b"<sitemap><loc>/a.xml</loc></sitemap>" * 200_000 + b"</sitemapindex>"
    ),
    "packed": lambda: gzip.compress(b"<urlset>" + URL.format(1, 1).encode() * 300_000),
}
CALLBACKS: dict[str, list[dict[str, Any]]] = {
    "parse_page": [{}, {"walk": True}, {"as_list": True}, {"listing": True}],
    "parse_comment_page": [{}],
    "parse_sitemap": [{}],
    "parse_feed": [{}, {"what": "posts"}],
    "parse_comments": [{"post_id": "1", "post_url": f"{ROOT}2020/01/a.html", "post_author": None}],
    "parse_api": [{"what": "posts", "page": 1}, {"what": "comments", "page": 1}],
    "parse_inventory": [{"what": "posts", "page": 1}],
    "parse_wordpress_com": [{"what": "posts", "page": 1}],
}
"""Every callback of a platform, and with what it is called."""
SPIDERS = (HallSite, HallPress, HallBlog, HallFlow, HallSlides)
HEADERS = {
    "Link": ["<" * 16_384, "<a>;" * 4096, "<a>; " + " " * 16_000],
    "X-Robots-Tag": ["a-" * 8192, ", " * 8192],
    "X-WP-TotalPages": ["9" * 4000],
    "Content-Type": ["text/html; " + ";" * 8192, "text/html; charset=" + "a" * 8192],
    "Retry-After": ["9" * 8192],
}


def make(
    spidercls: type[PlatformSpider], seconds: float = settings.FOLLOW_TIMEOUT
) -> PlatformSpider:
    crawler = get_crawler(spidercls, {"SPIDER_ROLE": "follow", "FOLLOW_TIMEOUT": seconds})
    return spidercls.from_crawler(crawler)


def longest_stretch(results: Iterator[Any]) -> float:
    """Seconds of processor time of the longest step."""
    longest = 0.0
    while True:
        started = time.thread_time()
        one = next(results, longest_stretch)
        longest = max(longest, time.thread_time() - started)
        if one is longest_stretch:
            return longest


def calls(spidercls: type[PlatformSpider], *names: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The callbacks that a platform has of these, with each set of arguments that they take."""
    for name in names:
        callback: Any = getattr(spidercls, name, None)
        for kwargs in CALLBACKS[name] if callback else ():
            with suppress(TypeError):
                signature(callback).bind(None, None, **kwargs)
                yield name, kwargs


def hold(response: Response, spidercls: type[PlatformSpider], *names: str) -> None:
    for name, kwargs in calls(spidercls, *names):
        spider = make(spidercls)
        taken = longest_stretch(getattr(spider, name)(response, **kwargs))
        check(taken, MOST, f"{name}({kwargs}):")


@pytest.mark.parametrize("spidercls", SPIDERS)
@pytest.mark.parametrize("name", BODIES)
def test_pages(name: str, spidercls: type[PlatformSpider]) -> None:
    whole = f"<!DOCTYPE html><html><body class='archive blog'>{BODIES[name]()}</body></html>"
    for url in (ROOT, f"{ROOT}2020/01/a-story.html"):
        response = HtmlResponse(url, body=whole.encode(), encoding="utf-8", request=Request(url))
        hold(response, spidercls, "parse_page", "parse_comment_page")


@pytest.mark.parametrize("spidercls", SPIDERS)
@pytest.mark.parametrize("name", JSON)
def test_lists_of_interfaces(name: str, spidercls: type[PlatformSpider]) -> None:
    response = Response(f"{ROOT}wp-json/", body=JSON[name](), request=Request(ROOT))
    hold(response, spidercls, "parse_api", "parse_inventory", "parse_wordpress_com")


@pytest.mark.parametrize("spidercls", SPIDERS)
@pytest.mark.parametrize("name", XML)
def test_feeds_and_sitemaps(name: str, spidercls: type[PlatformSpider]) -> None:
    response = XmlResponse(f"{ROOT}feed.xml", body=XML[name](), request=Request(ROOT))
    hold(response, spidercls, "parse_feed", "parse_sitemap", "parse_comments")


@pytest.mark.parametrize("spidercls", SPIDERS)
@pytest.mark.parametrize("header", HEADERS)
def test_headers(header: str, spidercls: type[PlatformSpider]) -> None:
    response = HtmlResponse(
        ROOT,
        body=b"<html><body><a href=/p/>x</a></body></html>",
        headers=Headers({header: HEADERS[header] * 4}),
        encoding="utf-8",
        request=Request(ROOT),
    )
    hold(response, spidercls, "parse_page")


@pytest.mark.parametrize("name", BODIES)
def test_robots_and_challenges(name: str) -> None:
    text = BODIES[name]()[: 4 * MEGABYTE]
    for data in (text, text[:65_000]):
        response = HtmlResponse(ROOT, body=data.encode(), encoding="utf-8")
        with processor_time(MOST):
            is_challenge(response)
            read_rules(data.encode())


def test_every_callback_is_called() -> None:
    for spidercls in SPIDERS:
        names = {n for n in dir(spidercls) if n.startswith("parse_")}
        assert names <= {*CALLBACKS, "parse_pdf", "parse_target"}, spidercls


def test_a_page_of_many_links_is_followed_as_far_as_said() -> None:
    spider = make(HallPress, PATIENT)
    text = "<main>" * 30_000 + _links("<a href=/p/{}>x</a>")
    response = HtmlResponse(ROOT, body=text.encode(), encoding="utf-8", request=Request(ROOT))
    assert isinstance(spider, HallPress)
    found = [r for r in spider.parse_page(response, walk=True) if isinstance(r, Request)]
    assert len(found) == MOST_LINKS
    assert spider.failures == {TOO_LONG: 1}


def test_the_longest_honest_sitemap_is_read_whole() -> None:
    spider = make(HallSite, PATIENT)
    response = XmlResponse(ROOT, body=XML["50,000 addresses"](), request=Request(ROOT))
    assert isinstance(spider, HallSite)
    list(spider.parse_sitemap(response))
    assert len(spider.waiting) == 50_000
    assert not spider.failures


def test_what_never_ends_is_given_up() -> None:
    def endless() -> Iterator[int]:
        yield 1
        while True:
            pass

    found = in_time(endless(), 0.1)
    assert next(found) == 1
    with pytest.raises(TooMuchWorkError):
        next(found)


def test_a_page_that_takes_too_long_is_said() -> None:
    spider = make(HallSite)

    def follow(response: Response) -> Iterator[Any]:
        yield Request(ROOT)
        while True:
            pass

    response = HtmlResponse(ROOT, body=b"<html></html>", encoding="utf-8", request=Request(ROOT))
    assert len(list(spider.both(response, follow, None))) == 1
    assert spider.failures == {TOO_HEAVY: 1}
    assert "too slow to follow" in spider.problems[0]
