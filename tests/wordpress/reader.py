"""Reads the test WordPress over HTTP, for the tests of the test bed itself."""

from __future__ import annotations

import html
import http.client
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from .site import RealWordPress

NO_HEADERS: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP response; `text` is its body."""

    status: int
    headers: http.client.HTTPMessage
    text: str

    @property
    def json(self) -> Any:
        """The body read as JSON."""
        return json.loads(self.text)


def fetch(site: RealWordPress, address: str, headers: Mapping[str, str] = NO_HEADERS) -> Answer:
    """What the site answers to a path or to one of its full addresses; redirects are answers."""
    connection = http.client.HTTPConnection(urlsplit(site.base_url).netloc, timeout=30)
    connection.request("GET", address.removeprefix(site.base_url), headers=dict(headers))
    response = connection.getresponse()
    answer = Answer(response.status, response.headers, response.read().decode("utf-8"))
    connection.close()
    return answer


def fetch_all(site: RealWordPress, kind: str) -> Iterator[dict[str, Any]]:
    """Every object of one kind ("posts", "comments" …) in the REST API."""
    number = pages = 1
    while number <= pages:
        answer = fetch(site, f"/wp-json/wp/v2/{kind}?per_page=100&page={number}")
        assert answer.status == 200
        pages = int(answer.headers["X-WP-TotalPages"])
        yield from answer.json
        number += 1


def as_text(markup: str) -> str:
    """Markup as the words of a reader, with one blank between them."""
    within_a_line = re.sub(r"</?(a|em|strong|span|code)\b[^>]*>", "", markup)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", within_a_line)).split())


def comment_ids(page: str) -> list[int]:
    """The ids of the comments and pingbacks of a page, in the order of their list items."""
    return [int(number) for number in re.findall(r'<li id="comment-(\d+)"', page)]
