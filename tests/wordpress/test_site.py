"""The real WordPress holds what its truth says, and answers as the crawler expects WordPress to."""

from __future__ import annotations

import re

import pytest
from parsel import Selector

from .reader import as_text, comment_ids, fetch, fetch_all
from .site import BLOCK_THEME, CLASSIC_THEME, RealWordPress
from .truth import read_gmt


def test_rest_counts_every_published_post(wordpress: RealWordPress) -> None:
    answer = fetch(wordpress, "/wp-json/wp/v2/posts?per_page=100")
    published = wordpress.truth.published_posts
    assert answer.headers["X-WP-Total"] == str(len(published))
    assert answer.headers["X-WP-TotalPages"] == "2"
    assert "protected" in {post.key for post in published}


def test_rest_past_the_end_is_refused(wordpress: RealWordPress) -> None:
    answer = fetch(wordpress, "/wp-json/wp/v2/posts?per_page=100&page=3")
    assert (answer.status, answer.json["code"]) == (400, "rest_post_invalid_page_number")


@pytest.mark.parametrize("kind", ["posts", "pages"])
def test_rest_has_the_titles_and_times_of_the_truth(wordpress: RealWordPress, kind: str) -> None:
    truth = wordpress.truth.published_posts if kind == "posts" else wordpress.truth.pages
    expected = {
        post.id: (post.url, post.title, post.published_utc)
        for post in truth
        if post.status == "publish"
    }
    found = {
        item["id"]: (
            item["link"],
            as_text(item["title"]["rendered"]),
            read_gmt(item["date_gmt"].replace("T", " ")),
        )
        for item in fetch_all(wordpress, kind)
    }
    assert found == expected


def test_rest_has_the_authors_and_terms_of_the_truth(wordpress: RealWordPress) -> None:
    names = {
        item["id"]: item["name"]
        for kind in ("categories", "tags")
        for item in fetch_all(wordpress, kind)
    }
    found = {
        item["id"]: (
            item["author"],
            {names[term] for term in item["categories"]},
            {names[term] for term in item["tags"]},
        )
        for item in fetch_all(wordpress, "posts")
    }
    truth = wordpress.truth
    assert found == {
        post.id: (truth.author(post.author).id, set(post.categories), set(post.tags))
        for post in truth.published_posts
    }


def test_phrases_stand_in_the_body_in_their_order(wordpress: RealWordPress) -> None:
    bodies = {
        item["id"]: as_text(item["content"]["rendered"]) for item in fetch_all(wordpress, "posts")
    }
    for post in wordpress.truth.public_posts:
        position = 0
        for phrase in post.phrases:
            position = bodies[post.id].find(" ".join(phrase.split()), position)
            assert position >= 0, (post.key, phrase)


def test_rest_comments_are_the_public_ones_without_pingbacks(wordpress: RealWordPress) -> None:
    found = {
        item["id"]: (
            item["post"],
            item["parent"],
            item["author_name"],
            read_gmt(item["date_gmt"].replace("T", " ")),
        )
        for item in fetch_all(wordpress, "comments")
    }
    assert found == {
        comment.id: (comment.post_id, comment.parent_id, comment.author, comment.published)
        for comment in wordpress.truth.public_comments
        if comment.kind == "comment"
    }


@pytest.mark.parametrize("theme", [BLOCK_THEME, CLASSIC_THEME])
def test_html_shows_comments_and_pingbacks(changing_wordpress: RealWordPress, theme: str) -> None:
    changing_wordpress.use_theme(theme)
    for key in ("conversation", "about"):
        page = fetch(changing_wordpress, changing_wordpress.truth.post(key).url).text
        expected = {comment.id for comment in changing_wordpress.truth.comments_of(key)}
        assert set(comment_ids(page)) == expected


@pytest.mark.parametrize("theme", [BLOCK_THEME, CLASSIC_THEME])
def test_html_flattens_the_fourth_level(changing_wordpress: RealWordPress, theme: str) -> None:
    changing_wordpress.use_theme(theme)
    truth = changing_wordpress.truth
    ids = {comment.key: comment.id for comment in truth.comments}
    page = Selector(fetch(changing_wordpress, truth.post("conversation").url).text)
    parents = {
        key: page.xpath(f'//li[@id="comment-{ids[key]}"]/ancestor::li[1]/@id').get()
        for key in ("root", "reply", "third", "fourth")
    }
    root, reply = f"comment-{ids['root']}", f"comment-{ids['reply']}"
    assert parents == {"root": None, "reply": root, "third": reply, "fourth": reply}


def test_comments_are_paged_with_the_newest_page_first(wordpress: RealWordPress) -> None:
    post = wordpress.truth.post("much-discussed")
    ids = [comment.id for comment in wordpress.truth.comments_of(post.key)]
    pages = [comment_ids(fetch(wordpress, f"{post.url}comment-page-{n}/").text) for n in (1, 2, 3)]
    assert pages == [ids[:50], ids[50:], []]
    assert comment_ids(fetch(wordpress, post.url).text) == ids[50:]


def test_canonical_of_a_paged_discussion_is_not_the_permalink(wordpress: RealWordPress) -> None:
    url = wordpress.truth.post("much-discussed").url
    page = Selector(fetch(wordpress, url).text)
    assert page.css("link[rel=canonical]::attr(href)").get() == f"{url}comment-page-2/#comments"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/draft/", 404),
        ("/private/", 404),
        ("/rota/", 404),
        ("/no-such-post/", 404),
        ("/page/99/", 404),
        ("/people/", 301),
        ("/conversation", 301),
        ("/about/people/", 200),
        ("/category/newyddion/", 200),
        ("/tag/aberaeron/", 200),
        ("/author/gwen/page/2/", 200),
        ("/two-pages/2/", 200),
        ("/wp-includes/css/classic-themes.min.css", 200),
    ],
)
def test_addresses(wordpress: RealWordPress, path: str, status: int) -> None:
    assert fetch(wordpress, path).status == status


def test_a_reader_never_sees_what_is_hidden(wordpress: RealWordPress) -> None:
    truth = wordpress.truth
    posts = (*truth.posts, *truth.pages)
    special = [post for post in posts if post.author == "noreen" or post.key == "protected"]
    # Feeds of published posts only: this WordPress tells the comments of a private one to whoever
    # guesses the address of its feed, which nothing links to.
    feeds = [f"{post.url}feed/" for post in special if post.status == "publish"]
    lists = ["/", "/feed/", "/comments/feed/", "/author/noreen/", "/author/noreen/feed/"]
    rest = [f"/wp-json/wp/v2/{kind}?per_page=100&_embed" for kind in ("posts", "pages", "comments")]
    addresses = (*(post.url for post in special), *feeds, *lists, *rest)
    seen = "\n".join(as_text(fetch(wordpress, address).text) for address in addresses)
    assert len(truth.hidden_phrases) >= 8
    assert [phrase for phrase in truth.hidden_phrases if phrase in seen] == []


def test_a_protected_post_is_empty_in_rest_and_a_form_in_html(wordpress: RealWordPress) -> None:
    post = wordpress.truth.post("protected")
    content = fetch(wordpress, f"/wp-json/wp/v2/posts/{post.id}").json["content"]
    page = Selector(fetch(wordpress, post.url).text)
    assert content == {"rendered": "", "protected": True}
    assert page.css("form.post-password-form")
    assert page.css("h1::text").get() == f"Protected: {post.title}"


def test_the_sitemap_lists_every_published_post(wordpress: RealWordPress) -> None:
    robots = fetch(wordpress, "/robots.txt").text
    index = fetch(wordpress, "/wp-sitemap.xml")
    posts = fetch(wordpress, "/wp-sitemap-posts-post-1.xml").text
    assert f"Sitemap: {wordpress.base_url}/wp-sitemap.xml" in robots
    assert f"<loc>{wordpress.base_url}/wp-sitemap-posts-post-1.xml</loc>" in index.text
    assert set(re.findall(r"<loc>(.*?)</loc>", posts)) == {
        post.url for post in wordpress.truth.published_posts
    }


def test_a_feed_that_did_not_change_is_not_sent_again(wordpress: RealWordPress) -> None:
    first = fetch(wordpress, "/feed/")
    validators = {
        "If-None-Match": first.headers["ETag"],
        "If-Modified-Since": first.headers["Last-Modified"],
    }
    again = fetch(wordpress, "/feed/", validators)
    assert (first.status, again.status, again.text) == (200, 304, "")


def test_a_long_excerpt_is_cut_and_a_manual_one_is_not(wordpress: RealWordPress) -> None:
    excerpts = {
        item["slug"]: as_text(item["excerpt"]["rendered"]) for item in fetch_all(wordpress, "posts")
    }
    assert excerpts["listening-is-work"].endswith("[…]")
    assert excerpts["manual-excerpt"] == "A summary by hand."
    assert excerpts["read-more"] == "The first half stands in the list."


def test_the_sticky_post_stands_first(wordpress: RealWordPress) -> None:
    page = Selector(fetch(wordpress, "/").text)
    first = page.css(".wp-block-post-title a::attr(href)").get()
    assert first == wordpress.truth.post("sticky").url
