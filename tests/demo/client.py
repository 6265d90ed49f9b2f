"""A client for the tests of the demo web: one request, no redirects, no cache."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPMessage
from typing import Any
from urllib.parse import urlsplit

from lxml import etree, html


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    url: str
    status: int
    headers: HTTPMessage
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    def json(self) -> Any:
        return json.loads(self.body)

    def html(self) -> Any:
        return html.fromstring(self.text, base_url=self.url)

    def xml(self) -> Any:
        return etree.fromstring(self.body)


def fetch(url: str, headers: dict[str, str] | None = None, method: str = "GET") -> Answer:
    """Request `url` once."""
    parts = urlsplit(url)
    connection = HTTPConnection(parts.netloc, timeout=10)
    target = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
    connection.request(method, target, headers=headers or {})
    response = connection.getresponse()
    answer = Answer(url, response.status, response.headers, response.read())
    connection.close()
    return answer


def rest_pages(url: str, per_page: int) -> Iterator[Any]:
    """All items of a REST collection, page by page until the API says that there are no more."""
    number = 1
    while True:
        answer = fetch(f"{url}?per_page={per_page}&page={number}")
        if answer.status != 200:
            assert answer.json()["code"] == "rest_post_invalid_page_number"
            return
        yield from answer.json()
        number += 1
