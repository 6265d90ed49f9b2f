"""What can be wrong with a response before any platform looks at it."""

from __future__ import annotations

import codecs
import re
from collections import deque
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from scrapy.http import HtmlResponse, Response, TextResponse

from cleaning.page import Page, read_page_model
from cleaning.page.encoding import decode_html, is_surely_unicode
from cleaning.safe import load_json
from crawlers import reasons
from crawlers.wholeness import CUT, PDF

Problem = tuple[str, str | None]
"""A reason of `crawlers.reasons`, and details."""

MAGIC = {PDF: "PDF", b"\x89PNG": "PNG", b"\xff\xd8\xff": "JPEG", b"PK\x03\x04": "ZIP"}
MARK_WITHIN = 1024
"""Bytes: readers look for the mark that far, for servers put blanks and warnings before it."""
DEEPEST = 2000
"""Levels; libxml2 drops without a word what is nested below 2,048, and no page of people's is."""
NESTING = re.compile(
    r"<(/?)(?:div|span|section|article|main|blockquote|ul|ol|table|font|center|b|i|em|strong|u)\b",
    re.IGNORECASE,
)
"""Tags that stay open until they are closed; a paragraph, say, ends where the next one begins."""
HTML_TAGS = re.compile(r"<(?:!doctype|html|head|body|div|p|article)\b", re.IGNORECASE)
PAGE_TAGS = re.compile(r"<(?:!doctype\s++html|html|head|body)\b", re.IGNORECASE)
PAGE_START = re.compile(rb"<(?:!doctype\s++html|html)\b", re.IGNORECASE)
OPENING_AT_END = re.compile(r"<(?!br|hr|img|input)[a-z][^<>]*+>\s*+\Z", re.IGNORECASE)
SNIFFED = 1 << 16
"""Characters, or bytes, at the beginning of a page in which its first tag stands."""
CHARSET = re.compile(r"charset\s*+=\s*+[\"']?([\w.:-]++)", re.IGNORECASE)
REPLACEMENT = "\ufffd"
MAX_REPLACED_SHARE = 0.001
"""More undecodable characters than this, and the page is in another encoding than it says: a few
stray bytes in a long page are common and harmless."""


def model_of(response: Response) -> Page:
    """The page of a response as its bytes have it."""
    return read_page_model(_text_of(response), response.url)


@lru_cache(maxsize=1)  # who asks what is wrong with a page reads it next
def _text_of(response: Response) -> str:
    return decode_html(response.body, _charset(response))


def _charset(response: Response) -> str | None:
    """What the header names as the character encoding, known or not."""
    found = CHARSET.search(_content_type(response))
    return found[1] if found else None


def as_html(response: Response) -> Response:
    """The response as HTML where its bytes are a whole page under another type of content.

    A page under the type of plain text is not shown as one by browsers; but a site that links it
    among its pages means it as one.
    """
    is_other = isinstance(response, TextResponse) and not isinstance(response, HtmlResponse)
    if not is_other or not PAGE_START.match(response.body[:SNIFFED].lstrip()):
        return response
    return response.replace(cls=HtmlResponse)


def html_problem(response: Response) -> Problem | None:
    """Why this response cannot be read as a whole HTML page, or None if it can.

    WordPress and Blogger themes always write the end tags, so their absence means a cut.
    """
    problem = body_problem(response)
    if problem:
        return problem
    assert isinstance(response, TextResponse)
    text = _text_of(response)
    head = text[:2000].lstrip()
    # Warnings of the server, or a comment of some length, may stand before the page.
    is_page = HTML_TAGS.search(head) or PAGE_TAGS.search(text[:SNIFFED])
    if head[:1] in {"{", "["} or not is_page:
        if not is_page and HTML_TAGS.search(response.text[:2000]):
            return reasons.WRONG_ENCODING, f"neither {response.encoding} nor another one throughout"
        return reasons.NOT_HTML, "no HTML tags at its beginning"
    if _is_cut_off(text):
        return reasons.CUT_OFF, "no end tag"
    depth = depth_of(text)
    if depth > DEEPEST:
        return reasons.TOO_DEEP, f"{depth:,} levels"
    return encoding_problem(response)


def _is_cut_off(text: str) -> bool:
    """Whether a page has no end tag though it is one that would have it.

    HTML lets the last two be left out; but not those of boxes, nor the end of a tag or a word.
    """
    tail = text[-20_000:].lower()
    if "</html" in tail or "</body" in tail or "<html" not in text[:20_000].lower():
        return False
    is_within = text.rfind("<") > text.rfind(">") or text[-1:].isalnum()
    return (
        is_within
        or bool(OPENING_AT_END.search(text[-500:]))
        or next(iter(deque(depths(text), maxlen=1)), 0) > 0
    )


def depth_of(text: str) -> int:
    """How deep elements are nested, roughly; 0 for a page that leaves too few tags open."""
    is_deep = text.count("<") - text.count("</") > DEEPEST
    return max(depths(text), default=0) if is_deep else 0


def depths(text: str, tags: re.Pattern[str] = NESTING) -> Iterator[int]:
    """How many elements are open after each of the tags, roughly."""
    depth = 0
    for tag in tags.finditer(text):
        depth = max(0, depth - 1) if tag[1] else depth + 1
        yield depth


def encoding_problem(response: TextResponse) -> Problem | None:
    replaced = response.text.count(REPLACEMENT)
    if replaced > max(2, MAX_REPLACED_SHARE * len(response.text)):
        if is_surely_unicode(response.body):  # whatever it says
            return None
        return reasons.WRONG_ENCODING, f"{replaced} characters are not {response.encoding}"
    return None


def is_pdf(response: Response) -> bool:
    """Whether the bytes are those of a PDF; a suffix or a Content-Type is only a claim."""
    return PDF in response.body[:MARK_WITHIN]


def pdf_problem(response: Response) -> Problem | None:
    """Why this response is no whole PDF, or None if it is one."""
    problem = bytes_problem(response)
    if problem or is_pdf(response):
        return problem
    return reasons.NOT_A_PDF, f"Content-Type {_content_type(response)}"


def bytes_problem(response: Response) -> Problem | None:
    """Why this response has no whole body, or None if it has one."""
    body = response.body
    if CUT in response.flags:
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
