"""What the names of classes, ids, roles and elements say of a part of a page, as sets of bits.

Only whole English words that designers of any site use; no name of a site, a theme or a vendor.
"""

import re
from collections.abc import Mapping
from functools import lru_cache

from lxml.html import HtmlElement

from cleaning.pruning import is_hidden

_WORDS = {
    "content": "content article post entry body main story text prose markdown copy blog page doc "
    "docs document wrapper container",
    "nav": "nav navbar navigation menu submenu breadcrumb breadcrumbs topbar crumbs skip mega",
    "pager": "pagination pager paging paginator next prev previous",
    "toc": "toc contents outline anchor anchors jump",
    "footer": "footer foot bottom copyright colophon legal credits",
    "header": "header head masthead top",
    "hero": "hero banner jumbotron cover intro lead lede",
    "side": "sidebar aside rail widget widgets secondary side column",
    "comment": "comment comments reply replies respond discussion",
    "message": "message messages thread topic posts forum answer answers question bubble",
    "share": "share sharing social follow like likes",
    "related": "related recommended recommendation recommendations similar more also recent "
    "popular trending latest upsell suggested readmore",
    "cookie": "cookie cookies consent gdpr privacy ccpa",
    "newsletter": "newsletter subscribe subscription signup optin mailing",
    "form": "form input field label checkbox select captcha",
    "popup": "modal popup overlay dialog drawer offcanvas tooltip dropdown flyout lightbox toast "
    "popover",
    "ad": "ad ads advert advertisement sponsor sponsored promo promotion affiliate disclosure",
    "cta": "cta button buttons btn action actions link links",
    "meta": "meta byline date time published timestamp details info",
    "author": "author bio avatar user username profile poster member signature sig",
    "tags": "tag tags category categories label labels topics keywords badge badges",
    "card": "card cards item items product products grid tile tiles teaser result results listing "
    "listings collection list",
    "price": "price prices stock sku money cost sale cart basket checkout buy",
    "rating": "rating ratings review reviews star stars testimonial testimonials quote",
    "filter": "filter filters facet facets sort sorting refine toolbar swatch swatches options",
    "title": "title headline heading name subtitle subheading",
    "summary": "summary excerpt description desc snippet abstract deck",
    "faq": "faq faqs accordion collapse collapsible tab tabs panel toggle",
    "search": "search login signin account register language lang locale currency country",
    "hidden": "hidden hide visually offscreen sr invisible mobile print noprint",
    "stats": "count counts views votes vote stats score counter total",
    "media": "caption figcaption figure gallery image img photo video slider carousel slide",
    "section": "section block row col module component feature features",
    "notice": "notice alert announcement warning note tip",
    "code": "code highlight pre syntax snippet example",
}
NAME_GROUPS = tuple(_WORDS)
_BITS: dict[str, int] = {}
for _place, _words in enumerate(_WORDS.values()):
    for _word in _words.split():
        _BITS[_word] = _BITS.get(_word, 0) | 1 << _place

AREAS = (
    *("nav", "header", "footer", "aside", "main", "article", "form", "table", "list", "dl"),
    *("button", "blockquote", "section", "figure", "details", "address", "label", "pre"),
    *("dialog", "hidden", "a", "fieldset", "strong", "time", "code"),
)
AREA_BITS = {area: 1 << place for place, area in enumerate(AREAS)}
_TAG_AREAS = AREA_BITS | {
    "ul": AREA_BITS["list"],
    "ol": AREA_BITS["list"],
    "b": AREA_BITS["strong"],
}
_ROLES = {
    role: AREA_BITS[area]
    for area, roles in {
        "nav": "navigation menu menubar tablist",
        "header": "banner",
        "footer": "contentinfo",
        "aside": "complementary",
        "main": "main",
        "article": "article",
        "form": "search form",
        "dialog": "dialog alertdialog",
        "button": "button",
    }.items()
    for role in roles.split()
}
_HIDING = re.compile("hidden|reader|sr-only|w-")  # in all class names by which pages hide
_PART = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")


@lru_cache(maxsize=20_000)
def read_names(names: str) -> int:
    """Return the groups whose words stand in class names such as "post-title" or "postTitle"."""
    found = 0
    for part in _PART.findall(names[:500]):
        found |= _BITS.get(part.lower(), 0)
    return found


def tag_area(tag: str) -> int:
    """Return the bit of an element by its name, 0 for most."""
    return _TAG_AREAS.get(tag, 0)


def read_area(element: HtmlElement, attributes: Mapping[str, str]) -> int:
    """Return the bits of an element by its name, its role, and whether markup hides it.

    `attributes` are those of `element`, read once: each look into the tree costs.
    """
    area = _TAG_AREAS.get(element.tag, 0)
    if attributes:
        area |= _ROLES.get(attributes.get("role", ""), 0)
        is_silent = attributes.get("aria-hidden") == "true"
        if is_silent or (_may_be_hidden(attributes) and is_hidden(element)):
            area |= AREA_BITS["hidden"]
    return area


def _may_be_hidden(attributes: Mapping[str, str]) -> bool:
    if "hidden" in attributes or "style" in attributes:
        return True
    return _HIDING.search(attributes.get("class", "")) is not None
