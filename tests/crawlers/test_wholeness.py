"""A body tells by itself whether it came whole."""

from __future__ import annotations

import gzip

import pytest
from scrapy.http import HtmlResponse, Request

from crawlers.wholeness import CUT, MISANNOUNCED, is_whole, settle

PAGE = b"<!doctype html><html><body><p>All of it.</p></body></html>"
FEED = b'<?xml version="1.0"?><rss version="2.0"><channel><title>A</title></channel></rss>'
BODIES: dict[str, tuple[bytes, bool]] = {
    "a page": (PAGE, True),
    "a page in capitals": (PAGE.upper(), True),
    "a page and what its cache says behind it": (
        PAGE + b"\n<!-- cached -->\n<!-- 12 ms -->\n",
        True,
    ),
    "a page that ends with its body": (PAGE.removesuffix(b"</html>"), True),
    "a page with a blank in its last tag": (PAGE.replace(b"</html>", b"</html >"), True),
    "a page that is cut in its last tag": (PAGE[:-3], False),
    "a page that is cut in its text": (PAGE[:40], False),
    "a page that is cut in a comment": (PAGE + b"<!-- cac", False),
    "a page without end tags": (b"<!doctype html><title>A</title><p>All of it.", False),
    "a feed": (FEED, True),
    "a feed that is cut": (FEED[:-6], False),
    "a sitemap with a prefix": (b"<s:urlset xmlns:s='a'><s:url/></s:urlset>", True),
    "JSON": (b'{"posts": [{"id": 1}]}', True),
    "JSON with a mark": (b'\xef\xbb\xbf[{"id": 1}]', True),
    "JSON that is cut": (b'[{"id": 1}, {"id": 2}', False),
    "JSON that is cut where an object ends": (b'{"posts": [{"id": 1}', False),
    "gzip": (gzip.compress(PAGE), True),
    "gzip that is cut": (gzip.compress(PAGE)[:-5], False),
    "gzip that is damaged": (gzip.compress(PAGE * 50)[:20] + b"\x00" * 40, False),
    "a PDF": (b"%PDF-1.4\n1 0 obj\nendobj\ntrailer\n%%EOF\n", True),
    "a PDF that is cut": (b"%PDF-1.4\n1 0 obj\nendobj\n", False),
    "plain text": (b"User-agent: *\nDisallow: /private\n", False),
    "nothing": (b"", False),
}


@pytest.mark.parametrize(("body", "expected"), BODIES.values(), ids=BODIES)
def test_is_whole(body: bytes, expected: bool) -> None:
    assert is_whole(body) is expected


def test_the_same_bytes_again_are_what_the_server_has() -> None:
    request = Request("https://mill.example/")

    def flags(body: bytes) -> list[str]:
        return settle(request, HtmlResponse(request.url, body=body, flags=[CUT])).flags

    assert flags(b"<p>Half of") == [CUT]
    assert flags(b"<p>Half of it and") == [CUT], "that time more of it came"
    assert flags(b"<p>Half of it and") == [MISANNOUNCED]
    assert flags(b"") == [CUT]
    assert flags(b"") == [CUT], "nothing is nothing, however often it comes"


def test_of_robots_rules_none_is_believed_that_was_cut() -> None:
    request = Request("https://mill.example/robots.txt", meta={"robots_of": "mill.example"})
    response = HtmlResponse(request.url, body=PAGE, flags=[CUT])
    assert settle(request, settle(request, response)).flags == [CUT]
