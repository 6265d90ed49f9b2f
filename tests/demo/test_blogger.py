"""Blogger's forms: feeds, posts with both kinds of comments, archives, sitemap, robots."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

import pytest
from lxml.html import tostring

from demo.web import expected
from demo.web.prose import plain_text
from tests.demo.client import fetch

BLOGS = ["harbour_blog", "week_blog"]
ATOM = "{http://www.w3.org/2005/Atom}"
THR = "{http://purl.org/syndication/thread/1.0}"
GD = "{http://schemas.google.com/g/2005}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"


def _follow(base: str, path: str) -> list[Any]:
    """Entries of all pages of a feed; next links that lead to www.blogger.com are brought home."""
    entries: list[Any] = []
    url: str | None = base + path
    while url:
        feed = fetch(url).xml()
        entries += feed.findall(f"{ATOM}entry")
        following = feed.find(f"{ATOM}link[@rel='next']")
        url = None
        if following is not None:
            parts = urlsplit(following.get("href"))
            url = f"{base}{parts.path}?{parts.query}"
    return entries


def _number(entry: Any) -> int:
    return int(entry.findtext(f"{ATOM}id").rpartition("-")[2])


@pytest.mark.parametrize("name", BLOGS)
def test_the_feed_leads_through_all_posts(web: dict[str, str], name: str) -> None:
    entries = {_number(entry): entry for entry in _follow(web[name], "/feeds/posts/default")}
    truth = {post["id"]: post for post in expected(name, web)["posts"]}
    assert set(entries) == set(truth)
    for number, entry in entries.items():
        post = truth[number]
        published = datetime.fromisoformat(entry.findtext(f"{ATOM}published"))
        assert published == post["published"].replace(
            microsecond=post["published"].microsecond // 1000 * 1000
        )
        assert entry.find(f"{ATOM}link[@rel='alternate']").get("href") == post["url"]
        assert int(entry.findtext(f"{THR}total")) == post["comments_declared"]
        assert (entry.findtext(f"{ATOM}title") or None) == post["title"]


def test_the_next_link_can_lead_to_another_host(web: dict[str, str]) -> None:
    hosts = set()
    for name in BLOGS:
        feed = fetch(f"{web[name]}/feeds/posts/default?max-results=150").xml()
        href = feed.find(f"{ATOM}link[@rel='next']").get("href")
        hosts.add(urlsplit(href).hostname)
        assert "max-results=150" in href
    assert hosts == {"127.0.0.1", "www.blogger.com"}


@pytest.mark.parametrize("name", BLOGS)
def test_comment_feeds_hold_every_comment(web: dict[str, str], name: str) -> None:
    for post in expected(name)["posts"]:
        entries = _follow(web[name], f"/feeds/{post['id']}/comments/default")
        found = {_number(entry): entry for entry in entries}
        assert set(found) == {comment["id"] for comment in post["comments"]}
        for comment in post["comments"]:
            entry = found[comment["id"]]
            reply = entry.find(f"{THR}in-reply-to")
            assert reply.get("ref").endswith(f".post-{post['id']}")
            related = entry.find(f"{ATOM}link[@rel='related']")
            parent = (
                None
                if related is None
                else re.search(r"comments/default/(\d+)", related.get("href"))
            )
            assert (int(parent[1]) if parent else None) == comment["parent"]
            removed = entry.find(f"{GD}extendedProperty[@name='blogger.contentRemoved']")
            assert (removed is not None) == comment["is_deleted"]


def test_the_site_comments_feed_holds_all(web: dict[str, str]) -> None:
    entries = _follow(web["harbour_blog"], "/feeds/comments/default")
    truth = [one["id"] for post in expected("harbour_blog")["posts"] for one in post["comments"]]
    assert sorted(map(_number, entries)) == sorted(truth)


def test_the_feed_as_json_says_the_same(web: dict[str, str]) -> None:
    feed = fetch(f"{web['week_blog']}/feeds/posts/default?alt=json&start-index=5").json()["feed"]
    assert feed["openSearch$totalResults"]["$t"] == "6"
    assert [entry["title"]["$t"] for entry in feed["entry"]] == [
        "Looking back on the first week",
        "",
    ]


def test_the_feed_as_rss(web: dict[str, str]) -> None:
    feed = fetch(f"{web['week_blog']}/feeds/posts/default/-/Stories?alt=rss").xml()
    assert [item.text for item in feed.iterfind("channel/item/title")] == [
        "Letter from ward nine",
        "A day in four kitchens",
    ]


def test_feeds_can_be_limited_in_time(web: dict[str, str]) -> None:
    url = f"{web['week_blog']}/feeds/posts/default?published-min=2018-07-05T00:00:00%2B01:00"
    assert len(fetch(url).xml().findall(f"{ATOM}entry")) == 2


@pytest.mark.parametrize("name", BLOGS)
def test_the_post_page_shows_the_whole_post(web: dict[str, str], name: str) -> None:
    for post in expected(name, web)["posts"]:
        tree = fetch(post["url"]).html()
        (body,) = tree.xpath(f"//div[@id='post-body-{post['id']}']")
        assert plain_text(tostring(body, encoding="unicode")).split() == post["words"]
        assert tree.xpath("//meta[@itemprop='postId']/@content") == [str(post["id"])]
        (stamp,) = tree.xpath("//abbr[@class='published']/@title")
        assert datetime.fromisoformat(stamp) == post["published"].replace(microsecond=0)


def test_threaded_comments(web: dict[str, str]) -> None:
    posts = {post["slug"]: post for post in expected("week_blog", web)["posts"]}
    post = posts["a-day-in-four-kitchens"]
    tree = fetch(post["url"]).html()
    for comment in post["comments"]:
        (item,) = tree.xpath(f"//li[@id='c{comment['id']}']")
        above = item.xpath("ancestor::li[contains(@class, 'comment')]/@id")
        parent = comment["shown_parent"]
        assert above[-1:] == ([f"c{parent}"] if parent else [])
        stamp = item.xpath("./div[@class='comment-block']//span[contains(@class, 'datetime')]/a")
        href = stamp[0].get("href")
        milliseconds = int(re.search(r"showComment=(\d+)", href)[1])  # type: ignore[index]
        assert milliseconds == round(comment["published"].timestamp() * 1000)
    assert tree.xpath("//span[@class='deleted-comment']")
    assert tree.xpath("//div[@id='comments']/h4/text()") == ["4 comments:"]


def test_three_are_declared_and_two_shown(web: dict[str, str]) -> None:
    posts = {post["slug"]: post for post in expected("week_blog", web)["posts"]}
    tree = fetch(posts["can-a-city-be-run-differently-promise"]["url"]).html()
    assert tree.xpath("//div[@id='comments']/h4/text()") == ["3 comments:"]
    assert len(tree.xpath("//li[@class='comment']")) == 2


def test_old_comment_form_is_paged(web: dict[str, str]) -> None:
    posts = {post["slug"]: post for post in expected("harbour_blog", web)["posts"]}
    post = posts["cwrdd-ar-cyngor"]
    ids: list[str] = []
    for number in (1, 2, 3):
        tree = fetch(f"{post['url']}?commentPage={number}").html()
        ids += tree.xpath("//dl[@id='comments-block']/dt/@id")
    assert ids == [f"c{comment['id']}" for comment in post["comments"]]


def test_an_empty_block_stands_where_there_are_no_comments(web: dict[str, str]) -> None:
    posts = {post["slug"]: post for post in expected("harbour_blog", web)["posts"]}
    (block,) = fetch(posts["y-ramp"]["url"]).html().xpath("//dl[@id='comments-block']")
    assert len(block) == 0


@pytest.mark.parametrize("query", ["?m=1", "?m=0", "?showComment=1530817424250"])
def test_variants_show_the_same_post(web: dict[str, str], query: str) -> None:
    url = f"{web['week_blog']}/2018/07/a-day-in-four-kitchens.html"
    tree = fetch(url + query).html()
    assert tree.xpath("//link[@rel='canonical']/@href") == [url]
    assert "Soup again" in tree.text_content()


@pytest.mark.parametrize("name", BLOGS)
def test_robots_forbid_the_search_pages_that_exist(web: dict[str, str], name: str) -> None:
    robots = RobotFileParser()
    robots.parse(fetch(f"{web[name]}/robots.txt").text.splitlines())
    (older,) = fetch(f"{web[name]}/").html().xpath("//a[@class='blog-pager-older-link']/@href")
    assert not robots.can_fetch("anything", older)
    assert robots.can_fetch("anything", f"{web[name]}/feeds/posts/default")
    assert fetch(older).status == 200


@pytest.mark.parametrize("name", BLOGS)
def test_sitemap_and_archives_name_every_post(web: dict[str, str], name: str) -> None:
    sitemap = fetch(f"{web[name]}/sitemap.xml").xml()
    if sitemap.tag.endswith("sitemapindex"):
        sitemap = fetch(next(sitemap.iter(SITEMAP)).text).xml()
    posts = expected(name, web)["posts"]
    assert {loc.text for loc in sitemap.iter(SITEMAP)} == {post["url"] for post in posts}
    for post in posts:
        year, month = post["url"].split("/")[3:5]
        for path in (f"/{year}/", f"/{year}/{month}/"):
            assert f"id='post-body-{post['id']}'" in fetch(web[name] + path).text
