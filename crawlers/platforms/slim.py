"""Make of a response something whose links can be followed in a bounded time.

A selector with two steps ("main a") takes as long as there are pairs of what its steps match. So a
tree is made only of pages with as many tags as pages have, nested no deeper than pages are. Of any
other page only the tags that a crawl looks at are kept, without what they stood in.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import islice

from scrapy.http import HtmlResponse, Response

from cleaning.text import without_unseen
from crawlers.outcome import TOO_HEAVY, TOO_LONG
from crawlers.platforms.page import depths
from crawlers.turns import Found, TooMuchWorkError, in_time

MOST_BYTES = 16 * 1024 * 1024
"""Of a body that is looked at. Of a longer page the first part is; a longer list is left unread."""
MOST_MARKS = 1_000_000
"""Objects and lists of JSON, or tags of XML, that are read at once."""
MOST_TAGS, MOST_DEPTH = 40_000, 250
"""Of a page that becomes a tree as it is; browsers nest no deeper than 512."""
MOST_LINKS = 10_000
"""Links of one page that are followed; no honest page has more."""
MOST_OTHERS = 2_000
OPENED = re.compile(
    r"<(/?)(?!(?:p|li|d[dt]|t[rdh]|tbody|option|br|img|input|hr|meta|link|source|wbr|area|col|path"
    r"|circle|rect|line|use|base|param)\b)[a-z]",
    re.IGNORECASE,
)
"""Tags of any name that stay open until they are closed, also those that no page should have."""
LINK = re.compile(r"<(?:a|area)\s[^<>]{1,3000}>[^<]{0,200}", re.IGNORECASE)
OTHER = re.compile(r"<(?:html|body|base|meta|link|option)\b[^<>]{0,3000}>", re.IGNORECASE)


def followed(
    response: Response,
    follow: Callable[[Response], Iterator[Found]],
    seconds: float,
    leave_out: Callable[[str], None],
) -> Iterator[Found]:
    """What a page leads to, as far as that can be told in so many seconds for each request.

    `leave_out` is told why something was left out.
    """
    try:
        page, is_whole = slim(response)
        if not is_whole:
            leave_out(TOO_LONG)
        if page is not None:
            yield from in_time(follow(page), seconds)
    except TooMuchWorkError:
        leave_out(TOO_HEAVY)


def slim(response: Response) -> tuple[Response | None, bool]:
    """(what of a response is to be followed, whether that is all of it).

    None stands for a list that is too long to be read, for half of one cannot be.
    """
    body = response.body
    if not isinstance(response, HtmlResponse):
        marks = sum(map(body.count, (b"<", b"[", b"{")))
        is_readable = len(body) <= MOST_BYTES and marks <= MOST_MARKS
        return (response if is_readable else None), is_readable
    is_whole = len(body) <= MOST_BYTES
    page = response if is_whole else response.replace(body=body[:MOST_BYTES])
    tags = page.body.count(b"<")
    deepest = max(depths(page.text, OPENED), default=0) if MOST_DEPTH < tags <= MOST_TAGS else 0
    if tags <= MOST_TAGS and deepest <= MOST_DEPTH:
        return page, is_whole
    text, has_all = skeleton(page.text)
    encoding = page.encoding
    return page.replace(body=text.encode(encoding, "xmlcharrefreplace")), is_whole and has_all


def skeleton(text: str) -> tuple[str, bool]:
    """(head, body's own tag and the links of a page; whether these are all of its links)."""
    seen = without_unseen(text)
    links = list(islice(_once(LINK, seen), MOST_LINKS + 1))
    others = "".join(islice(_once(OTHER, seen), MOST_OTHERS))
    return others + "</a>".join(links[:MOST_LINKS]) + "</a>", len(links) <= MOST_LINKS


def _once(pattern: re.Pattern[str], text: str) -> Iterator[str]:
    found: set[str] = set()
    for match in pattern.finditer(text):
        if match[0] not in found:
            found.add(match[0])
            yield match[0]
