"""Find the content of a page whose platform does not name it."""

import copy
import re
from dataclasses import dataclass

import lxml.html
import trafilatura
from lxml import etree
from lxml.html import HtmlElement

from cleaning.markup import Body, Link, read_fragment
from cleaning.pruning import blank, is_plugin_box, text_length

TRAFILATURA = "trafilatura"
PRUNED_PAGE = "fallback"
WHOLE_PAGE = "whole page"
EMPTY = "empty"

# Parts of the page, not of a text: inside an article the same elements hold its own title or notes.
_PAGE_PARTS = frozenset({"nav", "aside", "header", "footer"})
_PAGE_ROLES = frozenset(
    {"navigation", "banner", "contentinfo", "search", "complementary", "dialog", "alertdialog"}
)
_CONTENT_TAGS = ("article", "main")

# Whole names of classes and ids, so that "share" does not take "shared-ownership" with it.
_BOX = re.compile(
    r"(?:site|page|main|primary|top|global|mobile)[-_]?(?:nav|navigation|menu|header|footer)"
    r"|nav|navbar|navigation|menu|breadcrumbs?|skip-?link|pagination|pager|post-navigation|nav-links"
    r"|sidebar|widget(?:-area|_area)?|secondary|footer(?:-widgets)?"
    r"|(?:cookie|gdpr|consent|ccpa)[\w-]*|cmplz[\w-]*|onetrust[\w-]*|cky-[\w-]+"
    r"|share|shares|sharing|social|social-?(?:share|links|icons|media|bar|buttons)"
    r"|share-?(?:bar|buttons|links|icons|this)|post-?share"
    r"|respond|comment-respond|comment-form"
    r"|related|related-?(?:posts|articles|content|resources)|you-may-also-like|recommended"
    r"|newsletter(?:-signup|-form)?|subscribe|signup|popup|modal|advert|advertisement|banner-ad",
    re.IGNORECASE,
)
# What looks like a box and holds most of the text is a badly named frame.
_FRAME_SHARE = 0.5
# trafilatura found nothing to speak of, although the page says a lot.
_FEWEST_CHARACTERS = 200
_LEAST_SHARE = 0.1


@dataclass(frozen=True, slots=True)
class Extracted:
    """The content of a page, and how it was found.

    `quality` is "named" where a platform named the content, "trafilatura", "fallback" (the page
    without its boilerplate), "whole page" (all its text, as nothing else had any) or "empty".
    `kind` and `confidence` (0 to 1) are None until a judge of page types exists.
    """

    text: str
    markdown: str
    links: tuple[Link, ...]
    kind: str | None
    confidence: float | None
    quality: str


def extract_body(
    page: bytes | str | HtmlElement,
    url: str,
    hints: object | None = None,  # noqa: ARG001  (of page types, which nothing tells apart yet)
) -> Extracted:
    """Return the content of `page`; never raises for bad HTML, never empties a page with text.

    `page` is the body as it came (trafilatura finds the encoding), text, or a parsed tree, which
    is not changed. Relative addresses are resolved against `url`.
    """
    tree = _load(page)
    pruned = cut_boilerplate(tree)
    found = _read_with_trafilatura(pruned, url)
    if found is not None and not _is_too_little(found.text, pruned):
        return _extracted(found, TRAFILATURA)
    rest = read_fragment(_content(pruned), url)
    if rest.text:
        return _extracted(rest, PRUNED_PAGE)
    # Parsers stop where elements nest too deep; `read_fragment` has a way around that.
    whole = read_fragment(tree if isinstance(page, HtmlElement) else _decode(page), url)
    return _extracted(whole, WHOLE_PAGE if whole.text else EMPTY)


def cut_boilerplate(tree: HtmlElement) -> HtmlElement:
    """Return a copy of `tree` without what is certainly no content.

    That is the navigation, head and foot of the page, sidebars, cookie banners, share bars and
    lists of related posts. A part that holds more than half of the text stays, whatever it is
    called. Scripts, forms and hidden parts stay for trafilatura, which knows tabs, accordions and
    JSON-LD: cutting them first cost 1 point of F1 on the WCXB development pages (2026-11).
    """
    pruned = copy.deepcopy(tree)
    total = text_length(pruned)
    for element in list(pruned.iterdescendants(etree.Element)):
        if _is_boilerplate(element) and text_length(element) <= _FRAME_SHARE * total:
            blank(element)
    return pruned


def _load(page: bytes | str | HtmlElement) -> HtmlElement:
    if isinstance(page, HtmlElement):
        return page
    try:
        tree = trafilatura.load_html(page)
    except (ValueError, etree.LxmlError):
        tree = None
    if tree is None:  # nothing that trafilatura takes for a page, such as a line of text
        source = _decode(page).replace("\0", "").encode("utf-8", "ignore")
        parser = lxml.html.HTMLParser(encoding="utf-8", huge_tree=True)
        tree = lxml.html.document_fromstring(b"<html><body>" + source, parser=parser)
    return tree


def _decode(page: bytes | str) -> str:
    return page if isinstance(page, str) else trafilatura.utils.decode_file(page)


def _content(tree: HtmlElement) -> HtmlElement:
    body = tree.find("body")
    return tree if body is None else body


def _is_boilerplate(element: HtmlElement) -> bool:
    if element.tag in ("body", "html", *_CONTENT_TAGS):
        return False
    if element.get("role") in _PAGE_ROLES or element.tag == "nav" or is_plugin_box(element):
        return True
    if element.tag in _PAGE_PARTS:
        return next(element.iterancestors(*_CONTENT_TAGS), None) is None
    names = (*element.get("class", "").split(), element.get("id", ""))
    return any(_BOX.fullmatch(name) for name in names)


def _read_with_trafilatura(pruned: HtmlElement, url: str) -> Body | None:
    try:
        html = trafilatura.extract(
            copy.deepcopy(pruned),  # it cuts the tree that it is given
            url=url,
            output_format="html",
            include_comments=False,
            include_formatting=True,
            include_links=True,
            include_tables=True,
        )
    except (ArithmeticError, AttributeError, LookupError, RecursionError, etree.LxmlError):
        return None  # on a broken page; what it says is still to be had without trafilatura
    return read_fragment(html, url) if html else None


def _is_too_little(text: str, pruned: HtmlElement) -> bool:
    found = len(text) - text.count(" ")
    return found < _FEWEST_CHARACTERS and found < _LEAST_SHARE * text_length(pruned)


def _extracted(body: Body, quality: str) -> Extracted:
    return Extracted(body.text, body.markdown, body.links, None, None, quality)
