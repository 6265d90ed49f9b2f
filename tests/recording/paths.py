"""Other paths for a demo's site, as a recipe's `[paths]` gives them."""

from __future__ import annotations

import gzip
import re
from collections.abc import Mapping
from typing import Final

Paths = Mapping[str, str]
"""How paths of the demo's site begin, and how they do in the recording; "/" is the front page."""

FRONT: Final = "/"
GZIP: Final = b"\x1f\x8b"
TO_FRONT: Final = re.compile(rb'(href="(?:https?://[^/"]+)?)/"')


def demo_path(path: str, paths: Paths) -> str:
    """The demo's path of a recorded one.

    >>> demo_path("/news/a/", {"/stories/": "/news/"})
    '/stories/a/'
    """
    for demo, real in paths.items():
        if path == real:
            return demo
        if demo != FRONT and path.startswith(real):
            return demo + path.removeprefix(real)
    return path


def recorded_url(url: str, paths: Paths) -> str:
    """The address in the recording of one of the demo's site.

    >>> recorded_url("https://a.example/stories/a/", {"/stories/": "/news/"})
    'https://a.example/news/a/'
    """
    for demo, real in paths.items():
        if demo != FRONT:
            url = url.replace(demo, real)
    return url


def recorded_body(body: bytes, paths: Paths) -> bytes:
    """A page, feed or sitemap with the addresses that it has in the recording."""
    if not paths:
        return body
    if body.startswith(GZIP):
        # No time in the header, so that a recording can be repeated.
        return gzip.compress(recorded_body(gzip.decompress(body), paths), mtime=0)
    if FRONT in paths:
        body = TO_FRONT.sub(rb"\1" + paths[FRONT].encode() + b'"', body)
    return recorded_url(body.decode("latin-1"), paths).encode("latin-1")
