"""WordPress's APIs: REST on a site of its own, and the public API of WordPress.com."""

from __future__ import annotations

import pytest

from demo.web import expected, serve
from tests.demo.client import fetch, rest_pages


def _ids(name: str) -> set[int]:
    return {post["id"] for post in expected(name)["posts"]}


def test_rest_gives_every_post_once(web: dict[str, str]) -> None:
    url = f"{web['valley_knowledge']}/wp-json/wp/v2/posts"
    found = [post["id"] for post in rest_pages(url, 5)]
    assert sorted(found) == sorted(_ids("valley_knowledge"))


def test_rest_counts(web: dict[str, str]) -> None:
    answer = fetch(f"{web['valley_knowledge']}/wp-json/wp/v2/posts?per_page=5&page=2")
    assert (answer.headers["X-WP-Total"], answer.headers["X-WP-TotalPages"]) == ("13", "3")
    links = answer.headers.get_all("Link") or []
    assert any('rel="next"' in link and "page=3" in link for link in links)
    assert any('rel="https://api.w.org/"' in link for link in links)


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("posts?per_page=101", "rest_invalid_param"),
        ("posts?per_page=0", "rest_invalid_param"),
        ("posts?page=99", "rest_post_invalid_page_number"),
        ("posts?after=yesterday", "rest_invalid_param"),
        ("posts/1", "rest_post_invalid_id"),
        ("dreams", "rest_no_route"),
    ],
)
def test_rest_errors(web: dict[str, str], query: str, code: str) -> None:
    answer = fetch(f"{web['valley_knowledge']}/wp-json/wp/v2/{query}")
    assert answer.status == (404 if code in ("rest_post_invalid_id", "rest_no_route") else 400)
    assert answer.json()["code"] == code


def test_comments_past_the_end_are_an_empty_list(web: dict[str, str]) -> None:
    answer = fetch(f"{web['valley_knowledge']}/wp-json/wp/v2/comments?page=9")
    assert (answer.status, answer.json()) == (200, [])


@pytest.mark.parametrize(
    ("query", "slugs"),
    [
        ("after=2021-01-01T00:00:00", {"counting-what-people-learn", "people-patience-practice"}),
        ("modified_after=2022-01-01T00:00:00Z", {"what-the-law-says"}),
        (
            "tags=22&categories=5&order=asc&before=2019-01-01T00:00:00",
            {"five-habits-of-a-good-meeting"},
        ),
        ("author=7&per_page=1&order=asc", {"notes-for-the-steering-group"}),
    ],
    ids=["after", "modified_after", "terms", "author"],
)
def test_rest_filters(web: dict[str, str], query: str, slugs: set[str]) -> None:
    posts = fetch(f"{web['valley_knowledge']}/wp-json/wp/v2/posts?{query}").json()
    assert {post["slug"] for post in posts} == slugs


def test_rest_dates_have_no_offset_and_gmt_is_utc(web: dict[str, str]) -> None:
    post = fetch(f"{web['valley_knowledge']}/wp-json/wp/v2/posts/327").json()
    assert post["date"] == "2019-07-30T16:10:00"
    assert post["date_gmt"] == "2019-07-30T15:10:00"


def test_embedded_objects_and_chosen_fields(web: dict[str, str]) -> None:
    url = f"{web['valley_knowledge']}/wp-json/wp/v2/posts/411"
    (author,) = fetch(f"{url}?_embed").json()["_embedded"]["author"]
    terms = fetch(f"{url}?_embed").json()["_embedded"]["wp:term"]
    assert author["name"] == "Carys Penhallow"
    assert [[term["name"] for term in group] for group in terms] == [
        ["Evidence &#038; measuring", "Practice"],
        ["Power"],
    ]
    assert set(fetch(f"{url}?_fields=id,link").json()) == {"id", "link"}


def test_a_protected_post_gives_nothing_away(web: dict[str, str]) -> None:
    base = web["valley_knowledge"]
    post = fetch(f"{base}/wp-json/wp/v2/posts/290").json()
    assert post["content"] == {"rendered": "", "protected": True}
    for path in ("/notes-for-the-steering-group/", "/feed/?paged=2", "/author/idris/"):
        assert "lift" not in fetch(base + path).text


def test_rest_comments_are_what_readers_may_see(web: dict[str, str]) -> None:
    url = f"{web['valley_knowledge']}/wp-json/wp/v2/comments?per_page=100"
    found = {one["id"]: one for one in fetch(url).json()}
    truth = {
        one["id"]: one["parent"] or 0
        for post in expected("valley_knowledge")["posts"]
        for one in post["comments"]
        if one["kind"] == "comment"
    }
    assert {number: one["parent"] for number, one in found.items()} == truth
    assert found[1211]["author"] == 7
    assert found[1210]["author"] == 0


@pytest.mark.parametrize(
    ("rest", "status", "kind"),
    [
        ("closed_404", 404, "text/html"),
        ("closed_401", 401, "application/json"),
        ("html_200", 200, "text/html"),
    ],
)
def test_rest_can_be_closed(rest: str, status: int, kind: str) -> None:
    with serve(["valley_knowledge"], settings={"valley_knowledge": {"rest": rest}}) as addresses:
        answer = fetch(f"{addresses['valley_knowledge']}/wp-json/wp/v2/posts")
    assert answer.status == status
    assert answer.headers["Content-Type"].startswith(kind)


def test_rest_can_leave_posts_and_headers_out() -> None:
    settings = {
        "valley_knowledge": {"rest": "no_total_pages", "rest_omits": ("who-holds-the-pen",)}
    }
    with serve(["valley_knowledge"], settings=settings) as addresses:
        base = addresses["valley_knowledge"]
        answer = fetch(f"{base}/wp-json/wp/v2/posts?per_page=100")
        sitemap = fetch(f"{base}/wp-sitemap-posts-post-1.xml").text
    assert "X-WP-TotalPages" not in answer.headers
    assert "who-holds-the-pen" not in {post["slug"] for post in answer.json()}
    assert "/who-holds-the-pen/" in sitemap


def test_users_can_be_closed() -> None:
    settings = {"valley_knowledge": {"rest_users": "closed"}}
    with serve(["valley_knowledge"], settings=settings) as addresses:
        answer = fetch(f"{addresses['valley_knowledge']}/wp-json/wp/v2/users")
    assert (answer.status, answer.json()["code"]) == (401, "rest_user_cannot_view")


def test_wordpress_com_announces_no_api(web: dict[str, str]) -> None:
    answer = fetch(f"{web['quarter_lab']}/2019/05/21/who-holds-the-key/")
    assert "api.w.org" not in answer.text + str(answer.headers)
    assert fetch(f"{web['quarter_lab']}/wp-json/wp/v2/posts").status == 404


@pytest.mark.parametrize("form", ["wp/v2", "rest/v1.1"])
def test_wordpress_com_api_gives_every_post(web: dict[str, str], form: str) -> None:
    url = f"{web['quarter_lab']}/{form}/sites/quarterlab.wordpress.example/posts"
    answer = fetch(url).json()
    posts = answer["posts"] if isinstance(answer, dict) else answer
    assert {post.get("ID", post.get("id")) for post in posts} == _ids("quarter_lab")


def test_wordpress_com_comments(web: dict[str, str]) -> None:
    url = f"{web['quarter_lab']}/rest/v1.1/sites/152330017/comments?number=5"
    pages = [fetch(f"{url}&page={number}").json() for number in (1, 2, 3)]
    found = {one["ID"]: one for page in pages for one in page["comments"]}
    truth = {
        one["id"]: one for post in expected("quarter_lab")["posts"] for one in post["comments"]
    }
    assert [page["found"] for page in pages] == [9, 9, 9]
    assert set(found) == set(truth)
    assert found[301]["parent"] is False
    assert found[304]["parent"]["ID"] == 303
    assert found[306]["type"] == "pingback"


def test_wordpress_com_knows_only_its_own_blogs(web: dict[str, str]) -> None:
    answer = fetch(f"{web['quarter_lab']}/rest/v1.1/sites/other.example/posts")
    assert (answer.status, answer.json()["error"]) == (404, "unknown_blog")
