"""What the names of classes, ids, roles and elements say of a part of a page, as sets of bits.

Only whole English words that designers of any site use; no name of a site, a theme or a vendor.
"""

import re
from functools import lru_cache

from cleaning.page.visibility import HIDDEN_CLASSES

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
    *("dialog", "hidden", "a", "fieldset", "strong", "time", "code", "closed", "noscript"),
)
AREA_BITS = {area: 1 << place for place, area in enumerate(AREAS)}
_TAG_AREAS = AREA_BITS | {
    "ul": AREA_BITS["list"],
    "ol": AREA_BITS["list"],
    "b": AREA_BITS["strong"],
    **dict.fromkeys(("xmp", "listing", "plaintext"), AREA_BITS["pre"]),
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
_PART = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")


def read_names(classes: str, name: str = "") -> tuple[int, bool]:
    """Return the groups whose words stand in class names and an id such as "post-title" or
    "postTitle", and whether one of the classes hides what has it."""
    found, hides = _read_classes(classes)
    return (found | _read_words(name) if name else found), hides


@lru_cache(maxsize=20_000)
def _read_classes(classes: str) -> tuple[int, bool]:
    return _read_words(classes), not HIDDEN_CLASSES.isdisjoint(classes.split())


def _read_words(names: str) -> int:
    found = 0
    for part in _PART.findall(names[:500]):
        found |= _BITS.get(part.lower(), 0)
    return found


def read_area(tag: str) -> int:
    """Return the bits of an element by its name."""
    return _TAG_AREAS.get(tag, 0)


def read_role(role: str) -> int:
    """Return the bits of an element by its role."""
    return _ROLES.get(role, 0)
