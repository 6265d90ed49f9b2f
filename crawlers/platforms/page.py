"""What can be wrong with a response before any platform looks at it."""

from __future__ import annotations

import codecs
import json
import re
from typing import Any

from scrapy.http import Response, TextResponse

from crawlers import reasons

Problem = tuple[str, str | None]
"""A reason of `crawlers.reasons`, and details."""

MAGIC = {b"%PDF-": "PDF", b"\x89PNG": "PNG", b"\xff\xd8\xff": "JPEG", b"PK\x03\x04": "ZIP"}
REPLACEMENT = "\ufffd"
MAX_REPLACED_SHARE = 0.001
"""More undecodable characters than this, and the page is in another encoding than it says: a few
stray bytes in a long page are common and harmless."""


def html_problem(response: Response) -> Problem | None:
    """Why this response cannot be read as a whole HTML page, or None if it can.

    WordPress and Blogger themes always write the end tags, so their absence means a cut.
    """
    problem = body_problem(response)
    if problem:
        return problem
    assert isinstance(response, TextResponse)
    text = response.text
    head = text[:2000].lstrip().lower()
    if head[:1] in {"{", "["} or not re.search(r"<(!doctype|html|head|body|div|p|article)\b", head):
        return reasons.NOT_HTML, "no HTML tags at its beginning"
    tail = text[-20_000:].lower()
    if "</html" not in tail and "</body" not in tail and "<html" in text[:20_000].lower():
        return reasons.CUT_OFF, "no end tag"
    return encoding_problem(response)


def encoding_problem(response: TextResponse) -> Problem | None:
    replaced = response.text.count(REPLACEMENT)
    if replaced > max(2, MAX_REPLACED_SHARE * len(response.text)):
        return reasons.WRONG_ENCODING, f"{replaced} characters are not {response.encoding}"
    return None


def body_problem(response: Response) -> Problem | None:
    """Why this response has no whole text body, or None if it has one."""
    body = response.body
    if "dataloss" in response.flags:
        return reasons.CUT_OFF, f"the body ended after {len(body)} bytes, before its announced end"
    if not body.strip():
        return reasons.EMPTY_PAGE, None
    for magic, name in MAGIC.items():
        if body.startswith(magic):
            return reasons.NOT_HTML, f"the bytes are {name}"
    if not isinstance(response, TextResponse):
        kind = (response.headers.get("Content-Type") or b"").decode("latin-1")
        return reasons.NOT_HTML, f"Content-Type {kind or 'missing'}"
    return None


def read_json(response: Response) -> tuple[Any, Problem | None]:
    """The JSON value of a response, or why there is none."""
    problem = body_problem(response)
    if problem:
        reason, details = problem
        return None, (reasons.NOT_JSON if reason == reasons.NOT_HTML else reason, details)
    try:
        # RFC 8259: JSON is UTF-8, whatever the header says; some plugins print a BOM before it.
        return json.loads(response.body.removeprefix(codecs.BOM_UTF8)), None
    except ValueError as error:
        cut = response.body.lstrip()[:1] in (b"[", b"{")
        return None, (reasons.CUT_OFF if cut else reasons.NOT_JSON, str(error))
