from __future__ import annotations

import pytest

from cleaning.urls import host_of, page_key, site_of, without_www

# Address: host, site.
ADDRESSES = {
    "https://www.Example.org/a": ("example.org", "example.org"),
    "HTTPS://WWW.EXAMPLE.ORG/": ("example.org", "example.org"),
    "//Example.org": ("example.org", "example.org"),
    "https://example.org:8080/": ("example.org", "example.org:8080"),
    "https://example.org:443/": ("example.org", "example.org"),
    "http://example.org:80": ("example.org", "example.org"),
    "http://example.org:443/": ("example.org", "example.org:443"),
    "https://me:key@www.example.org:444/": ("example.org", "example.org:444"),
    "https://www2.example.org/": ("www2.example.org", "www2.example.org"),
    "https://www.www.example.org/": ("www.example.org", "www.example.org"),
    "http://[::1]:8000/": ("::1", "[::1]:8000"),
    "https://Bücher.example/": ("bücher.example", "bücher.example"),
    "https://xn--bcher-kva.example/": ("xn--bcher-kva.example", "xn--bcher-kva.example"),
    "mailto:me@www.example.org": ("", ""),
    "/a/b": ("", ""),
    "http://[": ("", ""),
    "": ("", ""),
}


@pytest.mark.parametrize("url", ADDRESSES)
def test_hosts_are_told_without_what_differs_between_forms(url: str) -> None:
    assert (host_of(url), site_of(url)) == ADDRESSES[url]


@pytest.mark.parametrize("host", ["Example.org", "WWW.example.org", "www.EXAMPLE.ORG"])
def test_hosts_are_in_lower_case(host: str) -> None:
    assert without_www(host) == "example.org"


SAME = [
    ("http://example.org/a", "https://www.Example.org:443/a/#top"),
    ("https://example.org", "https://me@example.org/"),
]
OTHER = [
    ("https://example.org/a", "https://example.org/A"),
    ("https://example.org/a", "https://example.org/a?b=1"),
    ("https://example.org/a", "https://example.org:8080/a"),
    ("https://example.org/a", "https://blog.example.org/a"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_forms_of_one_page_have_one_key(one: str, other: str) -> None:
    assert page_key(one) == page_key(other)


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_two_pages_have_two_keys(one: str, other: str) -> None:
    assert page_key(one) != page_key(other)
