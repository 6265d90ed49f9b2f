"""Cut what is certainly no content, by the names of elements, roles and boxes."""

import copy
import re

from lxml import etree
from lxml.html import HtmlElement

from cleaning.pruning import blank, is_plugin_box, text_length

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


def _is_boilerplate(element: HtmlElement) -> bool:
    if element.tag in ("body", "html", *_CONTENT_TAGS):
        return False
    if element.get("role") in _PAGE_ROLES or element.tag == "nav" or is_plugin_box(element):
        return True
    if element.tag in _PAGE_PARTS:
        return next(element.iterancestors(*_CONTENT_TAGS), None) is None
    names = (*element.get("class", "").split(), element.get("id", ""))
    return any(_BOX.fullmatch(name) for name in names)
