"""Find the licence under which a page stands."""

import re
from collections.abc import Mapping

from lxml.html import HtmlElement

from cleaning.metadata.elements import first
from cleaning.metadata.jsonld import Entity
from cleaning.metadata.nearby import line_around

_METAS = ("dc.rights.license", "dcterms.license", "dc.rights", "dcterms.rights", "copyright")
_LICENCE = re.compile(r"licen[cs]e|\bCC\b|OGL")
_ADDRESS = re.compile(r"creativecommons\.org/(?:licenses|publicdomain)/|/open-gov\w*-lic")
# What is said to be under a licence of its own inside a page.
_PART = re.compile(
    r"\b(?:photo\w*|image|picture|illustration|icon|figure|map|video|music|logo|graphic|bild|foto"
    r"|llun)s?\b",
    re.IGNORECASE,
)


def find_licence(tree: HtmlElement, metas: Mapping[str, str], main: Entity | None) -> str | None:
    """Return the licence that the page names for itself, as an address where it gives one.

    A link to a known licence counts without being marked as that, unless it is said of a picture.
    """
    links = [link for link in tree.iter("a", "link") if link.get("href")]
    marked = (link for link in links if "license" in (link.get("rel") or "").lower().split())
    found = next(marked, None)
    if found is None and main is not None and main.licence:
        return main.licence
    if found is None:
        known = (link for link in links if _ADDRESS.search(link.get("href", "")))
        found = next((link for link in known if not _is_of_a_part(link)), None)
    if found is not None:
        return str(found.get("href")).strip()
    declared = first(metas, _METAS)
    return declared if declared and _LICENCE.search(declared) else None


def _is_of_a_part(link: HtmlElement) -> bool:
    in_figure = any(above.tag in ("figure", "figcaption") for above in link.iterancestors())
    return in_figure or bool(_PART.search(line_around(link)))
