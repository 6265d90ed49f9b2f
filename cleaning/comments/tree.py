"""Walks and copies over a parsed page that all readers of comments share.

Nothing here recurses and nothing visits an element of one comment on behalf of another, so a page
costs time in proportion to its size however deep its threads are.
"""

import re
from collections.abc import Callable, Collection, Iterator
from html import escape
from urllib.parse import urljoin, urlsplit

from lxml import etree, html
from lxml.html import HtmlElement

IsCut = Callable[[HtmlElement], bool]

_SAFE_NAME = re.compile(r"[a-z][a-z0-9-]*", re.IGNORECASE)
_NEVER_TEXT = frozenset(
    {"script", "style", "form", "button", "input", "textarea", "select", "noscript", "template"}
)


def parse_page(page: str | HtmlElement) -> HtmlElement | None:
    """Parse a page; a tree that is parsed already is handed back, an empty page is None.

    ``huge_tree`` lifts libxml2's limit of 256 levels, beyond which it drops elements: themes with
    a broken tag for each comment reach it with 250 comments.
    """
    if isinstance(page, HtmlElement):
        return page
    content = page.replace("\0", "").encode("utf-8", "replace")
    if not content.strip():
        return None
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True)
    try:
        return html.document_fromstring(content, parser=parser)
    except etree.ParserError:  # nothing but comments or processing instructions
        return None


def class_tokens(element: HtmlElement) -> frozenset[str]:
    """The element's classes, in lower case."""
    return frozenset((element.get("class") or "").lower().split())


def child_elements(element: HtmlElement) -> Iterator[HtmlElement]:
    """The children that are elements: no comments, no processing instructions."""
    return (child for child in element if isinstance(child.tag, str))


def own_elements(root: HtmlElement, roots: Collection[HtmlElement]) -> Iterator[HtmlElement]:
    """Yield ``root`` and what is below it in document order, leaving out other ``roots``."""
    stack = [root]
    while stack:
        element = stack.pop()
        yield element
        stack.extend(
            child
            for child in element.iterchildren(reversed=True)
            if isinstance(child.tag, str) and child not in roots
        )


def copy_inside(element: HtmlElement, is_cut: IsCut) -> HtmlElement:
    """Copy what is inside ``element`` into a new ``div`` without what ``is_cut`` names.

    The text behind a cut element stays. The page itself is not changed.
    """
    top = html.Element("div")
    top.text = element.text
    stack = [(iter(element), top)]
    while stack:
        children, target = stack[-1]
        child = next(children, None)
        if child is None:
            stack.pop()
        elif not isinstance(child.tag, str) or child.tag in _NEVER_TEXT or is_cut(child):
            _append_text(target, child.tail)
        else:
            stack.append((iter(child), _copy_alone(child, target)))
    return top


def _copy_alone(element: HtmlElement, target: HtmlElement) -> HtmlElement:
    # Broken markup gives names that lxml reads but refuses to write (<o:p>, <a b"c>).
    tag = element.tag if _SAFE_NAME.fullmatch(element.tag) else "span"
    kept = {k: v for k, v in element.attrib.items() if _SAFE_NAME.fullmatch(k) and k != "id"}
    copy = etree.SubElement(target, tag, kept)
    copy.text, copy.tail = element.text, element.tail
    return copy


def _append_text(target: HtmlElement, text: str | None) -> None:
    if not text:
        return
    if len(target):
        target[-1].tail = (target[-1].tail or "") + text
    else:
        target.text = (target.text or "") + text


def inner_html(element: HtmlElement) -> str:
    """Serialise what is inside an element."""
    parts = [escape(element.text or "", quote=False)]
    parts += [etree.tostring(child, encoding="unicode", method="html") for child in element]
    return "".join(parts).strip()


def has_content(element: HtmlElement) -> bool:
    """Whether there is any text, picture or embedded medium inside."""
    if any(text.strip() for text in element.itertext()):
        return True
    return (
        next(element.iter("img", "iframe", "video", "audio", "embed", "object"), None) is not None
    )


def read_lines(element: HtmlElement) -> list[str]:
    """The visible lines inside an element, broken at ``<br>``, blanks collapsed, none empty."""
    parts: list[str] = []
    for event, node in etree.iterwalk(element, events=("start", "end")):
        is_start = event == "start"
        if is_start and node.tag == "br":
            parts.append("\n")
        text = node.text if is_start else node.tail if node is not element else None
        parts.append(" ".join((text or "").split()))
    lines = (" ".join(line.split()) for line in " ".join(parts).split("\n"))
    return [line for line in lines if line]


def first_link(element: HtmlElement, base_url: str) -> str | None:
    """The first http(s) address that an element or one of its links points to, made absolute."""
    for link in element.iter("a"):
        address = read_address(link, base_url)
        if address:
            return address
    return None


def read_address(link: HtmlElement, base_url: str) -> str | None:
    """The absolute http(s) address of a link; None for anchors, other schemes and broken ones."""
    href = (link.get("href") or "").strip()
    if not href or href.startswith("#"):
        return None
    try:
        address = urljoin(base_url, href)
        parts = urlsplit(address)
    except ValueError:  # such as an unclosed IPv6 bracket
        return None
    return address if parts.scheme in {"http", "https"} and parts.hostname else None
