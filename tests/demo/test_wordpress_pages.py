"""WordPress's pages: posts, archives, comment pages, feeds, sitemaps."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from demo.web import expected, load_site, serve
from tests.demo.client import fetch

WORDPRESS = ["open_notebook", "quarter_lab", "valley_knowledge"]
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"


def _posts(name: str, addresses: dict[str, str] | None = None) -> dict[str, Any]:
    return {post["slug"]: post for post in expected(name, addresses)["posts"]}


@pytest.mark.parametrize("name", WORDPRESS)
def test_sitemaps_name_every_post_and_page(web: dict[str, str], name: str) -> None:
    robots = fetch(f"{web[name]}/robots.txt").text
    index = fetch(robots.split("Sitemap: ")[1].strip()).xml()
    found = {
        loc.text
        for sitemap in index.iter(SITEMAP)
        for loc in fetch(sitemap.text).xml().iter(SITEMAP)
    }
    truth = expected(name, web)
    assert {post["url"] for post in (*truth["posts"], *truth["pages"])} <= found


@pytest.mark.parametrize("name", WORDPRESS)
def test_the_single_page_shows_the_whole_post(web: dict[str, str], name: str) -> None:
    truth = expected(name, web)
    for post in truth["posts"]:
        (body,) = fetch(post["url"]).html().xpath("//div[contains(@class, 'entry-content')]")
        words = " ".join(body.itertext()).split()
        assert set(post["words"]) - set(words) <= {
            word for word in post["words"] if not word.isalnum()
        }, post["slug"]


NEXT = {
    "genesis": "//li[@class='pagination-next']/a/@href",
    "numbers": "//a[@class='next page-numbers']/@href",
    "nav-previous": "//div[@class='nav-previous']/a/@href",
    "query": "//a[@class='wp-block-query-pagination-next']/@href",
    "text": "//a[starts-with(., 'Next Page')]/@href",
}


ENTRIES = "//article[contains(@class, 'hentry') or contains(@class, 'entry')]"
ENTRIES += " | //li[contains(@class, 'wp-block-post ')]"


@pytest.mark.parametrize("theme", ["genesis", "block", "twentytwelve"])
@pytest.mark.parametrize("form", NEXT)
def test_an_author_archive_leads_through_all_posts(theme: str, form: str) -> None:
    settings = {"theme": theme, "pagination": form, "posts_per_page": 4, "has_next_link": False}
    titles = []
    with serve(["valley_knowledge"], settings={"valley_knowledge": settings}) as addresses:
        url: str | None = f"{addresses['valley_knowledge']}/author/carys/"
        while url:
            tree = fetch(url).html()
            entries = tree.xpath(ENTRIES)
            titles += [entry.xpath(".//h1 | .//h2")[0].text_content() for entry in entries]
            assert "author-carys" in tree.find("body").get("class")
            url = next(iter(tree.xpath(NEXT[form])), None)
    expected_titles = [
        p["title"] for p in expected("valley_knowledge")["posts"] if p["account"]["slug"] == "carys"
    ]
    assert titles == expected_titles[::-1]


@pytest.mark.parametrize(
    ("excerpts", "has_mark", "has_end"),
    [("cut", True, False), ("empty", False, False), ("full", False, True)],
)
def test_archives_show_excerpts(excerpts: str, has_mark: bool, has_end: bool) -> None:
    settings = {"valley_knowledge": {"excerpts": excerpts}}
    with serve(["valley_knowledge"], settings=settings) as addresses:
        text = fetch(f"{addresses['valley_knowledge']}/category/evidence/").text
    assert ("[&hellip;]" in text) == has_mark
    assert ("any group can borrow" in text) == has_end


def test_a_manual_excerpt_has_no_mark(web: dict[str, str]) -> None:
    entry = fetch(f"{web['valley_knowledge']}/wp-json/wp/v2/posts/333").json()
    assert entry["excerpt"]["rendered"] == (
        "<p>A table of invented acts, with the sentence that matters in each.</p>\n"
    )


def test_archive_pages_end(web: dict[str, str]) -> None:
    assert fetch(f"{web['valley_knowledge']}/author/carys/page/3/").status == 404
    assert fetch(f"{web['valley_knowledge']}/2019/07/").status == 200


def test_comment_pages_hold_all_comments(web: dict[str, str]) -> None:
    post = _posts("open_notebook", web)["consultation-is-not-a-survey"]
    ids = []
    for path in ("", "comment-page-1/", "comment-page-2/"):
        tree = fetch(post["url"] + path).html()
        ids.append(tree.xpath("//li[starts-with(@id, 'comment-')]/@id"))
    truth = [f"comment-{comment['id']}" for comment in post["comments"]]
    assert ids[0] == ids[2] == ["comment-2110", "comment-2111", "comment-2150"]
    assert sorted(ids[1] + ids[2]) == sorted(truth)
    assert fetch(f"{post['url']}comment-page-3/").status == 404


@pytest.mark.parametrize("name", WORDPRESS)
def test_comments_nest_as_the_ground_truth_says(name: str) -> None:
    site = replace(load_site(name), comments_per_page=50)
    with serve([site]) as addresses:
        for post in expected(site, addresses)["posts"]:
            tree = fetch(post["url"]).html()
            for comment in post["comments"]:
                ids = [f"comment-{comment['id']}", f"li-comment-{comment['id']}"]
                found = tree.xpath("//li[@id=$one or @id=$two]", one=ids[0], two=ids[1])
                if comment["kind"] == "pingback" and site.theme == "genesis":
                    assert not found
                    continue
                above = found[0].xpath("ancestor::li[contains(@id, 'comment-')]/@id")
                parent = comment["shown_parent"]
                assert above[-1:] == (
                    []
                    if parent is None
                    else [
                        ids[0 if above and above[-1].startswith("c") else 1].replace(
                            str(comment["id"]), str(parent)
                        )
                    ]
                )


def test_a_reply_in_a_feed_names_its_parent_only_in_the_text(web: dict[str, str]) -> None:
    post = _posts("open_notebook", web)["consultation-is-not-a-survey"]
    feed = fetch(f"{post['url']}feed/")
    titles = [title.text.strip() for title in feed.xml().iterfind("channel/item/title")]
    assert titles[0] == "By: seo expert services"
    assert "In reply to <a href=" in feed.text
    assert len(titles) == post["comments_declared"]


def test_posts_feed_is_paged_by_ten(web: dict[str, str]) -> None:
    base = web["valley_knowledge"]
    sizes = [
        len(fetch(f"{base}/feed/{query}").xml().findall("channel/item"))
        for query in ("", "?paged=2")
    ]
    assert sizes == [10, 3]
    assert fetch(f"{base}/feed/?paged=3").status == 404


def test_yoast_dates_are_utc(web: dict[str, str]) -> None:
    post = _posts("open_notebook", web)["a-year-of-saying-no"]
    tree = fetch(post["url"]).html()
    assert tree.xpath("//meta[@property='article:published_time']/@content") == [
        "2014-12-31T23:30:00+00:00"
    ]
    assert tree.xpath("//time/@datetime")[0] == "2015-01-01T00:30:00+01:00"


def test_shortlinks_and_missing_slashes_redirect(web: dict[str, str]) -> None:
    base = web["valley_knowledge"]
    for path in ("/?p=411", "/people-patience-practice"):
        answer = fetch(base + path)
        assert (answer.status, answer.headers["Location"]) == (
            301,
            f"{base}/people-patience-practice/",
        )
