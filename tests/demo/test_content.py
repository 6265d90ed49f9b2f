"""The content model and its ground truth."""

from __future__ import annotations

from collections import Counter

import pytest

from demo.web import expected, load_site, site_names
from demo.web.model import Post, Site
from demo.web.prose import cut_excerpt, plain_text, texturise_line

SITES = site_names()


def _entries(site: Site) -> list[Post]:
    return [*site.posts, *site.pages]


@pytest.mark.parametrize("name", SITES)
def test_ids_are_unique(name: str) -> None:
    site = load_site(name)
    posts = Counter(post.id for post in _entries(site))
    comments = Counter(comment.id for post in site.posts for comment in post.comments)
    assert max(posts.values()) == 1
    assert max(comments.values(), default=1) == 1


@pytest.mark.parametrize("name", SITES)
def test_parents_are_comments_of_the_same_post(name: str) -> None:
    for post in load_site(name).posts:
        ids = {comment.id for comment in post.comments}
        assert {comment.parent for comment in post.comments} <= ids | {None}


@pytest.mark.parametrize("name", SITES)
def test_authors_and_terms_are_declared(name: str) -> None:
    site = load_site(name)
    assert {post.author for post in _entries(site)} <= {author.slug for author in site.authors}
    if site.platform != "blogger":
        known = {term.slug for term in (*site.categories, *site.tags)}
        assert {slug for post in site.posts for slug in (*post.categories, *post.tags)} <= known


@pytest.mark.parametrize("name", SITES)
def test_posts_have_the_announced_volume(name: str) -> None:
    posts = expected(name)["posts"]
    fewest = 2 if load_site(name).platform == "prezi" else 6
    assert fewest <= len(posts) <= 14
    for post in posts:
        shown = post["is_protected"] or post["embeds"]
        assert shown or 80 <= len(post["words"]) <= 400, post["slug"]


def test_every_awkward_case_is_there() -> None:
    posts = [post for name in SITES for post in expected(name)["posts"]]
    comments = [comment for post in posts for comment in post["comments"]]
    assert any(post["is_signpost"] and post["target"] for post in posts)
    assert any(post["body_date"] == "(March 2020)" for post in posts)
    assert any(len(post["byline"]) == 4 for post in posts)
    assert any(post["title"] is None for post in posts)
    assert any(post["republished_from"] for post in posts)
    assert any(comment["kind"] == "pingback" for comment in comments)
    assert any(comment["is_orphan"] for comment in comments)
    assert any(comment["is_deleted"] for comment in comments)
    assert any(comment["parent"] != comment["shown_parent"] for comment in comments)
    assert {post["language"] for post in posts} == {"en", "cy"}
    files = [file for name in SITES for file in expected(name)["files"]]
    assert any(file["kind"] == "pdf" and file["links"] for file in files)


def test_three_comments_declared_two_shown_both_spam() -> None:
    posts = {post["slug"]: post for post in expected("week_blog")["posts"]}
    post = posts["can-a-city-be-run-differently-promise"]
    assert post["comments_declared"] == 3
    assert [comment["is_spam"] for comment in post["comments"]] == [True, True]


def test_addresses_of_other_sites_are_filled_in() -> None:
    addresses = {"valley_knowledge": "http://127.0.0.1:1", "quarter_lab": "http://127.0.0.1:2"}
    posts = {post["slug"]: post for post in expected("valley_knowledge", addresses)["posts"]}
    post = posts["walking-the-riverside"]
    assert post["url"] == "http://127.0.0.1:1/walking-the-riverside/"
    assert post["target"] == "http://127.0.0.1:2/2019/04/23/walking-the-riverside/"


def test_a_post_near_midnight_stands_under_its_local_date() -> None:
    posts = {post["slug"]: post for post in expected("open_notebook")["posts"]}
    post = posts["a-year-of-saying-no"]
    assert (post["published"].year, "/2015/01/" in post["url"]) == (2014, True)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>one</p><p>two</p>", "one two"),
        ("<b>on</b>e <i>two</i>", "one two"),
        ("a<br />b &amp; c", "a b & c"),
    ],
    ids=["blocks part words", "inline tags do not", "breaks and entities"],
)
def test_plain_text(html: str, text: str) -> None:
    assert plain_text(html) == text


@pytest.mark.parametrize(("count", "is_cut"), [(55, False), (56, True)], ids=["fits", "cut"])
def test_an_excerpt_is_cut_after_55_words(count: int, is_cut: bool) -> None:
    text, was_cut = cut_excerpt("word " * count)
    assert (len(text.split()), was_cut) == (55, is_cut)


def test_titles_are_sent_with_numeric_entities() -> None:
    assert (
        texturise_line("Lists & “quotes” – more")
        == "Lists &#038; &#8220;quotes&#8221; &#8211; more"
    )
