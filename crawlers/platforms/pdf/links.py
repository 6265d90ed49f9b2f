"""Which addresses in a body lead to a PDF.

The forms that pages have: a link whose address ends in .pdf, perhaps with a query; a link that says
`download="….pdf"` or `type="application/pdf"`; an object, embed or iframe that shows one, perhaps
in Google's viewer or in pdf.js. WordPress's file block names the same PDF up to three times.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import parse_qs, parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from parsel import Selector

MAY_LINK = re.compile(r"\.pdf|application/pdf|viewer|gview", re.IGNORECASE)
"""What a body with a link to a PDF has somewhere; others need not be parsed."""
VIEWER = re.compile(r"//(?:docs|drive)\.google\.[a-z.]+/(?:viewer|gview)", re.IGNORECASE)
VISIT = re.compile(r"utm_\w+|fbclid|gclid", re.IGNORECASE)
"""Query parameters that name a visit and not another file."""
SHOWN = "object[data], embed[src], iframe[src], iframe[data-src]"


@dataclass(frozen=True, slots=True)
class PdfLink:
    """The address of a PDF, and the words of the first link to it that has any."""

    url: str
    text: str | None


def pdf_links(body: str, base_url: str) -> list[PdfLink]:
    """The PDFs that a body (HTML) links or shows, in its order, each once."""
    if not MAY_LINK.search(body):
        return []
    found: dict[str, str | None] = {}
    for href, text, is_marked in _candidates(Selector(text=body)):
        url = _address(href, base_url, is_marked)
        if url:
            found[url] = found.get(url) or text
    return [PdfLink(url, text) for url, text in found.items()]


def _candidates(body: Selector) -> Iterator[tuple[str, str | None, bool]]:
    """(address, words, whether the markup says that it is a PDF)."""
    for link in body.css(f"a[href], {SHOWN}"):
        is_link = link.root.tag == "a"
        names = ("href",) if is_link else ("data", "src", "data-src")
        href = next((link.attrib[name] for name in names if link.attrib.get(name)), "")
        text = " ".join(" ".join(link.css("::text").getall()).split()) if is_link else ""
        kind = link.attrib.get("type", "").lower() == "application/pdf"
        download = link.attrib.get("download", "").lower().endswith(".pdf")
        button = "wp-block-file__button" in link.attrib.get("class", "").split()
        yield href.strip(), None if button else text or None, kind or download


def _address(href: str, base_url: str, is_marked: bool) -> str | None:
    try:
        url = urljoin(base_url, href)
        viewed = _viewed(url)
        url = urljoin(base_url, viewed) if viewed else url
        parts = urlsplit(url)
    except ValueError:  # such as an unfinished IPv6 address
        return None
    is_named = parts.path.lower().rstrip("/").endswith(".pdf")
    if parts.scheme not in {"http", "https"} or not (is_named or is_marked):
        return None
    query = parts.query
    if any(VISIT.fullmatch(name) for name, _ in parse_qsl(query, keep_blank_values=True)):
        kept = [p for p in parse_qsl(query, keep_blank_values=True) if not VISIT.fullmatch(p[0])]
        query = urlencode(kept)
    return urlunsplit((parts.scheme, parts.netloc, parts.path, query, ""))


def _viewed(url: str) -> str | None:
    """The address of the PDF that a viewer's address shows."""
    parts = urlsplit(url)
    names = ("url",) if VIEWER.search(url) else ("file",)
    if not VIEWER.search(url) and not parts.path.endswith("viewer.html"):
        return None
    values = (parse_qs(parts.query).get(name, [""])[0] for name in names)
    return next((value for value in values if value), None)
