"""Which addresses belong to a WordPress site, also where it shares its host with others."""

from __future__ import annotations

import pytest

from crawlers.platforms.wordpress.links import is_page

OWN_HOST = "https://blog.example/"
FOLDER = "https://blogs.example/together/"


@pytest.mark.parametrize(
    ("url", "root", "is_own"),
    [
        ("https://blog.example/", OWN_HOST, True),
        ("https://blog.example", OWN_HOST, True),
        ("http://www.blog.example/a-post/", OWN_HOST, True),
        ("https://other.example/a-post/", OWN_HOST, False),
        ("https://blog.example/a-post/feed/", OWN_HOST, False),
        ("https://blogs.example/together/", FOLDER, True),
        ("https://blogs.example/together", FOLDER, True),
        ("https://blogs.example/together/2020/01/a-post/", FOLDER, True),
        ("https://blogs.example/together/?p=7", FOLDER, True),
        ("https://blogs.example/together/wp-json/wp/v2/posts", FOLDER, False),
        ("https://blogs.example/", FOLDER, False),
        ("https://blogs.example/together-archive/a-post/", FOLDER, False),
        ("https://blogs.example/another/together/", FOLDER, False),
    ],
)
def test_a_page_is_one_of_the_site(url: str, root: str, *, is_own: bool) -> None:
    assert is_page(url, root) is is_own
