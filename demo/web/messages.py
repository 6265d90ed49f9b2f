"""Requests and responses between the server and the sites, without any sockets."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from typing import Protocol
from urllib.parse import parse_qsl, unquote, urlsplit

HTML = "text/html; charset=UTF-8"
JSON = "application/json; charset=UTF-8"
RSS = "application/rss+xml; charset=UTF-8"
ATOM = "application/atom+xml; charset=UTF-8"
XML = "text/xml; charset=UTF-8"
TEXT = "text/plain; charset=utf-8"
PDF = "application/pdf"

# The smallest PNG there is (one pixel): every picture of the demo.
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b55"
    "0000000a49444154789c6360000000020001e221bc330000000049454e44ae426082"
)


@dataclass(frozen=True, slots=True)
class Request:
    """A GET or HEAD as a site sees it: decoded path and query."""

    path: str
    query: dict[str, str]
    headers: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, target: str, headers: dict[str, str] | None = None) -> Request:
        """Read a request target such as `/feed/?paged=2`. Of a repeated key the last value wins."""
        parts = urlsplit(target)
        query = dict(parse_qsl(parts.query, keep_blank_values=True))
        return cls(unquote(parts.path), query, headers or {})


@dataclass(frozen=True, slots=True)
class Response:
    """What a site answers. `last_modified` None: the page is not to be cached (errors)."""

    body: bytes
    content_type: str = HTML
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    last_modified: datetime | None = None

    @property
    def etag(self) -> str:
        return f'"{hashlib.sha256(self.body).hexdigest()[:16]}"'

    def is_known_to(self, request: Request) -> bool:
        """Whether the client already holds it: RFC 9110, 13.2.2 (If-None-Match goes first)."""
        if self.status != 200 or self.last_modified is None:
            return False
        tags = request.headers.get("if-none-match")
        if tags is not None:
            known = {tag.strip().removeprefix("W/") for tag in tags.split(",")}
            return "*" in known or self.etag in known
        since = request.headers.get("if-modified-since")
        if since is None:
            return False
        try:
            return self.last_modified.replace(microsecond=0) <= parsedate_to_datetime(since)
        except (TypeError, ValueError):
            return False

    def validators(self) -> tuple[tuple[str, str], ...]:
        """`ETag` and `Last-Modified`, where there are any."""
        if self.status != 200 or self.last_modified is None:
            return ()
        stamp = format_datetime(self.last_modified.astimezone(UTC), usegmt=True)
        return (("ETag", self.etag), ("Last-Modified", stamp))


class SiteApp(Protocol):
    """A site that answers requests."""

    def answer(self, request: Request) -> Response: ...


def page(html: str, status: int = 200, headers: tuple[tuple[str, str], ...] = ()) -> Response:
    """An HTML page."""
    return Response(html.encode(), HTML, status, headers)


def document(text: str, content_type: str) -> Response:
    """A text that is no HTML: feed, sitemap, robots.txt."""
    return Response(text.encode(), content_type)


def data(value: object, status: int = 200, headers: tuple[tuple[str, str], ...] = ()) -> Response:
    """A JSON answer, escaped as PHP and Blogger do: pure ASCII."""
    return Response(json.dumps(value).encode(), JSON, status, headers)


def redirect(location: str, status: int = 301) -> Response:
    """A redirect to `location`."""
    return Response(b"", HTML, status, (("Location", location),))
