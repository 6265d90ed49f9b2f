"""Text to a tree: lxml, and what it gives up on as plain paragraphs."""

import re

import lxml.html
from lxml import etree
from lxml.html import HtmlComment, HtmlElement, HtmlProcessingInstruction

from cleaning.text import strip_tags

_START = re.compile(r"<(?:!doctype\s++html|html)\b", re.IGNORECASE)
_ELEMENT = re.compile(r"<(?:head|body|main|article|section|div|p|h[1-6]|table|ul|ol)\b", re.I)
_LATEST_START = 1 << 16
_PARSER_LIMIT = "ERR_RESOURCE_LIMIT"
# An XML declaration names an encoding that the text no longer has.
_DECLARATION = re.compile(r"\s*+<\?xml[^<>]*+>")
# lxml's own parser of HTML asks Python for the class of each element: those of forms are others.
_CLASSES = etree.ElementDefaultClassLookup(
    element=HtmlElement, comment=HtmlComment, pi=HtmlProcessingInstruction
)


def _without_warnings(html: str) -> str:
    """Cut off what a server prints before the page: no element of a page stands there."""
    start = _START.search(html, 0, _LATEST_START)
    return (
        html if start is None or _ELEMENT.search(html, 0, start.start()) else html[start.start() :]
    )


def parse_html(html: str) -> HtmlElement:
    """Return the `html` element of a page or a fragment; it always has a body.

    Never raises. Beyond 2,048 levels, where libxml2 gives up, only text and paragraphs remain.
    """
    tree, is_whole = _parse(html)
    return tree if is_whole else _parse(strip_tags(html, gap="<p>"))[0]


def _parse(html: str) -> tuple[HtmlElement, bool]:
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True)
    parser.set_element_class_lookup(_CLASSES)
    # NUL ends a text for C libraries, half a surrogate pair cannot be encoded.
    declared = _DECLARATION.match(html)
    source = _without_warnings(html[declared.end() :] if declared else html).replace("\0", "")
    try:
        tree = lxml.html.document_fromstring(
            source.encode("utf-8", "ignore"), parser=parser, ensure_head_body=True
        )
    except (etree.LxmlError, ValueError):  # not a single element or word
        return lxml.html.document_fromstring("<html><body></body></html>"), True
    return tree, not any(entry.type_name == _PARSER_LIMIT for entry in parser.error_log)
