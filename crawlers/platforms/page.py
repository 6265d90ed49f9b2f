"""What can be wrong with a response before any platform looks at it."""

from __future__ import annotations

import codecs
import re
from typing import Any

from scrapy.http import Response, TextResponse
from w3lib.encoding import http_content_type_encoding

from cleaning.page import Page, read_page_model
from cleaning.safe import load_json
from crawlers import reasons

Problem = tuple[str, str | None]
"""A reason of `crawlers.reasons`, and details."""

MAGIC = {b"%PDF-": "PDF", b"\x89PNG": "PNG", b"\xff\xd8\xff": "JPEG", b"PK\x03\x04": "ZIP"}
PDF_MARK = b"%PDF-"
MARK_WITHIN = 1024
"""Bytes: readers look for the mark that far, for servers put blanks and warnings before it."""
DEEPEST = 2000
"""Levels; libxml2 drops without a word what is nested below 2,048, and no page of people's is."""
NESTING = re.compile(
    r"<(/?)(?:div|span|section|article|main|blockquote|ul|ol|table|font|center|b|i|em|strong|u)\b",
    re.IGNORECASE,
)
"""Tags that stay open until they are closed; a paragraph, say, ends where the next one begins."""
REPLACEMENT = "\ufffd"
MAX_REPLACED_SHARE = 0.001
"""More undecodable characters than this, and the page is in another encoding than it says: a few
stray bytes in a long page are common and harmless."""


def model_of(response: Response) -> Page:
    """The page of a response as its bytes have it."""
    header = response.headers.get("Content-Type")
    charset = http_content_type_encoding(header.decode("latin-1")) if header else None
    return read_page_model(response.body, response.url, charset)


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
    depth = depth_of(text)
    if depth > DEEPEST:
        return reasons.TOO_DEEP, f"{depth:,} levels"
    return encoding_problem(response)


def depth_of(text: str) -> int:
    """How deep elements are nested, roughly; 0 for a page with too few tags to be deep."""
    if text.count("<") <= DEEPEST:
        return 0
    depth = deepest = 0
    for tag in NESTING.finditer(text):
        depth = max(0, depth - 1) if tag[1] else depth + 1
        deepest = max(deepest, depth)
    return deepest


def encoding_problem(response: TextResponse) -> Problem | None:
    replaced = response.text.count(REPLACEMENT)
    if replaced > max(2, MAX_REPLACED_SHARE * len(response.text)):
        return reasons.WRONG_ENCODING, f"{replaced} characters are not {response.encoding}"
    return None


def is_pdf(response: Response) -> bool:
    """Whether the bytes are those of a PDF; a suffix or a Content-Type is only a claim."""
    return PDF_MARK in response.body[:MARK_WITHIN]


def pdf_problem(response: Response) -> Problem | None:
    """Why this response is no whole PDF, or None if it is one."""
    problem = bytes_problem(response)
    if problem or is_pdf(response):
        return problem
    return reasons.NOT_A_PDF, f"Content-Type {_content_type(response)}"


def bytes_problem(response: Response) -> Problem | None:
    """Why this response has no whole body, or None if it has one."""
    body = response.body
    if "dataloss" in response.flags:
        return reasons.CUT_OFF, f"the body ended after {len(body)} bytes, before its announced end"
    return None if body.strip() else (reasons.EMPTY_PAGE, None)


def _content_type(response: Response) -> str:
    return (response.headers.get("Content-Type") or b"").decode("latin-1") or "missing"


def body_problem(response: Response) -> Problem | None:
    """Why this response has no whole text body, or None if it has one."""
    problem = bytes_problem(response)
    if problem:
        return problem
    body = response.body
    for magic, name in MAGIC.items():
        if body.startswith(magic):
            return reasons.NOT_HTML, f"the bytes are {name}"
    if not isinstance(response, TextResponse):
        return reasons.NOT_HTML, f"Content-Type {_content_type(response)}"
    return None


def read_json(response: Response) -> tuple[Any, Problem | None]:
    """The JSON value of a response, or why there is none."""
    problem = body_problem(response)
    if problem:
        reason, details = problem
        return None, (reasons.NOT_JSON if reason == reasons.NOT_HTML else reason, details)
    try:
        # RFC 8259: JSON is UTF-8, whatever the header says; some plugins print a BOM before it.
        return load_json(response.body.removeprefix(codecs.BOM_UTF8)), None
    except UnicodeDecodeError as error:
        return None, (reasons.WRONG_ENCODING, str(error)[:300])
    except (ValueError, RecursionError) as error:
        cut = response.body.lstrip()[:1] in (b"[", b"{")
        return None, (reasons.CUT_OFF if cut else reasons.NOT_JSON, str(error))
